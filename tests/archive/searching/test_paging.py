from __future__ import annotations

import random
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.archive.searching import ordering
from sayso.archive.searching import search as searching
from sayso.archive.searching.paging import Cursor, packed, unpacked
from sayso.errors import BadSetting
from tests.archive.built import Says, make_article
from tests.archive.built import given as given_of

CURSOR = Cursor("newest", date(2026, 3, 14), 99, 20_000, 12, 40)


@given(
    st.builds(
        Cursor,
        sort=st.sampled_from(searching.SORTS),
        today=st.dates(),
        upper=st.integers(0, 2**31 - 1),
        value=st.none() | st.integers(-(2**31) + 1, 2**31 - 1) | st.text(max_size=30),
        id=st.integers(0, 2**31 - 1),
        offset=st.integers(0, 2**31 - 1),
    )
)
def test_a_cursor_comes_back_as_it_was(cursor):
    word = packed(cursor, query="bridge", sort="newest")
    assert unpacked(word, query="bridge", sort="newest") == cursor
    assert word.replace("-", "").replace("_", "").isalnum()


@pytest.mark.parametrize(
    "query, sort",
    [pytest.param("ferry", "newest", id="another-query"), pytest.param("bridge", "oldest", id="another-order")],
)
def test_a_cursor_of_something_else_is_refused(query, sort):
    word = packed(CURSOR, query="bridge", sort="newest")
    with pytest.raises(BadSetting, match="of this query in this order"):
        unpacked(word, query=query, sort=sort)


@given(
    st.text(max_size=80) | st.binary(max_size=40).map(lambda data: packed(CURSOR, query="", sort="")[:8] + data.hex())
)
def test_what_is_no_cursor_is_refused(word):
    with pytest.raises(BadSetting):
        unpacked(word, query="bridge", sort="newest")


def article(number, day, text="the bridge is closed"):
    return make_article(
        Says(
            f"Ana Kestrel{'abcdefgh'[number % 8]}",
            f"{text} {number}",
            date=None if number % 3 else "2026-01-0" + str(1 + number % 5),
        ),
        outlet=f"Post {number % 4}" if number % 5 else None,
        published=day,
        url=f"https://post.example/{number}",
    )


def add(archive, numbers, chance):
    for number in numbers:
        day = None if chance.random() < 0.15 else date(2023 + chance.randrange(4), 1 + chance.randrange(12), 3)
        archive.save(article(number, day), given_of(f"{number}"))


def pages(archive, query, *, limit=7, between=lambda: None, **more):
    found, after, totals = [], None, []
    while True:
        page = archive.search(query, limit=limit, after=after, **more)
        found.append([hit.statement for hit in page.hits])
        totals.append(page.total)
        after = page.next
        if after is None:
            return found, totals
        assert len(page.hits) == limit
        between()


@pytest.mark.parametrize("much", [False, True], ids=["sorted-at-once", "by-years-and-months"])
def test_pages_put_together_are_the_whole_in_every_order(archive, monkeypatch, much):
    monkeypatch.setattr(ordering, "SORTED", 2 if much else 4_000)
    add(archive, range(45), random.Random(3))
    for query in ("bridge", "", "is:named", "url:post.example"):
        for sort in searching.SORTS:
            found, totals = pages(archive, query, sort=sort)
            one = [hit.statement for hit in archive.search(query, sort=sort, limit=1000).hits]
            assert [each for page in found for each in page] == one, (query, sort)
            assert len(one) == len(set(one)) == 45
            assert set(totals) == {45}


@pytest.mark.parametrize("much", [False, True], ids=["sorted-at-once", "by-years-and-months"])
def test_pages_are_stable_while_articles_are_added(archive, monkeypatch, much):
    monkeypatch.setattr(ordering, "SORTED", 2 if much else 4_000)
    chance = random.Random(4)
    add(archive, range(30), chance)
    for sort in searching.SORTS:
        before = [hit.statement for hit in archive.search("bridge", sort=sort, limit=1000).hits]
        more = iter(range(1000 + 10 * searching.SORTS.index(sort), 2000))
        found, _ = pages(archive, "bridge", sort=sort, between=lambda more=more: add(archive, [next(more)], chance))
        seen = [each for page in found for each in page]
        assert len(seen) == len(set(seen)), "none twice"
        assert [each for each in seen if each in before] == before, "none left out, in the same order"
        if sort == "relevance":
            assert seen == before, "a ranking leaves out what came later"


def test_a_page_whose_last_hit_is_gone_goes_on_behind_it(archive):
    add(archive, range(12), random.Random(5))
    whole = [hit.statement for hit in archive.search("bridge", sort="newest", limit=100).hits]
    first = archive.search("bridge", sort="newest", limit=5)
    last = first.hits[-1]
    number = int(last.text.split()[-1])
    changed = article(number, date(2023, 1, 1), text="nothing of it")
    archive.save(changed, given_of(f"new-{number}"))
    rest = archive.search("bridge", sort="newest", limit=100, after=first.next)
    assert [hit.statement for hit in rest.hits] == whole[5:]


def test_todays_query_counts_its_days_from_the_first_page(archive):
    add(archive, range(12), random.Random(6))
    first = archive.search("until:today", sort="newest", limit=3)
    cursor = unpacked(first.next, query="until:today", sort="newest")
    word = packed(replace(cursor, today=date(2000, 1, 1)), query="until:today", sort="newest")
    assert archive.search("until:today", sort="newest", after=word).total == 0


def test_of_what_is_too_much_to_rank_the_newest_come_first_and_the_page_says_so(archive, monkeypatch):
    for module in (ordering, searching):
        monkeypatch.setattr(module, "RANKED", 10)
    add(archive, range(25), random.Random(7))
    first = archive.search("bridge", limit=6)
    assert first.sort == "newest"
    assert "25 are too many to rank" in first.notes[0]
    found, _ = pages(archive, "bridge", limit=6)
    whole = [hit.statement for hit in archive.search("bridge", sort="newest", limit=100).hits]
    assert [each for page in found for each in page] == whole
    assert len(whole) == 25
    few = archive.search("bridge speaker:kestrela")
    assert (few.sort, few.notes) == ("relevance", [])


def test_a_ranking_goes_on_as_it_began_when_there_is_more_than_can_be_ranked(archive, monkeypatch):
    for module in (ordering, searching):
        monkeypatch.setattr(module, "RANKED", 10)
    add(archive, range(10), random.Random(8))
    first = archive.search("bridge", limit=6)
    add(archive, range(10, 20), random.Random(8))
    second = archive.search("bridge", limit=6, after=first.next)
    assert (first.sort, second.sort) == ("relevance", "relevance")
    assert len({hit.statement for page in (first, second) for hit in page.hits}) == 10


def test_what_is_too_much_to_sort_by_name_is_sorted_in_part_and_the_page_says_so(archive, monkeypatch):
    for module in (ordering, searching):
        monkeypatch.setattr(module, "NAMED", 10)
    add(archive, range(25), random.Random(7))
    for sort in ("speaker", "outlet"):
        found, totals = pages(archive, "bridge", sort=sort, limit=4)
        assert sorted(each for page in found for each in page) == list(range(16, 26)), sort
        assert set(totals) == {25}
        assert "The 10 added last of 25" in archive.search("bridge", sort=sort).notes[0]
    assert archive.search("bridge", sort="newest").notes == []
