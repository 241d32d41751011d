"""Looking through an archive finds each of many damages, on both databases, and nothing in one that is sound."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, text

from sayso.archive import open_archive
from sayso.archive.archive import Archive
from sayso.archive.keeping import packing
from sayso.archive.stores.base import IndexRow, Store
from sayso.archive.verifying import MOST, faults_in
from sayso.documents import Article
from tests.archive.built import given
from tests.archive.filled import fill, news

Act = Callable[[Store, Connection], object]
STATEMENT = "(SELECT min(id) FROM statement WHERE others IS NULL)"
NEWEST = "(SELECT max(id) FROM version WHERE newest)"
OLD = "(SELECT min(id) FROM version WHERE NOT newest)"


def run(*lines: str) -> Act:
    """Rows changed by hand."""

    def act(_: Store, connection: Connection) -> None:
        for line in lines:
            assert connection.execute(text(line)).rowcount, f"nothing to damage: {line}"

    return act


def one(connection: Connection, line: str) -> Any:
    return connection.execute(text(line)).one()


def flipped(table: str, key: str, column: str, where: str = "1 = 1") -> Act:
    """Bytes changed in the middle of a packed record."""

    def act(_: Store, connection: Connection) -> None:
        row = one(connection, f"SELECT {key}, {column} FROM {table} WHERE {where} ORDER BY {key} LIMIT 1")
        data = bytearray(row[1])
        data[len(data) // 2] ^= 0x10
        line = f"UPDATE {table} SET {column} = :data WHERE {key} = :number"
        connection.execute(text(line), {"data": bytes(data), "number": row[0]})

    return act


def other_record(_: Store, connection: Connection) -> None:
    """A record that can be read, of another article."""
    packed, _source = packing.pack(news(99))
    connection.execute(text(f"UPDATE record SET record = :data WHERE version_id = {NEWEST}"), {"data": packed})


def empty_record(_: Store, connection: Connection) -> None:
    data = packing.FORM + zlib.compress(b"[]")
    connection.execute(text(f"UPDATE record SET record = :data WHERE version_id = {NEWEST}"), {"data": data})


def indexed(words: str, keys: tuple[str, ...], *, number: str = STATEMENT, twice: bool = False) -> Act:
    """Another entry in the index of words, in place of the one that is there or beside it."""

    def act(store: Store, connection: Connection) -> None:
        row = one(connection, f"SELECT {number}")[0]
        if not twice:
            store.unindex_words(connection, [row])
        store.index_words(connection, [IndexRow(row, words.split(), keys)])

    return act


def unindexed(store: Store, connection: Connection) -> None:
    store.unindex_words(connection, [one(connection, f"SELECT {STATEMENT}")[0]])


def words_swapped(store: Store, connection: Connection) -> None:
    """The same words and keys in another order."""
    from sayso.archive.indexing import rows_of

    (row,) = rows_of(connection, [one(connection, f"SELECT {STATEMENT}")[0]])
    store.unindex_words(connection, [row.id])
    words = [*row.words[1:], row.words[0]]
    store.index_words(connection, [IndexRow(row.id, words, row.keys)])


def transcript_unindexed(store: Store, connection: Connection) -> None:
    store.unindex_transcript_words(connection, [one(connection, "SELECT max(id) FROM transcript WHERE newest")[0]])


def transcript_indexed(store: Store, connection: Connection) -> None:
    number = one(connection, "SELECT min(id) FROM transcript WHERE NOT newest")[0]
    store.index_transcript_words(connection, [IndexRow(number, ["bridge"], ("all",))])


DAMAGES = [
    pytest.param(flipped("record", "version_id", "record"), "record is not as it was written", id="record-flipped"),
    pytest.param(
        flipped("record", "version_id", "source", "source IS NOT NULL"), "record is not as it was", id="source-flipped"
    ),
    pytest.param(other_record, "not what its record has", id="record-of-another"),
    pytest.param(empty_record, "record is not as it was written", id="record-empty"),
    pytest.param(run(f"DELETE FROM record WHERE version_id = {NEWEST}"), "has no record", id="record-gone"),
    pytest.param(run(f"DELETE FROM record WHERE version_id = {OLD}"), "has no record", id="record-of-old-version-gone"),
    pytest.param(run(f"UPDATE statement SET text = 'it rains' WHERE id = {STATEMENT}"), "not as its record", id="text"),
    pytest.param(run(f"UPDATE statement SET marks = 0 WHERE id = {STATEMENT}"), "not as its record", id="marks"),
    pytest.param(run(f"UPDATE statement SET said_day = 3 WHERE id = {STATEMENT}"), "not as its record", id="day"),
    pytest.param(run(f"UPDATE statement SET local = 'st9' WHERE id = {STATEMENT}"), "st9|others", id="local-id"),
    pytest.param(
        run(f"UPDATE statement SET outer_id = {STATEMENT} WHERE id = {STATEMENT}"), "not as its record", id="outer"
    ),
    pytest.param(
        run(f"UPDATE statement SET outer_id = 9999 WHERE id = {STATEMENT}"), "outer_id 9999 is not", id="outer-gone"
    ),
    pytest.param(
        run("UPDATE statement SET speaker_id = (SELECT max(id) FROM speaker) WHERE id = 2"),
        "not as its record",
        id="another-speaker",
    ),
    pytest.param(
        run("UPDATE statement SET outlet_id = (SELECT max(id) FROM outlet) WHERE id = 2"),
        "not as its record",
        id="another-outlet",
    ),
    pytest.param(
        run("DELETE FROM about WHERE statement_id = 2", "DELETE FROM relation WHERE to_id = 2 OR from_id = 2"),
        "relations between its statements",
        id="relation-gone",
    ),
    pytest.param(run("DELETE FROM about WHERE statement_id = 2"), "not as its record", id="about-gone"),
    pytest.param(run("UPDATE relation SET kind = 'repeats'"), "relations between", id="relation-of-another-kind"),
    pytest.param(run("DELETE FROM verdict"), "verdicts are not", id="verdicts-gone"),
    pytest.param(run("UPDATE verdict SET value = 'verbatim'"), "verdicts are not", id="verdict-changed"),
    pytest.param(run(f"DELETE FROM appearance WHERE version_id = {NEWEST}"), "speakers are not", id="appearances-gone"),
    pytest.param(
        run(f"UPDATE appearance SET name = 'Mara Vend' WHERE version_id = {NEWEST} AND name = 'Mara Venn'"),
        "speakers are not",
        id="name-changed",
    ),
    pytest.param(
        run(f"UPDATE appearance SET found_id = 9999 WHERE version_id = {NEWEST}"), "found_id 9999", id="found-gone"
    ),
    pytest.param(run(f"DELETE FROM gist WHERE version_id = {NEWEST}"), "no gists", id="gists-gone"),
    pytest.param(flipped("gist", "version_id", "codes"), "gists are not those", id="gist-flipped"),
    pytest.param(
        run(f"UPDATE gist SET first_statement = 1 WHERE version_id = {NEWEST}"),
        "gists are not told",
        id="gists-of-others",
    ),
    pytest.param(unindexed, "is not in the search index", id="words-gone"),
    pytest.param(words_swapped, "other words or keys", id="words-in-another-order"),
    pytest.param(indexed("it rains", ("all",)), "other words or keys", id="words-of-another"),
    pytest.param(indexed("it rains", ("all",), number="9999", twice=True), "but there is none", id="words-of-none"),
    pytest.param(transcript_unindexed, "transcript 3: it is not in the", id="transcript-not-indexed"),
    pytest.param(transcript_indexed, "but there is none", id="old-transcript-indexed"),
    pytest.param(flipped("transcript", "id", "record"), "transcript 1: its record", id="transcript-flipped"),
    pytest.param(run("UPDATE transcript SET words = 3 WHERE id = 1"), "transcript 1: what is", id="transcript-words"),
    pytest.param(run(f"UPDATE version SET newest = false WHERE id = {NEWEST}"), "0 newest", id="no-newest-version"),
    pytest.param(run(f"UPDATE version SET newest = true WHERE id = {OLD}"), "2 newest", id="two-newest-versions"),
    pytest.param(
        run(
            "UPDATE version SET newest = NOT newest WHERE article_id = (SELECT max(article_id) FROM version"
            " WHERE number = 2)"
        ),
        "do not follow",
        id="an-older-version-in-force",
    ),
    pytest.param(run(f"UPDATE version SET number = 7 WHERE id = {NEWEST}"), "do not follow", id="version-number"),
    pytest.param(run(f"UPDATE version SET headline = 'Rain' WHERE id = {NEWEST}"), "headline", id="headline"),
    pytest.param(run(f"UPDATE version SET published_day = 3 WHERE id = {OLD}"), "published_day", id="old-version-day"),
    pytest.param(flipped("version", "id", "signature"), "signature", id="signature-flipped"),
    pytest.param(run("UPDATE article SET url = 'https://tidewater.example/x' WHERE id = 2"), "url", id="url-changed"),
    pytest.param(
        run("UPDATE article SET key = 'url:https://tidewater.example/x' WHERE id = 2"), "key", id="key-changed"
    ),
    pytest.param(run("UPDATE outlet SET name = 'The Rainy Day' WHERE id = 1"), "outlet is not", id="outlet-renamed"),
    pytest.param(run("UPDATE article SET added_at = 'yesterday' WHERE id = 1"), "another time", id="time-changed"),
    pytest.param(run("UPDATE origin SET at = 'yesterday' WHERE id = 1"), "no time", id="no-time"),
    pytest.param(run("UPDATE origin SET article_id = NULL WHERE id = 1"), "no article", id="origin-of-nothing"),
    pytest.param(
        run("UPDATE origin SET article_id = NULL, transcript_id = 99 WHERE id = 1"),
        "transcript_id 99",
        id="origin-lost",
    ),
    pytest.param(run("UPDATE feed SET seen = '[['"), "sources and feeds cannot", id="feed-of-no-json"),
    pytest.param(run("DELETE FROM about_archive WHERE name = 'uuid'"), "uuid", id="uuid-gone"),
    pytest.param(run("DELETE FROM speaker_key WHERE key LIKE 'into:%'"), "follow", id="merge-forgotten"),
    pytest.param(run("DELETE FROM speaker_key WHERE key LIKE 'apart:%'"), "does not follow", id="apart-forgotten"),
    pytest.param(run("DELETE FROM decision WHERE kind = 'merge'"), "decision", id="decision-gone"),
    pytest.param(run("UPDATE decision SET undone_by = 1 WHERE kind = 'split'"), "did not undo", id="undone-by-none"),
    pytest.param(
        run("UPDATE decision SET speakers = '[98, 99]' WHERE kind = 'merge'"), "speaker 9", id="whose-decision"
    ),
    pytest.param(run("UPDATE decision SET moves = 'all' WHERE id = 1"), "decisions about", id="decision-of-no-json"),
    pytest.param(
        run("INSERT INTO speaker_key (key, speaker_id) VALUES ('into:1:1', 1)"), "into itself", id="merged-into-itself"
    ),
]


@pytest.fixture
def filled(archive: Archive) -> Archive:
    fill(archive)
    return archive


def test_one_that_is_sound(filled: Archive) -> None:
    assert filled.verify() == []


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def kept(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """An archive that stays as it is: what is damaged in it is damaged in a transaction that is undone."""
    where = tmp_path_factory.mktemp("kept") / "archive.db"
    if request.param == "postgres":
        where = request.getfixturevalue("postgres_server").make_database("kept")
    with open_archive(where, make=True) as archive:
        fill(archive)
        yield archive


@contextmanager
def damaged(archive: Archive, *, unguarded: bool = False) -> Iterator[Connection]:
    """A transaction in which things may be damaged; `unguarded` ones against the database's own rules too."""
    with archive.store.engine.connect() as connection:
        if unguarded and archive.store.kind == "sqlite":
            connection.connection.driver_connection.execute("PRAGMA foreign_keys = OFF")  # type: ignore[union-attr]
        with connection.begin() as transaction:
            if unguarded and archive.store.kind == "postgres":
                connection.execute(text("SET LOCAL session_replication_role = replica"))
            yield connection
            transaction.rollback()
        connection.invalidate()


@pytest.mark.parametrize("damage, words", DAMAGES)
def test_a_damage_is_found(kept: Archive, damage: Act, words: str) -> None:
    with damaged(kept) as connection:
        damage(kept.store, connection)
        found = faults_in(kept.store, connection)
    assert any(part in line for line in found for part in words.split("|")), found


@pytest.mark.parametrize("table", ["article", "version", "speaker", "statement", "outlet", "transcript"])
def test_rows_that_others_point_to_are_missed(kept: Archive, table: str) -> None:
    """As after pages of a table were lost: nothing keeps the database from it then."""
    with damaged(kept, unguarded=True) as connection:
        assert connection.execute(text(f"DELETE FROM {table} WHERE id = 2")).rowcount == 1
        found = faults_in(kept.store, connection)
    assert any("is not there" in line for line in found), found


def test_what_was_damaged_so_is_sound_again(kept: Archive) -> None:
    assert kept.verify() == []


def test_many_faults_of_one_kind_are_counted(archive: Archive) -> None:
    for number in range(4):
        archive.save(news(number, statements=30), given(f"{number}.html"))
    with archive.store.writing() as connection:
        archive.store.unindex_words(connection, list(range(1, 200)))
    found = archive.verify()
    assert len(found) == MOST + 1
    assert found[-1] == f"the search index: {120 - MOST} faults more like these"


def test_a_table_that_is_gone_keeps_no_other_check_from_being_made(filled: Archive) -> None:
    with filled.store.writing() as connection:
        connection.execute(text("DROP TABLE about"))
        unindexed(filled.store, connection)
    found = filled.verify()
    assert sum("cannot be looked through" in line for line in found) >= 2
    with filled.store.writing() as connection:
        connection.execute(text("DELETE FROM about_archive"))
    assert any("made_by" in line for line in filled.verify())


def test_it_looks_at_one_state_while_others_write(filled: Archive, place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """An article that comes in between two checks is a fault to neither."""
    from sayso.archive import comparing

    real = comparing.gist_codes
    numbers = iter(range(100, 200))

    def meanwhile(texts: list[str]) -> Any:
        number = next(numbers)
        with open_archive(place) as other:
            other.save(news(number), given(f"{number}.html"))
        return real(texts)

    monkeypatch.setattr(comparing, "gist_codes", meanwhile)
    assert filled.verify() == []
    monkeypatch.undo()
    assert filled.info().articles > 7
    assert filled.verify() == []


def test_pages_of_the_file_itself(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    with open_archive(path, make=True) as archive:
        fill(archive)
    data = bytearray(path.read_bytes())
    with open_archive(path) as archive, archive.store.reading() as connection:
        size = int(connection.exec_driver_sql("PRAGMA page_size").scalar_one())
        where = "SELECT rootpage FROM sqlite_master WHERE name = 'ix_statement_version_id'"
        page = int(connection.exec_driver_sql(where).scalar_one())
    data[page * size - 8 : page * size] = b"\xff" * 8
    path.write_bytes(data)
    with open_archive(path) as archive:
        assert any("its file is damaged" in line for line in archive.verify())


def test_a_record_of_an_older_form_is_as_good(filled: Archive) -> None:
    """What is compared is what it says, not its bytes."""
    with filled.store.writing() as connection:
        row = one(connection, f"SELECT version_id, record FROM record WHERE version_id = {NEWEST}")
        found = packing.unpack(Article, row.record, None)
        level = packing.LEVEL
        packing.LEVEL = 1
        try:
            data, _ = packing.pack(found)
        finally:
            packing.LEVEL = level
        assert data != row.record
        connection.execute(
            text("UPDATE record SET record = :data WHERE version_id = :number"),
            {"data": data, "number": row.version_id},
        )
    assert filled.verify() == []
