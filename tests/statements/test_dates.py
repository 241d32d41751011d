"""The dated adverbials of news prose: where they end, and what day they come to."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from sayso.documents import Article, Dateline, Span
from sayso.statements.dates import Calendar, match_when

SATURDAY = date(2026, 5, 30)


@pytest.mark.parametrize(
    "text, matched, day",
    [
        pytest.param("on Monday that", "on Monday", "2026-05-25", id="weekday"),
        pytest.param("Friday it had", "Friday", "2026-05-29", id="bare-weekday"),
        pytest.param("late on Sunday evening,", "late on Sunday evening", "2026-05-24", id="part-of-day"),
        pytest.param("on the morning of May 3.", "on the morning of May 3", "2026-05-03", id="morning-of"),
        pytest.param(
            "in the early hours of Sunday that", "in the early hours of Sunday", "2026-05-24", id="early-hours"
        ),
        pytest.param("on Friday, May 29, that", "on Friday, May 29", "2026-05-29", id="weekday-and-date"),
        pytest.param("on June 1 that", "on June 1", "2025-06-01", id="not-yet-come-this-year"),
        pytest.param("on May 31 that", "on May 31", "2026-05-31", id="a-days-grace-for-time-zones"),
        pytest.param("on February 29 that", "on February 29", "2024-02-29", id="the-last-leap-year"),
        pytest.param("earlier today", "earlier today", "2026-05-30", id="today"),
        pytest.param("this morning that", "this morning", "2026-05-30", id="this-morning"),
        pytest.param("a day earlier that", "a day earlier", "2026-05-29", id="day-earlier-without-one-before"),
        pytest.param("the next day that", "the next day", None, id="next-day-without-one-before"),
        pytest.param("last week that", "last week", None, id="last-week"),
        pytest.param("in late March that", "in late March", None, id="month"),
        pytest.param("in October 2023 that", "in October 2023", None, id="month-and-year"),
        pytest.param("earlier in the week.", "earlier in the week", None, id="earlier-in-the-week"),
    ],
)
def test_match_when(text, matched, day):
    when = match_when(text, 0, len(text))
    assert when is not None
    assert text[: when.end] == matched
    assert (when.resolve(Calendar(SATURDAY), False) if when.resolve else None) == day


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("on Monday's show", id="possessive"),
        pytest.param("November 28-29 meeting", id="range"),
        pytest.param("on the bridge", id="no-day"),
        pytest.param("Today programme", id="a-programme-of-that-name"),
        pytest.param("a day before the vote", id="before-something-else"),
        pytest.param("may close", id="modal"),
    ],
)
def test_no_date(text):
    assert match_when(text, 0, len(text)) is None


def test_match_when_ends_by_its_bound():
    assert match_when("on Monday", 0, 6) is None


@pytest.mark.parametrize(
    "calendar, text, day",
    [
        pytest.param(Calendar(SATURDAY, last="2026-05-20"), "a day earlier", "2026-05-19", id="since-the-last"),
        pytest.param(Calendar(SATURDAY, last="2026-05-20"), "a day ago", "2026-05-29", id="ago-is-since-today"),
        pytest.param(Calendar(SATURDAY, last="2026-05-20"), "the same day", "2026-05-20", id="same-day"),
        pytest.param(Calendar(None, last="10-26"), "two days earlier", "10-24", id="without-year"),
        pytest.param(Calendar(None, (3, 1)), "yesterday", None, id="hangs-on-the-leap-year"),
        pytest.param(Calendar(None, (11, 27)), "yesterday", "11-26", id="dateline-without-year"),
        pytest.param(Calendar(None, (11, 27)), "on Monday", None, id="weekday-without-year"),
        pytest.param(Calendar(), "on October 26", "10-26", id="no-day-at-all"),
        pytest.param(Calendar(), "on October 26, 2023", "2023-10-26", id="written-year"),
        pytest.param(Calendar(), "yesterday", None, id="yesterday-of-no-day"),
    ],
)
def test_resolve(calendar, text, day):
    when = match_when(text, 0, len(text))
    assert when is not None and when.resolve is not None
    assert when.resolve(calendar, False) == day


def test_what_is_to_come_is_ahead():
    calendar = Calendar(SATURDAY)
    for text, day in (("on Monday", "2026-06-01"), ("on June 4", "2026-06-04"), ("on January 12", "2027-01-12")):
        when = match_when(text, 0, len(text))
        assert when is not None and when.resolve is not None
        assert when.resolve(calendar, True) == day


@pytest.mark.parametrize(
    "dateline, published, expected",
    [
        pytest.param(date(2026, 5, 28), SATURDAY, Calendar(date(2026, 5, 28)), id="dateline-first"),
        pytest.param(None, datetime(2026, 5, 30, 9), Calendar(SATURDAY), id="else-publication"),
        pytest.param(None, None, Calendar(None, (11, 27)), id="else-the-datelines-words"),
    ],
)
def test_calendar_of(dateline, published, expected):
    text = "LUND, November 27. /CWA/. The bridge is closed."
    article = Article("x", text, dateline=Dateline(Span(0, 26), "Lund", dateline), published=published)
    assert Calendar.of(article) == expected
