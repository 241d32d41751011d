"""Corrections in a list, the latest first."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select

from sayso.archive.bounds import MOST_ID
from sayso.archive.correcting.forms import Correction
from sayso.archive.correcting.rows import ROWS, form_of, with_standings
from sayso.archive.cursors import no_cursor
from sayso.archive.forms import Listing
from sayso.archive.schema import article, correction
from sayso.archive.stores.base import Store
from sayso.errors import BadSetting, NoSuchEntry

MOST = 500


def corrections(
    store: Store,
    *,
    article_id: int | None = None,
    by: str | None = None,
    every: bool = False,
    limit: int = 50,
    after: str | None = None,
) -> Listing[Correction]:
    """Corrections that count, or `every` row: superseded, undone and undoing ones, and those of older versions too.

    Raises NoSuchEntry for an article that is not there, BadSetting for a limit or a cursor that is none.
    """
    if not 1 <= limit <= MOST:
        raise BadSetting("limit", limit, f"1 to {MOST}")
    wanted: list[Any] = []
    if article_id is not None:
        wanted.append(correction.c.article_id == article_id)
    if by is not None:
        wanted.append(correction.c.by == by)
    with store.reading() as connection:
        known = select(article.c.id).where(article.c.id == article_id)
        if article_id is not None and connection.scalar(known) is None:
            raise NoSuchEntry("article", str(article_id))
        if not every:
            wanted.append(correction.c.id.in_(_counting()))
        counted = select(func.count()).select_from(correction).where(*wanted)
        total = int(connection.scalar(counted) or 0)
        if after is not None:
            wanted.append(correction.c.id < cursor_of(after))
        rows = connection.execute(ROWS.where(*wanted).order_by(correction.c.id.desc()).limit(limit + 1)).all()
        items = with_standings(connection, [form_of(row) for row in rows[:limit]])
    return Listing(items, total, str(rows[limit - 1].id) if len(rows) > limit else None)


def cursor_of(after: str) -> int:
    """The id in a cursor. Raises BadSetting for what is none."""
    if not after.isascii() or not after.isdigit() or not 0 < int(after[:12]) <= MOST_ID:
        raise no_cursor(after)
    return int(after)


def _counting() -> Any:
    """The ids of those that count: not undone, not superseded; one that an older version kept to itself too."""
    later, carried = correction.alias("later"), correction.alias("carried")
    superseded = (
        select(later.c.id)
        .where(
            later.c.version_id == correction.c.version_id,
            later.c.field == correction.c.field,
            later.c.target == correction.c.target,
            later.c.undone_by.is_(None),
            later.c.id > correction.c.id,
        )
        .exists()
    )
    goes_on = select(carried.c.id).where(carried.c.carried_from == correction.c.id).exists()
    return select(correction.c.id).where(
        correction.c.undone_by.is_(None), correction.c.field != "undo", ~superseded, ~goes_on
    )
