"""What a number is worth: numerals with their scale, number words, and fractions."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from sayso.figures.lexicon import DATA
from sayso.figures.tokens import VULGAR, Tokens
from sayso.wordlists import read_rows

_GROUPED = re.compile(r"\d{1,3}(?:\.\d{3}){2,}(?:,\d+)?$")


class Number(NamedTuple):
    """A number of the tokens up to before `end`."""

    value: float
    end: int
    scale: float = 1.0
    """What a scale word multiplied it by, which a range shares: "1.2 and 1.5 million"."""
    words: bool = False
    """Whether it is in words."""
    letter: str = ""
    """A letter behind the numeral that may be a scale or a unit: the m of "1.2m". It is not reckoned in."""


@cache
def values_of(label: str) -> dict[str, float]:
    """What the words of a class are worth."""
    return {form: float(value) for form, kind, value in read_rows(DATA / "numbers.tsv") if kind == label}


@cache
def _words() -> tuple[dict[str, float], dict[str, float], dict[str, float], dict[str, float]]:
    return values_of("small"), values_of("ten"), values_of("scale"), values_of("several")


@cache
def number_starts() -> frozenset[str]:
    """Words that a number in words may start with, in lower case."""
    small, ten, _, several = _words()
    return frozenset([*small, *ten, "a", "an", "half", "quarter", "thousand", "hundred", *several])


def read_number(tokens: Tokens, at: int) -> Number | None:
    """The number that starts at a token, its scale words reckoned in; None where there is none."""
    return _read_numeral(tokens, at) if tokens.numeric[at] else _read_words(tokens, at)


def numeral_value(numeral: str) -> float:
    """What a numeral is worth, in whatever style its thousands are parted.

    >>> numeral_value("12,34,567.5"), numeral_value("1.500.000"), numeral_value("40 000"), numeral_value("12,5")
    (1234567.5, 1500000.0, 40000.0, 12.5)
    """
    if numeral in VULGAR:
        return VULGAR[numeral]
    bare = re.sub(r"\s", "", numeral).replace("·", ".")
    if _GROUPED.match(bare):
        bare = bare.replace(".", "").replace(",", ".")
    elif re.fullmatch(r"\d+,\d{1,2}", bare):
        bare = bare.replace(",", ".")
    return float(bare.replace(",", "")) if len(bare) < 30 else float("inf")


def _read_numeral(tokens: Tokens, at: int) -> Number | None:
    value, end = numeral_value(tokens.raw[at]), at + 1
    if value == float("inf"):
        return None
    if tokens.raw[end] in VULGAR:
        value, end = value + VULGAR[tokens.raw[end]], end + 1
    elif part := _slashed(tokens, end):
        value, end = value + part, end + 3
    elif part := _slashed(tokens, at):
        value, end = part, end + 2
    elif tokens.forms[end] == "and" and (half := _half_after(tokens, end)):
        value, end = value + half[0], half[1]
    elif tokens.raw[end] in {"x", "×"} and tokens.raw[end + 1] == "10" and (power := _power(tokens, end + 2)):
        return Number(value * 10.0 ** power[0], power[1])
    return _scaled(tokens, value, end, in_words=False)


def _power(tokens: Tokens, at: int) -> tuple[int, int] | None:
    """The power of ten behind a "× 10", and where it ends: "^8", "−5"."""
    here = at + (tokens.raw[at] == "^")
    sign = tokens.raw[here] in {"-", "−", "–"}
    here += sign
    raw = tokens.raw[here]
    if here == at or not raw.isdigit() or len(raw) > 2:
        return None
    return (-int(raw) if sign else int(raw)), here + 1


def is_slashed(tokens: Tokens, at: int) -> bool:
    """Whether a fraction with a slash starts at a token: "1/4"."""
    return _slashed(tokens, at) is not None


def _slashed(tokens: Tokens, at: int) -> float | None:
    """A fraction with a slash in it, as in "2 1/2 inches"; only those with a usual denominator."""
    if not (tokens.numeric[at] and tokens.raw[at + 1] == "/" and tokens.numeric[at + 2]):
        return None
    over, under = tokens.raw[at], tokens.raw[at + 2]
    if not (tokens.touch(at) and tokens.touch(at + 1)) or under not in {"2", "3", "4", "5", "8", "16", "32"}:
        return None
    return int(over) / int(under) if over.isdigit() and int(over) < int(under) else None


def _scaled(tokens: Tokens, value: float, end: int, *, in_words: bool) -> Number:
    _, _, scales, several = _words()
    scale = 1.0
    letter = ""
    while True:
        word = tokens.skip_hyphen(end)
        form, raw = tokens.forms[word], tokens.raw[word]
        if form in scales or (form == "dozen" and scale == 1.0):
            scale *= scales.get(form) or several[form]
            end = word + 1
            continue
        if scale == 1.0 and (worth := values_of("short").get(form)) and (tokens.touch(end - 1) or word == end):
            scale, end = worth, end + 1
        elif scale == 1.0 and not in_words and raw in values_of("letter") and tokens.touch(end - 1) and word == end:
            letter = raw
        break
    if scale > 1.0 and tokens.forms[end] == "and" and (half := _half_after(tokens, end)):
        # "3 million and a half"
        return Number((value + half[0]) * scale, half[1], scale, in_words)
    return Number(value * scale, end, scale, in_words, letter)


def _half_after(tokens: Tokens, at: int) -> tuple[float, int] | None:
    """A fraction that an "and" adds to what stands before it: "and a half", "and three quarters"; and where it ends."""
    at = tokens.skip_hyphen(at + 1)
    count = 1.0 if tokens.forms[at] in {"a", "an"} else values_of("small").get(tokens.forms[at])
    at = tokens.skip_hyphen(at + 1)
    form = tokens.forms[at]
    worth = values_of("part").get(form) or values_of("part").get(form.removesuffix("s"))
    if form == "halves" or count is None or not worth or worth > 8 or count >= worth:
        return None
    if tokens.forms[at + 1] == "of":
        return None
    return count / worth, at + 1


def _read_words(tokens: Tokens, at: int) -> Number | None:
    small, ten, scales, several = _words()
    form = tokens.forms[at]
    if form in {"a", "an"}:
        return _after_article(tokens, at + 1)
    if form in {"half", "quarter"}:
        return _half_of_scale(tokens, at)
    if form in small and (parts := _parts_of_scale(tokens, at)):
        return parts
    if form == "dozen" and tokens.forms[at - 1] not in {"a", "few", "several", "many", "couple"}:
        return _scaled(tokens, several[form], at + 1, in_words=True)
    total, group = 0.0, -1.0
    last = ""
    end, here = at, at
    ceiling = float("inf")
    while True:
        form = tokens.forms[here]
        if form in small and (last in {"", "hundred", "scale"} or (last == "ten" and 0 < small[form] < 10)):
            group = max(group, 0.0) + small[form]
            last = "small"
        elif form in ten and last in {"", "hundred", "scale"}:
            group = max(group, 0.0) + ten[form]
            last = "ten"
        elif form == "hundred" and last in {"small", "ten"} and group < 100:
            group *= 100
            last = "hundred"
        elif form in scales and form != "hundred" and last in {"small", "ten", "hundred"} and scales[form] < ceiling:
            ceiling = scales[form]
            total, group, last = total + group * ceiling, -1.0, "scale"
        else:
            break
        end = here + 1
        here = tokens.skip_hyphen(end)
        if last in {"hundred", "scale"} and tokens.forms[here] == "and":
            here = tokens.skip_hyphen(here + 1)
    if end == at:
        return None
    value = total + max(group, 0.0)
    # "two and a half million", "two-and-a-half-year"; "five point two"
    joined = tokens.skip_hyphen(end)
    if tokens.forms[joined] == "and" and (half := _half_after(tokens, joined)):
        scale = ceiling if last == "scale" else 1.0
        return _scaled(tokens, value + half[0] * scale, half[1], in_words=True)
    if tokens.forms[end] == "point" and last in {"small", "ten"} and total == 0.0:
        digits = ""
        after = end + 1
        while tokens.forms[after] in small and small[tokens.forms[after]] < 10:
            digits += str(int(small[tokens.forms[after]]))
            after += 1
        if digits:
            return _scaled(tokens, value + float("0." + digits), after, in_words=True)
    if last in {"scale", "hundred"}:
        return Number(value, end, max(ceiling, 1.0) if ceiling < float("inf") else 100.0, words=True)
    dozen = tokens.skip_hyphen(end)
    if tokens.forms[dozen] == "dozen":
        return Number(value * 12, dozen + 1, 12.0, words=True)
    return Number(value, end, 1.0, words=True)


def _parts_of_scale(tokens: Tokens, at: int) -> Number | None:
    """ "three-quarters of a million", "two thirds of a billion"."""
    here = tokens.skip_hyphen(at + 1)
    worth = values_of("part").get(tokens.forms[here].removesuffix("s"))
    scale = tokens.forms[here + 3]
    if not worth or tokens.forms[here + 1] != "of" or tokens.forms[here + 2] not in {"a", "an"}:
        return None
    if scale not in values_of("scale"):
        return None
    return _scaled(tokens, values_of("small")[tokens.forms[at]] / worth, here + 3, in_words=True)


def _after_article(tokens: Tokens, at: int) -> Number | None:
    """After "a": "a hundred and two", "a dozen", "a couple of weeks", "a quarter of a million"."""
    _, _, scales, several = _words()
    form = tokens.forms[at]
    if form in {"half", "quarter"}:
        return _half_of_scale(tokens, at)
    if form in scales:
        number = _scaled(tokens, 1.0, at, in_words=True)
        rest = tokens.forms[number.end] == "and" and _read_words(tokens, number.end + 1)
        if rest and rest.value < number.value and rest.scale < number.scale:
            return Number(number.value + rest.value, rest.end, number.scale, words=True)
        return number
    if form in several and tokens.forms[at + 1] != "'" and form not in {"pair", "trio", "quartet"}:
        end = at + 1
        if form == "couple":
            # The two of a marriage are no number of things.
            if tokens.forms[end] != "of":
                return None
            end += 1
            if tokens.forms[end] in {"the", "a", "his", "her", "their"}:
                return None
            if tokens.forms[end] in scales or tokens.forms[end] == "dozen":
                return _scaled(tokens, several[form], end, in_words=True)
        return Number(several[form], end, several[form], words=True)
    return None


def _half_of_scale(tokens: Tokens, at: int) -> Number | None:
    """Half or a quarter of a scale word: "half a million", "quarter of a million", "half-dozen"."""
    scales = values_of("scale")
    worth = 1 / values_of("part")[tokens.forms[at]]
    here = tokens.skip_hyphen(at + 1)
    if tokens.forms[here] == "of":
        here += 1
    if tokens.forms[here] in {"a", "an"}:
        here = tokens.skip_hyphen(here + 1)
    form = tokens.forms[here]
    if form in scales or form == "dozen":
        return _scaled(tokens, worth, here, in_words=True)
    return None
