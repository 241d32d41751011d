from __future__ import annotations

import pytest

from sayso.archive.people.identifying import is_common, is_institution
from sayso.archive.people.naming import (
    acronym_of,
    is_described,
    is_pronoun,
    organisation_name,
    person_keys,
    person_lookups,
    person_name,
    persons_agree,
)
from sayso.archive.people.profiles import agreement, contradiction, profile_of
from sayso.archive.people.roles import role_of


@pytest.mark.parametrize(
    "one, other, wanted",
    [
        pytest.param("John Smith", "John Smith", "same", id="equal"),
        pytest.param("John Smith", "JOHN SMITH", "same", id="shouted"),
        pytest.param("John Smith", "J. Smith", "compatible", id="an-initial"),
        pytest.param("John Smith", "Smith", "compatible", id="a-surname"),
        pytest.param("James Smith", "Smith", "compatible", id="the-same-surname-of-another"),
        pytest.param("John Smith", "James Smith", "contradict", id="two-given-names"),
        pytest.param("John Smith", "John Smythe", "contradict", id="two-surnames"),
        pytest.param("John Smith", "Jack Smith", "compatible", id="a-short-form"),
        pytest.param("William Orme", "Bill Orme", "compatible", id="another-short-form"),
        pytest.param("Will Orme", "Bill Orme", "contradict", id="two-short-forms-are-not-each-other"),
        pytest.param("John R. Orme", "John Orme", "same", id="a-middle-initial-left-out"),
        pytest.param("John R. Orme", "John T. Orme", "contradict", id="two-middle-initials"),
        pytest.param("John R. T. Orme", "John T. Orme", "contradict", id="a-middle-initial-too-many"),
        pytest.param("Ada Ray Orme", "Ada R. Orme", "same", id="a-middle-name-shortened"),
        pytest.param("J. Robert Orme", "Robert Orme", "same", id="called-by-the-second-name"),
        pytest.param("J.R. Orme", "John Orme", "compatible", id="two-initials"),
        pytest.param("John Orme Jr.", "John Orme Sr.", "contradict", id="father-and-son"),
        pytest.param("John Orme Jr.", "John Orme", "same", id="a-suffix-left-out"),
        pytest.param("Danylo Horenskyy", "Danylo Horenskiy", "same", id="two-transliterations"),
        pytest.param("Mohammed al-Rasul", "Muhammad Al Rasul", "same", id="an-arabic-name"),
        pytest.param("Kim Dol-su", "Kim Dol Su", "same", id="a-hyphen-in-a-name"),
        pytest.param("Renée O’Dell", "Renee O'Dell", "same", id="accents-and-apostrophes"),
        pytest.param("Ursula von der Mark", "Ursula Mark", "same", id="particles"),
        pytest.param("Thomas Orme, MD", "Thomas Orme", "same", id="a-degree"),
    ],
)
def test_whether_two_names_can_be_one_persons(one: str, other: str, wanted: str) -> None:
    assert persons_agree(one, other) == persons_agree(other, one) == wanted


@pytest.mark.parametrize(
    "name", ["John Orme", "J. R. Orme", "van der Mark", "al-Rasul", "Orme", "Kim Dol-su", "李明", "—"]
)
def test_a_name_agrees_with_itself_and_has_keys(name: str) -> None:
    assert persons_agree(name, name) == "same"
    assert person_keys(name)
    assert set(person_lookups(name)[:1]) <= set(person_keys(name))


def test_what_is_kept_of_a_short_form_is_found_by_the_long_one_and_back() -> None:
    assert set(person_keys("Bill Orme")) & set(person_lookups("William Orme"))
    assert set(person_keys("William Orme")) & set(person_lookups("Bill Orme"))
    assert not set(person_keys("Ada Orme")) & set(person_lookups("William Orme"))


@pytest.mark.parametrize(
    "name, wanted",
    [
        ("The Tidewater Ferries, Inc.", "tidewater ferries"),
        ("Halvorsen & Lund GmbH", "halvorsen and lund"),
        ("the Harbour Board’s", "harbour board"),
        ("U.N.", "un"),
        ("Co", "co"),
    ],
)
def test_organisations_are_known_without_article_and_ending(name: str, wanted: str) -> None:
    assert organisation_name(name) == wanted


def test_only_three_words_of_weight_make_an_acronym() -> None:
    assert acronym_of("Northern Bureau of Weights and Measures") == "nbwm"
    assert acronym_of("Bureau of Weights") == ""


@pytest.mark.parametrize("name", ["He", "they", "Those", "who", "Some of us"[:4], "Which"])
def test_pronouns_name_nobody(name: str) -> None:
    assert is_pronoun(name)


@pytest.mark.parametrize("name", ["Senior official", "23 percent", "Real estate mogul", "Vermont senator"])
def test_descriptions_name_nobody(name: str) -> None:
    assert is_described(name)


@pytest.mark.parametrize("name", ["Ana de la Cruz", "Bank of Halmark", "Mara Venn", "Mohammed al-Rasul"])
def test_names_are_no_descriptions(name: str) -> None:
    assert not is_described(name) and not is_pronoun(name)


@pytest.mark.parametrize(
    "name, common, institution",
    [
        ("Senate", True, True),
        ("Foreign Ministry", True, True),
        ("Department", True, False),
        ("City Council", True, False),
        ("Chamber of Commerce", True, False),
        ("Halmark Police", False, False),
    ],
)
def test_common_names_name_an_institution_or_one_in_every_town(name: str, common: bool, institution: bool) -> None:
    assert is_common(name) == common
    assert not common or is_institution(name) == institution


@pytest.mark.parametrize(
    "title, head, place, organisation, former",
    [
        ("Transport Minister", "minister", "", "", False),
        ("former Swedish prime minister", "prime minister", "sweden", "", True),
        ("prime minister of Canada", "prime minister", "canada", "", False),
        ("Ohio Gov.", "governor", "ohio", "", False),
        ("NATO Secretary-General", "secretary general", "", "nato", False),
        ("chief executive of Tidewater Ferries", "chief executive", "", "tidewater ferries", False),
        ("U.S. Secretary of State", "secretary of state", "united states", "", False),
        ("retired goalkeeper", "goalkeeper", "", "", True),
        ("spokesman for the minister", "spokesman", "", "", False),
    ],
)
def test_a_title_taken_apart(title: str, head: str, place: str, organisation: str, former: bool) -> None:
    role = role_of(title)
    assert role is not None
    assert (role.head, role.place, role.organisation, role.former) == (head, place, organisation, former)


@pytest.mark.parametrize("title", ["Mr", "husband of", "she is the minister", "", "of"])
def test_what_is_no_office(title: str) -> None:
    assert role_of(title) is None


@pytest.mark.parametrize(
    "one, other, words",
    [
        pytest.param((["Transport Minister"], 2020), (["goalkeeper"], 2020), "politics", id="two-walks-of-life"),
        pytest.param((["former goalkeeper"], 2020), (["Minister"], 2020), None, id="what-is-over"),
        pytest.param((["lawyer"], 2020), (["senator"], 2020), None, id="what-careers-join"),
        pytest.param((["Swedish minister"], 2020), (["Danish minister"], 2020), "Denmark", id="two-countries"),
        pytest.param((["Ohio governor"], 2020), (["Iowa governor"], 2020), "Iowa", id="two-states"),
        pytest.param((["Ohio governor"], 2005), (["Iowa governor"], 2020), None, id="two-states-years-apart"),
        pytest.param((["Ohio senator"], 2020), (["US senator"], 2020), None, id="a-state-and-its-country"),
        pytest.param(
            (["chief executive of Tidewater Ferries"], 2020), (["chief executive of Halmark Steel"], 2020),
            "Halmark Steel", id="two-firms",
        ),
        pytest.param(
            (["chief executive of Tidewater Ferries"], 2012), (["chief executive of Halmark Steel"], 2020), None,
            id="two-firms-years-apart",
        ),
        pytest.param((["Mr"], 2020), (["Mrs"], 2020), "woman", id="a-man-and-a-woman"),
        pytest.param((["minister"], 1920), (["minister"], 2020), "years apart", id="two-ages"),
        pytest.param(([], 2020), (["minister"], 2020), None, id="no-title"),
    ],
)  # fmt: skip
def test_what_hardly_one_person_is(one: tuple[list[str], int], other: tuple[list[str], int], words: str | None) -> None:
    a, b = (profile_of(titles, year=year) for titles, year in (one, other))
    found = contradiction(a, b)
    assert (found is None) == (contradiction(b, a) is None) == (words is None)
    assert words is None or words in str(found)


def test_descriptions_speak_for_one_person_and_never_against() -> None:
    minister, keeper = profile_of(["minister"]), profile_of([], ["goalkeeper"])
    assert contradiction(minister, keeper) is None
    assert agreement(minister, profile_of([], ["Minister"])) == [("both are minister", 2)]


def test_a_profile_is_what_its_keys_tell() -> None:
    made = profile_of(["Mrs", "Swedish minister"], ["former senator"], year=2020)
    read = type(made)()
    keys = made.keys()
    for key in keys:
        read.learn(key)
    assert read == made


def test_double_surnames_and_particles_keep_the_last_word() -> None:
    assert person_name("Ana Lund-Marsh").surname == person_name("Lund-Marsh").surname == "marsh"
    assert person_name("de Vries").given == ()
