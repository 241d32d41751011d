from __future__ import annotations

from datetime import date

import pytest

from sayso.archive.searching import facets as counting
from sayso.archive.searching.facets import FACETS
from tests.archive.built import Says, make_article
from tests.archive.built import given as given_of


@pytest.fixture
def some(archive):
    for number, (outlet, published, says) in enumerate(
        [
            ("Halvern Post", date(2026, 3, 14), [Says("Ana Kestrel", "the bridge is shut", stance="distancing")]),
            ("Halvern Post", date(2026, 3, 2), [Says("Ana Kestrel", "a bridge is safe", verdict="not found")]),
            (
                'The "Gull"',
                date(2025, 1, 1),
                [Says("Mara Venn", "no bridge is", polarity="denies"), Says(None, "a toll is")],
            ),
            (None, None, [Says("senior official", "one more bridge is due", kind="anonymous", quotation="direct")]),
        ]
    ):
        archive.save(make_article(*says, outlet=outlet, published=published), given_of(f"{number}"))
    return archive


def counts(page, facet):
    return [(each.value, each.count) for each in page.facets[facet]]


def test_what_is_found_is_counted_by_each_facet(some):
    page = some.search("bridge", facets=FACETS, limit=1)
    assert page.facets_of is None
    assert counts(page, "speaker") == [("Ana Kestrel", 2), ("Mara Venn", 1), ("senior official", 1)]
    assert counts(page, "outlet") == [("Halvern Post", 2), ('The "Gull"', 1)]
    assert counts(page, "year") == [("2025", 1), ("2026", 2)]
    assert counts(page, "month") == [("2025-01", 1), ("2026-03", 2)]
    assert counts(page, "stance") == [("neutral", 3), ("distancing", 1)]
    assert counts(page, "quotation") == [("indirect", 3), ("direct", 1)]
    assert counts(page, "polarity") == [("affirms", 3), ("denies", 1)]
    assert counts(page, "verdict") == [("not found", 1)]
    assert counts(page, "is") == [("named", 3), ("anonymous", 1)]


def test_each_value_s_query_finds_as_many_as_it_counts(some):
    page = some.search("is", facets=FACETS)
    assert page.total == 5
    for facet, values in page.facets.items():
        for each in values:
            assert some.search(f"is {each.query}").total == each.count, (facet, each)


@pytest.fixture
def alike(archive):
    """Five articles, each with its own company and its own sources, and two persons of one name."""
    for number in range(5):
        says = [
            Says("The company" if number % 2 else "company", f"the price {number} is due", kind="organisation"),
            Says("“Green” lobby", f"no price {number} is right", kind="group"),
            Says("Railway company", "a price is known", kind="organisation"),
        ]
        if number > 2:
            says.append(Says("Ana Kestrel", f"{number} is a fair price"))
        archive.save(make_article(*says), given_of(f"{number}"))
    (hit, other) = archive.search("speaker:kestrel").hits
    archive.split(hit.speaker, articles=[other.article], reason="a test", by="tester")
    return archive


def test_those_who_are_nobody_s_but_their_article_s_are_counted_by_name(alike):
    page = alike.search("price", facets=["speaker"])
    assert [(each.count, each.query) for each in page.facets["speaker"] if each.count > 1] == [
        (5, 'speaker:"company"'),
        (5, 'speaker:"green lobby"'),
        (5, 'speaker:"Railway company"'),
    ]
    persons = [each for each in page.facets["speaker"] if each.value == "Ana Kestrel"]
    assert [each.count for each in persons] == [1, 1]
    for each in page.facets["speaker"]:
        assert alike.search(f"price {each.query}").total == each.count, each


def test_one_of_them_that_was_merged_leaves_the_others_by_number(alike):
    company, railway = (alike.search(f"speaker:{name}").hits[0].speaker for name in ("company", '"railway company"'))
    decision = alike.merge(railway, company, reason="a test", by="tester")
    page = alike.search("price", facets=["speaker"])
    for each in page.facets["speaker"]:
        assert alike.search(f"price {each.query}").total == each.count, each
    # By "company" the merged one would be found too, under its new name.
    assert [each.count for each in page.facets["speaker"] if each.value.endswith("company")] == [6, 1, 1, 1, 1]
    alike.undo(decision.id, by="tester")
    assert alike.search("price", facets=["speaker"]).facets["speaker"][0].query == 'speaker:"company"'


def test_only_facets_that_are_asked_for_are_counted(some):
    assert list(some.search("bridge", facets=["outlet"]).facets) == ["outlet"]
    assert some.search("bridge").facets == {}
    assert some.search("zzz", facets=["outlet"]).facets == {"outlet": []}


def test_of_too_many_those_added_last_are_counted_and_the_page_says_so(some, monkeypatch):
    monkeypatch.setattr(counting, "COUNTED", 2)
    page = some.search("is", facets=["speaker", "outlet"])
    assert (page.total, page.facets_of) == (5, 2)
    assert counts(page, "speaker") == [("senior official", 1)]
    assert some.search("shut", facets=["speaker"]).facets_of is None
