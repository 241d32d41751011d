"""The words and pairs of words of statements that can be somebody's topic, as the search index has them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, func, select

from sayso.archive.batches import batches
from sayso.archive.folding import BREAK
from sayso.archive.indexing import words_of
from sayso.archive.matching import Match, Phrase
from sayso.archive.schema import statement
from sayso.archive.searching.binding import words_match
from sayso.archive.searching.inflecting import forms_of
from sayso.archive.searching.terms import Words
from sayso.archive.stores.base import Store
from sayso.wordlists import classes_of

_PLAIN = Path(__file__).parent / "data" / "plain_words.tsv"
SAMPLE = 2_500
"""Statements by which it is guessed how frequent a word is, before the index is asked for the few that may matter."""
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Told:
    """A statement by its words."""

    day: int | None
    terms: frozenset[str]
    """Words, and pairs of words in succession, but for those that can be no topic."""
    key: int
    """The same for statements in the same words."""


def told_of(day: int | None, text: str, others: str | None) -> Told:
    """A statement from its row."""
    terms = set[str]()
    before = ""
    words = words_of(text, json.loads(others) if others else ())
    for word in words:
        if not _can_be(word):
            before = ""
            continue
        terms.add(word)
        if before:
            terms.add(f"{before} {word}")
        before = word
    return Told(day, frozenset(terms), hash(tuple(words)))


@lru_cache(maxsize=1 << 16)
def _can_be(word: str) -> bool:
    return len(word) > 1 and word != BREAK and word.isalpha() and word not in plain_words()


@cache
def plain_words() -> frozenset[str]:
    """The words that say nothing of what somebody talks about."""
    return frozenset(classes_of(_PLAIN))


def match_of(term: str) -> Match:
    """What the index is asked for a term: a word in all its forms, a pair as it is."""
    return words_match(Words((term,), 0, 0)) if " " not in term else Phrase(tuple(term.split(" ")))


def query_of(term: str) -> str:
    """The same as a query."""
    return f'"{term}"' if " " in term else term


def grouped(counts: Counter[str], *, least: int, without: Collection[str] = ()) -> dict[str, tuple[str, ...]]:
    """The terms that at least so many statements have, each word with the forms that are found with it.

    `without` are words that are to be in no term, as those of the speaker's own name.
    """
    bare = plain_words().union(without)
    found: dict[str, tuple[str, ...]] = {}
    taken = set[str]()
    for term, times in sorted(counts.items(), key=lambda each: (-each[1], each[0])):
        if times < least:
            break
        if " " in term:
            one, other = term.split(" ")
            alike = {f"{one} {form}" for form in forms_of(other)} | {f"{form} {other}" for form in forms_of(one)}
            if bare.isdisjoint((one, other)) and not alike & found.keys():
                found[term] = (term,)
        elif term not in taken:
            forms = forms_of(term)
            taken.update(forms)
            # By "leaf" would be found what has "leaves", and that is mostly the verb.
            if bare.isdisjoint(forms):
                found[term] = tuple(form for form in forms if form in counts)
    return found


def counted(tolds: Iterable[Told]) -> Counter[str]:
    """By term, how many of some statements have it."""
    counts = Counter[str]()
    for each in tolds:
        counts.update(each.terms)
    return counts


def distinct(tolds: Iterable[Told]) -> list[Told]:
    """Statements in other words each: what a wire report carries into twenty papers was said once."""
    return list({each.key: each for each in tolds}.values())


@dataclass(frozen=True, slots=True)
class Sample:
    """How often words are in statements of the archive, from some of them, evenly spread."""

    last_id: int
    size: int
    counts: Counter[str]


_samples: WeakKeyDictionary[Store, Sample] = WeakKeyDictionary()


def sample_of(store: Store, connection: Connection) -> Sample:
    """A sample of the archive's statements; of a small archive all. Kept until the archive has grown by a twentieth."""
    last = int(connection.scalar(select(func.max(statement.c.id))) or 0)
    kept = _samples.get(store)
    if kept is not None and (kept.last_id == last or SAMPLE < kept.last_id <= last <= kept.last_id * 1.05):
        return kept
    tolds: list[Told] = []
    for ids in batches(range(1, last + 1, max(1, -(-last // SAMPLE))), _AT_ONCE):
        columns = select(statement.c.text, statement.c.others).where(statement.c.id.in_(ids))
        tolds += [told_of(None, row.text, row.others) for row in connection.execute(columns)]
    sample = Sample(last, len(tolds), counted(tolds))
    _samples[store] = sample
    return sample
