"""Whole articles in, speakers out, with the mentions given."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from sayso.documents import Article
from sayso.records import Speaker

Resolve = Callable[..., tuple[Article, dict[str, Speaker | None]]]


def names(found: dict[str, Speaker | None]) -> list[str | None]:
    return [None if speaker is None else speaker.name for speaker in found.values()]


LIND = [("Mayor Marta Lind", "Lind", "person"), ("Lind", "Lind", "person"), ("She", "She", "person")]


def test_one_speaker_for_all_her_names(resolved: Resolve) -> None:
    text = "Lind: bridge must close\nMayor Marta Lind said the bridge was unsafe.\nShe said it would close on Monday."
    article, found = resolved(
        text,
        LIND,
        ("Lind", ":", "bridge must close"),
        ("Mayor Marta Lind", "said", "the bridge was unsafe"),
        ("She", "said", "it would close on Monday"),
        headline=True,
    )
    assert names(found) == ["Marta Lind"] * 3
    (speaker,) = article.speakers
    assert (speaker.kind, speaker.titles) == ("person", ["Mayor"])
    assert [span.of(text) for span in speaker.mentions] == ["Lind", "Mayor Marta Lind", "She"]


def test_two_bearers_of_a_surname_leave_a_doubt(resolved: Resolve) -> None:
    text = "Otto Hale said no. Peter Hale said yes. Hale added that it was late."
    article, _ = resolved(
        text,
        [("Otto Hale", "Hale", "person"), ("Peter Hale", "Hale", "person"), ("Hale added", "Hale", "person")],
        ("Otto Hale", "said", "no"),
        ("Peter Hale", "said", "yes"),
        ("Hale", "added", "that it was late"),
    )
    candidates = article.attributions[2].candidates
    by_id = {each.id: each.name for each in article.speakers}
    assert [by_id[each.speaker] for each in candidates] == ["Peter Hale", "Otto Hale"]
    assert sum(each.score for each in candidates) == pytest.approx(1.0)


def test_a_title_tells_two_of_one_surname_apart(resolved: Resolve) -> None:
    text = "Mr Otto Hale said no. Mrs Ada Hale said yes. Mrs Hale added that it was late."
    _, found = resolved(
        text,
        [("Mr Otto Hale", "Hale", "person"), ("Mrs Ada Hale", "Hale", "person"), ("Mrs Hale", "Hale", "person")],
        ("Mr Otto Hale", "said", "no"),
        ("Mrs Ada Hale", "said", "yes"),
        ("Mrs Hale", "added", "that it was late"),
    )
    assert names(found) == ["Otto Hale", "Ada Hale", "Ada Hale"]


def test_i_in_a_quotation_is_its_speaker(resolved: Resolve) -> None:
    text = 'Marta Lind said: "I believe it is over."'
    article, found = resolved(
        text,
        [("Marta Lind", "Lind", "person"), ("I", "I", "person")],
        ("Marta Lind", "said", '"I believe it is over."'),
        ("I", "believe", "it is over", "a1"),
    )
    assert names(found) == ["Marta Lind", "Marta Lind"]
    assert len(article.speakers[0].mentions) == 2


def test_i_outside_quotation_marks_is_the_author(resolved: Resolve) -> None:
    _, found = resolved("I think it is over.", [("I", "I", "person")], ("I", "think", "it is over"))
    assert [speaker.kind for speaker in found.values() if speaker] == ["author"]


def test_a_capital_speaks_for_its_government_and_is_a_place_elsewhere(resolved: Resolve) -> None:
    text = "Kyiv said the talks in Kyiv had failed."
    article, _ = resolved(text, [("Kyiv", "Kyiv", "place")], ("Kyiv", "said", "the talks in Kyiv had failed"))
    (speaker,) = article.speakers
    assert (speaker.kind, speaker.stands_for) == ("government", "the government of Ukraine")
    assert [span.start for span in speaker.mentions] == [0]
    assert [(each.kind, each.stands_for) for each in article.mentioned] != [("government", speaker.stands_for)]


@pytest.mark.parametrize(
    "source, head, kind, expected",
    [
        pytest.param("a senior official who asked not to be named", "official", "person", "anonymous", id="withheld"),
        pytest.param("two senators", "senators", "person", "group", id="some people"),
        pytest.param("the report", "report", "thing", "document", id="a document"),
        pytest.param("the Cabinet Office", "Office", "organisation", "organisation", id="an office"),
        pytest.param("Northline Ferries Ltd", "Ferries", "organisation", "organisation", id="a company"),
        pytest.param("the coroner", "coroner", "person", "person", id="one man, though nameless"),
    ],
)
def test_kinds(resolved: Resolve, source: str, head: str, kind: str, expected: str) -> None:
    text = f"It is over, {source} said."
    _, found = resolved(text, [(source, head, kind)], (source, "said", "It is over"))
    assert [speaker.kind for speaker in found.values() if speaker] == [expected]


def test_a_quotation_that_stands_alone_goes_on(resolved: Resolve) -> None:
    text = 'Marta Lind said: "It is over."\n"We leave on Monday."'
    _, found = resolved(
        text,
        [("Marta Lind", "Lind", "person")],
        ("Marta Lind", "said", '"It is over."'),
        ("", "", '"We leave on Monday."'),
    )
    assert names(found) == ["Marta Lind", "Marta Lind"]


def test_a_passive_is_nobodys(resolved: Resolve) -> None:
    _, found = resolved("The bridge is expected to close.", [], ("", "is expected", "to close"))
    assert names(found) == [None]


def test_a_description_beside_a_name_is_his(resolved: Resolve) -> None:
    text = "The union's chief negotiator, Otto Hale, said no. Hale left."
    article, found = resolved(
        text,
        [("The union's chief negotiator", "negotiator", "person"), ("Otto Hale", "Hale", "person")],
        ("The union's chief negotiator, Otto Hale,", "said", "no"),
    )  # fmt: skip
    assert names(found) == ["Otto Hale"]
    assert article.speakers[0].titles == ["union's chief negotiator"]


def test_who_is_talked_about(resolved: Resolve) -> None:
    text = "Marta Lind said Otto Hale had left."
    article, _ = resolved(
        text,
        [("Marta Lind", "Lind", "person"), ("Otto Hale", "Hale", "person")],
        ("Marta Lind", "said", "Otto Hale had left"),
    )
    (hale,) = article.mentioned
    assert hale.name == "Otto Hale"
    assert article.attributions[0].about == [hale.id]


def test_nothing_said_nothing_resolved(resolved: Resolve) -> None:
    article, found = resolved("", [])
    assert (article.speakers, article.mentioned, found) == ([], [], {})


def test_ids_are_stable(resolved: Resolve) -> None:
    arguments: tuple[Any, ...] = (
        "Marta Lind said no. Otto Hale said yes.",
        [("Marta Lind", "Lind", "person"), ("Otto Hale", "Hale", "person")],
        ("Marta Lind", "said", "no"),
        ("Otto Hale", "said", "yes"),
    )
    first, second = (resolved(*arguments)[0] for _ in range(2))
    assert first.speakers == second.speakers
    assert [each.id for each in first.speakers] == ["s1", "s2"]
