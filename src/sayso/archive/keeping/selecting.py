"""Which articles and transcripts belong to a query or a day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import or_, select

from sayso.archive.batches import batches
from sayso.archive.days import day_number
from sayso.archive.schema import statement, transcript, version
from sayso.archive.stores.base import Store

AT_ONCE = 500


def articles_with(store: Store, statements: Iterable[int]) -> dict[int, list[str]]:
    """The articles that some statements are of, in their order, each with the ids of those statements in its record."""
    found: dict[int, list[str]] = {}
    for ids in batches(statements, AT_ONCE):
        query = (
            select(version.c.article_id, statement.c.local)
            .join(version, version.c.id == statement.c.version_id)
            .where(statement.c.id.in_(ids))
            .order_by(statement.c.id)
        )
        with store.reading() as connection:
            for number, local in connection.execute(query):
                found.setdefault(number, []).append(local)
    return found


def articles_by_day(store: Store, ids: Iterable[int] | None = None) -> list[int]:
    """Articles (None: all) in the order of the days on which they were published, those without one first."""
    wanted = None if ids is None else set(ids)
    query = select(version.c.article_id).where(version.c.newest)
    query = query.order_by(version.c.published_day.is_not(None), version.c.published_day, version.c.article_id)
    with store.reading() as connection:
        found = list(connection.scalars(query))
    # One that is not there is for whoever reads it to complain of.
    return found if wanted is None else [*(each for each in found if each in wanted), *(wanted - set(found))]


def transcripts_around(store: Store, day: date | None, *, days: int, after: int | None = None) -> list[int]:
    """The transcripts of at most so many days before a day, or `after` it (None: as many), and those without one.

    All where `day` is None.
    """
    query = select(transcript.c.id).where(transcript.c.newest).order_by(transcript.c.id)
    if day is not None:
        middle = day_number(day)
        query = query.where(
            or_(
                transcript.c.day.is_(None),
                transcript.c.day.between(middle - days, middle + (days if after is None else after)),
            )
        )
    with store.reading() as connection:
        return list(connection.scalars(query))
