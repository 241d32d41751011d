"""The word lists of the speakers room: that they are sound, and that they answer as a reader would."""

from __future__ import annotations

from collections import Counter
from typing import get_args

import pytest

from sayso.speakers.lists import (
    Gender,
    NounClass,
    Place,
    TitleClass,
    country_of,
    country_of_adjective,
    expand_title,
    gender_of_name,
    gender_of_noun,
    gender_of_title,
    is_title_word,
    metonym,
    noun_class,
    title_class,
    withholds_name,
)
from sayso.speakers.tables import form_key, plain_form, rows_of, without_article


@pytest.mark.parametrize(
    "form, kind, stands_for, place",
    [
        pytest.param("Kyiv", "government", "the government of Ukraine", "city", id="capital"),
        pytest.param("Kiev", "government", "the government of Ukraine", "city", id="older-spelling-of-a-capital"),
        pytest.param("Rangoon’s", "government", "the government of Myanmar", "city", id="curly-possessive"),
        pytest.param("the U.S.", "government", "the government of the United States", "country", id="full-stops"),
        pytest.param(
            "the Netherlands'", "government", "the government of the Netherlands", "country", id="bare-apostrophe"
        ),
        pytest.param("Cote d’Ivoire", "government", "the government of Ivory Coast", "country", id="without-accents"),
        pytest.param("St. George's", "government", "the government of Grenada", "city", id="possessive-of-its-own"),
        pytest.param("WASHINGTON", "government", "the government of the United States", "city", id="headline-capitals"),
        pytest.param("The Hague", "government", "the government of the Netherlands", "city", id="with-its-article"),
        pytest.param("Kremlin", "government", "the administration of the President of Russia", "seat", id="no-article"),
        pytest.param("the Elysee", "government", "the office of the President of France", "seat", id="palace"),
        pytest.param("No. 10", "government", "the government of the United Kingdom", "seat", id="house-number"),
        pytest.param(
            "the Pentagon", "government", "the Department of Defense of the United States", "seat", id="ministry"
        ),
        pytest.param("the Hill", "organisation", "the Congress of the United States", "seat", id="parliament"),
        pytest.param("Brussels", "organisation", "the European Union", "city", id="union-of-states"),
        pytest.param(
            "Wall Street", "organisation", "the financial industry of the United States", "seat", id="industry"
        ),
        pytest.param("the U.N.", "organisation", "the United Nations", "body", id="abbreviation"),
    ],
)
def test_metonym(form, kind, stands_for, place):
    found = metonym(form)
    assert found is not None
    assert (found.kind, found.stands_for, found.place) == (kind, stands_for, place)


@pytest.mark.parametrize(
    "form",
    [
        pytest.param("us", id="pronoun-is-no-country"),
        pytest.param("Us", id="initials-only-in-capitals"),
        pytest.param("turkey", id="bird"),
        pytest.param("Hill", id="surname-without-the-article"),
        pytest.param("Hague", id="surname-without-the-article-either"),
        pytest.param("male residents", id="word-that-begins-alike"),
        pytest.param("Geneva", id="host-city-speaks-for-nobody"),
        pytest.param("the", id="article-alone"),
        pytest.param("’s", id="ending-alone"),
        pytest.param("", id="nothing"),
    ],
)
def test_not_a_metonym(form):
    assert metonym(form) is None


@pytest.mark.parametrize(
    "form, ambiguous", [("Jordan", True), ("the Hill", True), ("Kyiv", False), ("the Kremlin", False)]
)
def test_metonym_says_where_it_is_common_for_something_else(form, ambiguous):
    found = metonym(form)
    assert found is not None
    assert found.ambiguous is ambiguous


@pytest.mark.parametrize(
    "adjective, names",
    [
        pytest.param("Ukrainian", ["Kyiv", "Kiev", "Ukraine"], id="capital-and-country"),
        pytest.param("British", ["London", "Britain", "the UK", "Downing Street"], id="seat-of-the-prime-minister"),
        pytest.param("American", ["Washington", "the US", "the White House", "the Pentagon"], id="ministry"),
        pytest.param("Russians", ["Moscow", "Russia", "the Kremlin"], id="people-in-the-plural"),
        pytest.param("Frenchmen", ["Paris", "France", "the Quai d'Orsay"], id="irregular-plural"),
        pytest.param("South Korean", ["Seoul", "South Korea", "the Blue House"], id="two-words"),
    ],
)
def test_adjective_and_metonyms_join_in_a_country(adjective, names):
    country = country_of_adjective(adjective)
    assert country is not None
    assert {country_of(found) for found in map(metonym, names) if found is not None} == {country}
    assert None not in map(metonym, names)


@pytest.mark.parametrize("word", ["polish", "wooden", "us", "Smith", ""])
def test_not_an_adjective_of_a_country(word):
    assert country_of_adjective(word) is None


@pytest.mark.parametrize(
    "title, found_class, gender",
    [
        pytest.param("Mrs.", "honorific", "f", id="full-stop"),
        pytest.param("Sir", "honorific", "m", id="knight"),
        pytest.param("Dr", "honorific", None, id="no-gender"),
        pytest.param("Lt. Gen.", "rank", None, id="two-abbreviations"),
        pytest.param("sergeants", "rank", None, id="plural"),
        pytest.param("prime minister", "office", None, id="two-words"),
        pytest.param("Secretary-General", "office", None, id="hyphen"),
        pytest.param("ex-chairman", "office", "m", id="prefix"),
        pytest.param("former deputy prime ministers", "office", None, id="modifiers-before"),
        pytest.param("president-elect", "office", None, id="modifier-after"),
        pytest.param("Mr President", "office", "m", id="honorific-before-an-office"),
        pytest.param("spokeswomen", "office", "f", id="irregular-plural"),
        pytest.param("MPs", "office", None, id="plural-of-initials"),
        pytest.param("goalkeeper", "profession", None, id="profession"),
        pytest.param("actress", "profession", "f", id="profession-of-women"),
        pytest.param("acting", "modifier", None, id="modifier-alone"),
        pytest.param("pm", None, None, id="time-of-day-is-no-prime-minister"),
        pytest.param("miss", None, None, id="verb"),
        pytest.param("father", None, None, id="relative-is-no-priest"),
        pytest.param("company", None, None, id="other-noun"),
        pytest.param("", None, None, id="nothing"),
    ],
)
def test_title(title, found_class, gender):
    assert (title_class(title), gender_of_title(title)) == (found_class, gender)


@pytest.mark.parametrize(
    "short, full", [("Sen.", "senator"), ("QC", "Queen's Counsel"), ("Fr", "Father"), ("mayor", None)]
)
def test_expand_title(short, full):
    assert expand_title(short) == full


@pytest.mark.parametrize(
    "word, found",
    [("General", True), ("attorney", True), ("exchequer", True), ("ministers", True), ("of", False), ("Lind", False)],
)
def test_is_title_word(word, found):
    assert is_title_word(word) is found


@pytest.mark.parametrize(
    "noun, found",
    [
        pytest.param("residents", "group", id="group"),
        pytest.param("resident", "person", id="one-of-a-group"),
        pytest.param("neighbours", "group", id="several-persons"),
        pytest.param("the two senators", "group", id="plural-of-a-title"),
        pytest.param("economist", "person", id="title-without-a-name"),
        pytest.param("family", "group", id="collective"),
        pytest.param("women", "group", id="irregular-plural"),
        pytest.param("police", "organisation", id="police"),
        pytest.param("ministries", "organisation", id="plural-in-ies"),
        pytest.param("the teachers’ union", "organisation", id="last-noun-counts"),
        pytest.param("GmbH", "organisation", id="ending-of-a-company-name"),
        pytest.param("WHO", "organisation", id="initials"),
        pytest.param("who", None, id="pronoun-is-no-organisation"),
        pytest.param("authorities", "government", id="authorities"),
        pytest.param("Kingdom", "government", id="capital"),
        pytest.param("figures", "document", id="figures"),
        pytest.param("lawsuits", "document", id="lawsuits"),
        pytest.param("sources", "anonymous", id="sources"),
        pytest.param("whistle-blower", "anonymous", id="hyphen"),
        pytest.param("wooden table", None, id="thing"),
        pytest.param("", None, id="nothing"),
    ],
)
def test_noun_class(noun, found):
    assert noun_class(noun) == found


@pytest.mark.parametrize(
    "noun, gender", [("her mother", "f"), ("schoolboys", "m"), ("spokeswoman", "f"), ("driver", None), ("table", None)]
)
def test_gender_of_noun(noun, gender):
    assert gender_of_noun(noun) == gender


@pytest.mark.parametrize(
    "text, withheld",
    [
        ("a clerk who spoke on condition of anonymity", True),
        ("a clerk who didn’t want to be named, fearing the sack", True),
        ("two people familiar with the matter", True),
        ("a clerk in the knowledge that he was heard", False),
        ("a ship that was named after him", False),
    ],
)
def test_withholds_name(text, withheld):
    assert withholds_name(text) is withheld


@pytest.mark.parametrize(
    "name, gender",
    [
        ("Agnieszka", "f"),
        ("Søren", "m"),
        ("Jean-Luc", "m"),
        ("Oleh’s", "m"),
        ("Robin", "u"),
        ("grace", None),
        ("Bellmunt", None),
    ],
)
def test_gender_of_name(name, gender):
    assert gender_of_name(name) == gender


COLUMNS = {"metonyms.tsv": 5, "demonyms.tsv": 4, "titles.tsv": 4, "groups.tsv": 4, "names.tsv": 2}


@pytest.mark.parametrize("name", COLUMNS)
def test_table_is_well_formed(name):
    rows = rows_of(name)
    assert {len(row) for row in rows} == {COLUMNS[name]}
    assert all(cell == " ".join(cell.split()) for row in rows for cell in row)
    column = 1 if name == "names.tsv" else 0
    forms = [form for row in rows for form in (row[column].split() if column else [row[column]])]
    keys = Counter(form_key(plain_form(without_article(form))) for form in forms)
    assert [key for key, count in keys.items() if count > 1 or not key] == []


@pytest.mark.parametrize(
    "name, column, values",
    [
        ("metonyms.tsv", 1, {"government", "organisation"}),
        ("metonyms.tsv", 3, set(get_args(Place))),
        ("demonyms.tsv", 2, {"adjective", "people"}),
        ("titles.tsv", 1, set(get_args(TitleClass))),
        ("titles.tsv", 2, {"m", "f", ""}),
        ("groups.tsv", 1, {*get_args(NounClass), "phrase"}),
        ("groups.tsv", 2, {"m", "f", ""}),
        ("names.tsv", 0, set(get_args(Gender))),
    ],
)
def test_classes_are_the_known_ones(name, column, values):
    assert {row[column] for row in rows_of(name)} == values


def test_every_form_finds_its_own_row():
    assert [row[0] for row in rows_of("metonyms.tsv") if metonym(row[0]) != tuple(row)] == []
    assert [row[0] for row in rows_of("demonyms.tsv") if country_of_adjective(row[0]) != row[1]] == []
    assert [row[0] for row in rows_of("titles.tsv") if title_class(row[0]) != row[1]] == []
    assert [row[0] for row in rows_of("groups.tsv") if row[1] != "phrase" and noun_class(row[0]) != row[1]] == []
    assert [row[0] for row in rows_of("groups.tsv") if row[1] == "phrase" and not withholds_name(row[0])] == []


def test_demonyms_name_countries_that_metonyms_stand_for():
    governments = {row[2] for row in rows_of("metonyms.tsv") if row[3] == "country"}
    assert {f"the government of {row[1]}" for row in rows_of("demonyms.tsv")} <= governments


UNITED_NATIONS = """
Afghanistan; Albania; Algeria; Andorra; Angola; Antigua and Barbuda; Argentina; Armenia; Australia; Austria;
Azerbaijan; Bahamas; Bahrain; Bangladesh; Barbados; Belarus; Belgium; Belize; Benin; Bhutan; Bolivia;
Bosnia and Herzegovina; Botswana; Brazil; Brunei Darussalam; Bulgaria; Burkina Faso; Burundi; Cabo Verde; Cambodia;
Cameroon; Canada; Central African Republic; Chad; Chile; China; Colombia; Comoros; Congo; Costa Rica; Côte d'Ivoire;
Croatia; Cuba; Cyprus; Czechia; Democratic People's Republic of Korea; Democratic Republic of the Congo; Denmark;
Djibouti; Dominica; Dominican Republic; Ecuador; Egypt; El Salvador; Equatorial Guinea; Eritrea; Estonia; Eswatini;
Ethiopia; Fiji; Finland; France; Gabon; Gambia; Georgia; Germany; Ghana; Greece; Grenada; Guatemala; Guinea;
Guinea-Bissau; Guyana; Haiti; Honduras; Hungary; Iceland; India; Indonesia; Iran; Iraq; Ireland; Israel; Italy;
Jamaica; Japan; Jordan; Kazakhstan; Kenya; Kiribati; Kuwait; Kyrgyzstan; Lao PDR; Latvia; Lebanon; Lesotho; Liberia;
Libya; Liechtenstein; Lithuania; Luxembourg; Madagascar; Malawi; Malaysia; Maldives; Mali; Malta; Marshall Islands;
Mauritania; Mauritius; Mexico; Micronesia; Monaco; Mongolia; Montenegro; Morocco; Mozambique; Myanmar; Namibia; Nauru;
Nepal; Netherlands; New Zealand; Nicaragua; Niger; Nigeria; North Macedonia; Norway; Oman; Pakistan; Palau; Panama;
Papua New Guinea; Paraguay; Peru; Philippines; Poland; Portugal; Qatar; Republic of Korea; Republic of Moldova;
Romania; Russian Federation; Rwanda; Saint Kitts and Nevis; Saint Lucia; Saint Vincent and the Grenadines; Samoa;
San Marino; Sao Tome and Principe; Saudi Arabia; Senegal; Serbia; Seychelles; Sierra Leone; Singapore; Slovakia;
Slovenia; Solomon Islands; Somalia; South Africa; South Sudan; Spain; Sri Lanka; Sudan; Suriname; Sweden; Switzerland;
Syrian Arab Republic; Tajikistan; Thailand; Timor-Leste; Togo; Tonga; Trinidad and Tobago; Tunisia; Türkiye;
Turkmenistan; Tuvalu; Uganda; Ukraine; United Arab Emirates; United Kingdom; United Republic of Tanzania;
United States of America; Uruguay; Uzbekistan; Vanuatu; Venezuela; Viet Nam; Yemen; Zambia; Zimbabwe
"""


def test_every_member_of_the_united_nations_is_there_under_the_name_it_has_there():
    members = " ".join(UNITED_NATIONS.split()).split("; ")
    assert len(members) == 193
    assert [name for name in members if (found := metonym(name)) is None or found.place != "country"] == []


def test_every_member_of_the_united_nations_has_a_capital_but_those_whose_capital_means_something_else():
    rows = rows_of("metonyms.tsv")
    with_capital = {row[2] for row in rows if row[3] == "city"}
    found = {each.stands_for for each in map(metonym, " ".join(UNITED_NATIONS.split()).split("; ")) if each is not None}
    assert found - with_capital == {"the government of Belgium", "the government of Singapore"}


@pytest.mark.parametrize("name", ["Vatican City", "Palestine", "Taiwan", "Kosovo", "the EU", "the UN"])
def test_states_and_bodies_beside_the_members(name):
    assert metonym(name) is not None
