from __future__ import annotations

from datetime import date, timedelta

import pytest

from sayso.archive.browsing.stretches import periods_of, step_for
from sayso.archive.days import day_number
from sayso.errors import BadQuery
from tests.archive.built import Says, given, make_article


@pytest.mark.parametrize(
    "query",
    [
        pytest.param("", id="everything"),
        pytest.param("bridge", id="a-word"),
        pytest.param("bridge OR ferry", id="either-word"),
        pytest.param("-is:anonymous", id="what-is-not"),
        pytest.param('speaker:"Mara Venn" published:2026', id="a-year-of-a-speaker"),
        pytest.param("article:3 OR crane", id="conditions-on-rows"),
        pytest.param("zzz", id="nothing"),
    ],
)
def test_a_timeline_has_all_that_the_search_finds(town, query):
    found = town.timeline(query)
    assert found.total == town.search(query).total
    assert found.total == sum(each.count for each in found.periods) + found.undated
    for each in found.periods:
        assert town.search(each.query).total == each.count, each.query


def test_a_timeline_has_no_gaps_and_tells_what_has_no_day(town):
    found = town.timeline("speaker:venn")
    assert (found.step, found.total, found.undated) == ("week", 13, 1)
    assert (found.periods[0].start, found.periods[-1].end) == ("2025-11-03", "2026-01-11")
    for one, other in zip(found.periods, found.periods[1:], strict=False):
        assert date.fromisoformat(other.start) - date.fromisoformat(one.end) == timedelta(days=1)
    assert [each.count for each in found.periods] == [6, 0, 0, 0, 0, 0, 0, 0, 0, 6]


def test_a_query_that_cannot_be_read_is_refused(town):
    with pytest.raises(BadQuery):
        town.timeline("speeker:venn")


def test_an_older_version_is_in_no_timeline(archive):
    for words in ("the quay sinks", "the quay stands"):
        archive.save(make_article(Says("Mara Venn", words), url="https://quay.example"), given(words))
    assert archive.timeline("quay").total == 1


@pytest.mark.parametrize(
    "first, last, step",
    [
        pytest.param("2026-01-31", "2026-01-31", "day", id="one-day"),
        pytest.param("2026-01-01", "2026-03-01", "day", id="sixty-days"),
        pytest.param("2026-01-01", "2026-03-02", "week", id="a-day-more"),
        pytest.param("2025-01-01", "2026-02-22", "week", id="sixty-weeks"),
        pytest.param("2025-01-01", "2026-02-23", "month", id="a-monday-more"),
        pytest.param("2021-01-31", "2025-12-01", "month", id="sixty-months"),
        pytest.param("2021-01-31", "2026-01-01", "year", id="a-month-more"),
    ],
)
def test_the_step_fits_the_time(first, last, step):
    days = [day_number(date.fromisoformat(each)) for each in (first, last)]
    assert step_for(date.fromisoformat(first), date.fromisoformat(last)) == step
    periods = periods_of(dict.fromkeys(days, 1))[1]
    assert step == "year" or len(periods) <= 60
    assert sum(each.count for each in periods) == len(set(days))
