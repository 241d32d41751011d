"""Which names are one: a surname and the full name before or after it, an organisation and its short form.

Names come first and over the whole article, so that "Lind" in the headline finds "Marta Lind" in the body. Two bearers
of a surname leave a bare surname undecided: it then has alternatives (the surest step first; Lee et al. 2013).
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Callable

from sayso.speakers.entities import Entity
from sayso.speakers.forms import Form
from sayso.speakers.lists import country_of_adjective, metonym, noun_class

SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
"""What may stand behind a family name, folded."""
_LINKING = frozenset("of the for and in on to de del la le du des der die das von y &".split())


def folded(word: str) -> str:
    """A word of a name without accents, full stops and case.

    >>> folded("Kjærgård"), folded("J.P.")
    ('kjærgard', 'jp')
    """
    plain = word.replace(".", "").replace("’", "'").lower()
    if plain.isascii():
        return plain
    return "".join(char for char in unicodedata.normalize("NFD", plain) if not unicodedata.combining(char))


def one_letter_apart(one: str, other: str) -> bool:
    """Whether one letter changed, added or left out makes the one of the other.

    >>> one_letter_apart("maurer", "mauer"), one_letter_apart("lind", "lund"), one_letter_apart("hale", "hals")
    (True, True, True)
    """
    if len(one) > len(other):
        one, other = other, one
    at = next((index for index, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), len(one))
    return one != other and one[at + (len(one) == len(other)) :] == other[at + 1 :]


def _parts(name: tuple[str, ...]) -> list[str]:
    parts = [folded(word) for word in name]
    while len(parts) > 1 and parts[-1] in SUFFIXES:
        parts.pop()
    return parts


def same_given(one: list[str], other: list[str]) -> bool:
    """Whether the words before two surnames can belong to one person: equal, an initial, or a short form ("Rob")."""
    for a, b in zip(one, other, strict=False):
        if a == b or (len(a) <= 2 and b.startswith(a[:1])) or (len(b) <= 2 and a.startswith(b[:1])):
            return True
        if min(len(a), len(b)) >= 3 and (a.startswith(b[:3]) or b.startswith(a[:3])):
            return True
    return not one or not other or bool(set(one) & set(other))


class NameIndex:
    """The named entities of an article, found by the words of their names."""

    def __init__(self, create: Callable[[], Entity]) -> None:
        self._create = create
        self._surnames: dict[str, list[Entity]] = defaultdict(list)
        self._given: dict[str, list[Entity]] = defaultdict(list)
        self._proper: dict[str, Entity] = {}
        self._acronyms: dict[str, Entity] = {}
        self._endings: dict[tuple[str, ...], Entity] = {}

    def person(self, form: Form) -> list[Entity]:
        """The entities that a person's name may be, the likeliest first; a new one where there is none yet."""
        parts = _parts(form.name)
        known = [
            each
            for each in self._surnames.get(parts[-1], [])
            if not each.conflicts_in_gender(form.gender, sure=form.gender_is_sure)
        ]
        if len(parts) > 1:
            for entity in known:
                if any(same_given(parts[:-1], _parts(name)[:-1]) for name in entity.names if len(name) > 1):
                    return [entity]
            lone = [entity for entity in known if all(len(name) == 1 for name in entity.names)]
            if lone and len(known) == 1:
                return lone
            return [self._new_person(parts)]
        if known:
            return known
        by_given = [
            each
            for each in self._given.get(parts[-1], [])
            if not each.conflicts_in_gender(form.gender, sure=form.gender_is_sure)
        ]
        if by_given:
            return by_given
        slip = self._misspelt(parts[-1])
        return [slip] if slip is not None else [self._new_person(parts)]

    def is_surname(self, form: Form) -> bool:
        """Whether somebody of that surname is known."""
        return bool(self._surnames.get(folded(form.name[-1])))

    def known_proper(self, form: Form) -> Entity | None:
        """The organisation or place already known by a single word that looks like a surname ("Nordhaven")."""
        word = folded(form.name[-1])
        return self._proper.get(word) or self._endings.get((word,))

    def _misspelt(self, surname: str) -> Entity | None:
        """The one bearer of a surname of which this is a slip of the pen by one letter."""
        if len(surname) < 5:
            return None
        near = [
            entities[0]
            for other, entities in self._surnames.items()
            if abs(len(other) - len(surname)) <= 1
            and other[0] == surname[0]
            and len(entities) == 1
            and one_letter_apart(other, surname)
        ]
        return near[0] if len(near) == 1 else None

    def _new_person(self, parts: list[str]) -> Entity:
        entity = self._create()
        self._surnames[parts[-1]].append(entity)
        for word in parts[:-1]:
            if len(word) > 2:
                self._given[word].append(entity)
        return entity

    def proper(self, form: Form, *, key: str | None = None) -> Entity:
        """The entity of another name; a new one where there is none yet. `key` stands for the name where it is one of
        several spellings of a place."""
        words = tuple(folded(word) for word in form.name)
        name = key or " ".join(words)
        entity = self._proper.get(name)
        if entity is None and key is None:
            content = tuple(word for word in words if word not in _LINKING)
            entity = self._endings.get(content) if len(content) >= 2 or _is_long(content) else None
            if entity is None and len(words) == 1 and form.name[0].isupper():
                entity = self._acronyms.get(words[0])
            if entity is None:
                short = self._proper.get("".join(word[0] for word in words).lower())
                long = self._proper.get("".join(word[0] for word in content).lower())
                spelt = short or long
                # an acronym that came first
                if spelt is not None and len(content) >= 2 and all(n[0].isupper() for n in spelt.names if len(n) == 1):
                    entity = spelt
        if entity is None:
            entity = self._create()
        self._proper.setdefault(name, entity)
        if key is None:
            self._remember(words, entity)
        return entity

    def _remember(self, words: tuple[str, ...], entity: Entity) -> None:
        content = tuple(word for word in words if word not in _LINKING)
        if len(content) < 2:
            return
        for letters in {"".join(word[0] for word in words), "".join(word[0] for word in content)}:
            self._acronyms.setdefault(letters, entity)
        if noun_class(content[-1]) in ("organisation", "government"):
            for start in range(1, len(content) - 1):
                self._endings.setdefault(content[start:], entity)
        if _is_long(content[:1]) and not _is_common(content[0]):
            self._endings.setdefault(content[:1], entity)


def _is_common(word: str) -> bool:
    """Whether a word begins the names of many: a country, a people, a noun."""
    return (
        metonym(word.title()) is not None
        or country_of_adjective(word.title()) is not None
        or noun_class(word) is not None
    )


def _is_long(words: tuple[str, ...]) -> bool:
    return len(words) == 1 and len(words[0]) >= 6
