"""What the words of a mention say by themselves: a name, a title, a pronoun; of one or of many; man or woman.

Everything here is read from the mention and the word lists, nothing from the rest of the article.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal, NamedTuple

from sayso.documents import Span
from sayso.speakers.lists import (
    WORDS_KEPT,
    Gender,
    NounClass,
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
from sayso.speakers.mentions import ORGANISATION, PERSON, PLACE, THING, Mention

Shape = Literal["pronoun", "person", "proper", "nominal"]
"""`person` is a name of one, `proper` any other name, `nominal` a description ("the minister", "two officials")."""
Party = Literal["I", "we", "you", "he", "she", "it", "they"]

PRONOUNS: dict[str, Party] = {
    **dict.fromkeys(("i", "me", "my", "mine", "myself"), "I"),
    **dict.fromkeys(("we", "us", "our", "ours", "ourselves"), "we"),
    **dict.fromkeys(("you", "your", "yours", "yourself", "yourselves"), "you"),
    **dict.fromkeys(("he", "him", "his", "himself"), "he"),
    **dict.fromkeys(("she", "her", "hers", "herself"), "she"),
    **dict.fromkeys(("it", "its", "itself"), "it"),
    **dict.fromkeys(("they", "them", "their", "theirs", "themselves"), "they"),
}
_PARTICLES = frozenset(
    "al el bin ibn ben de del della di da dos das du des la le van von der den ter ten zu af y e i abu abd st".split()
)
_OPENING_PARTICLES = frozenset("al el de van von abu ben bin".split())
"""Those with which a name may begin."""
_COMPANY = re.compile(
    r"(?i)[,\s]+(inc|incorporated|corp|corporation|co|company|ltd|limited|llc|llp|plc|gmbh|ag|sa|s\.a|spa|s\.p\.a|nv|n\.v|ab|oy|asa|pty|group|holdings?)\.?$"
)
_WORD = re.compile(r"\S+")
_EDGES = "\"'“”‘’«»()[],;:.!?—–-"
_DEFINITE = re.compile(r"(?i)(the|this|that|these|those|both|his|her|its|their|our|my|[^\s]+['’]s?)\b")
_POSSESSED = re.compile(r"(?i)(my|our|his|her|its|their|your)\b")
_ARTICLE = re.compile(r"(?i)^(the|an?|its|his|her|their|our|my)\s+")
_PAIR = re.compile(r"\b([A-Z][\w’'-]+) and (?:[A-Z]\w+ )*([A-Z][\w’'-]+)$")
_PLURAL_VERBLESS = re.compile(
    r"(?i)\b(two|three|four|five|six|seven|eight|nine|ten|both|several|some|many|most|few|dozens|scores|hundreds|thousands)\b"
)


_KINDS = {
    "person": PERSON,
    "group": PERSON,
    "anonymous": PERSON,
    "organisation": ORGANISATION,
    "government": ORGANISATION,
    "document": THING,
}


@dataclass(slots=True)
class Form:
    """A mention's words read."""

    text: str
    shape: Shape
    kind: int
    """PERSON, ORGANISATION, PLACE, THING or TIME, as in `mentions`."""
    party: Party | None = None
    """Of a pronoun: who."""
    name: tuple[str, ...] = ()
    """Of a person: the words of the name. Of another name: its words without article, possessive and company ending."""
    name_span: Span | None = None
    title: str = ""
    """The words before a person's name, or a nominal's own; without a leading article."""
    gender: Gender | None = None
    gender_is_sure: bool = False
    """By a pronoun or a title, not only by the given name."""
    plural: bool = False
    pair: bool = False
    """Two names with "and" between them."""
    definite: bool = False
    sure: bool = True
    """Of a name: its words show what it is a name of; a lone "Nordhaven" may be a man or a bank."""
    owned: bool = False
    """It says whose it is by name or noun: "the seafarers' union"."""
    possessed: bool = False
    """It opens with a possessive pronoun: "my grandmother" is not me."""
    noun: str = ""
    """The head noun in lower case."""
    noun_class: NounClass | None = None
    nameless: bool = False
    """Its own words say that the name is withheld."""
    keys: frozenset[str] = field(default_factory=frozenset)
    """The content words in lower case."""


@lru_cache(maxsize=WORDS_KEPT)
def plain_word(word: str) -> str:
    """A word without the marks about it and without a possessive ending.

    >>> plain_word("Stoltenberg’s,"), plain_word("U.S."), plain_word("ministers’")
    ('Stoltenberg', 'U.S.', 'ministers')
    """
    if word.endswith(".") and word.count(".") > 1:
        return word.lstrip(_EDGES)
    bare = word.strip(_EDGES)
    for ending in ("'s", "’s", "'S", "’S"):
        bare = bare.removesuffix(ending)
    return bare


def _capital(word: str) -> bool:
    return word[:1].isupper() or (word[:1].isalnum() and any(map(str.isupper, word[1:])))


class Word(NamedTuple):
    """One word of a mention, and what it is wherever it stands."""

    text: str
    plain: str
    lower: str
    """`plain` in lower case"""
    capital: bool
    content: bool
    """It says something of whoever is meant: no small word, no people."""
    owner: bool
    """It ends with a possessive "'s"."""
    owners: bool
    """It ends with a possessive of one or of many."""


@lru_cache(maxsize=WORDS_KEPT)
def _word(text: str) -> Word:
    plain = plain_word(text)
    lower = plain.lower()
    content = len(plain) > 2 and lower not in _SMALL and country_of_adjective(plain) is None
    ending = text[-2:]
    owner = ending in ("'s", "’s")
    return Word(text, plain, lower, _capital(plain), content, owner, owner or ending in ("s'", "s’"))


@lru_cache(maxsize=WORDS_KEPT)
def _is_title(word: str) -> bool:
    """Whether a word is a title or part of one, modifiers included."""
    return is_title_word(word) or title_class(word) is not None


def read_form(
    mention: Mention, text: str, *, head_end: int, inner: list[Span], opens_sentence: bool, small: Collection[str] = ()
) -> Form:
    """The form of a mention.

    `head_end` is where its head word ends, `inner` are the spans of other mentions inside it that name something
    else; `small` are the words that the article writes small somewhere, whose capital means nothing.
    """
    written = mention.span.of(text)
    kind = mention.kind
    lowered = written.lower().strip(_EDGES)
    if lowered in PRONOUNS:
        party = PRONOUNS[lowered]
        gender: Gender | None = "m" if party == "he" else "f" if party == "she" else None
        return Form(
            written, "pronoun", kind, party=party, gender=gender, gender_is_sure=gender is not None,
            plural=party in ("we", "they"), definite=True,
        )  # fmt: skip
    words = [_word(each) for each in written.split()]
    base = mention.span.start
    # up to the end of its head word
    at = max(len(written[: head_end - base].split()) - 1, 0)
    head = words[at].plain
    lower = frozenset([word.lower for word in words if word.content])
    klass = noun_class(f"{words[at - 1].plain} {head}" if at else head)
    common = words[at].lower in small and kind != PLACE
    if klass is not None and head[:1].islower():
        # the lists know their nouns better than the encoder its kinds
        kind = _KINDS.get(klass, kind)
    form = Form(
        written, "nominal", kind, noun=words[at].lower, noun_class=klass, keys=lower, nameless=withholds_name(written)
    )
    possessive = [word.owner for word in words[:at] if word.owners]
    form.definite = bool(_DEFINITE.match(written)) or any(possessive)
    form.owned = len(possessive) > 0
    form.possessed = _POSSESSED.match(written) is not None
    form.plural = (
        klass == "group"
        or bool(_PLURAL_VERBLESS.match(written))
        or (klass is None and head.endswith("s") and not head.endswith(("ss", "us", "is")) and head[:1].islower())
    )
    pair = _PAIR.search(written) if " and " in written else None
    if pair is not None and not _is_title(pair[1]) and not _is_title(pair[2]) and (klass is None or klass == "group"):
        # "Rome and Athens", "Sima and Pita Fale": not one of them, both
        form.plural, form.definite, form.title = True, True, _without_article(written.strip(_EDGES))
        form.pair = True
        return form
    capital = _capital(head) and not (common or (opens_sentence and at == 0 and klass is not None))
    row = metonym(written)
    if row is not None and (capital or row.place == "seat"):
        _read_proper(form, words, at)
        return form
    if capital and klass in ("organisation", "government", "document") and at > 0:
        _read_proper(form, words, at)
        return form
    if (
        kind == PERSON
        and klass is None
        and capital
        and (_is_corporate(head) or _before_name(words, at) == "organisation")
    ):
        # "the FCB", "CaucasLink", "the carrier AirLusa"
        kind = form.kind = ORGANISATION
    if capital and klass is None and kind in (ORGANISATION, PLACE, THING) and at > 0:
        before = words[at - 1]
        titled = title_class(before.plain) is not None and before.text[-1:] not in ",;:"
        if titled or (gender_of_name(before.plain) is not None and _capital(before.text)):
            kind = PERSON
    if kind == PERSON and capital and not _is_title(head) and country_of_adjective(head) is None and klass != "group":
        behind = _described_by(words, at)
        if behind is None:
            _read_name(form, words, at, base, inner)
            return form
        # "the mayor of Port Albera" is no Mr Albera
        head, at = words[behind].plain, behind
        klass = form.noun_class = noun_class(head)
        form.noun, form.kind, capital = words[behind].lower, PERSON, False
    if capital and kind in (ORGANISATION, PLACE) and not (kind == ORGANISATION and klass == "person"):
        _read_proper(form, words, at)
        return form
    if klass == "organisation" and not form.possessed:
        named = [
            word.plain for word in words[:at] if not word.owner and _is_own_name(word.plain) and word.lower not in small
        ]
        if named:
            # "Yonhap news agency", "the UPL union"
            _read_proper(form, words, at)
            if len(named) == 1 and named[0].isupper():
                form.name = (named[0],)
            return form
    form.title = _without_article(" ".join(written.split()).strip(_EDGES))
    full = expand_title(head)
    if full is not None:
        form.noun = full.split()[-1]
        form.keys |= frozenset(full.split())
    gender = gender_of_noun(head)
    form.gender, form.gender_is_sure = gender, gender in ("m", "f")
    if gender == "u":
        form.gender = None
    return form


_SMALL = frozenset("the and for with from who that which was were has had his her its their are said".split())


def _without_article(words: str) -> str:
    return _ARTICLE.sub("", words)


_COMPANY_ENDINGS = ("news", "bank", ".com", ".org", "tech", "soft", "corp", "airlines", "airways", "media", "pharma")


def _is_corporate(word: str) -> bool:
    """Whether a name is spelt as companies and agencies are: in capitals, or with a capital inside.

    >>> [_is_corporate(word) for word in ("FCB", "CaucasLink", "McKay", "Lind", "DeVito")]
    [True, True, False, False, False]
    """
    if len(word) > 6 and word.lower().endswith(_COMPANY_ENDINGS):
        return True
    letters = word.replace("-", "").replace(".", "")
    if len(letters) < 2 or not letters.isalpha():
        return False
    inner = re.sub(r"^(Mc|Mac|De|Di|Da|Le|La|Van|O|Fitz|Du)(?=[A-Z])", "", letters)
    return letters.isupper() or any(map(str.isupper, inner[1:]))


def _before_name(words: list[Word], at: int) -> NounClass | None:
    """The class of the noun right before a name of one word."""
    word = words[at - 1].text if at else ""
    return noun_class(word) if word.islower() else None


def _is_own_name(word: str) -> bool:
    """Whether a capital tells a name, not a title, a people or a noun that opens a sentence."""
    return (
        word[:1].isupper()
        and not _is_title(word)
        and country_of_adjective(word) is None
        and metonym(word) is None
        and noun_class(word) is None
        and word.lower() not in _OPENING
    )


_OPENING = frozenset(
    "the a an this that these those one two three four five his her its their our my each every".split()
)


def _is_name_word(word: Word) -> bool:
    return word.capital and word.text[:1].isalpha() and not _is_title(word.plain) and noun_class(word.plain) is None


def _described_by(words: list[Word], at: int) -> int | None:
    """Of "the mayor of Port Albera" the place of "mayor": a name behind a preposition only says whose mayor."""
    start = at
    while start > 0 and words[start - 1].capital and words[start - 1].lower != "the":
        start -= 1
    if start < 2 or (at > start and gender_of_name(words[at - 1].plain) is not None):
        return None
    for word in words[start:at]:
        if noun_class(word.text) == "organisation" or title_class(word.plain) == "honorific":
            return None
    before = start - 1 - (words[start - 1].text.lower() == "the")
    if before < 1 or words[before].text.lower() not in ("of", "in", "at", "for", "to", "from"):
        return None
    return before - 1 if noun_class(words[before - 1].plain) == "person" else None


def _may_be_of_name(word: Word) -> bool:
    """Whether a word before a name can belong to it: no title, no people, no noun, no place."""
    bare = word.plain
    return (
        word.capital
        and not _is_title(bare)
        and country_of_adjective(bare) is None
        and noun_class(bare) is None
        and (metonym(bare) is None or gender_of_name(bare) is not None)
    )


def _read_name(form: Form, words: list[Word], at: int, base: int, inner: list[Span]) -> None:
    """A person's name: the run of capitalised words that ends with the head, as far back as no title, no people and no
    other mention stops it; a known given name opens it."""
    places = [match.span() for match in _WORD.finditer(form.text)]
    covered = [any(span.start <= base + place < span.end for span in inner) for place, _ in places]
    while at + 1 < len(words) and words[at].text[-1:] not in ',;:)"”’' and _is_name_word(words[at + 1]):
        at += 1
    start = at
    while start > 0:
        word = words[start - 1]
        if covered[start - 1] or word.owner or word.text[-1:] in ",;:)—–" or word.lower in ("the", "a", "an"):
            break
        if word.lower in _PARTICLES and start >= 2 and _may_precede_particle(words[start - 2]):
            start -= 1
            continue
        acronym = len(word.plain) > 2 and word.plain.isupper() and "." not in word.plain
        if not _may_be_of_name(word) or (acronym and not words[at].plain.isupper()):
            break
        start -= 1
    while start < at and words[start].lower in _PARTICLES - _OPENING_PARTICLES:
        start += 1
    if at - start >= 2:
        given = [index for index in range(start, at) if gender_of_name(words[index].plain) is not None]
        before = words[start - 1].lower if start else ""
        if given and given[0] > start and (before in ("of", "for") or at - start > 3):
            start = given[0]
        elif not given and before in ("of", "for"):
            start = at - 1
    form.shape = "person"
    form.kind = PERSON
    form.name = tuple([word.plain for word in words[start : at + 1] if word.plain])
    bare_end = words[at].text.rstrip(_EDGES)
    end = places[at][0] + len(bare_end)
    if bare_end[-2:] in ("'s", "’s"):
        end -= 2
    form.name_span = Span(base + places[start][0], base + end)
    form.title = _without_article(" ".join([word.text for word in words[:start]]).strip(_EDGES))
    form.plural = False
    sure = next((gender for word in words[:start] if (gender := gender_of_title(word.plain)) in ("m", "f")), None)
    given_gender = gender_of_name(form.name[0]) if len(form.name) > 1 else None
    form.sure = sure is not None or given_gender is not None or (bool(form.title) and len(form.name) > 1)
    form.gender = sure or (given_gender if given_gender in ("m", "f") else None)
    form.gender_is_sure = sure is not None


_ENDS_NAME = re.compile(r"(?i)[,;:(—–]|\s(who|which|that|whose|in|at|from|with|based|to|as|by|said|says)\s")


def _may_precede_particle(word: Word) -> bool:
    """Whether "van" or "al" behind a word is part of a name: behind another name word, or another such particle."""
    return word.capital or word.lower in _PARTICLES


def _read_proper(form: Form, words: list[Word], at: int) -> None:
    """The name of an organisation or a place, without article, possessive and company ending."""
    form.shape = "proper"
    row = metonym(form.text)
    if row is not None:
        form.kind = PLACE if row.place in ("city", "country") else ORGANISATION
    elif form.noun_class in ("organisation", "government"):
        form.kind = ORGANISATION
    before = " ".join([word.text for word in words[:at]])
    rest = " ".join([word.text for word in words[at:]])
    cut = _ENDS_NAME.search(rest, 1)
    said = f"{before} {rest[: cut.start()] if cut else rest}".strip(_EDGES + " ")
    for ending in ("'s", "’s", "'", "’"):
        said = said.removesuffix(ending)
    bare = _COMPANY.sub("", _without_article(said)) or said
    form.name = tuple(filter(None, map(plain_word, bare.split())))
    form.definite = True
    form.plural = False
