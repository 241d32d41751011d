"""The tables of a batch: which columns each has, of which type, and what they are (columns.tsv).

Dates stand as text where a record has them so, since a day of which no year follows (`03-14`) and a moment with its
time zone are no days; where a day can be told, a column of its own has it.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, cast, get_args

from sayso.wordlists import read_rows

Type = Literal["text", "texts", "integer", "number", "numbers", "truth", "day", "span", "spans"]
"""`texts`, `numbers` and `spans` are lists, never null; all others may be. A span is a list `[start, end]`."""
LISTS: frozenset[Type] = frozenset({"texts", "numbers", "spans"})
Row = dict[str, Any]
"""Plain data by the names of a table's columns: a `day` is its ISO 8601 text, spans are lists."""
Rows = dict[str, list[Row]]
"""Rows by the names of their tables."""

_COLUMNS = Path(__file__).with_name("columns.tsv")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table."""

    name: str
    type: Type
    about: str
    """What it is, in Markdown."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table, its columns in their order."""

    name: str
    columns: tuple[Column, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Those of the columns."""
        return tuple(each.name for each in self.columns)


def _read() -> dict[str, Table]:
    columns: dict[str, list[Column]] = {}
    for table, name, kind, about in read_rows(_COLUMNS, heading=True):
        if kind not in get_args(Type):
            raise ValueError(f"{_COLUMNS.name}: {table}.{name} is of the type {kind!r}, which there is not")
        columns.setdefault(table, []).append(Column(name, cast("Type", kind), about))
    return {name: Table(name, tuple(each)) for name, each in columns.items()}


TABLES: dict[str, Table] = _read()
"""All tables by name: those of the reading, in the order of the file, then those of the grouping."""
