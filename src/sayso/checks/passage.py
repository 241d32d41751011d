"""The stretch of a transcript, or the stretches of several, that a quote is compared with."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from sayso.checks.canonical import tokens_of
from sayso.checks.fillers import fillers_in
from sayso.checks.line import Line
from sayso.checks.parts import Corrections
from sayso.checks.turns import breaks_off, same_speaker
from sayso.checks.words import Words, words_of
from sayso.documents import Span, Transcript, Turn

EDGE = 16
"""Words around a rough place in which the exact one is looked for."""
INTERJECTION = 4
INTERRUPTION = 20
"""The same where the speaker takes up the very sentence in which he was interrupted."""
"""Words from which what another says in between is more than an interjection."""
_LACKING = re.compile(
    r"inaudible|indiscernible|unintelligible|cross-?\s?talk|off-?\s?mic|no audio|audio (?:drops|cuts|gap)", re.I
)

Piece = tuple[Transcript, Words, tuple[int, int]]


@dataclass(slots=True)
class Place:
    """One stretch of one transcript: the words from `first` to before `end`."""

    transcript: Transcript
    words: Words
    first: int
    end: int
    near: tuple[int, int]
    """The words that were named, without their surroundings."""


@dataclass(slots=True)
class Passage:
    """Places in one line of tokens."""

    places: list[Place]
    line: Line
    corrections: Corrections = field(default_factory=Corrections)
    """What the transcripts correct here, by tokens."""

    def __post_init__(self) -> None:
        self._find_corrections()

    def place(self, at: int) -> Place:
        """The place of a token."""
        return self.places[self.line.places[at]]

    def transcript(self, at: int) -> Transcript:
        """The transcript of a token."""
        return self.place(at).transcript

    def turn(self, at: int) -> Turn | None:
        """The turn of a token."""
        number = self.line.turns[at]
        return self.transcript(at).turns[number] if number >= 0 else None

    def word(self, at: int) -> int:
        """The number of a token's first word in its transcript."""
        return self.line.firsts[at]

    def _find_corrections(self) -> None:
        found = self.corrections
        for number, place in enumerate(self.places):
            if not place.transcript.corrections:
                continue
            own = [at for at in range(len(self.line)) if self.line.places[at] == number]
            for struck, instead in place.transcript.corrections:
                inside = [{at for at in own if _begins_in(self.line, at, span)} for span in (struck, instead)]
                if inside[0] or inside[1]:
                    found.pairs.append((inside[0], inside[1]))
                    self._share_magnitude(*inside)

    def _share_magnitude(self, struck: set[int], instead: set[int]) -> None:
        """Lets a struck-out number have the "million" that stands after the one in its place."""
        if len(struck) != 1 or len(instead) != 1:
            return
        (first,), (second,) = struck, instead
        one, other = self.line.numerals.get(first), self.line.numerals.get(second)
        if one and other and other.power and not one.power:
            full = one._replace(value=one.value * 10**other.power)
            self.line.readings[first] = (*self.line.readings[first], full.key)

    def cut_at(self, forms: list[str]) -> Passage | None:
        """The same places, with tokens that end where a run of these words begins and ends; None if it is not there.

        A quote may stop inside what is one token: "fell by $450" of "fell by $450 billion".
        """
        if not forms:
            return None
        for number, place in enumerate(self.places):
            said = place.words.forms
            for at in range(place.first, place.end - len(forms) + 1):
                if said[at] == forms[0] and said[at : at + len(forms)] == forms:
                    return Passage(self.places, _line(self.places, {number: (at, at + len(forms))}))
        return None

    def said_between(self, pairs: list[tuple[int, int]]) -> set[int]:
        """The tokens between matched ones that are another's interjection in what one speaker goes on saying."""
        found: set[int] = set()
        turns, places = self.line.turns, self.line.places
        for (_, one), (_, other) in pairwise(pairs):
            if turns[one] == turns[other] or places[one] != places[other]:
                continue
            first, last = self.turn(one), self.turn(other)
            if first is None or last is None or not same_speaker(first, last):
                continue
            between = range(turns[one] + 1, turns[other])
            for number in between:
                turn = self.transcript(one).turns[number]
                own = [at for at in range(one + 1, other) if turns[at] == number]
                most = INTERRUPTION if self._resumes(one, other) else INTERJECTION
                if own and not _goes_on(first, turn) and self.line.count(own[0], own[-1] + 1) < most:
                    found.update(own)
        return found

    def _resumes(self, one: int, other: int) -> bool:
        """Whether a speaker who was interrupted in a sentence goes on with it: nothing of his is left out between."""
        line = self.line
        own = [at for at in range(one + 1, other) if line.turns[at] in (line.turns[one], line.turns[other])]
        last, after = self.turn(one), self.turn(other)
        if own or last is None or after is None:
            return False
        text = self.transcript(one).text
        start = after.span.of(text).lstrip()
        return breaks_off(self.transcript(one), last) and (start[:1].islower() or start[:1] in "-–—…")

    def gap_in(self, at: int, start: int, end: int) -> bool:
        """Whether the transcript of a token lacks words between two of its characters."""
        transcript = self.transcript(at)
        reach = Span(start, end)
        if any(gap.start <= reach.end and reach.start <= gap.end for gap in transcript.gaps):
            return True
        return any(
            each.start <= reach.end and reach.start <= each.end and _LACKING.search(each.of(transcript.text))
            for each in transcript.directions
        )


def _goes_on(one: Turn, other: Turn) -> bool:
    return other.role == one.role and same_speaker(one, other) and other.speaker is not None


def _begins_in(line: Line, at: int, span: Span | None) -> bool:
    return span is not None and span.start <= line.starts[at] < span.end


def passage_of(pieces: Sequence[Piece], size: int) -> Passage:
    """The places of a quote of `size` words with what stands round them, in one line; places that touch are one."""
    places: list[Place] = []
    for transcript, words, (first, end) in pieces:
        around = max(EDGE, size - (end - first) + EDGE // 2)
        low, high = max(0, first - around), min(len(words), end + around)
        last = places[-1] if places else None
        if last and last.transcript is transcript and last.near[1] <= first + 2 and low <= last.end:
            last.end, last.near = max(last.end, high), (last.near[0], max(end, last.near[1]))
        else:
            places.append(Place(transcript, words, low, high, (first, end)))
    return Passage(places, _line(places, {}))


def _line(places: list[Place], cuts: dict[int, tuple[int, int]]) -> Line:
    line = Line()
    for number, place in enumerate(places):
        base = len(line)
        stops = [place.first, *cuts.get(number, ()), place.end]
        for first, end in pairwise(stops):
            line.append(tokens_of(place.words, first, end), number)
        line.add_turns(place.transcript, base)
    return line


def directions_near(passage: Passage) -> list[str]:
    """The words of the stage directions within the places, each as words with spaces."""
    found = []
    for place in passage.places:
        if place.transcript.directions and place.first < place.end:
            start, end = place.words.starts[place.first], place.words.ends[place.end - 1]
            found += [
                " ".join(words_of(each.of(place.transcript.text)).forms)
                for each in place.transcript.directions
                if each.start < end and start < each.end
            ]
    return found


def omission_costs(passage: Passage) -> list[float]:
    """What leaving out each token costs: little for a filler, nothing for a correction."""
    costs = [0.1] * len(passage.line)
    for at in fillers_in(passage.line, 0, len(passage.line)):
        costs[at] = 0.03
    for at in range(1, len(passage.line)):
        if passage.line.opens(at):
            costs[at] += 0.4
    for pair in passage.corrections.pairs:
        for at in pair[0] | pair[1]:
            costs[at] = 0.0
    return costs
