"""Days, months, years and stretches of them as a query writes them."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

from sayso.reading.dates import MONTHS

_ISO = re.compile(r"(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?")
_AGO = re.compile(r"(\d{1,4})([dwmy])")
HOW = "Write 2023-11-14, 2023-11, 2023, 2023-11-01..2023-11-30, today, yesterday or 7d (7w, 7m, 7y)"
_MONTHS = [month[:3] for month in MONTHS]
_MONTH = re.compile(
    "jan(uary)?|feb(ruary)?|mar(ch)?|apr(il)?|may|june?|july?|aug(ust)?|sept?(ember)?|oct(ober)?|nov(ember)?|dec(ember)?"
)
_NAMED = re.compile(r"(?:(?P<day>\d{1,2}) )?(?P<month>[a-z]{3,9})\.?(?: (?P<other>\d{1,2}),?)? (?P<year>\d{4})")
_OTHERWISE = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})")

Stretch = tuple[date | None, date | None]


class BadPeriod(ValueError):
    """What is no day, month, year or stretch: `reason` says why, `advice` what to write instead."""

    def __init__(self, reason: str, advice: str = HOW) -> None:
        super().__init__(reason)
        self.reason = reason
        self.advice = advice


def period_of(value: str, *, today: date) -> Stretch:
    """First and last day of what is written, both included; None for an end that is left open.

    >>> [str(day) for day in period_of("2024-02", today=date(2024, 3, 1))]
    ['2024-02-01', '2024-02-29']
    >>> [str(day) for day in period_of("7d", today=date(2024, 3, 1))], period_of("..2023", today=date(2024, 3, 1))[0]
    (['2024-02-23', '2024-03-01'], None)

    Raises BadPeriod.
    """
    value = value.strip()
    if ".." in value:
        before, _, after = value.partition("..")
        if not before and not after:
            raise BadPeriod("'..' has no day on either side")
        first = _single(before, today)[0] if before else None
        last = _single(after, today)[1] if after else None
        if first and last and first > last:
            raise BadPeriod(f"{before} is after {after}", f"Turn them round: {after}..{before}")
        return first, last
    return _single(value, today)


def _single(value: str, today: date) -> tuple[date, date]:
    plain = value.casefold()
    if plain in ("today", "yesterday"):
        day = today - timedelta(days=plain == "yesterday")
        return day, day
    if match := _AGO.fullmatch(plain):
        return _ago(int(match[1]), match[2], today), today
    if match := _ISO.fullmatch(plain):
        return _written(value, int(match[1]), match[2], match[3])
    named = _NAMED.fullmatch(" ".join(plain.split()))
    if named and _MONTH.fullmatch(named["month"]) and not (named["day"] and named["other"]):
        month = _MONTHS.index(named["month"][:3]) + 1
        return _written(value, int(named["year"]), str(month), named["day"] or named["other"])
    if match := _OTHERWISE.fullmatch(plain):
        raise BadPeriod(
            f"'{value}' can be read in two ways", f"Write the year first: {match[3]}-{match[2]:>02}-{match[1]:>02}"
        )
    raise BadPeriod(f"'{value}' is no day, month or year" if value else "A day, month or year is missing")


def _written(value: str, year: int, month: str | None, day: str | None) -> tuple[date, date]:
    if year == 0:
        raise BadPeriod("There is no year 0")
    if month is None:
        return date(year, 1, 1), date(year, 12, 31)
    if not 1 <= int(month) <= 12:
        raise BadPeriod(f"There is no month {month}")
    length = calendar.monthrange(year, int(month))[1]
    if day is None:
        return date(year, int(month), 1), date(year, int(month), length)
    if not 1 <= int(day) <= length:
        raise BadPeriod(f"There is no day {value}", f"That month has {length} days")
    return (date(year, int(month), int(day)),) * 2


def _ago(number: int, unit: str, today: date) -> date:
    """The day so many days, weeks, months or years before today; the month's last where it has no such day."""
    try:
        if unit in "dw":
            return today - timedelta(days=number * (7 if unit == "w" else 1))
        months = today.year * 12 + today.month - 1 - number * (12 if unit == "y" else 1)
        year, month = months // 12, months % 12 + 1
        return date(year, month, min(today.day, calendar.monthrange(year, month)[1]))
    except (OverflowError, ValueError):
        raise BadPeriod(f"'{number}{unit}' is before the first year") from None
