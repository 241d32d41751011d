"""Which sentences of long transcripts are worth reading by the encoder: those whose words, without context, are like
the words of a text, and the other way round.

A word's vector outside of any sentence costs nothing but looking it up, so that 20,000 words are sifted in some
hundredths of a second, where reading them takes seconds.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from sayso.extraction.vectors import Encoder, Floats, Integers


@dataclass(frozen=True, slots=True)
class SentenceWords:
    """The pieces that say something of sentences in a row."""

    known: Integers
    """[pieces] their numbers among all pieces that the sieve has met"""
    starts: Integers
    """[sentences] where each begins"""
    says: Floats
    """[pieces]"""


@dataclass(frozen=True, slots=True)
class Target:
    """The pieces of a text, ready to be held against sentences."""

    near: Floats
    """[pieces of the text, pieces met] how alike"""
    says: Floats
    """[pieces of the text]"""


class Sieve:
    """Compares by words without context; keeps the vectors of the words that it has met."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._place: Integers = np.full(len(encoder.says), -1, dtype=np.int64)
        self._met: Floats = encoder.plain(np.zeros(0, dtype=np.int64))

    def words_of(self, sentences: Sequence[Integers]) -> SentenceWords:
        """The words of sentences, given by their pieces."""
        says = self._encoder.says
        # a sentence of which no piece says anything keeps one, so that each has a stretch of its own
        kept = [ids[says[ids] > 0] if (says[ids] > 0).any() else ids[:1] for ids in sentences]
        ids = np.concatenate(kept) if kept else np.zeros(0, dtype=np.int64)
        new = np.unique(ids[self._place[ids] < 0])
        self._place[new] = len(self._met) + np.arange(len(new))
        self._met = np.concatenate([self._met, self._encoder.plain(new)])
        starts = np.cumsum([0, *(len(each) for each in kept)], dtype=np.int64)[:-1]
        return SentenceWords(self._place[ids], starts, says[ids])

    def target(self, pieces: Integers) -> Target:
        """A text, given by its pieces, of which at least one says something."""
        says = self._encoder.says[pieces]
        pieces = pieces[says > 0]
        return Target(self._encoder.plain(pieces) @ self._met.T, says[says > 0])

    def sift(self, target: Target, words: SentenceWords, *, longest: int) -> Iterator[Floats]:
        """For one, two, ... sentences in a row, by the first of them: how alike the words are, 1 for the same."""
        if not len(words.starts):
            return
        near = target.near[:, words.known]
        told = np.maximum.reduceat(near, words.starts, axis=1)
        tells = np.add.reduceat(near.max(axis=0) * words.says, words.starts)
        weight = np.add.reduceat(words.says, words.starts)
        for size in range(1, min(longest, len(words.starts)) + 1):
            count = len(words.starts) - size + 1
            rows = [slice(step, step + count) for step in range(size)]
            there = target.says @ np.maximum.reduce([told[:, row] for row in rows]) / target.says.sum()
            back = sum(tells[row] for row in rows) / np.maximum(sum(weight[row] for row in rows), 1e-6)
            there, back = np.maximum(there, 0), np.maximum(back, 0)
            yield np.asarray(2 * there * back / np.maximum(there + back, 1e-6), dtype=np.float32)
