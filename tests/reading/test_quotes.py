"""Quotation marks in the styles of news text; each case lists the quoted stretches, marks included."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.documents import Span
from sayso.reading.quotes import quoted_spans, without_marks


def paragraphs_of(text: str) -> list[Span]:
    spans, start = [], 0
    for line in text.split("\n"):
        if line:
            spans.append(Span(start, start + len(line)))
        start += len(line) + 1
    return spans


@pytest.mark.parametrize(
    "text, quoted",
    [
        pytest.param('"We will go," she said.', ['"We will go,"'], id="straight"),
        pytest.param("“We will go,” she said. “Soon.”", ["“We will go,”", "“Soon.”"], id="curly-twice"),
        pytest.param("'We won't go,' she said.", ["'We won't go,'"], id="single-with-contraction"),
        pytest.param("‘We won’t go,’ she said.", ["‘We won’t go,’"], id="curly-single-with-contraction"),
        pytest.param("'The workers' union is right,' he said.", ["'The workers' union is right,'"], id="possessive-s"),
        pytest.param("the so-called 'rebels' fled", ["'rebels'"], id="scare-quotes-ending-in-s"),
        pytest.param("The workers' union and the nurses' union agreed.", [], id="two-possessives"),
        pytest.param("rock 'n' roll and rock ’n’ roll", [], id="rock-n-roll"),
        pytest.param("In the '90s and the ‘80s, tell 'em that.", [], id="decades-and-clipped-words"),
        pytest.param("'It was rock 'n' roll,' she said.", ["'It was rock 'n' roll,'"], id="rock-n-roll-quoted"),
        pytest.param("''Nobody asked,'' he said.", ["''Nobody asked,''"], id="two-singles"),
        pytest.param("``Nobody asked,'' he said.", ["``Nobody asked,''"], id="tex"),
        pytest.param("« Non », a-t-il dit.", ["« Non »"], id="guillemets-with-spaces"),
        pytest.param("»Nein«, sagte sie.", ["»Nein«"], id="guillemets-reversed"),
        pytest.param("„Nein“, sagte sie.", ["„Nein“"], id="german-low-high"),
        pytest.param("„Nie”, powiedziała.", ["„Nie”"], id="polish-low-high"),
        pytest.param("‹Non›, dit-il.", ["‹Non›"], id="single-guillemets"),
        pytest.param("”Nej”, sa hon.", ["”Nej”"], id="swedish-closers-only"),
        pytest.param(
            "“He told me ‘never’ and left,” she said.",
            ["“He told me ‘never’ and left,”", "‘never’"],
            id="single-inside-double",
        ),
        pytest.param(
            "'He told me \"never\" and left,' she said.",
            ["'He told me \"never\" and left,'", '"never"'],
            id="double-inside-single",
        ),
        pytest.param("\"He said 'no'\"", ["\"He said 'no'\"", "'no'"], id="marks-close-together"),
        pytest.param("He is 6'2\" and she is 5'4\" tall.", [], id="heights"),
        pytest.param('"He is 6\'2" tall," she said.', ['"He is 6\'2" tall,"'], id="height-inside-a-quote"),
        pytest.param('"We ate a 12" pizza," he said.', ['"We ate a 12" pizza,"'], id="inches-inside-a-quote"),
        pytest.param('"It was 1962," he said. A 12" record.', ['"It was 1962,"'], id="year-then-inches"),
        pytest.param('It began "in 1962" and ended.', ['"in 1962"'], id="year-closes"),
        pytest.param("“Hello, she said. “Bye,” he said.", ["“Hello, she said.", "“Bye,”"], id="unclosed-then-another"),
        pytest.param('She said "nobody asked', ['"nobody asked'], id="never-closed"),
        pytest.param("“Hello“ she said", ["“Hello“"], id="mistyped-closer"),
        pytest.param('"Hello,” she said', ['"Hello,”'], id="mixed-pair"),
        pytest.param('He said:"Go" and left', ['"Go"'], id="no-space-before"),
        pytest.param("the 5 o'clock news, O'Brien's", [], id="apostrophes-inside-words"),
        pytest.param("(“Yes”) — “No”—“Maybe”", ["“Yes”", "“No”", "“Maybe”"], id="brackets-and-dashes"),
        pytest.param(
            "“First.\n“Second.\n“Third,” he said.", ["“First.", "“Second.", "“Third,”"], id="opens-each-closes-once"
        ),
        pytest.param('"First.\n"Second," he said.', ['"First.', '"Second,"'], id="straight-opens-each-closes-once"),
        pytest.param("“First.\nSecond,” he said.", ["“First.", "Second,”"], id="opened-once-closed-a-paragraph-later"),
        pytest.param("“First.\nHe left.", ["“First."], id="unclosed-ends-with-its-paragraph"),
        pytest.param("‘First.\n‘Second,’ he said.", ["‘First.", "‘Second,’"], id="british-multi-paragraph"),
        pytest.param("a 'good' and a 'bad' day", ["'good'", "'bad'"], id="two-scare-quotes"),
        pytest.param("Headline: ‘I will not go’", ["‘I will not go’"], id="headline-single"),
        pytest.param(
            '"They sang “no more” and left.\n"I too."',
            ['"They sang “no more” and left.', "“no more”", '"I too."'],
            id="curly-inside-an-open-straight",
        ),
        pytest.param("", [], id="empty"),
    ],
)
def test_quoted_spans(text: str, quoted: list[str]) -> None:
    assert [span.of(text) for span in quoted_spans(text, paragraphs_of(text))] == quoted


@pytest.mark.parametrize(
    "quote, words",
    [
        pytest.param('"Go,"', "Go,", id="straight"),
        pytest.param("``Go''", "Go", id="tex"),
        pytest.param("« Va »", "Va", id="spaced"),
        pytest.param("“Never closed.", "Never closed.", id="one-side-only"),
        pytest.param('"', "", id="a-mark-alone"),
    ],
)
def test_without_marks(quote: str, words: str) -> None:
    assert without_marks(quote, Span(0, len(quote))).of(quote) == words


@given(st.text(alphabet="ab s.,\"'“”‘’«»„`\n6", max_size=60))
def test_spans_lie_in_their_paragraph_and_nest(text: str) -> None:
    paragraphs = paragraphs_of(text)
    spans = quoted_spans(text, paragraphs)
    assert spans == sorted(spans, key=lambda span: (span.start, -span.end))
    for span in spans:
        assert span.start < span.end
        assert any(paragraph.contains(span) for paragraph in paragraphs)


def test_many_marks_take_linear_time() -> None:
    text = "“a ‘b’ c " * 20_000
    started = time.process_time()
    quoted_spans(text, [Span(0, len(text))])
    assert time.process_time() - started < 5
