"""Where in each of many windows the words of a quote agree best: local alignment (Smith and Waterman 1981), all
windows at once.

Each cell holds its score and where its alignment began in one number, so that the greater of two cells is the better
one with all that belongs to it: the score in the bits above, below it how many words agree, the first word of the quote
and the first word of the window.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sayso.checks.index import Numbers

SKIPPED = 2
"""What it costs to pass over a word of the transcript, where an agreeing word gains 8 to 16: over words left out of a
quote an alignment goes on where what follows outweighs them, over 15 of them with four rare words or so."""
UNMATCHED = 4
"""What a word of the quote costs that has no like, alone or against another word."""
_FIELD = 14
MOST_WORDS = (1 << _FIELD) - 1
"""The most words that a quote, and that a window, may have."""
_BEGIN = 1 << _FIELD
_AGREE = 1 << 2 * _FIELD
_SCORE = 3 * _FIELD
_NOTHING = np.int64(-(1 << 62))


@dataclass(frozen=True, slots=True)
class Aligned:
    """The best agreement in each window: one value a window in every row."""

    gained: Numbers
    """The score; 0 where no word agrees."""
    agreeing: Numbers
    quote_first: Numbers
    quote_end: Numbers
    first: Numbers
    """In the window."""
    end: Numbers


def align(quotes: Numbers, windows: Numbers, gains: Numbers) -> Aligned:
    """Align a quote with windows `[windows, words]`.

    `quotes` is `[windows, words of the quote]`: the same quote in the numbers of each window's own segment. `gains` are
    what its words are worth where they agree, 8 to 16. A window's padding must be a number that no quote has.
    """
    count, width = windows.shape
    length = quotes.shape[1]
    columns = np.arange(width, dtype=np.int64)
    costs = columns * (SKIPPED << _SCORE)
    before = np.full((count, width), _NOTHING)
    diagonal = np.full((count, width), _NOTHING)
    best = np.zeros(count, np.int64)
    ends = np.zeros((2, count), np.int64)
    rows = np.arange(count)
    for at in range(length):
        gain = (int(gains[at]) << _SCORE) + _AGREE
        diagonal[:, 1:] = before[:, :-1]
        fresh = columns + (gain + at * _BEGIN)
        agree = np.where(windows == quotes[:, at, None], np.maximum(diagonal + gain, fresh), _NOTHING)
        missed = np.maximum(diagonal, before) - (UNMATCHED << _SCORE)
        before = np.maximum(np.maximum(agree, missed), _NOTHING)
        before = np.maximum.accumulate(before + costs, axis=1) - costs
        top = agree.argmax(axis=1)
        found = agree[rows, top]
        better = (found >> 2 * _FIELD) > (best >> 2 * _FIELD)
        best = np.where(better, found, best)
        ends[:, better] = np.stack([np.full(count, at + 1), top + 1])[:, better]
    return Aligned(
        gained=best >> _SCORE,
        agreeing=(best >> 2 * _FIELD) & MOST_WORDS,
        quote_first=(best >> _FIELD) & MOST_WORDS,
        quote_end=ends[0],
        first=best & MOST_WORDS,
        end=ends[1],
    )


def gains_of(counts: NDArray[np.int64], total: int) -> Numbers:
    """What each word is worth where it agrees: 8 for one in every thirty words, 16 for one in two million or none."""
    rare = np.log2(total / np.maximum(counts, 1)) if total else np.zeros(len(counts))
    return np.clip(np.rint(8 + (rare - 5) / 2), 8, 16).astype(np.int64)
