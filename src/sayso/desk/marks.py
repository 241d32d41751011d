"""The marks of statements in words."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sayso.archive.marks import marks_of
from sayso.wordlists import read_rows

_DATA = Path(__file__).parent / "data/marks.tsv"


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark as pages tell it."""

    family: str
    name: str
    choice: str
    """In a list to choose from."""
    told: str
    """Of a statement; "" for what is ordinary."""


@cache
def marks() -> dict[tuple[str, str], Mark]:
    """All marks by family and name, in the order in which pages list them."""
    rows = (Mark(*(*each, "")[:4]) for each in read_rows(_DATA))
    return {(each.family, each.name): each for each in rows}


def choices(family: str) -> list[Mark]:
    """The marks of a family, as a list to choose from has them."""
    return [each for each in marks().values() if each.family == family]


def told(bits: int) -> list[Mark]:
    """What is worth telling of a statement with these marks, its verdicts last."""
    had = set(marks_of(bits))
    found = [each for key, each in marks().items() if each.told and key in had]
    return sorted(found, key=lambda each: each.family == "verdict")


def worded(family: str, name: str) -> str:
    """A mark as a choice; its own name where there are no words for it."""
    known = marks().get((family, name))
    return known.choice if known else name
