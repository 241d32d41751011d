"""Dates as the trade writes them in datelines and below headlines. Never guesses a year: see `PartialDate.complete`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?\b(?!:\d)"
_YEAR = r"(?:,?\s+(?P<year>(?:19|20)\d\d)\b)?"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"{_WEEKDAY}{_MONTH}\s+{_DAY}{_YEAR}",
        rf"{_WEEKDAY}(?:the\s+)?{_DAY}\s+(?:of\s+)?{_MONTH}{_YEAR}",
        r"(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)(?!\d)",
    )
)
_WEEKDAY_ALONE = re.compile(r"(mon|tues|wednes|thurs|fri|satur|sun)day\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A day as far as the text gives it: day and month with or without a year, or a weekday (0 is Monday) alone."""

    month: int | None = None
    day: int | None = None
    year: int | None = None
    weekday: int | None = None

    def complete(self, published: date | None) -> date | None:
        """The full day; None where neither the text nor `published` settles it.

        The year comes from the text or is the one that brings the day nearest to `published` (a report of 31 December
        that came out on 2 January). A weekday alone is the last such day on or before `published`.

        >>> PartialDate(month=12, day=31).complete(date(2024, 1, 2))
        datetime.date(2023, 12, 31)
        """
        if self.weekday is not None:
            return published - timedelta(days=(published.weekday() - self.weekday) % 7) if published else None
        if self.month is None or self.day is None:
            return None
        if self.year is not None:
            return _day(self.year, self.month, self.day)
        if published is None:
            return None
        days = [_day(published.year + shift, self.month, self.day) for shift in (-1, 0, 1)]
        return min((day for day in days if day), key=lambda day: abs(day - published), default=None)


def match_date(text: str, start: int, *, weekdays: bool = True) -> tuple[PartialDate, int] | None:
    """The date that begins at exactly `start`, and where it ends; None where none does.

    >>> match_date("LONDON, 8 Nov 2023 (Reuters)", 8)
    (PartialDate(month=11, day=8, year=2023, weekday=None), 18)
    """
    for form in _FORMS:
        found = form.match(text, start)
        if not found:
            continue
        month, year = found["month"], found["year"]
        number = int(month) if month.isdigit() else _month_number(month)
        partial = PartialDate(number, int(found["day"]), int(year) if year else None)
        if _day(partial.year or 2000, number, int(found["day"])):
            return partial, found.end()
    if weekdays and (named := _WEEKDAY_ALONE.match(text, start)):
        return PartialDate(weekday=WEEKDAYS.index(named.group().lower())), named.end()
    return None


def find_date(text: str) -> PartialDate | None:
    """The first date with a day and a month in a short line such as "Published: 3 May 2024, 10:15 BST"."""
    for start in (found.start() for found in re.finditer(r"(?<!\w)\w", text)):
        match = match_date(text, start, weekdays=False)
        if match:
            return match[0]
    return None


def parse_published(value: object) -> datetime | date | None:
    """A date or time as metadata writes it (ISO 8601, RFC 3339, or a written date with its year); None if unread."""
    if not isinstance(value, str):
        return None
    text = value.strip()
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        found = find_date(text)
        return found.complete(None) if found else None
    try:
        return datetime.fromisoformat(re.sub(r"\s+(?=[+-]\d\d)", "", text))
    except ValueError:
        found = find_date(text[:200])
        return found.complete(None) if found else None


def day_of(moment: datetime | date | None) -> date | None:
    """The day of a moment."""
    return moment.date() if isinstance(moment, datetime) else moment


def _month_number(name: str) -> int:
    return next(number for number, month in enumerate(MONTHS, 1) if month.startswith(name.lower()[:3]))


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
