"""Transcripts without end to measure with: speech recombined from the shared transcripts, or by Zipf's law.

From a place in the material a text goes on word by word, and every few words from another place where the same word
stands: its runs of words, their repetition and its vocabulary are about those of speech, and no two texts are alike.
Where the shared corpora are absent, words are drawn by Zipf's law. Seeded: the same numbers give the same texts.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sayso.documents import Span, Transcript, Turn

JUMP = 0.3
"""The chance, at each word, to go on from another place that has it."""
TURN_WORDS = 60
BATCH = 500
MADE_UP = 50_000
"""Words of the vocabulary that is made up where there is no material."""


class Material:
    """The words that texts are made of."""

    def __init__(self, shared: Path) -> None:
        paths = sorted((shared / "corpora" / "transcripts").glob("*.jsonl"))
        tokens = [
            token
            for path in paths
            for line in path.read_text(encoding="utf-8").strip().split("\n")
            for token in json.loads(line)["text"].split()
        ]
        self.name = "speech recombined from the shared transcripts" if tokens else "words drawn by Zipf's law"
        self._follows = bool(tokens)
        if not tokens:
            letters = np.random.default_rng(0).integers(97, 123, (MADE_UP, 12), dtype=np.uint8)
            tokens = [row.tobytes()[: 2 + at % 10].decode() for at, row in enumerate(letters)]
        numbers: dict[str, int] = {}
        self._text = np.array([numbers.setdefault(token, len(numbers)) for token in tokens])
        self._tokens = list(numbers)
        self._order = np.argsort(self._text, kind="stable")
        self._firsts = np.searchsorted(self._text[self._order], np.arange(len(numbers) + 1))

    def transcripts(self, count: int, words: int, *, seed: int = 0) -> Iterator[Transcript]:
        """So many transcripts of `words` words together, numbered from 0."""
        length = max(1, words // count)
        for start in range(0, count, BATCH):
            rows = self._draw(min(BATCH, count - start), length, np.random.default_rng([seed, start]))
            for at, row in enumerate(rows):
                yield self._compose(start + at, [self._tokens[number] for number in row.tolist()])

    def _draw(self, count: int, length: int, chance: np.random.Generator) -> NDArray[np.int64]:
        if not self._follows:
            ranks = np.exp(chance.random((count, length)) * np.log(len(self._tokens))).astype(np.int64)
            drawn: NDArray[np.int64] = ranks - 1
            return drawn
        rows = np.zeros((count, length), np.int64)
        at = chance.integers(0, len(self._text), count)
        for step in range(length):
            word = self._text[at]
            rows[:, step] = word
            first, end = self._firsts[word], self._firsts[word + 1]
            other = self._order[first + (chance.random(count) * (end - first)).astype(np.int64)]
            at = (np.where(chance.random(count) < JUMP, other, at) + 1) % len(self._text)
        return rows

    def _compose(self, number: int, tokens: list[str]) -> Transcript:
        text, turns = "", []
        for which, start in enumerate(range(0, len(tokens), TURN_WORDS)):
            label = f"SPEAKER {(number + which % 3) % 997}"
            words = " ".join(tokens[start : start + TURN_WORDS])
            begin = len(text) + len(label) + 2
            turns.append(Turn(Span(begin, begin + len(words)), label, Span(len(text), begin - 2)))
            text += f"{label}: {words}\n\n"
        return Transcript(f"recombined-{number}", text, turns=turns)
