"""Why a quote that no transcript has is not called invented: whoever is quoted may have said it elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sayso.checks.quoting import Quote
from sayso.checks.whose import speaks
from sayso.checks.words import words_of
from sayso.documents import Article, Transcript
from sayso.wordlists import classes_of

_MEDIA = Path(__file__).with_name("data") / "written_media.tsv"
_SCARE = 4
"""Words up to which marks round what nobody is said to have said are scare quotes, a title or a nickname."""


@dataclass(frozen=True, slots=True)
class Unchecked:
    """`reason`: why the transcripts given cannot hold the quote; `doubt`: why they may not."""

    reason: str | None = None
    doubt: str | None = None


def why_unchecked(article: Article, quote: Quote, transcripts: Sequence[Transcript]) -> Unchecked:
    """Whether the transcripts could hold a quote at all, by who is quoted and on what occasion."""
    if quote.attribution is None:
        words = sum(len(words_of(article.text, [span])) for span in quote.spans)
        if words <= _SCARE:
            return Unchecked(reason="The article does not say that anybody said it.")
        return Unchecked(doubt="The article does not say whose words they are.")
    occasion = quote.attribution.occasion
    days = {each.date.isoformat() for each in transcripts if each.date is not None}
    if occasion.date and len(days) > 0 and not any(day.endswith(occasion.date) for day in days):
        told = ", ".join(sorted(days)[:3])
        return Unchecked(reason=f"Said on {occasion.date}; the transcripts are of {told}.")
    if occasion.medium and _is_written(occasion.medium):
        return Unchecked(reason=f"Said in {occasion.medium}, of which no transcript was given.")
    speaker = quote.speaker
    if speaker is None:
        named = [each for each in quote.candidates if each.kind == "person"]
        if named and not any(speaks(each, transcript) is not False for each in named for transcript in transcripts):
            return Unchecked(reason=f"{named[0].name} does not speak in the transcripts.")
        return Unchecked(doubt="The article does not say clearly who is quoted.")
    if speaker.kind != "person":
        return Unchecked(reason=f"The transcripts do not say who speaks for {speaker.name}.")
    answers = {speaks(speaker, transcript) for transcript in transcripts}
    if answers == {False}:
        return Unchecked(reason=f"{speaker.name} does not speak in the transcripts.")
    if True not in answers:
        return Unchecked(doubt=f"No transcript shows by name which words are {speaker.name}'s.")
    others = [each for each in quote.candidates if not any(speaks(each, transcript) for transcript in transcripts)]
    if others and not quote.sure:
        return Unchecked(doubt=f"It may be {others[0].name} who is quoted.")
    return Unchecked()


def _is_written(medium: str) -> bool:
    words = words_of(medium).forms
    return any(word in _written() for word in words)


@cache
def _written() -> frozenset[str]:
    return frozenset(classes_of(_MEDIA))
