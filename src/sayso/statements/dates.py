"""When something was said: the dated adverbials of news prose, and the day that they come to.

Not to be mixed up with `sayso.reading.dates`, which reads datelines: here are "on Monday night", "a day earlier" and
"last week" as well, and what they mean hangs on the day of the article and on the day of the utterance before.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from sayso.documents import Article
from sayso.reading.dates import PartialDate, day_of, match_date

_NUMBERS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_HOURS = r"(?:\s+(?:morning|afternoon|evening|night|lunchtime|at\s+noon|at\s+midnight))?"
_OPENING = re.compile(
    r"(?:(?:earlier|later|early|late|only|just)\s+)?(?P<on>on\s+)?(?:(?:in\s+)?(?:the\s+)?(?:morning|afternoon|evening|night|early\s+hours)\s+of\s+"
    r"|(?:early|late)\s+(?:on\s+)?)?(?P<last>last\s+)?",
    re.IGNORECASE,
)
_CLOSING = re.compile(_HOURS, re.IGNORECASE)
_DAY_WORD = re.compile(
    r"(?:(?:earlier|later|late|early)\s+)?(?:on\s+)?(?:"
    rf"(?P<yesterday>yesterday{_HOURS}|last\s+night)"
    r"|(?P<today>today(?!\s+(?:programme|program|show)\b)|tonight|this\s+(?:morning|afternoon|evening|lunchtime))"
    r"|(?P<number>a|one|two|three|four|five|six)\s+days?\s+(?P<way>earlier|before(?!\s+\w)|previously|ago)"
    r"|the\s+(?P<before>day\s+before(?!\s+\w)|previous\s+day|previous\s+evening)"
    r"|(?P<same>(?:the\s+same|in\s+the|that)\s+(?:day|evening|night|morning|afternoon))"
    r"|the\s+(?P<next>(?:next|following)\s+(?:day|morning))"
    r")\b",
    re.IGNORECASE,
)
_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_UNDATED = re.compile(
    r"(?:(?:earlier|late|later|early)\s+)?(?:in\s+)?(?:"
    r"(?:last|this|next)\s+(?:week|weekend|month|year|spring|summer|autumn|fall|winter|season|term|fortnight)"
    r"|the\s+(?:same|previous|following)\s+(?:week|month|year)"
    r"|(?:(?:a|an|one|two|three|four|five|six|ten|several|some|a\s+few|\d+)\s+)?(?:weeks?|months?|years?|hours?|minutes?|decades?"
    r"|days|moments)\s+(?:ago|earlier|later|before(?!\s+\w))"
    r"|for\s+(?:(?:many|more\s+than|the\s+past|the\s+last|several|some|almost|nearly|over|two|three|four|five|six|ten|twenty|\d+)\s+)*"
    r"(?:days|weeks|months|years|decades|centuries|generations)"
    r"|within\s+(?:the\s+hour|(?:an?|two|three|four|five|a\s+few|minutes|hours|days)(?:\s+(?:hours?|minutes|days|weeks))?)"
    r"|in\s+(?:the\s+)?(?:spring|summer|autumn|winter)(?!\s+of)"
    r"|afterwards|(?:soon|shortly)\s+after(?:wards)?(?!\s+\w)"
    r"|(?:every|each)\s+(?:day|night|morning|week|month|year|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)"
    r"|earlier\s+in\s+the\s+(?:day|week|month|year|season)"
    r"|recent\s+(?:days|weeks|months|years))\b"
    rf"|(?:earlier\s+|late\s+|back\s+)?in\s+(?:early\s+|late\s+|mid-?)?{_MONTH}(?:,?\s+(?:19|20)\d\d)?\b(?!\s+\d)"
    r"|(?:back\s+)?in\s+(?:(?:spring|summer|autumn|fall|winter)\s+)?(?:of\s+)?(?:19|20)\d\d\b"
    r"|(?:over|at|during)\s+the\s+weekend\b"
    rf"|(?:last|this)\s+{_MONTH}\b",
    re.IGNORECASE,
)
_NOT_ITSELF = re.compile(r"['’]s?\b|-\w|–\w|/\d")


class When(NamedTuple):
    """A dated adverbial: where it ends, and what it says of the day (None: nothing as exact as a day)."""

    end: int
    resolve: Callable[[Calendar, bool], str | None] | None
    bare: bool = False
    """A weekday or date without "on" before it ("said Monday")."""


@dataclass(slots=True)
class Calendar:
    """The day of the article, and that of the utterance before; either full or as month and day alone."""

    today: date | None = None
    month_day: tuple[int, int] | None = None
    """Of an article whose dateline lacks the year."""
    last: str | None = None
    """The date of the last dated utterance before this one."""

    @classmethod
    def of(cls, article: Article) -> Calendar:
        """By the dateline where it is dated, else by the day of publication."""
        dateline = article.dateline
        today = (dateline.date if dateline else None) or day_of(article.published)
        if today is not None or dateline is None:
            return cls(today)
        for found in re.finditer(r"(?<!\w)\w", dateline.span.of(article.text)):
            partial = match_date(article.text, dateline.span.start + found.start(), weekdays=False)
            if partial and partial[0].month and partial[0].day:
                return cls(None, (partial[0].month, partial[0].day))
        return cls()

    def shifted(self, days: int, *, since_last: bool = False) -> str | None:
        """So many days after the article, or after the last dated utterance if there is one."""
        if since_last and self.last is not None:
            return _shift(self.last, days)
        if self.today is not None:
            return (self.today + timedelta(days)).isoformat()
        return _shift(f"{self.month_day[0]:02}-{self.month_day[1]:02}", days) if self.month_day else None

    def weekday(self, weekday: int, *, coming: bool, before_today: bool) -> str | None:
        """The last such day on or before the article's, or the next one of what is still to come."""
        if self.today is None:
            return None
        away = (weekday - self.today.weekday()) % 7 if coming else -((self.today.weekday() - weekday) % 7)
        return (self.today + timedelta(away - 7 if before_today and away == 0 else away)).isoformat()

    def named(self, partial: PartialDate, *, coming: bool) -> str | None:
        """A written date, its year the last in which it was not still to come (a day's grace for time zones)."""
        month, day = partial.month, partial.day
        if month is None or day is None:
            return None
        if partial.year is not None:
            return f"{partial.year}-{month:02}-{day:02}"
        if self.today is None:
            return f"{month:02}-{day:02}"
        for year in range(self.today.year + 1, self.today.year - 9, -1):
            try:
                there = date(year, month, day)
            except ValueError:
                continue
            if there <= self.today + timedelta(1) or (coming and there - self.today < timedelta(330)):
                return there.isoformat()
        return None


def match_when(text: str, start: int, end: int) -> When | None:
    """The dated adverbial that begins at exactly `start` and ends by `end`; None where none does.

    >>> text = "said late on Monday that"
    >>> when = match_when(text, 5, len(text))
    >>> when and (text[5:when.end], when.resolve and when.resolve(Calendar(date(2026, 5, 27)), False))
    ('late on Monday', '2026-05-25')
    """
    word = _DAY_WORD.match(text, start, end)
    if word:
        return None if _NOT_ITSELF.match(text, word.end(), end) else When(word.end(), _day_word(word))
    opening = _OPENING.match(text, start, end)
    at = opening.end() if opening else start
    dated = match_date(text, at) if text[at : at + 1].isalnum() else None
    if dated and dated[1] <= end and opening:
        partial, stop = dated
        closing = _CLOSING.match(text, stop, end)
        stop = closing.end() if closing else stop
        if _NOT_ITSELF.match(text, stop, end):
            return None
        return When(stop, _written(partial, bool(opening["last"])), bare=not (opening["on"] or opening["last"]))
    undated = _UNDATED.match(text, start, end)
    if undated and not _NOT_ITSELF.match(text, undated.end(), end):
        return When(undated.end(), None)
    return None


def _written(partial: PartialDate, last: bool) -> Callable[[Calendar, bool], str | None]:
    def resolve(calendar: Calendar, coming: bool) -> str | None:
        if partial.weekday is not None:
            return calendar.weekday(partial.weekday, coming=coming and not last, before_today=last)
        return calendar.named(partial, coming=coming)

    return resolve


def _day_word(found: re.Match[str]) -> Callable[[Calendar, bool], str | None]:
    groups = found.groupdict()
    if groups["yesterday"]:
        return lambda calendar, coming: calendar.shifted(-1)
    if groups["today"]:
        return lambda calendar, coming: calendar.shifted(0)
    if groups["number"]:
        days = -_NUMBERS[groups["number"].lower()]
        ago = groups["way"].lower() == "ago"
        return lambda calendar, coming: calendar.shifted(days, since_last=not ago)
    if groups["before"]:
        return lambda calendar, coming: calendar.shifted(-1, since_last=True)
    # "The same day" and "the next day" without a day before them say nothing.
    days = 0 if groups["same"] else 1
    return lambda calendar, coming: calendar.shifted(days, since_last=True) if calendar.last else None


def _shift(day: str, days: int) -> str | None:
    """A day some days on; of one without year None where it hangs on the leap year."""
    if len(day) == 10:
        return (date.fromisoformat(day) + timedelta(days)).isoformat()
    month, number = map(int, day.split("-"))
    try:
        common, leap = (date(year, month, number) + timedelta(days) for year in (2001, 2004))
    except ValueError:
        return None
    return f"{common:%m-%d}" if (common.month, common.day) == (leap.month, leap.day) else None
