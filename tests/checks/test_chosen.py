"""Quotes held against transcripts that were chosen by their day: nobody is accused by another occasion or a word."""

from __future__ import annotations

from datetime import date

import pytest

from sayso.checks.chosen import spare
from sayso.checks.library import Library
from sayso.checks.quotes import QuoteChecker
from sayso.transcripts import read_transcript_text
from sayso.verdicts import QuoteVerdict

from .test_quoting import article

SPEECHES = """MS. QUILL: We will not sell the harbour, and we will not lease it. It is a disgrace. The board met.

MR. HARL: The cranes are forty years old. I would not stand under them.
"""


def spared(words: str, who: str, published: date | None, said: str | None = None) -> QuoteVerdict:
    """The verdict on words, spared, held against speeches of 14 March."""
    spoken = read_transcript_text(SPEECHES)
    spoken.date = date(2026, 3, 14)
    found = article(f"“{words}” {who} said.", (who, "said", f"“{words}”"))
    (verdict,) = QuoteChecker(found, Library.of([spoken])).verdicts()
    spare(verdict, {spoken.id: spoken}, speaker=found.speakers[0], published=published, said=said)
    return verdict


@pytest.mark.parametrize(
    "published, said, doubt",
    [
        pytest.param(date(2026, 3, 15), None, None, id="the-next-day"),
        pytest.param(date(2026, 3, 17), None, None, id="as-late-as-a-weekly"),
        pytest.param(None, None, None, id="an-article-without-a-day"),
        pytest.param(date(2026, 4, 10), None, "another occasion", id="weeks-after"),
        pytest.param(date(2026, 3, 8), None, "another occasion", id="before-it-was-said"),
        pytest.param(date(2026, 4, 10), "2026-03-14", None, id="weeks-after-of-that-day"),
        pytest.param(date(2026, 4, 10), "03-14", None, id="of-that-day-without-a-year"),
        pytest.param(date(2026, 4, 10), "2026-04-09", "another occasion", id="of-another-day"),
    ],
)
def test_a_transcript_of_another_day_accuses_nobody(
    published: date | None, said: str | None, doubt: str | None
) -> None:
    verdict = spared("We will sell the harbour, and we will lease it.", "Quill", published, said)
    assert verdict.value == "altered"
    assert (doubt in verdict.doubt) if doubt and verdict.doubt else verdict.doubt is doubt


@pytest.mark.parametrize(
    "words, who, value",
    [
        pytest.param("a disgrace", "Norvald", "unchecked", id="words-of-one-who-was-not-there"),
        pytest.param("a disgrace", "Harl", "misattributed", id="words-of-one-who-was-there"),
        pytest.param("I would not stand under them", "Norvald", "misattributed", id="a-sentence"),
        pytest.param("a disgrace", "Quill", "verbatim", id="his-own"),
    ],
)
def test_a_few_words_are_anybodys(words: str, who: str, value: str) -> None:
    verdict = spared(words, who, date(2026, 3, 14))
    assert verdict.value == value
    assert (verdict.passages == []) is (value == "unchecked")
