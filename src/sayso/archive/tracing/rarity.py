"""What shared words tell: a rare word much, a stock phrase next to nothing.

"Make America great again" in two quotes says that both are of one campaign, not that both are of one utterance.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path

from sayso.checks.canonical import Tokens
from sayso.wordlists import read_rows

_DATA = Path(__file__).parent / "data"
_UNHEARD = 5.0
"""Times in a million words that a word is said which the list does not have."""
_NAME = 5500.0
"""The same for a word with a capital: the names of the day are in everybody's mouth, whoever they are."""
_EVERYDAY, _SPAN = 4.0, 8.0
"""Nats that every word has, and from there to the rarest."""
_LEAST = 0.08
_NUMBER = 0.4
_SHORT = 4
STOCK = 0.3
"""What is left of a word in a stock phrase."""


@cache
def frequencies() -> dict[str, float]:
    """Times in a million words, by word as the checks compare it."""
    return {word: float(count) for word, count in read_rows(_DATA / "words.tsv")}


@cache
def stock_phrases() -> frozenset[tuple[str, ...]]:
    """Three words in a row that everybody says."""
    return frozenset(tuple(row[0].split(" ")) for row in read_rows(_DATA / "phrases.tsv"))


@lru_cache(maxsize=1 << 15)
def rarity(key: str, *, is_name: bool = False) -> float:
    """How much a word tells, 0.08 to 1.

    >>> [round(rarity(word), 2) for word in ("the", "people", "ferry")]
    [0.08, 0.22, 1.0]
    """
    if key[0] in "#%$":
        return _NUMBER
    count = frequencies().get(key, _NAME if is_name else _UNHEARD)
    return max(_LEAST, min(1.0, (math.log(1e6 / max(count, _UNHEARD)) - _EVERYDAY) / _SPAN))


def stock_words(keys: Sequence[str]) -> set[int]:
    """Which of some words in a row stand in a stock phrase."""
    stock = stock_phrases()
    return {
        at + step for at in range(len(keys) - 2) if (keys[at], keys[at + 1], keys[at + 2]) in stock for step in range(3)
    }


def weights_of(tokens: Tokens) -> list[float]:
    """How much each token tells where it stands."""
    keys = [key.rstrip("!") for key in tokens.keys]
    capital = [tokens.raw(at)[:1].isupper() for at in range(len(tokens))]
    # A headline may write all words so.
    named = sum(capital) * 2 <= len(capital) or len(capital) <= _SHORT
    stock = stock_words(keys)
    return [
        rarity(key, is_name=named and is_capital) * (STOCK if at in stock else 1.0)
        for at, (key, is_capital) in enumerate(zip(keys, capital, strict=True))
    ]
