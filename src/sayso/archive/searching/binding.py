"""A query's tree held against an archive: names become ids, words their forms, and what the index has no key for rows.

What comes out has one part for the index of words and conditions on the rows for the rest; most queries are the index's
alone, which is why they are fast.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import ColumnElement, Connection, and_, func, not_, or_, select, true, union_all

from sayso.archive.days import between, day_of
from sayso.archive.marks import key_of
from sayso.archive.matching import EVERYTHING, NOTHING, And, Key, Match, Not, Or, Phrase, Prefix, Word
from sayso.archive.people.meant import outlets_named, speakers_named
from sayso.archive.schema import article, statement, version
from sayso.archive.searching.inflecting import forms_of
from sayso.archive.searching.terms import Address, All, Any, Days, Id, Like, Mark, Name, No, Node, Words, leaves
from sayso.archive.stores.base import Store

EARLIEST, LATEST = date(1500, 1, 1), date(2199, 12, 31)
"""How far a stretch of days on which something was said reaches where it has no end."""
MOST_VERSIONS = 10_000
"""That are named one by one to the database, which takes some thirty thousand values at the most."""
_LETTERS_AND_NUMBER = re.compile(r"([^\W\d_]+)(\d+)")

Rows = ColumnElement[bool]
Tree = Match | Rows
"""Rows are a condition on the table of statements."""


@dataclass(slots=True)
class Bound:
    """A query as one archive answers it: what `match` and every one of `rows` hold for, and none of `without`."""

    match: Match
    rows: list[Rows]
    without: list[Rows] = field(default_factory=list)
    """Apart, since those few that are excluded are found sooner than all that are not."""
    sought: list[Match] = field(default_factory=list)
    """The words that it looks for, to be marked in what is found."""
    near: dict[int, float] = field(default_factory=dict)
    """By statement: how near it is in meaning, where that was asked for."""
    notes: list[str] = field(default_factory=list)


def bind(store: Store, connection: Connection, node: Node) -> Bound:
    """The query's tree as this archive answers it."""
    binding = _Binding(store, connection)
    found: list[Tree] = []
    without: list[Rows] = []
    for part in node.parts if isinstance(node, All) else (node,):
        tree = binding.bind(part.part if isinstance(part, No) else part)
        if not isinstance(part, No):
            found.append(tree)
        elif isinstance(tree, Match):
            found.append(Not(tree))
        else:
            without.append(tree)
    matches = tuple(part for part in found if isinstance(part, Match))
    match: Match = EVERYTHING
    if matches:
        match = matches[0] if len(matches) == 1 else And(matches)
    return Bound(
        match,
        [part for part in found if not isinstance(part, Match)],
        without,
        [each for leaf in leaves(node, wanted=True) if isinstance(leaf, Words) for each in _flat(words_match(leaf))],
        binding.near,
        binding.notes,
    )


def published_days(connection: Connection) -> tuple[date, date] | None:
    """The first day of the first year in which anything was published, and the last one of the last; None without any.

    In whole years, for which the index needs one key.
    """
    day = version.c.published_day
    # Each by itself is one look into the index; both in one query would walk through it.
    first, last = connection.scalar(select(func.min(day))), connection.scalar(select(func.max(day)))
    if first is None or last is None:
        return None
    return date(day_of(first).year, 1, 1), date(day_of(last).year, 12, 31)


def words_match(words: Words) -> Match:
    """What the index is asked for words of a query.

    >>> words_match(Words(("f16",), 0, 3))
    Or(parts=(Word(forms=('f16', 'f16s')), Phrase(words=('f', '16')), Phrase(words=('f', '16s'))))
    """
    *before, last = words.parts
    if words.prefix:
        return Prefix(last, tuple(before))
    if words.exact:
        return Phrase(words.parts) if before else Word((last,))
    parted = _LETTERS_AND_NUMBER.fullmatch(last) if not before else None
    if parted is not None:
        # "F16" is also written "F-16", which is two words.
        before, last = [parted[1]], parted[2]
    if not before:
        return Word(forms_of(last))
    forms = (last, f"{last}s") if last.isdigit() and before[-1].isalpha() else forms_of(last)
    together = tuple("".join((*before, form)) for form in forms)
    phrases = tuple(Phrase((*before, form)) for form in forms)
    if not any(part.isalpha() for part in (*before, last)):
        return phrases[0]
    return Or((Word(together), *phrases))


def _flat(match: Match) -> Iterator[Match]:
    if isinstance(match, Or):
        for part in match.parts:
            yield from _flat(part)
    else:
        yield match


class _Binding:
    def __init__(self, store: Store, connection: Connection) -> None:
        self.store = store
        self.connection = connection
        self.near: dict[int, float] = {}
        self.notes: list[str] = []

    def bind(self, node: Node) -> Tree:
        if isinstance(node, All | Any):
            parts = [self.bind(part) for part in node.parts]
            matches = tuple(part for part in parts if isinstance(part, Match))
            if len(matches) == len(parts):
                return And(matches) if isinstance(node, All) else Or(matches)
            rows = [self.rows(part) for part in parts]
            if isinstance(node, All):
                return and_(true(), *rows)
            if any(isinstance(part, No) for part in node.parts):
                return or_(*rows)
            # One after the other, each by its own index: of conditions with "or" between, all rows would be looked at.
            return statement.c.id.in_(union_all(*(select(statement.c.id).where(each) for each in rows)))
        if isinstance(node, No):
            part = self.bind(node.part)
            return Not(part) if isinstance(part, Match) else not_(part)
        if isinstance(node, Words):
            return words_match(node)
        if isinstance(node, Mark):
            return Key(key_of(node.family, node.name))
        if isinstance(node, Name):
            return self._name(node)
        if isinstance(node, Days):
            return self._days(node)
        if isinstance(node, Id):
            return self._id(node)
        return self._like(node) if isinstance(node, Like) else self._address(node)

    def rows(self, tree: Tree) -> Rows:
        """A part as a condition on the table."""
        if not isinstance(tree, Match):
            return tree
        return statement.c.id.in_(select(self.store.match(tree).subquery().c.id))

    def _name(self, name: Name) -> Match:
        named = outlets_named if name.field == "outlet" else speakers_named
        ids, note = named(self.connection, name.value, field=name.field)
        if note and note not in self.notes:
            self.notes.append(note)
        keys = tuple(Key(f"{name.field}{each}") for each in ids)
        return keys[0] if len(keys) == 1 else Or(keys) if keys else NOTHING

    def _days(self, days: Days) -> Match:
        if days.field == "published":
            known = published_days(self.connection)
            if known is None:
                return NOTHING
            earliest, latest = known
        else:
            earliest, latest = (
                min(EARLIEST, days.last or EARLIEST, days.first or EARLIEST),
                max(LATEST, days.first or LATEST, days.last or LATEST),
            )
        # A stretch that reaches far beyond what there is would ask for years that nothing has.
        first = max(days.first or earliest, earliest)
        last = min(days.last or latest, latest)
        return between(days.field, first, last) if first <= last else NOTHING

    def _id(self, wanted: Id) -> Rows:
        if wanted.field == "statement":
            return statement.c.id == wanted.value
        versions = select(version.c.id).where(version.c.article_id == wanted.value, version.c.newest)
        return statement.c.version_id.in_(versions)

    def _address(self, address: Address) -> Rows:
        articles = select(article.c.id).where(
            func.lower(article.c.url).contains(address.value.lower(), autoescape=True)
        )
        versions = select(version.c.id).where(version.c.newest, version.c.article_id.in_(articles))
        # All addresses are looked at, so once is enough for all that is asked next.
        found = list(self.connection.scalars(versions.limit(MOST_VERSIONS + 1)))
        return statement.c.version_id.in_(found if len(found) <= MOST_VERSIONS else versions)

    def _like(self, like: Like) -> Rows:
        # Not at the top: NumPy takes a third of the time in which a plain search starts.
        from sayso.archive.searching.meaning import nearest

        found = nearest(self.store, self.connection, like.text)
        for number, score in found.items():
            self.near[number] = max(score, self.near.get(number, 0.0))
        if not found:
            self.notes.append(f"Nothing is near in meaning to: {like.text}")
        return statement.c.id.in_(sorted(found))
