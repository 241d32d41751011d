"""What every store of an archive does, whichever database it lies in.

Invariant: one writer at a time. A transaction that writes takes the archive's one lock first (the database's own on
SQLite, an advisory lock on PostgreSQL), so that what it reads is still so when it writes; readers are never kept
waiting and see the archive as it was when they began.
"""

from __future__ import annotations

import pickle
import random
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, Select, func, literal, select, union_all
from sqlalchemy.exc import DBAPIError, InterfaceError, SQLAlchemyError, TimeoutError

from sayso.archive.matching import Match
from sayso.archive.remembering import Memory
from sayso.archive.schema import revision, statement
from sayso.errors import ArchiveBusy, ArchiveError, DamagedArchive, SaysoError

T = TypeVar("T")
WRITING = "sayso_writing"
"""Option of a connection that is going to write."""


RESTORE = "Restore a backup: sayso archive restore"
NOT_INDEXED = "it is not in the search index"
INDEXED_OTHERWISE = "the search index has other words or keys for it"
INDEXED_FOR_NOTHING = "the search index has it, but there is none"


@dataclass(frozen=True, slots=True)
class IndexRow:
    """What the index of words has of one statement or transcript."""

    id: int
    words: Sequence[str]
    """Folded."""
    keys: Sequence[str] = ()


class Store(ABC):
    """The database of one archive; `where` is its file or address without a password."""

    kind: str
    engine: Engine
    where: str
    read_only: bool = False
    why_read_only: ArchiveError | None = None
    """What went wrong where it could have been written to otherwise."""
    patience_s: float = 30.0
    """How long a transaction waits for one that holds the archive."""
    patience_away_s: float = 120.0
    """How long it waits for a server that went away: one that was killed has to look through its log first."""

    def __init__(self) -> None:
        self.notes: list[str] = []
        """What whoever uses the archive should know, one sentence each."""
        self.memory: Memory | None = None
        """Of what was counted; None where nothing is to be remembered."""

    def share(self) -> None:
        """Makes ready for many that ask at once, before the first does: each connection keeps less of its own."""
        return

    def close(self) -> None:
        """Gives back all connections."""
        self.engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees the archive as it is now, whatever is written meanwhile.

        Raises ArchiveError where the database cannot answer.
        """
        with self.translated(), self._readers().connect() as connection:
            yield connection

    def _readers(self) -> Engine:
        """The engine with what a transaction needs to see one state of the archive."""
        return self.engine

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A connection in one transaction, committed at the end and undone by any error; see `write`."""
        with self.translated(), self._transaction([]) as connection:
            yield connection

    def write(self, act: Callable[[Connection], T], *, aside: bool = False) -> T:
        """What `act` returns, run in one transaction.

        It is run again, all of it, where the database asks for it (another writer came between, the connection was
        lost), until our patience is over: so it must change nothing but the archive. `aside` is what changes nothing
        of what is remembered: who signed in, and the log.

        Raises ArchiveError and whatever `act` raises; nothing is written then.
        """
        waiting = _Waiting(self)
        while True:
            ticket: list[Any] = []
            results: list[T] = []
            try:
                with self._transaction(ticket, aside=aside) as connection:
                    results.append(act(connection))
                return results[0]
            except SQLAlchemyError as error:
                if ticket and self._came_in(ticket[0], waiting.began + self.patience_away_s):
                    return results[0]
                waiting.for_another_try(error)

    def read(self, act: Callable[[Connection], T]) -> T:
        """What `act` returns of the archive as it is now, asked again where the server went away in the middle.

        Raises ArchiveError and whatever `act` raises.
        """
        waiting = _Waiting(self)
        while True:
            try:
                with self._readers().connect() as connection:
                    return act(connection)
            except SQLAlchemyError as error:
                waiting.for_another_try(error)

    @contextmanager
    def _transaction(self, ticket: list[Any], *, aside: bool = False) -> Iterator[Connection]:
        """A connection in one transaction; `ticket` gets what it is known by before it is committed."""
        if self.read_only:
            why = self.why_read_only or ArchiveError(
                self.where, "it can only be read here", "Get the right to write to its file and folder"
            )
            raise type(why)(self.where, why.reason, why.advice)
        with self.engine.execution_options(**{WRITING: True}).connect() as connection, connection.begin():
            self._locked(connection)
            with nullcontext() if aside else self._noting_change(connection):
                yield connection
            number = self._number_of(connection)
            # From here on it may be in although the answer to COMMIT is lost.
            ticket.append(number)

    @abstractmethod
    def _locked(self, connection: Connection) -> None:
        """Takes the archive's lock, where beginning to write has not done so."""

    def state(self) -> object:
        """What is different after every change of the archive, by whichever process, but for those made `aside`.

        It costs a fraction of what the smallest question costs.
        """
        with self.translated():
            return self._state()

    @abstractmethod
    def _state(self) -> object: ...

    def _noting_change(self, connection: Connection) -> AbstractContextManager[None]:
        """The while of a transaction, after which the archive's state is another one if it changed anything.

        Nothing is to be done where the database knows of each change by itself.
        """
        return nullcontext()

    def remembered(self, key: Hashable, act: Callable[[], T]) -> T:
        """What `act` returns, or returned before where the archive is as it was then; whoever gets it may change it."""
        if self.memory is None:
            return act()
        made: list[T] = []

        def make() -> bytes:
            made.append(act())
            # So its size is known, and each gets one of its own.
            return pickle.dumps(made[0], pickle.HIGHEST_PROTOCOL)

        found = self.memory.of(self.state(), key, make)
        return made[0] if made else pickle.loads(found)

    def _number_of(self, connection: Connection) -> Any:
        """By what the transaction, all of whose work is done, can be asked for later; None where it need not."""
        return None

    def _came_in(self, number: Any, until: float) -> bool:
        """Whether the transaction of that number was committed, although an error came back."""
        return False

    @contextmanager
    def translated(self) -> Iterator[None]:
        """Turns the database's errors into the archive's."""
        try:
            yield
        except SQLAlchemyError as error:
            raise self.error_of(error) or error from error
        except (TypeError, ValueError, LookupError, AttributeError) as error:
            # A value that sayso never writes: a fault of ours, unless the database is not as it was written.
            if fault := self._first_fault():
                raise DamagedArchive(self.where, fault, RESTORE) from error
            raise

    def _first_fault(self) -> str | None:
        try:
            with self._readers().connect() as connection:
                return next(iter(self.faults(connection)), None)
        except SQLAlchemyError as error:
            told = self.error_of(error)
            return told.reason if isinstance(told, DamagedArchive) else None

    def error_of(self, error: SQLAlchemyError) -> SaysoError | None:
        """What an error of the database means for the archive; None where it is a fault of ours."""
        if isinstance(error, TimeoutError):
            return ArchiveBusy(self.where, "all its connections are in use", "Try again")
        return self._error_of(error) if isinstance(error, DBAPIError) else None

    def is_passing(self, error: SQLAlchemyError) -> bool:
        """Whether the same transaction may well succeed when it is run again."""
        if isinstance(error, InterfaceError) or (isinstance(error, DBAPIError) and error.connection_invalidated):
            return True
        return isinstance(error, DBAPIError) and self._is_passing(error)

    def _is_away(self, error: SQLAlchemyError) -> bool:
        """Whether the database cannot be reached, for now or for good."""
        return isinstance(error, DBAPIError) and error.connection_invalidated

    @abstractmethod
    def _error_of(self, error: DBAPIError) -> SaysoError | None: ...

    @abstractmethod
    def _is_passing(self, error: DBAPIError) -> bool: ...

    @abstractmethod
    def take_ids(self, connection: Connection, table: str, count: int) -> int:
        """The first of `count` ids in succession that no row of the table has had yet."""

    @abstractmethod
    def index_words(self, connection: Connection, rows: Sequence[IndexRow]) -> None:
        """Puts statements into the index of words."""

    @abstractmethod
    def unindex_words(self, connection: Connection, ids: Sequence[int]) -> None:
        """Takes statements out of the index of words; those that are not in it are no error."""

    @abstractmethod
    def match(self, match: Match) -> Select[Any]:
        """The statements that match, as a query with columns `id` and `rank` (the lower the better)."""

    def count(self, connection: Connection, match: Match) -> int:
        """How many statements match."""
        found = self.match(match).with_only_columns(func.count(), maintain_column_froms=True)
        return int(connection.scalar(found) or 0)

    def counts(self, connection: Connection, matches: Sequence[Match]) -> list[int]:
        """How many statements match each."""
        # All at once: to ask a server takes longer than to find.
        parts = (
            select(literal(place), func.count()).select_from(self.match(match).subquery())
            for place, match in enumerate(matches)
        )
        found: dict[int, int] = dict(connection.execute(union_all(*parts)).all()) if matches else {}
        return [found[place] for place in range(len(matches))]

    def counts_by_day(self, connection: Connection, matches: Sequence[Match]) -> list[dict[int | None, int]]:
        """How many of the statements that match each were published on which day; None: on none that is known."""
        day = statement.c.published_day
        parts = []
        for place, match in enumerate(matches):
            some = self.match(match).subquery()
            joined = some.join(statement, statement.c.id == some.c.id)
            parts.append(select(literal(place), day, func.count()).select_from(joined).group_by(day))
        found: list[dict[int | None, int]] = [{} for _ in matches]
        for place, number, times in connection.execute(union_all(*parts)) if parts else ():
            found[place][number] = times
        return found

    @abstractmethod
    def index_transcript_words(self, connection: Connection, rows: Sequence[IndexRow]) -> None:
        """Puts transcripts into their index of words; keys are not used."""

    @abstractmethod
    def unindex_transcript_words(self, connection: Connection, ids: Sequence[int]) -> None:
        """Takes transcripts out of their index of words."""

    @abstractmethod
    def match_transcripts(self, match: Match) -> Select[Any]:
        """The transcripts that match, as a query with columns `id` and `rank` (the lower the better).

        A long transcript is looked at in parts of some ten thousand words: what is asked for must be in one of them.
        """

    @abstractmethod
    def faults(self, connection: Connection) -> Iterator[str]:
        """What the database's own check finds wrong, in words."""

    @abstractmethod
    def entry_faults(
        self, connection: Connection, rows: Iterable[IndexRow], *, transcripts: bool = False
    ) -> Iterator[tuple[int, str]]:
        """What is wrong with the entries of an index of words, by statement or transcript.

        `rows` are all that it should have.
        """

    @abstractmethod
    def last_id(self, connection: Connection, table: str) -> int:
        """The last id that was given to a row of a table, whether it is still there or not."""

    @abstractmethod
    def go_on_from(self, connection: Connection, table: str, last: int) -> None:
        """Gives no id up to that one to a new row of a table, into which rows were put with their ids."""

    @abstractmethod
    def size(self, connection: Connection) -> int:
        """Bytes that the archive takes on disk."""

    @abstractmethod
    def library(self, connection: Connection) -> str:
        """Name and version of the database's own software."""

    def revision(self, connection: Connection) -> str | None:
        """The revision of the schema; None where there is no archive."""
        if not self.has_table(connection, revision.name):
            return None
        found: str | None = connection.scalar(select(revision.c.version_num))
        return found

    def has_table(self, connection: Connection, name: str) -> bool:
        """Whether the database has a table."""
        return self.engine.dialect.has_table(connection, name)


class _Waiting:
    """How long there is to wait before the next try, and whether there is one."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.began = time.monotonic()
        self.wait_s = 0.02

    def for_another_try(self, error: SQLAlchemyError) -> None:
        """Waits a while. Raises what the error means where it will not pass, or did not in time."""
        store = self.store
        patience_s = store.patience_away_s if store._is_away(error) else store.patience_s
        if not store.is_passing(error) or time.monotonic() - self.began > patience_s:
            raise store.error_of(error) or error from error
        # Several that wait for the same must not all come back at the same moment.
        time.sleep(self.wait_s * random.uniform(0.5, 1.0))
        self.wait_s = min(self.wait_s * 2, 1.0)
