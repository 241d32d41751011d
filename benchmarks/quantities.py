"""What quantulum3 reads: JSON list of texts in, JSON list of quantities out, in the form of the figures corpus.

Run by `python -m training.figures --peers-python ...` in the peers' environment. quantulum3 knows no bounds; what it
calls uncertainty is taken for a range. It counts nothing by name, so where a number has no unit, none is given.
"""

from __future__ import annotations

import json
import sys
from importlib import import_module
from typing import Any

UNITS = {
    "pound sterling": "GBP",
    "dollar": "USD",
    "euro": "EUR",
    "yen": "JPY",
    "indian rupee": "INR",
    "swiss franc": "CHF",
    "new zealand dollar": "NZD",
    "australian dollar": "AUD",
    "united states dollar": "USD",
    "percentage": "percent",
    "per cent": "percent",
    "degree celsius": "degree Celsius",
    "degree fahrenheit": "degree Fahrenheit",
    "pound-mass": "pound",
    "year age": "year",
    "dimensionless": None,
}
"""Its names for units that the corpus calls by another."""


def quantities_of(text: str) -> list[dict[str, Any]]:
    """The quantities of one text."""
    parser = import_module("quantulum3.parser")
    try:
        found = parser.parse(text)
    except Exception as error:  # it gives up on some texts, and the rest is to be measured all the same
        print(f"quantulum3: {type(error).__name__} on {text!r}", file=sys.stderr)
        return []
    return [_quantity(each) for each in found]


def _quantity(found: Any) -> dict[str, Any]:
    first, _, rest = found.unit.name.lower().partition(" per ")
    unit = UNITS.get(first, first)
    if rest:
        unit = f"{unit} per {rest}"
    spread = found.uncertainty
    start, end = found.span
    return {
        "b": start,
        "e": end,
        "kind": "range" if spread else "exact",
        "value": None if spread else found.value,
        "lo": found.value - spread if spread else None,
        "hi": found.value + spread if spread else None,
        "unit": unit,
    }


if __name__ == "__main__":
    print(json.dumps([quantities_of(text) for text in json.load(sys.stdin)]))
