"""Finding an archive, making one, and bringing it up to date."""

from __future__ import annotations

import os
import sys
import uuid
from pathlib import Path

from sqlalchemy import URL, Connection, insert, make_url, text
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from sayso import settings
from sayso.archive import migrations, schema
from sayso.archive.clock import now_text
from sayso.archive.stores.base import RESTORE, Store
from sayso.archive.stores.sqlite import APPLICATION, HEAD, SqliteStore
from sayso.errors import ArchiveBusy, ArchiveError, BadSetting, DamagedArchive, NewerArchive, NoSuchArchive

MAKE_IT = "Make it by adding something: sayso add SOURCE"


def open_store(where: str | Path | None = None, *, make: bool = False) -> Store:
    """The store at a place: a file, `sqlite:///file` or `postgresql://user@host/database`.

    None: what SAYSO_ARCHIVE says, else a file among the user's own data. `make` makes an archive where there is none.
    An archive of an older sayso is brought up to date first.

    Raises NoSuchArchive, NewerArchive, DamagedArchive and other kinds of ArchiveError; BadSetting for an address that
    cannot be read.
    """
    address = address_of(where)
    if isinstance(address, Path):
        return _open_file(address, make=make)
    store = server_store(address)
    try:
        _bring_up_to_date(store, make=make)
    except BaseException:
        store.close()
        raise
    return store


def server_store(address: URL) -> Store:
    """The store of a database on a server, whether there is an archive in it or not."""
    from sayso.archive.stores.postgres import PostgresStore

    return PostgresStore(address)


def file_to_read(path: Path) -> SqliteStore:
    """The store of an archive in a file that is to be left as it is: it is only read, and may be of an older sayso.

    Raises NoSuchArchive, NewerArchive and DamagedArchive.
    """
    if not _look_at(path):
        raise NoSuchArchive(str(path), "there is none", "Name the file of a backup")
    # Nobody has it open: so it can be read without files beside it, which a backup's folder may not allow.
    alone = not any(path.with_name(path.name + end).exists() for end in ("-wal", "-shm", "-journal"))
    store = SqliteStore(path, mode="immutable" if alone else "ro")
    try:
        with store.reading() as connection:
            if store.application(connection) != APPLICATION:
                raise NoSuchArchive(store.where, "that file is no archive", "Name the file of a backup")
            is_behind(store, connection, make=False)
    except BaseException:
        store.close()
        raise
    return store


def default_path() -> Path:
    """Where a user's archive lies when nothing else is said: the place that the platform has for a user's data."""
    home = Path.home()
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = home / "Library" / "Application Support"
    else:
        # https://specifications.freedesktop.org/basedir-spec: a relative path there is to be ignored.
        given = os.environ.get("XDG_DATA_HOME", "")
        base = Path(given) if given.startswith("/") else home / ".local" / "share"
    return base / "sayso" / "archive.db"


def address_of(where: str | Path | None) -> Path | URL:
    """The file or the address that a place is; see `open_store`."""
    place = where if where is not None else settings.ARCHIVE.value() or default_path()
    if isinstance(place, Path) or "://" not in place:
        return Path(place).expanduser()
    expected = "a file, sqlite:///FILE or postgresql://USER@HOST/DATABASE"
    try:
        address = make_url(place)
    except (ArgumentError, ValueError):
        raise BadSetting("archive", place.rsplit("@", maxsplit=1)[-1], expected) from None
    kind = address.get_backend_name()
    if kind == "sqlite" and address.database and address.database != ":memory:":
        return Path(address.database).expanduser()
    if kind not in ("postgresql", "postgres") or not address.database:
        raise BadSetting("archive", f"{kind}://...", expected)
    return address


def _open_file(path: Path, *, make: bool) -> Store:
    where = str(path)
    try:
        found = _look_at(path)
        if not found and not make:
            raise NoSuchArchive(where, "there is none", MAKE_IT)
        if not found:
            path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise NoSuchArchive(
            where, f"it cannot be opened ({error.strerror})", "See to its folder and its rights"
        ) from None
    writable = _may_write(path.parent) and (not found or _may_write(path))
    if not writable and not found:
        raise NoSuchArchive(where, "its folder may not be written to", "Name another place: --archive FILE")
    store = SqliteStore(path, mode=("rwc" if make else "rw") if writable else "ro")
    try:
        if writable:
            begin(store, make=make)
        else:
            store.notes.append("it can only be read: there is no right to write to its file and folder")
            _bring_up_to_date(store, make=False)
    except ArchiveError as error:
        store.close()
        of_system = isinstance(error.__cause__, SQLAlchemyError) and not isinstance(error, DamagedArchive | ArchiveBusy)
        if not found or not of_system or not _is_closed_file(path):
            raise
        # A file whose companions cannot be made, on a full disk or in a folder that is closed to us, can still be read.
        store = SqliteStore(path, mode="immutable")
        store.notes.append(f"it can only be read, as it is on disk now: {error.reason}")
        store.why_read_only = error
        try:
            _bring_up_to_date(store, make=False)
        except BaseException:
            store.close()
            raise
    except BaseException:
        store.close()
        raise
    return store


def _may_write(path: Path) -> bool:
    return os.access(path, os.W_OK, effective_ids=os.access in os.supports_effective_ids)


def _is_closed_file(path: Path) -> bool:
    """Whether all that was written to an archive is in its own file, nothing in a log beside it."""
    logs = (path.with_name(path.name + end) for end in ("-wal", "-journal"))
    return not any(log.exists() and log.stat().st_size for log in logs)


def _look_at(path: Path) -> bool:
    """Whether there is a file with something in it that may be an archive. Raises NoSuchArchive for what is none."""
    if path.is_dir():
        raise NoSuchArchive(str(path), "that is a folder", f"Name a file in it: {path / 'archive.db'}")
    if not path.exists():
        return False
    if not path.is_file():
        raise NoSuchArchive(str(path), "that is no file", "Name a file")
    with path.open("rb") as file:
        head = file.read(100)
    if not head:
        return False
    if head.startswith(HEAD):
        return True
    if len(head) == 100 and int.from_bytes(head[68:72]) == APPLICATION:
        raise DamagedArchive(str(path), "the head of its file is damaged", RESTORE)
    raise NoSuchArchive(str(path), "that file is no archive", "Name another file; it was not touched")


def begin(store: SqliteStore, *, make: bool) -> None:
    """Makes sure that a file is an archive of today's schema; `make` makes one of an empty file."""
    with store.reading() as connection:
        whose = store.application(connection)
        foreign = whose != APPLICATION and (whose or connection.scalar(text("SELECT count(*) FROM sqlite_master")))
    if foreign:
        raise NoSuchArchive(
            store.where, "that is the database of another program", "Name another file; it was not touched"
        )
    if whose != APPLICATION and not make:
        raise NoSuchArchive(store.where, "there is none in that file", MAKE_IT)
    store.begin_journal()
    _bring_up_to_date(store, make=make)


def _bring_up_to_date(store: Store, *, make: bool) -> None:
    with store.reading() as connection:
        if not is_behind(store, connection, make=make):
            return
    if store.read_only:
        raise ArchiveError(
            store.where, "it is of an older sayso and can only be read here", "Open it once where it can be written to"
        )
    store.write(lambda connection: upgrade(store, connection, make=make))


def is_behind(store: Store, connection: Connection, *, make: bool) -> bool:
    """Whether the schema is to be made or brought up to date."""
    revision = store.revision(connection)
    if revision is None:
        if not make:
            raise NoSuchArchive(store.where, "there is none in that database", MAKE_IT)
        return True
    if revision > migrations.HEAD:
        raise NewerArchive(
            store.where,
            f"it was written by a newer sayso (schema {revision}, this one knows up to {migrations.HEAD})",
            "Install the newer one: pip install --upgrade sayso",
        )
    return revision < migrations.HEAD


def upgrade(store: Store, connection: Connection, *, make: bool) -> None:
    """Brings the schema up to date, in the transaction of the connection; `make` makes it where there is none."""
    # Another process may have done it while this one waited for the lock.
    if not is_behind(store, connection, make=make):
        return
    is_new = store.revision(connection) is None
    if is_new and (taken := [name for name in schema.metadata.tables if store.has_table(connection, name)]):
        raise NoSuchArchive(
            store.where, f"another program has a table '{taken[0]}' in that database", "Name another database"
        )
    migrations.upgrade(connection)
    if is_new:
        from sayso import __version__

        made = {
            "made_at": now_text(),
            "made_by": __version__,
            "uuid": str(uuid.uuid4()),
        }
        connection.execute(
            insert(schema.about_archive), [{"name": name, "value": value} for name, value in made.items()]
        )
        if isinstance(store, SqliteStore):
            store.claim(connection)
