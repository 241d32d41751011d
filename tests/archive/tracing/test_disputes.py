"""Who denied or answered what, in which article, by date; on both databases."""

from __future__ import annotations

from datetime import date

import pytest

from sayso.archive.archive import Archive
from tests.archive.built import Says, given, make_article


@pytest.fixture(scope="module")
def disputed(shared_archive: Archive) -> Archive:
    """Three articles, the newest put in first: a denial, an answer, and a repetition, which is neither."""
    cases = [
        ("Nordham Post", 9, "disputes", "that no boat had been sold"),
        ("Island Echo", 6, "responds to", "that the guild would see the board in court"),
        ("Skerry Times", 7, "repeats", "that the boats were gone"),
    ]
    for outlet, day, kind, answer in cases:
        article = make_article(
            Says("Ottoline Marsh", f"that the ferry was sold in {outlet.split()[0]} harbour"),
            Says("Casimir Vale", answer),
            outlet=outlet,
            published=date(2031, 5, day),
            relations=[(kind, 1, 0)],  # type: ignore[list-item]
        )
        shared_archive.save(article, given(f"{outlet}.txt"))
    return shared_archive


def test_by_date_and_with_both_sides(disputed: Archive) -> None:
    found = disputed.disputes()
    assert [(each.kind, each.day, each.outlet) for each in found] == [
        ("responds to", "2031-05-06", "Island Echo"),
        ("disputes", "2031-05-09", "Nordham Post"),
    ]
    assert (found[1].by, found[1].text) == ("Casimir Vale", "that no boat had been sold")
    assert (found[1].of, found[1].of_text) == ("Ottoline Marsh", "that the ferry was sold in Nordham harbour")


@pytest.mark.parametrize(
    ("query", "outlets"),
    [
        pytest.param("court", ["Island Echo"], id="what-answers"),
        pytest.param("nordham", ["Nordham Post"], id="what-is-denied"),
        pytest.param('speaker:"Casimir Vale"', ["Island Echo", "Nordham Post"], id="who-denies"),
        pytest.param("lighthouse", [], id="nothing"),
    ],
)
def test_of_what_a_query_finds(disputed: Archive, query: str, outlets: list[str]) -> None:
    assert [each.outlet for each in disputed.disputes(query)] == outlets
