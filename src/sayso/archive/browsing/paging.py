"""Cursors of lists: the place behind the last row, as a word that a caller hands back unread.

As those of a search (`sayso.archive.searching.paging`), they name a place and not a number of rows to skip: while
articles are added, no row comes twice and none is left out. One of another list, or of the same with other conditions,
is refused.
"""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_

from sayso.archive.bounds import MOST_ID
from sayso.archive.cursors import digest_of, no_cursor, values_in, word_of
from sayso.errors import BadSetting

MOST = 1_000
"""Rows of one page."""
_FORM = 1
Place = tuple[int | None, int]
"""What the last row is sorted by (None where it has no value), and its id."""


def check_limit(limit: int) -> None:
    """Raises BadSetting for what is no number of rows."""
    if not 0 <= limit <= MOST:
        raise BadSetting("limit", limit, f"a number from 0 to {MOST:,}")


def packed(place: Place, *, of: tuple[object, ...]) -> str:
    """The cursor as a word of letters, digits, `-` and `_`; `of` is the list's name with its conditions."""
    return word_of([_FORM, _digest(of), *place])


def unpacked(word: str, *, of: tuple[object, ...]) -> Place:
    """The place in such a word. Raises BadSetting for what is none, and for one of another list."""
    try:
        form, digest, value, number = values_in(word)
        if form != _FORM or not isinstance(digest, str):
            raise ValueError
        for each in (number, 0 if value is None else value):
            if type(each) is not int or abs(each) > MOST_ID:
                raise ValueError
    except (ValueError, TypeError):
        raise no_cursor(word) from None
    if digest != _digest(of):
        raise BadSetting("after", word[:40], "the `next` of a page of this list; begin at the first page")
    return value, number


def behind(query: Select[Any], value: ColumnElement[Any], number: ColumnElement[int], place: Place) -> Select[Any]:
    """The query for what comes after a place, the highest value first, those without one last."""
    after, last = place
    if after is None:
        return query.where(value.is_(None), number < last)
    return query.where(or_(value < after, value.is_(None), and_(value == after, number < last)))


def _digest(of: tuple[object, ...]) -> str:
    return digest_of(json.dumps([str(each) for each in of]))
