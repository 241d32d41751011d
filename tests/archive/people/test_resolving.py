from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Connection, insert, select

from sayso.archive.archive import Archive
from sayso.archive.people.resolving import Resolved, resolve
from sayso.archive.schema import appearance, article, speaker, version
from sayso.documents import Article
from tests.archive.built import Says, make_article


def keep(connection: Connection, made: Article, *, before: int | None = None) -> tuple[int, dict[str, Resolved]]:
    """Resolves an article's speakers and puts in their appearances, as saving does; the version's id with them."""
    found = resolve(connection, made, outlet=made.outlet, before=before)
    number = connection.execute(
        insert(article).returning(article.c.id), {"key": f"text:{made.id}:{made.outlet}:{before}", "added_at": "now"}
    ).scalar_one()
    version_id = connection.execute(
        insert(version).returning(version.c.id),
        {
            "article_id": number, "number": 1, "newest": True, "text_id": made.id, "added_at": "now", "words": 1,
            "characters": 1,
        },
    ).scalar_one()  # fmt: skip
    connection.execute(
        insert(appearance),
        [
            {
                "version_id": version_id, "local": each.id, "speaker_id": found[each.id].speaker_id,
                "found_id": found[each.id].found_id, "name": each.name, "kind": each.kind,
                "titles": json.dumps(each.titles), "speaks": True, "reason": found[each.id].reason,
                "decision_id": found[each.id].decision_id,
            }
            for each in [*made.speakers, *made.mentioned]
        ],
    )  # fmt: skip
    return version_id, found


def says(name: str, *titles: str, **more: object) -> Says:
    return Says(name, f"the words of {name} are these", titles=titles, **more)  # type: ignore[arg-type]


def told(each: Says, **more: Any) -> Article:
    """An article in which one speaks, with the titles before the name."""
    assert each.speaker is not None
    text = "\n\n".join(f"On Monday {title} {each.speaker} said {each.content}." for title in each.titles or ("",))
    return make_article(each, text=text, **more)


def ids_of(archive: Archive, articles: Sequence[Article]) -> list[int]:
    """Of articles with one speaker each: which speaker of the archive each is, after all of them are in."""
    found = []
    for each in articles:
        found.append(archive.store.write(lambda connection, each=each: keep(connection, each)[1]["s1"].speaker_id))
    return found


CASES = [
    pytest.param([says("Mara Venn"), says("Mara Venn")], [0, 0], id="the-same-name-is-the-same-person"),
    pytest.param([says("Mara Venn"), says("Mara J. Venn")], [0, 0], id="a-middle-initial-parts-nobody"),
    pytest.param([says("Mara Venn"), says("Nora Venn")], [0, 1], id="another-given-name-is-another-person"),
    pytest.param([says("Jon K. Venn"), says("Jon T. Venn")], [0, 1], id="two-middle-initials-are-two-persons"),
    pytest.param([says("Jon Venn Sr."), says("Jon Venn Jr.")], [0, 1], id="father-and-son"),
    pytest.param(
        [says("John Hallam", "Transport Minister"), says("John Hallam", "goalkeeper")], [0, 1],
        id="a-minister-and-a-goalkeeper",
    ),
    pytest.param(
        [says("John Hallam", "Vice President"), says("John Hallam", "President")], [0, 0], id="an-office-changes",
    ),
    pytest.param(
        [says("John Hallam", "former goalkeeper"), says("John Hallam", "Transport Minister")], [0, 0],
        id="what-somebody-was-contradicts-nothing",
    ),
    pytest.param(
        [says("Ana Lindqvist", "Swedish foreign minister"), says("Ana Lindqvist", "Canadian foreign minister")], [0, 1],
        id="ministers-of-two-countries",
    ),
    pytest.param(
        [says("Ana Lindqvist", "Minister"), says("Ana Lindqvist", "Swedish foreign minister")], [0, 0],
        id="a-title-that-says-less",
    ),
    pytest.param(
        [says("Ana Lindqvist", "Minister", "Captain"), says("Ana Lindqvist", "goalkeeper", "Captain")], [0, 0],
        id="one-title-that-agrees-outweighs-others",
    ),
    pytest.param([says("Ana Lindqvist", "Mrs"), says("Ana Lindqvist", "Mr")], [0, 1], id="a-man-and-a-woman"),
    pytest.param([says("Lindqvist"), says("Lindqvist")], [0, 1], id="surnames-alone-are-lumped-never"),
    pytest.param(
        [says("Ana Lindqvist", "Foreign Minister"), says("Lindqvist", "Foreign Minister")], [0, 0],
        id="a-surname-with-the-office-of-the-one-bearer",
    ),
    pytest.param(
        [says("Ana Lindqvist", "Foreign Minister"), says("Lindqvist", "Captain")], [0, 1],
        id="a-surname-with-another-office",
    ),
    pytest.param(
        [says("Ana Lindqvist", "senator"), says("Olaf Lindqvist", "senator"), says("Lindqvist", "Sen.")], [0, 1, 2],
        id="a-surname-with-an-office-that-two-bear",
    ),
    pytest.param([says("William Orme", "senator"), says("Bill Orme", "Sen.")], [0, 0], id="a-short-form-and-office"),
    pytest.param([says("William Orme"), says("Bill Orme")], [0, 1], id="a-short-form-alone-is-too-little"),
    pytest.param([says("J. Orme", "senator"), says("Jane Orme", "senator")], [0, 0], id="an-initial-and-the-office"),
    pytest.param([says("J. Orme", "senator"), says("Jane Orme", "pitcher")], [0, 1], id="an-initial-and-no-office"),
    pytest.param([says("Danylo Horenskyy"), says("Danylo Horensky")], [0, 0], id="two-transliterations"),
    pytest.param(
        [says("Senior official", kind="anonymous"), says("Senior official", kind="anonymous")], [0, 1],
        id="anonymous-sources-are-never-one",
    ),
    pytest.param([says("Driver"), says("Driver")], [0, 1], id="a-description-is-no-name"),
    pytest.param([says("He"), says("He")], [0, 1], id="pronouns-are-no-names"),
    pytest.param([says("Witnesses", kind="group"), says("Witnesses", kind="group")], [0, 1], id="groups-are-never-one"),
    pytest.param(
        [says("Halmark Ferries Inc.", kind="organisation"), says("the Halmark Ferries", kind="organisation")], [0, 0],
        id="a-company-without-its-ending",
    ),
    pytest.param(
        [
            says("Kyiv", kind="government", stands_for="the government of Ukraine"),
            says("Ukrainian government", kind="government"),
        ],
        [0, 0], id="a-capital-and-its-government",
    ),
    pytest.param(
        [says("Kiev", kind="government", stands_for="the government of Ukraine"), says("Moscow", kind="government",
         stands_for="the government of Russia")], [0, 1], id="two-capitals",
    ),
    pytest.param([says("Halmark", kind="organisation"), says("Halmark")], [0, 1], id="a-name-of-two-kinds"),
]  # fmt: skip


@pytest.mark.parametrize("spoken, wanted", CASES)
def test_one_person_over_articles(archive: Archive, spoken: list[Says], wanted: list[int]) -> None:
    articles = [told(each) for at, each in enumerate(spoken)]
    for at, each in enumerate(articles):
        each.id = f"a{at}"
    found = ids_of(archive, articles)
    assert [found.index(each) for each in found] == wanted


def test_a_common_name_is_one_at_its_outlet_alone(archive: Archive) -> None:
    text = "On Monday the Supreme Court said the words of Supreme Court are these."
    articles = []
    for outlet in ("The Tidewater Courier", "The Tidewater Courier", "Halmark Echo"):
        made = make_article(says("Supreme Court", kind="organisation"), text=text, outlet=outlet)
        made.id = f"a{len(articles)}"
        articles.append(made)
    one, two, other = ids_of(archive, articles)
    assert one == two != other


def test_a_title_that_only_a_description_gives_parts_nobody(archive: Archive) -> None:
    first = told(says("John Hallam", "Transport Minister"))
    text = "John Hallam said the words of John Hallam are these. The goalkeeper left."
    second = make_article(says("John Hallam", "goalkeeper"), text=text)
    one, other = ids_of(archive, [first, second])
    assert one == other


def test_a_title_right_behind_the_name_parts_two(archive: Archive) -> None:
    first = told(says("John Hallam", "Transport Minister"))
    text = "John Hallam, a goalkeeper of Halmark, said the words of John Hallam are these."
    one, other = ids_of(archive, [first, make_article(says("John Hallam", "goalkeeper"), text=text)])
    assert one != other


def test_a_surname_that_was_taken_for_an_organisation_joins_nothing(archive: Archive) -> None:
    articles = []
    for given_name in ("Mara", "Ode"):
        name = f"{given_name} Venn"
        text = f"{name} said the words of {name} are these. Venn said the words of Venn are these."
        articles.append(make_article(says(name), says("Venn", kind="organisation"), text=text))
    one, other = (
        archive.store.write(lambda connection, made=made: keep(connection, made)[1]["s2"].speaker_id)
        for made in articles
    )
    assert one != other


def test_an_acronym_that_an_article_explains_is_known_later(archive: Archive) -> None:
    text = "The Northern Bureau of Weights said the words of Northern Bureau of Weights are these. The NBW met."
    long = make_article(says("Northern Bureau of Weights", kind="organisation"), text=text)
    at = text.index("NBW")
    long.speakers[0].mentions.append(type(long.speakers[0].mentions[0])(at, at + 3))
    short = make_article(says("NBW", kind="organisation"))
    one, other = ids_of(archive, [long, short])
    assert one == other


def test_a_copy_of_a_text_has_the_same_surnames(archive: Archive) -> None:
    one = make_article(says("Lindqvist"), outlet="The Tidewater Courier")
    other = make_article(says("Lindqvist"), outlet="Halmark Echo")
    assert one.id == other.id
    first, second = ids_of(archive, [one, other])
    assert first == second


def test_a_new_version_keeps_who_was_who(archive: Archive) -> None:
    old = make_article(says("Lindqvist"), says("Senior official", kind="anonymous"))
    new = make_article(says("Lindqvist"), says("Senior official", kind="anonymous"), text=None, headline="Bridge shut")

    def both(connection: Connection) -> tuple[dict[str, Resolved], dict[str, Resolved]]:
        number, first = keep(connection, old)
        return first, keep(connection, new, before=number)[1]

    first, second = archive.store.write(both)
    assert {name: each.speaker_id for name, each in first.items()} == {
        name: each.speaker_id for name, each in second.items()
    }


def test_a_name_that_is_mostly_one_is_that_one_where_nothing_tells(archive: Archive) -> None:
    articles = [told(says("John Hallam", *titles)) for titles in [("Minister",)] * 6 + [("goalkeeper",)] + [()]]
    for at, each in enumerate(articles):
        each.id = f"a{at}"
    found = ids_of(archive, articles)
    assert found[-1] == found[0] != found[6]
    with archive.store.reading() as connection:
        reason = connection.scalar(select(appearance.c.reason).order_by(appearance.c.id.desc()).limit(1))
        apart = connection.scalar(select(appearance.c.reason).where(appearance.c.speaker_id == found[6]))
    assert "the best known of 2" in str(reason)
    assert "politics (minister)" in str(apart) and "sport (goalkeeper)" in str(apart)


def test_two_of_one_name_in_one_article_are_one(archive: Archive) -> None:
    text = "Mara Venn said the words of Mara Venn are these. Mara J. Venn said the words of Mara J. Venn are these."
    made = make_article(says("Mara Venn"), says("Mara J. Venn"), text=text)
    found = archive.store.write(lambda connection: resolve(connection, made, outlet=None))
    assert found["s1"].speaker_id == found["s2"].speaker_id


def test_speakers_talked_about_are_resolved_too(archive: Archive) -> None:
    made = make_article(says("Mara Venn", about=("Halmark Ferries",)), published=date(2026, 3, 14))
    found = archive.store.write(lambda connection: resolve(connection, made, outlet=None))
    assert set(found) == {"s1", "m2"}
    with archive.store.reading() as connection:
        assert connection.scalars(select(speaker.c.name).order_by(speaker.c.id)).all() == [
            "Mara Venn",
            "Halmark Ferries",
        ]
