"""Which articles a query's statements are of, and which transcripts belong to a day; on both databases."""

from __future__ import annotations

from datetime import date

import pytest

from sayso.archive.archive import Archive
from sayso.archive.keeping import selecting
from tests.archive.built import Says, given, make_article, make_transcript


def test_articles_come_with_the_statements_that_were_found(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    # Portions smaller than an article.
    monkeypatch.setattr(selecting, "AT_ONCE", 1)
    for number, contents in enumerate([("the bridge is shut", "a toll is due"), ("a ferry sails",),
                                       ("one bridge is safe", "a second bridge is not", "nobody knows")]):  # fmt: skip
        archive.save(make_article(*(Says("Mara Venn", each) for each in contents)), given(f"{number}.txt"))
    assert archive.found("bridge") == {1: ["st1"], 3: ["st1", "st2"]}
    assert archive.found("submarine") == {}
    assert sorted(archive.found("")) == [1, 2, 3]


def test_of_an_article_that_changed_only_the_newest_version_is_found(archive: Archive) -> None:
    known = {"guid": "g1"}
    archive.save(make_article(Says("Mara Venn", "the bridge is shut")), given("one.txt", **known))
    archive.save(make_article(Says("Mara Venn", "the ferry is shut")), given("one.txt", digest="d2", **known))
    assert archive.found("bridge") == {}
    assert archive.found("ferry") == {1: ["st1"]}


@pytest.mark.parametrize(
    "day, days, expected",
    [
        pytest.param(date(2026, 3, 14), 31, [1, 3], id="a-month-round-it-and-those-without-a-day"),
        pytest.param(date(2026, 3, 12), 1, [1, 3], id="the-last-day-that-counts"),
        pytest.param(date(2026, 3, 11), 1, [3], id="a-day-too-far"),
        pytest.param(date(2025, 7, 1), 0, [2, 3], id="the-day-itself"),
        pytest.param(None, 31, [1, 2, 3], id="no-day-is-all"),
    ],
)
def test_transcripts_around_a_day(archive: Archive, day: date | None, days: int, expected: list[int]) -> None:
    for number, said in enumerate([date(2026, 3, 13), date(2025, 7, 1), None]):
        archive.save_transcript(make_transcript(("MARA", f"Word {number}."), day=said), given(f"{number}.txt"))
    assert archive.transcripts_around(day, days=days) == expected


@pytest.mark.parametrize("after, expected", [(None, [1]), (5, [1]), (4, [])], ids=["as-many", "that-day", "too-late"])
def test_fewer_days_may_count_after_it(archive: Archive, after: int | None, expected: list[int]) -> None:
    archive.save_transcript(make_transcript(("MARA", "A word."), day=date(2026, 3, 13)), given("1.txt"))
    assert archive.transcripts_around(date(2026, 3, 8), days=31, after=after) == expected


def test_a_transcript_that_was_replaced_is_not_among_them(archive: Archive) -> None:
    archive.save_transcript(make_transcript(("MARA", "We will."), url="https://t.example/1"), given("one.txt"))
    again = archive.save_transcript(
        make_transcript(("MARA", "We will not."), url="https://t.example/1"), given("one.txt", digest="d2")
    )
    assert again.outcome == "new version"
    around = archive.transcripts_around(None, days=1)
    assert len(around) == 1
    assert archive.transcript(around[0]).text.endswith("We will not.\n")


def test_articles_in_the_order_of_their_days(archive: Archive) -> None:
    for number, published in enumerate([date(2026, 3, 14), None, date(2026, 3, 1)]):
        archive.save(make_article(Says("Mara Venn", f"word {number}"), published=published), given(f"{number}.txt"))
    assert archive.by_day() == [2, 3, 1]
    assert archive.by_day([1, 3]) == [3, 1]
    assert archive.by_day([1, 77]) == [1, 77]
