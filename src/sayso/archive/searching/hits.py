"""Statements as a search shows them, from their ids."""

from __future__ import annotations

import json
from collections.abc import Sequence

from sqlalchemy import Connection, select

from sayso.archive.days import iso_day
from sayso.archive.forms import Hit
from sayso.archive.matching import Match
from sayso.archive.schema import STATEMENTS, about, article, outlet, speaker, statement, version
from sayso.archive.searching.snippets import snippet_of

DEEPEST = 12
"""Statements inside one another that are followed outwards."""
_ROWS = select(
    statement.c.id,
    statement.c.text,
    statement.c.others,
    statement.c.speaker_id,
    speaker.c.name.label("speaker_name"),
    speaker.c.kind.label("speaker_kind"),
    outlet.c.name.label("outlet"),
    version.c.article_id,
    version.c.number,
    version.c.headline,
    article.c.url,
    version.c.published,
    statement.c.said_day,
    statement.c.marks,
    statement.c.outer_id,
).select_from(STATEMENTS)
"""Put together once: that takes as long as to answer it."""


def hits_of(connection: Connection, ids: Sequence[int], sought: Sequence[Match] = ()) -> list[Hit]:
    """The statements of some ids, in their order; one that is no longer there is left out."""
    rows = {row.id: row for row in connection.execute(_ROWS.where(statement.c.id.in_(ids)))}
    via = _via(connection, {number: row.outer_id for number, row in rows.items() if row.outer_id is not None})
    talked_about = _about(connection, list(rows))
    hits = []
    for number in ids:
        if number not in rows:
            continue
        row = rows[number]
        others = list(json.loads(row.others)) if row.others else []
        snippet = snippet_of(row.text, others, sought)
        hits.append(
            Hit(
                statement=number,
                text=row.text,
                others=others,
                speaker=row.speaker_id,
                speaker_name=row.speaker_name,
                speaker_kind=row.speaker_kind,
                outlet=row.outlet,
                article=row.article_id,
                version=row.number,
                headline=row.headline,
                url=row.url,
                published=row.published,
                said=iso_day(row.said_day),
                marks=row.marks,
                via=via.get(number, []),
                about=talked_about.get(number, []),
                snippet=snippet.text,
                found=snippet.found,
            )
        )
    return hits


def _via(connection: Connection, outer: dict[int, int]) -> dict[int, list[str]]:
    """By statement: the names of the speakers of those that it lies inside, outermost first."""
    known: dict[int, tuple[int | None, str | None]] = {}
    wanted = set(outer.values())
    for _ in range(DEEPEST):
        if not wanted:
            break
        for row in connection.execute(
            select(statement.c.id, statement.c.outer_id, speaker.c.name)
            .outerjoin(speaker, speaker.c.id == statement.c.speaker_id)
            .where(statement.c.id.in_(sorted(wanted)))
        ):
            known[row.id] = row.outer_id, row.name
        wanted = {further for further, _ in known.values() if further is not None} - known.keys()
    chains: dict[int, list[str]] = {}
    for number, first in outer.items():
        chain: list[str] = []
        at: int | None = first
        seen = {number}
        while at is not None and at in known and at not in seen:
            seen.add(at)
            at, name = known[at]
            if name is not None:
                chain.insert(0, name)
        chains[number] = chain
    return chains


def _about(connection: Connection, ids: Sequence[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for row in connection.execute(
        select(about.c.statement_id, speaker.c.name)
        .join(speaker, speaker.c.id == about.c.speaker_id)
        .where(about.c.statement_id.in_(ids))
        .order_by(about.c.statement_id, speaker.c.id)
    ):
        found.setdefault(row.statement_id, []).append(row.name)
    return found
