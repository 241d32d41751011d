from __future__ import annotations

import pytest

from sayso.documents import Article, Span
from sayso.exports.speakers import Cast, describe
from sayso.records import Attribution, Candidate, Speaker

HALVORSENS = [
    ("anna", "Anna Halvorsen"),
    ("piet", "Piet Halvorsen"),
    ("union", "the Dockers' Union"),
    ("guild", "Union"),
]


@pytest.mark.parametrize(
    "source, speaker, aside",
    [
        pytest.param("he", "piet", "Piet Halvorsen", id="pronoun"),
        pytest.param("the minister", "anna", "Anna Halvorsen", id="title"),
        pytest.param("Anna Halvorsen, the minister", "anna", "", id="full-name"),
        pytest.param("the Union", "guild", "", id="whole-name-that-another-one-contains"),
        pytest.param("Anna", "anna", "", id="first-name-of-one-alone"),
        pytest.param("Halvorsen", "anna", "Anna Halvorsen", id="surname-that-two-share"),
        pytest.param("The dockers", "union", "", id="organisation-by-its-noun"),
        pytest.param("The group", "union", "the Dockers' Union", id="only-the-article-in-common"),
        pytest.param("", "anna", "Anna Halvorsen", id="source-left-out"),
        pytest.param("critics", None, "", id="speaker-not-known"),
        pytest.param("critics", "gone", "", id="speaker-not-in-the-record"),
    ],
)
def test_aside_says_who_is_meant_where_the_source_does_not(source: str, speaker: str | None, aside: str) -> None:
    cast = Cast(Article("x", source, speakers=[Speaker(*each) for each in HALVORSENS]))
    attribution = Attribution("a", [Span(0, len(source))] if source else [], [], [], speaker=speaker)
    assert cast.aside(attribution) == aside


@pytest.mark.parametrize(
    "scores, aside",
    [
        pytest.param([("anna", 0.551), ("piet", 0.41)], "Anna Halvorsen 0.55 or Piet Halvorsen 0.41", id="two"),
        pytest.param([("anna", 0.5), ("piet", 0.05)], "perhaps Anna Halvorsen 0.50", id="one-worth-naming"),
        pytest.param([("gone", 0.5), ("piet", 0.3)], "gone 0.50 or Piet Halvorsen 0.30", id="not-in-the-record"),
        pytest.param([("anna", 0.04)], "", id="none-worth-naming"),
    ],
)
def test_undecided_speaker_is_shown_with_all_likely_ones(scores: list[tuple[str, float]], aside: str) -> None:
    cast = Cast(Article("x", "he", speakers=[Speaker(*each) for each in HALVORSENS]))
    candidates = [Candidate(*each) for each in scores]
    assert cast.aside(Attribution("a", [Span(0, 2)], [], [], candidates=candidates)) == aside


def test_badges_differ_and_colours_come_round() -> None:
    names = ["Anna Halvorsen", "Aro Hale", "Velmark", "\u202e", "the Port of Ellery", "a", "b", "c", "d"]
    cast = Cast(Article("x", "", speakers=[Speaker(str(place), name) for place, name in enumerate(names)]))
    assert [member.badge for member in cast] == ["AH", "AH2", "V", "?", "PE", "?2", "B", "C", "D"]
    assert [member.colour for member in cast] == [0, 1, 2, 3, 4, 5, 6, 7, 0]


@pytest.mark.parametrize(
    "speaker, line",
    [
        pytest.param(Speaker("a", "Ann", "person", ["the mayor", "Mayor"]), "person · Mayor", id="title-once"),
        pytest.param(Speaker("a", "Ann", "person", ["mayor", "ex-judge"]), "person · mayor; ex-judge", id="two-titles"),
        pytest.param(
            Speaker("k", "Kyiv", "government", stands_for="the government of Ukraine"),
            "government · stands for the government of Ukraine", id="metonym",
        ),
    ],
)  # fmt: skip
def test_describe(speaker: Speaker, line: str) -> None:
    assert describe(speaker) == line
