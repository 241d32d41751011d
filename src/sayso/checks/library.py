"""Transcripts in which quotes are looked for: a few in memory, or any number on disk."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from sayso.checks.index import Gathering, Segment
from sayso.checks.placing import Placement, Prefer, place
from sayso.checks.words import Words, words_of
from sayso.documents import Transcript

KEPT = 256
"""So many transcripts' words are kept at hand."""

Made = TypeVar("Made")


def said_words(transcript: Transcript) -> Words:
    """The words that somebody said, stage directions and the transcript's own notes left out.

    Of a correction both readings are there, the struck-out words and the ones in their place.
    """
    said = [turn.span for turn in transcript.turns if turn.role != "editor"]
    return words_of(transcript.text, said, without=transcript.directions)


class Library:
    """Transcripts, each known by its number, and the places of quotes in them."""

    transcripts: Sequence[Transcript]
    """In the order of their numbers; of a library on disk each is read when it is asked for."""

    def __init__(self, transcripts: Sequence[Transcript], segments: Sequence[Segment]) -> None:
        self.transcripts = transcripts
        self._segments = segments
        self._words: OrderedDict[int, Words] = OrderedDict()
        self._alone: OrderedDict[int, Segment] = OrderedDict()

    @classmethod
    def of(cls, transcripts: Sequence[Transcript]) -> Library:
        """A library in memory of these transcripts, in their order."""
        gathering = Gathering()
        found: OrderedDict[int, Words] = OrderedDict()
        for number, transcript in enumerate(transcripts):
            words = said_words(transcript)
            gathering.add(transcript, words)
            if number < KEPT:
                found[number] = words
        library = cls(transcripts, [gathering.segment()])
        library._words = found
        return library

    def words(self, number: int) -> Words:
        """The said words of a transcript, to which placements refer."""
        return _kept(self._words, number, lambda: said_words(self.transcripts[number]))

    def place(
        self, forms: Sequence[str], *, limit: int = 8, within: int | None = None, prefer: Prefer | None = None
    ) -> list[Placement]:
        """Where a quote's words stand, the best places first, at the most `limit`; empty where nothing is like them.

        `forms` are as of `words_of`, brackets and ellipses left out. `within` looks in one transcript only. Of equally
        good places those come first whose turn has a label that `prefer` says yes to ("" where there is none).

        >>> from sayso.documents import Span, Turn
        >>> text = "We will not pay. We have paid enough, and we will not pay twice."
        >>> library = Library.of([Transcript("t1", text, turns=[Turn(Span(0, len(text)), "MR. HALL")])])
        >>> library.place(words_of("We've paid enough").forms)
        [Placement(transcript=0, first=6, end=8, quote_first=1, quote_end=3, score=0.6666666666666666)]
        """
        if within is None:
            return place(self._segments, forms, limit=limit, prefer=prefer)
        segment = _kept(self._alone, within, lambda: self._index_of(within))
        return [replace(each, transcript=within) for each in place([segment], forms, limit=limit, prefer=prefer)]

    def _index_of(self, number: int) -> Segment:
        left = number
        for segment in self._segments:
            if left < len(segment):
                return segment.only(left)
            left -= len(segment)
        raise IndexError(number)


def _kept(kept: OrderedDict[int, Made], number: int, make: Callable[[], Made]) -> Made:
    """What is at hand under a number, made where it is not; what was not asked for the longest goes."""
    if number in kept:
        kept.move_to_end(number)
    else:
        kept[number] = make()
        if len(kept) > KEPT:
            kept.popitem(last=False)
    return kept[number]
