"""A number with the currency or the unit that belongs to it: "£2.3bn", "5ft 10in", "20 litres a day", "10-year-old"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sayso.figures.bounds import Bound, bound_after
from sayso.figures.designations import is_designation
from sayso.figures.lexicon import words
from sayso.figures.nouns import counted_noun, has_class, is_plural
from sayso.figures.numbers import is_slashed, read_number, values_of
from sayso.figures.rates import rate_at
from sayso.figures.shares import read_share
from sayso.figures.tokens import Tokens
from sayso.figures.units import Unit, read_sign, read_sign_behind, read_unit

PARTS = {
    ("year", "month"): 12, ("week", "day"): 7, ("day", "hour"): 24, ("hour", "minute"): 60, ("minute", "second"): 60,
    ("hour", "second"): 3600, ("foot", "inch"): 12, ("stone", "pound"): 14, ("pound", "ounce"): 16,
    ("year", "week"): 52, ("metre", "centimetre"): 100, ("day", "minute"): 1440,
}  # fmt: skip
"""Units that are given together, and how many of the second make one of the first."""
_WEIGHT = re.compile(
    r"weigh|\bheav|\blighter\b|\boverweight|\bgain(?:ed|ing)\b|\blb|\bkg|kilo|\bstone\b|\bounces?\b|\bfeet\b|\binch|\bshed\b|\bbodyweight"
    r"|\bbag|\bbomb|\bturkey\b|\bdumbbell|\bsack|\blift|\bthrust|\bdeadlift|\bpress(?:ed)?\b|\bslim|\bdiet",
    re.IGNORECASE,
)
_DIMENSIONS = words("dimension")


@dataclass(slots=True)
class Operand:
    """One number as it is written, with the unit that stands at it."""

    start: int
    end: int
    value: float
    scale: float = 1.0
    unit: str | None = None
    money: bool = False
    words: bool = False
    percent: bool = False
    bound: Bound | None = None
    """Right behind the number: "20 or more people"."""
    share_of: int | None = None
    """Of a share in words: where what it is a share of begins."""
    noun: tuple[int, int] | None = None
    letter: str = ""
    number_end: int = 0
    """Behind the number itself."""

    @property
    def bare(self) -> bool:
        """Whether it has no unit."""
        return self.unit is None


def read_operand(tokens: Tokens, at: int) -> Operand | None:
    """The number that starts at a token with its sign or unit; None where there is none."""
    sign = read_sign(tokens, at)
    here = sign.end if sign else at
    negative = False
    if tokens.forms[here] == "minus" and tokens.forms[here - 1] in {"or", "-"}:
        return None
    if tokens.forms[here] == "minus" or (tokens.forms[here] in {"-", "−"} and _is_minus(tokens, here)):
        negative, here = True, here + 1
    if not sign and (share := read_share(tokens, here)):
        return _from_share(tokens, at, share.value, share.end, share.of, measure=share.measure, noun=share.noun)
    number = read_number(tokens, here)
    if number is None:
        return None
    value = -number.value if negative else number.value
    found = Operand(
        at, number.end, value, number.scale, words=number.words, letter=number.letter, number_end=number.end
    )
    if sign:
        _spend(tokens, found, sign)
    else:
        _measure(tokens, found)
    return found


def _is_minus(tokens: Tokens, at: int) -> bool:
    """Whether a dash is the sign of a number: it touches the number and no word before it."""
    return (
        tokens.numeric[at + 1]
        and tokens.touch(at)
        and not is_designation(tokens, at + 1)
        and (not tokens.touch(at - 1) or tokens.raw[at - 1] in {"(", *"$£€"})
    )


def _from_share(
    tokens: Tokens, at: int, value: float, end: int, of: int | None, *, measure: bool, noun: tuple[int, int] | None
) -> Operand | None:
    if not measure:
        return Operand(at, end, value, unit="percent", words=True, percent=True, share_of=of, noun=noun, number_end=end)
    if tokens.forms[end] in {"point", "points"}:
        name = "percentage point" if _is_rate(tokens, at, end) else "point"
        return Operand(at, end + 1, value, unit=name, words=True, number_end=end)
    unit = read_unit(tokens, end)
    if unit is None:
        return None
    found = Operand(at, unit.end, value * unit.times, unit=unit.name, money=unit.money, words=True, number_end=end)
    _rate(tokens, found)
    return found


def _is_rate(tokens: Tokens, at: int, end: int) -> bool:
    """Whether parts of a point are of a rate or a share, and of no game."""
    near = range(max(at - 45, 0), min(end + 20, tokens.size))
    return any(tokens.forms[index] in words("poll") or tokens.forms[index] in words("in points") for index in near)


def _spend(tokens: Tokens, found: Operand, sign: Unit) -> None:
    """Money with its sign in front: a letter behind the numeral is a scale."""
    worth = values_of("letter").get(tokens.raw[found.end])
    spaced = tokens.raw[found.end] in {"m", "M", "b", "B"} and not tokens.touch(found.end)
    if worth and (found.letter or spaced) and found.scale == 1.0:
        found.value, found.scale, found.end = found.value * worth, worth, found.end + 1
    found.unit, found.money = sign.name, True
    if tokens.raw[found.end] == found.unit:
        found.end += 1
    found.bound = _number_bound(tokens, found)
    _add_hundredths(tokens, found)
    _rate(tokens, found)


def _add_hundredths(tokens: Tokens, found: Operand) -> None:
    """Adds the cents that follow: "two dollars and 30 cents", "2 euros 30 cents"."""
    here = found.end + (tokens.forms[found.end] == "and")
    number = read_number(tokens, here) if found.scale == 1.0 else None
    unit = read_unit(tokens, number.end) if number else None
    if number is None or unit is None or unit.times != 0.01 or not 0 < number.value < 100:
        return
    if unit.name == found.unit or tokens.forms[number.end] in {"cent", "cents"}:
        found.value, found.end = found.value + number.value / 100, unit.end


def _number_bound(tokens: Tokens, found: Operand) -> Bound | None:
    bound = bound_after(tokens, found.end)
    if bound and bound.end <= found.end + 3:
        found.end = bound.end
        return bound
    return None


def _measure(tokens: Tokens, found: Operand) -> None:
    """A number without a sign: its unit behind it, or a letter that is a scale."""
    found.bound = _number_bound(tokens, found)
    at = tokens.skip_hyphen(found.end)
    hyphened = at != found.end
    if found.letter and not found.bound and _is_scale(tokens, found, at):
        worth = values_of("letter")[found.letter]
        found.value, found.scale, found.end, found.number_end = found.value * worth, worth, at + 1, at + 1
        found.bound = _number_bound(tokens, found)
        at = tokens.skip_hyphen(found.end)
    if (
        tokens.numeric[found.start]
        and found.value < 1
        and tokens.forms[at] == "of"
        and tokens.forms[at + 1] in {"a", "an"}
    ):
        at += 2
    extra = 1 if tokens.forms[at] in {"full", "whole", "long", "straight", "consecutive"} else 0
    unit = read_unit(tokens, at + extra, scaled=found.scale > 1.0) or (
        None if hyphened else read_sign_behind(tokens, at)
    )
    if unit is None or not _fits(tokens, found, unit, at + extra, hyphened=hyphened):
        if (
            tokens.raw[at] in {"K", "k"}
            and tokens.touch(found.end - 1)
            and tokens.forms[at + 1] in {"run", "race", "walk"}
        ):
            found.unit, found.end = "kilometre", at + 1
        return
    name, end = unit.name, unit.end
    if (
        name == "GBP"
        and unit.times == 1.0
        and tokens.forms[at] in {"pound", "pounds"}
        and _is_weight(tokens, found, end)
    ):
        name = "pound"
    found.value, found.unit, found.money, found.end = (
        found.value * unit.times,
        name,
        unit.money and name != "pound",
        end,
    )
    found.percent = name == "percent"
    if name in {"year", "month", "week", "day"}:
        found.end = _past_age(tokens, found.end)
    _compound(tokens, found)
    if found.money and unit.times == 1.0:
        _add_hundredths(tokens, found)
    _rate(tokens, found)


def _is_scale(tokens: Tokens, found: Operand, at: int) -> bool:
    """Whether the letter behind a numeral is a scale: "1.2m people", not "a 30m mast"; "500k", not a "10K run"."""
    letter, after = found.letter, tokens.forms[at + 1]
    if letter == "m":
        near = tokens.forms[max(found.start - 6, 0) : found.start]
        if after in {"", ".", ",", ";", ")", "\n"} and any(form in words("counted in millions") for form in near):
            return True
        if has_class(after, "rate") or after in _DIMENSIONS or tokens.raw[at + 1] in {"/", "²", "³"}:
            return False
        if read_unit(tokens, at + 1) or (
            after == "of" and tokens.forms[at + 2] in {"the", "its", "those", "them", "us"}
        ):
            return True
        if is_plural(after) and not after.endswith("'s") and has_class(after, "stop") is False:
            return True
        counted = counted_noun(tokens, at + 1, 2)
        return counted is not None and tokens.is_word(at + 1) and not has_class(after, "stop")
    if letter == "K" and "." in tokens.raw[found.start] and found.value >= 100:
        return False
    if letter in {"k", "K"}:
        if found.value < 10 and not is_plural(after):
            # A 4K screen.
            return False
        return after not in {"run", "race", "walk", "runs", "races"} and tokens.raw[at + 1] != "-"
    return letter in {"M", "MM", "b", "B"}


def _fits(tokens: Tokens, found: Operand, unit: Unit, at: int, *, hyphened: bool) -> bool:
    """Whether what looks like a unit is one here, and no word or ordinal that is spelled the same."""
    form, raw = tokens.forms[at], tokens.raw[at]
    after = tokens.forms[unit.end]
    if form in {"second", "third", "may"} and found.value != 1 and not hyphened:
        return False
    if form == "second" and (tokens.raw[unit.end] == "-" or after in {"half", "time"}):
        return False
    if raw == "st":
        return found.value % 10 != 1 and found.value >= 5
    if raw == "K":
        return "." in tokens.raw[found.start] and found.value >= 100
    if raw == "s":
        return found.value < 10 or found.value != int(found.value)
    if raw == "in" and not hyphened and not tokens.touch(at - 1):
        return after in words("dimension") or is_slashed(tokens, at - 3)
    if raw in {"C", "F", "L", "W", "T", "g", "t", "m"} and tokens.touch(at) and tokens.raw[unit.end] in {"'", "’", "&"}:
        return False
    if form == "won" and found.scale == 1.0:
        return False
    if form == "min" and hyphened:
        return True
    return not (unit.money and raw.isupper() and len(raw) == 3 and found.words)


def _is_weight(tokens: Tokens, found: Operand, end: int) -> bool:
    if tokens.forms[end] == "of" and tokens.is_word(end + 1) and tokens.forms[end + 1] not in {"the", "public", "tax"}:
        return True
    if any(form in words("paid") for form in tokens.forms[max(found.start - 3, 0) : found.start]):
        return False
    if found.scale == 1.0 and found.value < 500 and tokens.forms[found.start - 1] in words("lost"):
        return True
    start = tokens.starts[max(found.start - 8, 0)]
    return bool(_WEIGHT.search(tokens.text, start, tokens.ends[min(end + 5, tokens.size - 1)]))


def _past_age(tokens: Tokens, end: int) -> int:
    """Past the words that make a span of time an age: "-year-old", "years old", "years of age"."""
    here = tokens.skip_hyphen(end)
    if tokens.forms[here] in {"old", "olds"}:
        return here + 1
    if tokens.forms[end] == "of" and tokens.forms[end + 1] == "age":
        return end + 2
    return end


def _compound(tokens: Tokens, found: Operand) -> None:
    """Adds the smaller units that follow ("2 hours 4 minutes and 12 seconds"), all in the smallest."""
    while found.unit:
        here = found.end
        # "and a half": "a year and a half", "two miles and a half"
        if tokens.forms[here : here + 3] == ["and", "a", "half"] and found.value == int(found.value):
            found.value, found.end = found.value + 0.5, here + 3
            return
        while tokens.raw[here] in {",", "and"} and here < found.end + 2:
            here += 1
        number = read_number(tokens, here)
        if number is None or number.letter in {"K", "k", "b", "B"}:
            return
        unit = read_unit(tokens, tokens.skip_hyphen(number.end))
        times = PARTS.get((found.unit, unit.name)) if unit else None
        if unit is None or times is None or not 0 <= number.value < times:
            return
        found.value, found.unit, found.end = found.value * times + number.value * unit.times, unit.name, unit.end
        found.end = _past_age(tokens, found.end)


def _rate(tokens: Tokens, found: Operand) -> None:
    """Adds what it is reckoned by: "a litre", "per square kilometre", "/h"."""
    if found.unit and (named := rate_at(tokens, found.end)):
        found.unit, found.end = f"{found.unit} per {named[0]}", named[1]
