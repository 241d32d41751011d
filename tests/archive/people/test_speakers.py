from __future__ import annotations

from datetime import date

import pytest

from sayso.archive.archive import Archive
from sayso.errors import NoSuchEntry
from tests.archive.built import Says, given, make_article


def fill(archive: Archive) -> None:
    for number, (name, titles, kind) in enumerate(
        [
            ("Mara Venn", ("Transport Minister",), "person"),
            ("Mara J. Venn", ("minister",), "person"),
            ("Mara Venn", ("Transport Minister",), "person"),
            ("Halmark Ferries", (), "organisation"),
            ("Senior official", (), "anonymous"),
        ]
    ):
        each = Says(name, f"quay {number} is closed", titles=titles, kind=kind)  # type: ignore[arg-type]
        archive.save(make_article(each, published=date(2026, 3, 1 + number)), given(f"{number}.txt"))


def test_a_speaker_has_all_names_titles_and_days(archive: Archive) -> None:
    fill(archive)
    (found,) = archive.speakers("Venn")
    assert (found.name, found.names) == ("Mara Venn", ["Mara Venn", "Mara J. Venn"])
    assert found.titles == ["Transport Minister", "minister"]
    assert (found.articles, found.statements, found.first, found.last) == (3, 3, "2026-03-01", "2026-03-03")
    assert archive.speaker(found.id) == found


def test_speakers_are_listed_by_statements_and_kind(archive: Archive) -> None:
    fill(archive)
    assert [each.name for each in archive.speakers()] == ["Mara Venn", "Halmark Ferries", "Senior official"]
    assert [each.name for each in archive.speakers(limit=1)] == ["Mara Venn"]
    assert [each.name for each in archive.speakers(kind="organisation")] == ["Halmark Ferries"]


@pytest.mark.parametrize("name", ["Mara Ven", "Marta Venn"])
def test_a_name_that_nobody_bears_gets_the_nearest(archive: Archive, name: str) -> None:
    fill(archive)
    with pytest.raises(NoSuchEntry) as wrong:
        archive.speakers(name)
    assert wrong.value.nearest[0] in ("Mara Venn", "Mara J. Venn")


@pytest.mark.parametrize("name", ["", "#999", "…"])
def test_what_is_no_name_is_no_such_entry(archive: Archive, name: str) -> None:
    fill(archive)
    with pytest.raises(NoSuchEntry):
        archive.speakers(name)
