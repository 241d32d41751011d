"""Whole verdicts on quotes: an article and transcripts built by hand, the real library and the real judge."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pytest

from sayso.checks.library import Library
from sayso.checks.quotes import QuoteChecker
from sayso.documents import Span, Transcript
from sayso.records import Speaker
from sayso.transcripts import read_transcript_text
from sayso.verdicts import QuoteVerdict

from .test_quoting import article

BRIEFING = """MS. QUILL: Good morning. We will not sell the harbour, and we will not lease it. The board met on Monday,
um, and the board voted nine to two.

Q: Will you resign?

MS. QUILL: No. I have work to do. If the court says that the vote was unlawful, we will hold another one in May.

MR. HARL: The cranes are forty years old. I would not stand under them. We need 80 million dollars before the winter.
"""
SPEECH = "We will sell nothing and lease nothing. The harbour belongs to the people who work in it."


@dataclass
class Near:
    transcript: int
    span: Span
    score: float


def said(
    words: str, who: str = "Quill", *, transcripts: Sequence[Transcript] = (), near: float | None = None
) -> QuoteVerdict:
    """The verdict on words that somebody is said to have said."""
    found = article(f"“{words}” {who} said.", (who, "said", f"“{words}”"))
    sources = list(transcripts) or [read_transcript_text(BRIEFING)]

    def nearest(text: str, speaker: Speaker | None, limit: int) -> list[Near]:
        turn = sources[0].turns[0].span
        return [] if near is None else [Near(0, turn, near)]

    verdicts = QuoteChecker(found, Library.of(sources), nearest, 0.7).verdicts()
    assert len(verdicts) == 1
    assert all(span.of(found.text) for span in verdicts[0].spans)
    return verdicts[0]


@pytest.mark.parametrize(
    "words, who, value",
    [
        pytest.param("We will not sell the harbour, and we will not lease it.", "Quill", "verbatim", id="as-said"),
        pytest.param("We will not sell the harbor", "Quill", "verbatim", id="house-style"),
        pytest.param(
            "The board met on Monday, and the board voted nine to two.", "Quill", "tidied", id="a-filler-gone"
        ),
        pytest.param("We will not sell the harbour ... we will not lease it.", "Quill", "marked", id="ellipsis"),
        pytest.param("We will sell the harbour, and we will not lease it.", "Quill", "altered", id="a-not-dropped"),
        pytest.param("We need 18 million dollars before the winter.", "Harl", "altered", id="a-number-changed"),
        pytest.param("I have work to do. We will not sell the harbour.", "Quill", "spliced", id="two-answers-in-one"),
        pytest.param("The cranes are forty years old.", "Quill", "misattributed", id="another-ones-words"),
        pytest.param("The dockers are liars and thieves, all of them.", "Quill", "not found", id="invented"),
        pytest.param("The dockers are liars and thieves, all of them.", "Otto Brand", "unchecked", id="was-not-there"),
    ],
)
def test_the_verdict(words: str, who: str, value: str) -> None:
    verdict = said(words, who)
    assert (verdict.value, verdict.doubt) == (value, None)


def test_a_passage_that_says_much_the_same_is_for_a_reader() -> None:
    verdict = said("There is no question of handing over the port to buyers", near=0.8)
    assert (verdict.value, verdict.similarity) == ("reworded", 0.8)
    assert verdict.passages[0].speaker == "MS. QUILL"


def test_the_passage_has_what_was_asked_and_what_follows() -> None:
    transcript = read_transcript_text(BRIEFING)
    passage = said("I have work to do.").passages[0]
    assert passage.question is not None and passage.question.of(transcript.text) == "Will you resign?"
    assert passage.before is not None and passage.before.of(transcript.text) == "No."
    assert passage.after is not None and passage.after.of(transcript.text).startswith("If the court")


def test_a_condition_that_was_cut_off_is_shown() -> None:
    verdict = said("we will hold another one in May")
    assert verdict.value == "verbatim"
    assert [each.kind for each in verdict.context] == ["condition"]


def test_what_is_not_in_an_excerpt_is_not_held_against_anybody() -> None:
    excerpt = read_transcript_text("Excerpts from the briefing\n\n" + BRIEFING)
    assert excerpt.partial is not None
    verdict = said("The dockers are liars and thieves, all of them.", transcripts=[excerpt])
    assert verdict.value == "not found" and verdict.incomplete and verdict.doubt


def test_transcripts_that_disagree_the_kindest_counts_and_the_other_is_named() -> None:
    other = read_transcript_text(BRIEFING.replace("nine to two", "nine to one"), "other")
    verdict = said("the board voted nine to two", transcripts=[other, read_transcript_text(BRIEFING, "ours")])
    assert verdict.value == "verbatim"
    assert [(each.value, each.text) for each in verdict.elsewhere] == [("altered", "the board voted nine to one")]


def test_a_quote_of_another_day_is_not_looked_for_in_this_one() -> None:
    found = article("“The dockers are liars,” Quill said.", ("Quill", "said", "“The dockers are liars,”"))
    found.attributions[0].occasion.date = "2026-03-02"
    transcript = read_transcript_text(BRIEFING)
    transcript.date = date(2026, 3, 14)
    (verdict,) = QuoteChecker(found, Library.of([transcript])).verdicts()
    assert verdict.value == "unchecked" and "2026-03-02" in verdict.why


def test_scare_quotes_are_nobodys_words() -> None:
    found = article("The so-called “harbour mafia” met again.")
    (verdict,) = QuoteChecker(found, Library.of([read_transcript_text(BRIEFING)])).verdicts()
    assert verdict.value == "unchecked"


def test_a_sentence_that_is_interrupted_is_one() -> None:
    text = "“We will,” Quill said, “sell the harbour.”"
    found = article(text, ("Quill", "said", "“We will,” | “sell the harbour.”"))
    (verdict,) = QuoteChecker(found, Library.of([read_transcript_text(BRIEFING)])).verdicts()
    assert verdict.value == "altered"
    assert [each.reverses for each in verdict.reverses] == ["negation"]


def test_a_speech_without_labels_belongs_to_whom_its_title_names() -> None:
    speech = read_transcript_text(SPEECH)
    speech.title = "Speech by Mara Quill at the harbour gate"
    verdict = said("The harbour belongs to the people who work in it.", transcripts=[speech])
    assert (verdict.value, verdict.speaker_agrees) == ("verbatim", True)


def test_who_may_be_quoting_is_not_accused_for_it() -> None:
    text = "MR. HARL: As Otto Brand used to say, the sea gives nothing back.\n\nMS. QUILL: Thank you, Mr. Harl."
    verdict = said("the sea gives nothing back", "Otto Brand", transcripts=[read_transcript_text(text)])
    assert verdict.value == "misattributed" and verdict.doubt is not None


def test_nothing_is_told_of_a_statement_in_the_articles_words_but_the_nearest_passage() -> None:
    found = article("Quill said that the port was not for sale.", ("Quill", "said", "that the port was not for sale"))
    found.attributions[0].quotation = "indirect"
    transcript = read_transcript_text(BRIEFING)

    def nearest(text: str, speaker: Speaker | None, limit: int) -> list[Near]:
        assert speaker is not None and text == "that the port was not for sale"
        return [Near(0, Span(11, 46), 0.6)]

    (verdict,) = QuoteChecker(found, Library.of([transcript]), nearest, 0.7).verdicts()
    assert verdict.indirect and verdict.value == "unchecked" and verdict.passages[0].speaker == "MS. QUILL"
