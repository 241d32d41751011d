"""Keeping what a later check found of an article that is in."""

from __future__ import annotations

import json
from copy import copy
from dataclasses import replace

from sqlalchemy import Connection, delete, select, update

from sayso.archive.clock import now_text
from sayso.archive.correcting.applying import apply
from sayso.archive.correcting.carrying import carry_verdicts, mark_checked
from sayso.archive.correcting.doubts import doubts_of
from sayso.archive.correcting.forms import Corrected
from sayso.archive.correcting.queue import put_in_doubts
from sayso.archive.correcting.rebuilding import rebuild
from sayso.archive.correcting.rows import of_version
from sayso.archive.indexing import reindex
from sayso.archive.keeping.entries import article_of_version
from sayso.archive.keeping.layers import layers_of
from sayso.archive.keeping.packing import pack
from sayso.archive.keeping.rows import put_in_verdicts
from sayso.archive.keeping.transcripts import put_in_transcripts
from sayso.archive.schema import record, statement, verdict, version
from sayso.archive.stores.base import Store
from sayso.documents import Article
from sayso.errors import NoSuchEntry
from sayso.records import Attribution
from sayso.verdicts import HeadlineVerdict, Verdict


def keep_verdicts(store: Store, article_id: int, article: Article) -> None:
    """Keeps the verdicts of a checked article in place of earlier ones, with the transcripts that they rest on.

    `article` must be the newest version as the archive gave it, corrected or not, or as it was saved: verdicts name its
    attributions.

    Raises NoSuchEntry where the archive has no such article, or its newest version has another text.
    """
    store.write(lambda connection: _keep(store, connection, article_id, article))


def _keep(store: Store, connection: Connection, article_id: int, article: Article) -> None:
    at = now_text()
    newest = connection.execute(
        select(version.c.id, version.c.text_id).where(version.c.article_id == article_id, version.c.newest)
    ).first()
    if newest is None:
        raise NoSuchEntry("article", str(article_id))
    if newest.text_id != article.id:
        raise NoSuchEntry("version", article.id, advice="The article has another text by now: check its newest version")
    kept = article_of_version(connection, newest.id, where=store.where)
    before = copy(kept)
    made = of_version(connection, newest.id)
    corrected = apply(kept, made).article
    known = {each.id for each in (*kept.attributions, *corrected.attributions)}
    if any(each.attribution not in known for each in article.verdicts if each.attribution is not None):
        raise NoSuchEntry("attribution", f"of article {article_id}", advice="Check the article as the archive gives it")
    kept.verdicts = _of_the_record(article.verdicts, kept)
    kept.figures = article.figures
    packed, source = pack(kept)
    transcript_ids = put_in_transcripts(store, connection, article.transcripts, at=at)
    connection.execute(
        update(record)
        .where(record.c.version_id == newest.id)
        .values(
            record=packed,
            source=source,
            transcripts=json.dumps(list(transcript_ids.values())) if transcript_ids else None,
        )
    )
    if made:
        carry_verdicts(connection, newest.id, article_id, before, kept)
        with_them = [_bare(each) for each in article.attributions] == [_bare(each) for each in corrected.attributions]
        mark_checked(connection, newest.id, at=at if with_them else None)
        rebuild(store, connection, newest.id, checked_at=at)
        return
    put_in_doubts(connection, newest.id, doubts_of(Corrected(kept, kept)))
    rows = {
        row.local: row
        for row in connection.execute(
            select(statement.c.id, statement.c.local, statement.c.marks).where(statement.c.version_id == newest.id)
        )
    }
    connection.execute(delete(verdict).where(verdict.c.version_id == newest.id))
    ids = {local: row.id for local, row in rows.items()}
    put_in_verdicts(connection, kept, newest.id, ids, transcript_ids, at=at)
    changed = [
        (rows[layer.local].id, layer.marks)
        for layer in layers_of(kept, indexed=False)
        if layer.local in rows and rows[layer.local].marks != layer.marks
    ]
    for number, marks in changed:
        connection.execute(update(statement).where(statement.c.id == number).values(marks=marks))
    reindex(store, connection, [number for number, _ in changed])


def _of_the_record(verdicts: list[Verdict], kept: Article) -> list[Verdict]:
    """Verdicts as the record can have them: without attributions, speakers and statements that corrections made.

    What is said of words that somebody added is of the words alone there; corrections put them together again.
    """
    attributions = {each.id for each in kept.attributions}
    statements = {each.id for each in kept.statements}
    speakers = {each.id for each in (*kept.speakers, *kept.mentioned)}

    def bare(each: Verdict) -> Verdict:
        judged = each.attribution if each.attribution in attributions else None
        if not isinstance(each, HeadlineVerdict):
            return each if judged == each.attribution else replace(each, attribution=judged)
        statement = each.statement if each.statement in statements else None
        return replace(
            each, attribution=judged, statement=statement, speaker=each.speaker if each.speaker in speakers else None
        )

    return [bare(each) for each in verdicts]


def _bare(each: Attribution) -> tuple[object, ...]:
    """What a check goes by."""
    return each.id, each.speaker, each.source, each.content
