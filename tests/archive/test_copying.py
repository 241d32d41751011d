"""Copies of an archive, made while others write to it, and archives made of them, on both databases."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from sayso.archive import migrations, open_archive, restore_archive
from sayso.archive.archive import Archive
from sayso.archive.stores.sqlite import SqliteStore
from sayso.errors import ArchiveError, ArchiveFull, DamagedArchive, NewerArchive, NoSuchArchive
from tests.archive.built import given
from tests.archive.filled import ARTICLE, contents, fill, fill_old, news


@pytest.fixture(params=["sqlite", "postgres"])
def other_place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Where an archive may be restored to: on the same database as it was on, and on the other."""
    if request.param == "sqlite":
        yield str(tmp_path / "elsewhere" / "restored.db")
        return
    server = request.getfixturevalue("postgres_server")
    name = f"r{os.urandom(6).hex()}"
    yield server.make_database(name)
    server.drop_database(name)


def test_all_that_was_in_is_in_again(archive: Archive, other_place: str, tmp_path: Path) -> None:
    fill(archive)
    archive.backup(tmp_path / "copy.db")
    with restore_archive(tmp_path / "copy.db", other_place) as restored, open_archive(tmp_path / "copy.db") as copy:
        assert contents(restored) == contents(copy) == contents(archive)
        assert restored.verify() == copy.verify() == []
    assert [each.name for each in tmp_path.glob(".*")] == [], "nothing half done is left"


def test_a_restored_archive_goes_on(archive: Archive, other_place: str, tmp_path: Path) -> None:
    """Ids go on after the last that was ever given, though the row that had it is gone."""
    fill(archive)
    archive.save(news(1, more=", not two"), given("1.html", digest="2" * 64))
    archive.save(ARTICLE, given("wire.txt", digest="3" * 64))
    archive.backup(tmp_path / "copy.db")
    with restore_archive(tmp_path / "copy.db", other_place) as restored:
        for each in (archive, restored):
            assert each.save(news(50), given("50.html")).outcome == "added"
            assert each.save(news(1), given("1.html", digest="4" * 64)).outcome == "new version"
        assert list(restored.statement_ids()) == list(archive.statement_ids())
        assert [number for number, _ in restored.articles()] == [number for number, _ in archive.articles()]
        assert restored.verify() == []


def test_a_backup_while_others_write(archive: Archive, place: str, other_place: str, tmp_path: Path) -> None:
    """Two writers go on meanwhile: each copy is of one moment, whole, and has what was in before it began."""
    failed: list[BaseException] = []
    acknowledged: list[int] = []
    stop = threading.Event()

    def add(first: int) -> None:
        try:
            with open_archive(place) as mine:
                for number in range(first, first + 10_000):
                    if stop.is_set():
                        return
                    mine.save(news(number), given(f"{number}.html"))
                    acknowledged.append(number)
        except BaseException as error:
            failed.append(error)

    writers = [threading.Thread(target=add, args=(first,)) for first in (0, 10_000)]
    for each in writers:
        each.start()
    copies: list[tuple[Path, set[int], int]] = []
    try:
        for turn in range(3):
            while len(acknowledged) < 10 * (turn + 1) and not failed:
                stop.wait(0.01)
            before = set(acknowledged)
            archive.backup(tmp_path / f"{turn}.db")
            copies.append((tmp_path / f"{turn}.db", before, len(acknowledged)))
    finally:
        stop.set()
        for each in writers:
            each.join()
    assert failed == []
    for path, before, after in copies:
        with open_archive(path) as copy:
            kept = {article.url for _, article in copy.articles()}
            assert {f"https://tidewater.example/{number}" for number in before} <= kept
            assert len(kept) <= after + len(writers)
            assert copy.verify() == []
            last = contents(copy)
    with restore_archive(copies[-1][0], other_place) as restored:
        assert contents(restored) == last
        assert restored.verify() == []


def test_what_is_there_already_is_not_touched(archive: Archive, place: str, tmp_path: Path) -> None:
    fill(archive)
    copy = tmp_path / "copy.db"
    archive.backup(copy)
    other = tmp_path / "letter.txt"
    other.write_text("The bridge closes.")
    for taken in (copy, other):
        before = taken.read_bytes()
        with pytest.raises(ArchiveError, match="file already"):
            archive.backup(taken)
        with pytest.raises(ArchiveError, match="file already"):
            restore_archive(copy, taken)
        assert taken.read_bytes() == before
    with pytest.raises(ArchiveError, match="already"):
        restore_archive(copy, place)
    before = contents(archive)
    archive.save(news(60), given("60.html"))
    archive.backup(copy, replace=True)
    with open_archive(copy) as newer:
        assert contents(newer) == contents(archive) != before


@pytest.mark.parametrize(
    "make_it, error, words",
    [
        pytest.param(lambda path: None, NoSuchArchive, "there is none", id="nothing"),
        pytest.param(lambda path: path.mkdir(), NoSuchArchive, "folder", id="a-folder"),
        pytest.param(lambda path: path.write_text("The bridge closes." * 99), NoSuchArchive, "no archive", id="a-text"),
        pytest.param(lambda path: path.write_bytes(b"\0" * 68 + b"says" * 99), NoSuchArchive, "no archive", id="bytes"),
    ],
)
def test_what_is_no_backup_is_refused(tmp_path: Path, make_it: object, error: type[Exception], words: str) -> None:
    source = tmp_path / "copy.db"
    make_it(source)  # type: ignore[operator]
    with pytest.raises(error, match=words):
        restore_archive(source, tmp_path / "archive.db")
    assert not (tmp_path / "archive.db").exists()


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    with open_archive(tmp_path / "made.db", make=True) as archive:
        fill(archive)
        archive.backup(tmp_path / "copy.db")
    return tmp_path / "copy.db"


def test_a_backup_is_only_read(copy: Path, other_place: str) -> None:
    before = copy.read_bytes()
    copy.chmod(0o400)
    restore_archive(copy, other_place).close()
    assert copy.read_bytes() == before
    assert sorted(each.name for each in copy.parent.glob("copy*")) == ["copy.db"]


def test_a_backup_of_an_older_sayso(tmp_path: Path, other_place: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(migrations, "HEAD", "0001")
        with open_archive(tmp_path / "made.db", make=True) as old:
            fill_old(old)
            before = contents(old)
            old.backup(tmp_path / "copy.db")
    data = (tmp_path / "copy.db").read_bytes()
    with restore_archive(tmp_path / "copy.db", other_place) as restored:
        assert restored.info().schema == migrations.HEAD
        assert contents(restored) == before
        assert restored.verify() == []
    assert (tmp_path / "copy.db").read_bytes() == data


def test_a_backup_of_a_newer_sayso(copy: Path, other_place: str) -> None:
    with open_archive(copy) as archive, archive.store.writing() as connection:
        connection.exec_driver_sql("UPDATE archive_revision SET version_num = '9001'")
    with pytest.raises(NewerArchive):
        restore_archive(copy, other_place)
    with pytest.raises(NoSuchArchive):
        open_archive(other_place)


@pytest.mark.parametrize("size", [pytest.param(50, id="of-its-head"), pytest.param(20_000, id="of-the-whole")])
def test_a_backup_that_was_cut_off(copy: Path, other_place: str, size: int) -> None:
    copy.write_bytes(copy.read_bytes()[:size])
    with pytest.raises((DamagedArchive, NoSuchArchive)):
        restore_archive(copy, other_place)
    with pytest.raises(NoSuchArchive):
        open_archive(other_place)


def test_a_copy_that_has_no_space_leaves_nothing(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(archive)

    def full(*_: object, **__: object) -> None:
        raise ArchiveFull("here", "no space is left to write to it")

    monkeypatch.setattr(SqliteStore, "copy_to", full)
    monkeypatch.setattr("sayso.archive.copying._copy_rows", full)
    with pytest.raises(ArchiveFull, match=r"copy\.db.*Make space"):
        archive.backup(tmp_path / "copy.db")
    assert list(tmp_path.glob("*copy*")) == list(tmp_path.glob(".*")) == []


def test_a_folder_that_is_not_there(archive: Archive, tmp_path: Path) -> None:
    with pytest.raises(NoSuchArchive, match="folder"):
        archive.backup(tmp_path / "nowhere" / "copy.db")


def test_a_file_system_without_second_names(archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(archive)
    monkeypatch.setattr(os, "link", lambda *_: (_ for _ in ()).throw(PermissionError(1, "not permitted")))
    archive.backup(tmp_path / "copy.db")
    with open_archive(tmp_path / "copy.db") as copy:
        assert contents(copy) == contents(archive)
    with pytest.raises(ArchiveError, match="already"):
        archive.backup(tmp_path / "copy.db")


def test_a_plain_copy_of_a_closed_archive_is_one_too(copy: Path, other_place: str, tmp_path: Path) -> None:
    shutil.copyfile(copy, tmp_path / "moved.db")
    with restore_archive(tmp_path / "moved.db", other_place) as restored, open_archive(copy) as archive:
        assert contents(restored) == contents(archive)
