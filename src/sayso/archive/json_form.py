"""What the archive gives, in JSON: every field written out, by the name that it has in Python."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import Any

from sayso.archive.forms import Hit, Page
from sayso.archive.marks import FAMILIES, names_in


def page_to_json(page: Page) -> dict[str, Any]:
    """A page of a search, its hits as `hit_to_json` has them."""
    return {**as_json(page), "hits": [hit_to_json(each) for each in page.hits]}


def hit_to_json(hit: Hit) -> dict[str, Any]:
    """One statement found, its marks in words, by their families: `{"quotation": ["direct"], ...}`."""
    return {**as_json(hit), "marks": {family: names_in(hit.marks, family) for family in FAMILIES}}


def as_json(value: Any) -> Any:
    """A plain form of the archive (a trace, a problem, a speaker, a decision) by its own field names."""
    if is_dataclass(value):
        # Python has a keyword where the form says "class".
        return {each.name.rstrip("_"): as_json(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, dict):
        return {name: as_json(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [as_json(each) for each in value]
    # Scores say nothing beyond the thousandth.
    return round(value, 3) if isinstance(value, float) else value
