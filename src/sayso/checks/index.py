"""The index of a run of transcripts: where each word, pair and triple of words stands.

The words of all transcripts stand in one row (`words`), as numbers of a vocabulary, a 0 before each transcript and two
after the last. `order` has every position of that row, sorted by the word there and the two that follow it, so that the
places of any one, two or three words in succession are one stretch of `order`: a suffix array cut off at three words
(Manber and Myers 1990). A form's number is its rank among the hashes of all forms; 64 bits leave about one chance in
a million that any two of a vocabulary of five million share one, and then two words merely look alike when places are
sought.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any, Protocol, cast

import numpy as np
from numpy.typing import NDArray

from sayso.checks.words import Words, words_of
from sayso.documents import Transcript

Numbers = NDArray[np.int64]
GAP = 0
"""The number that stands between two transcripts."""
MARK = 32
UNKNOWN = -1
"""The number of a form that no transcript has."""


class Row(Protocol):
    """A row of numbers in memory or on disk."""

    def __len__(self) -> int: ...

    def __getitem__(self, at: Any) -> NDArray[Any]: ...


def hash_of(form: str) -> int:
    """The number under which a form is known in every index, on every machine."""
    return int.from_bytes(blake2b(form.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


def hashes_of(forms: Sequence[str]) -> NDArray[np.uint64]:
    """The hashes of forms in their order."""
    return np.fromiter((hash_of(form) for form in forms), np.uint64, len(forms))


@dataclass(frozen=True, slots=True)
class Runs:
    """For each word of a quote, the stretches of `order` with the places of the `n` words from there on.

    `low[n - 1, i]` and `high[n - 1, i]` bound those of the `n` words from word `i` on; equal where there are none.
    """

    low: Numbers
    high: Numbers

    @property
    def counts(self) -> Numbers:
        """How often each stands there, `[3, words of the quote]`."""
        return cast("Numbers", self.high - self.low)


@dataclass(frozen=True, slots=True)
class Segment:
    """The index of some transcripts; never changed once made."""

    hashes: NDArray[np.uint64]
    """Of the forms, ascending; the first has the number 1."""
    words: Row
    order: Row
    marks: Row
    """Of every MARK-th place in `order` the two words that follow, as one number: a search begins with these, which lie
    close together, and not with places all over `words`."""
    heads: Row
    """Where in `order` the places of each number begin, with one more for the end of the last."""
    starts: Numbers
    """Where in `words` each transcript begins, with one more for where the next would."""
    turn_starts: Row
    """Where in `words` each turn begins."""
    turn_labels: Row
    """Who speaks there, as a place in `labels`."""
    labels: Sequence[str]
    """The turns' labels as the transcripts have them, "" for none."""

    def __len__(self) -> int:
        """How many transcripts it has."""
        return len(self.starts) - 1

    @property
    def word_count(self) -> int:
        """How many words they have."""
        return len(self.words) - len(self.starts) - 1

    def numbers(self, hashes: NDArray[np.uint64]) -> Numbers:
        """The numbers of forms by their hashes, UNKNOWN where no transcript here has them."""
        if not len(self.hashes):
            return np.full(len(hashes), UNKNOWN)
        at = np.minimum(np.searchsorted(self.hashes, hashes), len(self.hashes) - 1)
        return np.where(self.hashes[at] == hashes, at + 1, UNKNOWN)

    def runs(self, numbers: Numbers) -> Runs:
        """The places of each word of a quote, and of the two and three words that begin there."""
        count = len(numbers)
        second = np.append(numbers[1:], UNKNOWN)
        third = np.append(second[1:], UNKNOWN)
        known = numbers > GAP
        low = np.zeros((3, count), np.int64)
        high = np.zeros((3, count), np.int64)
        first = np.where(known, numbers, 0)
        low[0] = np.where(known, self.heads[first], 0)
        high[0] = np.where(known, self.heads[first + 1], 0)
        pairs, triples = known & (second > GAP), known & (second > GAP) & (third > GAP)
        wanted = np.concatenate([second << 32, (second + 1) << 32, (second << 32) + third, (second << 32) + third + 1])
        bounds = self._bisect(np.tile(low[0], 4), np.tile(high[0], 4), wanted).reshape(4, count)
        low[1], high[1] = np.where(pairs, bounds[:2], 0)
        low[2], high[2] = np.where(triples, bounds[2:], 0)
        return Runs(low, high)

    def _bisect(self, low: Numbers, high: Numbers, wanted: Numbers) -> Numbers:
        """The first place in each stretch of `order` after which the next two words are not below `wanted`."""
        marked = _bisect(-(-low // MARK), -(-high // MARK), wanted, lambda at: self.marks[at].astype(np.int64))
        low = np.maximum(low, (marked - 1) * MARK + 1)
        high = np.minimum(high, marked * MARK)
        return _bisect(low, np.maximum(low, high), wanted, self._following)

    def _following(self, places: Numbers) -> Numbers:
        at = self.order[places].astype(np.int64)
        following: Numbers = (self.words[at + 1].astype(np.int64) << 32) + self.words[at + 2]
        return following

    def places(self, low: int, high: int) -> Numbers:
        """The positions in `words` that a stretch of `order` holds."""
        return self.order[low:high].astype(np.int64)

    def transcripts_at(self, positions: Numbers) -> Numbers:
        """Which transcript of this segment each position is in."""
        return np.searchsorted(self.starts, positions, side="right") - 1

    def labels_at(self, positions: Numbers) -> Numbers:
        """Whose turn each position is in, as places in `labels`; -1 where there are no turns."""
        if not len(self.turn_starts):
            return np.full(len(positions), -1)
        at = np.searchsorted(self.turn_starts[:], positions, side="right") - 1
        return np.where(at >= 0, self.turn_labels[np.maximum(at, 0)].astype(np.int64), -1)

    def only(self, transcript: int) -> Segment:
        """The index of one of the transcripts, with the numbers of this one."""
        start, end = int(self.starts[transcript]), int(self.starts[transcript + 1])
        words = np.concatenate([[GAP], self.words[start : end - 1], [GAP, GAP]]).astype(np.uint32)
        turns = self.turn_starts[:]
        first, last = np.searchsorted(turns, [start, end])
        return _sorted(
            self.hashes,
            words,
            starts=np.array([1, len(words) - 1]),
            turn_starts=(turns[first:last].astype(np.int64) - start + 1).astype(np.uint32),
            turn_labels=self.turn_labels[first:last],
            labels=self.labels,
        )


def _bisect(low: Numbers, high: Numbers, wanted: Numbers, value: Callable[[Numbers], Numbers]) -> Numbers:
    """The first place from each `low` on whose value is not below the one wanted; `high` where there is none."""
    low, high = low.copy(), high.copy()
    while (open_ := np.flatnonzero(low < high)).size:
        middle = (low[open_] + high[open_]) >> 1
        below = value(middle) < wanted[open_]
        low[open_[below]] = middle[below] + 1
        high[open_[~below]] = middle[~below]
    return low


def _sorted(hashes: NDArray[np.uint64], words: NDArray[np.uint32], **rest: Any) -> Segment:
    """The segment of a row of words, put in order."""
    wide = words.astype(np.int64)
    first, second, third = wide[:-2], wide[1:-1], wide[2:]
    if len(hashes) < (1 << 21) - 1:
        order = np.argsort((first << 42) | (second << 21) | third, kind="stable")
    else:
        order = np.lexsort((third, second, first))
    heads = np.searchsorted(wide[order], np.arange(len(hashes) + 2))
    marked = order[::MARK]
    return Segment(
        hashes=hashes,
        words=words,
        order=order.astype(np.uint32),
        marks=((second[marked] << 32) + third[marked]).astype(np.uint64),
        heads=heads.astype(np.uint32),
        **rest,
    )


def said_words(transcript: Transcript) -> Words:
    """The words that somebody said, stage directions and the transcript's own notes left out.

    Of a correction both readings are there, the struck-out words and the ones in their place.
    """
    said = [turn.span for turn in transcript.turns if turn.role != "editor"]
    return words_of(transcript.text, said, without=transcript.directions)


class Gathering:
    """Takes transcripts one by one and makes a segment of them."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._words = array("I", [GAP])
        self._starts: list[int] = [1]
        self._turn_starts = array("I")
        self._turn_labels = array("I")
        self._labels: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self._starts) - 1

    @property
    def word_count(self) -> int:
        """How many words were taken."""
        return len(self._words) - len(self._starts)

    def add(self, transcript: Transcript) -> Words:
        """Take one transcript. Its said words."""
        words = said_words(transcript)
        numbers = self._numbers
        start = len(self._words)
        self._words.extend([numbers.setdefault(form, len(numbers) + 1) for form in words.forms])
        for turn in transcript.turns:
            at = bisect_left(words.starts, turn.span.start)
            if at < len(words) and words.starts[at] < turn.span.end:
                label = self._labels.setdefault(turn.speaker or "", len(self._labels))
                self._turn_starts.append(start + at)
                self._turn_labels.append(label)
        self._words.append(GAP)
        self._starts.append(len(self._words))
        return words

    def segment(self) -> Segment:
        """The index of all that was taken."""
        hashes, ranks = np.unique(hashes_of(list(self._numbers)), return_inverse=True)
        numbers = np.concatenate([[GAP], ranks + 1]).astype(np.uint32)
        row = np.append(np.frombuffer(self._words, np.uint32), np.uint32(GAP))
        return _sorted(
            hashes.astype(np.uint64),
            numbers[row],
            starts=np.array(self._starts, np.int64),
            turn_starts=np.array(self._turn_starts, np.uint32),
            turn_labels=np.array(self._turn_labels, np.uint32),
            labels=list(self._labels),
        )


def join(segments: Sequence[Segment]) -> Segment:
    """One index of the transcripts of several, in their order."""
    hashes = np.unique(np.concatenate([each.hashes for each in segments]))
    labels: dict[str, int] = {}
    words: list[NDArray[Any]] = [np.array([GAP], np.uint32)]
    starts: list[NDArray[Any]] = [np.array([1], np.int64)]
    turn_starts: list[NDArray[Any]] = []
    turn_labels: list[NDArray[Any]] = []
    length = 1
    for each in segments:
        numbers = np.concatenate([[GAP], np.searchsorted(hashes, each.hashes) + 1]).astype(np.uint32)
        shift = length - 1
        words.append(numbers[each.words[1:-1]])
        length += len(words[-1])
        starts.append(each.starts[1:] + shift)
        turn_starts.append((each.turn_starts[:].astype(np.int64) + shift).astype(np.uint32))
        places = np.array([labels.setdefault(label, len(labels)) for label in each.labels], np.uint32)
        turn_labels.append(places[each.turn_labels[:]])
    return _sorted(
        hashes,
        np.concatenate([*words, np.array([GAP], np.uint32)]),
        starts=np.concatenate(starts),
        turn_starts=np.concatenate(turn_starts) if turn_starts else np.zeros(0, np.uint32),
        turn_labels=np.concatenate(turn_labels) if turn_labels else np.zeros(0, np.uint32),
        labels=list(labels),
    )
