"""Where to look for a quote: the stretches of the transcripts that share most of its rare words and runs of words.

Every one, two and three words in succession of the quote vote for the places where they stand, the rarer the heavier;
what stands at about the same distance from the quote's beginning is counted together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import cast

import numpy as np
from numpy.typing import NDArray

from sayso.checks.index import Numbers, Runs, Segment

MOST_HITS = 150_000
"""So many places are looked at for one quote, those of its rarest words and runs first."""
COMMON = 1 / 100
"""A word that is more frequent than this is no seed by itself: what is near it says nothing."""
LEAST_WIDTH = 8
"""What stands within so many words of the same distance from the quote's beginning is counted together, of a quote of
more than twice so many words within half its length."""
REACH = 15
"""A window reaches so many words further: what was left out of a quote parts its words by up to as many."""
NEAR = 0.4
"""A stretch comes near the likeliest one with so large a share of its votes."""
SHORT = 3
"""Of a quote of so few words, common words are seeds too."""


@dataclass(frozen=True, slots=True)
class Sought:
    """A quote in the numbers of each segment, and where its words and runs stand."""

    numbers: list[Numbers]
    runs: list[Runs]
    counts: Numbers
    """Over all segments, `[3, words of the quote]`."""
    total: int
    """How many words the segments have."""

    def __len__(self) -> int:
        return len(self.counts[0])


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch `[first, end)` of one segment's row of words, inside one transcript."""

    segment: int
    first: int
    end: int


def seek(segments: Sequence[Segment], hashes: NDArray[np.uint64]) -> Sought:
    """Look up every word and run of a quote."""
    numbers = [segment.numbers(hashes) for segment in segments]
    runs = [segment.runs(each) for segment, each in zip(segments, numbers, strict=True)]
    counts = np.sum([each.counts for each in runs], axis=0) if runs else np.zeros((3, len(hashes)), np.int64)
    return Sought(numbers, runs, counts, sum(len(segment.words) for segment in segments))


def exact_places(segments: Sequence[Segment], sought: Sought) -> list[Numbers]:
    """Per segment, the positions at which the whole quote stands word by word, ascending."""
    length = len(sought)
    size = min(3, length)
    found: list[Numbers] = []
    for segment, numbers, runs in zip(segments, sought.numbers, sought.runs, strict=True):
        counts = runs.counts[size - 1, : length - size + 1]
        rarest = np.argsort(counts, kind="stable")
        if not counts[rarest[0]]:
            found.append(np.zeros(0, np.int64))
            continue
        best = int(rarest[0])
        places = segment.places(int(runs.low[size - 1, best]), int(runs.high[size - 1, best])) - best
        places = places[(places > 0) & (places + length < len(segment.words))]
        for offset in np.argsort(sought.counts[0], kind="stable"):
            if not places.size:
                break
            if not best <= offset < best + size:
                places = places[segment.words[places + int(offset)] == numbers[offset]]
        found.append(np.sort(places))
    return found


def windows_of(
    segments: Sequence[Segment],
    sought: Sought,
    *,
    least: int,
    most: int,
    preferred: Sequence[NDArray[np.bool_]] | None = None,
) -> list[Window]:
    """The likeliest stretches, the likeliest first: about `least`, and up to `most` of those that come near the first.

    `preferred` says of each label of each segment whether places in its turns go before equally likely ones.
    """
    length = len(sought)
    seeds = _seeds(sought)
    width = max(LEAST_WIDTH, length // 2)
    votes: list[tuple[float, int, int]] = []
    for which, segment in enumerate(segments):
        bins, weights = _votes(segment, sought.runs[which], seeds, length, width)
        if not bins.size:
            continue
        followed = np.append(np.where(np.diff(bins) == 1, weights[1:], 0), 0)
        sums = weights + followed
        if preferred is not None and len(segment.labels):
            labels = segment.labels_at(np.clip((bins + 1) * width - length, 0, len(segment.words) - 1))
            sums = sums + 0.5 * (preferred[which][labels] & (labels >= 0))
        top = np.argsort(-sums, kind="stable")[: 3 * most]
        votes += [(float(sums[at]), which, int(bins[at])) for at in top]
    votes.sort(key=lambda vote: (-vote[0], vote[1], vote[2]))
    taken: set[tuple[int, int]] = set()
    windows: list[Window] = []
    slack = REACH + length // 8
    for weight, which, at in votes:
        if len(windows) >= (most if weight >= NEAR * votes[0][0] else least):
            break
        if (which, at - 1) in taken or (which, at + 1) in taken:
            continue
        taken.add((which, at))
        first, end = at * width - length - slack, (at + 2) * width + slack
        windows += _inside(segments[which], which, first, end)
    return windows


def _inside(segment: Segment, which: int, first: int, end: int) -> list[Window]:
    """A stretch parted where a transcript ends."""
    low, high = np.searchsorted(segment.starts, [first + 1, end])
    bounds = segment.starts[max(int(low) - 1, 0) : int(high) + 1]
    return [
        Window(which, max(first, start), min(end, after - 1))
        for start, after in pairwise(bounds.tolist())
        if max(first, start) < min(end, after - 1)
    ]


def _seeds(sought: Sought) -> list[tuple[int, int, float]]:
    """The words and runs to look at, as how many words, from which word on, and how heavy; the rarest first."""
    length = len(sought)
    found = []
    for size in (3, 2, 1):
        for offset in range(length - size + 1):
            count = int(sought.counts[size - 1, offset])
            common = size == 1 and length > SHORT and count > COMMON * sought.total and count > 3
            if count and not common:
                found.append((count, -size, offset))
    found.sort()
    left = MOST_HITS
    seeds: list[tuple[int, int, float]] = []
    for count, size, offset in found:
        left -= count
        if left < 0 and seeds:
            break
        seeds.append((-size, offset, float(np.log2(max(2.0, sought.total / count)))))
    return seeds


def _votes(
    segment: Segment, runs: Runs, seeds: list[tuple[int, int, float]], length: int, width: int
) -> tuple[Numbers, NDArray[np.float64]]:
    """How heavily each stretch of `width` positions is voted for: those with any vote, ascending."""
    sizes = np.array([size for size, _, _ in seeds], np.int64)
    offsets = np.array([offset for _, offset, _ in seeds], np.int64)
    lows = runs.low[sizes - 1, offsets]
    counts = np.minimum(runs.high[sizes - 1, offsets] - lows, MOST_HITS)
    total = int(counts.sum())
    if not total:
        return np.zeros(0, np.int64), np.zeros(0)
    # All stretches of the order one after the other, as one row of places in it.
    at = np.repeat(lows - (np.cumsum(counts) - counts), counts) + np.arange(total)
    offset = np.repeat(offsets, counts)
    key = (segment.order[at] - offset + length) // width * length + offset
    weight_ = np.repeat(np.array([weight for _, _, weight in seeds]), counts)
    order = np.argsort(key, kind="stable")
    key, weight_ = key[order], weight_[order]
    firsts = np.flatnonzero(np.append(True, key[1:] != key[:-1]))
    # A word that stands there several times, or begins several runs, votes once: with the heaviest.
    heaviest = np.maximum.reduceat(weight_, firsts)
    bins = key[firsts] // length
    starts = np.flatnonzero(np.append(True, bins[1:] != bins[:-1]))
    return bins[starts], cast(NDArray[np.float64], np.add.reduceat(heaviest, starts))
