"""Rows as Parquet can hold them, and as they were before.

Half of a surrogate pair, from bytes that were no text, is nothing that Parquet's UTF-8 can hold. U+FFFD takes its
place, one character for one, so that all spans stand; column `exact` says what stood where. In `article`, by which
rows are joined, each half has a character of private use of its own instead: two names stay two.
"""

from __future__ import annotations

import json
import re
from typing import Any

from sayso.batch.tables import LISTS, TABLES, Row

KEY = "article"
"""The column by which the rows of all tables are joined."""
_HALF = re.compile("[\ud800-\udfff]")
_PRIVATE = 0x10F800 - 0xD800
"""From a half to its place in the last 2,048 characters of Unicode's last plane of private use."""
_Shape = list[list[int]]
_HEADS = ("articles", "failures")


def writable(table: str, row: Row) -> Row:
    """A row with all columns of its table, and with nothing in it that Parquet cannot hold.

    Columns that are not given are null, and empty where they are lists.
    """
    found: dict[str, _Shape] = {}
    made: Row = {}
    for column in TABLES[table].columns:
        value: Any = row.get(column.name, [] if column.type in LISTS else None)
        if column.type == "text" and value is not None and _HALF.search(value):
            found[column.name] = _halves(value)
            value = _HALF.sub(_private if column.name == KEY else "\ufffd", value)
        elif column.type == "texts" and any(map(_HALF.search, value)):
            found[column.name] = [[at, *each] for at, text in enumerate(value) for each in _halves(text)]
            value = [_HALF.sub("\ufffd", each) for each in value]
        made[column.name] = value
    if found and table not in _HEADS:
        # The article's own row tells it.
        found.pop(KEY, None)
    made["exact"] = json.dumps(found) if found else None
    return made


def exact(row: Row) -> Row:
    """A row, or some columns of it, as it was before `writable`, but for the key of rows that are not the article's."""
    if row["exact"] is None:
        return row
    made = dict(row)
    for name, places in json.loads(row["exact"]).items():
        if name not in row:
            continue
        if isinstance(row[name], str):
            made[name] = _restored(row[name], places)
        else:
            made[name] = [
                _restored(text, [[at, half] for index, at, half in places if index == number])
                for number, text in enumerate(row[name])
            ]
    return made


def _halves(text: str) -> _Shape:
    return [[each.start(), ord(each[0])] for each in _HALF.finditer(text)]


def _restored(text: str, places: _Shape) -> str:
    letters = list(text)
    for at, half in places:
        letters[at] = chr(half)
    return "".join(letters)


def _private(half: re.Match[str]) -> str:
    return chr(ord(half[0]) + _PRIVATE)
