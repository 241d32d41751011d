"""Why a quote that no transcript has is not called invented: whoever is quoted may have said it elsewhere."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sayso.checks.quoting import SCARE, Quote
from sayso.checks.whose import speaks
from sayso.checks.words import words_of
from sayso.documents import Article, Transcript
from sayso.records import Attribution
from sayso.wordlists import entries_of

_MEDIA = Path(__file__).with_name("data") / "occasions.tsv"
_FEW = 3
"""Words up to which a quote may be of any occasion: "deplorables", "a nasty guy"."""


@dataclass(frozen=True, slots=True)
class Unchecked:
    """`reason`: why the transcripts given cannot hold the quote; `doubt`: why they may not."""

    reason: str | None = None
    doubt: str | None = None


def why_unchecked(article: Article, quote: Quote, transcripts: Sequence[Transcript]) -> Unchecked:
    """Whether the transcripts could hold a quote at all, by who is quoted and on what occasion."""
    words = len(words_of(article.text, quote.spans))
    if quote.attribution is None:
        if words <= SCARE:
            return Unchecked(reason="The article does not say that anybody said it.")
        return Unchecked(doubt="The article does not say whose words they are.")
    elsewhere = _elsewhere(article, quote.attribution, transcripts)
    if elsewhere.reason:
        return elsewhere
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
    if words <= _FEW:
        return Unchecked(doubt="So few words may have been said on another occasion.")
    return elsewhere


def _elsewhere(article: Article, attribution: Attribution, transcripts: Sequence[Transcript]) -> Unchecked:
    """Whether the article tells of another occasion than that of the transcripts."""
    occasion = attribution.occasion
    days = {each.date.isoformat() for each in transcripts if each.date is not None}
    if occasion.date and len(days) > 0 and not any(day.endswith(occasion.date) for day in days):
        told = ", ".join(sorted(days)[:3])
        return Unchecked(reason=f"Said on {occasion.date}; the transcripts are of {told}.")
    if occasion.medium and _is_written(occasion.medium):
        return Unchecked(reason=f"Said in {occasion.medium}, of which no transcript was given.")
    if any(_before().search(span.of(article.text)) for span in (*attribution.cue, *occasion.words)):
        return Unchecked(doubt="The article may tell of an earlier occasion.")
    titles = [words_of(each.title or "").forms for each in transcripts]
    medium = words_of(occasion.medium or "").forms
    if medium and not any(set(medium) & set(title) for title in titles):
        return Unchecked(doubt=f"Said in {occasion.medium}; no transcript says that it is one.")
    return Unchecked()


@cache
def _before() -> re.Pattern[str]:
    words = "|".join(re.escape(entry) for entry in entries_of(_MEDIA, "before"))
    return re.compile(rf"\b(?:{words})\b", re.IGNORECASE)


def _is_written(medium: str) -> bool:
    words = words_of(medium).forms
    return any(word in _written() for word in words)


@cache
def _written() -> frozenset[str]:
    return frozenset(entries_of(_MEDIA, "written"))
