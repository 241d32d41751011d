"""Splitting a speaker: which appearances go, what the new speaker is known by, and what the old one is no longer."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select

from sayso.archive.clock import now_text
from sayso.archive.correcting.rows import corrected_version
from sayso.archive.days import day_of
from sayso.archive.people.identifying import locals_of
from sayso.archive.people.moving import Move, move
from sayso.archive.people.naming import person_keys, person_name
from sayso.archive.people.profiles import profile_of
from sayso.archive.schema import appearance, speaker, speaker_key, version
from sayso.archive.stores.base import Store
from sayso.errors import NoSuchEntry, RefusedDecision

_OF_TITLES = ("r:", "q:", "t:", "h:", "w:")
"""Keys that an old speaker loses where no appearance that stays gives them."""


def part(
    store: Store,
    connection: Connection,
    old: int,
    appearances: Sequence[int],
    articles: Sequence[int],
    *,
    name: str | None,
    decision_id: int,
) -> tuple[int, dict[str, Any]]:
    """The new speaker that some appearances of the old one went to, and what undoing it needs."""
    rows = connection.execute(
        select(appearance, version.c.article_id, version.c.published_day)
        .join(version, version.c.id == appearance.c.version_id)
        .where(appearance.c.speaker_id == old)
    ).all()
    going = _chosen(rows, old, appearances, articles)
    staying = [row for row in rows if row.id not in {each.id for each in going}]
    names = Counter(row.name for row in going)
    new = int(
        connection.execute(
            insert(speaker).returning(speaker.c.id),
            {
                "name": name or names.most_common(1)[0][0],
                "kind": Counter(row.kind for row in going).most_common(1)[0][0],
                "stands_for": next((row.stands_for for row in going if row.stands_for), None),
                "made_at": now_text(),
            },
        ).scalar_one()
    )
    keys = sorted(_keys_of(connection, going))
    lost = _lost(connection, keys, {row.found_id or old for row in going}, staying)
    for number, key in lost:
        connection.execute(delete(speaker_key).where(speaker_key.c.speaker_id == number, speaker_key.c.key == key))
    if keys:
        connection.execute(insert(speaker_key), [{"key": key, "speaker_id": new} for key in keys])
    move(store, connection, [Move(row.id, row.version_id, old, new, new, decision_id) for row in going])
    return new, {"moved": [[row.id, row.found_id or old, row.decision_id] for row in going], "lost": lost}


def put_together(connection: Connection, new: int, moves: dict[str, Any]) -> None:
    """Undoes what `part` did to keys."""
    connection.execute(delete(speaker_key).where(speaker_key.c.speaker_id == new))
    for number, key in moves["lost"]:
        there = select(speaker_key.c.key).where(speaker_key.c.speaker_id == number, speaker_key.c.key == key)
        if connection.scalar(there) is None:
            connection.execute(insert(speaker_key), {"key": key, "speaker_id": number})


def _chosen(rows: Sequence[Row[Any]], old: int, appearances: Sequence[int], articles: Sequence[int]) -> list[Row[Any]]:
    for kind, wanted, there in (
        ("appearance", appearances, {row.id for row in rows}),
        ("article", articles, {row.article_id for row in rows}),
    ):
        for number in wanted:
            if number not in there:
                raise NoSuchEntry(
                    f"{kind} of speaker {old}", str(number), advice=f"See: sayso archive speakers '#{old}'"
                )
    going = [row for row in rows if row.id in set(appearances) or row.article_id in set(articles)]
    if not going:
        raise RefusedDecision(f"Nothing is named that is to leave speaker {old}", "Name appearances or articles")
    if len(going) == len(rows):
        raise RefusedDecision(f"That is all that speaker {old} has", "Name some of its articles only")
    return going


def _keys_of(connection: Connection, rows: Iterable[Row[Any]]) -> set[str]:
    """The keys that appearances give, by the texts of their articles."""
    by_version: dict[int, set[str]] = {}
    for row in rows:
        by_version.setdefault(row.version_id, set()).add(row.local)
    found: set[str] = set()
    for number, wanted in by_version.items():
        article = corrected_version(connection, number).article
        found.update(*(each.keys for each in locals_of(article, outlet=article.outlet) if each.id in wanted))
    return found


def _lost(
    connection: Connection, keys: Sequence[str], bases: set[int], staying: Sequence[Row[Any]]
) -> list[tuple[int, str]]:
    """The keys of the old speaker that nothing gives any more once some appearances are gone."""
    still: set[str] = set()
    for row in staying:
        still.update(_given_by(row))
    going = sorted({key for key in keys if key[:2] in _OF_TITLES} - still)
    if not going:
        return []
    rows = connection.execute(
        select(speaker_key.c.speaker_id, speaker_key.c.key)
        .where(speaker_key.c.speaker_id.in_(sorted(bases)), speaker_key.c.key.in_(going))
        .order_by(speaker_key.c.speaker_id, speaker_key.c.key)
    )
    return [(row.speaker_id, row.key) for row in rows]


def _given_by(row: Row[Any]) -> set[str]:
    """The keys that an appearance's row may give: more than its text may bear out, never fewer."""
    if row.kind != "person":
        return set()
    titles = json.loads(row.titles)
    year = None if row.published_day is None else day_of(row.published_day).year
    sure, hints = profile_of(titles, year=year), profile_of([], titles)
    surname = person_name(row.name).surname
    offices = {f"t:{surname} {role.head}" for role in sure.roles if role.fields}
    return {*person_keys(row.name), *sure.keys(), *hints.keys(), *offices}
