"""Days as keys of the search index, so that a stretch of time is looked up like a word.

A statement has its year, its month and its day of publication as keys, and those of the day on which it was said: a
stretch of time is then a few whole years and months and the days at its ends, and the index alone counts what it has.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Literal

from sayso.archive.matching import Key, Match, Or

EPOCH = date(1970, 1, 1)
Field = Literal["published", "said"]
_LETTERS: dict[str, str] = {"published": "p", "said": "s"}
_FULL_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T|$)")


def day_number(day: date) -> int:
    """Whole days since 1970-01-01, as the archive's tables have them.

    >>> day_number(date(1970, 1, 3))
    2
    """
    return (day - EPOCH).days


def day_of(number: int) -> date:
    """The day of such a number."""
    return EPOCH + timedelta(days=number)


def iso_day(number: int | None) -> str | None:
    """The day of such a number as ISO 8601; None where there is none.

    >>> iso_day(2), iso_day(None)
    ('1970-01-03', None)
    """
    return None if number is None else day_of(number).isoformat()


def full_day(told: str | None) -> int | None:
    """The number of the day that an occasion names, where the article gives all of it.

    >>> full_day("1970-01-03"), full_day("01-03")
    (2, None)
    """
    found = _FULL_DAY.match(told or "")
    if found is None:
        return None
    try:
        return day_number(date(*map(int, found.groups())))
    except ValueError:
        return None


def day_keys(published_day: int | None, said_day: int | None) -> list[str]:
    """The keys of a statement's two days.

    >>> day_keys(day_number(date(2023, 11, 14)), None)
    ['p2023', 'p202311', 'p20231114', 'snone']
    """
    keys = []
    for letter, number in (("p", published_day), ("s", said_day)):
        if number is None:
            keys.append(f"{letter}none")
        else:
            year, month, rest = day_of(number).isoformat().split("-")
            keys += [f"{letter}{year}", f"{letter}{year}{month}", f"{letter}{year}{month}{rest}"]
    return keys


def year_key(field: Field, year: int) -> Key:
    """The key of a year."""
    return Key(f"{_LETTERS[field]}{year:04}")


def month_key(field: Field, year: int, month: int) -> Key:
    """The key of a month."""
    return Key(f"{_LETTERS[field]}{year:04}{month:02}")


def no_day_key(field: Field) -> Key:
    """The key of what has no day."""
    return Key(f"{_LETTERS[field]}none")


def between(field: Field, first: date, last: date) -> Match:
    """What lies between two days, both included.

    >>> [key.key for key in between("published", date(2022, 12, 30), date(2024, 2, 1)).parts]
    ['p20221230', 'p20221231', 'p2023', 'p202401', 'p20240201']
    """
    return Or(tuple(_stretch(field, first, last)))


def _stretch(field: Field, first: date, last: date) -> Iterator[Key]:
    while first <= last:
        year_end = date(first.year, 12, 31)
        month_end = date(first.year, first.month, calendar.monthrange(first.year, first.month)[1])
        if first.day == 1 and first.month == 1 and year_end <= last:
            yield year_key(field, first.year)
            end = year_end
        elif first.day == 1 and month_end <= last:
            yield month_key(field, first.year, first.month)
            end = month_end
        else:
            yield Key(f"{_LETTERS[field]}{first.year:04}{first.month:02}{first.day:02}")
            end = first
        if end == date.max:
            return
        first = end + timedelta(days=1)
