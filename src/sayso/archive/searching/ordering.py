"""The ids of one page of a search, in their order.

Of what is too much to sort, the order by day is found by descending through the years and months that the index of
words has as keys; the orders for which it has none look at what was added last.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, func, not_, or_, select

from sayso.archive.days import Field, day_of, month_key, no_day_key, year_key
from sayso.archive.matching import EVERYTHING, And, Key, Match, Or
from sayso.archive.schema import outlet, speaker, statement
from sayso.archive.searching.binding import EARLIEST, LATEST, Bound, published_days
from sayso.archive.searching.paging import Cursor, Value
from sayso.archive.stores.base import Store

SORTED = 4_000
"""Statements that are sorted by day at once."""
RANKED = 20_000
"""Statements that are ranked at the most: of more, the newest come first."""
NAMED = 10_000
"""Statements that are sorted by a name at the most: those that were added last."""
_FEW_YEARS = 12


@dataclass(frozen=True, slots=True)
class Place:
    """A hit's place in the order."""

    id: int
    value: Value = None
    """What it is sorted by."""
    score: float | None = None


def chosen(store: Store, bound: Bound, *columns: Any, within: tuple[int, int] | None = None) -> Select[Any]:
    """Columns of the statements that a query finds, with ids `within` two, both included."""
    if bound.match == EVERYTHING:
        number: ColumnElement[int] = statement.c.id
        query = select(*columns).select_from(statement).where(*bound.rows, *map(not_, bound.without))
    else:
        match = store.match(bound.match).subquery("matching")
        number = match.c.id
        joined = match.join(statement, statement.c.id == number)
        query = select(*columns).select_from(joined).where(*_among(store, bound, number))
    # Said of the index's id, and not of the table's, it spares the index all the others.
    return query if within is None else query.where(number >= within[0], number <= within[1])


def chosen_ids(store: Store, bound: Bound) -> tuple[Select[Any], ColumnElement[int]]:
    """The ids of what a query finds, and their column; the table itself is left alone where the index has them all."""
    if bound.match == EVERYTHING:
        return chosen(store, bound, statement.c.id), statement.c.id
    match = store.match(bound.match).subquery("matching")
    return select(match.c.id).where(*_among(store, bound, match.c.id)), match.c.id


def _among(store: Store, bound: Bound, number: ColumnElement[int]) -> list[ColumnElement[bool]]:
    """That a match's id is one of those for which the conditions on rows hold."""
    # "+ 0" keeps SQLite from asking the index of words once more for each of the rows.
    value = number + 0 if store.kind == "sqlite" else number
    without: list[ColumnElement[bool]] = [value.not_in(select(statement.c.id).where(each)) for each in bound.without]
    return [value.in_(select(statement.c.id).where(*bound.rows)), *without] if bound.rows else without


def count(store: Store, connection: Connection, bound: Bound) -> int:
    """How many statements a query finds."""
    if not bound.rows and not bound.without and bound.match != EVERYTHING:
        return store.count(connection, bound.match)
    ids, column = chosen_ids(store, bound)
    return int(connection.scalar(ids.with_only_columns(func.count(column), maintain_column_froms=True)) or 0)


def added_last(store: Store, connection: Connection, bound: Bound, number: int, upper: int) -> int:
    """The id from which on there are so many of what a query finds, up to the id `upper`; 0 where there are fewer."""
    ids, column = chosen_ids(store, bound)
    last = ids.where(column <= upper).order_by(column.desc()).offset(number - 1).limit(1)
    return int(connection.scalar(last) or 0)


def in_order(
    store: Store, connection: Connection, bound: Bound, *, total: int, limit: int, cursor: Cursor
) -> tuple[list[Place], bool]:
    """At most `limit` hits behind the cursor, and whether there are more."""
    sort = cursor.sort
    ordering = _Ordering(store, connection, bound, total, limit, cursor)
    if not total or not limit:
        return [], False
    if sort == "relevance":
        places = ordering.by_nearness() if bound.near else ordering.by_rank()
    elif sort in ("speaker", "outlet"):
        places = ordering.by_name(sort)
    else:
        places = ordering.by_day("said" if sort == "said" else "published", latest_first=sort != "oldest")
    return places[:limit], len(places) > limit


@dataclass(slots=True)
class _Ordering:
    """Each order gives one hit more than the page has, where there is one."""

    store: Store
    connection: Connection
    bound: Bound
    total: int
    limit: int
    cursor: Cursor

    def by_rank(self) -> list[Place]:
        if self.bound.match == EVERYTHING:
            # Words that stand beside what has no place in the index ("bridge OR article:12") rank nothing.
            return self.by_nearness()
        match = self.store.match(self.bound.match).subquery("matching")
        ranked = select(match.c.id, match.c.rank).where(
            match.c.id <= self.cursor.upper, *_among(self.store, self.bound, match.c.id)
        )
        ranked = ranked.order_by(match.c.rank, match.c.id.desc()).offset(self.cursor.offset).limit(self.limit + 1)
        return [Place(row.id, score=-row.rank) for row in self.connection.execute(ranked)]

    def by_nearness(self) -> list[Place]:
        ids, column = chosen_ids(self.store, self.bound)
        near = self.bound.near
        found = self.connection.scalars(ids.where(column <= self.cursor.upper).order_by(column.desc()).limit(RANKED))
        best = sorted(found, key=lambda each: (-near.get(each, 0.0), -each))
        start = self.cursor.offset
        return [Place(each, score=near.get(each, 0.0)) for each in best[start : start + self.limit + 1]]

    def by_name(self, sort: str) -> list[Place]:
        table = speaker if sort == "speaker" else outlet
        column = statement.c.speaker_id if sort == "speaker" else statement.c.outlet_id
        # Databases differ in how they sort names; in this way all do it alike.
        name = func.lower(table.c.name.collate("C") if self.store.kind == "postgres" else table.c.name)
        within = None
        if self.total > NAMED:
            upper = self.cursor.upper
            within = added_last(self.store, self.connection, self.bound, NAMED, upper), upper
        query = chosen(self.store, self.bound, statement.c.id, name.label("value"), within=within)
        query = query.outerjoin(table, table.c.id == column)
        return self._keyset([(query, True), (query, False)], name, descending=False)

    def by_day(self, field: Field, *, latest_first: bool) -> list[Place]:
        day = statement.c.published_day if field == "published" else statement.c.said_day
        # The table has an index by which all can be walked through in the order of publication.
        at_once = self.total <= SORTED or (field == "published" and self.bound.match == EVERYTHING)
        bounds = iter([(self.bound, True), (self.bound, False)])
        parts = bounds if at_once else self._by_year(field, latest_first)
        return self._keyset(
            ((chosen(self.store, part, statement.c.id, day.label("value")), dated) for part, dated in parts),
            day,
            descending=latest_first,
        )

    def _keyset(self, parts: Any, column: ColumnElement[Any], *, descending: bool) -> list[Place]:
        """Hits of parts that follow one another, each with whether its hits have a value; those without come last."""
        places: list[Place] = []
        begun, after = self.cursor.id > 0, self.cursor.value
        number = statement.c.id
        # Of the same day, the hit with the higher id comes first where the latest day does.
        up = not descending and column.type.python_type is int
        behind = number > self.cursor.id if up else number < self.cursor.id
        for query, valued in parts:
            if begun and after is None and valued:
                continue
            if valued:
                part = query.where(column.is_not(None))
                if begun:
                    # The first condition is in the second, but is one that an index can begin at.
                    further = column < after if descending else column > after
                    part = part.where(
                        column <= after if descending else column >= after, or_(further, and_(column == after, behind))
                    )
                part = part.order_by(column.desc() if descending else column, number if up else number.desc())
            else:
                part = query.where(column.is_(None)).order_by(number if up else number.desc())
                if begun and after is None:
                    part = part.where(behind)
            rows = self.connection.execute(part.limit(self.limit + 1 - len(places)))
            places += [Place(row.id, row.value) for row in rows]
            if len(places) > self.limit:
                break
        return places

    def _by_year(self, field: Field, latest_first: bool) -> Iterator[tuple[Bound, bool]]:
        """The query in years, and in months where a year has much; then what has no day."""
        first, last = self._years(field)
        after = self.cursor.value if self.cursor.id else None
        if isinstance(after, int):
            year = day_of(after).year
            first, last = (first, min(last, year)) if latest_first else (max(first, year), last)
        if not self.cursor.id or after is not None:
            for year in self._present(field, first, last, latest_first):
                of_year = self._within(year_key(field, year))
                if self.store.count(self.connection, of_year.match) <= SORTED:
                    yield of_year, True
                    continue
                for month in sorted(range(1, 13), reverse=latest_first):
                    yield self._within(month_key(field, year, month)), True
        yield self._within(no_day_key(field)), False

    def _within(self, key: Match) -> Bound:
        match = self.bound.match
        parts = match.parts if isinstance(match, And) else () if match == EVERYTHING else (match,)
        return replace(self.bound, match=And((*parts, key)))

    def _years(self, field: Field) -> tuple[int, int]:
        if field == "said":
            return EARLIEST.year, LATEST.year
        days = published_days(self.connection)
        return (1, 0) if days is None else (days[0].year, days[1].year)

    def _present(self, field: Field, first: int, last: int, latest_first: bool) -> Iterator[int]:
        """The years in which the query finds anything, in their order."""
        if first > last:
            return
        keys: tuple[Key, ...] = tuple(year_key(field, year) for year in range(first, last + 1))
        some = self.store.match(self._within(Or(keys)).match).subquery()
        if self.connection.scalar(select(some.c.id).limit(1)) is None:
            return
        if last - first < _FEW_YEARS:
            yield from sorted(range(first, last + 1), reverse=latest_first)
            return
        middle = (first + last) // 2
        halves = [(first, middle), (middle + 1, last)]
        for start, end in reversed(halves) if latest_first else halves:
            yield from self._present(field, start, end, latest_first)
