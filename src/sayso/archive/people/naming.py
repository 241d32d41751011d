"""Names over articles: the keys by which a name is looked up, and whether two names can be one person's.

Nothing here knows an archive. A key is a folded name or a part of one, with a letter that says which:

    n:  a person's first given name and surname ("n:john hall"); w: the same with all that stands between and behind
    s:  a surname ("s:hall"); t: a surname with an office ("t:hall minister"); u: a name that is nobody's for sure
    o:  an organisation's name, or an acronym that an article uses for it; a: the acronym that its words make
    g:  the government or institution that it stands for; p: a place; d: a document
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal

from sayso.archive.folding import plain_letters
from sayso.wordlists import classes_of, read_rows

_DATA = Path(__file__).parent / "data"
_WORDS = _DATA / "names_words.tsv"
_LETTERS = str.maketrans(plain_letters())
_APOSTROPHES = re.compile(r"['’‘ʼʹ`´]")
_NO_WORD = re.compile(r"[^\w&]+")
_ATTACHED = re.compile(r"(?i)^(?:al|el|ad|as|ash|an|ar|ul|ur)-(?=\w)")

Agreement = Literal["same", "compatible", "contradict"]
"""`compatible` is too little by itself: an initial, a short form, a surname alone."""


def fold_name(name: str) -> str:
    """A name without case, accents, full stops, apostrophes and hyphens.

    >>> fold_name("Jean-Luc  O’Brïen"), fold_name("A.P. Møller & Co.")
    ('jean luc obrien', 'ap moller & co')
    """
    plain = _APOSTROPHES.sub("", name.replace(".", "")).casefold()
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", plain.translate(_LETTERS))
        plain = "".join(
            char for char in plain if not unicodedata.combining(char) and unicodedata.category(char) != "Cf"
        )
    return " ".join(_NO_WORD.sub(" ", plain).split())


def _class_of(word: str) -> frozenset[str]:
    return classes_of(_WORDS).get(word, frozenset())


@cache
def _spellings() -> list[tuple[re.Pattern[str], str]]:
    rows = read_rows(_DATA / "names_spellings.tsv", heading=True)
    return [(re.compile(pattern), replacement) for pattern, replacement, _ in rows]


@lru_cache(maxsize=65536)
def spelling_of(word: str) -> str:
    """What a folded word of a name shares with its other transliterations.

    >>> {spelling_of(word) for word in ("horensky", "horenskyy", "horenskiy")}
    {'horensky'}
    """
    for pattern, replacement in _spellings():
        word = pattern.sub(replacement, word)
    return word


@cache
def _short_forms() -> dict[str, frozenset[str]]:
    """By each name what it is short for, and the short forms that it has."""
    found: dict[str, set[str]] = {}
    for short, full in read_rows(_DATA / "names_nicknames.tsv", heading=True):
        for each in full.split():
            found.setdefault(short, set()).add(each)
            found.setdefault(each, set()).add(short)
    return {name: frozenset(others) for name, others in found.items()}


def short_forms(given: str) -> frozenset[str]:
    """The given names that a folded one is short for, and those that are short for it.

    >>> sorted(short_forms("ted")), sorted(short_forms("theodore"))
    (['edward', 'theodore'], ['ted', 'teddy', 'theo'])
    """
    return _short_forms().get(given, frozenset())


@dataclass(frozen=True, slots=True)
class PersonName:
    """A person's name in its parts, folded and in the one spelling that all transliterations share."""

    given: tuple[str, ...]
    """First and middle names and initials; empty of a bare surname."""
    surname: str
    """Its last word, without particles: "mark"."""
    suffix: str = ""

    @property
    def first(self) -> str:
        """The given name by which it is looked up: the first that is no initial, where there is one."""
        return next((each for each in self.given if len(each) > 1), self.given[0] if self.given else "")

    @property
    def middle(self) -> tuple[str, ...]:
        """What stands between the first given name and the surname."""
        return self.given[1:]


@lru_cache(maxsize=16384)
def person_name(name: str) -> PersonName:
    """The parts of a person's name without titles.

    >>> person_name("Edgar H.W. Lund Jr.")
    PersonName(given=('edgar', 'h', 'w'), surname='lund', suffix='jr')
    >>> person_name("Ulla von der Mark").surname, person_name("Al Fenn").given, person_name("al-Rasul")
    ('mark', ('al',), PersonName(given=(), surname='rasul', suffix=''))
    """
    tokens = [_ATTACHED.sub("", token) for token in name.replace(",", " ").split()]
    shouted = name.isupper()
    suffix = ""
    while len(tokens) > 1 and (tail := fold_name(tokens[-1])) and _class_of(tail) & {"suffix", "letters"}:
        suffix = suffix or (tail if "suffix" in _class_of(tail) else "")
        tokens.pop()
    words: list[str] = []
    for at, token in enumerate(tokens):
        bare = token.replace(".", "")
        if bare.isalpha() and bare.isupper() and len(bare) in (2, 3) and at + 1 < len(tokens) and not shouted:
            # "J.P. Hall", "JD Hall"
            words += list(fold_name(bare))
            continue
        folded = fold_name(token).split()
        small = token[:1].islower() or at > 0 or len(tokens) > 2
        words += [word for word in folded if not (small and len(folded) == 1 and "particle" in _class_of(word))]
    if len(tokens) == 2 and len(words) == 2 and words[0] in _OPENING_PARTICLES:
        words = words[1:]
    if len(tokens) == 1 and words:
        # a double surname in one word
        return PersonName((), spelling_of(words[-1]), suffix)
    if not words:
        return PersonName((), spelling_of(fold_name(name)), suffix)
    return PersonName(tuple(spelling_of(word) for word in words[:-1]), spelling_of(words[-1]), suffix)


_OPENING_PARTICLES = frozenset("de di du da del della von der den la le dos".split())
"""Those that open a surname and are no given name: "Al" and "Van" can be one."""


def _words_agree(one: str, other: str) -> Agreement:
    if one == other:
        return "same"
    if (len(one) == 1 or len(other) == 1) and one[0] == other[0]:
        return "compatible"
    return "compatible" if other in short_forms(one) else "contradict"


def persons_agree(one: str, other: str) -> Agreement:
    """Whether two names can be one person's.

    >>> [persons_agree("John Smith", other) for other in ("John R. Smith", "J. Smith", "Smith", "James Smith")]
    ['same', 'compatible', 'compatible', 'contradict']
    """
    return parts_agree(person_name(one), person_name(other))


def parts_agree(one: PersonName, other: PersonName) -> Agreement:
    """`persons_agree` of names that are in their parts already."""
    if one.suffix and other.suffix and one.suffix != other.suffix:
        return "contradict"
    if not one.given or not other.given:
        alone, full = (one, other) if not one.given else (other, one)
        if not full.given:
            return "same" if one.surname == other.surname else "contradict"
        return "compatible" if alone.surname in (full.surname, full.given[0]) else "contradict"
    if one.surname != other.surname:
        return "contradict"
    first = _words_agree(one.given[0], other.given[0])
    shared = {each for each in one.given if len(each) > 1} & set(other.given)
    if first != "same" and shared:
        # one of them, or both, called by a middle name
        return "compatible" if first == "contradict" and len(one.given[0]) > 1 and len(other.given[0]) > 1 else "same"
    if first == "same" and one.middle and other.middle:
        spelt_out = {each for each in one.middle if len(each) > 1} & set(other.middle)
        if not spelt_out and _words_agree(one.middle[0], other.middle[0]) == "contradict":
            return "contradict"
    return first


def parts_of_key(key: str) -> PersonName:
    """The name of which `person_keys` made a key with a full name.

    >>> parts_of_key("w:john r hall jr")
    PersonName(given=('john', 'r'), surname='hall', suffix='jr')
    """
    words = key[2:].split()
    suffix = words.pop() if len(words) > 2 and "suffix" in _class_of(words[-1]) else ""
    return PersonName(tuple(words[:-1]), words[-1] if words else "", suffix)


@lru_cache(maxsize=16384)
def organisation_name(name: str) -> str:
    """An organisation's name folded, without article and company ending.

    >>> organisation_name("The Halvorsen & Lund Group, Inc."), organisation_name("the Harbour Board’s")
    ('halvorsen and lund group', 'harbour board')
    """
    words = fold_name(re.sub(r"['’]s?\s*\Z", "", name).replace("&", " and ")).split()
    while len(words) > 1 and words[0] in ("the", "a", "an"):
        words = words[1:]
    while len(words) > 1 and "company" in _class_of(words[-1]):
        words = words[:-1]
    return " ".join(words)


def acronym_of(name: str) -> str:
    """The acronym that an organisation's name makes, folded; empty where it has fewer than three words of weight.

    >>> acronym_of("the International Bureau of Weights"), acronym_of("Harbour Board")
    ('ibw', '')
    """
    words = [word for word in organisation_name(name).split() if "linking" not in _class_of(word)]
    return "".join(word[0] for word in words) if len(words) >= 3 else ""


def is_acronym(word: str) -> bool:
    """Whether a name is written as an acronym: "NATO", "U.N.", not "Reuters".

    >>> [is_acronym(word) for word in ("NATO", "U.N.", "Reuters", "HARBOUR BOARD", "ASEANs")]
    [True, True, False, False, False]
    """
    bare = word.replace(".", "")
    return 2 <= len(bare) <= 7 and bare.isalpha() and bare.isupper()


def is_pronoun(name: str) -> bool:
    """Whether a name is none, but a word that points to somebody.

    >>> is_pronoun("They"), is_pronoun("Thea")
    (True, False)
    """
    words = fold_name(name).split()
    return not words or (len(words) <= 2 and all("pronoun" in _class_of(word) for word in words))


def is_described(name: str) -> bool:
    """Whether a name describes instead of naming: a word in it is in small letters and no part of names.

    >>> is_described("Senior official"), is_described("Bank of Halmark"), is_described("Ana de la Cruz")
    (True, False, False)
    """
    for at, word in enumerate(name.split()):
        bare = fold_name(word)
        if word[:1].isdigit() and at == 0:
            return True
        if word[:1].islower() and not _class_of(bare) & {"particle", "linking"} and not _ATTACHED.match(word):
            return True
    return False


def is_common_word(word: str) -> bool:
    """Whether a folded word of an organisation's name is in the names of many: "supreme", "county"."""
    return "common" in _class_of(word)


def is_local_word(word: str) -> bool:
    """Whether a folded word names what every town has: "police", "university"."""
    return "local" in _class_of(word)


def is_sole_word(word: str) -> bool:
    """Whether a folded common word names one institution of a country by itself: "senate"."""
    return "sole" in _class_of(word)


def person_keys(name: str) -> list[str]:
    """The keys under which a person's name is kept.

    >>> person_keys("John R. Hall"), person_keys("Hall")
    (['n:john hall', 'w:john r hall', 's:hall'], ['s:hall'])
    """
    parts = person_name(name)
    keys = []
    if parts.given:
        keys.append(f"n:{parts.first} {parts.surname}")
        whole = " ".join(filter(None, (*parts.given, parts.surname, parts.suffix)))
        if whole != keys[0][2:]:
            keys.append(f"w:{whole}")
    return [*keys, f"s:{parts.surname}"]


def person_lookups(name: str) -> list[str]:
    """The keys under which a person's full name is to be looked for: its own and those of its short and long forms.

    >>> person_lookups("Bill Hall")
    ['n:bill hall', 'n:william hall']
    """
    parts = person_name(name)
    if not parts.given:
        return []
    return [f"n:{first} {parts.surname}" for first in (parts.first, *sorted(short_forms(parts.first)))]
