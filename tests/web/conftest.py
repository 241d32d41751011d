from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from sayso.archive import open_archive
from sayso.archive.accounts import passwords
from tests.archive.accounts.conftest import QUICK
from tests.web.access import Guarded


@pytest.fixture(scope="module")
def quick_hashes() -> Iterator[None]:
    """Hashes of the same kind that take no time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_HASHER", QUICK)
        passwords._of_nobody.cache_clear()
        yield


@pytest.fixture(scope="module")
def guarded(quick_hashes: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Guarded]:
    """An archive with a user of each role, for the tests of a file that leave it as it is."""
    with open_archive(tmp_path_factory.mktemp("guarded") / "guarded.db", make=True) as archive:
        yield Guarded(archive)


@pytest.fixture
def own(quick_hashes: None, tmp_path: Path) -> Iterator[Guarded]:
    """One of a test's own, with a server that has counted nothing yet."""
    with open_archive(tmp_path / "own.db", make=True) as archive:
        yield Guarded(archive)


@pytest.fixture
def client(guarded: Guarded) -> TestClient:
    """A client of a server in which users sign in, as nobody yet."""
    return guarded.client()
