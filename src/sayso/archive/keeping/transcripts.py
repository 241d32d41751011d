"""Keeping transcripts, those that a verdict rests on among them.

A transcript is never overwritten: where its source has another text by now, the older one stays under a key of its
own for the verdicts that rest on it, and is searched no longer.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, insert, or_, select, update

from sayso.archive.batches import batches
from sayso.archive.clock import now_text
from sayso.archive.days import day_number
from sayso.archive.folding import words_in
from sayso.archive.forms import Given, Saved
from sayso.archive.keeping.identity import key_of
from sayso.archive.keeping.layers import optional, storable
from sayso.archive.keeping.origins import put_in_origin
from sayso.archive.keeping.packing import DamagedRecord, pack, unpack
from sayso.archive.keeping.problems import repair
from sayso.archive.schema import transcript as transcripts
from sayso.archive.stores.base import RESTORE, IndexRow, Store
from sayso.documents import Transcript
from sayso.errors import DamagedArchive, NoSuchEntry

AT_ONCE = 50
"""Transcripts that are read in one query."""


@dataclass(frozen=True, slots=True)
class Packed:
    """A transcript, ready to be put in."""

    key: str
    row: dict[str, Any]
    words: list[str]


def save_transcript(store: Store, transcript: Transcript, given: Given) -> Saved:
    """What became of a transcript: added, a new version of one that is in, or unchanged."""
    ready = _pack(transcript, given)
    at = now_text()

    def act(connection: Connection) -> Saved:
        saved = _put_in(store, connection, ready, at=at)
        put_in_origin(connection, given, at=at, transcript_id=saved.id)
        repair(connection, given, at=at)
        return saved

    return store.write(act)


def put_in_transcripts(store: Store, connection: Connection, some: Sequence[Transcript], *, at: str) -> dict[str, int]:
    """The ids in the archive of transcripts that an article was checked against, by their ids in the article.

    Those that it has not are put in; only they are packed, as mostly they all came out of it.
    """
    ids = {}
    for each in some:
        given = Given(each.source.name if each.source else "")
        key = storable(key_of(each, given))
        of_source = or_(transcripts.c.key == key, transcripts.c.key.startswith(f"{key}#", autoescape=True))
        same = connection.scalar(select(transcripts.c.id).where(transcripts.c.text_id == each.id, of_source).limit(1))
        ids[each.id] = int(same) if same is not None else _put_in(store, connection, _pack(each, given), at=at).id
    return ids


def read_transcript(store: Store, number: int) -> Transcript:
    """A transcript. Raises NoSuchEntry, DamagedArchive."""
    with store.reading() as connection:
        return transcripts_of(connection, [number], store.where)[0]


def read_transcripts(store: Store, ids: Sequence[int] | None = None) -> Iterator[tuple[int, Transcript]]:
    """Transcripts with their ids, those in force where none are named; each as it is when its turn comes."""
    if ids is None:
        with store.reading() as connection:
            newest = select(transcripts.c.id).where(transcripts.c.newest).order_by(transcripts.c.id)
            ids = list(connection.scalars(newest))
    for some in batches(ids, AT_ONCE):
        with store.reading() as connection:
            found = transcripts_of(connection, some, store.where)
        yield from zip(some, found, strict=True)


def transcripts_of(connection: Connection, ids: Sequence[int], where: str) -> list[Transcript]:
    """The transcripts of some ids, in their order. Raises NoSuchEntry, DamagedArchive."""
    wanted = select(transcripts.c.id, transcripts.c.record, transcripts.c.source).where(transcripts.c.id.in_(ids))
    rows = {row.id: row for row in connection.execute(wanted)}
    return [_unpack(rows, number, where) for number in ids]


def _unpack(rows: dict[int, Any], number: int, where: str) -> Transcript:
    if number not in rows:
        raise NoSuchEntry("transcript", str(number))
    try:
        return unpack(Transcript, rows[number].record, rows[number].source)
    except DamagedRecord as error:
        raise DamagedArchive(where, f"transcript {number} is not as it was written ({error})", RESTORE) from error


def _pack(transcript: Transcript, given: Given) -> Packed:
    packed, source = pack(transcript)
    words = words_in(transcript.text)
    labels = dict.fromkeys(turn.speaker for turn in transcript.turns if turn.speaker)
    row = {
        "text_id": transcript.id,
        "title": optional(transcript.title),
        "day": None if transcript.date is None else day_number(transcript.date),
        "url": optional(transcript.url),
        "name": storable(given.name),
        "speakers": json.dumps(list(labels)),
        "words": len(words),
        "newest": True,
        "record": packed,
        "source": source,
    }
    return Packed(storable(key_of(transcript, given)), row, words)


def _put_in(store: Store, connection: Connection, ready: Packed, *, at: str) -> Saved:
    found = connection.execute(
        select(transcripts.c.id, transcripts.c.text_id).where(transcripts.c.key == ready.key)
    ).first()
    if found is None and not ready.key.startswith("url:"):
        found = connection.execute(
            select(transcripts.c.id, transcripts.c.text_id)
            .where(transcripts.c.text_id == ready.row["text_id"], transcripts.c.newest)
            .order_by(transcripts.c.id)
            .limit(1)
        ).first()
    number = 1
    if found is not None:
        older = transcripts.c.key.startswith(f"{ready.key}#", autoescape=True)
        number = 1 + int(connection.scalar(select(func.count()).select_from(transcripts).where(older)) or 0)
        if found.text_id == ready.row["text_id"]:
            return Saved("unchanged", "transcript", found.id, number)
        number += 1
        connection.execute(
            update(transcripts).where(transcripts.c.id == found.id).values(newest=False, key=f"{ready.key}#{found.id}")
        )
        store.unindex_transcript_words(connection, [found.id])
    made = connection.execute(
        insert(transcripts).returning(transcripts.c.id), {**ready.row, "key": ready.key, "added_at": at}
    )
    transcript_id = int(made.scalar_one())
    store.index_transcript_words(connection, [IndexRow(transcript_id, ready.words)])
    return Saved("added" if found is None else "new version", "transcript", transcript_id, number)
