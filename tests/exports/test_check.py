"""The reports of a check, at a terminal and as a page, from verdicts built by hand."""

from __future__ import annotations

import base64
import hashlib
import html as markup
import re
import shutil
import subprocess
from collections import Counter
from pathlib import Path

import pytest

from sayso.checks.contract import FAIL_ON
from sayso.documents import Article, Source, Span, Timecode, Transcript, Turn, TurnRole
from sayso.exports import render_checked
from sayso.exports.checkparts import counted, gravity, outcome
from sayso.records import Speaker
from sayso.verdicts import (
    Context,
    Difference,
    Elsewhere,
    Figure,
    FigureVerdict,
    Finding,
    HeadlineVerdict,
    Passage,
    QuoteVerdict,
    Reference,
)

from .conftest import find, said
from .test_html import Page

TEXT = """Harbour is safe: Quill
PORT ELLERY - “We will sell the <harbour>,” Mara Quill said. “The cranes are old,” she added. “We knew it,” said Hale.
The harbour covers 5 sq km, 10% of the town."""
SPOKEN = """MARA QUILL: We will not sell the <harbour>. The cranes are old.
Q: And if the court says no?
OTTO HALE: If they told me, then we knew it. (Laughter.)"""
BROWSER = next((found for name in ("chromium", "chromium-browser") if (found := shutil.which(name))), "")


def checked() -> Article:
    """An article with a verdict of each weight."""
    transcript = Transcript("t1", SPOKEN, Source("transcripts/briefing.txt", SPOKEN))
    label = 0
    for line in SPOKEN.split("\n"):
        speaker, _, words = line.partition(": ")
        start = label + len(speaker) + 2
        role: TurnRole = "question" if speaker == "Q" else "speaker"
        transcript.turns.append(Turn(Span(start, start + len(words)), speaker, role=role))
        label += len(line) + 1
    transcript.directions = [find(SPOKEN, "(Laughter.)")]
    transcript.timecodes = [Timecode(0, 5.0), Timecode(transcript.turns[1].span.start, 3725.0)]
    article = Article("x", TEXT, language="en", headline=find(TEXT, "Harbour is safe: Quill"))
    article.paragraphs = [Span(TEXT.index("PORT"), TEXT.index("\nThe")), Span(TEXT.index("The harbour"), len(TEXT))]
    article.attributions = [said(TEXT, "Mara Quill", "said", "“We will sell the <harbour>,”")]
    article.attributions[0].speaker = "s1"
    article.speakers = [Speaker("s1", "Mara Quill")]
    article.transcripts = [transcript]
    sold = find(SPOKEN, "We will not sell the <harbour>")
    article.verdicts = [
        QuoteVerdict(
            "v1", [find(TEXT, "We will sell the <harbour>,")], "altered", "A word is gone.", attribution="a1",
            passages=[Passage("t1", sold, "MARA QUILL", 5.0, after=find(SPOKEN, "The cranes are old."))],
            differences=[Difference("omitted", _at(TEXT, "sell"), find(SPOKEN, "not "), "wording", "negation")],
        ),
        QuoteVerdict(
            "v2", [find(TEXT, "The cranes are old,")], "verbatim", "As said.",
            passages=[Passage("t1", find(SPOKEN, "The cranes are old"), "MARA QUILL", 5.0)],
        ),
        QuoteVerdict(
            "v3", [find(TEXT, "We knew it,")], "verbatim", "As said.",
            passages=[
                Passage(
                    "t1", find(SPOKEN, "we knew it"), "OTTO HALE", 3725.0,
                    question=find(SPOKEN, "And if the court says no?"),
                )
            ],
            context=[Context("condition", find(SPOKEN, "If they told me"))],
            elsewhere=[Elsewhere("t2", "altered", Span(0, 9), "we know it")],
        ),
        HeadlineVerdict(
            "v4", [article.headline or Span(0, 0)], "own words", "One word.", doubt="It may be meant.", speaker="s1",
            findings=[Finding("own words", [find(TEXT, "safe")], [find(TEXT, "sell")], "Nobody says it.")],
        ),
        FigureVerdict(
            "v5", [find(TEXT, "10%")], "loose", "5 sq km is 1% of 500 sq km.", rule="share", figures=["f1", "f2"],
            references=[Reference("Port Ellery, area", 500, "square kilometre", "Survey", 2024)], expected=1.0,
        ),
    ]  # fmt: skip
    article.figures = [Figure("f1", find(TEXT, "5 sq km"), value=5), Figure("f2", find(TEXT, "10%"), value=10)]
    return article


def _at(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start)


def report(width: int = 80, *, colour: bool = False) -> str:
    return "".join(render_checked([checked()], "text", width=width, colour=colour, fail_on=FAIL_ON))


def page() -> str:
    return "".join(render_checked([checked()], "html", fail_on=FAIL_ON))


def test_the_summary_counts_by_verdict() -> None:
    article = checked()
    assert counted(article) == "3 quotes: 2 verbatim, 1 altered · headline: own words · 1 figure: 1 loose"
    assert outcome(article, FAIL_ON) == "Fails the check: 1 altered"
    assert outcome(article, ()) == ""


def test_how_much_each_asks_for() -> None:
    assert [gravity(each, FAIL_ON) for each in checked().verdicts] == ["bad", "good", "note", "doubt", "note"]


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("  1  altered · Mara Quill", id="who-and-what"),
        pytest.param("transcript  We will *not* sell the <harbour> (MARA QUILL, 0:05,", id="what-is-missing-is-marked"),
        pytest.param("said        (MARA QUILL, 0:05, briefing.txt)", id="what-is-sound-is-brief"),
        pytest.param("cut off     If they told me (condition)", id="what-was-cut-off"),
        pytest.param("asked       And if the court says no?", id="the-question"),
        pytest.param("own words   safe", id="a-headlines-own-word"),
        pytest.param("doubt       It may be meant.", id="a-doubt"),
        pytest.param("share       5 sq km is 1% of 500 sq km.", id="the-calculation"),
        pytest.param("loose: true, but far from the bound.", id="the-contract"),
    ],
)
def test_the_report_says(line: str) -> None:
    assert line in report()


@pytest.mark.parametrize("width", [36, 80, 200])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    assert max(map(len, report(width).splitlines())) <= max(width, 36)


def test_colours_change_no_word() -> None:
    assert re.sub(r"\x1b\[[0-9;]*m", "", report(colour=True)) == report()


def test_the_page_is_whole_and_has_every_text() -> None:
    parsed = Page(page())
    words = "".join(parsed.elements[0][2])
    assert "We will not sell the <harbour>" in words and "5 sq km is 1% of 500 sq km." in words
    ids = Counter(attributes["id"] for _, attributes, _ in parsed.elements if "id" in attributes)
    assert max(ids.values()) == 1
    links = {attributes["href"] for name, attributes, _ in parsed.elements if name == "a"}
    assert {str(each).removeprefix("#") for each in links} <= set(ids)


def test_every_word_of_the_transcript_stands_on_the_page_in_order() -> None:
    (side,) = Page(page()).texts(class_="transcript")
    for turn in checked().transcripts[0].turns:
        assert turn.span.of(SPOKEN) in side


def test_only_what_differs_is_marked() -> None:
    assert [markup.unescape(each) for each in re.findall(r"<mark>(.*?)</mark>", page())] == ["not ", "safe"]


def test_where_words_are_missing_the_article_has_a_sign_in_card_and_text() -> None:
    assert page().count('aria-label="words left out here"') == 2


def test_nothing_but_the_pages_own_style_and_script_can_run() -> None:
    text = page()
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', text)
    assert policy
    for name in ("style", "script"):
        (body,) = re.findall(rf"(?s)<{name}>(.*?)</{name}>", text)
        assert base64.b64encode(hashlib.sha256(body.encode()).digest()).decode() in policy[1]
    assert not re.search(r"<[^>]+\s(?:style|on\w+)=", text)


def test_long_transcripts_stand_there_in_part() -> None:
    article = checked()
    lines = [f"SPEAKER {number}: {'So it goes. ' * 700}" for number in range(100)]
    long = Transcript("t9", "\n".join([*lines[:50], "MARA QUILL: The cranes are old.", *lines[50:]]))
    at = 0
    for line in long.text.split("\n"):
        label = line.partition(": ")[0]
        long.turns.append(Turn(Span(at + len(label) + 2, at + len(line)), label))
        at += len(line) + 1
    article.transcripts = [long]
    article.verdicts = [
        QuoteVerdict("v1", [find(TEXT, "The cranes are old,")], "verbatim", "As said.",
                     passages=[Passage("t9", find(long.text, "The cranes are old"), "MARA QUILL")])
    ]  # fmt: skip
    text = "".join(render_checked([article], "html"))
    assert text.count('class="turn') == 5 and "… 48 turns …" in text


SHOWN = """
const all = (selector) => [...document.querySelectorAll(selector)];
const cards = all(".finding").filter((each) => !each.hidden).map((each) => each.dataset.value);
const on = all(".on").map((each) => each.className.split(" ")[0] + ":" + each.textContent.slice(0, 12));
document.title = cards.join(",") + ";" + on.join("|");
"""


@pytest.mark.skipif(not BROWSER, reason="needs Chromium")
@pytest.mark.parametrize(
    "does, shown",
    [
        pytest.param("", "altered,own words,verbatim,loose,verbatim;", id="at-rest"),
        pytest.param("document.querySelector('.chip.bad').click();", "altered;", id="a-filter-leaves-its-verdict"),
        pytest.param(
            "const chip = document.querySelector('.chip.bad'); chip.click(); chip.click();",
            "altered,own words,verbatim,loose,verbatim;",
            id="pressed-again-it-shows-all",
        ),
        pytest.param(
            "document.querySelector('.side.article .judged.bad').click();",
            "altered,own words,verbatim,loose,verbatim;"
            "finding:1alteredMara|judged:We will ‸sel|judged:We will |judged:not |",
            id="a-quote-shows-its-passage-and-its-card",
        ),
    ],
)
def test_a_visitor(tmp_path: Path, does: str, shown: str) -> None:
    assert BROWSER
    script = does + SHOWN
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    text = page().replace("script-src '", f"script-src 'sha256-{digest}' '")
    (tmp_path / "page.html").write_text(text.replace("</body>", f"<script>{script}</script></body>"), encoding="utf-8")
    done = subprocess.run(
        [
            BROWSER, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path / 'profile'}",
            "--dump-dom", (tmp_path / "page.html").as_uri(),
        ],
        capture_output=True, encoding="utf-8", timeout=120, check=False,
    )  # fmt: skip
    title = re.search(r"<title>(.*?)</title>", done.stdout)
    assert title, done.stderr
    assert f"{markup.unescape(title[1])}|".startswith(shown)


def test_each_of_two_verdicts_on_the_same_words_can_be_led_to() -> None:
    article = checked()
    words = find(TEXT, "The cranes are old,")
    article.verdicts += [QuoteVerdict("over", [words], "not found"), FigureVerdict("under", [words], "loose")]
    page = "".join(render_checked([article], "html"))
    for link in set(re.findall(r'href="#(in\d+)"', page)):
        assert page.count(f'id="{link}"') == 1, link
