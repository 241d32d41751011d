"""Which names are one."""

from __future__ import annotations

import pytest

from sayso.speakers.entities import Entity
from sayso.speakers.forms import Form
from sayso.speakers.mentions import ORGANISATION, PERSON
from sayso.speakers.names import NameIndex


class Index:
    def __init__(self) -> None:
        self.entities: list[Entity] = []
        self.names = NameIndex(self.create)

    def create(self) -> Entity:
        self.entities.append(Entity(len(self.entities)))
        return self.entities[-1]

    def person(self, name: str, *, title: str = "", gender: str | None = None) -> list[int]:
        form = Form(
            name, "person", PERSON, name=tuple(name.split()), title=title, gender=gender, gender_is_sure=bool(gender)
        )  # type: ignore[arg-type]
        found = self.names.person(form)
        if len(found) == 1:
            found[0].learn(0, form)
        return [each.number for each in found]

    def proper(self, name: str) -> int:
        form = Form(name, "proper", ORGANISATION, name=tuple(name.split()))
        found = self.names.proper(form)
        found.learn(0, form)
        return found.number


@pytest.fixture
def index() -> Index:
    return Index()


@pytest.mark.parametrize(
    "first, second, same",
    [
        pytest.param("Marta Lind", "Lind", True, id="surname"),
        pytest.param("Marta Lind", "Marta", True, id="given-name"),
        pytest.param("Marta Lind", "M. Lind", True, id="initial"),
        pytest.param("Robert Hale", "Rob Hale", True, id="short-form"),
        pytest.param("Marta Lind", "Otto Lind", False, id="another-of-that-name"),
        pytest.param("Zoë Kjærgård", "Kjaergård", False, id="other-letters"),
        pytest.param("K. C. Maurer", "Mauer", True, id="slip-of-the-pen"),
        pytest.param("Ann Lind", "Lund", False, id="short-names-are-not-guessed"),
        pytest.param("Joe Marsh Jr.", "Marsh", True, id="junior"),
    ],
)
def test_persons(index: Index, first: str, second: str, same: bool) -> None:
    assert (index.person(first) == index.person(second)) is same


def test_two_of_one_surname_are_both_offered(index: Index) -> None:
    one, other = index.person("Otto Hale"), index.person("Peter Hale")
    assert sorted(index.person("Hale")) == [*one, *other]


def test_gender_leaves_one(index: Index) -> None:
    index.person("Otto Hale", gender="m")
    ada = index.person("Ada Hale", gender="f")
    assert index.person("Hale", gender="f") == ada


@pytest.mark.parametrize(
    "first, second, same",
    [
        pytest.param("Financial Conduct Board", "FCB", True, id="acronym"),
        pytest.param("FCB", "Financial Conduct Board", True, id="acronym-first"),
        pytest.param("Joint Council for the Welfare of Sailors", "JCWS", True, id="small-words-left-out"),
        pytest.param("Vellish Civil Defence Authority", "Civil Defence Authority", True, id="ending"),
        pytest.param("Northline Ferries", "Northline", True, id="first-word"),
        pytest.param("Northline Ferries", "Southline Ferries", False, id="another"),
        pytest.param("Bank of Wessen", "Bank of Turva", False, id="two-banks"),
    ],
)
def test_other_names(index: Index, first: str, second: str, same: bool) -> None:
    assert (index.proper(first) == index.proper(second)) is same
