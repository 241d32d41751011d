"""Names of a letter and a number with a hyphen: "F-16", "T-72s", and "F -16" where a text sets signs apart."""

from __future__ import annotations

from sayso.figures.tokens import Tokens
from sayso.figures.units import read_unit

_HYPHENS = frozenset("-‐‑–−")
_LONGEST = 3
"""Letters of such a name: "MiG"."""


def is_designation(tokens: Tokens, at: int) -> bool:
    """Whether the numeral at a token is the number of such a name, though a space stands in it."""
    letter = tokens.raw[at - 2]
    if tokens.raw[at - 1] not in _HYPHENS or len(letter) > 2 or not letter.isupper():
        return False
    if tokens.touch(at - 2) == tokens.touch(at - 1):
        return False
    return letter not in {"A", "I"} and read_unit(tokens, at + 1) is None


def past_designation(tokens: Tokens, at: int) -> int | None:
    """The end of such a name that starts at a token, without an s of the plural; None where there is none.

    >>> from sayso.figures.tokens import tokens_of
    >>> past_designation(tokens_of("F-16 aircraft"), 0), past_designation(tokens_of("T-shirts"), 0)
    (3, None)
    """
    word = tokens.raw[at]
    if not word[:1].isupper() or len(word) > _LONGEST or tokens.raw[at + 1] not in _HYPHENS:
        return None
    if not tokens.numeric[at + 2] or not (tokens.touch(at) or tokens.touch(at + 1)):
        return None
    end = at + 3
    if tokens.touch(at + 2) and len(tokens.raw[end]) == 1 and tokens.raw[end].isupper():
        end += 1
    return end
