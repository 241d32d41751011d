"""Which quotes of an article are judged, and as whose."""

from __future__ import annotations

import pytest

from sayso.checks.quoting import quotes_of
from sayso.documents import Article, Span
from sayso.records import Attribution, Candidate, Speaker


def article(text: str, *attributions: tuple[str, str, str]) -> Article:
    """An article of one paragraph a line; each attribution by its source, cue and content, the content from its first
    words to its last ("We will ... sell")."""
    paragraphs, at = [], 0
    for line in text.split("\n"):
        paragraphs.append(Span(at, at + len(line)))
        at += len(line) + 1
    found = Article("a", text, paragraphs=[each for each in paragraphs if each.end > each.start])
    for number, (source, cue, content) in enumerate(attributions, 1):
        spans = []
        for part in content.split(" | "):
            start = text.index(part)
            spans.append(Span(start, start + len(part)))
        own = Attribution(f"a{number}", [_of(text, source)], [_of(text, cue)], spans, "direct")
        own.speaker = f"s-{source}"
        own.candidates = [Candidate(own.speaker, 0.9)]
        if all(each.id != own.speaker for each in found.speakers):
            found.speakers.append(Speaker(own.speaker, source, mentions=list(own.source)))
        found.attributions.append(own)
    return found


def _of(text: str, words: str) -> Span:
    return Span(text.index(words), text.index(words) + len(words))


@pytest.mark.parametrize(
    "text, attributions, expected",
    [
        pytest.param(
            "“We will not sell,” Quill said.",
            [("Quill", "said", "“We will not sell,”")],
            [["We will not sell,"]],
            id="one",
        ),
        pytest.param(
            "“We will,” Quill said, “not sell the docks.”",
            [("Quill", "said", "“We will,” | “not sell the docks.”")],
            [["We will,", "not sell the docks."]],
            id="a-sentence-that-is-interrupted-is-one-quote",
        ),
        pytest.param(
            "“We will not sell,” Quill said. “The docks stay.”",
            [("Quill", "said", "“We will not sell,” | “The docks stay.”")],
            [["We will not sell,"], ["The docks stay."]],
            id="two-sentences-are-two",
        ),
        pytest.param(
            "Quill called it “shabby” and “a trick”.",
            [("Quill", "called", "“shabby” and “a trick”")],
            [["shabby"], ["a trick"]],
            id="two-scraps-are-two",
        ),
        pytest.param(
            "“We will not sell.\n“The docks stay,” Quill said.",
            [("Quill", "said", "“We will not sell.\n“The docks stay,”")],
            [["We will not sell.", "The docks stay,"]],
            id="a-quotation-that-goes-on-in-the-next-paragraph-is-one",
        ),
        pytest.param(
            "“He told me ‘never’ twice,” Quill said.",
            [("Quill", "said", "“He told me ‘never’ twice,”")],
            [["He told me ‘never’ twice,"]],
            id="a-quote-in-a-quote-is-its-speakers-words",
        ),
    ],
)
def test_the_quotes(text: str, attributions: list[tuple[str, str, str]], expected: list[list[str]]) -> None:
    found = article(text, *attributions)
    assert [[span.of(text) for span in quote.spans] for quote in quotes_of(found)] == expected


def test_the_innermost_attribution_has_the_quote() -> None:
    text = "Harl said that Quill had called the plan “a trick”."
    found = article(
        text, ("Harl", "said", "that Quill had called the plan “a trick”"), ("Quill", "called", "“a trick”")
    )
    (quote,) = quotes_of(found)
    assert quote.speaker is not None and quote.speaker.name == "Quill" and quote.sure


def test_who_is_only_he_is_not_sure() -> None:
    text = "“We will not sell,” he said."
    found = article(text, ("he", "said", "“We will not sell,”"))
    found.speakers[0].name = "Otto Harl"
    (quote,) = quotes_of(found)
    assert quote.speaker is not None and not quote.sure
