"""How well gists find what the sentence encoder would: figures with 95% bootstrap intervals, and what they cost.

Of a sentence of PolNeAR's dev half or of held-out transcripts, the ten nearest by the encoder (of a cosine above 0.5):
how many of them are among the nearest 50 and 200 by gist. Of a quote of `training/reworded/dev`: how often a sentence
of its passage is, among all those sentences and the ones trained on. Beside them, the same by the vectors before they
become signs, and the passages by the encoder itself.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path

import numpy as np

from sayso.documents import Span
from sayso.extraction.gists import CODE_BYTES, DIMENSIONS, Codes, Floats, Gists, nearness
from sayso.extraction.vectors import Encoder, unit
from sayso.reading.sentences import sentences_in
from training.gist_sentences import encoded, sentences_of, texts_of
from training.reworded import read_cases

NEAREST = 10
LEAST = 0.5
TOPS = (50, 200)
ASKED = 400


class _Ways:
    """The ways in which a pool of sentences can be looked through."""

    def __init__(self, encoder: Encoder, gists: Gists, pool: Sequence[str], vectors: Floats) -> None:
        self.encoder, self.gists, self.vectors = encoder, gists, vectors
        sums = gists.sums(pool)
        self.floats = unit(sums.astype(np.float32))
        self.codes: Codes = np.packbits(sums > 0, axis=1)

    def ranked(self, vector: Floats, told: Floats) -> dict[str, Floats]:
        """[pool] the nearness to one text, by each way."""
        return {
            "encoder": self.vectors @ vector,
            "gist, numbers": self.floats @ told,
            "gist, code": nearness(told, self.codes),
        }


def interval(values: Iterable[Sequence[float]], seed: int = 1) -> str:
    """The share of what was found (found, of so many) over the cases, with its 95% bootstrap interval."""
    pairs = np.array(list(values), dtype=np.float64)
    shuffle = np.random.default_rng(seed)
    drawn = [pairs[shuffle.integers(0, len(pairs), len(pairs))].sum(axis=0) for _ in range(1000)]
    shares = sorted(found / of for found, of in drawn)
    found, of = pairs.sum(axis=0)
    return f"{found / of:.3f} ({shares[25]:.3f} to {shares[974]:.3f})"


def measure(encoder: Encoder, gists: Gists, shared: Path, *, keep: Path | None, seed: int) -> None:
    """Print all figures."""
    dev = sentences_of(texts_of(shared, dev=True), cut=0.3, seed=seed)
    vectors = encoded(encoder, dev, keep and keep / "dev.npy")
    _neighbours(_Ways(encoder, gists, dev, vectors), random.Random(seed).sample(range(len(dev)), ASKED))
    learnt = sentences_of(texts_of(shared, dev=False), cut=0.3, seed=seed)
    others = encoded(encoder, learnt, keep and keep / "train.npy")
    _passages(encoder, gists, dev + learnt, np.concatenate([vectors, others]))
    _costs(gists, dev)


def _neighbours(ways: _Ways, asked: Sequence[int]) -> None:
    found: dict[tuple[str, int], list[tuple[float, float]]] = {}
    for number in asked:
        near = ways.ranked(ways.vectors[number], ways.floats[number])
        for each in near.values():
            each[number] = -9
        nearest = np.argsort(-near["encoder"])[:NEAREST]
        nearest = nearest[near["encoder"][nearest] > LEAST]
        for way in ("gist, numbers", "gist, code"):
            order = np.argsort(-near[way], kind="stable")
            for top in TOPS:
                found.setdefault((way, top), []).append((len(np.intersect1d(nearest, order[:top])), len(nearest)))
    print(f"nearest by the encoder, of {len(ways.codes)} sentences:")
    for (way, top), pairs in found.items():
        print(f"  {way}, among {top}: {interval(pairs)}")


def _passages(encoder: Encoder, gists: Gists, pool: Sequence[str], vectors: Floats) -> None:
    transcripts, cases = read_cases("dev")
    places: list[tuple[int, Span]] = []
    texts: list[str] = []
    for number, transcript in enumerate(transcripts):
        for turn in transcript.turns:
            for each in sentences_in(transcript.text, turn.span):
                places.append((number, each))
                texts.append(each.of(transcript.text).strip())
    every = _Ways(encoder, gists, [*texts, *pool], np.concatenate([encoded(encoder, texts), vectors]))
    found: dict[tuple[str, int], list[tuple[float, float]]] = {}
    for case in cases:
        if case.kind != "=" or case.said is None:
            continue
        right = [
            at
            for at, (transcript, span) in enumerate(places)
            if transcript == case.transcript and span.start < case.said.end and case.said.start < span.end
        ]
        vector, told = encoded(encoder, [case.text])[0], unit(gists.sums([case.text]).astype(np.float32))[0]
        for way, near in every.ranked(vector, told).items():
            best = near[right].max()
            for top in TOPS:
                found.setdefault((way, top), []).append((float((near > best).sum() < top), 1))
    print(f"passages of reworded quotes, among {len(every.codes)} sentences:")
    for (way, top), pairs in found.items():
        print(f"  {way}, among {top}: {interval(pairs)} of {len(pairs)}")


def _fastest(act: Callable[[], object], times: int) -> float:
    """Milliseconds of the fastest of some runs."""
    spent = []
    for _ in range(times):
        began = time.perf_counter()
        act()
        spent.append(time.perf_counter() - began)
    return min(spent) * 1000


def _code(gists: Gists, texts: Sequence[str]) -> Codes:
    return np.packbits(gists.sums(texts) > 0, axis=1)


def _costs(gists: Gists, texts: Sequence[str]) -> None:
    articles = [texts[at : at + 25] for at in range(0, 2500, 25)]
    each = sum(_fastest(partial(_code, gists, article), 3) for article in articles)
    codes = np.random.default_rng(3).integers(0, 256, (1_000_000, CODE_BYTES), dtype=np.uint8)
    query = unit(np.random.default_rng(4).standard_normal(DIMENSIONS).astype(np.float32))
    print(f"codes of 25 sentences: {each / len(articles):.2f} ms")
    print(f"nearness of a million codes: {_fastest(lambda: nearness(query, codes), 7):.1f} ms")
