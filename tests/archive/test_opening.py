"""Finding an archive, and saying clearly why there is none."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import text

from sayso.archive import open_archive, opening
from sayso.archive.archive import Archive
from sayso.archive.matching import Word
from sayso.archive.stores import sqlite
from sayso.errors import (
    ArchiveBusy,
    ArchiveError,
    ArchiveFull,
    BadSetting,
    DamagedArchive,
    NewerArchive,
    NoSuchArchive,
)
from tests.archive.built import Says, given, make_article

ARTICLE = make_article(Says("Mara Venn", "the bridge closes in May"))


def filled(path: Path) -> Path:
    with open_archive(path, make=True) as archive:
        archive.save(ARTICLE, given())
    return path


def foreign(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE recipe (name TEXT)")
    connection.close()


def test_none_is_made_unless_asked_for(place: str) -> None:
    with pytest.raises(NoSuchArchive, match="sayso add"):
        open_archive(place)
    with open_archive(place, make=True) as archive:
        archive.save(ARTICLE, given())
    with open_archive(place) as archive:
        assert archive.article(1) == ARTICLE


def test_its_place_is_told_without_a_password(postgres_server: object) -> None:
    address = postgres_server.make_database("secretive").replace("sayso@", "sayso:hush@")  # type: ignore[attr-defined]
    with open_archive(address, make=True) as archive:
        assert "hush" not in archive.where
        assert archive.where.startswith("postgresql://sayso@127.0.0.1")


@pytest.mark.parametrize(
    "make_it, words",
    [
        pytest.param(lambda path: path.mkdir(), "is a folder", id="a-folder"),
        pytest.param(lambda path: path.write_text("The bridge closes.\n" * 40), "no archive", id="a-text"),
        pytest.param(lambda path: path.write_bytes(b"\x89PNG"), "no archive", id="a-short-file"),
        pytest.param(foreign, "another program", id="another-programs-database"),
        pytest.param(os.mkfifo, "no file", id="a-pipe"),
    ],
)
def test_what_is_no_archive_is_refused_and_not_touched(tmp_path: Path, make_it: object, words: str) -> None:
    path = tmp_path / "thing"
    make_it(path)  # type: ignore[operator]
    before = path.read_bytes() if path.is_file() else None
    for make in (False, True):
        with pytest.raises(NoSuchArchive, match=words):
            open_archive(path, make=make)
    assert before is None or path.read_bytes() == before
    assert sorted(each.name for each in tmp_path.iterdir()) == ["thing"]


def test_an_empty_file_is_none_yet(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    path.touch()
    with pytest.raises(NoSuchArchive):
        open_archive(path)
    with open_archive(path, make=True) as archive:
        assert archive.info().articles == 0


def test_another_programs_database_on_a_server_is_refused(postgres_server: object) -> None:
    import psycopg

    address = postgres_server.make_database("recipes")  # type: ignore[attr-defined]
    with psycopg.connect(address) as connection:
        connection.execute("CREATE TABLE article (name text)")
    with pytest.raises(NoSuchArchive, match="another program"):
        open_archive(address, make=True)


@pytest.mark.parametrize(
    "change, error, words",
    [
        pytest.param(lambda address: address.replace("/t_missing", "/nowhere"), NoSuchArchive, "createdb", id="no-db"),
        pytest.param(lambda _: "postgresql://sayso@127.0.0.1:1/news", ArchiveBusy, "does not answer", id="no-server"),
        pytest.param(lambda address: address.replace("sayso@", "nobody@"), ArchiveError, "refuses", id="no-such-user"),
    ],
)
def test_a_server_that_will_not(
    postgres_server: object, monkeypatch: pytest.MonkeyPatch, change: object, error: type[Exception], words: str
) -> None:
    monkeypatch.setattr("sayso.archive.stores.base.Store.patience_s", 0.2)
    address = postgres_server.address("t_missing")  # type: ignore[attr-defined]
    with pytest.raises(error, match=words):
        open_archive(change(address), make=True)  # type: ignore[operator]


@pytest.mark.parametrize("where", ["mysql://u@h/d", "postgresql://host", "sqlite://", "sqlite:///:memory:", "x://y"])
def test_an_address_that_cannot_be_one(where: str) -> None:
    with pytest.raises(BadSetting, match="postgresql://USER@HOST/DATABASE"):
        open_archive(where)


def test_where_it_lies_when_nothing_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SAYSO_ARCHIVE", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setattr(sys, "platform", "linux")
    with open_archive(make=True) as archive:
        assert archive.where == str(tmp_path / "sayso" / "archive.db")
    monkeypatch.setenv("SAYSO_ARCHIVE", f"sqlite:///{tmp_path}/other.db")
    with open_archive(make=True) as archive:
        assert archive.where == str(tmp_path / "other.db")
    monkeypatch.setenv("XDG_DATA_HOME", "relative")
    assert opening.default_path() == Path.home() / ".local/share/sayso/archive.db"


def test_a_newer_schema_is_refused(archive: Archive, place: str) -> None:
    with archive.store.writing() as connection:
        connection.execute(text("UPDATE archive_revision SET version_num = '9001'"))
    with pytest.raises(NewerArchive, match=r"9001.*upgrade"):
        open_archive(place)


@contextmanager
def powerless() -> Iterator[None]:
    """As a user to whom the rights of files apply, which they do not to root."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def closed_folder() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="sayso-closed-"))
    filled(folder / "archive.db")
    (folder / "archive.db").chmod(0o444)
    folder.chmod(0o555)
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


def test_an_archive_that_can_only_be_read_is_read(closed_folder: Path) -> None:
    path = closed_folder / "archive.db"
    with powerless(), open_archive(path, make=True) as archive:
        assert archive.article(1) == ARTICLE
        with archive.store.reading() as connection:
            assert archive.store.count(connection, Word(("bridge",))) == 1
        assert any("only be read" in note for note in archive.notes)
        with pytest.raises(ArchiveError, match="only be read"):
            archive.save(ARTICLE, given("other.txt"))
    assert [each.name for each in closed_folder.iterdir()] == ["archive.db"]


def test_a_place_that_may_not_be_written_to(closed_folder: Path) -> None:
    with powerless(), pytest.raises(NoSuchArchive, match="may not be written"):
        open_archive(closed_folder / "new.db", make=True)


@pytest.mark.parametrize(
    "damage, error",
    [
        pytest.param(lambda data: b"\0" * 16 + data[16:], DamagedArchive, id="the-head"),
        pytest.param(lambda data: data[:100] + b"\xff" * 3996 + data[4096:], DamagedArchive, id="the-first-page"),
        pytest.param(lambda data: data[:8192], DamagedArchive, id="cut-off"),
    ],
)
def test_a_damaged_file_is_told_from_none(tmp_path: Path, damage: object, error: type[Exception]) -> None:
    path = filled(tmp_path / "archive.db")
    path.write_bytes(damage(path.read_bytes()))  # type: ignore[operator]
    with pytest.raises(error, match="damaged"), open_archive(path) as archive:
        archive.article(1)


def test_a_damaged_record_is_found(archive: Archive) -> None:
    number = archive.save(ARTICLE, given()).id
    with archive.store.writing() as connection:
        connection.execute(text("UPDATE record SET record = :broken"), {"broken": b"\x01broken"})
    with pytest.raises(DamagedArchive, match="not as it was written"):
        archive.article(number)


def test_a_full_archive_keeps_what_it_has(tmp_path: Path) -> None:
    path = filled(tmp_path / "archive.db")
    with open_archive(path) as archive:
        with archive.store.reading() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        with archive.store.engine.connect() as connection:
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        long = make_article(*(Says("Mara Venn", f"the bridge closes in {year}") for year in range(2000, 2300)))
        with pytest.raises(ArchiveFull, match="Make space"):
            archive.save(long, given("long.txt"))
        assert list(archive.articles()) == [(1, ARTICLE)]
        with archive.store.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA max_page_count = 1000000")
        assert archive.save(long, given("long.txt")).outcome == "added"


def test_an_old_sqlite_writes_the_slower_way_and_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "SOUND_WAL", (99, 0, 0))
    with open_archive(tmp_path / "archive.db", make=True) as archive:
        archive.save(ARTICLE, given())
        assert any("pip install pysqlite3" in note for note in archive.notes)
        with archive.store.reading() as connection:
            assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "delete"


def test_a_much_too_old_sqlite_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "LEAST", (99, 0, 0))
    with pytest.raises(ArchiveError, match="too old"):
        open_archive(tmp_path / "archive.db", make=True)


def test_writing_is_safe_against_a_power_cut(tmp_path: Path) -> None:
    with open_archive(tmp_path / "archive.db", make=True) as archive, archive.store.reading() as connection:
        pragmas = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "application_id")
        }
    assert pragmas == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "application_id": sqlite.APPLICATION,
    }


def test_databases_are_not_imported_before_they_are_needed() -> None:
    code = (
        "import sys, sayso, sayso.archive, sayso.cli; print([m for m in ('sqlalchemy', 'alembic') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
