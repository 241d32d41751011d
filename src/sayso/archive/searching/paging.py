"""Cursors: where the next page of a search begins, as a word that a caller hands back unread.

A cursor names the place behind the last hit, not a number of hits to skip, so that pages stay as they are while
articles are added; where hits are ranked, what was added since the first page stays out. It is bound to the query and
its order: with another one it is refused.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sayso.archive.bounds import MOST_ID
from sayso.archive.cursors import digest_of, no_cursor, values_in, word_of
from sayso.errors import BadSetting

FORM = 1
Value = int | str | None


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place in the answer to one query."""

    sort: str
    """The order that the first page had."""
    today: date
    """From which the query counts its days."""
    upper: int
    """The highest statement there was on the first page."""
    value: Value = None
    """What the last hit is sorted by: a day, a name; None where it has none."""
    id: int = 0
    """The last hit's statement."""
    offset: int = 0
    """Hits before it, where they are ranked."""


def packed(cursor: Cursor, *, query: str, sort: str) -> str:
    """The cursor as a word of letters, digits, `-` and `_`; `sort` is the order that was asked for."""
    values = [
        *(FORM, _digest(query, sort), cursor.sort, cursor.today.toordinal()),
        *(cursor.upper, cursor.value, cursor.id, cursor.offset),
    ]
    return word_of(values)


def unpacked(word: str, *, query: str, sort: str) -> Cursor:
    """The cursor in such a word.

    Raises BadSetting for what is none, and for one of another query or another order.
    """
    try:
        form, digest, order, today, upper, value, number, offset = values_in(word)
        known = form == FORM and isinstance(digest, str) and isinstance(order, str) and isinstance(value, Value)
        numbers = all(isinstance(each, int) and 0 <= each <= MOST_ID for each in (upper, number, offset))
        if isinstance(value, int) and abs(value) > MOST_ID:
            numbers = False
        if not known or not numbers:
            raise ValueError
        cursor = Cursor(order, date.fromordinal(today), upper, value, number, offset)
    except (ValueError, TypeError, OverflowError):
        raise no_cursor(word) from None
    if digest != _digest(query, sort):
        raise BadSetting(
            "after", word[:40], "the `next` of a page of this query in this order; begin at the first page"
        )
    return cursor


def _digest(query: str, sort: str) -> str:
    return digest_of(f"{sort}\0{' '.join(query.split())}")
