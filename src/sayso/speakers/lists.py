"""Look-ups in the word lists of this room: metonyms, demonyms, titles, nouns and given names.

The lists are tables under `data/`, each with its origin and its columns in its first lines; each is read once, at its
first use. When a form is found (case, accents, full stops) is the same for all and stands in `tables.py`.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Literal, NamedTuple, cast

from sayso.speakers.tables import Table, plain_form, rows_of, singulars, without_article, without_possessive

Gender = Literal["m", "f", "u"]
"""`u` is a given name that men and women bear."""
Place = Literal["city", "country", "seat", "body"]
"""`seat` is a building, a street or a quarter; `body` is no place at all ("the UN")."""
TitleClass = Literal["honorific", "rank", "office", "profession", "modifier"]
NounClass = Literal["group", "organisation", "government", "document", "anonymous", "person"]

WORDS_KEPT = 16384
"""Words whose look-ups are remembered: an article asks for each of its words several times, and articles share most."""
_WORDS = re.compile(r"\w[\w'-]*")
_SMALL_WORDS = frozenset("of the to and for in at on by a with".split())


class Metonym(NamedTuple):
    """A name that can speak for a government or an institution."""

    form: str
    kind: Literal["government", "organisation"]
    stands_for: str
    """As a sentence would have it: "the government of Ukraine", "the Bank of England"."""
    place: Place
    note: str
    """When the form was in use, whose seat it is, and after "also" what else it can mean."""

    @property
    def ambiguous(self) -> bool:
        """Whether the form is common for something else ("Jordan", "the Hill"), so that alone it proves little."""
        return "also " in self.note


class _Title(NamedTuple):
    title_class: TitleClass
    gender: Gender | Literal[""]
    expands: str


class _Noun(NamedTuple):
    noun_class: NounClass
    gender: Gender | Literal[""]


@cache
def _metonyms() -> Table[Metonym]:
    rows = [Metonym._make(cells) for cells in rows_of("metonyms.tsv")]
    return Table([without_article(row.form) for row in rows], rows)


@cache
def _countries() -> frozenset[str]:
    """The countries whose governments metonyms stand for."""
    return frozenset(row.stands_for.removeprefix("the government of ") for row in _metonyms() if row.place == "country")


@cache
def _demonyms() -> Table[str]:
    rows = rows_of("demonyms.tsv")
    return Table([row[0] for row in rows], [row[1] for row in rows])


@cache
def _titles() -> Table[_Title]:
    rows = rows_of("titles.tsv")
    return Table([row[0] for row in rows], [_Title._make(row[1:]) for row in rows])


@cache
def _title_words() -> Table[bool]:
    """The single words that titles are made of."""
    # sorted, so that a word that one title has in lower case and another with a capital is found in any case
    words = sorted(_titles().words() - _SMALL_WORDS)
    return Table(words, [True] * len(words))


@cache
def _nouns() -> tuple[Table[_Noun], dict[str, list[str]]]:
    """The nouns; and the phrases that withhold a name, by their first words, with a space on either side."""
    phrases: dict[str, list[str]] = {}
    forms, rows = [], []
    for form, *cells, _note in rows_of("groups.tsv"):
        if cells[0] == "phrase":
            phrases.setdefault(form.partition(" ")[0], []).append(f" {form} ")
        else:
            forms.append(form)
            rows.append(_Noun._make(cells))
    return Table(forms, rows), phrases


@cache
def _names() -> Table[Gender]:
    names: list[str] = []
    genders: list[Gender] = []
    for gender, line in rows_of("names.tsv"):
        bearers = line.split(" ")
        names += bearers
        genders += [cast(Gender, gender)] * len(bearers)
    return Table(names, genders)


@lru_cache(maxsize=WORDS_KEPT)
def metonym(form: str) -> Metonym | None:
    """What a capital, a country or a seat of power stands for when it speaks; None where the form is none of these.

    With or without "the" and a possessive ending. A form that the table has with "the" ("the Hill") is found with it
    only: without it is another word.

    >>> metonym("the Kremlin’s").stands_for, metonym("Hill"), metonym("us")
    ('the administration of the President of Russia', None, None)
    """
    table, plain = _metonyms(), plain_form(form)
    bare = without_article(plain)
    found = table.find(bare) or table.find(without_possessive(bare))
    if found is not None and bare == plain and found.form.startswith(("the ", "The ")):
        return None
    return found


def country_of(metonym: Metonym) -> str | None:
    """The country to whose state the metonym belongs, as `country_of_adjective` has it; None where it has none.

    >>> country_of(metonym("Downing Street")), country_of(metonym("Fleet Street")), country_of(metonym("the UN"))
    ('the United Kingdom', 'the United Kingdom', None)
    """
    rest = metonym.stands_for
    while rest:
        if rest in _countries():
            return rest
        _, _, rest = rest.partition(" of ")
    return None


@lru_cache(maxsize=WORDS_KEPT)
def country_of_adjective(word: str) -> str | None:
    """The country of an adjective or of the name of its people, as in "the government of ...".

    >>> country_of_adjective("British"), country_of_adjective("Ukrainians"), country_of_adjective("polish")
    ('the United Kingdom', 'Ukraine', None)
    """
    table = _demonyms()
    plain = without_possessive(without_article(plain_form(word)))
    found = table.find(plain)
    if found is None:
        found = next((row for row in map(table.find, singulars(plain)) if row is not None), None)
    return found


@lru_cache(maxsize=WORDS_KEPT)
def _title(text: str) -> tuple[_Title, bool] | None:
    """The row of a title, and whether the text has its plural.

    A title or a modifier before it ("chief negotiator", "Mr President") and a modifier after it are passed over.
    """
    table = _titles()
    plain = without_possessive(without_article(plain_form(text)))
    while plain:
        row = table.find(plain)
        if row is not None:
            return row, False
        for singular in singulars(plain):
            row = table.find(singular)
            if row is not None and row.title_class != "modifier":
                return row, True
        first, _, rest = plain.partition(" ")
        before, _, last = plain.rpartition(" ")
        last_row = table.find(last)
        if table.find(first) is not None:
            plain = rest
        elif last_row is not None and last_row.title_class == "modifier":
            plain = before
        else:
            return None
    return None


def title_class(word: str) -> TitleClass | None:
    """The class of a title, singular or plural, of one word or several; None where it is none.

    >>> title_class("Sen."), title_class("former prime ministers"), title_class("vice"), title_class("pm")
    ('office', 'office', 'modifier', None)
    """
    found = _title(word)
    return None if found is None else found[0].title_class


def gender_of_title(word: str) -> Gender | None:
    """The gender that a title shows ("Mrs", "chairman"); None where it shows none.

    >>> gender_of_title("spokeswoman"), gender_of_title("Mr President"), gender_of_title("judge")
    ('f', 'm', None)
    """
    found = _title(word)
    if found is None:
        return None
    first = _titles().find(plain_form(word).partition(" ")[0])
    return found[0].gender or (first.gender if first is not None else "") or None


def expand_title(word: str) -> str | None:
    """The title in full of an abbreviated one; None where it is not abbreviated.

    >>> expand_title("Sen."), expand_title("FM"), expand_title("mayor")
    ('senator', 'foreign minister', None)
    """
    found = _title(word)
    return None if found is None else found[0].expands or None


def is_title_word(word: str) -> bool:
    """Whether a single word is a title or part of one ("general" and "prime" as well as "minister").

    >>> is_title_word("Prime"), is_title_word("ministers"), is_title_word("of")
    (True, True, False)
    """
    return _title_words().find(plain_form(word)) is not None or _title(word) is not None


@lru_cache(maxsize=WORDS_KEPT)
def _noun(text: str) -> tuple[_Noun, bool] | None:
    """The row of a noun, and whether the text has its plural; a phrase that has none is judged by its last word."""
    plain = without_possessive(without_article(plain_form(text)))
    return _listed_noun(plain) or _listed_noun(plain.rpartition(" ")[2])


@lru_cache(maxsize=WORDS_KEPT)
def _listed_noun(plain: str) -> tuple[_Noun, bool] | None:
    """The row of a word or a phrase as a whole, and whether it has its plural."""
    table, _ = _nouns()
    row = table.find(plain)
    if row is not None:
        return row, False
    for singular in singulars(plain):
        row = table.find(singular)
        if row is not None:
            return row, True
    title = _title(plain)
    if title is not None and title[0].title_class in {"rank", "office", "profession"}:
        return _Noun("person", title[0].gender), title[1]
    return None


def noun_class(word: str) -> NounClass | None:
    """What a noun, or a phrase by its last noun, names; None where the lists do not know it.

    Persons in the plural are a group, and so are titles: "neighbours", "senators".

    >>> noun_class("residents"), noun_class("ministries"), noun_class("a leaked memo"), noun_class("analyst")
    ('group', 'organisation', 'document', 'person')
    """
    found = _noun(word)
    if found is None:
        return None
    row, plural = found
    return "group" if plural and row.noun_class == "person" else row.noun_class


def gender_of_noun(word: str) -> Gender | None:
    """The gender that a noun or a title shows ("mother", "policeman"); None where it shows none.

    >>> gender_of_noun("her mother"), gender_of_noun("resident")
    ('f', None)
    """
    found = _noun(word)
    return None if found is None else found[0].gender or None


def withholds_name(text: str) -> bool:
    """Whether the text says that somebody is not named ("on condition of anonymity", "familiar with the matter").

    >>> withholds_name("an aide who asked not to be named"), withholds_name("an aide to the mayor")
    (True, False)
    """
    words = _WORDS.findall(text.replace("’", "'").lower())
    _, phrases = _nouns()
    begun = phrases.keys() & words if len(words) > 1 else None
    if not begun:
        return False
    spaced = f" {' '.join(words)} "
    return any(phrase in spaced for word in begun for phrase in phrases[word])


@lru_cache(maxsize=WORDS_KEPT)
def gender_of_name(word: str) -> Gender | None:
    """The gender of most who bear a given name, which is weak evidence; None where the list has not got it.

    Of a double name the first part counts where the whole is not listed.

    >>> gender_of_name("Agnieszka"), gender_of_name("Jean-Luc"), gender_of_name("Robin"), gender_of_name("Xyl")
    ('f', 'm', 'u', None)
    """
    table, plain = _names(), without_possessive(plain_form(word))
    return table.find(plain) or table.find(plain.partition(" ")[0])
