"""What a feed was last asked with, kept so that following goes on after a restart where it ended."""

from __future__ import annotations

import json
from collections import OrderedDict

from sqlalchemy import Connection, delete, insert, select

from sayso.archive.clock import now_text
from sayso.archive.forms import Given
from sayso.archive.keeping.problems import repair
from sayso.archive.schema import feed
from sayso.archive.stores.base import Store
from sayso.intake.following import FeedState


def feed_state(store: Store, url: str) -> FeedState:
    """What is remembered of a feed; a new state where it was never asked."""
    with store.reading() as connection:
        row = connection.execute(select(feed).where(feed.c.url == url)).first()
    if row is None:
        return FeedState()
    return FeedState(etag=row.etag, modified=row.modified, seen=OrderedDict(json.loads(row.seen)))


def keep_feed(store: Store, url: str, state: FeedState) -> None:
    """Keeps what is remembered of a feed; where all is well with it now, its problem is repaired."""
    at = now_text()

    def act(connection: Connection) -> None:
        connection.execute(delete(feed).where(feed.c.url == url))
        connection.execute(
            insert(feed).values(
                url=url,
                etag=state.etag,
                modified=state.modified,
                seen=json.dumps(list(state.seen.items()), ensure_ascii=False),
                fetched_at=at,
            )
        )
        if not state.failed and not state.faults:
            # With a digest that no problem has, so that what came in damaged is repaired too.
            repair(connection, Given(url, digest=at), at=at)

    store.write(act)
