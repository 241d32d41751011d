"""Sparing quotes that were held against transcripts which nobody named for them, but an archive has of the time.

Whoever names a transcript says that the quote is from there. Where transcripts were chosen by their day alone, a
speaker may have said much the same at another stop, and a single word is in nearly every speech.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sayso.checks.sparing import SHORT
from sayso.checks.whose import speaks
from sayso.checks.words import words_of
from sayso.documents import Transcript
from sayso.records import Speaker
from sayso.verdicts import QuoteVerdict

DAYS_NEAR = 3
"""Days between a transcript and an article that tells of it."""
_ACCUSES = frozenset({"altered", "spliced", "misattributed"})


def spare(
    verdict: QuoteVerdict,
    transcripts: Mapping[str, Transcript],
    *,
    speaker: Speaker | None,
    published: date | None,
    said: str | None = None,
) -> None:
    """Takes back what the verdict cannot know, or gives it a doubt; one that accuses nobody stays as it is.

    `transcripts` are those of its passages, by id; `speaker` is who is quoted, `published` the article's day, and
    `said` the day on which the article says it was said, as its `Occasion` has it.
    """
    if verdict.value not in _ACCUSES or verdict.indirect:
        return
    sources = [transcripts[each.transcript] for each in verdict.passages]
    if verdict.value == "misattributed" and not _tells(verdict, sources, speaker):
        named = speaker.name if speaker else "whoever is quoted"
        verdict.value, verdict.doubt, verdict.speaker_agrees = "unchecked", None, None
        verdict.why = f"So few words are in many a speech, and no transcript that has them is of {named}."
        verdict.passages, verdict.differences, verdict.elsewhere = [], [], []
        return
    if verdict.doubt is not None or published is None:
        return
    days = [each.date for each in sources if each.date is not None and not (said and _is_on(each.date, said))]
    far = [each for each in days if abs((published - each).days) > DAYS_NEAR]
    if far:
        verdict.doubt = f"The transcript is of {far[0]}, the article of {published}: it may tell of another occasion."


def _tells(verdict: QuoteVerdict, sources: list[Transcript], speaker: Speaker | None) -> bool:
    """Whether it says anything that somebody else said the words: they are more than a few, or he was there too."""
    words = {
        form
        for each, source in zip(verdict.passages, sources, strict=True)
        for form in words_of(source.text, [each.span]).forms
    }
    return len(words) >= SHORT or any(speaker is not None and speaks(speaker, each) is True for each in sources)


def _is_on(day: date, said: str) -> bool:
    return day.isoformat().endswith(said)
