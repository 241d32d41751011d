"""Quantities without a number of things: "doubled", "fourfold", "twice as many", "no injuries or deaths"."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from sayso.figures.lexicon import nouns, words
from sayso.figures.nouns import is_plural, singular
from sayso.figures.numbers import read_number, values_of
from sayso.figures.tokens import Tokens

_NOUN_TOO = frozenset(["doubles", "halves", "trebles", "triples"])
"""Verbs that are nouns as well: "the mixed doubles"."""
_COMPARED = words("compared")
_TITLES = words("title")
_WHOLES = words("whole")


class Ratio(NamedTuple):
    """A quantity up to before the token `end`, with its unit."""

    value: float
    end: int
    unit: str = "ratio"


@cache
def ratio_starts() -> frozenset[str]:
    """The words that one may start with, besides numbers."""
    return frozenset([*values_of("times"), *values_of("twice"), "no", *_folds()])


@cache
def _folds() -> dict[str, float]:
    found = {**values_of("small"), **values_of("ten"), **values_of("scale")}
    return {f"{word}fold": value for word, value in found.items() if value > 1}


def read_ratio(tokens: Tokens, at: int) -> Ratio | None:
    """The ratio or the zero that starts at a token; None where there is none."""
    form = tokens.forms[at]
    if form == "no":
        return _nothing(tokens, at)
    if worth := values_of("times").get(form):
        return None if _is_other_verb(tokens, at) else Ratio(worth, at + 1)
    if worth := _folds().get(form):
        return Ratio(worth, at + 1)
    if worth := values_of("twice").get(form):
        return Ratio(worth, at + 1) if _compares(tokens, at) else None
    return _times(tokens, at)


def _is_other_verb(tokens: Tokens, at: int) -> bool:
    """Whether a verb of multiplying is another word here: "doubled down", "the doubles final"."""
    form, after = tokens.forms[at], tokens.forms[at + 1]
    if form in _NOUN_TOO:
        return after not in words("to double") or tokens.forms[at - 1] in {"the", "both", "two", "mixed"}
    return form in {"doubled", "doubling"} and after in words("doubled not")


def _compares(tokens: Tokens, at: int) -> bool:
    """Whether "twice" or "double" makes a ratio: "twice as many", "double the size", "more than double its value"."""
    after = tokens.forms[at + 1]
    if after == "as" or (not tokens.numeric[at + 1] and after in {"the", "that", "what", "its", "their", "his", "her"}):
        return (
            after == "as"
            or tokens.forms[at] in {"twice", "thrice"}
            or tokens.forms[at - 1] in words("doubling bound")
            or tokens.forms[at + 2] in _WHOLES
        )
    return False


def _times(tokens: Tokens, at: int) -> Ratio | None:
    """ "a thousand fold", "10x", "three times as many", "eight times average earnings"."""
    number = read_number(tokens, at)
    if number is None or number.letter:
        return None
    end = tokens.skip_hyphen(number.end)
    if tokens.forms[end] == "fold":
        return Ratio(number.value, end + 1)
    if tokens.raw[end] in {"x", "×"} and tokens.touch(number.end - 1) and not tokens.numeric[end + 1]:
        return Ratio(number.value, end + 1)
    if tokens.forms[end] == "times" and end == number.end:
        after = tokens.forms[end + 1]
        if after in _COMPARED or (after == "the" and tokens.forms[end + 2] not in _TITLES):
            return Ratio(number.value, end + 1)
    return None


def _nothing(tokens: Tokens, at: int) -> Ratio | None:
    """ "no injuries or deaths": nothing of what is counted in a report of harm."""
    end = at + 1
    while tokens.forms[end] in words("of harm"):
        end += 1
    names: list[str] = []
    while tokens.is_word(end) and singular(tokens.forms[end]) in nouns("zero"):
        names.append(singular(tokens.forms[end]))
        end += 1
        if tokens.forms[end] not in {"or", "and"} or singular(tokens.forms[end + 1]) not in nouns("zero"):
            break
        end += 1
    if not names or not is_plural(tokens.forms[end - 1]):
        return None
    return Ratio(0.0, end, " or ".join(names))
