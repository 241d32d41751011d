"""Giving back what was kept: articles with all their layers, their versions, and what the archive holds in all."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Row, func, select

from sayso.archive.batches import batches
from sayso.archive.days import iso_day
from sayso.archive.forms import ArticleVersion, Info
from sayso.archive.keeping.changes import compare
from sayso.archive.keeping.packing import DamagedRecord, unpack
from sayso.archive.keeping.transcripts import transcripts_of
from sayso.archive.schema import (
    about_archive,
    appearance,
    outlet,
    problem,
    record,
    speaker,
    statement,
    transcript,
    version,
)
from sayso.archive.schema import (
    article as articles,
)
from sayso.archive.stores.base import RESTORE, Store
from sayso.documents import Article
from sayso.errors import DamagedArchive, NoSuchEntry

AT_ONCE = 50
"""Articles that are read in one query."""


def read_article(store: Store, number: int, *, version_number: int | None = None) -> Article:
    """An article as it was saved, its newest version where none is named. Raises NoSuchEntry, DamagedArchive."""
    which = version.c.newest if version_number is None else version.c.number == version_number
    with store.reading() as connection:
        found = connection.scalar(select(version.c.id).where(version.c.article_id == number, which))
        if found is None:
            if version_number is not None and connection.scalar(select(articles.c.id).where(articles.c.id == number)):
                raise NoSuchEntry("version", str(version_number), advice=f"See: sayso archive versions {number}")
            raise NoSuchEntry("article", str(number))
        return article_of_version(connection, found, where=store.where)


def read_articles(store: Store, ids: Iterable[int] | None = None) -> Iterator[tuple[int, Article]]:
    """Articles with their ids, all where none are named, by id; each as it is when its turn comes.

    Raises NoSuchEntry, DamagedArchive.
    """
    every = ids is None
    if ids is None:
        with store.reading() as connection:
            ids = list(connection.scalars(select(articles.c.id).order_by(articles.c.id)))
    for some in batches(list(ids), AT_ONCE):
        with store.reading() as connection:
            rows = {
                row.article_id: row
                for row in connection.execute(
                    select(version.c.article_id, record)
                    .join(record, record.c.version_id == version.c.id)
                    .where(version.c.article_id.in_(some), version.c.newest)
                )
            }
            found = []
            for number in some:
                if number not in rows and every:
                    raise DamagedArchive(store.where, f"article {number} has no record", RESTORE)
                if number not in rows:
                    raise NoSuchEntry("article", str(number))
                found.append(_unpacked(connection, rows[number], store.where))
        yield from zip(some, found, strict=True)


def article_of_version(connection: Connection, version_id: int, *, where: str = "") -> Article:
    """The article of a version's id."""
    row = connection.execute(select(record).where(record.c.version_id == version_id)).first()
    if row is None:
        raise DamagedArchive(where, f"version {version_id} has no record", RESTORE)
    return _unpacked(connection, row, where)


def _unpacked(connection: Connection, row: Row[Any], where: str) -> Article:
    try:
        article = unpack(Article, row.record, row.source)
    except DamagedRecord as error:
        raise DamagedArchive(
            where,
            f"the record of version {row.version_id} is not as it was written ({error})",
            RESTORE,
        ) from error
    if row.transcripts:
        article.transcripts = transcripts_of(connection, json.loads(row.transcripts), where)
    return article


def read_versions(store: Store, number: int) -> list[ArticleVersion]:
    """The versions of an article, the first first, each with what changed in its statements. Raises NoSuchEntry."""
    with store.reading() as connection:
        rows = connection.execute(
            select(version).where(version.c.article_id == number).order_by(version.c.number)
        ).all()
        if not rows:
            raise NoSuchEntry("article", str(number))
        found: list[ArticleVersion] = []
        before: Article | None = None
        for row in rows:
            article = article_of_version(connection, row.id, where=store.where)
            one = ArticleVersion(
                row.number,
                row.added_at,
                row.newest,
                row.text_id,
                row.headline,
                article.outlet,
                row.published,
                row.words,
                row.edition,
            )
            found.append(one if before is None else replace(one, changes=tuple(compare(before, article))))
            before = article
    return found


def read_info(store: Store) -> Info:
    """What the archive is and holds."""

    def count(table: Any, *where: Any) -> int:
        return int(connection.scalar(select(func.count()).select_from(table).where(*where)) or 0)

    with store.reading() as connection:
        made = {row.name: row.value for row in connection.execute(select(about_archive))}
        days = connection.execute(
            select(func.min(version.c.published_day), func.max(version.c.published_day)).where(version.c.newest)
        ).one()
        heard = select(appearance.c.speaker_id).where(appearance.c.speaker_id == speaker.c.id)
        return Info(
            where=store.where,
            kind=store.kind,
            schema=store.revision(connection) or "",
            library=store.library(connection),
            made_at=made.get("made_at", ""),
            made_by=made.get("made_by", ""),
            articles=count(articles),
            versions=count(version),
            statements=count(statement),
            speakers=count(speaker, heard.exists()),
            transcripts=count(transcript, transcript.c.newest),
            outlets=count(outlet),
            problems=count(problem, problem.c.repaired_at.is_(None)),
            first=iso_day(days[0]),
            last=iso_day(days[1]),
            size=store.size(connection),
            notes=tuple(store.notes),
        )
