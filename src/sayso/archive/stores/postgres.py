"""An archive in a PostgreSQL database. The only module that imports its driver."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from importlib.util import find_spec
from typing import Any

from sqlalchemy import (
    URL,
    Connection,
    Engine,
    Select,
    Text,
    bindparam,
    cast,
    column,
    create_engine,
    func,
    literal_column,
    select,
    table,
    text,
)
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from sayso.archive.batches import batches
from sayso.archive.matching import EVERYTHING, Match, tsquery_of
from sayso.archive.stores.base import INDEXED_FOR_NOTHING, INDEXED_OTHERWISE, NOT_INDEXED, IndexRow, Store
from sayso.archive.stores.signing import Signatures
from sayso.archive.stores.vectors import parts, vector_of, whole
from sayso.errors import (
    ArchiveBusy,
    ArchiveError,
    ArchiveFull,
    DamagedArchive,
    MissingPackage,
    NoSuchArchive,
    SaysoError,
)

# It tells of lost connections on standard error where nobody listens; whoever uses the archive is told by our errors.
logging.getLogger("psycopg").addHandler(logging.NullHandler())

LOCK = 0x53617973
"""Key of the advisory lock ("Says") that a transaction takes before it writes."""

# https://www.postgresql.org/docs/current/errcodes-appendix.html
_PASSING = ("40001", "40P01", "23505", "55P03", "57P01", "57P02", "57P03", "57P05")
_FULL = ("53100", "53200")
_DAMAGED = ("XX001", "XX002")
_REFUSED = ("28000", "28P01", "42501")

AT_ONCE = 500
"""Entries that are compared in one query."""
_UNLIKE = """
SELECT wanted.id, indexed.id IS NULL
FROM unnest(CAST(:id AS int[]), CAST(:part AS int[]), CAST(:vector AS text[])) AS wanted(id, part, vector)
LEFT JOIN {name} AS indexed ON indexed.id = wanted.id AND {part} = wanted.part
WHERE indexed.vector IS DISTINCT FROM CAST(wanted.vector AS tsvector)
ORDER BY wanted.id
"""
_INVALID = """
SELECT relname FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
WHERE relnamespace = CAST(current_schema() AS regnamespace) AND NOT indisvalid
"""
_AMCHECK = """
SELECT relname, CASE
    WHEN relkind = 'r' THEN format('SELECT blkno, msg FROM verify_heapam(%s::regclass)', quote_literal(relname))
    WHEN amname = 'btree' THEN format('SELECT bt_index_check(%s::regclass, true)', quote_literal(relname))
    ELSE format('SELECT gin_index_check(%s::regclass)', quote_literal(relname)) END
FROM pg_class LEFT JOIN pg_am ON pg_am.oid = relam
WHERE relnamespace = CAST(current_schema() AS regnamespace) AND (relkind = 'r' OR relkind = 'i' AND (
    amname = 'btree' OR amname = 'gin' AND EXISTS (SELECT 1 FROM pg_proc WHERE proname = 'gin_index_check')))
"""


class PostgresStore(Store):
    """An archive in one database, in its default schema."""

    kind = "postgres"

    def __init__(self, address: URL) -> None:
        super().__init__()
        if find_spec("psycopg") is None:
            raise MissingPackage("An archive on PostgreSQL", ("psycopg[binary]",))
        self._signatures = Signatures()
        # Without the password, and without options, which can have one too.
        shown = URL.create("postgresql", address.username, None, address.host, address.port, address.database)
        self.where = shown.render_as_string()
        self.engine = create_engine(
            address.set(drivername="postgresql+psycopg"),
            # A server that was started anew has left dead connections behind.
            pool_pre_ping=True,
            isolation_level="READ COMMITTED",
            connect_args={"connect_timeout": 10, "application_name": "sayso"},
        )

    def _readers(self) -> Engine:
        return self.engine.execution_options(isolation_level="REPEATABLE READ")

    def _state(self) -> object:
        # Which transactions can be seen: it says of those of others too, which only makes it change more often.
        with self._readers().connect() as connection:
            return connection.scalar(text("SELECT CAST(pg_current_snapshot() AS text)"))

    def _locked(self, connection: Connection) -> None:
        connection.execute(text(f"SET LOCAL lock_timeout = {int(self.patience_s * 1000)}"))
        connection.execute(text(f"SELECT pg_advisory_xact_lock({LOCK})"))

    def close(self) -> None:
        if self._signatures.names:
            with suppress(SQLAlchemyError), self.engine.begin() as connection:
                self._signatures.take_out(connection)
        super().close()

    def _number_of(self, connection: Connection) -> Any:
        return self._signatures.sign(connection)

    def _came_in(self, number: Any, until: float) -> bool:
        while True:
            try:
                with self.engine.connect() as connection:
                    # Who has the lock may be the transaction that is asked for, still at its end.
                    self._locked(connection)
                    return self._signatures.is_signed(connection, number)
            except SQLAlchemyError as error:
                if not self.is_passing(error):
                    raise
            if time.monotonic() > until:
                raise ArchiveBusy(self.where, "its server went away and has not come back", "Try again later")
            time.sleep(0.1)

    def _error_of(self, error: DBAPIError) -> SaysoError | None:
        state = getattr(error.orig, "sqlstate", None)
        words = str(error.orig).strip().split("\n", maxsplit=1)[0]
        if state in _FULL:
            return ArchiveFull(
                self.where, "no space is left to write to it", "Make space and run it again; what was in is still in"
            )
        if state in _DAMAGED:
            return DamagedArchive(self.where, f"its data are damaged ({words})", "Restore a backup")
        if state == "3D000" or ('database "' in words and "does not exist" in words):
            return NoSuchArchive(self.where, "there is no such database", "Make it: createdb NAME")
        if state in _REFUSED or "password" in words or "authentication" in words or "role" in words:
            return ArchiveError(self.where, f"its server refuses ({words})", "See to the user's rights and password")
        if state == "25006":
            return ArchiveError(self.where, "it can only be read here", "Write to the primary server")
        if state in _PASSING:
            return ArchiveBusy(self.where, f"others kept it from being written ({words})", "Try again later")
        if self._is_away(error):
            return ArchiveBusy(self.where, f"its server does not answer ({words})", "Start it, or try again later")
        return None

    def _is_away(self, error: SQLAlchemyError) -> bool:
        if not isinstance(error, DBAPIError):
            return False
        state = getattr(error.orig, "sqlstate", None)
        kind = type(error.orig).__name__
        lost = not state and kind in ("OperationalError", "ConnectionTimeout")
        return error.connection_invalidated or lost or (state or "").startswith(("08", "57P0"))

    def _is_passing(self, error: DBAPIError) -> bool:
        state = getattr(error.orig, "sqlstate", None)
        if state is None:
            words = str(error.orig)
            lasting = ("does not exist", "password", "authentication")
            return self._is_away(error) and not any(each in words for each in lasting)
        return state in _PASSING or self._is_away(error)

    def take_ids(self, connection: Connection, table: str, count: int) -> int:
        # Nobody else writes meanwhile: the ids follow one another.
        taken = text("SELECT setval(:sequence, nextval(:sequence) + :more)")
        last = connection.scalar(taken, {"sequence": f"{table}_id_seq", "more": max(count, 1) - 1})
        return int(last or 0) - max(count, 1) + 1

    def index_words(self, connection: Connection, rows: Sequence[IndexRow]) -> None:
        if rows:
            connection.execute(
                text("INSERT INTO words (id, vector) VALUES (:id, CAST(CAST(:vector AS text) AS tsvector))"),
                [{"id": row.id, "vector": vector_of(row.words, row.keys)} for row in rows],
            )

    def unindex_words(self, connection: Connection, ids: Sequence[int]) -> None:
        connection.execute(text("DELETE FROM words WHERE id = ANY(:ids)"), {"ids": list(ids)})

    def match(self, match: Match) -> Select[Any]:
        return _matching("words", match)

    def index_transcript_words(self, connection: Connection, rows: Sequence[IndexRow]) -> None:
        if entries := list(parts(rows)):
            connection.execute(
                text(
                    "INSERT INTO transcript_words (id, part, vector) "
                    "VALUES (:id, :part, CAST(CAST(:vector AS text) AS tsvector))"
                ),
                entries,
            )

    def unindex_transcript_words(self, connection: Connection, ids: Sequence[int]) -> None:
        connection.execute(text("DELETE FROM transcript_words WHERE id = ANY(:ids)"), {"ids": list(ids)})

    def match_transcripts(self, match: Match) -> Select[Any]:
        found = _matching("transcript_words", match).subquery()
        return select(found.c.id.label("id"), func.min(found.c.rank).label("rank")).group_by(found.c.id)

    def faults(self, connection: Connection) -> Iterator[str]:
        for name in connection.scalars(text(_INVALID)):
            yield f"the index {name} was not made to the end"
        bad = connection.scalar(
            text("SELECT checksum_failures FROM pg_stat_database WHERE datname = current_database()")
        )
        if bad:
            yield f"its server has met {bad} damaged pages"
        # Looks into the pages, where whoever runs the server has put it in.
        if connection.scalar(text("SELECT 1 FROM pg_extension WHERE extname = 'amcheck'")):
            for name, check in connection.execute(text(_AMCHECK)).all():
                try:
                    with connection.begin_nested():
                        found = connection.execute(text(check)).all()
                except DBAPIError as error:
                    if getattr(error.orig, "sqlstate", None) not in _REFUSED:
                        yield f"{name} is damaged ({str(error.orig).splitlines()[0]})"
                else:
                    yield from (f"{name} is damaged ({row[-1]})" for row in found if len(row) > 1)

    def entry_faults(
        self, connection: Connection, rows: Iterable[IndexRow], *, transcripts: bool = False
    ) -> Iterator[tuple[int, str]]:
        name, part = ("transcript_words", "indexed.part") if transcripts else ("words", "0")
        compare = text(_UNLIKE.format(name=name, part=part))
        known: set[tuple[int, int]] = set()
        for some in batches(parts(rows) if transcripts else whole(rows), AT_ONCE):
            known |= {(each["id"], each["part"]) for each in some}
            for number, missing in connection.execute(compare, {key: [one[key] for one in some] for key in some[0]}):
                yield number, NOT_INDEXED if missing else INDEXED_OTHERWISE
        listed = {(row[0], row[1]) for row in connection.execute(text(f"SELECT id, {part} FROM {name} AS indexed"))}
        for number, _ in sorted(listed - known):
            yield number, INDEXED_FOR_NOTHING
        # The index proper, beside the table that it is of.
        connection.execute(text("SET LOCAL enable_seqscan = off"))
        found = (self.match_transcripts if transcripts else self.match)(EVERYTHING).subquery()
        ids = set(connection.scalars(select(found.c.id)))
        connection.execute(text("SET LOCAL enable_seqscan = on"))
        for number in sorted(ids ^ {number for number, _ in listed}):
            yield number, "the index over the search index is not what it should be"

    def last_id(self, connection: Connection, table: str) -> int:
        found = text(f"SELECT CASE WHEN is_called THEN last_value ELSE last_value - 1 END FROM {table}_id_seq")
        return int(connection.scalar(found) or 0)

    def go_on_from(self, connection: Connection, table: str, last: int) -> None:
        moved = text("SELECT setval(:sequence, GREATEST(:last, 1), :last > 0)")
        connection.execute(moved, {"sequence": f"{table}_id_seq", "last": last})

    def size(self, connection: Connection) -> int:
        return int(connection.scalar(text("SELECT pg_database_size(current_database())")) or 0)

    def library(self, connection: Connection) -> str:
        return "PostgreSQL " + str(connection.scalar(text("SHOW server_version")))


def _matching(name: str, match: Match) -> Select[Any]:
    index = table(name, column("id"), column("vector"))
    # As a text first: the driver would send a value whose type the server has to guess.
    query = cast(cast(bindparam(None, tsquery_of(match), type_=Text), Text), TSQUERY)
    # 1: divided by the logarithm of the length, as a long statement is no better for being long.
    rank = -func.ts_rank(index.c.vector, query, literal_column("1"))
    return select(index.c.id.label("id"), rank.label("rank")).where(index.c.vector.op("@@")(query))
