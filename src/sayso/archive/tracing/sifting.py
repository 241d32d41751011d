"""Cheap tests of many statements, so that few are compared word for word and fewer still read by the encoder."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise

from sayso.archive.tracing.forms import Utterance
from sayso.archive.tracing.linking import LINKED, at_best, met_at_best
from sayso.archive.tracing.rarity import STOCK, rarity, stock_words
from sayso.archive.tracing.rewording import FAINT, bare, likeness
from sayso.archive.tracing.rows import Told

MOST_READ = 8
"""Statements that are read by the encoder for one trace: each takes some milliseconds the first time."""
_MIDDLE = 24
"""Statements that are held against one another by their words without context, the nearest by gist first."""
_ROUGHLY = 1.1
"""By so much the words of two texts may share more than it seems here, where "$4" and "four dollars" are two."""
_WORD = re.compile(r"[^\W_]+")


def sharing(asked: Utterance, tolds: Iterable[Told]) -> list[Told]:
    """Those that have words enough of what is asked for, in whatever order and whoever said them."""
    wanted, weights = _words(asked.text)
    total = sum(weights)
    voice = None if asked.speaker_name is None and asked.speaker is None else True

    def shares(text: str) -> bool:
        words, its = _words(text)
        met, run = met_at_best(wanted, weights, frozenset(words), frozenset(pairwise(words)))
        return at_best(_ROUGHLY * met, _ROUGHLY * run, total, sum(its), voice, 0) >= LINKED

    return [told for told in tolds if any(map(shares, told.texts))]


@lru_cache(maxsize=1 << 12)
def _words(text: str) -> tuple[tuple[str, ...], tuple[float, ...]]:
    """The words of a text, and what each tells, roughly."""
    found = _WORD.findall(text)
    # Tuples of nothing but words and numbers, which the garbage collector need not look through.
    words = tuple(word.casefold() for word in found)
    stock = stock_words(words)
    return words, tuple(_tells(word) * (STOCK if at in stock else 1) for at, word in enumerate(found))


@lru_cache(maxsize=1 << 15)
def _tells(word: str) -> float:
    return rarity(word.casefold(), is_name=word[0].isupper())


def likeliest(tolds: Sequence[Told], known: Sequence[Utterance]) -> list[Told]:
    """Of statements, the nearest by gist first, those that are likeliest to say what some wordings say, in other words.

    As many as may be read; the likeliest first.
    """
    likely: list[tuple[float, Told]] = []
    for told in tolds[:_MIDDLE]:
        text = bare(told.utterances()[0])
        best = max((likeness(text, bare(each)) for each in known), default=0.0)
        if best >= FAINT:
            likely.append((best, told))
    return [told for _, told in sorted(likely, key=lambda each: -each[0])][:MOST_READ]
