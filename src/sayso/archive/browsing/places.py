"""Where statements and speakers of the archive stand in their articles."""

from __future__ import annotations

from sqlalchemy import Connection, select

from sayso.archive.browsing.forms import StatementPlace
from sayso.archive.correcting.rows import corrected_version
from sayso.archive.schema import appearance, statement, version
from sayso.archive.stores.base import Store
from sayso.errors import NoSuchEntry


def statement_place(store: Store, number: int) -> StatementPlace:
    """Where a statement stands. Raises NoSuchEntry where there is none, or only in a version that is not the newest."""
    with store.reading() as connection:
        row = connection.execute(
            select(statement.c.local, statement.c.version_id, version.c.article_id, version.c.number)
            .join(version, version.c.id == statement.c.version_id)
            .where(statement.c.id == number)
        ).first()
        if row is None:
            last = store.last_id(connection, statement.name)
            advice = "Its article has a newer version: search for its words" if 0 < number <= last else "Search for it"
            raise NoSuchEntry("statement", str(number), advice=advice)
        article = corrected_version(connection, row.version_id, where=store.where).article
    told = next((each.attributions for each in article.statements if each.id == row.local), [])
    return StatementPlace(number, row.article_id, row.number, row.local, list(told))


def article_places(store: Store, number: int) -> dict[str, int]:
    """The archive's ids of an article's statements, by their ids in its newest version. Raises NoSuchEntry."""
    with store.reading() as connection:
        newest = _newest(connection, number)
        query = select(statement.c.local, statement.c.id).where(statement.c.version_id == newest)
        return dict(connection.execute(query.order_by(statement.c.id)).all())


def article_speakers(store: Store, number: int) -> dict[str, int]:
    """The archive's ids of an article's speakers, by their ids in its newest version. Raises NoSuchEntry."""
    with store.reading() as connection:
        newest = _newest(connection, number)
        query = select(appearance.c.local, appearance.c.speaker_id).where(appearance.c.version_id == newest)
        return dict(connection.execute(query.order_by(appearance.c.id)).all())


def _newest(connection: Connection, number: int) -> int:
    found: int | None = connection.scalar(select(version.c.id).where(version.c.article_id == number, version.c.newest))
    if found is None:
        raise NoSuchEntry("article", str(number), advice="The list of articles has them all")
    return found
