"""Copies of an archive: into a file, while others write to it, and from such a file into a new archive.

Invariant: a place has a whole archive at the end, or what it had before. A file is made under a name of its own and
takes its name when it is whole and on disk; a database on a server is filled in one transaction.

Users and the log of their doings come along, their sessions and tokens do not: an archive that is restored would bring
back to life what was ended or revoked since the copy was made.
"""

from __future__ import annotations

import errno
import os
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from sayso.archive import opening, schema
from sayso.archive.folding import words_in
from sayso.archive.indexing import rows_of
from sayso.archive.keeping.transcripts import transcripts_of
from sayso.archive.schema import statement, transcript
from sayso.archive.stores.base import IndexRow, Store
from sayso.archive.stores.signing import WRITER
from sayso.archive.stores.sqlite import SqliteStore
from sayso.errors import ArchiveError, ArchiveFull, DamagedArchive, NoSuchArchive

AT_ONCE = 500
"""Rows that are on their way at a time."""
TAKEN = "there is a file already, and it was not touched"
_LOGS = ("-wal", "-shm", "-journal")
_NOT_COPIED = tuple(table.name for table in schema.SECRETS)


def backup(store: Store, path: Path, *, replace: bool = False) -> None:
    """Copies an archive, as it is now, into a new file, which is an archive of its own."""
    if not replace:
        _refuse_taken(path)
    if not path.parent.is_dir():
        raise NoSuchArchive(str(path), "its folder is not there", "Make it first")
    with _in_one_step(path, replace=replace) as part:
        if isinstance(store, SqliteStore):
            store.copy_to(part, without=_NOT_COPIED)
            return
        with closing(SqliteStore(part, mode="rwc")) as target, store.reading() as source:
            opening.begin(target, make=True)
            with target.writing() as connection:
                _copy_rows(store, source, target, connection)


def restore(source: Path, where: str | Path | None) -> Store:
    """The store of a new archive with all that a backup has, at a place where there is none."""
    address = opening.address_of(where)
    if not isinstance(address, Path):
        with _up_to_date(source) as found, closing(opening.server_store(address)) as target:
            _fill(found, target)
        return opening.open_store(where)
    _refuse_taken(address)
    with closing(opening.file_to_read(source)) as found:
        _refuse_damaged(found)
        with suppress(OSError):
            address.parent.mkdir(parents=True, exist_ok=True)
        with _in_one_step(address, replace=False) as part:
            # The file may be a plain copy, made without us.
            found.copy_to(part, without=_NOT_COPIED)
    return opening.open_store(address)


@contextmanager
def _up_to_date(source: Path) -> Iterator[Store]:
    """A backup with today's schema: itself, or else a copy for the while."""
    with closing(opening.file_to_read(source)) as found:
        _refuse_damaged(found)
        with found.reading() as connection:
            behind = opening.is_behind(found, connection, make=False)
        if not behind:
            yield found
            return
        with TemporaryDirectory(prefix="sayso-") as folder:
            copy = Path(folder) / "archive.db"
            found.copy_to(copy)
            with closing(opening.open_store(copy)) as newer:
                yield newer


def _refuse_damaged(found: SqliteStore) -> None:
    with found.reading() as connection:
        for fault in found.faults(connection):
            raise DamagedArchive(found.where, fault, "Take another backup")


def _fill(source: Store, target: Store) -> None:
    with source.reading() as found, target.writing() as connection:
        if target.revision(connection) is not None:
            raise ArchiveError(target.where, "there is an archive already, and it was not touched", "Name another one")
        opening.upgrade(target, connection, make=True)
        _copy_rows(source, found, target, connection)


def _copy_rows(source: Store, found: Connection, target: Store, connection: Connection) -> None:
    """All rows of one archive into the tables of a new one, and the indexes of words anew from them."""
    connection.execute(delete(schema.about_archive))
    for table in schema.metadata.sorted_tables:
        if table in schema.SECRETS:
            continue
        every = select(table).order_by(*table.primary_key).execution_options(yield_per=AT_ONCE)
        rows = found.execute(every)
        for some in rows.mappings().partitions(AT_ONCE):
            connection.execute(insert(table), [dict(row) for row in some])
    about = schema.about_archive
    connection.execute(delete(about).where(about.c.name.startswith(WRITER)))
    for ids in _batches_of_ids(found, statement):
        target.index_words(connection, rows_of(found, ids))
    for ids in _batches_of_ids(found, transcript):
        newest = list(found.scalars(select(transcript.c.id).where(transcript.c.id.in_(ids), transcript.c.newest)))
        for number in newest:
            (one,) = transcripts_of(found, [number], source.where)
            target.index_transcript_words(connection, [IndexRow(number, words_in(one.text), ("all",))])
    for table in schema.metadata.sorted_tables:
        if "id" in table.c:
            target.go_on_from(connection, table.name, source.last_id(found, table.name))


def _batches_of_ids(connection: Connection, table: Any) -> Iterator[list[int]]:
    after = -1
    column = table.c.id
    while ids := list(connection.scalars(select(column).where(column > after).order_by(column).limit(AT_ONCE))):
        yield ids
        after = ids[-1]


def _refuse_taken(path: Path) -> None:
    if path.is_dir():
        raise NoSuchArchive(str(path), "that is a folder", f"Name a file in it: {path / 'archive.db'}")
    if path.exists():
        raise ArchiveError(str(path), TAKEN, "Name another file")


@contextmanager
def _in_one_step(path: Path, *, replace: bool) -> Iterator[Path]:
    """A name beside `path` for what is going to be there: it takes that name at the end, or is gone again."""
    part = path.with_name(f".{path.name}.{uuid.uuid4().hex[:8]}.part")
    try:
        yield part
        _keep(part)
        if replace:
            # What an earlier archive of that name has in its log would be taken for this one's.
            for end in _LOGS:
                path.with_name(path.name + end).unlink(missing_ok=True)
            part.replace(path)
        else:
            _rename(part, path)
        _keep(path.parent)
    except ArchiveFull as error:
        raise ArchiveFull(str(path), "no space is left to write it", "Make space and run it again") from error
    except FileExistsError:
        raise ArchiveError(str(path), TAKEN, "Name another file") from None
    except OSError as error:
        kind = ArchiveFull if error.errno in (errno.ENOSPC, errno.EDQUOT) else ArchiveError
        raise kind(str(path), f"it cannot be written ({error.strerror})", "See to its folder and the disk") from error
    finally:
        for end in ("", *_LOGS):
            with suppress(OSError):
                part.with_name(part.name + end).unlink(missing_ok=True)


def _rename(part: Path, path: Path) -> None:
    """Gives a file its name. Raises FileExistsError where there is one of that name."""
    try:
        # Unlike a change of name it fails where another process was faster.
        os.link(part, path)
    except FileExistsError:
        raise
    except OSError:
        # Not every file system can give a file two names.
        if path.exists():
            raise FileExistsError from None
        part.rename(path)


def _keep(path: Path) -> None:
    """Sees that a file or a folder is on disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
