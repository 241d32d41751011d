"""A server that goes away in the middle and comes back: what was acknowledged is in, once."""

from __future__ import annotations

import contextlib
import threading
import time
import uuid
from collections.abc import Iterator

import psycopg
import pytest
from sqlalchemy import Connection, func, select, text

from sayso.archive import open_archive, schema
from sayso.archive.archive import Archive
from sayso.archive.matching import EVERYTHING
from sayso.errors import ArchiveBusy
from tests.archive import postgres
from tests.archive.built import Says, given, make_article
from tests.archive.conftest import NONE_HERE
from tests.archive.keeping.test_writers import article_of


@pytest.fixture(scope="module")
def server() -> Iterator[postgres.Server]:
    if postgres.binaries() is None:
        pytest.skip(NONE_HERE)
    # Of what is killed the kernel keeps all that was written; only a power cut needs fsync.
    made = postgres.Server(settings=("fsync=off",))
    yield made
    made.stop()


@pytest.fixture
def archive(server: postgres.Server) -> Iterator[Archive]:
    address = server.make_database(f"t{uuid.uuid4().hex[:12]}")
    with open_archive(address, make=True) as made:
        yield made


def cut(archive: Archive) -> None:
    """Cuts all connections to an archive, as a server that goes away does."""
    with psycopg.connect(server_of(archive), autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = %s", [name(archive)]
        )


def name(archive: Archive) -> str:
    return archive.where.rsplit("/", maxsplit=1)[1]


def server_of(archive: Archive) -> str:
    return archive.where.rsplit("/", maxsplit=1)[0] + "/postgres"


def test_a_cut_connection_is_made_anew(archive: Archive) -> None:
    archive.save(article_of(1), given("1.txt"))
    cut(archive)
    assert archive.save(article_of(2), given("2.txt")).outcome == "added"
    cut(archive)
    assert [number for number, _ in archive.articles()] == [1, 2]


def test_a_transaction_that_is_cut_in_the_middle_is_run_again(archive: Archive) -> None:
    tries = []

    def act(connection: Connection) -> int:
        tries.append(1)
        connection.execute(text("INSERT INTO outlet (name) VALUES ('The Tidewater Courier')"))
        if len(tries) == 1:
            cut(archive)
        return int(connection.execute(text("SELECT count(*) FROM outlet")).scalar_one())

    assert archive.store.write(act) == 1
    assert len(tries) == 2


@pytest.mark.parametrize(
    "committed", [pytest.param(True, id="the-answer-was-lost"), pytest.param(False, id="the-request-was-lost")]
)
def test_a_commit_without_an_answer_is_looked_up(
    archive: Archive, monkeypatch: pytest.MonkeyPatch, committed: bool
) -> None:
    dialect = archive.store.engine.dialect
    commit = dialect.do_commit
    lost: list[int] = []

    def lose(connection: object) -> None:
        if lost:
            commit(connection)  # type: ignore[arg-type]
            return
        lost.append(1)
        if committed:
            commit(connection)  # type: ignore[arg-type]
        cut(archive)
        commit(connection)  # type: ignore[arg-type]
        raise psycopg.OperationalError("server closed the connection unexpectedly")

    tries = []

    def act(connection: Connection) -> None:
        tries.append(1)
        connection.execute(text("INSERT INTO outlet (name) VALUES (:name)"), {"name": f"Outlet {len(tries)}"})

    monkeypatch.setattr(dialect, "do_commit", lose)
    archive.store.write(act)
    monkeypatch.undo()
    with archive.store.reading() as connection:
        names = list(connection.scalars(select(schema.outlet.c.name)))
    assert names == ["Outlet 1" if committed else "Outlet 2"]


def test_a_number_that_a_crash_gave_to_another_transaction_is_not_ours(
    archive: Archive, server: postgres.Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """COMMIT never reached the server, which crashed; another one writes meanwhile: ours is not in, and comes in."""
    archive.save(article_of(1), given("1.txt"))
    dialect = archive.store.engine.dialect
    commit = dialect.do_commit
    lost: list[int] = []

    def lose(connection: object) -> None:
        if lost:
            commit(connection)  # type: ignore[arg-type]
            return
        lost.append(1)
        server.kill()
        server.start()
        with open_archive(archive.where) as other:
            other.save(article_of(2), given("2.txt"))
        commit(connection)  # type: ignore[arg-type]

    monkeypatch.setattr(dialect, "do_commit", lose)
    assert archive.save(article_of(3), given("3.txt")).outcome == "added"
    monkeypatch.undo()
    assert {kept.url for _, kept in archive.articles()} == {f"https://tidewater.example/{each}" for each in (1, 2, 3)}


def test_what_writers_sign_with_is_gone_when_they_are(archive: Archive) -> None:
    def signed() -> int:
        with archive.store.reading() as connection:
            count = "SELECT count(*) FROM about_archive WHERE name LIKE 'writer %'"
            return int(connection.execute(text(count)).scalar_one())

    before = signed()
    with open_archive(archive.where) as other:
        for number in range(3):
            other.save(article_of(number), given(f"{number}.txt"))
        assert signed() == before + 1
    assert signed() == before
    with archive.store.writing() as connection:
        connection.execute(text("INSERT INTO about_archive VALUES ('writer x', '2020-01-01T00:00:00')"))
    with open_archive(archive.where) as other:
        other.save(article_of(4), given("4.txt"))
    assert signed() == before, "one of a writer that was killed long ago"


def test_a_server_that_stays_away_is_told_of(server: postgres.Server, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_archive(server.make_database("away"), make=True) as archive:
        archive.save(article_of(1), given("1.txt"))
        monkeypatch.setattr(archive.store, "patience_away_s", 1.0)
        server.kill()
        try:
            with pytest.raises(ArchiveBusy, match="try again"):
                archive.save(article_of(2), given("2.txt"))
            with pytest.raises(ArchiveBusy):
                archive.article(1)
        finally:
            server.start()
        assert archive.save(article_of(2), given("2.txt")).outcome == "added"
        assert archive.article(1) == article_of(1)


def test_writers_go_on_when_the_server_is_killed_and_started_again(server: postgres.Server) -> None:
    """A short form of the long test under benchmarks: three kills, three writers."""
    archives = [open_archive(server.make_database("killed"), make=True)]
    archives += [open_archive(server.address("killed")) for _ in range(2)]
    acknowledged: list[int] = []
    failed: list[BaseException] = []
    stop = threading.Event()

    def add(archive: Archive, first: int) -> None:
        for number in range(first, first + 100_000):
            if stop.is_set():
                return
            try:
                archive.save(article_of(number), given(f"{number}.txt"))
            except BaseException as error:
                failed.append(error)
                return
            acknowledged.append(number)

    threads = [threading.Thread(target=add, args=(each, at * 100_000)) for at, each in enumerate(archives)]
    for each in threads:
        each.start()
    for _ in range(3):
        before = len(acknowledged)
        until = time.monotonic() + 30
        while len(acknowledged) < before + 5 and not failed and time.monotonic() < until:
            time.sleep(0.02)
        server.kill()
        server.start()
    stop.set()
    for each in threads:
        each.join()
    assert failed == []
    kept = {article.url: number for number, article in archives[0].articles()}
    assert {f"https://tidewater.example/{number}" for number in acknowledged} <= set(kept)
    with archives[0].store.reading() as connection:
        total = connection.scalar(select(func.count()).select_from(schema.article))
        assert total == len(kept) <= len(acknowledged) + len(threads)
        assert archives[0].store.count(connection, EVERYTHING) == 2 * len(kept)
    for archive in archives:
        with contextlib.suppress(ArchiveBusy):
            archive.close()


def test_many_names_with_quotes_and_backslashes_are_no_sql(archive: Archive) -> None:
    made = make_article(Says("O'Mara \\ Venn", "it's a 'bridge' \\ a \\'pier\\'"), outlet="L'Écho \\'")
    assert archive.article(archive.save(made, given()).id) == made
