"""What a query asks for, as a tree: read from the query's text alone, before any archive is looked at.

Every leaf knows where it stands in the query, `[start, end)`, so that an answer can point to it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from sayso.archive.days import Field as DayField

NameField = Literal["speaker", "about", "outlet"]
IdField = Literal["article", "statement"]


@dataclass(frozen=True, slots=True)
class Words:
    """Words in succession: one, in any of its forms, or those of a phrase, as they are."""

    parts: tuple[str, ...]
    """Folded; "front-line" has two."""
    start: int
    end: int
    exact: bool = False
    """Whether it stood in quotation marks."""
    prefix: bool = False
    """Whether the last part is only the beginning of a word."""


@dataclass(frozen=True, slots=True)
class Name:
    """Whoever has a name, or an id of the archive ("#12")."""

    field: NameField
    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Days:
    """A stretch of days, both included; None where it has no end."""

    field: DayField
    first: date | None
    last: date | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark of `sayso.archive.marks`."""

    family: str
    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Address:
    """Articles whose address has these characters in it."""

    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Id:
    """An article's statements, or one statement, by the id that the archive gave."""

    field: IdField
    value: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Like:
    """Statements that mean much the same as a text."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class All:
    """All of the parts; of none, everything."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Any:
    """At least one of the parts."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class No:
    """What the part does not find."""

    part: Node


Leaf = Words | Name | Days | Mark | Address | Id | Like
Node = Leaf | All | Any | No


def leaves(node: Node, *, wanted: bool = False) -> list[Leaf]:
    """The leaves of a tree in the query's order; with `wanted`, those alone that nothing excludes."""
    if isinstance(node, All | Any):
        return [leaf for part in node.parts for leaf in leaves(part, wanted=wanted)]
    if isinstance(node, No):
        return [] if wanted else leaves(node.part)
    return [node]
