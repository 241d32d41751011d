"""The words of a headline that say something, and where the body has them: the word itself, a form of it, or another
word for the same.

Forgiving on purpose: a headline is written in other words than the body, so that a word which the lists take for
another's equal is never called the outlet's own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import takewhile
from pathlib import Path
from typing import Literal

from sayso.checks.words import Words
from sayso.documents import Span
from sayso.speakers.lists import country_of_adjective, is_title_word, noun_class
from sayso.statements.wording import is_negation, is_stopword, stem
from sayso.wordlists import classes_of, entries_of, read_rows

_DATA = Path(__file__).parents[1] / "data"
_WORDS = _DATA / "headline_words.tsv"
_ROLES = _DATA / "headline_roles.tsv"
_SYNONYMS = _DATA / "headline_synonyms.tsv"
_SHARED = 4
"""Letters at least that two words of one kin begin with,"""
_SHARE = 0.6
"""and what part of the longer of the two these are."""

Likeness = Literal["form", "synonym"]


@dataclass(slots=True)
class Body:
    """The words of the text below the headline, by their stems."""

    words: Words
    places: dict[str, list[int]] = field(default_factory=dict)
    """Positions of each stem among the words, in order."""
    bare: dict[str, str] = field(default_factory=dict)
    """For each stem a word that has it."""
    _starts: dict[str, list[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, words: Words) -> Body:
        """The index of these words."""
        body = cls(words)
        roots: dict[str, list[int]] = {}
        for at, form in enumerate(words.forms):
            places = roots.get(form)
            if places is None:
                bare = without_possessive(form)
                root = stem(bare)
                places = roots[form] = body.places.setdefault(root, [])
                if not places:
                    body.bare[root] = bare
                    body._starts.setdefault(bare[:_SHARED], []).append(root)
            places.append(at)
        return body

    def matches(self, word: str) -> dict[int, Likeness]:
        """The positions of the words that stand for `word`, each with how."""
        root = stem(word)
        kin = [other for other in self._starts.get(word[:_SHARED], ()) if are_kin(word, self.bare[other])]
        found: dict[int, Likeness] = {}
        for other in (root, *kin):
            found.update(dict.fromkeys(self.places.get(other, ()), "form"))
        for other in synonyms_of(root):
            for place in self.places.get(other, ()):
                found.setdefault(place, "synonym")
        return found


@dataclass(frozen=True, slots=True)
class Term:
    """One word of a headline that says something."""

    number: int
    """Its position among the headline's words."""
    form: str
    """Without a possessive ending."""
    span: Span
    matches: dict[int, Likeness]
    """Where the body has it."""


def terms_of(words: Words, positions: Iterable[int], body: Body) -> list[Term]:
    """The terms among the words of a headline at these positions; two that a hyphen joins are one, found where either
    is. Numbers, negations and words that any headline may have are none.
    """
    terms: list[Term] = []
    last = -1
    for at in positions:
        form = without_possessive(words.forms[at])
        joined = at > 0 and last == at - 1 and words.text[words.ends[at - 1] : words.starts[at]] in ("-", "‐", "‑")
        last = at
        if joined:
            if terms and terms[-1].number == at - 1:
                before = terms.pop()
                span = Span(before.span.start, words.starts[at] + len(form))
                matches = {**body.matches(form), **before.matches}
                terms.append(Term(at, before.form, span, matches))
            continue
        if says_something(form):
            terms.append(Term(at, form, Span(words.starts[at], words.starts[at] + len(form)), body.matches(form)))
    return terms


def says_something(form: str) -> bool:
    """Whether a word of a headline can be held against the body as its own claim.

    >>> says_something("failure"), says_something("not"), says_something("7.5"), says_something("will")
    (True, False, False, False)
    """
    return (
        len(form) > 1
        and form[0].isalpha()
        and "'" not in form
        and not is_stopword(form)
        and not is_negation(form)
        and form not in _number_words()
        and not {"light", "label"} & classes_of(_WORDS).get(form, frozenset())
    )


def is_label(form: str) -> bool:
    """Whether a word says what kind of piece a headline stands over ("Live", "Exclusive")."""
    return "label" in classes_of(_WORDS).get(form, frozenset())


@lru_cache(maxsize=4096)
def is_loaded(form: str) -> bool:
    """Whether a word judges what it names, so that a speaker who has another for it did not say it.

    >>> is_loaded("failures"), is_loaded("result")
    (True, False)
    """
    return stem(form) in _loaded()


@cache
def _loaded() -> frozenset[str]:
    return frozenset(stem(each) for each in entries_of(_WORDS, "loaded"))


def is_name(form: str, written: str) -> bool:
    """Whether a word of a source is a name, as far as its letters tell: no title, no noun that the lists have."""
    return (
        written[:1].isupper()
        and form[0].isalpha()
        and not is_title_word(form)
        and noun_class(form) is None
        and not classes_of(_ROLES).get(form)
        and not classes_of(_WORDS).get(form)
        and not synonyms_of(stem(form))
        and not {form, form.removesuffix("s")} & _persons()
        and country_of_adjective(written) is None
    )


@cache
def _number_words() -> frozenset[str]:
    return frozenset(
        (
            "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
            " seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred hundreds"
            " thousand thousands million millions billion billions trillion dozen dozens half third quarter percent"
            " cent pc bn tn"
        ).split()
    )


def without_possessive(form: str) -> str:
    """The word without "'s" or a closing apostrophe.

    >>> without_possessive("kiev's"), without_possessive("workers'"), without_possessive("don't")
    ('kiev', 'workers', "don't")
    """
    return form.removesuffix("'s").removesuffix("'")


@lru_cache(maxsize=50_000)
def are_kin(one: str, other: str) -> bool:
    """Whether two words are forms of one, by what they begin with and the endings that are left.

    >>> are_kin("victory", "victorious"), are_kin("Ukraine".lower(), "ukrainian"), are_kin("protest", "protect")
    (True, True, False)
    """
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
    if shared < _SHARED or shared < _SHARE * max(len(one), len(other)):
        return False
    endings = _endings()
    return one[shared:] in endings and other[shared:] in endings


@cache
def _endings() -> frozenset[str]:
    return frozenset({"", *entries_of(_WORDS, "ending")})


@lru_cache(maxsize=20_000)
def synonyms_of(root: str) -> tuple[str, ...]:
    """The stems of the words that mean much the same as one with this stem, itself left out."""
    groups, members = _groups()
    return tuple(sorted({other for group in groups.get(root, ()) for other in members[group]} - {root}))


@cache
def _persons() -> frozenset[str]:
    """Nouns for persons: "newcomer"."""
    return frozenset(entries_of(_SYNONYMS, "person"))


@cache
def _groups() -> tuple[dict[str, list[int]], list[list[str]]]:
    """The groups of each stem, and the stems of each group."""
    found: dict[str, list[int]] = defaultdict(list)
    rows = [each for each in read_rows(_WORDS) if each[0].startswith("same ")] + read_rows(_SYNONYMS)[1:]
    members = [sorted({stem(entry) for entry in entries.split(",")}) for _, entries in rows]
    for number, roots in enumerate(members):
        for root in roots:
            found[root].append(number)
    return dict(found), members
