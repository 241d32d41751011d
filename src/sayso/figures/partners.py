"""Units that the figure beside tells: "500 tonnes (1,100 pounds)" is a mass, "30 degrees (86F)" a temperature."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from sayso.verdicts import Figure

_BETWEEN = re.compile(r"(?:(?:\s+[^\W\d_]+){0,3}\s*[(\[]|,\s+or|/)\s*(?:(?:or|about|around|roughly|nearly)\s*)?")
_PRICED = re.compile(r"\s*(?:each|apiece|worth|per|a|an|in|at|of (?:damage|fines))\b", re.IGNORECASE)
_POUNDS = re.compile(r"\bpounds?\b", re.IGNORECASE)
_MASSES = frozenset(["tonne", "ton", "kilogram", "gram", "ounce", "stone", "kilotonne", "quintal"])
_OTHER_SCALE = {"degree Celsius": "degree Fahrenheit", "degree Fahrenheit": "degree Celsius"}
_OF_AN_INDEX = 100
"""So many points are no percentage points."""


def settle_partners(text: str, figures: Sequence[Figure]) -> None:
    """Gives pounds, degrees and points the unit that a figure in brackets or behind "or" shows them to have."""
    for one, two in pairwise(figures):
        if one.unit and two.unit and _BETWEEN.fullmatch(text, one.span.end, two.span.start):
            after = text[two.span.end : two.span.end + 12]
            _settle(text, one, two, after)
            _settle(text, two, one, after)


def _settle(text: str, figure: Figure, partner: Figure, after: str) -> None:
    unit = figure.unit
    if unit == "GBP" and partner.unit in _MASSES:
        if _POUNDS.search(figure.span.of(text)) and not _PRICED.match(after):
            figure.unit = "pound"
    elif unit == "degree" and partner.unit in _OTHER_SCALE:
        figure.unit = _OTHER_SCALE[partner.unit]
    elif unit == "point" and partner.unit in {"basis point", "percentage point"}:
        figure.unit = "percentage point"
    elif unit == "percentage point" and partner.unit == "percent" and (figure.value or 0) > _OF_AN_INDEX:
        figure.unit = "point"
