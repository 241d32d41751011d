"""Quantities without a numeral: "doubled", "fourfold", "twice as many", "no injuries or deaths"."""

from __future__ import annotations

from typing import NamedTuple

from sayso.figures.nouns import has_class, is_plural, singular
from sayso.figures.numbers import read_number, values_of
from sayso.figures.tokens import Tokens

_COMPARED = frozenset("more higher greater bigger larger faster heavier longer likelier stronger worse better".split())
_ADVERBS = frozenset({"twice": 2.0, "thrice": 3.0})
_TIMES = {"twice": 2.0, "thrice": 3.0, "double": 2.0, "triple": 3.0, "treble": 3.0}
_OF_SIZE = frozenset(
    "size number amount price rate cost value population total level figure speed length height weight".split()
)


class Ratio(NamedTuple):
    """A quantity up to before the token `end`, with its unit."""

    value: float
    end: int
    unit: str = "ratio"


def ratio_starts() -> frozenset[str]:
    """The words that one may start with, besides numbers."""
    return frozenset([*values_of("times"), *_TIMES, "no", *_folds()])


def _folds() -> dict[str, float]:
    words = {**values_of("small"), **values_of("ten"), **values_of("scale")}
    return {f"{word}fold": value for word, value in words.items() if value > 1}


def read_ratio(tokens: Tokens, at: int) -> Ratio | None:
    """The ratio or the zero that starts at a token; None where there is none."""
    form = tokens.forms[at]
    if form == "no":
        return _nothing(tokens, at)
    if form in values_of("times"):
        # "doubles" at tennis, "the halves" of a match; "halving" and the like count always.
        if form in {"doubles", "halves", "trebles", "triples"} and tokens.forms[at + 1] not in {
            "the",
            "to",
            "in",
            "its",
        }:
            return None
        if form in {"doubles", "halves"} and tokens.forms[at - 1] in {
            "the",
            "both",
            "two",
            "mixed",
            "men's",
            "women's",
        }:
            return None
        if form in {"doubled", "doubling"} and tokens.forms[at + 1] in {"down", "back", "over", "up", "as"}:
            return None
        return Ratio(values_of("times")[form], at + 1)
    if form in _folds():
        return Ratio(_folds()[form], at + 1)
    if form in _TIMES:
        after = tokens.forms[at + 1]
        if after == "as" or (
            after in {"the", "that", "what"} and (form == "twice" or tokens.forms[at + 2] in _OF_SIZE)
        ):
            return Ratio(_TIMES[form], at + 1)
        return None
    number = read_number(tokens, at)
    if number is None or (number.letter and number.letter != "x"):
        return None
    end = tokens.skip_hyphen(number.end)
    if tokens.forms[end] == "fold":
        return Ratio(number.value, end + 1)
    if tokens.raw[end] in {"x", "×"} and tokens.touch(number.end - 1) and not tokens.numeric[end + 1]:
        return Ratio(number.value, end + 1)
    if tokens.forms[end] == "times" and end == number.end:
        after = tokens.forms[end + 1]
        if after in _COMPARED or after == "as" or (after == "the" and tokens.forms[end + 2] in _OF_SIZE | {"national"}):
            return Ratio(number.value, end + 1)
    return None


def _nothing(tokens: Tokens, at: int) -> Ratio | None:
    """ "no injuries or deaths": nothing of what is counted in a report of harm."""
    end = at + 1
    while tokens.forms[end] in {
        "serious",
        "major",
        "other",
        "further",
        "reported",
        "immediate",
        "confirmed",
        "more",
        "new",
    }:
        end += 1
    names: list[str] = []
    while tokens.is_word(end) and has_class(singular(tokens.forms[end]), "zero"):
        names.append(singular(tokens.forms[end]))
        end += 1
        if tokens.forms[end] not in {"or", "and"} or not has_class(singular(tokens.forms[end + 1]), "zero"):
            break
        end += 1
    if not names or not is_plural(tokens.forms[end - 1]):
        return None
    return Ratio(0.0, end, " or ".join(names))
