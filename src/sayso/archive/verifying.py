"""Looking through a whole archive for damage: what the database says of itself, then what the archive knows of it.

Each check stands for itself: one that cannot go on, as the file is damaged where it looks, says so, and the others are
still made. All look at one state of the archive, while others write.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy import Column, Connection, Table, case, func, or_, select
from sqlalchemy.exc import SQLAlchemyError

from sayso.archive.comparing import unlike_records
from sayso.archive.folding import words_in
from sayso.archive.indexing import rows_of
from sayso.archive.keeping.packing import DamagedRecord, unpack
from sayso.archive.people.family import Family, family_of
from sayso.archive.schema import (
    about_archive,
    appearance,
    correction,
    decision,
    feed,
    gist,
    gist_change,
    metadata,
    origin,
    record,
    relation,
    speaker,
    speaker_key,
    statement,
    transcript,
    uncertain,
    verdict,
    version,
)
from sayso.archive.schema import article as articles
from sayso.archive.stores.base import IndexRow, Store
from sayso.documents import Transcript
from sayso.errors import ArchiveBusy, ArchiveFull

MOST = 50
"""Lines that one check says at the most; the rest is counted."""
AT_ONCE = 500
_MOMENT = re.compile(r"\d{4}-[01]\d-[0-3]\dT[0-2]\d:[0-5]\d:[0-5]\d(\.\d+)?\+00:00")
_POINTERS: tuple[tuple[Any, Any], ...] = (
    (statement.c.outer_id, statement.c.id),
    (appearance.c.found_id, speaker.c.id),
    (appearance.c.decision_id, decision.c.id),
    (origin.c.transcript_id, transcript.c.id),
    (decision.c.undone_by, decision.c.id),
    (correction.c.undone_by, correction.c.id),
    (correction.c.carried_from, correction.c.id),
)
"""What points to another row without the database's knowing."""
Lines = Iterator[str]


def verify(store: Store) -> list[str]:
    """What is wrong in an archive, one line each; nothing where it is sound.

    Raises ArchiveError where the database cannot be asked at all.
    """
    with store.reading() as connection:
        return faults_in(store, connection)


def faults_in(store: Store, connection: Connection) -> list[str]:
    """The same, as a connection sees the archive."""
    return [line for what, check in _CHECKS.items() for line in _run(store, connection, what, check)]


def _run(store: Store, connection: Connection, what: str, check: Callable[[Store, Connection], Lines]) -> list[str]:
    lines: list[str] = []
    more = 0
    try:
        # A server goes on after an error only from a point that it was told to keep.
        with connection.begin_nested():
            for line in check(store, connection):
                if len(lines) < MOST:
                    lines.append(line)
                else:
                    more += 1
    except SQLAlchemyError as error:
        told = store.error_of(error)
        if isinstance(told, ArchiveBusy | ArchiveFull):
            raise told from error
        lines.append(f"{what} cannot be looked through: {getattr(told, 'reason', None) or error}")
    except (ValueError, TypeError, KeyError, AttributeError, IndexError, OverflowError) as error:
        # Of a value that no version of sayso writes.
        lines.append(f"{what} cannot be looked through: {type(error).__name__}, {error}")
    return [*lines, f"{what}: {more:,} faults more like these"] if more else lines


def _own(store: Store, connection: Connection) -> Lines:
    yield from store.faults(connection)


def _pointers(_: Store, connection: Connection) -> Lines:
    known = [(key.parent, key.column) for table in metadata.sorted_tables for key in table.foreign_keys]
    for one, other in (*known, *_POINTERS):
        yield from _lost(connection, one, other)


def _lost(connection: Connection, one: Column[Any], other: Column[Any]) -> Lines:
    """Rows that point to one that is not there."""
    table: Any = one.table
    there = other.table.alias()
    key = list(table.primary_key)
    wanted = (
        select(*key, one.label("lost"))
        .outerjoin(there, there.c[other.name] == one)
        .where(one.is_not(None), there.c[other.name].is_(None))
        .order_by(*key)
    )
    for row in connection.execute(wanted):
        number = ", ".join(str(each) for each in row[:-1])
        yield f"{table.name} {number}: its {one.name} {row.lost} is not there"


def _versions(_: Store, connection: Connection) -> Lines:
    newest = func.sum(case((version.c.newest, 1), else_=0))
    last = func.max(case((version.c.newest, version.c.number), else_=0))
    numbers = (
        select(
            articles.c.id, newest.label("newest"), func.count(version.c.id).label("many"),
            func.min(version.c.number).label("first"), func.max(version.c.number).label("last"), last.label("in_force"),
        )
        .outerjoin(version, version.c.article_id == articles.c.id)
        .group_by(articles.c.id)
        .order_by(articles.c.id)
    )  # fmt: skip
    for row in connection.execute(numbers):
        if not row.many:
            yield f"article {row.id} has no version"
        elif row.newest != 1:
            yield f"article {row.id} has {row.newest} newest versions"
        elif row.in_force != row.last or (row.first, row.last) != (1, row.many):
            yield f"article {row.id}: its versions do not follow one another"
    first = select(articles.c.id).join(version, version.c.article_id == articles.c.id).where(version.c.number == 1)
    for number in connection.scalars(first.where(version.c.added_at != articles.c.added_at)):
        yield f"article {number} was added at another time than its first version"
    for table in (statement, appearance, relation, verdict, gist, gist_change, uncertain):
        of_old = (
            select(version.c.id, func.count().label("many"))
            .join(table, table.c.version_id == version.c.id)
            .where(~version.c.newest)
            .group_by(version.c.id)
            .order_by(version.c.id)
        )
        for row in connection.execute(of_old):
            yield f"version {row.id} is not the newest and still has {row.many} of {table.name}"


def _records(store: Store, connection: Connection) -> Lines:
    missing = (
        select(version.c.id, version.c.article_id)
        .outerjoin(record, record.c.version_id == version.c.id)
        .where(record.c.version_id.is_(None))
    )
    for row in connection.execute(missing):
        yield f"article {row.article_id}: its version {row.id} has no record"
    yield from unlike_records(connection)


def _words(store: Store, connection: Connection) -> Lines:
    def rows() -> Iterator[IndexRow]:
        after = -1
        while ids := list(
            connection.scalars(
                select(statement.c.id).where(statement.c.id > after).order_by(statement.c.id).limit(AT_ONCE)
            )
        ):
            yield from rows_of(connection, ids)
            after = ids[-1]

    for number, fault in store.entry_faults(connection, rows()):
        yield f"statement {number}: {fault}"


def _transcripts(store: Store, connection: Connection) -> Lines:
    faults: list[str] = []

    def rows() -> Iterator[IndexRow]:
        for number in list(connection.scalars(select(transcript.c.id).order_by(transcript.c.id))):
            row = connection.execute(select(transcript).where(transcript.c.id == number)).one()
            try:
                found = unpack(Transcript, row.record, row.source)
            except DamagedRecord as error:
                faults.append(f"transcript {number}: its record is not as it was written ({error})")
                continue
            words = words_in(found.text)
            labels = list(dict.fromkeys(turn.speaker for turn in found.turns if turn.speaker))
            is_so = (found.id, found.title, found.url, len(words), labels)
            if is_so != (row.text_id, row.title, row.url, row.words, json.loads(row.speakers)):
                faults.append(f"transcript {number}: what is listed of it is not what its record has")
            if row.newest:
                yield IndexRow(number, words, ("all",))

    for number, fault in store.entry_faults(connection, rows(), transcripts=True):
        yield f"transcript {number}: {fault}"
    yield from faults


def _decisions(_: Store, connection: Connection) -> Lines:
    family = family_of(connection)
    for number in sorted(family.into):
        if _in_a_circle(family, number):
            yield f"speaker {number} was merged into itself"
            return
    for row in connection.execute(
        select(appearance.c.id, appearance.c.speaker_id, appearance.c.found_id).where(
            or_(appearance.c.found_id.is_not(None), appearance.c.speaker_id.in_(sorted(family.into)[:AT_ONCE]))
        )
    ):
        if family.live(row.found_id or row.speaker_id) != row.speaker_id:
            yield f"appearance {row.id}: it is not of the speaker that {row.found_id or row.speaker_id} was merged into"
    known = set(connection.scalars(select(speaker.c.id)))
    held = select(speaker_key).where(or_(speaker_key.c.key.like("into:%"), speaker_key.c.key.like("apart:%")))
    kept = {(row.speaker_id, row.key) for row in connection.execute(held)}
    wanted: set[tuple[int, str]] = set()
    rows = {row.id: row for row in connection.execute(select(decision).order_by(decision.c.id))}
    for row in rows.values():
        speakers = json.loads(row.speakers)
        moves = json.loads(row.moves)
        yield from (f"decision {row.id}: its speaker {each} is not there" for each in speakers if each not in known)
        undoing = rows.get(row.undone_by) if row.undone_by else None
        if undoing is not None and (undoing.kind != "undo" or json.loads(undoing.moves).get("undoes") != row.id):
            yield f"decision {row.id}: decision {undoing.id} did not undo it"
        undone = rows.get(moves.get("undoes")) if row.kind == "undo" else None
        if row.kind == "undo" and (undone is None or undone.undone_by != row.id):
            yield f"decision {row.id}: what it undid is not undone"
        if row.undone_by is None and row.kind == "merge":
            wanted.add((speakers[1], f"into:{speakers[0]}:{row.id}"))
        elif row.undone_by is None and row.kind in ("apart", "split"):
            one, other = speakers
            wanted |= {(one, f"apart:{other}:{row.id}"), (other, f"apart:{one}:{row.id}")}
    for number, key in sorted(wanted - kept):
        yield f"speaker {number}: it does not follow decision {key.rsplit(':', maxsplit=1)[1]}"
    for number, key in sorted(kept - wanted):
        yield f"speaker {number}: it follows a decision ({key}) that does not stand"


def _in_a_circle(family: Family, number: int) -> bool:
    seen = {number}
    while number in family.into:
        number = family.into[number][0]
        if number in seen:
            return True
        seen.add(number)
    return False


def _others(_: Store, connection: Connection) -> Lines:
    names = set(connection.scalars(select(about_archive.c.name)))
    if missing := {"made_at", "made_by", "uuid"} - names:
        yield f"it is not known of the archive: {', '.join(sorted(missing))}"
    one_of = (origin.c.article_id.is_(None)) == (origin.c.transcript_id.is_(None))
    for number in connection.scalars(select(origin.c.id).where(one_of)):
        yield f"origin {number}: it is of no article and no transcript, or of both"
    for row in connection.execute(select(feed.c.id, feed.c.seen)):
        json.loads(row.seen)
    for table in metadata.sorted_tables:
        for column in _moments(table):
            for moment in connection.scalars(select(column).where(column.is_not(None)).distinct()):
                if not _MOMENT.fullmatch(moment):
                    yield f"{table.name}: {moment!r} is no time"


def _moments(table: Table) -> list[Column[Any]]:
    return [each for each in table.columns if each.name == "at" or each.name.endswith("_at")]


_CHECKS: dict[str, Callable[[Store, Connection], Lines]] = {
    "the database itself": _own,
    "what points to what": _pointers,
    "the versions of articles": _versions,
    "the records of articles": _records,
    "the search index": _words,
    "the transcripts": _transcripts,
    "the decisions about speakers": _decisions,
    "the sources and feeds": _others,
}
