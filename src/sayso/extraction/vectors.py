"""What a sentence says, as vectors: the sentence encoder from which the shipped model was once trained, brought back.

Training for attribution moved the encoder's weights by a tenth; corrections of low rank move them back nearly all the
way, so that a second network ships in half a megabyte (`training.vectors`). One sentence a call, as in
`sayso.extraction.model`: what a sentence's vectors are depends on nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from sayso.extraction.model import load_model, open_vectors
from sayso.extraction.shipped import ENGLISH
from sayso.extraction.wordpiece import WordPieces, split_words

Floats = npt.NDArray[np.float32]
Integers = npt.NDArray[np.int64]

LONGEST_PIECES = 400
"""Pieces of a text that are read; what follows is not. The shipped table of positions has 448."""
_CHUNK = 4096
"""Rows of the vocabulary turned into floats at once, to spare memory."""


@dataclass(frozen=True, slots=True)
class Vectors:
    """One text as the encoder sees it; its first and last marks are left out of all but `whole`."""

    pieces: Integers
    """[pieces] vocabulary ids"""
    whole: Floats
    """[384] the mean over all `count` pieces, the marks at both ends among them; not of unit length"""
    count: int
    words: Floats
    """[pieces, 384] each piece in its context, of unit length"""
    weights: Floats
    """[pieces] how much each says, 0 to 1, by how few sentences have it (inverse document frequency); punctuation 0"""


class Encoder:
    """Turns texts into vectors."""

    def __init__(
        self, session: Any, pieces: WordPieces, *, rows: npt.NDArray[np.int8], scales: Floats, says: Floats
    ) -> None:
        self.session = session
        self.pieces = pieces
        self._rows = rows
        """[vocabulary, 384] the pieces without context, before their scales"""
        self._scales = scales
        self.says = says
        """[vocabulary] `Vectors.weights` by piece"""
        total = sum(
            (says * scales)[at : at + _CHUNK] @ rows[at : at + _CHUNK].astype(np.float32)
            for at in range(0, len(rows), _CHUNK)
        )
        self._centre: Floats = np.asarray(total / says.sum(), dtype=np.float32)

    def ids(self, text: str) -> Integers:
        """The pieces of a text, no more than are read."""
        found = [piece for word in split_words(text) for piece in self.pieces.pieces(word.of(text))]
        return np.array(found[:LONGEST_PIECES], dtype=np.int64)

    def encode(self, text: str) -> Vectors:
        """The vectors of one text: about a tenth of a millisecond for each piece."""
        ids = self.ids(text)
        framed = np.concatenate([[self.pieces.first], ids, [self.pieces.last]])
        whole, words, weights = self.session.run(("whole", "words", "weights"), {"pieces": framed})
        return Vectors(ids, whole, len(framed), unit(words[1:-1]), weights[1:-1] / np.float32(255))

    def plain(self, ids: Integers) -> Floats:
        """[pieces, 384] the vectors of pieces without any context, of unit length."""
        return unit(self._rows[ids].astype(np.float32) * self._scales[ids, None] - self._centre)


def unit(vectors: Floats) -> Floats:
    """Vectors at the length of one; those of no length stay."""
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, np.float32(1e-9)), dtype=np.float32)


@cache
def load_encoder(folder: Path = ENGLISH) -> Encoder:
    """The encoder in a model folder, read once per process and only where it is asked for.

    Raises DamagedModel as `sayso.extraction.model.open_vectors` does.
    """
    opened = open_vectors(folder)
    scales = np.frombuffer(opened.scales, dtype=np.float32)
    return Encoder(
        opened.session,
        load_model(folder).pieces,
        rows=np.frombuffer(opened.rows, dtype=np.int8).reshape(len(scales), -1),
        scales=scales,
        says=np.frombuffer(opened.says, dtype=np.uint8).astype(np.float32) / np.float32(255),
    )
