"""Which words two wordings have in common, in order, and how much they tell."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import LCSseq

from sayso.archive.tracing.rarity import weights_of
from sayso.checks.canonical import tokens_of
from sayso.checks.words import words_of

_RUN = 3
"""Words in a row that count in full; one or two among others count in part, as any two texts have some."""
ALONE = 1 / _RUN
"""What one word among others counts."""


@dataclass(frozen=True, slots=True)
class Worded:
    """A wording as its words are compared."""

    keys: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    """Where each stands in the text."""
    weights: tuple[float, ...]
    total: float
    bag: frozenset[str]
    """The keys, once each."""


@dataclass(frozen=True, slots=True)
class Overlap:
    """The words that two wordings share."""

    runs: tuple[tuple[int, int, int], ...]
    """Words in a row: where in the first, where in the second, how many."""
    of_shorter: float
    """The share of the one that has more of its words in the other, by weight, 0 to 1,"""
    of_longer: float
    """and of the one that has less."""
    heaviest: float
    """What the run that tells most tells."""


@lru_cache(maxsize=1 << 12)
def worded(text: str) -> Worded:
    """The words of a wording."""
    words = words_of(text)
    tokens = tokens_of(words, 0, len(words))
    places = range(len(tokens))
    weights = tuple(weights_of(tokens))
    keys = tuple(key.rstrip("!") for key in tokens.keys)
    return Worded(
        keys,
        tuple(tokens.start(at) for at in places),
        tuple(tokens.end(at) for at in places),
        weights,
        sum(weights),
        frozenset(keys),
    )


def overlap(a: Worded, b: Worded) -> Overlap:
    """What two wordings share.

    >>> overlap(worded("We will not sell the ferry."), worded("“We will not sell” it.")).runs
    ((0, 0, 4),)
    """
    runs: list[tuple[int, int, int]] = []
    shared = heaviest = 0.0
    for each in LCSseq.opcodes(a.keys, b.keys):
        if each.tag != "equal":
            continue
        size = each.src_end - each.src_start
        runs.append((each.src_start, each.dest_start, size))
        weight = sum(min(a.weights[each.src_start + step], b.weights[each.dest_start + step]) for step in range(size))
        shared += weight * min(1.0, size / _RUN)
        heaviest = max(heaviest, weight)
    whole = a.keys == b.keys
    one, other = (1.0, 1.0) if whole else (shared / max(a.total, 1e-6), shared / max(b.total, 1e-6))
    return Overlap(tuple(runs), min(1.0, max(one, other)), min(1.0, one, other), heaviest)
