"""The figures of a sentence as slots, by kind of figure, and what each stands for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sayso.checks.reckoning.amounts import Amount, amount_of
from sayso.documents import Span
from sayso.verdicts import Figure
from sayso.wordlists import read_rows

_DATA = Path(__file__).parents[1] / "data"
_CENTS = re.compile(r"\bcents?\b")
"""They are of dollars, of euros, and of more."""
_SCALED = re.compile(r"\d\s?(?:k|m|bn|tn)\b|illion|\bthousand", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Slot:
    """One figure of a sentence: its letter, its words with those of its bound, and the figure itself."""

    letter: str
    span: Span
    text: str
    figure: Figure
    listed: bool = True
    """Whether the figure is one of the article's; a year, a ratio and an ordinal may be read here alone."""

    @property
    def unit(self) -> str | None:
        """The figure's unit without its "per", which the words behind the slot tell; of cents None."""
        unit = self.figure.unit
        if self.letter == "M" and _CENTS.search(self.text):
            return None
        return unit if unit is None or unit in units() else unit.partition(" per ")[0]

    def amount(self, *, claimed: bool = False) -> Amount | None:
        """What the figure stands for. `claimed`: it is a result, which may be rounded where a count or price is not."""
        value = self.figure.value or 0.0
        whole = self.letter in "CMY" and abs(value) < 1000 and not _SCALED.search(self.text)
        return amount_of(
            self.figure,
            self.text,
            exact=whole and not claimed and self.figure.kind == "exact",
            cut=claimed and self.letter == "P",
            # A price that is printed with all its zeros is meant so.
            least_digits=3 if self.letter == "M" and not _SCALED.search(self.text) else 2,
        )


@cache
def units() -> dict[str, tuple[str, tuple[float, ...], str, str]]:
    """By name: dimension, factors, system and symbol of a unit of measure."""
    return {
        name: (dimension, tuple(map(float, factors.split(","))), system, symbol)
        for name, dimension, factors, system, symbol in read_rows(_DATA / "units.tsv", heading=True)
    }


def letter_of(figure: Figure) -> str:
    """The kind of slot for a figure."""
    unit = figure.unit
    if unit is None:
        return "C"
    if unit.partition(" per ")[0] == "percent":
        return "P"
    if unit.partition(" per ")[0] in ("percentage point", "point"):
        return "Q"
    if unit == "ratio":
        return "R"
    if len(unit) >= 3 and unit[:3].isupper() and (len(unit) == 3 or unit[3] == " "):
        return "M"
    known = units().get(unit) or units().get(unit.partition(" per ")[0])
    return ("T" if known[0] == "time" else "U") if known else "C"
