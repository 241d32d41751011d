"""Pairs of sketches that are near: neighbours in a tree, of which the sketches say that they may belong together.

What has the same words of the same voice on the same day is one node, tied together in a row. The cost of a bucket is
its nodes times `REACH`, and what comes of it at most `KEPT` pairs a node, however many share a minimum: a sentence that
a hundred thousand articles print costs as much as a hundred thousand others.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from sayso.archive.keeping.copies import CONTAINED, PLACES, SAME, SHORT
from sayso.archive.tracing.linking import BIAS, UNKNOWN_DAYS, WEIGHTS
from sayso.batch.grouping.sketches import NO_DAY, STATEMENT_PLACES, Records, Trees, firsts_of

PAIR = np.dtype([("one", "<i8"), ("other", "<i8"), ("chance", "u1")])
"""Two numbers, the lower first, and how likely they belong together by their sketches, 0 to `SURE`."""
SURE = 255
LEAST = 0.2
"""Chance from which a pair is kept. On 924 articles of PolNeAR 95 in 100 of the pairs that are linked have more, and
no more than 375 of 22,000 statements hang together; with 0.1 there are two in three more pairs, and 1,700."""
REACH = 8
"""Neighbours after it in a tree with which a sketch is compared."""
KEPT = 2
"""Of these, the most likely that are kept: what is alike all the same is tied in a chain."""
_COPY_SLACK = 0.1
"""By so much a resemblance may seem lower than it is: two deviations, with 64 places."""
_FEWEST = 2
Chances = npt.NDArray[np.float64]
Likely = Callable[[Records, Records, npt.NDArray[np.int64]], Chances]


def near_pairs(records: Records, trees: Trees, likely: Likely) -> npt.NDArray[np.void]:
    """The pairs of a bucket that are worth comparing, each once, sorted."""
    keys = [records[name] for name in reversed(("tree", "key", *trees.ties))]
    ordered = records[np.lexsort(keys)]
    twin = np.zeros(len(ordered), bool)
    twin[1:] = (ordered["same"][1:] == ordered["same"][:-1]) & (ordered["tree"][1:] == ordered["tree"][:-1])
    # All trees have the same twins: they are told by the first.
    at = np.flatnonzero(twin & (ordered["tree"] == 0))
    found = [_pairs_of(ordered["id"][at - 1], ordered["id"][at], np.ones(len(at)))]
    nodes = ordered[~twin]
    first = firsts_of(nodes)
    chances = np.zeros((REACH, len(nodes)), np.float32)
    for step in range(1, min(REACH + 1, len(nodes))):
        at = np.flatnonzero((first[step:] == first[:-step]) & (nodes["id"][step:] != nodes["id"][:-step]))
        one, other = nodes[at], nodes[at + step]
        chances[step - 1, at] = likely(one, other, (one["places"] == other["places"]).sum(axis=1))
    best = np.argsort(-chances, axis=0, kind="stable")[:KEPT]
    for nearest in best:
        its = chances[nearest, np.arange(len(nodes))]
        at = np.flatnonzero(its >= LEAST)
        found.append(_pairs_of(nodes["id"][at], nodes["id"][at + nearest[at] + 1], its[at]))
    return _once(np.concatenate(found))


def _pairs_of(one: npt.NDArray[np.int64], other: npt.NDArray[np.int64], chance: Chances) -> npt.NDArray[np.void]:
    pairs = np.empty(len(one), PAIR)
    pairs["one"], pairs["other"] = np.minimum(one, other), np.maximum(one, other)
    pairs["chance"] = np.rint(SURE * chance)
    return pairs


def _once(pairs: npt.NDArray[np.void]) -> npt.NDArray[np.void]:
    """The pairs sorted, each once. `np.unique` sorts records ten times as slowly."""
    order = np.lexsort((pairs["other"], pairs["one"]))
    one, other = pairs["one"][order], pairs["other"][order]
    new = np.ones(len(pairs), bool)
    new[1:] = (one[1:] != one[:-1]) | (other[1:] != other[:-1])
    return pairs[order[new]]


def likely_copies(one: Records, other: Records, agreed: npt.NDArray[np.int64]) -> Chances:
    """How likely two texts are copies, by their sketches: as `copies.are_copies`, with what these may be wrong by."""
    alike = agreed / PLACES + _COPY_SLACK
    shorter = np.minimum(one["words"], other["words"]).astype(np.float64)
    both = one["words"].astype(np.float64) + other["words"]
    contained = np.minimum(1.0, alike / (1 + alike) * both / np.maximum(shorter, 1))
    # By how far each measure is above where it decides.
    chance = np.maximum(alike - SAME, contained - CONTAINED) + LEAST
    long_enough = (shorter > SHORT) & (agreed >= _FEWEST)
    return np.where(one["same"] == other["same"], 1.0, np.where(long_enough, np.clip(chance, 0.0, 1.0), 0.0))


def likely_told(one: Records, other: Records, agreed: npt.NDArray[np.int64]) -> Chances:
    """How likely `linking.link` links two statements, by their sketches, voices and days."""
    alike = agreed / STATEMENT_PLACES
    a, b = one["weight"].astype(np.float64), other["weight"].astype(np.float64)
    least = np.maximum(np.minimum(a, b), 1e-6)
    shared = np.minimum(alike / (1 + alike) * (a + b), least)
    of_shorter = shared / least
    of_longer = shared / np.maximum(np.maximum(a, b), 1e-6)
    common = of_shorter + np.sqrt(of_shorter * of_longer)
    known = (one["voice"] != 0) & (other["voice"] != 0)
    voice = np.where(known, np.where(one["voice"] == other["voice"], 1.0, -1.0), 0.0)
    score = (
        BIAS
        + WEIGHTS.common * common
        + WEIGHTS.telling * np.log(shared + 0.1)
        + WEIGHTS.voice * voice
        + WEIGHTS.days * np.log1p(_days(one, other))
    )
    return np.where(one["same"] == other["same"], 1.0, np.where(agreed >= _FEWEST, 1 / (1 + np.exp(-score)), 0.0))


def _days(one: Records, other: Records) -> npt.NDArray[np.float64]:
    days = np.abs(one["day"].astype(np.int64) - other["day"])
    days = np.where((one["day"] == NO_DAY) | (other["day"] == NO_DAY), UNKNOWN_DAYS, days)
    said = np.abs(one["said"].astype(np.int64) - other["said"])
    both = (one["said"] != NO_DAY) & (other["said"] != NO_DAY)
    nearest: npt.NDArray[np.float64] = np.where(both, said, days).astype(np.float64)
    return nearest
