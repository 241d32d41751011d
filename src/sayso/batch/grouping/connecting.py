"""What hangs together by pairs: components of any size, in memory of 5 bytes a thing, 300 MB and one file of pairs.

A chain of chance likenesses can tie unlike things to one component that no worker could hold. Such a one is cut at the
least likely pairs, step by step, until its parts are small enough or all that is left is as good as sure.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

from sayso.batch.grouping.pairing import LEAST, SURE

Numbers = npt.NDArray[Any]
Pairs = npt.NDArray[np.void]
_STEPS = 16
"""From the least likely pairs to the surest."""
_CHUNK = 1 << 20
_STRETCH = 1 << 24
"""Numbers of which the sizes of sets are counted at a time."""
_NARROW = 1 << 31
"""Things up to which a number has 4 bytes."""


class Forest:
    """Disjoint sets of numbers below `count`."""

    def __init__(self, count: int) -> None:
        self.parents: Numbers = np.arange(count, dtype=np.int32 if count <= _NARROW else np.int64)

    def join(self, pairs: Pairs) -> None:
        """Puts the sets of both of each pair together; a set is known by its lowest number."""
        one, other = (pairs[name].astype(self.parents.dtype) for name in ("one", "other"))
        while True:
            a, b = self.roots(one), self.roots(other)
            apart = a != b
            if not apart.any():
                return
            one, other = a[apart], b[apart]
            np.minimum.at(self.parents, np.maximum(one, other), np.minimum(one, other))

    def roots(self, things: Numbers) -> Numbers:
        """The set of each."""
        found = self.parents[things]
        while True:
            above = self.parents[found]
            if (above == found).all():
                break
            found = above
        self.parents[things] = found
        return found

    def sizes(self) -> Iterator[tuple[int, Numbers]]:
        """By the lowest number of a set, how many are in it, 0 for all other numbers: a stretch of numbers at a time,
        with where it begins."""
        for start, end in self.chunks():
            self.roots(np.arange(start, end, dtype=self.parents.dtype))
        for first in range(0, len(self.parents), _STRETCH):
            sizes = np.zeros(min(_STRETCH, len(self.parents) - first), self.parents.dtype)
            for _, parents in self.since(first):
                # A set is known by its lowest number: none before `first` is in one of these.
                np.add.at(sizes, parents[(parents >= first) & (parents < first + len(sizes))] - first, 1)
            yield first, sizes

    def since(self, first: int) -> Iterator[tuple[int, Numbers]]:
        """The parents of all numbers from one on, a stretch at a time, with where it begins."""
        for start, end in self.chunks():
            if end > first:
                yield start, self.parents[start:end]

    def in_large(self, largest: int) -> npt.NDArray[np.bool_]:
        """Whether each is in a set of more."""
        found = np.zeros(len(self.parents), bool)
        for first, sizes in self.sizes():
            large = np.flatnonzero(sizes > largest) + first
            if len(large):
                for start, parents in self.since(first):
                    found[start : start + len(parents)] |= np.isin(parents, large)
        return found

    def chunks(self) -> Iterator[tuple[int, int]]:
        """All numbers, a stretch at a time."""
        for start in range(0, len(self.parents), _CHUNK):
            yield start, min(start + _CHUNK, len(self.parents))


class Ties:
    """The same for few things, one pair at a time."""

    def __init__(self, count: int) -> None:
        self._parents = list(range(count))

    def root(self, thing: int) -> int:
        """The set of one."""
        parents = self._parents
        while parents[thing] != thing:
            parents[thing] = thing = parents[parents[thing]]
        return thing

    def join(self, one: int, other: int) -> None:
        """Puts the sets of both together."""
        self._parents[self.root(other)] = self.root(one)

    def sets(self) -> list[list[int]]:
        """All things by sets, in their order."""
        found: dict[int, list[int]] = defaultdict(list)
        for thing in range(len(self._parents)):
            found[self.root(thing)].append(thing)
        return list(found.values())


def components(count: int, pairs: Callable[[], Iterable[Pairs]], *, largest: int) -> tuple[Forest, int]:
    """The components of things numbered below `count`, none above `largest` but of pairs that are as good as sure; and
    how many things were in such as had to be cut.

    `pairs` gives the files of pairs, one at a time, each time that it is called.
    """
    forest = Forest(count)
    for some in pairs():
        forest.join(some)
    cut = 0
    for step in range(1, _STEPS + 1):
        is_large = forest.in_large(largest)
        count_large = int(is_large.sum())
        if not count_large:
            break
        cut = cut or count_large
        for start, end in forest.chunks():
            at = np.flatnonzero(is_large[start:end]) + start
            forest.parents[at] = at
        least = SURE * (LEAST + (1 - LEAST) * step / _STEPS)
        for some in pairs():
            forest.join(some[(some["chance"] >= least) & is_large[some["one"]]])
        # Before it is made anew.
        del is_large
    return forest, cut


def shared_out(forest: Forest, most: int) -> tuple[Iterator[tuple[Numbers, Numbers]], int]:
    """The things that are not alone, a stretch of numbers at a time, each with the piece of work that it belongs to;
    and how many pieces there are.

    A piece has about `most` things, and whole components.
    """
    tied = np.zeros(len(forest.parents), bool)
    firsts, pieces = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    before = 0
    last = -1
    for first, sizes in forest.sizes():
        heads = np.flatnonzero(sizes > 1)
        tied[heads + first] = True
        ends = before + np.cumsum(sizes[heads], dtype=np.int64)
        its = (ends - sizes[heads]) // most
        new = np.diff(its, prepend=last) > 0
        firsts.append(heads[new] + first)
        pieces.append(its[new])
        before, last = (int(ends[-1]), int(its[-1])) if len(heads) else (before, last)
    begins, numbers = np.concatenate(firsts), np.concatenate(pieces)

    def found() -> Iterator[tuple[Numbers, Numbers]]:
        for start, parents in forest.since(0):
            at = np.flatnonzero(tied[parents])
            yield at + start, numbers[np.searchsorted(begins, parents[at], side="right") - 1]

    return found(), last + 1
