"""What came into an archive last."""

from __future__ import annotations

from sqlalchemy import func, select

from sayso.archive.browsing.forms import Arrival
from sayso.archive.browsing.paging import check_limit
from sayso.archive.days import iso_day
from sayso.archive.schema import article, outlet, statement, transcript, version
from sayso.archive.stores.base import Store


def recent(store: Store, *, limit: int = 20) -> list[Arrival]:
    """Articles, new versions of them and transcripts, those that came in last first."""
    check_limit(limit)
    # Numbers are given in the order of coming in: the end of each table has what is wanted, without an index.
    versions = (
        select(
            version.c.id,
            version.c.article_id,
            version.c.headline,
            version.c.published_day,
            version.c.added_at,
            version.c.number,
            version.c.words,
            outlet.c.name.label("outlet"),
        )
        .join(article, article.c.id == version.c.article_id)
        .outerjoin(outlet, outlet.c.id == article.c.outlet_id)
        .where(version.c.newest)
        .order_by(version.c.id.desc())
        .limit(limit)
    )
    columns = (transcript.c.id, transcript.c.title, transcript.c.name, transcript.c.day)
    transcripts = (
        select(*columns, transcript.c.added_at, transcript.c.words)
        .where(transcript.c.newest)
        .order_by(transcript.c.id.desc())
        .limit(limit)
    )
    with store.reading() as connection:
        rows = connection.execute(versions).all()
        counted = (
            select(statement.c.version_id, func.count())
            .where(statement.c.version_id.in_([row.id for row in rows]))
            .group_by(statement.c.version_id)
        )
        counts: dict[int, int] = dict(connection.execute(counted).all())
        others = connection.execute(transcripts).all()
    found = [
        Arrival(
            "article",
            row.article_id,
            row.headline,
            row.outlet,
            iso_day(row.published_day),
            row.added_at,
            row.number,
            row.words,
            counts.get(row.id, 0),
        )
        for row in rows
    ]
    found += [
        Arrival("transcript", row.id, row.title or row.name, None, iso_day(row.day), row.added_at, 1, row.words, 0)
        for row in others
    ]
    return sorted(found, key=lambda each: (each.added_at, each.kind, each.id), reverse=True)[:limit]
