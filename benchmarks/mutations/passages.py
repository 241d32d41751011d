"""Desks of transcripts, and passages drawn from them: whole sentences, several, or parts of one."""

from __future__ import annotations

import hashlib
import random
import re
from bisect import bisect_right
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from benchmarks.mutations.cases import Gold
from benchmarks.mutations.numbers import splits_number
from benchmarks.mutations.sameness import Guard
from sayso.checks.words import words_of
from sayso.documents import Article, Span, Transcript, Turn
from sayso.extraction.sentences import Sentences

DESK = 8
"""So many transcripts are given at a time: the one that holds the words, and others."""
LEAST, MOST = 4, 60
_UNFIT = re.compile(r"[\[\]()~*|<>{}\\…]|\.\.\.|\w-(?!\w)|\b[A-Z][\w.'’]*: |[A-Za-z]:\s*$")
_MIDDLE_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{2,}(?:[A-Z][a-z]+)?\b")
_NO_NAMES = frozenset(
    "President Senator Secretary Mister Governor Congress Madam Vice Prime Minister Doctor Judge General Ambassador"
    " Director Chairman Speaker January February March April May June July August September October November December"
    " Monday Tuesday Wednesday Thursday Friday Saturday Sunday God American Americans Administration State States House"
    " Department National Party Democrats Republicans Democrat Republican Justice Security Affairs Council Member Fair"
    " United White Supreme Court Act Well Yes And But The That This You They She We What Deputy Committee Union First"
    " Second Third Fourth Fifth Sixth Seventh Eighth Ninth Tenth".split()
)
_WORD = re.compile(r"\S+")
_CLAUSE = re.compile(r"[,;:—–]\s+(?=\w)|\s--\s+(?=\w)")


class Site(NamedTuple):
    """A place where a kind may do its work."""

    desk: int
    transcript: int
    turn: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of one turn, as an article would print it before anything is done to it."""

    desk: Desk
    transcript: Transcript
    turn: Turn
    span: Span
    text: str
    opens: bool
    """Whether it starts where a sentence starts."""

    @property
    def gold(self) -> Gold:
        """Where it was said."""
        return Gold(self.transcript.id, self.span)

    @property
    def speaker(self) -> str:
        """The turn's label."""
        return self.turn.speaker or ""

    def __len__(self) -> int:
        return len(words_of(self.text))


class Desk:
    """Some transcripts that are given together."""

    def __init__(self, number: int, transcripts: list[Transcript]) -> None:
        self.number = number
        self.transcripts = transcripts
        self._sentences: dict[str, tuple[list[int], list[Span]]] = {}

    @cached_property
    def guard(self) -> Guard:
        """What was said in them."""
        return Guard(self.transcripts)

    def sentences_of(self, transcript: Transcript) -> tuple[list[int], list[Span]]:
        """The starts and the spans of a transcript's sentences, cut at the edges of turns."""
        if transcript.id not in self._sentences:
            spans = Sentences(Article(transcript.id, transcript.text)).spans
            starts = [turn.span.start for turn in transcript.turns]
            cut: list[Span] = []
            for each in spans:
                at = bisect_right(starts, each.end - 1) - 1
                edge = transcript.turns[at].span if at >= 0 else each
                start = max(each.start, edge.start) if edge.start < each.end else each.start
                text = transcript.text[start : each.end]
                start += len(text) - len(text.lstrip())
                if start < min(each.end, edge.end):
                    cut.append(Span(start, min(each.end, edge.end)))
            self._sentences[transcript.id] = ([each.start for each in cut], cut)
        return self._sentences[transcript.id]

    def passage(self, transcript: Transcript, turn: Turn, span: Span, *, opens: bool) -> Passage | None:
        """A stretch as an article may print it; None where it is no fit text for a quote."""
        raw = span.of(transcript.text)
        for struck, instead in transcript.corrections:
            if instead and span.overlaps(Span(struck.start - 2, instead.end + 1)):
                return None
        if _UNFIT.search(raw) or raw.count("“") != raw.count("”") or raw.count('"') % 2:
            return None
        text = " ".join(raw.split())
        return Passage(self, transcript, turn, span, text, opens) if LEAST <= len(words_of(text)) <= MOST else None

    @cached_property
    def names(self) -> list[str]:
        """Names that its transcripts speak of, with no lower-case use."""
        texts = [each.text for each in self.transcripts]
        counts = Counter(name for text in texts for name in _MIDDLE_NAME.findall(text))
        small = {word for text in texts for word in re.findall(r"\b[a-z]+\b", text)}
        return sorted(
            name for name, count in counts.items() if count > 1 and name.lower() not in small and name not in _NO_NAMES
        )

    @cached_property
    def vocabulary(self) -> dict[str, list[str]]:
        """Its lower-case words of five letters or more by how they end."""
        counts = Counter(word for each in self.transcripts for word in re.findall(r"\b[a-z]{5,}\b", each.text))
        found: dict[str, list[str]] = defaultdict(list)
        for word in sorted(word for word, count in counts.items() if count >= 2):
            found[ending_of(word)].append(word)
        return found


def ending_of(word: str) -> str:
    """The class of a word as far as its ending tells it."""
    return next((ending for ending in ("tion", "ing", "ed", "ly", "s", "er") if word.endswith(ending)), "")


def seat(transcripts: list[Transcript], size: int = DESK) -> list[Desk]:
    """The transcripts divided among desks, versions of one day apart so that none of them contradicts another.

    Nothing is drawn by chance here: the order follows a digest of the ids.
    """
    count = max(-(-len(transcripts) // size), min(2, len(transcripts)))
    seats: list[list[Transcript]] = [[] for _ in range(count)]
    for each in sorted(transcripts, key=lambda each: hashlib.sha256(each.id.encode()).digest()):
        free = sorted(seats, key=lambda desk: (any(one.date == each.date for one in desk), len(desk)))
        free[0].append(each)
    return [Desk(number, desk) for number, desk in enumerate(seats)]


class World:
    """All desks, and where in them a kind finds its words."""

    def __init__(self, desks: list[Desk]) -> None:
        self.desks = desks
        self._sites: dict[str, list[list[Site]]] = {}

    def turns(self, desk: Desk) -> list[tuple[int, int, Turn]]:
        """The turns of a desk that an article may quote: those of named speakers."""
        return [
            (number, at, turn)
            for number, transcript in enumerate(desk.transcripts)
            for at, turn in enumerate(transcript.turns)
            if turn.role == "speaker" and turn.speaker
        ]

    def sites(self, pattern: re.Pattern[str]) -> list[list[Site]]:
        """Where a pattern is found in turns of speakers, in groups of the same words."""
        if pattern.pattern not in self._sites:
            groups: dict[str, list[Site]] = defaultdict(list)
            for desk in self.desks:
                for number, at, turn in self.turns(desk):
                    for found in pattern.finditer(desk.transcripts[number].text, *turn.span):
                        key = re.sub(r"\d", "0", found.group().casefold())[:24]
                        groups[key].append(Site(desk.number, number, at, found.start(), found.end()))
            self._sites[pattern.pattern] = [groups[key] for key in sorted(groups)]
        return self._sites[pattern.pattern]

    def draw(self, rng: random.Random, pattern: re.Pattern[str]) -> Passage | None:
        """A passage that holds what a pattern finds; frequent words are damped, so that rare ones are tried too."""
        groups = self.sites(pattern)
        if not groups:
            return None
        group = rng.choices(groups, [len(each) ** 0.5 for each in groups])[0]
        site = rng.choice(group)
        desk = self.desks[site.desk]
        transcript = desk.transcripts[site.transcript]
        found = around(rng, desk, transcript, transcript.turns[site.turn], Span(site.start, site.end))
        return (
            None if found is None else desk.passage(transcript, transcript.turns[site.turn], found[0], opens=found[1])
        )


def around(rng: random.Random, desk: Desk, transcript: Transcript, turn: Turn, site: Span) -> tuple[Span, bool] | None:
    """A stretch of the turn round a place: its sentence, that with its neighbours, or a part of it.

    With it whether the stretch starts where a sentence starts.
    """
    starts, sentences = desk.sentences_of(transcript)
    first = bisect_right(starts, site.start) - 1
    if first < 0 or sentences[first].end < site.end:
        return None
    last = first
    shape = rng.choices(("sentence", "several", "head", "tail", "inner"), (35, 20, 15, 15, 15))[0]
    if shape == "several":
        first -= rng.randint(0, 2)
        last += rng.randint(0 if last > first else 1, 2)
        while first < last and (first < 0 or sentences[first].start < turn.span.start):
            first += 1
        while last > first and (last >= len(sentences) or sentences[last].end > turn.span.end):
            last -= 1
    start, end = sentences[first].start, sentences[last].end
    if start < turn.span.start or end > turn.span.end:
        return None
    clauses = [start + each.end() for each in _CLAUSE.finditer(transcript.text[start:end])]
    words = [Span(start + each.start(), start + each.end()) for each in _WORD.finditer(transcript.text[start:end])]
    opens = True
    origin, whole = start, transcript.text[start:end]
    if shape in ("tail", "inner"):
        before = [each for each in clauses if each <= site.start] if shape == "tail" else []
        before = before or [each.start for each in words if each.end < site.start][1:]
        before = [each for each in before if not splits_number(whole, each - origin)]
        if before:
            start, opens = rng.choice(before), False
    if shape in ("head", "inner"):
        after = [each for each in clauses if each > site.end] if shape == "head" else []
        after = after or [each.end for each in words if each.start > site.end][1:]
        after = [each for each in after if not splits_number(whole, each - origin)]
        if after:
            end = rng.choice(after)
    text = transcript.text[start:end].rstrip(" \n,;:—–-")
    return Span(start, start + len(text)), opens
