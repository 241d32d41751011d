"""What a rule found, and how its calculation is told."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import isfinite

from sayso.checks.reckoning.amounts import Amount, compared, spoken
from sayso.checks.reckoning.slots import Slot, units
from sayso.verdicts import FigureValue, Reference

_DECIMALS = re.compile(r"\d(?:\.(\d+))?(?!\d|,\d|\.\d)")
_WRONG = 3.0
_ROUNDS = 1000
"""Greater numbers are told in words and rounded."""
_SIGNS = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "INR": "₹"}


@dataclass(slots=True)
class Finding:
    """One calculation: the figure that it judges, the others that went into it, and what came out."""

    rule: str
    value: FigureValue
    judged: Slot
    others: Sequence[Slot]
    why: str
    expected: float | None = None
    references: list[Reference] = field(default_factory=list)
    doubt: str | None = None
    silent: bool = False
    """Whether it is only told where it accuses nobody: what was read as one thing may be two."""


def told(value: float, unit: str | None = None, *, printed: bool = False) -> str:
    """A number with its unit, as a calculation shows it. `printed`: it is the article's own, with all its decimals.

    >>> told(1207.1, "square kilometre"), told(42e6, "EUR"), told(0.083, "percent"), told(20, "person")
    ('1,207 km2', '€42 million', '0.083%', '20')
    """
    number = f"{value:g}" if printed and abs(value) < _ROUNDS and round(value, 3) == value else spoken(value)
    if unit is None:
        return number
    if unit == "percent":
        return f"{number}%"
    if unit in ("percentage point", "point"):
        return f"{number} percentage point{'' if number == '1' else 's'}"
    if unit in units():
        return f"{number} {units()[unit][3]}" if units()[unit][0] != "temperature" else f"{number}{units()[unit][3]}"
    if unit[:3].isupper() and len(unit) == 3:
        sign = _SIGNS.get(unit)
        return f"{sign}{number}" if sign else f"{number} {unit}"
    return number


def shown(slot: Slot) -> str:
    """A figure as a calculation shows it: its number with its unit, and the sign of its bound."""
    figure = slot.figure
    if slot.letter in "YO":
        return slot.text
    if figure.kind == "range" and figure.low is not None and figure.high is not None:
        return f"{spoken(figure.low)} to {told(figure.high, slot.unit)}"
    words = {"lower": "more than ", "upper": "less than ", "approx": "about "}.get(figure.kind, "")
    if figure.inclusive and figure.kind in ("lower", "upper"):
        words = {"lower": "at least ", "upper": "at most "}[figure.kind]
    return words + told(figure.value or 0.0, slot.unit, printed=True)


def plainly(slot: Slot) -> str:
    """The same without the sign of its bound: what is reckoned with."""
    figure = slot.figure
    return shown(slot) if figure.value is None or slot.letter in "YO" else told(figure.value, slot.unit, printed=True)


def percent_like(slot: Slot, value: float) -> str:
    """A percentage with one digit more than the figure has that it is held against."""
    number = _DECIMALS.search(slot.text)
    digits = len(number[1]) + 1 if number and number[1] else 1
    written = f"{value:.{digits}f}"
    return f"{written.removesuffix('.0')}%" if float(written) or not value else told(value, "percent")


def _is_near(claimed: float, found: float) -> bool:
    """Whether an error is of a size that people make, not one that comes of reckoning with the wrong figures."""
    return claimed * found > 0 and 1 / _WRONG <= abs(claimed / found) <= _WRONG


def judged_by(
    rule: str,
    judged: Slot,
    others: Sequence[Slot],
    found: Amount,
    told_as: str,
    *,
    strictly: bool = False,
    would_be: str = "",
    references: Sequence[Reference] = (),
    claim: Amount | None = None,
    sure: bool = True,
) -> Finding | None:
    """The finding of a rule that reckoned `found` for the figure `judged`; None where that has no one value.

    `sure` is whether the figures are known to be of one thing: of others a result that is far off accuses nobody.
    `told_as` is the calculation with its result; `would_be` says what would have to be for the figure to be right.
    """
    amount = claim or judged.amount(claimed=True)
    if amount is None or found.value != found.value:
        return None
    if claim is None:
        # Of what is claimed all is likely that would be printed so.
        amount = Amount(amount.value, amount.hard, amount.hard if judged.figure.kind == "exact" else amount.near)
    value = compared(amount, judged.figure.kind, found, strictly=strictly)
    if value == "inconsistent" and not sure and not _is_near(amount.value, found.value):
        return None
    why = told_as
    if value == "inconsistent":
        why += f", not {shown(judged)}"
    elif value == "loose" and judged.figure.kind in ("lower", "upper"):
        why += f": {shown(judged)} is true, but far from it"
    elif value == "loose":
        low, high = found.hard
        if isfinite(high) and low != high:
            unit = "percentage point" if judged.letter == "Q" else judged.unit if judged.letter != "C" else None
            why += f", by rounding anything from {spoken(max(low, 0.0))} to {told(high, unit)}"
        why += f"; {shown(judged)} is only right if the figures are rounded far, and all the same way"
    if value != "consistent" and would_be:
        why += f"; {would_be}"
    return Finding(rule, value, judged, others, why + ".", found.value, list(references))
