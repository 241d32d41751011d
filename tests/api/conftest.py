"""A real server on a small real archive: the shipped coverage of one news conference, read by the real model."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from sayso.archive import open_archive
from sayso.archive.archive import Archive
from sayso.serving import make_app
from tests.api.archived import make
from tests.serving import serving
from tests.sharing import made_once


class Asking:
    """Asks a server: `asking.get("/info")`, under /api/v1."""

    def __init__(self, address: str, token: str | None = None) -> None:
        self.address = address
        self.session = requests.Session()
        if token:
            self.session.headers["Authorization"] = f"Bearer {token}"

    def __call__(self, method: str, path: str, **how: object) -> requests.Response:
        base = "" if path.startswith("/api/") else "/api/v1"
        return self.session.request(method, f"{self.address}{base}{path}", timeout=60, **how)  # type: ignore[arg-type]

    def get(self, path: str, **how: object) -> requests.Response:
        return self("GET", path, **how)

    def post(self, path: str, **how: object) -> requests.Response:
        return self("POST", path, **how)

    def ended(self, answer: requests.Response) -> dict[str, object]:
        """The job that an answer tells of, when it has ended."""
        assert answer.status_code == 202, answer.text
        until = time.monotonic() + 60
        while time.monotonic() < until:
            job: dict[str, object] = self.get(answer.headers["Location"]).json()
            if job["ended_at"]:
                return job
            time.sleep(0.05)
        raise AssertionError(f"still at work: {job}")


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The archive; nobody writes to it."""
    return made_once(tmp_path_factory, "api.db", make)


@pytest.fixture
def own_archive(kept: Path, tmp_path: Path) -> Iterator[Archive]:
    """A copy of it, for a test that changes it."""
    copy = tmp_path / "own.db"
    shutil.copy(kept, copy)
    with open_archive(copy) as archive:
        yield archive


@pytest.fixture(scope="session")
def address(kept: Path) -> Iterator[str]:
    """Where a server on the archive is, for tests that only look."""
    with open_archive(kept) as archive, serving(make_app(archive, desk=False)) as at:
        yield at


@pytest.fixture
def asking(address: str) -> Asking:
    """Asks that server."""
    return Asking(address)


@pytest.fixture
def changing(own_archive: Archive) -> Iterator[Asking]:
    """Asks a server on a copy of the archive."""
    with serving(make_app(own_archive, desk=False)) as at:
        yield Asking(at)
