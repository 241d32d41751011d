"""The same article again: unchanged, changed, or another after all."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import func, select

from sayso.archive import schema
from sayso.archive.archive import Archive
from sayso.archive.forms import Given, StatementChange
from sayso.archive.keeping.changes import compare
from sayso.archive.matching import Word
from sayso.documents import Article
from tests.archive.built import Says, given, make_article

VENN = Says("Mara Venn", "the bridge closes in May")
URL = "https://tidewater.example/bridge"


def article(*says: Says, **more: object) -> Article:
    return make_article(*(says or (VENN,)), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "first, second, outcome",
    [
        pytest.param((article(), given("a.txt")), (article(), given("a.txt")), "unchanged", id="the-same-file-twice"),
        pytest.param((article(), given("a.txt")), (article(), given("b.txt")), "unchanged", id="a-copy-of-the-file"),
        pytest.param((article(), given("a.txt")), (article(), given("-")), "unchanged", id="piped-in-after-the-file"),
        pytest.param(
            (article(), given("a.txt")),
            (article(outlet="The Hollow Post"), given("b.txt")),
            "added",
            id="the-same-text-in-another-outlet-is-syndication",
        ),
        pytest.param(
            (article(url=URL), given()),
            (article(url="https://hollow.example/bridge"), given()),
            "added",
            id="the-same-text-at-another-address-is-syndication",
        ),
        pytest.param(
            (article(url=URL), given("page.html")),
            (article(url="HTTP://TIDEWATER.example:80/bridge/?utm_source=mail&fbclid=7#top"), given("feed")),
            "unchanged",
            id="one-address-in-two-spellings",
        ),
        pytest.param(
            (article(url=URL), given()),
            (article(url=URL + "?page=2"), given()),
            "added",
            id="a-parameter-that-is-no-advertisers-makes-another-page",
        ),
        pytest.param(
            (article(url=URL), given()),
            (article(Says("Mara Venn", "the bridge closes in June"), url=URL), given()),
            "new version",
            id="another-text-at-the-same-address",
        ),
        pytest.param(
            (article(url=URL), given()),
            (article(url=URL, published=date(2026, 3, 15)), given()),
            "new version",
            id="published-anew",
        ),
        pytest.param(
            (article(url=URL), given()),
            (article(url=URL, outlet="The Hollow Post"), given()),
            "new version",
            id="the-outlet-was-put-right",
        ),
        pytest.param(
            (article(), given(guid="urn:wire:1", version="9")),
            (article(Says("Mara Venn", "it stays")), given(guid="urn:wire:1", version="10")),
            "new version",
            id="the-publishers-next-version",
        ),
        pytest.param(
            (article(), given(guid="urn:wire:1", version="10")),
            (article(Says("Mara Venn", "it stays")), given(guid="urn:wire:1", version="9")),
            "unchanged",
            id="an-older-version-that-comes-late",
        ),
        pytest.param(
            (article(), given("a.txt", guid="urn:wire:1")),
            (article(), given("a.txt", guid="urn:wire:2")),
            "added",
            id="two-items-of-a-wire-with-the-same-text",
        ),
        pytest.param(
            (article(url=URL), given("page.html")),
            (article(), given("a.txt")),
            "unchanged",
            id="a-file-of-a-page-that-is-in",
        ),
    ],
)
def test_the_second_time(
    archive: Archive, first: tuple[Article, Given], second: tuple[Article, Given], outcome: str
) -> None:
    one, other = archive.save(*first), archive.save(*second)
    assert (one.outcome, other.outcome) == ("added", outcome)
    assert (one.id == other.id) == (outcome != "added")
    assert archive.known(second[1]) is not None, "it need not be read a third time"
    assert other.version == (2 if outcome == "new version" else 1)


def test_a_new_version_takes_the_place_of_the_old_one(archive: Archive) -> None:
    old = article(VENN, Says("Oskar Lind", "the ferry sails"), url=URL, relations=[("disputes", 1, 0)])
    new = article(Says("Mara Venn", "the bridge closes in June"), url=URL)
    number = archive.save(old, given()).id
    saved = archive.save(new, given("later"))
    assert (saved.id, saved.version, saved.statements) == (number, 2, 1)
    assert archive.article(number) == new
    assert archive.article(number, version=1) == old
    with archive.store.reading() as connection:
        counts = {
            name: connection.scalar(select(func.count()).select_from(schema.metadata.tables[name]))
            for name in ("article", "version", "record", "gist", "statement", "relation", "about", "appearance")
        }
        assert counts == {
            "article": 1,
            "version": 2,
            "record": 2,
            "gist": 1,
            "statement": 1,
            "relation": 0,
            "about": 0,
            "appearance": 1,
        }
        assert archive.store.count(connection, Word(("ferry",))) == 0
        assert archive.store.count(connection, Word(("june",))) == 1


def test_versions_tell_what_changed(archive: Archive) -> None:
    number = archive.save(article(url=URL), given(version="1", guid="g")).id
    archive.save(article(VENN, Says("Oskar Lind", "the ferry sails"), url=URL), given(version="2", guid="g"))
    first, second = archive.versions(number)
    assert (first.number, first.newest, first.changes, first.edition) == (1, False, (), "1")
    assert (second.number, second.newest, second.edition) == (2, True, "2")
    assert second.changes == (StatementChange("added", None, "the ferry sails", None, "Oskar Lind"),)


def test_a_text_that_comes_back_is_a_version_of_its_own(archive: Archive) -> None:
    old, new = article(url=URL), article(Says("Mara Venn", "it stays"), url=URL)
    outcomes = [archive.save(each, given()).outcome for each in (old, new, old)]
    assert outcomes == ["added", "new version", "new version"]


@pytest.mark.parametrize(
    "before, after, changes",
    [
        pytest.param([VENN], [VENN], [], id="nothing"),
        pytest.param(
            [VENN], [Says("Mara Venn", "the Bridge closes, in May!")], [], id="typography-and-case-are-no-change"
        ),
        pytest.param(
            [VENN],
            [VENN, Says("Oskar Lind", "the ferry sails")],
            [StatementChange("added", None, "the ferry sails", None, "Oskar Lind")],
            id="added",
        ),
        pytest.param(
            [VENN, Says("Oskar Lind", "the ferry sails")],
            [VENN],
            [StatementChange("removed", "the ferry sails", None, "Oskar Lind", None)],
            id="removed",
        ),
        pytest.param(
            [VENN],
            [Says("Mara Venn", "the bridge closes in June")],
            [
                StatementChange(
                    "reworded", "the bridge closes in May", "the bridge closes in June", "Mara Venn", "Mara Venn"
                )
            ],
            id="reworded",
        ),
        pytest.param(
            [VENN],
            [Says("Oskar Lind", "the bridge closes in May")],
            [
                StatementChange(
                    "moved to another speaker",
                    "the bridge closes in May",
                    "the bridge closes in May",
                    "Mara Venn",
                    "Oskar Lind",
                )
            ],
            id="moved-to-another-speaker",
        ),
        pytest.param(
            [VENN],
            [Says("Mara Venn", "nobody will drown this winter")],
            [
                StatementChange("added", None, "nobody will drown this winter", None, "Mara Venn"),
                StatementChange("removed", "the bridge closes in May", None, "Mara Venn", None),
            ],
            id="something-else-by-the-same-speaker-is-no-rewording",
        ),
        pytest.param(
            [VENN, VENN],
            [VENN],
            [StatementChange("removed", "the bridge closes in May", None, "Mara Venn", None)],
            id="one-of-two-alike",
        ),
    ],
)
def test_compare(before: list[Says], after: list[Says], changes: list[StatementChange]) -> None:
    assert compare(make_article(*before), make_article(*after)) == changes
