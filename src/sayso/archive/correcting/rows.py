"""The rows of corrections: reading them and putting them in."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Row, Select, insert, select

from sayso.archive.correcting.applying import apply, in_force
from sayso.archive.correcting.forms import Corrected, Correction
from sayso.archive.keeping.entries import article_of_version
from sayso.archive.schema import correction, version
from sayso.errors import NoSuchEntry

ROWS: Select[Any] = select(correction, version.c.text_id, version.c.number, version.c.newest).join(
    version, version.c.id == correction.c.version_id
)


def newest_of(connection: Connection, article_id: int) -> int:
    """The id of an article's newest version. Raises NoSuchEntry."""
    found = connection.scalar(select(version.c.id).where(version.c.article_id == article_id, version.c.newest))
    if found is None:
        raise NoSuchEntry("article", str(article_id))
    return int(found)


def of_version(connection: Connection, version_id: int) -> list[Correction]:
    """The corrections of a version, undone ones and undoings included, in the order of their ids."""
    rows = connection.execute(ROWS.where(correction.c.version_id == version_id).order_by(correction.c.id))
    return [form_of(row) for row in rows]


def corrected_version(connection: Connection, version_id: int, *, where: str = "") -> Corrected:
    """The article of a version as its corrections have it."""
    return apply(article_of_version(connection, version_id, where=where), of_version(connection, version_id))


def form_of(row: Row[Any]) -> Correction:
    """A row of `ROWS` as a correction; whether another one superseded it is for `with_standings`."""
    return Correction(
        id=row.id,
        article=row.article_id,
        text_id=row.text_id,
        field=row.field,
        target=row.target,
        before=json.loads(row.before),
        after=json.loads(row.after),
        reason=row.reason,
        by=row.by,
        at=row.at,
        undone_by=row.undone_by,
        version=row.number,
        carried_from=row.carried_from,
        checked_at=row.checked_at,
        standing="undone" if row.undone_by is not None else "in force" if row.newest else "left behind",
    )


def with_standings(connection: Connection, some: Iterable[Correction]) -> list[Correction]:
    """The same with what became of each, which other rows of their articles tell."""
    found = list(some)
    articles = sorted({each.article for each in found})
    rows = connection.execute(ROWS.where(correction.c.article_id.in_(articles)).order_by(correction.c.id)).all()
    carried = {row.carried_from for row in rows if row.carried_from is not None}
    by_version: dict[int, list[Correction]] = {}
    for row in rows:
        by_version.setdefault(row.version_id, []).append(form_of(row))
    standing = {each.id for some in by_version.values() for each in in_force(some)}

    def told(each: Correction) -> Correction:
        if each.standing == "undone" or each.field == "undo":
            return each
        if each.id in carried:
            return replace(each, standing="carried on")
        return each if each.id in standing else replace(each, standing="superseded")

    return [told(each) for each in found]


def put_in(connection: Connection, rows: list[dict[str, Any]]) -> list[int]:
    """Puts in corrections; their ids. `before` and `after` are plain values."""
    ids = []
    for each in rows:
        row = {**each, "before": dumped(each["before"]), "after": dumped(each["after"])}
        ids.append(int(connection.execute(insert(correction).returning(correction.c.id), row).scalar_one()))
    return ids


def dumped(value: Any) -> str:
    """A value as the tables have it."""
    return json.dumps(value, ensure_ascii=True, separators=(",", ":"))
