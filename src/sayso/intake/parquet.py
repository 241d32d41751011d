"""Parquet: an article a row, its parts in columns that are called as the fields of JSON Lines are.

Only the columns that tell of an article are read, a few rows at a time: memory does not grow with the file, and where
a part of it is damaged, the rows of that part alone are lost.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from sayso.intake.items import Failure, Item
from sayso.intake.jsonl import names_of, part_named, parts_of, row_item
from sayso.reading.limits import Limits

_FEWEST = 64
_MOST = 4096
_AT_ONCE = 8_000_000
"""So many rows are read together as have about so many bytes: each reading goes through the row group's pages, which
takes 40 ms where a row group has 236 MB."""
_ADVICE = "Get a whole copy of the file"


class Unreadable(Exception):
    """A Parquet file of which no row can be read; `failure` says why."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.reason)
        self.failure = failure


def parquet_items(path: Path, name: str, *, limits: Limits) -> Iterator[Item | Failure]:
    """The articles of a file, named after it with the row's number; a failure for each row that gives none."""
    try:
        rows = rows_in(path, name)
    except Unreadable as error:
        yield error.failure
        return
    yield from row_items(path, name, limits=limits, start=0, count=rows)


def rows_in(path: Path, name: str) -> int:
    """How many rows a file has, by its own account. Raises Unreadable where no article can be had from it."""
    table = _Table(path, name)
    if not any(table.read(at, 1) for at in (0, table.rows // 2, table.rows - 1)):
        # Also what comes of a footer that says that there are more rows than there are.
        reason = "neither its first row nor its last nor the one in the middle can be read"
        raise Unreadable(Failure("damaged", name, name, reason, _ADVICE))
    return table.rows


def row_items(path: Path, name: str, *, limits: Limits, start: int, count: int) -> Iterator[Item | Failure]:
    """An item or a failure for each of these rows, counted from 0. Raises Unreadable."""
    table = _Table(path, name)
    at = start
    while at < start + count:
        rows = min(table.at_once, start + count - at)
        yield from table.items(at, rows, limits)
        at += rows


class _Table:
    def __init__(self, path: Path, name: str) -> None:
        if find_spec("polars") is None:
            reason, advice = (
                "Parquet is read with polars, which is not installed",
                'Install it: pip install "sayso[parquet]"',
            )
            raise Unreadable(Failure("unreadable", name, name, reason, advice))
        self.polars = import_module("polars")
        self.faults = (self.polars.exceptions.PolarsError, self.polars.exceptions.PanicException, OSError)
        self.name = name
        self.at_once = _FEWEST
        try:
            with path.open("rb"):
                # A file that may not be read says so itself, in our words for it.
                scanned = self.polars.scan_parquet(path, glob=False, hive_partitioning=False)
            self.columns: list[str] = scanned.collect_schema().names()
            self.rows: int = scanned.select(self.polars.len()).collect().item()
        except self.faults[:2] as error:
            said = str(error).replace(str(path), name) if isinstance(error, self.faults[0]) else ""
            reason = f"it cannot be read as Parquet ({_first_words(said) or 'its footer is damaged'})"
            raise Unreadable(Failure("damaged", name, name, reason, _ADVICE)) from None
        self.texts = [column for column in self.columns if part_named(column) == "text"]
        if not self.texts:
            raise Unreadable(_textless(name, name, self.columns))
        if not self.rows:
            raise Unreadable(Failure("unreadable", name, name, "there is no row in it"))
        self.wanted = scanned.select([column for column in self.columns if part_named(column)])

    def items(self, start: int, count: int, limits: Limits) -> Iterator[Item | Failure]:
        """Each row's, read together, or by halves where they cannot be."""
        rows = self.read(start, count)
        if rows:
            for number, row in enumerate(rows, start + 1):
                yield self.item(row, f"{self.name}:{number}", limits)
        elif count == 1:
            yield Failure(
                "damaged",
                f"{self.name}:{start + 1}",
                self.name,
                "the row cannot be read: its part of the file is damaged",
                _ADVICE,
            )
        else:
            half = count // 2
            yield from self.items(start, half, limits)
            yield from self.items(start + half, count - half, limits)

    def read(self, start: int, count: int) -> list[dict[str, Any]]:
        """These rows, or none where not all of them can be read."""
        try:
            table = self.wanted.slice(start, count).collect()
        except self.faults:
            # What polars says of it has in it which thread came first; the same file is to give the same failure.
            return []
        self.at_once = max(_FEWEST, min(_MOST, _AT_ONCE * count // (table.estimated_size() + 1)))
        return self.cells(table) if len(table) == count else []

    def cells(self, table: Any) -> list[dict[str, Any]]:
        """The rows of what was read."""
        try:
            return table.rows(named=True)  # type: ignore[no-any-return]
        except (ValueError, OverflowError):
            # A day that Python has not: it has the years 1 to 9999.
            as_text = self.polars.selectors.temporal().cast(self.polars.String, strict=False)
            return table.with_columns(as_text).rows(named=True)  # type: ignore[no-any-return]

    def item(self, row: dict[str, Any], place: str, limits: Limits) -> Item | Failure:
        parts = parts_of({column: _plain(value) for column, value in row.items()})
        text = parts.get("text") or ""
        if not text and any(_is_garbled(row[column]) for column in self.texts):
            return Failure("damaged", place, self.name, "its text is not UTF-8")
        if not any(map(str.isalpha, text)):
            return _textless(place, self.name, self.columns, has_column="text" in parts)
        if (size := len(text.encode("utf-8", "replace"))) > limits.max_bytes:
            reason = f"its text has {size:,} bytes, over the limit of {limits.max_bytes:,}"
            return Failure("refused", place, self.name, reason, "Give the article alone")
        return row_item(parts, place, self.name, limits=limits)


def _textless(place: str, name: str, columns: list[str], *, has_column: bool = False) -> Failure:
    known = ", ".join(columns[:8]) or "none"
    reason = "its text is empty" if has_column else f"no text among its columns ({known[:200]})"
    return Failure("unreadable", place, name, reason, f"Name the column {' or '.join(names_of('text')[:2])}")


def _plain(value: Any) -> Any:
    """A cell as JSON Lines would have it."""
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    if isinstance(value, bytes):
        return "" if _is_garbled(value) else value.decode("utf-8-sig")
    if isinstance(value, list):
        return [_plain(each) for each in value]
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    return str(value) if isinstance(value, Decimal) else value


def _is_garbled(value: Any) -> bool:
    if not isinstance(value, bytes):
        return False
    try:
        value.decode("utf-8-sig")
    except UnicodeDecodeError:
        return True
    return False


def _first_words(said: str) -> str:
    return " ".join(said.partition("\n\n")[0].split())[:200]
