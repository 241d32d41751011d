"""What the words of a mention say by themselves."""

from __future__ import annotations

import pytest

from sayso.documents import Span
from sayso.extraction import labels
from sayso.speakers.forms import Form, read_form
from sayso.speakers.mentions import Mention


def form_of(text: str, head: str, kind: str, *, opens_sentence: bool = False, small: tuple[str, ...] = ()) -> Form:
    number = labels.MENTION_TAGS.index(kind)
    kinds = tuple(float(index == number) for index in range(len(labels.MENTION_TAGS)))
    end = text.rindex(head) + len(head)
    mention = Mention(0, 0, 1, Span(0, len(text)), kinds)
    return read_form(mention, text, head_end=end, inner=[], opens_sentence=opens_sentence, small=small)


@pytest.mark.parametrize(
    "text, head, name, title",
    [
        pytest.param("Marta Lind", "Lind", ("Marta", "Lind"), "", id="bare"),
        pytest.param("the chief engineer Marta Lind", "Lind", ("Marta", "Lind"), "chief engineer", id="title"),
        pytest.param("Foreign Minister Sergei Belov", "Belov", ("Sergei", "Belov"), "Foreign Minister", id="office"),
        pytest.param("Mr Hale’s", "Hale", ("Hale",), "Mr", id="honorific-and-possessive"),
        pytest.param("General Suleiman al-Amin", "Amin", ("Suleiman", "al-Amin"), "General", id="particle-with-hyphen"),
        pytest.param("Ursula van der Berg", "Berg", ("Ursula", "van", "der", "Berg"), "", id="particles"),
        pytest.param("British Judge Ann Oduya", "Oduya", ("Ann", "Oduya"), "British Judge", id="people"),
    ],
)  # fmt: skip
def test_names_of_persons(text: str, head: str, name: tuple[str, ...], title: str) -> None:
    form = form_of(text, head, "person")
    assert (form.shape, form.name, form.title) == ("person", name, title)


@pytest.mark.parametrize(
    "text, head, name",
    [
        pytest.param("the Council on Port Affairs", "Council", ("Council", "on", "Port", "Affairs"), id="of-phrase"),
        pytest.param("Northline Ferries Ltd", "Ferries", ("Northline", "Ferries"), id="company-ending"),
        pytest.param("Northline's", "Northline", ("Northline",), id="possessive"),
        pytest.param("Harbour news agency", "agency", ("Harbour", "news", "agency"), id="noun-behind-the-name"),
    ],
)  # fmt: skip
def test_other_names(text: str, head: str, name: tuple[str, ...]) -> None:
    form = form_of(text, head, "organisation")
    assert (form.shape, form.name) == ("proper", name)


@pytest.mark.parametrize(
    "text, head, plural, definite, noun_class",
    [
        pytest.param("the minister", "minister", False, True, "person", id="the-minister"),
        pytest.param("two officials", "officials", True, False, "group", id="two-officials"),
        pytest.param("a leaked report", "report", False, False, "document", id="a-report"),
        pytest.param("his company", "company", False, True, "organisation", id="his-company"),
        pytest.param("London and Madrid", "Madrid", True, True, None, id="a-pair"),
    ],
)
def test_descriptions(text: str, head: str, plural: bool, definite: bool, noun_class: str | None) -> None:
    form = form_of(text, head, "person")
    assert (form.shape, form.plural, form.definite, form.noun_class) == ("nominal", plural, definite, noun_class)


@pytest.mark.parametrize(
    "text, party, gender", [("He", "he", "m"), ("her", "she", "f"), ("themselves", "they", None), ("I", "I", None)]
)
def test_pronouns(text: str, party: str, gender: str | None) -> None:
    form = form_of(text, text, "person")
    assert (form.shape, form.party, form.gender) == ("pronoun", party, gender)


def test_a_capital_that_opens_a_sentence_makes_no_name() -> None:
    assert form_of("Officials", "Officials", "person", opens_sentence=True).shape == "nominal"


def test_a_word_written_small_elsewhere_is_no_name() -> None:
    assert form_of("Divers", "Divers", "person", small=("divers",)).shape == "nominal"


def test_a_woman_by_her_title() -> None:
    form = form_of("Dame Ruth Abara", "Abara", "person")
    assert (form.gender, form.gender_is_sure) == ("f", True)


def test_a_withheld_name() -> None:
    assert form_of("an aide who asked not to be named", "aide", "person").nameless
