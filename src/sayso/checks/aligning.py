"""Which words of a quote are which words of a passage: the alignment that leaves the fewest and likeliest differences.

Gotoh's algorithm for affine gaps (1982), a row of NumPy operations a quoted word. Every word of the quote is matched or
added; words of the passage are left out between matches, free of charge before the first and after the last. What costs
little is what a newspaper does: leave out a filler, jump at an ellipsis, put in a bracket.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_NEVER = -1e9
_RUN = 0.35
"""What it is worth that a match goes on where the one before ended."""
_ADD_OPEN, _ADD = 0.35, 0.5
_OMIT_OPEN = 0.7
_FAR = 4.2
"""The price of leaving out any number of words: that of about three words matched in a run."""
_FAR_SLOPE = 0.02
_BREAK = 0.05
_JUMP = 0.0004
"""At an ellipsis, a word left out."""

Floats = NDArray[np.float64]


@dataclass(slots=True)
class Costs:
    """What the words weigh: `quote` for each token of the quote, `passage` for each of the passage."""

    match: Sequence[float]
    added: Sequence[float]
    omitted: Sequence[float]
    """What leaving a token of the passage out costs, beside opening a gap."""
    prior: Sequence[float]
    """What beginning before a token of the passage costs; one more entry than tokens."""
    breaks: frozenset[int]
    """Tokens of the quote before which anything may be left out."""
    far: float | None = None
    """What leaving out any number of words costs; None for the price within one place."""


def find_run(quote: Sequence[str], passage: list[str], centre: int) -> int | None:
    """Where the keys of a quote stand in a passage in one run, the nearest to `centre`; None if nowhere."""
    size = len(quote)
    wanted = list(quote)
    first = wanted[0]
    best: int | None = None
    at = -1
    try:
        while True:
            at = passage.index(first, at + 1)
            if passage[at : at + size] == wanted and (best is None or abs(at - centre) < abs(best - centre)):
                best = at
    except ValueError:
        return best


def align(
    quote: Sequence[tuple[str, ...]], passage: Sequence[tuple[str, ...]], costs: Costs
) -> tuple[list[tuple[int, int]], float]:
    """Pairs of matched tokens in order, and the score of the alignment; each token comes as all its readings."""
    size, width = len(quote), len(passage)
    if not size or not width:
        return [], 0.0
    equal = _equal(quote, passage)
    skipped = np.concatenate(([0.0], np.cumsum(np.asarray(costs.omitted, dtype=np.float64))))
    positions = np.arange(width + 1)
    shape = (size + 1, width + 1)
    any_, match, added, tight = (np.full(shape, _NEVER) for _ in range(4))
    any_[0] = -np.asarray(costs.prior, dtype=np.float64)
    far_ramp = skipped * _FAR_SLOPE
    jump_ramp = positions * _JUMP
    far = _FAR if costs.far is None else costs.far
    for row in range(1, size + 1):
        weight, extra = costs.match[row - 1], costs.added[row - 1]
        before = np.maximum(any_[row - 1, :-1], match[row - 1, :-1] + _RUN)
        match[row, 1:] = np.where(equal[row - 1], before + weight, _NEVER)
        added[row] = np.maximum(any_[row - 1] - _ADD_OPEN * (extra > 0), added[row - 1]) - extra
        here = np.maximum(match[row], added[row])
        tight[row] = here
        best = here
        if row < size:
            if row in costs.breaks:
                best = np.maximum(best, np.maximum.accumulate(here + jump_ramp) - jump_ramp - _BREAK)
            best = np.maximum(best, np.maximum.accumulate(here + skipped) - skipped - _OMIT_OPEN)
            best = np.maximum(best, np.maximum.accumulate(here + far_ramp) - far_ramp - far)
        any_[row] = best
    at = int(np.argmax(tight[size]))
    score = float(tight[size, at])
    return _trace(any_, match, added, tight, costs, skipped, at), score


def _equal(quote: Sequence[tuple[str, ...]], passage: Sequence[tuple[str, ...]]) -> NDArray[np.bool_]:
    """`[quote, passage]`: which tokens share a reading."""
    places: dict[str, list[int]] = {}
    for at, readings in enumerate(passage):
        for reading in readings:
            places.setdefault(reading, []).append(at)
    equal = np.zeros((len(quote), len(passage)), dtype=bool)
    for row, readings in enumerate(quote):
        for reading in readings:
            found = places.get(reading)
            if found:
                equal[row, found] = True
    return equal


def _trace(
    any_: Floats, match: Floats, added: Floats, tight: Floats, costs: Costs, skipped: Floats, at: int
) -> list[tuple[int, int]]:
    pairs: list[tuple[int, int]] = []
    row = any_.shape[0] - 1
    state = "tight"
    far = _FAR if costs.far is None else costs.far
    while row > 0:
        if state == "any":
            if any_[row, at] > tight[row, at] + 1e-9:
                at = _gap_start(any_[row, at], tight[row, : at + 1], row in costs.breaks, skipped, far, at)
            state = "tight"
        if state == "tight":
            state = "match" if match[row, at] >= added[row, at] - 1e-9 else "added"
        if state == "match":
            pairs.append((row - 1, at - 1))
            row, at = row - 1, at - 1
            state = "match" if row and match[row, at] + _RUN >= any_[row, at] - 1e-9 else "any"
        else:
            extra = costs.added[row - 1]
            opened = any_[row - 1, at] - _ADD_OPEN * (extra > 0)
            state = "any" if opened >= added[row - 1, at] - 1e-9 else "added"
            row -= 1
    pairs.reverse()
    return pairs


def _gap_start(value: float, here: Floats, is_break: bool, skipped: Floats, far: float, at: int) -> int:
    """The nearest column from which words were left out to arrive with this value."""
    steps = skipped[at] - skipped[: at + 1]
    ways = [here - steps - _OMIT_OPEN, here - steps * _FAR_SLOPE - far]
    if is_break:
        ways.append(here - (at - np.arange(at + 1)) * _JUMP - _BREAK)
    reached = np.maximum.reduce(ways) >= value - 1e-7
    return int(np.flatnonzero(reached)[-1])
