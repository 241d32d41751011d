"""How well clusters of mentions agree with annotated ones: MUC, B-cubed, CEAF-e and their mean, as in CoNLL 2012.

Definitions: MUC (Vilain et al. 1995), B-cubed (Bagga and Baldwin 1998), CEAF with the entity similarity phi-4 (Luo
2005), all as in the reference scorer (Pradhan et al. 2014). A mention is its two ends, and has to have both right.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from scipy.optimize import linear_sum_assignment

Mention = tuple[int, int]
Clusters = Sequence[frozenset[Mention]]


class Counts(NamedTuple):
    """What of a measure is right, and of how much, on both sides; sums of several documents are one figure."""

    right_key: float
    key: float
    right_said: float
    said: float

    def f1(self) -> float:
        """Harmonic mean of recall and precision."""
        recall = self.right_key / self.key if self.key else 0.0
        precision = self.right_said / self.said if self.said else 0.0
        return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _muc_side(one: Clusters, other: Clusters) -> tuple[float, float]:
    home = {mention: number for number, cluster in enumerate(other) for mention in cluster}
    right = total = 0
    for cluster in one:
        parts = {home.get(mention, -1 - index) for index, mention in enumerate(sorted(cluster))}
        right += len(cluster) - len(parts)
        total += len(cluster) - 1
    return right, total


def muc(key: Clusters, said: Clusters) -> Counts:
    """Links that a clustering needs, and how many of them the other has.

    >>> round(muc([frozenset({(0, 1), (2, 3), (4, 5)})], [frozenset({(0, 1), (2, 3)})]).f1(), 3)
    0.667
    """
    return Counts(*_muc_side(key, said), *_muc_side(said, key))


def _b_cubed_side(one: Clusters, other: Clusters) -> tuple[float, float]:
    home = {mention: cluster for cluster in other for mention in cluster}
    right = sum(
        len(cluster & home[mention]) / len(cluster) for cluster in one for mention in cluster if mention in home
    )
    return right, sum(map(len, one))


def b_cubed(key: Clusters, said: Clusters) -> Counts:
    """For each mention, how much of its cluster is in the other's.

    >>> round(b_cubed([frozenset({(0, 1), (2, 3), (4, 5)})], [frozenset({(0, 1), (2, 3)})]).f1(), 3)
    0.615
    """
    return Counts(*_b_cubed_side(key, said), *_b_cubed_side(said, key))


def ceaf(key: Clusters, said: Clusters) -> Counts:
    """The best pairing of clusters one to one, by what they share (phi-4).

    >>> round(ceaf([frozenset({(0, 1), (2, 3), (4, 5)})], [frozenset({(0, 1), (2, 3)})]).f1(), 3)
    0.8
    """
    if not key or not said:
        return Counts(0, len(key), 0, len(said))
    shared = np.array([[2 * len(a & b) / (len(a) + len(b)) for b in said] for a in key])
    rows, columns = linear_sum_assignment(-shared)
    right = float(shared[rows, columns].sum())
    return Counts(right, len(key), right, len(said))


MEASURES = {"MUC": muc, "B-cubed": b_cubed, "CEAF-e": ceaf}


def conll(documents: Sequence[tuple[Clusters, Clusters]]) -> dict[str, float]:
    """The F1 of each measure over all documents, key and said, and their mean as "CoNLL"."""
    found = {}
    for name, measure in MEASURES.items():
        counts = [measure(key, said) for key, said in documents]
        found[name] = Counts(*(sum(column) for column in zip(*counts, strict=True))).f1() if counts else 0.0
    found["CoNLL"] = sum(found.values()) / len(MEASURES)
    return found
