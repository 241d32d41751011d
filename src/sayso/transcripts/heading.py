"""What a transcript says of itself: title, date, whether it is as delivered or as prepared, and whether it is whole."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path

from sayso.documents import Span, Transcript, Version
from sayso.reading.dates import match_date
from sayso.wordlists import entries_of

_LIST = Path(__file__).with_name("data") / "header_words.tsv"
_CLAIM = re.compile(r"\b(?:full|complete|entire|whole|rush|unedited)\s+$", re.IGNORECASE)
_DATE_START = re.compile(r"(?<!\w)(?=[A-Z]|\d)\w")
_IN_NAME = re.compile(r"(?<!\d)((?:19|20)\d\d)[-_/.]?(\d\d)[-_/.]?(\d\d)(?!\d)")
_SPEECH = r"(?:remarks|speech|statement|address|keynote|opening statement|testimony|lecture|comments|sermon)"
_SPEAKER = (
    re.compile(
        rf"\b{_SPEECH}\b(?: (?:address|speech))?(?: as (?:prepared for delivery|prepared|delivered))?,?"
        r" (?:by|of) (?P<name>.*)",
        re.IGNORECASE,
    ),
    re.compile(rf"\b{_SPEECH}\b[^:.]{{1,80}}? by (?P<name>.*)", re.IGNORECASE),
    re.compile(
        r"(?:^|[:–—-] |(?i:\b(?:of|from) ))(?P<name>(?:[A-Z][\w.\-]+ ){0,4}[A-Z][\w.\-]+?)['’]s?"
        rf" (?:[\w-]+ ){{0,3}}?(?i:{_SPEECH})\b"
    ),
)
_AFTER_NAME = re.compile(
    r"\s+(?:at|on|in|to|before|during|after|for|following|upon|about|as|ahead|announcing|welcoming|and)\b"
    r"|[,:;(|]| - | – | — "
)
_PLACE_OR_TIME = re.compile(r"\d{1,2}[:.]\d\d|^via\b|^\W*$", re.IGNORECASE)


@cache
def _phrases(label: str) -> re.Pattern[str]:
    entries = "|".join(re.escape(entry).replace(r"\ ", r"\s+") for entry in entries_of(_LIST, label))
    return re.compile(rf"(?<!\w)(?:{entries})(?!\w)", re.IGNORECASE)


def version_of(stretches: Iterable[str]) -> Version | None:
    """Whether it says that it is as delivered or as prepared; None where it does not say."""
    whole = "\n".join(stretches)
    if _phrases("delivered").search(whole):
        return "delivered"
    return "prepared" if _phrases("prepared").search(whole) else None


def partial_in(text: str, stretches: Iterable[Span]) -> Span | None:
    """The words by which it says that it is not the whole; "the full transcript" says nothing of the kind."""
    for span in stretches:
        for found in _phrases("partial").finditer(text, span.start, span.end):
            before = text[max(span.start, found.start() - 12) : found.start()]
            after = text[found.end() : found.end() + 40].lower()
            if not _CLAIM.search(before) and "full transcript" not in after:
                return Span(*found.span())
    return None


def says_partial(words: str) -> bool:
    """Whether words outside the text (a title, a note) say that it is not the whole."""
    return partial_in(words, [Span(0, len(words))]) is not None


def is_translation(stretches: Iterable[str]) -> bool:
    """Whether it says that it is a translation."""
    return bool(_phrases("translated").search("\n".join(stretches)))


def date_in(text: str) -> date | None:
    """The first full date, with its year, in a heading or a title."""
    for start in (found.start() for found in _DATE_START.finditer(text)):
        match = match_date(text, start, weekdays=False)
        day = match[0].complete(None) if match else None
        if day:
            return day
    return None


def date_in_name(name: str) -> date | None:
    """The day in a file's name or an address: `2021-12-15-briefing.txt`, `20151219_debate.txt`, `/2021/12/15/`."""
    for found in _IN_NAME.finditer(name):
        year, month, day = map(int, found.groups())
        try:
            return date(year, month, day)
        except ValueError:
            continue
    return None


def title_of(heading: str) -> str | None:
    """The line of a heading that is a title: one that says what it is, else none."""
    lines = [" ".join(line.replace("\\", "").strip(" \t*_#").split()) for line in heading.splitlines()]
    found = [
        line
        for line in lines
        if 2 <= len(line.split()) <= 40
        and _phrases("title").search(line)
        and not _PLACE_OR_TIME.search(line)
        and not re.search(r"\w\w[.!?]$", line)
    ]
    # "Town Hall" is the place as often as the occasion.
    return next((line for line in found if len(line.split()) > 2), found[0] if found else None)


def speaker_in(title: str) -> str | None:
    """Whose speech it is by its title.

    >>> speaker_in("Remarks as Prepared for Delivery by First Lady Ada Holm at the Town Hall")
    'First Lady Ada Holm'
    """
    for form in _SPEAKER:
        found = form.search(title)
        name = _AFTER_NAME.split(found["name"].strip(" .*_"), maxsplit=1)[0].strip() if found else ""
        if 1 < len(name.split()) <= 8 and name[0].isupper():
            return name
    return None


def heads_of(transcript: Transcript) -> list[Span]:
    """The stretches in which a transcript speaks of itself: what is the editor's, in front and behind."""
    return [turn.span for turn in transcript.turns if turn.role == "editor" and turn.label is None]
