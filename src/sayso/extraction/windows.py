"""How an article longer than the encoder's window is shared out among windows.

The windows of one article are of like length and overlap; each word is taken from the window in which it stands
farther from an edge. The plan depends on the article alone, never on what else is being read.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

WINDOW_PIECES = 320
"""Pieces per window, [CLS] and [SEP] included: on a core, attention makes longer windows slower per word."""
OVERLAP_PIECES = 64
"""Least pieces that neighbours share."""


@dataclass(frozen=True, slots=True)
class WindowPlan:
    """Words `[start, end)` are read; of these, the scores of `[keep_start, keep_end)` are kept."""

    start: int
    end: int
    keep_start: int
    keep_end: int


def plan_windows(
    first_piece: npt.NDArray[np.int64], *, size: int = WINDOW_PIECES, overlap: int = OVERLAP_PIECES
) -> list[WindowPlan]:
    """The windows of one article; `first_piece` [words + 1] as in `Tokens`.

    >>> plan_windows(np.arange(11), size=102)
    [WindowPlan(start=0, end=10, keep_start=0, keep_end=10)]
    >>> [(plan.start, plan.end, plan.keep_end) for plan in plan_windows(np.arange(301), size=202, overlap=20)]
    [(0, 160, 150), (140, 300, 300)]
    """
    words = len(first_piece) - 1
    room = size - 2
    total = int(first_piece[-1])
    if total <= room:
        return [WindowPlan(0, words, 0, words)] if words else []
    count = -(-(total - overlap) // (room - overlap))
    length = min(room, -(-(total + (count - 1) * overlap) // count))
    step = (total - length) / (count - 1)
    edges = []
    for number in range(count):
        low = round(number * step)
        start = int(np.searchsorted(first_piece, low, side="left"))
        end = int(np.searchsorted(first_piece, min(low + room, low + length), side="right")) - 1
        edges.append((start, max(end, start + 1)))
    edges[-1] = (edges[-1][0], words)
    while first_piece[words] - first_piece[edges[-1][0]] > room:
        edges[-1] = (edges[-1][0] + 1, words)
    plans = []
    for number, (start, end) in enumerate(edges):
        keep_start = 0 if number == 0 else (edges[number - 1][1] + start) // 2
        keep_end = words if number == count - 1 else (end + edges[number + 1][0]) // 2
        plans.append(WindowPlan(start, end, keep_start, keep_end))
    return plans
