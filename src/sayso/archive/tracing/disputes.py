"""Disputes over time: who denied or answered what, in which article."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, or_, select

from sayso.archive.batches import batches
from sayso.archive.schema import article, outlet, relation, speaker, statement, version
from sayso.archive.stores.base import Store
from sayso.archive.tracing.forms import Dispute

KINDS = ("disputes", "responds to")
_AT_ONCE = 400
"""Statements in one query."""


def disputes(store: Store, ids: Iterable[int] | None = None) -> list[Dispute]:
    """The disputes and answers in the newest versions of all articles, by day; those without a day come last.

    `ids` are statements: only what one of them disputes or answers, or is disputed or answered by. None: all.
    """
    with store.reading() as connection:
        return disputes_of(connection, ids)


def disputes_of(connection: Connection, ids: Iterable[int] | None = None) -> list[Dispute]:
    """The same in a transaction."""
    found: dict[int, Dispute] = {}
    for condition in _conditions(ids):
        found.update(_read(connection, condition))
    return sorted(found.values(), key=lambda each: (each.day is None, each.day or "", each.article, each.statement))


def _conditions(ids: Iterable[int] | None) -> Iterator[ColumnElement[bool] | None]:
    if ids is None:
        yield None
        return
    for some in batches(dict.fromkeys(ids), _AT_ONCE):
        yield or_(relation.c.from_id.in_(some), relation.c.to_id.in_(some))


@cache
def _rows() -> Select[Any]:
    """What all are read by: put together once, which takes longer than to answer it."""
    ours, theirs = statement.alias("ours"), statement.alias("theirs")
    who, whose = speaker.alias("who"), speaker.alias("whose")
    return (
        select(
            relation.c.id,
            relation.c.kind,
            relation.c.evidence,
            version.c.article_id,
            version.c.headline,
            version.c.published,
            article.c.url,
            outlet.c.name.label("outlet"),
            ours.c.id.label("from_id"),
            ours.c.text.label("text"),
            ours.c.speaker_id.label("by_speaker"),
            who.c.name.label("by"),
            theirs.c.id.label("to_id"),
            theirs.c.text.label("of_text"),
            theirs.c.speaker_id.label("of_speaker"),
            whose.c.name.label("of"),
        )
        .join_from(relation, ours, ours.c.id == relation.c.from_id)
        .join(theirs, theirs.c.id == relation.c.to_id)
        .join(version, version.c.id == relation.c.version_id)
        .join(article, article.c.id == version.c.article_id)
        .outerjoin(outlet, outlet.c.id == article.c.outlet_id)
        .outerjoin(who, who.c.id == ours.c.speaker_id)
        .outerjoin(whose, whose.c.id == theirs.c.speaker_id)
        .where(relation.c.kind.in_(KINDS), version.c.newest)
    )


def _read(connection: Connection, condition: ColumnElement[bool] | None) -> dict[int, Dispute]:
    query = _rows()
    if condition is not None:
        query = query.where(condition)
    return {
        row.id: Dispute(
            kind=row.kind,
            day=row.published[:10] if row.published else None,
            article=row.article_id,
            outlet=row.outlet,
            headline=row.headline,
            url=row.url,
            by=row.by,
            by_speaker=row.by_speaker,
            statement=row.from_id,
            text=row.text,
            of=row.of,
            of_speaker=row.of_speaker,
            of_statement=row.to_id,
            of_text=row.of_text,
            evidence=row.evidence,
        )
        for row in connection.execute(query)
    }
