"""A transcript as its page shows it: its turns in pieces, and which articles quote what of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from sayso.checks.contract import FAIL_ON
from sayso.documents import Article, Span, Transcript
from sayso.exports.checkparts import WEIGHTS, clock, gravity, holds
from sayso.exports.outline import printable, title_of, words
from sayso.exports.segments import Mark, cut
from sayso.verdicts import QuoteVerdict


class Quote(NamedTuple):
    """A quote of an article."""

    article: int
    headline: str
    outlet: str
    attribution: str
    text: str
    value: str
    weight: str


@dataclass(slots=True)
class Quoted:
    """A passage, and the quotes that rest on it."""

    number: int
    span: Span
    text: str
    weight: str
    """The gravest."""
    quotes: list[Quote] = field(default_factory=list)


class Said(NamedTuple):
    """A stretch of a turn."""

    text: str
    aside: bool
    struck: bool
    quoted: tuple[Quoted, ...]
    """Quotes of which this stretch is a part."""
    starts: tuple[Quoted, ...]
    """Of these, those whose passage begins here."""


@dataclass(slots=True)
class Spoken:
    """One turn."""

    speaker: str
    time: str
    role: str
    interpreted: bool
    said: list[Said] = field(default_factory=list)


def quotes_of(transcript: Transcript, articles: Iterable[tuple[int, Article]]) -> list[Quoted]:
    """What these articles quote of a transcript, by its passages, in its order."""
    found: dict[Span, list[Quote]] = {}
    for number, article in articles:
        for verdict in article.verdicts:
            if not isinstance(verdict, QuoteVerdict) or verdict.indirect or not holds(verdict):
                continue
            quote = Quote(
                number,
                title_of(article),
                article.outlet or "",
                verdict.attribution or "",
                printable(words(verdict.spans, article.text)),
                verdict.value,
                gravity(verdict, FAIL_ON),
            )
            for passage in verdict.passages:
                if passage.transcript == transcript.id:
                    found.setdefault(passage.span, []).append(quote)
    return [
        Quoted(
            place,
            span,
            printable(" ".join(span.of(transcript.text).split())),
            min((each.weight for each in found[span]), key=WEIGHTS.index),
            found[span],
        )
        for place, span in enumerate(sorted(found), 1)
    ]


def turns_of(transcript: Transcript, quoted: Sequence[Quoted] = ()) -> list[Spoken]:
    """The turns of a transcript, with what is quoted of them marked."""
    by_number = {each.number: each for each in quoted}
    asides = [Mark(span, "aside", 0) for span in transcript.directions]
    asides += [Mark(each.struck, "struck", 0) for each in transcript.corrections]
    marks = sorted([*asides, *(Mark(each.span, "judged", each.number) for each in quoted)], key=lambda each: each.span)
    turns: list[Spoken] = []
    first = 0
    for turn in transcript.turns:
        # Turns stand in text order: what ended before this one has been seen.
        while first < len(marks) and marks[first].span.end <= turn.span.start:
            first += 1
        own = []
        for mark in marks[first:]:
            if mark.span.start >= turn.span.end:
                break
            own.append(mark)
        time = clock(transcript.seconds_at(turn.span.start)) if transcript.timecodes else ""
        spoken = Spoken(printable(turn.speaker or ""), time, turn.role, turn.interpreted)
        for segment in cut(turn.span, own):
            here = tuple(by_number[number] for number in segment.numbers("judged"))
            spoken.said.append(
                Said(
                    printable(segment.span.of(transcript.text)),
                    bool(segment.numbers("aside")),
                    bool(segment.numbers("struck")),
                    here,
                    tuple(each for each in here if each.span.start == segment.span.start),
                )
            )
        turns.append(spoken)
    return turns


def name_of(transcript: Transcript) -> str:
    """Its title, or else the name of its source."""
    name = transcript.source.name if transcript.source else transcript.id
    return printable(transcript.title or name.rstrip("/").rpartition("/")[2] or name)
