"""An article as the encoder sees it: words, their pieces, and what lower-cased pieces no longer show.

Each word carries its letter case and whether it stands inside quotation marks; a mark word of no width stands
between two blocks (paragraphs, headline, headings), so that the layout is not lost.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sayso.documents import Span
from sayso.extraction.wordpiece import WordPieces, split_words

CASES = 4
"""Letter cases told apart: lower (and no letters), Capitalised, UPPER, miXed."""
FEATURES = CASES * 2
"""A word's feature is its case, plus `CASES` inside quotation marks."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """The words of one text. `words[i]` owns the pieces `first_piece[i]` up to `first_piece[i + 1]`."""

    words: list[Span]
    is_break: npt.NDArray[np.bool_]
    """[words] True for the marks between blocks, whose span is empty."""
    feature: npt.NDArray[np.int64]
    """[words]"""
    pieces: npt.NDArray[np.int64]
    """[pieces] vocabulary ids"""
    first_piece: npt.NDArray[np.int64]
    """[words + 1]"""

    def words_at(self, offsets: Sequence[int]) -> frozenset[int]:
        """The numbers of the words that start at the given characters; the marks between blocks are none of them."""
        wanted = set(offsets)
        return frozenset(
            number for number, word in enumerate(self.words) if word.start in wanted and word.end > word.start
        )


def letter_case(word: str) -> int:
    """0 lower case or no letters, 1 Capitalised, 2 UPPER, 3 mixed.

    >>> [letter_case(word) for word in ("42", "said", "Rome", "NATO", "I", "McKay")]
    [0, 0, 1, 2, 1, 3]
    """
    if word.islower() or not word[:1].isalpha():
        return 0
    if len(word) == 1 or word[1:].islower() or not word[1:].isalpha():
        return 1 if word[0].isupper() else 0
    return 2 if word.isupper() else 3


def tokenize(text: str, *, blocks: Sequence[Span], quoted: Sequence[Span], pieces: WordPieces) -> Tokens:
    """Words, features and pieces of a text.

    `blocks` are the stretches set apart by the layout, in text order; `quoted` the stretches inside quotation marks,
    in text order. Text outside of every block is read too.
    """
    words: list[Span] = []
    features: list[int] = []
    ids: list[int] = []
    firsts: list[int] = []
    breaks: list[bool] = []
    starts = iter([block.start for block in blocks[1:]] + [len(text) + 1])
    next_block = next(starts)
    quotes = iter([*quoted, Span(len(text) + 1, len(text) + 1)])
    quote = next(quotes)
    for word in split_words(text):
        while word.start >= next_block:
            if words and not breaks[-1]:
                words.append(Span(word.start, word.start))
                features.append(0)
                firsts.append(len(ids))
                ids.append(pieces.paragraph)
                breaks.append(True)
            next_block = next(starts)
        while word.start >= quote.end:
            quote = next(quotes)
        string = text[word.start : word.end]
        words.append(word)
        features.append(letter_case(string) + (CASES if quote.start <= word.start else 0))
        firsts.append(len(ids))
        ids.extend(pieces.pieces(string))
        breaks.append(False)
    return Tokens(
        words=words,
        is_break=np.array(breaks, dtype=np.bool_),
        feature=np.array(features, dtype=np.int64),
        pieces=np.array(ids, dtype=np.int64),
        first_piece=np.array([*firsts, len(ids)], dtype=np.int64),
    )
