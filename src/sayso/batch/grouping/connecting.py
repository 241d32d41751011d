"""What hangs together by pairs: components of any size, in memory of 9 bytes a thing and one file of pairs.

A chain of chance likenesses can tie unlike things to one component that no worker could hold. Such a one is cut at the
least likely pairs, step by step, until its parts are small enough or all that is left is as good as sure.
"""

from __future__ import annotations

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

    def sizes(self) -> Numbers:
        """By the lowest number of a set, how many are in it; 0 for all other numbers."""
        sizes = np.zeros(len(self.parents), self.parents.dtype)
        for start, end in self.chunks():
            np.add.at(sizes, self.roots(np.arange(start, end, dtype=self.parents.dtype)), 1)
        return sizes

    def chunks(self) -> Iterator[tuple[int, int]]:
        """All numbers, a stretch at a time."""
        for start in range(0, len(self.parents), _CHUNK):
            yield start, min(start + _CHUNK, len(self.parents))


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
        is_large = np.zeros(count, bool)
        sizes = forest.sizes()
        for start, end in forest.chunks():
            is_large[start:end] = sizes[forest.parents[start:end]] > largest
        large = np.flatnonzero(is_large)
        if not len(large):
            break
        cut = cut or len(large)
        forest.parents[large] = large
        least = SURE * (LEAST + (1 - LEAST) * step / _STEPS)
        for some in pairs():
            forest.join(some[(some["chance"] >= least) & is_large[some["one"]]])
    return forest, cut


def shared_out(forest: Forest, most: int) -> tuple[list[tuple[Numbers, Numbers]], int]:
    """The things that are not alone, a stretch of numbers at a time, each with the piece of work that it belongs to;
    and how many pieces there are.

    A piece has about `most` things, and whole components.
    """
    sizes = forest.sizes()
    heads = np.flatnonzero(sizes > 1)
    before = np.cumsum(sizes[heads], dtype=np.int64)
    pieces = (before - sizes[heads]) // most
    found = []
    for start, end in forest.chunks():
        parents = forest.parents[start:end]
        at = np.flatnonzero(sizes[parents] > 1)
        found.append((at + start, pieces[np.searchsorted(heads, parents[at])]))
    return found, int(pieces[-1]) + 1 if len(pieces) else 0
