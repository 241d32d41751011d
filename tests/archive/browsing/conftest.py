"""A small archive of two winters, made once: a mayor who talks of the bridge first and of the harbour later."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from sayso.archive import open_archive
from sayso.archive.archive import Archive
from tests.archive.built import Says, given, make_article, make_transcript

GAZETTE, COURIER = "The Halvern Gazette", "The Tidewater Courier"


@pytest.fixture(scope="package", params=["sqlite", "postgres"])
def town(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """In which nothing is changed."""
    where = str(tmp_path_factory.mktemp("town") / "archive.db")
    if request.param == "postgres":
        made_once = request.getfixturevalue("made_once")
        where = request.getfixturevalue("postgres_server").make_database("town", like=made_once)
    with open_archive(where, make=True) as archive:
        fill(archive)
        yield archive
    if request.param == "postgres":
        request.getfixturevalue("postgres_server").drop_database("town")


def fill(archive: Archive) -> None:
    """Sixteen articles, two transcripts."""
    for number in range(6):
        says = [
            Says("Mara Venn", f"the toll bridge needs {number} new piers", "direct", titles=("mayor",)),
            Says("Oskar Lind", f"ferry number {number} sails at noon", stance="distancing", verdict="altered"),
        ]
        article = make_article(
            *says,
            headline=f"Bridge closes: day {number}",
            outlet=GAZETTE if number % 2 else COURIER,
            published=date(2025, 11, 3 + number),
            url=f"https://halvern.example/{number}",
        )
        archive.save(article, given(f"bridge-{number}"))
    for number in range(6):
        says = [
            Says("Mara Venn", f"the harbour wall leaks in {number} places", stance="endorsing"),
            Says("senior official", f"crane {number} is too old", kind="anonymous", polarity="denies"),
            Says("Oskar Lind", f"no harbour leaks in {number} places", "mixed", polarity="denies"),
        ]
        article = make_article(
            *says,
            headline=f"Harbour: {number} leaks",
            outlet=GAZETTE,
            published=date(2026, 1, 5 + number),
            relations=[("disputes", 2, 0)],
        )
        archive.save(article, given(f"harbour-{number}"))
    archive.save(make_article(Says("Mara Venn", "a bridge has no day"), outlet=GAZETTE, published=None), given("x"))
    archive.save(make_article(Says("Ilo Brandt", "it rains"), outlet=None, published=date(2026, 1, 7)), given("y"))
    archive.save(make_article(text="Nobody says anything.", headline="Flood in Sø", outlet="Sø Post"), given("z"))
    archive.save(make_article(Says(None, "the toll stays"), outlet="Sø Post", published=date(2026, 2, 1)), given("u"))
    archive.save_transcript(make_transcript(("VENN", "The bridge."), ("LIND", "No."), ("VENN", "Yes.")), given("t1"))
    archive.save_transcript(make_transcript(("LIND", "A ferry."), title=None, day=None), given("t2.vtt"))
