"""Days counted in stretches of one length, as a plot over time shows them."""

from __future__ import annotations

import calendar
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from sayso.archive.browsing.forms import Period, Step
from sayso.archive.days import day_number, day_of

MOST_BARS = 60
"""Of one plot; only of years there may be more."""


def step_for(first: date, last: date) -> Step:
    """The shortest step that cuts the time from `first` to `last` into no more stretches than a plot has bars.

    >>> step_for(date(2026, 1, 1), date(2026, 3, 1)), step_for(date(2020, 5, 1), date(2026, 3, 1))
    ('day', 'year')
    """
    if (last - first).days < MOST_BARS:
        return "day"
    if (last - _monday(first)).days // 7 < MOST_BARS:
        return "week"
    months = (last.year - first.year) * 12 + last.month - first.month
    return "month" if months < MOST_BARS else "year"


def periods_of(counts: Mapping[int, int], within: str = "", *, step: Step | None = None) -> tuple[Step, list[Period]]:
    """Stretches without gaps over all days that have a count, with the step (None: one that fits the time).

    `counts` are by the number of the day, none of them zero. `within` is a query without OR at its top, which each
    period's query narrows.

    >>> periods_of({20451: 2, 20452: 1}, "bridge")[1][1].query
    'bridge published:2025-12-30'
    """
    if not counts:
        return step or "day", []
    first, last = day_of(min(counts)), day_of(max(counts))
    step = step or step_for(first, last)
    begins = Counter[date]()
    for number, times in counts.items():
        begins[_begin(day_of(number), step)] += times
    periods = []
    start = _begin(first, step)
    while start <= last:
        end = _end(start, step)
        query = f"{within} published:{_written(start, end, step)}".strip()
        periods.append(Period(start.isoformat(), end.isoformat(), begins[start], query))
        start = end + timedelta(days=1)
    return step, periods


def places_of(periods: Sequence[Period]) -> list[tuple[int, int]]:
    """First and last day of each period, as numbers."""
    return [(day_number(date.fromisoformat(each.start)), day_number(date.fromisoformat(each.end))) for each in periods]


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _begin(day: date, step: Step) -> date:
    if step == "day":
        return day
    if step == "week":
        return _monday(day)
    return day.replace(day=1) if step == "month" else day.replace(month=1, day=1)


def _end(start: date, step: Step) -> date:
    if step == "day":
        return start
    if step == "week":
        return start + timedelta(days=6)
    if step == "month":
        return start.replace(day=calendar.monthrange(start.year, start.month)[1])
    return start.replace(month=12, day=31)


def _written(start: date, end: date, step: Step) -> str:
    if step == "week":
        return f"{start.isoformat()}..{end.isoformat()}"
    return start.isoformat()[: {"day": 10, "month": 7, "year": 4}[step]]
