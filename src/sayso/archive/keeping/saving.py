"""Keeping an article: all of it with its layers and search entries in one transaction, or nothing.

What can be reckoned without the database is reckoned before the transaction begins, so that the archive's one lock is
held for as short as can be.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, bindparam, func, insert, select, update

from sayso.archive.clock import now_text
from sayso.archive.correcting.carrying import carry_on
from sayso.archive.correcting.doubts import Doubt, doubts_of
from sayso.archive.correcting.forms import Corrected
from sayso.archive.correcting.queue import put_in_doubts
from sayso.archive.correcting.rebuilding import rebuild
from sayso.archive.forms import Given, Problem, Saved
from sayso.archive.keeping.changes import compare
from sayso.archive.keeping.copies import signature_of
from sayso.archive.keeping.entries import article_of_version
from sayso.archive.keeping.identity import is_by_itself, is_older, key_of
from sayso.archive.keeping.layers import Layer, day_of_publication, layers_of, optional, storable
from sayso.archive.keeping.origins import put_in_origin
from sayso.archive.keeping.packing import pack
from sayso.archive.keeping.problems import put_in_problems, repair
from sayso.archive.keeping.rows import (
    put_in_appearances,
    put_in_relations,
    put_in_statements,
    put_in_verdicts,
    take_out_layers,
)
from sayso.archive.keeping.transcripts import put_in_transcripts
from sayso.archive.people.resolving import resolve
from sayso.archive.schema import (
    article as articles,
)
from sayso.archive.schema import outlet, record, statement, version
from sayso.archive.stores.base import Store
from sayso.documents import Article, Transcript
from sayso.extraction.gists import gist_codes

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


@dataclass(slots=True)
class Prepared:
    """An article with all that is put in of it."""

    article: Article
    given: Given
    key: str
    layers: list[Layer]
    record: bytes
    source: bytes | None
    codes: bytes
    signature: bytes
    transcripts: list[Transcript]
    doubts: list[Doubt]
    now: str


def save(store: Store, article: Article, given: Given) -> Saved:
    """What became of an article: added, a new version of one that is in, or unchanged."""
    ready = prepare(article, given)
    return store.write(lambda connection: _put_in(store, connection, ready))


def save_prepared(store: Store, some: Sequence[Prepared], *, problems: Sequence[Problem] = ()) -> list[Saved]:
    """What became of each of several articles; all of them are in, and the problems, or nothing is.

    A transaction costs more than half of what putting in an article does: many in one are for those who have many.
    """

    def act(connection: Connection) -> list[Saved]:
        put_in_problems(connection, problems)
        return [_put_in(store, connection, each) for each in some]

    return store.write(act)


def prepare(article: Article, given: Given) -> Prepared:
    """An article as it is put in, with all that can be reckoned without the archive."""
    layers = layers_of(article)
    packed, source = pack(article)
    return Prepared(
        article=article,
        given=given,
        key=storable(key_of(article, given)),
        layers=layers,
        record=packed,
        source=source,
        codes=gist_codes([each.text for each in layers]).tobytes() if layers else b"",
        signature=signature_of(article.text),
        transcripts=article.transcripts,
        doubts=doubts_of(Corrected(article, article)),
        now=now_text(),
    )


def _put_in(store: Store, connection: Connection, ready: Prepared) -> Saved:
    found = _find(connection, ready)
    replaced: Article | None = None
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
            replaced = article_of_version(connection, found.id)
            saved.changes = compare(replaced, ready.article)
            connection.execute(update(version).where(version.c.id == found.id).values(newest=False))
            same = articles.c.id == saved.id
            connection.execute(update(articles).where(same).values(outlet_id=outlet_id, url=url or articles.c.url))
        version_id = _put_in_version(
            store, connection, ready, saved, outlet_id, before=None if found is None else found.id
        )
        if (
            found is not None
            and replaced is not None
            and carry_on(
                connection, before=found.id, old=replaced, after=version_id, new=ready.article, article_id=saved.id
            )
        ):
            saved.statements = len(rebuild(store, connection, version_id).article.statements)
    put_in_origin(connection, ready.given, at=ready.now, article_id=saved.id)
    repair(connection, ready.given, at=ready.now)
    return saved


def _find(connection: Connection, ready: Prepared) -> Any:
    """The newest version of the same article, with its outlet; None where there is none."""
    found = connection.execute(_BY_KEY, {"key": ready.key}).first()
    if found is None and is_by_itself(ready.key):
        name = optional(ready.article.outlet)
        same = _OF_TEXT_WITHOUT_OUTLET if name is None else _OF_TEXT_AND_OUTLET
        outlet_too = {} if name is None else {"outlet": name}
        found = connection.execute(same, {"text_id": ready.article.id, **outlet_too}).first()
    return found


def _is_unchanged(found: Any, ready: Prepared) -> bool:
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
    store: Store, connection: Connection, ready: Prepared, saved: Saved, outlet_id: int | None, *, before: int | None
) -> int:
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
    put_in_appearances(connection, article, version_id, resolved)
    ids = put_in_statements(
        store,
        connection,
        ready.layers,
        ready.codes,
        version_id=version_id,
        outlet_id=outlet_id,
        day=day_of_publication(article.published),
        resolved=resolved,
    )
    put_in_relations(connection, article, version_id, ids)
    put_in_verdicts(connection, article, version_id, ids, kept, at=ready.now)
    put_in_doubts(connection, version_id, ready.doubts, fresh=True)
    if before is not None:
        # Last, so that no id is given twice.
        take_out_layers(store, connection, before)
    saved.statements = len(ready.layers)
    return version_id


def _put_in_head(connection: Connection, ready: Prepared, saved: Saved) -> int:
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
