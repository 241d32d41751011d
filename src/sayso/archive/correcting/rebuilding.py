"""The rows that searching and tracing read, brought up to what an article's corrections say.

Invariant: the rows of a newest version are those of its corrected article, in the same transaction in which the
correction came in; `verify` holds them against it. A statement that is still there keeps its id, whatever changed in
it, so that links and cursors hold.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from copy import copy
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, insert, select, update

from sayso.archive.clock import now_text
from sayso.archive.correcting.doubts import doubts_of
from sayso.archive.correcting.forms import Corrected
from sayso.archive.correcting.queue import put_in_doubts
from sayso.archive.correcting.rows import corrected_version
from sayso.archive.indexing import reindex
from sayso.archive.keeping.layers import Layer, layers_of, optional
from sayso.archive.keeping.rows import put_in_appearances, put_in_relations, put_in_verdicts
from sayso.archive.people.resolving import Resolved, resolve
from sayso.archive.schema import (
    about,
    appearance,
    gist_change,
    record,
    relation,
    statement,
    verdict,
    version,
)
from sayso.archive.schema import article as articles
from sayso.archive.stores.base import Store
from sayso.documents import Article
from sayso.extraction.gists import gist_codes


def rebuild(store: Store, connection: Connection, version_id: int, *, checked_at: str | None = None) -> Corrected:
    """Brings the rows of an article's newest version up to its record and its corrections; the article as they have
    it. `checked_at` is when it was checked, where that is new."""
    found = corrected_version(connection, version_id, where=store.where)
    article = found.article
    speakers = _appearances(connection, article, version_id)
    known = select(verdict.c.at).where(verdict.c.version_id == version_id).limit(1)
    at = checked_at or connection.scalar(known) or now_text()
    connection.execute(delete(verdict).where(verdict.c.version_id == version_id))
    connection.execute(delete(relation).where(relation.c.version_id == version_id))
    ids = _statements(store, connection, layers_of(article, indexed=False), version_id, speakers)
    put_in_relations(connection, article, version_id, ids)
    put_in_verdicts(connection, article, version_id, ids, _transcripts(connection, article, version_id), at=at)
    put_in_doubts(connection, version_id, doubts_of(found))
    return found


def _appearances(connection: Connection, article: Article, version_id: int) -> dict[str, int]:
    """Brings appearances up to date; the archive's speakers by their ids in the article.

    Only whom a correction named is looked up: of all others it stays as it was found or decided.
    """
    rows = connection.execute(select(appearance).where(appearance.c.version_id == version_id)).all()
    there: dict[str, Row[Any]] = {row.local: row for row in rows}
    speaks = {**dict.fromkeys((each.id for each in article.mentioned), False),
              **dict.fromkeys((each.id for each in article.speakers), True)}  # fmt: skip
    gone = [row.id for row in rows if row.local not in speaks]
    if gone:
        connection.execute(delete(appearance).where(appearance.c.id.in_(gone)))
    changed = [
        {"number": row.id, "now": speaks[row.local]}
        for row in rows
        if row.local in speaks and speaks[row.local] != row.speaks
    ]
    if changed:
        connection.execute(
            update(appearance).where(appearance.c.id == bindparam("number")).values(speaks=bindparam("now")), changed
        )
    fresh = copy(article)
    fresh.speakers = [each for each in article.speakers if each.id not in there]
    fresh.mentioned = [each for each in article.mentioned if each.id not in there]
    resolved: dict[str, Resolved] = {}
    if fresh.speakers or fresh.mentioned:
        resolved = resolve(connection, fresh, outlet=optional(article.outlet))
        put_in_appearances(connection, fresh, version_id, resolved)
    known = {row.local: row.speaker_id for row in rows if row.local in speaks}
    return known | {local: each.speaker_id for local, each in resolved.items()}


def _statements(
    store: Store, connection: Connection, layers: list[Layer], version_id: int, speakers: dict[str, int]
) -> dict[str, int]:
    """Brings statements up to date, with whom they talk about, their gists and their search entries; their ids, by
    their ids in the article."""
    rows = connection.execute(select(statement).where(statement.c.version_id == version_id)).all()
    there = {row.local: row for row in rows}
    wanted = {each.local for each in layers}
    fresh = [each for each in layers if each.local not in there]
    ids = {row.local: row.id for row in rows if row.local in wanted}
    first = store.take_ids(connection, statement.name, len(fresh)) if fresh else 0
    ids |= {each.local: first + place for place, each in enumerate(fresh)}
    talked = _talked(connection, list(there.values()))
    head = connection.execute(
        select(articles.c.outlet_id, version.c.published_day)
        .join(version, version.c.article_id == articles.c.id)
        .where(version.c.id == version_id)
    ).one()
    changed: list[int] = []
    reworded: list[tuple[int, str]] = []
    new_rows = []
    new_about: dict[int, set[int]] = {}
    for each in layers:
        number = ids[each.local]
        values = {
            "speaker_id": speakers.get(each.speaker or ""),
            "said_day": each.said_day,
            "marks": each.marks,
            "outer_id": ids.get(each.outer) if each.outer else None,
            "text": each.text,
            "others": json.dumps(each.others, ensure_ascii=False) if each.others else None,
        }
        whom = {speakers[name] for name in each.about if name in speakers}
        row = there.get(each.local)
        if row is None:
            same = {"outlet_id": head.outlet_id, "published_day": head.published_day}
            new_rows.append({"id": number, "version_id": version_id, "local": each.local, **same, **values})
        elif any(getattr(row, name) != value for name, value in values.items()):
            connection.execute(update(statement).where(statement.c.id == number).values(**values))
        elif whom == talked.get(number, set()):
            continue
        changed.append(number)
        if whom != talked.get(number, set()):
            new_about[number] = whom
        if row is None or row.text != each.text:
            reworded.append((number, each.text))
    if new_rows:
        connection.execute(insert(statement), new_rows)
    _talk(connection, new_about)
    gone = [row.id for row in rows if row.local not in wanted]
    _take_out(store, connection, gone)
    _gists(connection, version_id, reworded, gone)
    reindex(store, connection, sorted(changed))
    return ids


def _talked(connection: Connection, rows: list[Row[Any]]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    for row in connection.execute(select(about).where(about.c.statement_id.in_([each.id for each in rows]))):
        found.setdefault(row.statement_id, set()).add(row.speaker_id)
    return found


def _talk(connection: Connection, wanted: dict[int, set[int]]) -> None:
    if not wanted:
        return
    connection.execute(delete(about).where(about.c.statement_id.in_(sorted(wanted))))
    rows = [{"statement_id": number, "speaker_id": one} for number, some in wanted.items() for one in sorted(some)]
    if rows:
        connection.execute(insert(about), rows)


def _take_out(store: Store, connection: Connection, gone: list[int]) -> None:
    if gone:
        store.unindex_words(connection, gone)
        connection.execute(delete(about).where(about.c.statement_id.in_(gone)))
        connection.execute(delete(statement).where(statement.c.id.in_(gone)))


def _gists(connection: Connection, version_id: int, reworded: list[tuple[int, str]], gone: list[int]) -> None:
    codes: Iterable[Any] = gist_codes([text for _, text in reworded]) if reworded else []
    rows: list[dict[str, Any]] = [
        {"version_id": version_id, "statement_id": number, "code": code.tobytes()}
        for (number, _), code in zip(reworded, codes, strict=True)
    ]
    rows += [{"version_id": version_id, "statement_id": number, "code": None} for number in gone]
    if rows:
        connection.execute(insert(gist_change), rows)


def _transcripts(connection: Connection, article: Article, version_id: int) -> dict[str, int]:
    """The archive's ids of the transcripts that an article's verdicts rest on, by their own."""
    told = connection.scalar(select(record.c.transcripts).where(record.c.version_id == version_id))
    numbers = json.loads(told) if told else []
    return {each.id: number for each, number in zip(article.transcripts, numbers, strict=False)}
