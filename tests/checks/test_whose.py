"""Whose turn it is: by names and titles, and by nothing weaker."""

from __future__ import annotations

import pytest

from sayso.checks.whose import agrees, parse_label, speaks
from sayso.documents import Span, Transcript, Turn
from sayso.records import Speaker


def transcript(*labels: str | None, title: str | None = None, role: str = "speaker") -> Transcript:
    """A transcript with a turn of one word for each label."""
    text = " ".join("word" for _ in labels)
    turns = [
        Turn(Span(5 * place, 5 * place + 4), label, role="question" if label == "Q" else "speaker")
        for place, label in enumerate(labels)
    ]
    return Transcript("t1", text, turns=turns, title=title)


def person(name: str, *titles: str) -> Speaker:
    return Speaker("s1", name, "person", list(titles))


@pytest.mark.parametrize(
    "speaker, label, title, expected",
    [
        pytest.param(person("Mara Quill"), "MS. QUILL", None, True, id="surname-after-honorific"),
        pytest.param(person("Mara Quill"), "Mara Quill (Harbour Board)", None, True, id="full-name-with-aside"),
        pytest.param(person("Mara Quill"), "QUILL, Mara", None, True, id="surname-first"),
        pytest.param(person("Quill"), "Mara Quill, chair of the board", None, True, id="bare-surname-in-the-article"),
        pytest.param(person("Karine Saint-Clair"), "MS. SAINT-CLAIR", None, True, id="double-surname"),
        pytest.param(person("José Muñoz"), "MUNOZ", None, True, id="accents-lost"),
        pytest.param(person("Mara Quill"), "MR. HARL", None, False, id="another-surname"),
        pytest.param(person("Mara Quill"), "Tom Quill", None, None, id="another-given-name-is-not-told-for-sure"),
        pytest.param(person("Olena Horbatska"), "HORBATSKAYA", None, None, id="another-spelling-accuses-nobody"),
        pytest.param(person("Mara Quill", "harbour minister"), "THE MINISTER", None, True, id="title-of-hers"),
        pytest.param(person("Mara Quill", "mayor"), "THE MINISTER", None, None, id="a-title-that-is-not-known-hers"),
        pytest.param(person("Lund"), "THE PRESIDENT", "Remarks by President Lund", True, id="named-by-title"),
        pytest.param(
            person("Lund", "president"), "THE PRESIDENT", "Remarks by President Ode", None, id="the-title-is-anothers"
        ),
        pytest.param(person("Mara Quill"), "Q", None, None, id="a-question-is-nobodys"),
        pytest.param(person("Mara Quill"), "INTERPRETER", None, None, id="an-interpreter-is-nobody"),
        pytest.param(person("Mara Quill"), None, "Speech by Mara Quill", True, id="alone-and-named-by-the-title"),
        pytest.param(person("Mara Quill"), None, None, None, id="alone-and-unnamed"),
        pytest.param(Speaker("s1", "the White House", "government"), "MR. HARL", None, None, id="a-house-has-many"),
        pytest.param(person("the minister", "minister"), "THE MINISTER", None, True, id="known-by-title-alone"),
    ],
)
def test_whether_the_label_is_the_speakers(
    speaker: Speaker, label: str | None, title: str | None, expected: bool | None
) -> None:
    source = transcript(label, title=title)
    assert agrees(speaker, source.turns[0], source) is expected


@pytest.mark.parametrize(
    "labels, expected",
    [
        pytest.param(("MR. HARL", "MS. QUILL"), True, id="has-a-turn"),
        pytest.param(("MR. HARL", "Q"), False, id="all-others-are-named"),
        pytest.param(("MR. HARL", "THE CHAIR"), None, id="may-be-the-one-without-a-name"),
        pytest.param((), None, id="nobody-speaks"),
    ],
)
def test_whether_somebody_speaks(labels: tuple[str, ...], expected: bool | None) -> None:
    assert speaks(person("Mara Quill"), transcript(*labels)) is expected


@pytest.mark.parametrize(
    "label, name",
    [
        pytest.param("PRIME MINISTER OKORO", ("okoro",), id="titles-before"),
        pytest.param("Ann Lee, chief economist", ("ann", "lee"), id="title-after-a-comma"),
        pytest.param("GEN. LUCAS ORTEGA", ("lucas", "ortega"), id="rank"),
        pytest.param("AUDIENCE", (), id="a-crowd"),
        pytest.param("Martin Rook Jr.", ("martin", "rook"), id="suffix"),
    ],
)
def test_the_name_in_a_label(label: str, name: tuple[str, ...]) -> None:
    assert parse_label(label)[0] == name


def test_the_one_who_answers_is_whom_the_title_names() -> None:
    interview = transcript("Q", "A", title="Interview with Mara Quill")
    assert agrees(person("Mara Quill"), interview.turns[1], interview) is True
    assert agrees(person("Otto Harl"), interview.turns[1], interview) is None
