"""The sources that were read already, so that a batch that was broken off goes on where it stopped."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, bindparam, delete, func, insert, select

from sayso.archive.forms import Given, Saved
from sayso.archive.keeping.layers import storable
from sayso.archive.schema import origin, statement, version
from sayso.archive.stores.base import Store

_TAKE_OUT = delete(origin).where(origin.c.name == bindparam("its_name"), origin.c.digest == bindparam("its_digest"))
_PUT_IN = insert(origin)
_LAST = (
    select(origin.c.digest, origin.c.article_id, origin.c.transcript_id)
    .where(origin.c.name == bindparam("name"))
    .order_by(origin.c.id.desc())
    .limit(1)
)


def put_in_origin(
    connection: Connection, given: Given, *, at: str, article_id: int | None = None, transcript_id: int | None = None
) -> None:
    """Remembers that a source with these bytes was read. Without a digest there is nothing to know it by."""
    if not given.digest:
        return
    name = storable(given.name)
    # The last row of a name is how the source is now: an older text that is there again goes to the end.
    connection.execute(_TAKE_OUT, {"its_name": name, "its_digest": given.digest})
    connection.execute(
        _PUT_IN,
        {
            "name": name,
            "digest": given.digest,
            "article_id": article_id,
            "transcript_id": transcript_id,
            "at": at,
        },
    )


def known(store: Store, given: Given) -> Saved | None:
    """What a source is in the archive as, where it was read with these bytes and is not known to have changed since."""
    if not given.digest:
        return None
    # Asked before each article of a batch, which goes on when a server comes back.
    return store.read(lambda connection: _known(connection, given))


def known_many(store: Store, some: Sequence[Given]) -> list[Saved | None]:
    """As `known`, of several at once."""
    return store.read(lambda connection: [_known(connection, each) if each.digest else None for each in some])


def _known(connection: Connection, given: Given) -> Saved | None:
    last = connection.execute(_LAST, {"name": storable(given.name)}).first()
    if last is None or last.digest != given.digest:
        return None
    if last.article_id is None:
        return Saved("unchanged", "transcript", last.transcript_id)
    newest = connection.execute(
        select(version.c.number, func.count(statement.c.id))
        .outerjoin(statement, statement.c.version_id == version.c.id)
        .where(version.c.article_id == last.article_id, version.c.newest)
        .group_by(version.c.number)
    ).one()
    return Saved("unchanged", "article", last.article_id, newest[0], newest[1])
