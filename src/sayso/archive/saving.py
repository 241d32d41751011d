"""Keeping an article: all of it with its layers and search entries in one transaction, or nothing.

What can be reckoned without the database is reckoned before the transaction begins, so that the archive's one lock is
held for as short as can be.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from sayso.archive.base import IndexRow, Store
from sayso.archive.changes import compare
from sayso.archive.copies import signature_of
from sayso.archive.entries import article_of_version
from sayso.archive.forms import Given, Saved
from sayso.archive.identity import is_by_itself, is_older, key_of
from sayso.archive.indexing import keys_of
from sayso.archive.layers import Layer, day_of_publication, layers_of, optional, storable
from sayso.archive.origins import put_in_origin
from sayso.archive.packing import pack
from sayso.archive.problems import repair
from sayso.archive.resolving import Resolved, resolve
from sayso.archive.schema import (
    about,
    appearance,
    gist,
    outlet,
    record,
    relation,
    statement,
    verdict,
    version,
)
from sayso.archive.schema import (
    article as articles,
)
from sayso.archive.transcripts import Packed, pack_transcripts, put_in_transcripts
from sayso.documents import Article
from sayso.extraction.gists import gist_codes
from sayso.verdicts import HeadlineVerdict, QuoteVerdict, Verdict

# Built once: what SQLAlchemy does to build and to look up a query takes longer than SQLite does to answer it.
_NEWEST = (
    select(
        version.c.id,
        version.c.article_id,
        version.c.number,
        version.c.text_id,
        version.c.published,
        version.c.edition,
        articles.c.key,
        outlet.c.name.label("outlet"),
    )
    .join(articles, articles.c.id == version.c.article_id)
    .outerjoin(outlet, outlet.c.id == articles.c.outlet_id)
    .where(version.c.newest)
)
_BY_KEY = _NEWEST.where(articles.c.key == bindparam("key"))
_OF_TEXT = _NEWEST.where(version.c.text_id == bindparam("text_id")).order_by(version.c.id).limit(1)
_OF_TEXT_AND_OUTLET = _OF_TEXT.where(outlet.c.name == bindparam("outlet"))
_OF_TEXT_WITHOUT_OUTLET = _OF_TEXT.where(articles.c.outlet_id.is_(None))
_OUTLET_ID = select(outlet.c.id).where(outlet.c.name == bindparam("name"))
_PUT_IN_ARTICLE = insert(articles).returning(articles.c.id)
_PUT_IN_OUTLET = insert(outlet).returning(outlet.c.id)
_PUT_IN_VERSION = insert(version).returning(version.c.id)
_PUT_IN_RECORD = insert(record)
_PUT_IN_APPEARANCES = insert(appearance)
_PUT_IN_STATEMENTS = insert(statement)
_PUT_IN_GIST = insert(gist)
_PUT_IN_ABOUT = insert(about)
_PUT_IN_RELATIONS = insert(relation)
_PUT_IN_VERDICTS = insert(verdict)


@dataclass(slots=True)
class _Prepared:
    article: Article
    given: Given
    key: str
    layers: list[Layer]
    record: bytes
    source: bytes | None
    codes: bytes
    signature: bytes
    transcripts: list[Packed]
    now: str


def save(store: Store, article: Article, given: Given) -> Saved:
    """What became of an article: added, a new version of one that is in, or unchanged."""
    ready = _prepare(article, given)
    return store.write(lambda connection: _put_in(store, connection, ready))


def now_text() -> str:
    """This moment as the archive writes it: ISO 8601 in UTC."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def _prepare(article: Article, given: Given) -> _Prepared:
    layers = layers_of(article)
    packed, source = pack(article)
    return _Prepared(
        article=article,
        given=given,
        key=storable(key_of(article, given)),
        layers=layers,
        record=packed,
        source=source,
        codes=gist_codes([each.text for each in layers]).tobytes() if layers else b"",
        signature=signature_of(article.text),
        transcripts=pack_transcripts(article.transcripts),
        now=now_text(),
    )


def _put_in(store: Store, connection: Connection, ready: _Prepared) -> Saved:
    found = _find(connection, ready)
    if found is not None and _is_unchanged(found, ready):
        saved = Saved("unchanged", "article", found.article_id, found.number, _count(connection, found.id))
    else:
        outlet_id = _outlet_id(connection, optional(ready.article.outlet))
        url = optional(ready.article.url)
        if found is None:
            row = {"key": ready.key, "url": url, "outlet_id": outlet_id, "added_at": ready.now}
            saved = Saved("added", "article", int(connection.execute(_PUT_IN_ARTICLE, row).scalar_one()), 1)
        else:
            saved = Saved("new version", "article", found.article_id, found.number + 1)
            saved.changes = compare(article_of_version(connection, found.id), ready.article)
            connection.execute(update(version).where(version.c.id == found.id).values(newest=False))
            same = articles.c.id == saved.id
            connection.execute(update(articles).where(same).values(outlet_id=outlet_id, url=url or articles.c.url))
        _put_in_version(store, connection, ready, saved, outlet_id, before=None if found is None else found.id)
    put_in_origin(connection, ready.given, at=ready.now, article_id=saved.id)
    repair(connection, ready.given, at=ready.now)
    return saved


def _find(connection: Connection, ready: _Prepared) -> Any:
    """The newest version of the same article, with its outlet; None where there is none."""
    found = connection.execute(_BY_KEY, {"key": ready.key}).first()
    if found is None and is_by_itself(ready.key):
        name = optional(ready.article.outlet)
        same = _OF_TEXT_WITHOUT_OUTLET if name is None else _OF_TEXT_AND_OUTLET
        outlet_too = {} if name is None else {"outlet": name}
        found = connection.execute(same, {"text_id": ready.article.id, **outlet_too}).first()
    return found


def _is_unchanged(found: Any, ready: _Prepared) -> bool:
    if found.key != ready.key or is_older(ready.given.version, found.edition):
        return True
    article = ready.article
    return (found.text_id, found.outlet, found.published) == (
        article.id,
        optional(article.outlet),
        _text_of(article.published),
    )


def _count(connection: Connection, version_id: int) -> int:
    counted = select(func.count()).select_from(statement).where(statement.c.version_id == version_id)
    return int(connection.scalar(counted) or 0)


def _outlet_id(connection: Connection, name: str | None) -> int | None:
    if name is None:
        return None
    found = connection.scalar(_OUTLET_ID, {"name": name})
    return int(connection.execute(_PUT_IN_OUTLET, {"name": name}).scalar_one() if found is None else found)


def _put_in_version(
    store: Store, connection: Connection, ready: _Prepared, saved: Saved, outlet_id: int | None, *, before: int | None
) -> None:
    article = ready.article
    version_id = _put_in_head(connection, ready, saved)
    kept = put_in_transcripts(store, connection, ready.transcripts, at=ready.now)
    connection.execute(
        _PUT_IN_RECORD,
        {
            "version_id": version_id,
            "record": ready.record,
            "source": ready.source,
            "transcripts": json.dumps(list(kept.values())) if kept else None,
        },
    )
    resolved = resolve(connection, _with_storable_names(article), outlet=optional(article.outlet), before=before)
    _put_in_appearances(connection, article, version_id, resolved)
    ids = _put_in_statements(store, connection, ready, version_id, outlet_id, resolved)
    _put_in_relations(connection, article, version_id, ids)
    put_in_verdicts(connection, article, version_id, ids, kept, at=ready.now)
    if before is not None:
        # Last, so that no id is given twice.
        _take_out_layers(store, connection, before)
    saved.statements = len(ready.layers)


def _put_in_head(connection: Connection, ready: _Prepared, saved: Saved) -> int:
    article = ready.article
    made = connection.execute(
        _PUT_IN_VERSION,
        {
            "article_id": saved.id,
            "number": saved.version,
            "newest": True,
            "text_id": article.id,
            "headline": None if article.headline is None else storable(article.headline.of(article.text)),
            "language": article.language,
            "published": _text_of(article.published),
            "published_day": day_of_publication(article.published),
            "agency": optional(article.dateline.agency) if article.dateline else None,
            "edition": optional(ready.given.version),
            "added_at": ready.now,
            "words": len(article.text.split()),
            "characters": len(article.text),
            "signature": ready.signature,
        },
    )
    return int(made.scalar_one())


def _put_in_appearances(
    connection: Connection, article: Article, version_id: int, resolved: dict[str, Resolved]
) -> None:
    rows = [
        {
            "version_id": version_id,
            "local": each.id,
            "speaker_id": resolved[each.id].speaker_id,
            "found_id": resolved[each.id].found_id,
            "name": storable(each.name),
            "kind": each.kind,
            "titles": json.dumps(each.titles, ensure_ascii=True),
            "stands_for": optional(each.stands_for),
            "speaks": speaks,
            "reason": resolved[each.id].reason,
            "decision_id": resolved[each.id].decision_id,
        }
        for speaks, some in ((True, article.speakers), (False, article.mentioned))
        for each in some
        if each.id in resolved
    ]
    if rows:
        connection.execute(_PUT_IN_APPEARANCES, rows)


def _put_in_statements(
    store: Store,
    connection: Connection,
    ready: _Prepared,
    version_id: int,
    outlet_id: int | None,
    resolved: dict[str, Resolved],
) -> dict[str, int]:
    """The statements' ids, by their ids in the article; they follow one another, as their gists do."""
    first = store.take_ids(connection, statement.name, len(ready.layers))
    ids = {each.local: first + place for place, each in enumerate(ready.layers)}
    connection.execute(_PUT_IN_GIST, {"version_id": version_id, "first_statement": first, "codes": ready.codes})
    day = day_of_publication(ready.article.published)
    rows, index, talked = [], [], []
    for each in ready.layers:
        speaker_id = resolved[each.speaker].speaker_id if each.speaker in resolved else None
        about_ids = sorted({resolved[name].speaker_id for name in each.about if name in resolved})
        number = ids[each.local]
        rows.append(
            {
                "id": number,
                "version_id": version_id,
                "local": each.local,
                "speaker_id": speaker_id,
                "outlet_id": outlet_id,
                "published_day": day,
                "said_day": each.said_day,
                "marks": each.marks,
                "outer_id": ids.get(each.outer) if each.outer else None,
                "text": each.text,
                "others": json.dumps(each.others, ensure_ascii=False) if each.others else None,
            }
        )
        keys = keys_of(
            marks=each.marks,
            outlet_id=outlet_id,
            speaker_id=speaker_id,
            about_ids=about_ids,
            published_day=day,
            said_day=each.said_day,
        )
        index.append(IndexRow(number, each.words, keys))
        talked += [{"statement_id": number, "speaker_id": one} for one in about_ids]
    if rows:
        connection.execute(_PUT_IN_STATEMENTS, rows)
        store.index_words(connection, index)
    if talked:
        connection.execute(_PUT_IN_ABOUT, talked)
    return ids


def _put_in_relations(connection: Connection, article: Article, version_id: int, ids: dict[str, int]) -> None:
    rows = [
        {
            "version_id": version_id,
            "kind": each.kind,
            "from_id": ids[each.from_],
            "to_id": ids[each.to],
            "evidence": storable(" ... ".join(span.of(article.text) for span in each.evidence)),
        }
        for each in article.relations
        if each.from_ in ids and each.to in ids
    ]
    if rows:
        connection.execute(_PUT_IN_RELATIONS, rows)


def put_in_verdicts(
    connection: Connection,
    article: Article,
    version_id: int,
    ids: dict[str, int],
    kept: dict[str, int],
    *,
    at: str,
) -> None:
    """Puts in an article's verdicts; `ids` are its statements' by their ids in it, `kept` its transcripts' likewise."""
    statement_of = {name: each.id for each in article.statements for name in each.attributions}

    def judged(each: Verdict) -> int | None:
        carrier = each.statement if isinstance(each, HeadlineVerdict) else None
        return ids.get(carrier or statement_of.get(each.attribution or "", ""))

    rows = [
        {
            "version_id": version_id,
            "statement_id": judged(each),
            "local": each.id,
            "kind": each.check,
            "value": each.value,
            "doubt": optional(each.doubt),
            "transcript_id": kept.get(each.passages[0].transcript)
            if isinstance(each, QuoteVerdict) and each.passages
            else None,
            "at": at,
        }
        for each in article.verdicts
    ]
    if rows:
        connection.execute(_PUT_IN_VERDICTS, rows)


def _take_out_layers(store: Store, connection: Connection, version_id: int) -> None:
    """Takes out what only the newest version has: its record stays."""
    ids = list(connection.scalars(select(statement.c.id).where(statement.c.version_id == version_id)))
    store.unindex_words(connection, ids)
    connection.execute(delete(verdict).where(verdict.c.version_id == version_id))
    connection.execute(delete(relation).where(relation.c.version_id == version_id))
    of_version = select(statement.c.id).where(statement.c.version_id == version_id)
    connection.execute(delete(about).where(about.c.statement_id.in_(of_version)))
    connection.execute(delete(statement).where(statement.c.version_id == version_id))
    connection.execute(delete(appearance).where(appearance.c.version_id == version_id))
    connection.execute(delete(gist).where(gist.c.version_id == version_id))


def _with_storable_names(article: Article) -> Article:
    """The article, with names that every database can keep."""
    if storable(article.text) == article.text:
        return article

    def clean(some: Iterable[Any]) -> list[Any]:
        return [
            replace(
                each,
                name=storable(each.name),
                titles=[storable(title) for title in each.titles],
                stands_for=optional(each.stands_for),
            )
            for each in some
        ]

    return replace(article, speakers=clean(article.speakers), mentioned=clean(article.mentioned))


def _text_of(published: date | None) -> str | None:
    return None if published is None else published.isoformat()
