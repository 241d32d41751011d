"""Texts and statements as short sketches, so that those which are alike are found without comparing all with all.

A sketch is a MinHash (Broder 1997): a place of two sketches agrees as often as the sets behind them are alike. Every
sketch is written once for each of some trees of an LSH forest (Bawa, Condie and Ganesan 2005, "LSH Forest: self-tuning
indexes for similarity search"): a tree sorts by its own first minimum, then by the next ones, so that a run of words
which half of the world prints is told apart by what stands beside it, instead of making a bucket of everybody.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from sayso.archive.keeping.copies import PLACES, minima_of
from sayso.archive.people.naming import is_described, is_pronoun, person_name
from sayso.archive.tracing.forms import Utterance
from sayso.archive.tracing.overlap import worded
from sayso.batch.grouping.told import Report, Told
from sayso.checks.index import hash_of
from sayso.checks.words import forms_of

Records = npt.NDArray[Any]
Words64 = npt.NDArray[np.uint64]
STATEMENT_PLACES = 16
_SEED = 20261126
_PAIR = 8
"""Elements of a statement's set for two words in a row that tell 1: weights as repetition (Chum, Philbin and Zisserman
2008, "Near duplicate image detection: min-hash and tf-idf weighting"). Each word alone is one element more: what two
statements share, but not in a row, links nothing."""
NO_DAY = -(1 << 31)
_hashed = lru_cache(maxsize=1 << 16)(hash_of)


@dataclass(frozen=True, slots=True)
class Trees:
    """How sketches are sorted."""

    trees: int
    places: int
    ties: tuple[str, ...]
    """What sorts those whose first minima all agree."""


COPY_TREES = Trees(16, PLACES, ("same", "id"))
STATEMENT_TREES = Trees(8, STATEMENT_PLACES, ("voice", "day", "same", "id"))
_TREE = [("tree", "u1"), ("key", "<u8"), ("id", "<i8"), ("same", "<u8")]
COPY = np.dtype([*_TREE, ("words", "<u4"), ("places", "<u2", (PLACES,))])
"""`same` is equal for equal words alone, `words` how many there are."""
STATEMENT = np.dtype(
    [*_TREE, ("weight", "<f4"), ("day", "<i4"), ("said", "<i4"), ("voice", "<u4"), ("places", "<u2", STATEMENT_PLACES)]
)
"""`same` is equal for equal words of one voice on one day; `weight` is what its words tell; `voice` is 0 where it
cannot be told who speaks, else the surname's or the body's."""


def sketch_reports(reports: Sequence[Report], first: int) -> Records:
    """The records of articles, of which the first has the number `first`; none of one without words."""
    minima, rows = [], []
    for number, report in enumerate(reports, start=first):
        forms = forms_of(report.text)
        if forms:
            minima.append(minima_of(forms))
            rows.append((number, hash_of(" ".join(forms)), len(forms)))
    base = np.zeros(len(rows), COPY)
    for name, column in zip(("id", "same", "words"), zip(*rows, strict=True), strict=False):
        base[name] = column
    return _spread(base, np.array(minima, np.uint32).reshape(-1, PLACES), COPY_TREES)


def sketch_told(told: Sequence[Told], first: int) -> Records:
    """The records of statements, of which the first has the number `first`; none of one without words."""
    # Not at the top: it need not be there for those who only read a batch.
    from rensa import RMinHash

    rows: list[tuple[int, int, float, int, int, int]] = []
    hashes: list[int] = []
    weights: list[float] = []
    ends = [0]
    for number, each in enumerate(told, start=first):
        words = worded(each.utterance.text)
        if not words.keys:
            continue
        hashes.extend(map(_hashed, words.keys))
        weights.extend(words.weights)
        ends.append(len(hashes))
        rows.append((number, _same(each.utterance, words.keys), words.total, *_days(each.utterance), _voice(each)))
    base = np.zeros(len(rows), STATEMENT)
    for name, column in zip(("id", "same", "weight", "day", "said", "voice"), zip(*rows, strict=True), strict=False):
        base[name] = column
    if not rows:
        return base
    elements, bounds = _elements(np.array(hashes, np.uint64), np.array(weights), np.array(ends))
    matrix = RMinHash.digest_matrix_from_flat_token_hashes(elements, bounds, STATEMENT_PLACES, _SEED)
    return _spread(base, np.array(matrix.to_rows(), np.uint32), STATEMENT_TREES)


def buckets_of(records: Records, buckets: int) -> npt.NDArray[np.int64]:
    """Into which bucket each record goes: all that are neighbours in a tree into the same one."""
    return (_mixed(firsts_of(records)) % np.uint64(buckets)).astype(np.int64)


def firsts_of(records: Records) -> Words64:
    """Each record's tree and that tree's first minimum, as one number: neighbours in a tree have the same."""
    firsts: Words64 = (records["key"] >> np.uint64(32)) | (records["tree"].astype(np.uint64) << np.uint64(32))
    return firsts


def _elements(words: Words64, weights: npt.NDArray[np.float64], ends: npt.NDArray[np.int64]) -> tuple[Words64, Words64]:
    """The sets of statements: their words and pairs of words, each as often as it tells; and where each set begins."""
    owner = np.repeat(np.arange(len(ends) - 1), np.diff(ends))
    inner = owner[1:] == owner[:-1]
    pairs = _mixed(words[:-1] ^ _mixed(words[1:] + np.uint64(1)))[inner]
    owners = np.concatenate([owner, owner[1:][inner]])
    counts = np.concatenate([np.ones(len(weights)), _PAIR * (weights[:-1] + weights[1:])[inner]])
    repeats = np.maximum(1, np.rint(counts)).astype(np.int64)
    order = np.argsort(owners, kind="stable")
    things, repeats, owners = np.concatenate([words, pairs])[order], repeats[order], owners[order]
    starts = np.cumsum(repeats) - repeats
    step = (np.arange(repeats.sum()) - np.repeat(starts, repeats)).astype(np.uint64)
    elements = _mixed(np.repeat(things, repeats) + step * np.uint64(0x9E3779B97F4A7C15))
    sizes = np.bincount(owners, weights=repeats, minlength=len(ends) - 1).astype(np.uint64)
    return elements, np.concatenate([np.zeros(1, np.uint64), np.cumsum(sizes, dtype=np.uint64)])


def _spread(base: Records, minima: npt.NDArray[np.uint32], trees: Trees) -> Records:
    """Every record once for each tree."""
    base["places"] = (minima & np.uint32(0xFFFF)).astype(np.uint16)
    wide = minima.astype(np.uint64)
    low = wide & np.uint64(0xFFFF)
    spread = np.tile(base, trees.trees)
    for tree in range(trees.trees):
        first, second, third = ((tree * trees.places // trees.trees + step) % trees.places for step in range(3))
        part = spread[tree * len(base) : (tree + 1) * len(base)]
        part["tree"] = tree
        part["key"] = wide[:, first] << np.uint64(32) | low[:, second] << np.uint64(16) | low[:, third]
    return spread


def _mixed(values: Words64) -> Words64:
    """Numbers of 64 bits well mixed (SplitMix64, Steele, Lea and Flood 2014)."""
    mixed = values + np.uint64(0x9E3779B97F4A7C15)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))


def _same(utterance: Utterance, keys: Sequence[str]) -> int:
    known = (utterance.speaker_name or "", str(utterance.day), str(utterance.said), str(utterance.quoted))
    return hash_of("\0".join((*known, " ".join(keys))))


def _days(utterance: Utterance) -> tuple[int, int]:
    days = (utterance.day if utterance.day is not None else utterance.said), utterance.said
    return NO_DAY if days[0] is None else days[0], NO_DAY if days[1] is None else days[1]


def _voice(told: Told) -> int:
    name = (told.utterance.speaker_name or "").partition(",")[0].strip()
    return _voice_of(name)


@lru_cache(maxsize=1 << 14)
def _voice_of(name: str) -> int:
    if not name or is_pronoun(name) or is_described(name):
        return 0
    return hash_of(person_name(name).surname) & 0xFFFFFFFF or 1
