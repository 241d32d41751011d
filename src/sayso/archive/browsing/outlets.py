"""Outlets, and how each quotes: from the marks of its statements."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, case, func, select

from sayso.archive.browsing.forms import OutletProfile, OutletRow, SpeakerUse
from sayso.archive.browsing.listing import known_outlet
from sayso.archive.browsing.stretches import periods_of
from sayso.archive.days import iso_day
from sayso.archive.marks import FAMILIES, bits_of
from sayso.archive.people.meant import plain_words
from sayso.archive.schema import article, outlet, speaker, statement, version
from sayso.archive.searching.query import QUOTES
from sayso.archive.stores.base import Store

MOST_MONTHS = 120
MOST_SPEAKERS = 100
QUOTED = bits_of([("quotation", "direct"), ("quotation", "mixed")])
STANCES = FAMILIES["stance"]


def having(bits: int) -> Any:
    """How many statements of a group have one of some marks, as a column."""
    return func.sum(case((statement.c.marks.op("&")(bits) != 0, 1), else_=0))


MARKED = (
    having(QUOTED).label("quoted"),
    having(bits_of([("is", "anonymous")])).label("anonymous"),
    *(having(bits_of([("stance", name)])).label(name) for name in STANCES),
)


def outlet_list(store: Store) -> list[OutletRow]:
    """All outlets that have an article, those with most statements first."""
    with store.reading() as connection:
        return sorted(_rows(connection), key=lambda each: (-each.statements, -each.articles, each.id))


def outlet_names(store: Store) -> dict[int, str]:
    """The names of all outlets by their ids, in the order of the alphabet; nothing is counted."""
    with store.reading() as connection:
        found = {row.id: row.name for row in connection.execute(select(outlet.c.id, outlet.c.name))}
    return dict(sorted(found.items(), key=lambda each: each[1].casefold()))


def outlet_profile(store: Store, number: int) -> OutletProfile:
    """How one outlet quotes whom, and when. Raises NoSuchEntry."""
    with store.reading() as connection:
        name = known_outlet(connection, number)
        term = outlet_terms(connection)[number]
        rows = _rows(connection, number)
        row = rows[0] if rows else OutletRow(number, name, 0, 0, 0.0, 0.0, 0.0, 0.0, None, None, term)
        day = statement.c.published_day
        counted = select(day, func.count()).where(statement.c.outlet_id == number, day.is_not(None)).group_by(day)
        days: dict[int, int] = dict(connection.execute(counted).all())
        uses = _speakers(connection, number, term)
    return OutletProfile(row, periods_of(days, term, step="month")[1][-MOST_MONTHS:], uses)


def outlet_terms(connection: Connection) -> dict[int, str]:
    """By outlet: the term of a query that finds its statements and no other outlet's."""
    return _terms(tuple(map(tuple, connection.execute(select(outlet.c.id, outlet.c.name)))))


@lru_cache(maxsize=2)
def _terms(rows: tuple[tuple[int, str], ...]) -> dict[int, str]:
    alike = Counter(_folded(name) for _, name in rows)
    return {
        number: f'outlet:"{name}"'
        if alike[_folded(name)] == 1 and _folded(name) and not set(name) & _UNQUOTABLE
        else f"outlet:#{number}"
        for number, name in rows
    }


_UNQUOTABLE = frozenset(QUOTES + "*")


@lru_cache(maxsize=1 << 12)
def _folded(name: str) -> str:
    return " ".join(plain_words(name))


def _rows(connection: Connection, number: int | None = None) -> list[OutletRow]:
    of_outlet, day = article.c.outlet_id, version.c.published_day
    articles = (
        select(of_outlet, func.count().label("articles"), func.min(day).label("first"), func.max(day).label("last"))
        .join(version, version.c.article_id == article.c.id)
        .where(version.c.newest, of_outlet.is_not(None) if number is None else of_outlet == number)
        .group_by(of_outlet)
    )
    counted = select(statement.c.outlet_id, func.count().label("statements"), *MARKED).group_by(statement.c.outlet_id)
    if number is not None:
        counted = counted.where(statement.c.outlet_id == number)
    statements: Mapping[int, Any] = {row.outlet_id: row for row in connection.execute(counted)}
    names = dict(connection.execute(select(outlet.c.id, outlet.c.name)).all())
    terms = outlet_terms(connection)
    found = []
    for row in connection.execute(articles):
        told = statements.get(row.outlet_id)
        total = told.statements if told else 0
        found.append(
            OutletRow(
                id=row.outlet_id,
                name=names[row.outlet_id],
                articles=row.articles,
                statements=total,
                quoted_share=told.quoted / total if told else 0.0,
                anonymous_share=told.anonymous / total if told else 0.0,
                distancing_share=told.distancing / total if told else 0.0,
                endorsing_share=told.endorsing / total if told else 0.0,
                first=iso_day(row.first),
                last=iso_day(row.last),
                query=terms[row.outlet_id],
            )
        )
    return found


def _speakers(connection: Connection, number: int, term: str) -> list[SpeakerUse]:
    who = statement.c.speaker_id
    counted = (
        select(who, func.count().label("statements"), *MARKED)
        .where(statement.c.outlet_id == number, who.is_not(None))
        .group_by(who)
        .order_by(func.count().desc(), who)
        .limit(MOST_SPEAKERS)
        .subquery()
    )
    rows = connection.execute(
        select(counted, speaker.c.name, speaker.c.kind)
        .join(speaker, speaker.c.id == counted.c.speaker_id)
        .order_by(counted.c.statements.desc(), counted.c.speaker_id)
    )
    return [
        SpeakerUse(
            speaker=row.speaker_id,
            name=row.name,
            kind=row.kind,
            statements=row.statements,
            quoted_share=row.quoted / row.statements,
            neutral=row.neutral,
            endorsing=row.endorsing,
            distancing=row.distancing,
            query=f"speaker:#{row.speaker_id} {term}",
        )
        for row in rows
    ]
