from __future__ import annotations

from datetime import date

import pytest

from sayso.errors import BadSetting, NoSuchEntry
from tests.archive.browsing.conftest import COURIER, GAZETTE
from tests.archive.built import Says, given, make_article


def paged(ask, **settings):
    """All rows, three a page."""
    found, after, totals = [], None, set()
    while True:
        page = ask(limit=3, after=after, **settings)
        found += page.items
        totals.add(page.total)
        after = page.next
        if after is None:
            assert totals == {len(found)}
            return found


def test_articles_come_by_day_the_latest_first_and_those_without_a_day_last(town):
    rows = paged(town.article_list)
    days = [each.published for each in rows]
    assert days[:-1] == sorted(days[:-1], reverse=True)
    assert days[-1] is None
    assert len({each.id for each in rows}) == len(rows) == town.info().articles
    assert [each.id for each in paged(town.article_list, sort="added")] == sorted(
        (each.id for each in rows), reverse=True
    )


def test_a_row_tells_what_an_article_has(town):
    (row,) = town.article_list(words="day 2").items
    assert (row.headline, row.outlet, row.published, row.url) == (
        "Bridge closes: day 2",
        COURIER,
        "2025-11-05",
        "https://halvern.example/2",
    )
    assert (row.statements, row.version, row.verdicts) == (2, 1, {"altered": 1})
    assert town.article(row.id).headline is not None


@pytest.mark.parametrize(
    "settings, count",
    [
        pytest.param({"words": "bridge"}, 6, id="a-word"),
        pytest.param({"words": "BRI clo"}, 6, id="words-begun"),
        pytest.param({"words": "ridge"}, 0, id="the-middle-of-a-word"),
        pytest.param({"words": "so flood"}, 1, id="a-letter-that-databases-do-not-fold"),
        pytest.param({"since": date(2026, 1, 8)}, 5, id="since"),
        pytest.param({"since": date(2026, 1, 8), "until": date(2026, 1, 9)}, 2, id="between"),
        pytest.param({"words": "leaks", "until": date(2026, 1, 6)}, 2, id="words-until"),
    ],
)
def test_conditions_leave_fewer(town, settings, count):
    assert town.article_list(**settings).total == count
    assert len(paged(town.article_list, **settings)) == count


def test_the_articles_of_an_outlet(town):
    ids = {each.name: each.id for each in town.outlet_list()}
    rows = paged(town.article_list, outlet=ids[GAZETTE])
    assert {each.outlet for each in rows} == {GAZETTE}
    assert len(rows) == 10
    with pytest.raises(NoSuchEntry, match=r"outlet '#999'.*list of outlets"):
        town.article_list(outlet=999)


@pytest.mark.parametrize(
    "settings",
    [
        pytest.param({"sort": "title"}, id="no-order"),
        pytest.param({"limit": -1}, id="no-number"),
        pytest.param({"limit": 100_000}, id="too-many"),
        pytest.param({"after": "%%"}, id="no-cursor"),
        pytest.param({"after": "W10"}, id="another-thing-packed"),
    ],
)
def test_what_will_not_do_is_refused(town, settings):
    with pytest.raises(BadSetting):
        town.article_list(**settings)


def test_a_cursor_of_another_list_is_refused(town):
    after = town.article_list(limit=1).next
    assert town.article_list(limit=1, after=after).items
    for ask in (
        lambda: town.article_list(sort="added", after=after),
        lambda: town.article_list(words="bridge", after=after),
        lambda: town.transcript_list(after=after),
        lambda: town.unchecked(after=after),
    ):
        with pytest.raises(BadSetting, match="begin at the first page"):
            ask()


def test_transcripts_come_by_day_each_label_once(town):
    (dated, undated) = paged(town.transcript_list)
    assert (dated.title, dated.day, dated.speakers) == (
        "Press conference on the bridge",
        "2026-03-13",
        ["VENN", "LIND"],
    )
    assert (undated.title, undated.name, undated.day) == (None, "t2.vtt", None)
    assert town.transcript_list(limit=1).next


def test_what_came_in_last_comes_first(town):
    found = town.recent(limit=3)
    assert [each.kind for each in found] == ["transcript", "transcript", "article"]
    assert found[0].title == "t2.vtt"
    assert (found[2].outlet, found[2].day, found[2].statements) == ("Sø Post", "2026-02-01", 1)
    assert len(town.recent(limit=100)) == 18


def test_articles_without_a_verdict_wait_for_a_check(town):
    rows = paged(town.unchecked)
    assert len(rows) == 10
    assert not any(each.verdicts for each in rows)


def test_pages_stay_as_they_are_while_articles_come_in(archive):
    for number in range(4):
        archive.save(make_article(Says("Mara Venn", f"pier {number} is shut")), given(f"{number}"))
    first = archive.article_list(limit=2)
    archive.save(make_article(Says("Mara Venn", "pier 4 is shut")), given("4"))
    second = archive.article_list(limit=2, after=first.next)
    assert [each.id for each in (*first.items, *second.items)] == [4, 3, 2, 1]
    assert second.next is None


def test_a_new_version_is_a_new_arrival_and_the_old_one_is_gone(archive):
    for words in ("pier 4 is shut", "pier 5 is shut"):
        article = make_article(Says("Mara Venn", words), url="https://pier.example", headline=f"Now: {words}")
        archive.save(article, given(words))
    (row,) = archive.article_list().items
    assert (row.headline, row.version) == ("Now: pier 5 is shut", 2)
    (arrival,) = archive.recent()
    assert (arrival.title, arrival.version) == ("Now: pier 5 is shut", 2)
    assert archive.article_list(words="pier 4").total == 0


def test_an_empty_archive_has_empty_lists(archive):
    assert archive.article_list().items == archive.transcript_list().items == archive.unchecked().items == []
    assert archive.recent() == archive.outlet_list() == []
    assert archive.timeline().periods == []
