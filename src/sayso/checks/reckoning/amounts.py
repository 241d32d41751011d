"""Figures as they are printed: a number, and the stretch of values that it may stand for.

A figure stands for everything that would be printed like it: "10%" for 9.5 to 10.5, "1.2 million"
for 1.15 to 1.3 million. "About", "nearly" and "more than" widen the stretch or open it. Two figures contradict each
other only where their widest stretches do not meet.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from math import floor, inf, log10
from typing import NamedTuple

from sayso.verdicts import Figure, FigureValue

APPROXIMATELY = 0.1
"""How far "about 500" may be off: more than half of it is taken for plain words' looseness, no more."""
NEARLY = 0.3
"""How far "nearly" and "just over" reach at the most."""
FAR = 2.0
"""A bound that is off by this factor ("less than 5%" of what is 2%) is true and says little."""
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?|\.\d+")
_MAGNITUDES = (0.01, 1, 1e3, 1e5, 1e6, 1e7, 1e9, 1e12)


class Interval(NamedTuple):
    """All values from `low` to `high`."""

    low: float
    high: float

    def meets(self, other: Interval) -> bool:
        """Whether the two have a value in common, up to what floating point loses."""
        slack = 1e-9 * max(1.0, min(abs(self.high), abs(other.high)))
        return self.low <= other.high + slack and other.low <= self.high + slack

    def scaled(self, factor: float) -> Interval:
        """All values times a factor above zero."""
        return Interval(self.low * factor, self.high * factor)


@dataclass(frozen=True, slots=True)
class Amount:
    """A number, the widest stretch that it may stand for (`hard`), and the one that readers take it for (`near`).

    >>> about_ten, four = Amount(10, Interval(9, 11), Interval(9.5, 10.5)), Amount.exactly(4)
    >>> (about_ten * four).hard
    Interval(low=36, high=44)
    """

    value: float
    hard: Interval
    near: Interval

    @classmethod
    def exactly(cls, value: float) -> Amount:
        """A number that is just what it says."""
        return cls(value, Interval(value, value), Interval(value, value))

    @classmethod
    def within(cls, value: float, low: float, high: float) -> Amount:
        """A number that may be anything between two others."""
        return cls(value, Interval(low, high), Interval(low, high))

    def __add__(self, other: Amount) -> Amount:
        return self._with(other, lambda one, two: one + two)

    def __sub__(self, other: Amount) -> Amount:
        return self._with(other, lambda one, two: one - two)

    def __mul__(self, other: Amount) -> Amount:
        return self._with(other, lambda one, two: one * two if one and two else 0.0)

    def __truediv__(self, other: Amount) -> Amount:
        return self._with(other, _quotient)

    def times(self, factor: float) -> Amount:
        """The amount times a plain number above zero."""
        return Amount(self.value * factor, self.hard.scaled(factor), self.near.scaled(factor))

    def _with(self, other: Amount, act: Callable[[float, float], float]) -> Amount:
        return Amount(
            act(self.value, other.value), _corners(self.hard, other.hard, act), _corners(self.near, other.near, act)
        )


def _corners(one: Interval, two: Interval, act: Callable[[float, float], float]) -> Interval:
    """The least and the greatest that two stretches can give, which stand in the corners."""
    found = [value for a in one for b in two if (value := act(a, b)) == value]
    return Interval(min(found), max(found))


def _quotient(one: float, two: float) -> float:
    if two == inf:
        return 0.0 if one != inf else 1.0
    return one / two if two else inf


def half_unit(text: str, value: float, *, least_digits: int = 2) -> float:
    """Half a unit of the last digit that `text` prints of `value`; closing zeros may be rounding, two digits are not.

    >>> half_unit("1.2 million", 1_200_000), half_unit("45,000", 45_000), half_unit("about 500", 500)
    (50000.0, 500.0, 5.0)
    >>> half_unit("ten", 10), half_unit("3.25%", 3.25)
    (0.5, 0.005)
    """
    printed = _NUMBER.findall(text)
    if not printed and 0 < abs(value) < 1:
        # "Half a point", "three-quarters of a mile".
        return abs(value) / 5
    if not printed:
        return _half_of_zeros(value, least_digits)
    number = printed[-1].replace(",", "")
    magnitude = min(_MAGNITUDES, key=lambda each: abs(log10(max(abs(value), 1e-12) / max(float(number), 1e-12) / each)))
    if "." in number:
        return float(0.5 * 10.0 ** -len(number.split(".")[1]) * magnitude)
    if magnitude > 1 and len(number) == 1:
        # "2 billion" alone: of 2.4 billion the decimal would have been printed.
        return float(magnitude / 4)
    return _half_of_zeros(float(number), least_digits) * magnitude


def _half_of_zeros(number: float, least_digits: int) -> float:
    whole = str(abs(round(number)))
    zeros = len(whole) - len(whole.rstrip("0"))
    return 0.5 * 10.0 ** max(min(zeros, len(whole) - least_digits), 0)


def amount_of(
    figure: Figure, text: str, *, exact: bool = False, cut: bool = False, least_digits: int = 2
) -> Amount | None:
    """What a figure stands for, `text` being its words; None where it has no one value (a set, a tolerance).

    `exact`: as a thing that was counted one by one, or a price, is. `cut`: it may be cut off instead of rounded, as
    19.9% printed as 19%.
    """
    value = figure.value
    if figure.kind == "range" and figure.low is not None and figure.high is not None:
        low, high = sorted((figure.low, figure.high))
        half = 0.0 if exact else half_unit(text, high, least_digits=least_digits)
        return Amount.within((low + high) / 2, low - half, high + half)
    if value is None or figure.kind in ("set", "tolerance"):
        return None
    half = 0.0 if exact else half_unit(text, value, least_digits=least_digits)
    if figure.unit == "percent" and not _NUMBER.search(text):
        # "A third" and "one in five" are said of anything near them.
        half = abs(value) * APPROXIMATELY
    if figure.kind == "lower":
        hard = Interval(value, value * (1 + NEARLY) if figure.approx else inf)
        return Amount(value, hard, Interval(value, value * (1 + NEARLY / 2)))
    if figure.kind == "upper":
        hard = Interval(value * (1 - NEARLY) if figure.approx else 0.0, value)
        return Amount(value, hard, Interval(value * (1 - NEARLY / 2), value))
    if figure.kind == "approx" or figure.approx:
        wide, close = max(half, abs(value) * APPROXIMATELY), max(half, abs(value) * APPROXIMATELY / 2)
        return Amount(value, Interval(value - wide, value + wide), Interval(value - close, value + close))
    hard = Interval(value - half, value + half * (2 if cut else 1))
    # It is unlikely that several figures were all rounded as far as they could be, and all the same way.
    return Amount(value, hard, hard if cut else Interval(value - half / 2, value + half / 2))


def compared(claim: Amount, kind: str, found: Amount, *, strictly: bool = False) -> FigureValue:
    """How a figure of `kind` agrees with what was reckoned.

    `strictly`: of differences between whole numbers, which agree through rounding alone only if all three lean one way.
    """
    if not claim.hard.meets(found.hard):
        return "inconsistent"
    if kind == "upper" and claim.hard.low == 0.0:
        return "loose" if 0 <= found.near.high * FAR <= claim.value else "consistent"
    if kind == "lower" and claim.hard.high == inf:
        return "loose" if found.near.low >= claim.value * FAR > 0 else "consistent"
    if not claim.near.meets(found.near):
        return "loose"
    if strictly and not claim.near.meets(Interval(found.value, found.value)):
        return "loose"
    return "consistent"


def spoken(value: float) -> str:
    """A number as a calculation shows it.

    >>> spoken(1207.1), spoken(0.0828), spoken(85.185), spoken(603_550), spoken(2_340_000), spoken(12.0)
    ('1,207', '0.083', '85.2', '603,550', '2.34 million', '12')
    """
    size = abs(value)
    for limit, word in ((1e12, "trillion"), (1e9, "billion"), (1e6, "million")):
        if size >= limit:
            return f"{value / limit:,.3g} {word}" if size < 1000 * limit else f"{value / limit:,.0f} {word}"
    if size >= 1000:
        return f"{value:,.0f}"
    if size >= 10 or size == 0:
        return f"{value:.1f}".removesuffix(".0")
    digits = 1 - floor(log10(size))
    return f"{value:.{max(digits, 0)}f}".rstrip("0").rstrip(".") if digits > 0 else f"{value:.1f}".removesuffix(".0")
