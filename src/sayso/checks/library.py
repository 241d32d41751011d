"""Transcripts in which quotes are looked for: a few in memory, or any number on disk."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from sayso.checks.covering import cover
from sayso.checks.folders import add_transcripts, list_segments
from sayso.checks.index import Gathering, Segment, hashes_of, said_words
from sayso.checks.kept import Kept
from sayso.checks.placing import Placement, Prefer, place
from sayso.checks.storing import StoredTranscripts
from sayso.checks.words import Words
from sayso.documents import Transcript
from sayso.errors import DamagedIndex

KEPT = 128
"""So many transcripts' words are kept at hand."""


class Library:
    """Transcripts, each known by its number, and the places of quotes in them."""

    transcripts: Sequence[Transcript]
    """In the order of their numbers; of a library on disk each is read when it is asked for."""

    def __init__(self, transcripts: Sequence[Transcript], segments: Sequence[Segment]) -> None:
        self.transcripts = transcripts
        self._segments = segments
        self._words = Kept[Words](KEPT)
        self._alone = Kept[Segment](KEPT)

    @classmethod
    def of(cls, transcripts: Sequence[Transcript]) -> Library:
        """A library in memory of these transcripts, in their order."""
        gathering = Gathering()
        kept = Kept[Words](KEPT)
        for number, transcript in enumerate(transcripts):
            kept.put(number, gathering.add(transcript))
        library = cls(transcripts, [gathering.segment()])
        library._words = kept
        return library

    @classmethod
    def build(cls, folder: Path, transcripts: Iterable[Transcript]) -> Library:
        """The library in a folder after these transcripts were added, those left out whose text is in it already.

        They are read one by one and written as they come. What was in the folder stays whole until all are in.

        Raises DamagedIndex where the folder holds an index that cannot be used, or where another build is at work.
        """
        add_transcripts(folder, transcripts)
        return cls.open(folder)

    @classmethod
    def open(cls, folder: Path) -> Library:
        """The library in a folder; next to nothing of it is read before it is asked for.

        Raises DamagedIndex where there is none, or it is damaged or of another version. Damage in what is not read now
        raises it later, where that is read.
        """
        stored = list_segments(folder)
        return cls(StoredTranscripts(stored), [each.segment for each in stored])

    @property
    def word_count(self) -> int:
        """How many words were said in all transcripts together."""
        return sum(segment.word_count for segment in self._segments)

    def words(self, number: int) -> Words:
        """The said words of a transcript, to which placements refer.

        Raises DamagedIndex where they are not the ones that were indexed.
        """
        return self._words.get(number, lambda: self._words_of(number))

    def _words_of(self, number: int) -> Words:
        words = said_words(self.transcripts[number])
        if isinstance(self.transcripts, StoredTranscripts):
            segment, left = self._segment_of(number)
            start, end = int(segment.starts[left]), int(segment.starts[left + 1]) - 1
            indexed = segment.words[start:end]
            if not np.array_equal(indexed, segment.numbers(hashes_of(words.forms))):
                raise DamagedIndex(f"of transcript {number}", "the words indexed are not those of its text")
        return words

    def place(
        self, forms: Sequence[str], *, limit: int = 8, within: int | None = None, prefer: Prefer | None = None
    ) -> list[Placement]:
        """Where a quote's words stand, the best places first, at the most `limit`; empty where nothing is like them.

        `forms` are as of `words_of`, brackets and ellipses left out. `within` looks in one transcript only. Of equally
        good places those come first whose turn has a label that `prefer` says yes to ("" where there is none).

        >>> from sayso.checks.words import words_of
        >>> from sayso.documents import Span, Turn
        >>> text = "We will not pay. We have paid enough, and we will not pay twice."
        >>> library = Library.of([Transcript("t1", text, turns=[Turn(Span(0, len(text)), "MR. HALL")])])
        >>> library.place(words_of("We've paid enough").forms)
        [Placement(transcript=0, first=6, end=8, quote_first=1, quote_end=3, score=0.6666666666666666)]
        """
        if within is None:
            return place(self._segments, forms, limit=limit, prefer=prefer)
        segment = self._alone.get(within, lambda: self._alone_of(within))
        return [replace(each, transcript=within) for each in place([segment], forms, limit=limit, prefer=prefer)]

    def cover(self, forms: Sequence[str], *, prefer: Prefer | None = None) -> list[Placement]:
        """The fewest places that together have most of a quote's words, in the quote's order: of a splice, its pieces.

        Each has at least three words that agree, or is a whole sentence; `score` is its share of all the quote's words.
        A piece more has to add more than a word, and the transcripts that have other pieces go before the rest.
        """
        return cover(
            forms,
            lambda sought, limit, within: self.place(sought, limit=limit, within=within, prefer=prefer),
            self.words,
        )

    def _alone_of(self, number: int) -> Segment:
        segment, left = self._segment_of(number)
        return segment.only(left)

    def _segment_of(self, number: int) -> tuple[Segment, int]:
        """The segment that has a transcript, and which of its own it is."""
        left = number
        for segment in self._segments:
            if 0 <= left < len(segment):
                return segment, left
            left -= len(segment)
        raise IndexError(number)
