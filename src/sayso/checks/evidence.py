"""How much the words that agree say for a passage: rare words say where a quote is from, common ones say little.

Two speeches of one campaign share "we are going to win this"; that the rest differs does not show that a quote was
altered, it may be of another evening. Rarity is read off the encoder's vocabulary, which stands in the order of how
often words are used.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.resources import files

from sayso.checks.brackets import Quoted
from sayso.checks.line import Line
from sayso.checks.parts import Part

FIRST_WORD = 1990
"""About where the words begin in the vocabulary, after signs and letters."""
_RAREST = 7.0
_COMMONEST = 0.3
_OMITTED = 0.5
"""What a word of the passage that the quote lacks counts of one that the passage lacks."""
_SMALL = 3
_WORD_FOR_WORD = 3.0
"""What one word in the place of another counts at most."""
_EDGE = 3.0
"""What a quote that goes on or begins in other words counts beside them: so end phrases that many speeches share."""


@cache
def vocabulary() -> dict[str, int]:
    """The encoder's words with their ranks, the commonest first."""
    text = files("sayso").joinpath("models/en/vocabulary.txt").read_text(encoding="utf-8")
    return {word: rank for rank, word in enumerate(text.split())}


@lru_cache(maxsize=4096)
def rarity(word: str) -> float:
    """How much a lower-case word says of where it is from, 0.3 to 7: the binary logarithm of its rank, less six."""
    rank = vocabulary().get(word)
    if rank is None:
        return 2.0 if word[:1] in "#$€£'" else _RAREST
    return min(max(math.log2(max(rank - FIRST_WORD, 1)) - 6, _COMMONEST), _RAREST)


def differing(quoted: Quoted, quote: Line, passage: Line, parts: Sequence[Part]) -> float:
    """What differs as a share of what agrees, by rarity: 0 where all agrees, over 1 where more differs than agrees.

    A number for a number or a name for a name, in its place, is what bending a quote looks like: it speaks for neither.
    """
    apart: set[int] = set(quoted.inserted)
    against = 0.0
    for part in parts:
        if part.class_ not in ("wording", "gap") or part.moved:
            continue
        apart.update(range(part.first, part.end))
        if part.kin and max(part.end - part.first, part.stop - part.start) <= _SMALL:
            continue
        differs = sum(rarity(quote.keys[at]) for at in range(part.first, part.end))
        differs += _OMITTED * sum(rarity(passage.keys[at]) for at in range(part.start, part.stop))
        if part.end - part.first == 1 == part.stop - part.start:
            differs = min(differs, _WORD_FOR_WORD)
        elif part.end - part.first > 1 and (part.first == 0 or part.end == len(quote)):
            differs += _EDGE
        against += differs
    agreeing = sum(rarity(quote.keys[at]) for at in range(len(quote)) if at not in apart)
    return against / max(agreeing, _COMMONEST)
