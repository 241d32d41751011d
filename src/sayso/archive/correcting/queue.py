"""What waits to be looked at, over the whole archive: kept as rows, so that no record is read to list it.

An article's rows are put in when it is saved, and anew with each correction and check. Those of articles that came in
before there were such rows are put in step by step, the newest first; `about_archive` says how far that came.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import suppress

from sqlalchemy import Connection, and_, delete, func, insert, or_, select, update

from sayso.archive.bounds import MOST_ID
from sayso.archive.correcting.doubts import Doubt, doubts_of
from sayso.archive.correcting.forms import Uncertain
from sayso.archive.correcting.rows import corrected_version
from sayso.archive.cursors import no_cursor
from sayso.archive.forms import Listing
from sayso.archive.schema import about_archive, article, outlet, uncertain, version
from sayso.archive.stores.base import Store
from sayso.errors import ArchiveError, BadSetting, DamagedArchive, NoSuchEntry

LEFT = "doubts_left"
MOST = 200
_STEP = 50
"""Articles that are looked through in one transaction."""
_PATIENCE_S = 0.5
"""How long one call goes on looking through older articles."""
_PUT_IN = insert(uncertain)


def put_in_doubts(connection: Connection, version_id: int, doubts: Sequence[Doubt], *, fresh: bool = False) -> None:
    """Puts in what of a version should be looked at, in place of what was; `fresh` where nothing can have been."""
    if not fresh:
        connection.execute(delete(uncertain).where(uncertain.c.version_id == version_id))
    rows = [
        {
            "version_id": version_id,
            "kind": each.kind,
            "target": each.target,
            "score": each.score,
            "why": each.why,
            "text": each.text,
        }
        for each in doubts
    ]
    if rows:
        connection.execute(_PUT_IN, rows)


def review_queue(
    store: Store, *, limit: int = 20, after: str | None = None, article_id: int | None = None
) -> Listing[Uncertain]:
    """What should be looked at, the most uncertain first. Raises NoSuchEntry, BadSetting.

    Looks through some articles that nobody looked through yet, where there are such and the archive can be written to.
    """
    if not 1 <= limit <= MOST:
        raise BadSetting("limit", limit, f"1 to {MOST}")
    # The queue can be read where it cannot be filled: by one who may only read, or while another writes.
    with suppress(ArchiveError):
        look_for_doubts(store, patience_s=_PATIENCE_S)
    wanted = [] if article_id is None else [version.c.article_id == article_id]
    from_here = uncertain.join(version, version.c.id == uncertain.c.version_id)
    with store.reading() as connection:
        known = select(article.c.id).where(article.c.id == article_id)
        if article_id is not None and connection.scalar(known) is None:
            raise NoSuchEntry("article", str(article_id))
        counted = select(func.count()).select_from(from_here if wanted else uncertain).where(*wanted)
        total = int(connection.scalar(counted) or 0)
        if after is not None:
            score, number = _cursor_of(after)
            behind = and_(uncertain.c.score == score, uncertain.c.id < number)
            wanted.append(or_(uncertain.c.score < score, behind))
        rows = connection.execute(
            select(uncertain, version.c.article_id, version.c.headline, outlet.c.name.label("outlet"))
            .select_from(
                from_here.join(article, article.c.id == version.c.article_id).outerjoin(
                    outlet, outlet.c.id == article.c.outlet_id
                )
            )
            .where(*wanted)
            .order_by(uncertain.c.score.desc(), uncertain.c.id.desc())
            .limit(limit + 1)
        ).all()
    items = [
        Uncertain(
            row.article_id, row.target, row.kind, row.score / 1000, row.why, row.text, row.headline, row.outlet
        )
        for row in rows[:limit]
    ]  # fmt: skip
    return Listing(items, total, f"{rows[limit - 1].score}-{rows[limit - 1].id}" if len(rows) > limit else None)


def look_for_doubts(store: Store, *, patience_s: float = float("inf")) -> int:
    """Looks through articles that came in before there was a queue; how many versions are left to look through."""
    until = time.monotonic() + patience_s
    while True:
        with store.reading() as connection:
            left = _left(connection)
        if not left or time.monotonic() > until:
            return left
        store.write(lambda connection: _step(store, connection))


def _step(store: Store, connection: Connection) -> None:
    left = _left(connection)
    ids = list(
        connection.scalars(
            select(version.c.id)
            .where(version.c.id <= left, version.c.newest)
            .order_by(version.c.id.desc())
            .limit(_STEP)
        )
    )  # fmt: skip
    for number in ids:
        try:
            found = corrected_version(connection, number, where=store.where)
        except DamagedArchive:
            # Told by `verify`; the others must not wait for it.
            continue
        put_in_doubts(connection, number, doubts_of(found))
    after = ids[-1] - 1 if len(ids) == _STEP else 0
    connection.execute(update(about_archive).where(about_archive.c.name == LEFT).values(value=str(after)))


def _left(connection: Connection) -> int:
    return int(connection.scalar(select(about_archive.c.value).where(about_archive.c.name == LEFT)) or 0)


def _cursor_of(after: str) -> tuple[int, int]:
    score, _, number = after.partition("-")
    if not all(each.isascii() and each.isdigit() and int(each[:12]) <= MOST_ID for each in (score, number)):
        raise no_cursor(after)
    return int(score), int(number)
