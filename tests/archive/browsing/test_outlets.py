from __future__ import annotations

import pytest

from sayso.errors import NoSuchEntry
from tests.archive.browsing.conftest import COURIER, GAZETTE
from tests.archive.built import Says, given, make_article


def test_each_outlet_has_how_it_quotes(town):
    rows = {each.name: each for each in town.outlet_list()}
    assert [each.statements for each in town.outlet_list()] == [25, 6, 1]
    gazette = rows[GAZETTE]
    assert (gazette.articles, gazette.first, gazette.last) == (10, "2025-11-04", "2026-01-10")
    assert gazette.quoted_share == (3 + 6) / 25
    assert gazette.anonymous_share == gazette.endorsing_share == 6 / 25
    assert gazette.distancing_share == 3 / 25
    assert (rows[COURIER].quoted_share, rows[COURIER].anonymous_share) == (0.5, 0.0)


def test_their_names_are_told_without_counting(town):
    names = town.outlet_names()
    assert names == {each.id: each.name for each in town.outlet_list()}
    assert list(names.values()) == sorted(names.values())


def test_its_query_finds_what_is_counted(town):
    for each in town.outlet_list():
        assert town.search(each.query).total == each.statements
        assert town.search(f"{each.query} quotation:direct,mixed").total == round(each.quoted_share * each.statements)
        profile = town.outlet(each.id)
        assert profile.row == each
        for part in (*profile.months, *profile.speakers):
            assert town.search(part.query).total == getattr(part, "count", None) or part.statements


def test_an_outlet_has_its_months_and_whom_it_quotes_how(town):
    (number,) = [each.id for each in town.outlet_list() if each.name == GAZETTE]
    profile = town.outlet(number)
    assert [(each.start, each.count) for each in profile.months] == [
        ("2025-11-01", 6),
        ("2025-12-01", 0),
        ("2026-01-01", 18),
    ]
    venn, lind = profile.speakers[:2]
    assert (venn.name, venn.statements, venn.quoted_share) == ("Mara Venn", 10, 0.3)
    assert (venn.neutral, venn.endorsing, venn.distancing) == (4, 6, 0)
    assert (lind.name, lind.statements, lind.distancing) == ("Oskar Lind", 9, 3)


def test_an_outlet_that_is_none_says_where_all_are(town):
    with pytest.raises(NoSuchEntry, match="list of outlets"):
        town.outlet(999)


def test_outlets_that_a_query_cannot_name_apart_go_by_number(archive):
    for name in ("The Gull", "Gull", 'The "Tern"'):
        archive.save(make_article(Says("Mara Venn", "it is shut"), outlet=name), given(name))
    rows = archive.outlet_list()
    assert sorted(each.query for each in rows) == ["outlet:#1", "outlet:#2", "outlet:#3"]
    assert [archive.search(each.query).hits[0].outlet for each in rows] == [each.name for each in rows]


def test_an_outlet_without_articles_is_in_no_list_but_can_be_looked_at(archive):
    for name in ("The Gull", "The Tern"):
        archive.save(make_article(Says("Mara Venn", name), outlet=name, url="https://gull.example"), given(name))
    assert [each.name for each in archive.outlet_list()] == ["The Tern"]
    assert (archive.outlet(1).row.articles, archive.outlet(1).months) == (0, [])
