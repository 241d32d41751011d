"""An archive in one SQLite file. The only module that imports a driver of SQLite."""

from __future__ import annotations

import errno
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Any

from sqlalchemy import Connection, Select, column, create_engine, event, literal_column, select, table, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool

from sayso.archive.matching import EVERYTHING, Match, fts5_of
from sayso.archive.schema import metadata
from sayso.archive.stores.base import (
    INDEXED_FOR_NOTHING,
    INDEXED_OTHERWISE,
    NOT_INDEXED,
    RESTORE,
    WRITING,
    IndexRow,
    Store,
)
from sayso.errors import ArchiveBusy, ArchiveError, ArchiveFull, DamagedArchive, NoSuchArchive, SaysoError

try:
    from pysqlite3 import dbapi2 as driver
except ImportError:
    import sqlite3 as driver

APPLICATION = 0x53617973
"""Written into the head of the file ("Says"), by which an archive is told from any other database."""
HEAD = b"SQLite format 3\0"
SOUND_WAL = (3, 51, 3)
"""Before it, a write-ahead log that is reset while another process reads can damage the file."""
LEAST = (3, 43, 0)
"""The first whose index of words can forget a statement without keeping its words (`contentless_delete`)."""
LITTLE_BYTES = 1 << 20
CACHE_KB = 1 << 16
SHARED_CACHE_KB = 1 << 12
CONNECTIONS = 16
"""That stay open; ten more are opened and closed again where so many ask at once, which costs each of these more."""

# Primary result codes, https://www.sqlite.org/rescode.html
_BUSY, _LOCKED, _READONLY, _IOERR, _CORRUPT, _FULL, _CANTOPEN, _NOTADB = 5, 6, 8, 10, 11, 13, 14, 26
_IOERR_SHORT_READ, _IOERR_WRITE, _IOERR_SHMSIZE, _IOERR_CORRUPTFS = 522, 778, 4874, 8458


class SqliteStore(Store):
    """An archive in one file.

    `mode` is that of SQLite's file addresses: `rwc` makes the file, `rw` does not, `ro` only reads; `immutable` reads
    a file whose folder cannot be written to, and does not see what others write meanwhile.
    """

    kind = "sqlite"

    def __init__(self, path: Path, *, mode: str = "rw") -> None:
        super().__init__()
        if driver.sqlite_version_info < LEAST:
            raise ArchiveError(
                str(path),
                f"SQLite {driver.sqlite_version} is too old, {'.'.join(map(str, LEAST))} or newer is needed",
                "Install a newer one: pip install pysqlite3",
            )
        self.path = path
        self.where = str(path)
        self.read_only = mode in ("ro", "immutable")
        self._address = path.absolute().as_uri() + ("?immutable=1" if mode == "immutable" else f"?mode={mode}")
        self._cache_kb = CACHE_KB
        # The one given back last is lent first: it has most of what is asked for in its cache.
        self.engine = create_engine(
            "sqlite://",
            module=driver,
            creator=self._connect,
            poolclass=QueuePool,
            pool_size=CONNECTIONS,
            pool_use_lifo=True,
        )
        event.listen(self.engine, "begin", _begin)
        self._watching: Any = None
        self._watch = Lock()

    def share(self) -> None:
        # With as much for each of many connections, memory would grow for hours; no question became slower by it.
        self._cache_kb = SHARED_CACHE_KB
        self.engine.dispose()

    def close(self) -> None:
        super().close()
        with self._watch:
            if self._watching is not None:
                self._watching.close()
                self._watching = None

    def _connect(self) -> Any:
        connection = driver.connect(
            self._address, uri=True, timeout=self.patience_s, isolation_level=None, check_same_thread=False
        )
        cache = f"cache_size = -{self._cache_kb}"
        for pragma in ("foreign_keys = ON", "synchronous = FULL", cache, "temp_store = MEMORY"):
            connection.execute(f"PRAGMA {pragma}")
        return connection

    def begin_journal(self) -> None:
        """Sets how the file is written, which it keeps: with a write-ahead log where that is sound."""
        sound = driver.sqlite_version_info >= SOUND_WAL
        with self.translated():
            connection = self.engine.raw_connection()
            try:
                mode = (
                    connection.cursor().execute(f"PRAGMA journal_mode = {'WAL' if sound else 'DELETE'}").fetchone()[0]
                )
            except driver.OperationalError as error:
                # Others have it open, and it stays as they have it.
                if getattr(error, "sqlite_errorcode", 0) & 0xFF not in (_BUSY, _LOCKED):
                    raise DBAPIError("PRAGMA journal_mode", None, error) from error
                mode = connection.cursor().execute("PRAGMA journal_mode").fetchone()[0]
            finally:
                connection.close()
        if not sound:
            self.notes.append(
                f"SQLite {driver.sqlite_version} can damage a file in its faster way of writing (fixed in 3.51.3), so "
                "the slower one is used, in which readers and writers wait for each other: pip install pysqlite3"
            )
        if sound != (mode == "wal"):
            self.notes.append(f"SQLite writes this file in its mode '{mode}' and would not change that")

    def application(self, connection: Connection) -> int:
        """The number in the file's head that says whose it is; 0 for none."""
        return int(connection.scalar(text("PRAGMA application_id")) or 0)

    def claim(self, connection: Connection) -> None:
        """Writes into the file's head that it is an archive."""
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION}")

    def copy_to(self, path: Path, *, without: Sequence[str] = ()) -> None:
        """Copies the archive, as it is now, into a new file; others go on reading and writing meanwhile.

        Tables of the names in `without` are empty in it, nor is anything of their rows left in the file.
        """
        with self.translated():
            connection = self.engine.raw_connection()
            try:
                copy = driver.connect(path, isolation_level=None)
                try:
                    # All or nothing is seen to by whoever gives the file its name.
                    copy.execute("PRAGMA synchronous = OFF")
                    connection.driver_connection.backup(copy)  # type: ignore[union-attr]
                    copy.execute("PRAGMA secure_delete = ON")
                    tables = {name for (name,) in copy.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
                    for name in without:
                        if name in tables:
                            copy.execute(f"DELETE FROM {name}")
                finally:
                    copy.close()
            except driver.Error as error:
                raise DBAPIError("backup", None, error) from error
            finally:
                connection.close()

    def _state(self) -> object:
        # Of a connection that does nothing else, without all that a pool does round it: some microseconds.
        try:
            with self._watch:
                self._watching = self._watching or self._connect()
                return self._watching.execute("PRAGMA user_version").fetchone()[0]
        except driver.Error as error:
            raise DBAPIError("PRAGMA user_version", None, error) from error

    @contextmanager
    def _noting_change(self, connection: Connection) -> Iterator[None]:
        counting = connection.connection.driver_connection
        before = counting.total_changes  # type: ignore[union-attr]
        yield
        if counting.total_changes != before:  # type: ignore[union-attr]
            # A number in the file's head, which is of use to nothing else, and comes and goes with the transaction.
            number = int(connection.exec_driver_sql("PRAGMA user_version").scalar() or 0)
            connection.exec_driver_sql(f"PRAGMA user_version = {(number + 1) % (1 << 31)}")

    def _locked(self, connection: Connection) -> None:
        # BEGIN IMMEDIATE has it.
        return

    def _error_of(self, error: DBAPIError) -> SaysoError | None:
        code = getattr(error.orig, "sqlite_errorcode", None)
        if "decode to UTF-8" in str(error.orig):
            return DamagedArchive(self.where, f"its file is damaged ({str(error.orig)[:80]}...)", RESTORE)
        if code is None:
            return None
        primary = code & 0xFF
        if primary in (_BUSY, _LOCKED):
            return ArchiveBusy(self.where, "another process has been writing to it for too long", "Try again later")
        if primary == _FULL or code in (_IOERR_WRITE, _IOERR_SHMSIZE) or (primary == _IOERR and self._is_full()):
            return ArchiveFull(
                self.where, "no space is left to write to it", "Make space and run it again; what was in is still in"
            )
        if primary in (_CORRUPT, _NOTADB) or code in (_IOERR_SHORT_READ, _IOERR_CORRUPTFS):
            return DamagedArchive(self.where, f"its file is damaged ({error.orig})", RESTORE)
        if primary == _READONLY:
            return ArchiveError(self.where, "it can only be read here", "Get the right to write to its file and folder")
        if primary == _CANTOPEN:
            return NoSuchArchive(self.where, f"it cannot be opened ({error.orig})", "See to its folder and its rights")
        if primary == _IOERR:
            return ArchiveError(self.where, f"reading or writing it failed ({error.orig})", "See to the disk")
        return None

    def _is_full(self) -> bool:
        """Whether the reason for a failure to write may be that a disk, a quota or the largest size of a file is full.

        SQLite tells the first alone, and even that not always; so it is tried out.
        """
        try:
            largest = max((part.stat().st_size for part in self._parts() if part.exists()), default=0)
            with tempfile.TemporaryFile(dir=self.path.parent) as probe:
                probe.seek(largest)
                probe.write(b"\0" * LITTLE_BYTES)
        except OSError as error:
            return error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
        return False

    def _parts(self) -> list[Path]:
        return [self.path, *(self.path.with_name(self.path.name + end) for end in ("-wal", "-journal"))]

    def _is_passing(self, error: DBAPIError) -> bool:
        code = getattr(error.orig, "sqlite_errorcode", 0)
        return code & 0xFF in (_BUSY, _LOCKED)

    def take_ids(self, connection: Connection, table: str, count: int) -> int:
        last = connection.exec_driver_sql("SELECT seq FROM sqlite_sequence WHERE name = ?", (table,)).scalar()
        return int(last or 0) + 1

    def index_words(self, connection: Connection, rows: Sequence[IndexRow]) -> None:
        if rows:
            connection.exec_driver_sql(
                "INSERT INTO words (rowid, text, keys) VALUES (?, ?, ?)",
                [(row.id, " ".join(row.words), " ".join(row.keys)) for row in rows],
            )

    def unindex_words(self, connection: Connection, ids: Sequence[int]) -> None:
        if ids:
            connection.exec_driver_sql("DELETE FROM words WHERE rowid = ?", [(each,) for each in ids])

    def match(self, match: Match) -> Select[Any]:
        # Keys say nothing of how well a statement fits.
        return _matching("words", match, "bm25(words, 1.0, 0.0)")

    def count(self, connection: Connection, match: Match) -> int:
        # Written out: to put the question together takes longer than to answer it. Of everything the index would have
        # to walk through its longest list, where the table just knows.
        if match == EVERYTHING:
            return int(connection.exec_driver_sql("SELECT count(*) FROM statement").scalar() or 0)
        found = connection.exec_driver_sql("SELECT count(*) FROM words WHERE words MATCH ?", (fts5_of(match),))
        return int(found.scalar() or 0)

    def counts(self, connection: Connection, matches: Sequence[Match]) -> list[int]:
        return [self.count(connection, each) for each in matches]

    def counts_by_day(self, connection: Connection, matches: Sequence[Match]) -> list[dict[int | None, int]]:
        counted = (
            "SELECT published_day, count(*) FROM words JOIN statement ON statement.id = words.rowid "
            "WHERE words MATCH ? GROUP BY published_day"
        )
        return [dict(connection.exec_driver_sql(counted, (fts5_of(each),)).all()) for each in matches]

    def index_transcript_words(self, connection: Connection, rows: Sequence[IndexRow]) -> None:
        if rows:
            connection.exec_driver_sql(
                "INSERT INTO transcript_words (rowid, text, keys) VALUES (?, ?, 'all')",
                [(row.id, " ".join(row.words)) for row in rows],
            )

    def unindex_transcript_words(self, connection: Connection, ids: Sequence[int]) -> None:
        if ids:
            connection.exec_driver_sql("DELETE FROM transcript_words WHERE rowid = ?", [(each,) for each in ids])

    def match_transcripts(self, match: Match) -> Select[Any]:
        return _matching("transcript_words", match, "bm25(transcript_words, 1.0, 0.0)")

    def faults(self, connection: Connection) -> Iterator[str]:
        # From 3.44 on it looks into the index of words as well.
        for (line,) in connection.exec_driver_sql("PRAGMA integrity_check"):
            if line != "ok":
                yield f"its file is damaged ({line})"

    def entry_faults(
        self, connection: Connection, rows: Iterable[IndexRow], *, transcripts: bool = False
    ) -> Iterator[tuple[int, str]]:
        name = "transcript_words" if transcripts else "words"
        # The index has no text to compare with, and gives its entries by word: so each row's are summed up.
        left = {
            row.id: sum(
                hash((word, field, place))
                for field, words in (("text", row.words), ("keys", row.keys))
                for place, word in enumerate(words)
            )
            for row in rows
        }
        known = set(left)
        connection.exec_driver_sql("DROP TABLE IF EXISTS temp.entry")
        connection.exec_driver_sql(f"CREATE VIRTUAL TABLE temp.entry USING fts5vocab('main', '{name}', 'instance')")
        for word, number, field, place in connection.exec_driver_sql('SELECT term, doc, col, "offset" FROM temp.entry'):
            left[number] = left.get(number, 0) - hash((word, field, place))
        wrong = {number for number, rest in left.items() if rest}
        if wrong:
            there = set(connection.exec_driver_sql("SELECT doc FROM temp.entry WHERE term = 'all'").scalars())
        connection.exec_driver_sql("DROP TABLE temp.entry")
        for number in sorted(wrong):
            if number not in known:
                yield number, INDEXED_FOR_NOTHING
            elif number not in there:
                yield number, NOT_INDEXED
            else:
                yield number, INDEXED_OTHERWISE
        sizes = set(connection.exec_driver_sql(f"SELECT id FROM {name}_docsize").scalars())
        for number in sorted((sizes ^ known) - wrong):
            yield number, "the search index does not know how long it is"

    def last_id(self, connection: Connection, table: str) -> int:
        last = connection.exec_driver_sql("SELECT seq FROM sqlite_sequence WHERE name = ?", (table,)).scalar()
        return int(last or connection.exec_driver_sql(f"SELECT max(id) FROM {table}").scalar() or 0)

    def go_on_from(self, connection: Connection, table: str, last: int) -> None:
        # Other tables go on from the last row that is there.
        if metadata.tables[table].dialect_options["sqlite"]["autoincrement"]:
            connection.exec_driver_sql("DELETE FROM sqlite_sequence WHERE name = ?", (table,))
            connection.exec_driver_sql("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", (table, last))

    def size(self, connection: Connection) -> int:
        return sum(part.stat().st_size for part in self._parts() if part.exists())

    def library(self, connection: Connection) -> str:
        return f"SQLite {driver.sqlite_version}"


def _matching(name: str, match: Match, rank: str) -> Select[Any]:
    index = table(name, column("rowid"))
    return (
        select(index.c.rowid.label("id"), literal_column(rank).label("rank"))
        .select_from(index)
        .where(literal_column(name).op("MATCH")(fts5_of(match)))
    )


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get(WRITING) else "BEGIN")
