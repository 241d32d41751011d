"""The gist of a sentence in 32 bytes: what it says, roughly and fast, by which a million statements are looked through.

No network runs here: each word piece has a vector, fitted so that their sum points where the sentence encoder
(`sayso.extraction.vectors`) would (`training.gists`; the model card says how near it comes). A code keeps only the sign
of each dimension, after a random rotation (Charikar 2002, "Similarity estimation techniques from rounding algorithms").
What is asked for keeps its numbers: nearness is that of numbers to signs. Word order and a "not" are not heard: gists
find candidates, and others judge them.

All is summed in whole numbers, so that a text has the same code on every machine.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from sayso.extraction.shipped import ENGLISH, VOCABULARY, checked_bytes, parameters_of
from sayso.extraction.wordpiece import WordPieces, words_in

Floats = npt.NDArray[np.float32]
Integers = npt.NDArray[np.int32]
Codes = npt.NDArray[np.uint8]

GISTS = "gists.bin"
GIST_PARAMETERS = "gists.json"
DIMENSIONS = 256
CODE_BYTES = DIMENSIONS // 8
LONGEST_PIECES = 400
"""Pieces of a text that are read; what follows is not."""
_MIDDLE = 8
"""Four bits hold -7 to 7, with this added."""
_EXPECTED = np.float32(np.sqrt(2 * DIMENSIONS / np.pi))
"""What numbers of unit length times their own signs come to, in the mean of all directions."""
_REFINED = 8192
"""Codes whose nearness is that of numbers to signs; of more codes than these the others' is that of signs to signs."""
_PART = 32_768
_BITS = np.unpackbits(np.arange(256, dtype=np.uint8)[:, None], axis=1).astype(np.float32) * 2 - 1
_POPCOUNT = _BITS.clip(0).sum(axis=1).astype(np.uint8)


@dataclass(frozen=True, slots=True)
class Gists:
    """The vectors of word pieces."""

    pieces: WordPieces
    places: Integers
    """[vocabulary] the row of each piece; the last row, which is empty, for those without one"""
    rows: npt.NDArray[np.int8]
    """[rows, DIMENSIONS]"""
    scales: Integers
    """[rows]"""

    def sums(self, texts: Sequence[str]) -> Integers:
        """[texts, DIMENSIONS] the sum of the vectors of each text's pieces; their length says nothing."""
        places = self.places
        ids = [
            [piece for word in words_in(text) for piece in self.pieces.pieces(word)][:LONGEST_PIECES] for text in texts
        ]
        found = np.zeros((len(texts), DIMENSIONS), dtype=np.int32)
        filled = [number for number, each in enumerate(ids) if each]
        if filled:
            chosen = places[np.array([piece for each in ids for piece in each])]
            starts = np.cumsum([0, *(len(ids[number]) for number in filled[:-1])])
            vectors = self.rows[chosen] * self.scales[chosen, None]
            found[filled] = np.add.reduceat(vectors, starts, axis=0, dtype=np.int32)
        return found


def read_gists(folder: Path) -> Gists:
    """The vectors in a model folder.

    Raises DamagedModel if a file is missing or is not the one whose SHA-256 stands in `gists.json`.
    """
    with parameters_of(folder / GIST_PARAMETERS) as parameters:
        hashes, count = parameters["sha256"], int(parameters["rows"])
        data = memoryview(checked_bytes(folder / GISTS, hashes[GISTS]))
        pieces = WordPieces(checked_bytes(folder / VOCABULARY, hashes[VOCABULARY]).decode("utf-8").splitlines())
        # Which piece each row is of, how much it is to be multiplied by, and two numbers of four bits a byte.
        of = np.frombuffer(data, dtype="<u2", count=count)
        scales = np.frombuffer(data, dtype="<u2", count=count, offset=2 * count)
        packed = np.frombuffer(data, dtype=np.uint8, offset=4 * count).reshape(count, DIMENSIONS // 2)
    places = np.full(len(pieces.ids), count, dtype=np.int32)
    places[of] = np.arange(count, dtype=np.int32)
    rows = np.zeros((count + 1, DIMENSIONS), dtype=np.int8)
    rows[:-1, 0::2] = packed >> 4
    rows[:-1, 1::2] = packed & 15
    rows[:-1] -= _MIDDLE
    return Gists(pieces, places, rows, np.append(scales, 0).astype(np.int32))


@cache
def load_gists(folder: Path = ENGLISH) -> Gists:
    """The shipped vectors, read once per process and only where they are asked for. Raises DamagedModel."""
    return read_gists(folder)


def gist_codes(texts: Sequence[str]) -> Codes:
    """[texts, CODE_BYTES] the code of each text; no other text has a say in it."""
    return np.packbits(load_gists().sums(texts) > 0, axis=1)


def gist_of(text: str) -> Floats:
    """[DIMENSIONS] what a text says, of unit length, to be held against codes; all zeros where it has no known word."""
    total = load_gists().sums([text])[0].astype(np.float32)
    return np.asarray(total / max(float(np.linalg.norm(total)), 1e-9), dtype=np.float32)


def nearness(query: Floats, codes: Codes) -> Floats:
    """[codes] how near each text is to what is asked for: about the cosine of the two, up to 1.

    Of many codes only the nearest few thousand are held against the numbers of `query`, the others against its signs.
    """
    if len(codes) <= _REFINED:
        return _to_numbers(query, codes)
    differing = _differing(np.packbits(query > 0), codes)
    # The cosine that two directions have whose signs differ in so many places.
    estimates = np.cos(np.arange(DIMENSIONS + 1, dtype=np.float32) * np.float32(np.pi / DIMENSIONS))
    within = np.cumsum(np.bincount(differing, minlength=DIMENSIONS + 1))
    best = np.flatnonzero(differing <= int(np.searchsorted(within, _REFINED, side="right")) - 1)
    found = estimates[differing]
    found[best] = _to_numbers(query, codes[best])
    return np.asarray(found, dtype=np.float32)


def _to_numbers(query: Floats, codes: Codes) -> Floats:
    """The nearness of numbers to signs: a table of what each byte of a code adds."""
    tables = query.reshape(CODE_BYTES, 8) @ _BITS.T / _EXPECTED
    found = np.zeros(len(codes), dtype=np.float32)
    for at, table in enumerate(tables):
        found += table[codes[:, at]]
    return found


def _differing(asked: Codes, codes: Codes) -> npt.NDArray[np.uint16]:
    """[codes] how many signs differ."""
    found = np.zeros(len(codes), dtype=np.uint16)
    if not hasattr(np, "bitwise_count"):  # NumPy 1
        for at in range(CODE_BYTES):
            found += _POPCOUNT[codes[:, at] ^ asked[at]]
        return found
    words = np.ascontiguousarray(codes).view(np.uint64)
    # A part at a time that the processor's cache holds, since each is read four times.
    for start in range(0, len(words), _PART):
        for at, word in enumerate(asked.view(np.uint64)):
            found[start : start + _PART] += np.bitwise_count(words[start : start + _PART, at] ^ word)
    return found
