from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import sayso
from sayso.archive import open_archive
from sayso.archive.archive import Archive
from sayso.client.remote import RemoteArchive
from sayso.serving import make_app
from tests.api.conftest import kept, own_archive
from tests.serving import serving

__all__ = ["kept", "own_archive"]


@pytest.fixture(scope="session")
def here(kept: Path) -> Iterator[Archive]:
    """The archive, opened as a file."""
    with open_archive(kept) as archive:
        yield archive


@pytest.fixture(scope="session")
def there(here: Archive) -> Iterator[RemoteArchive]:
    """The same, behind a server."""
    with serving(make_app(here, desk=False)) as address, sayso.connect(address) as archive:
        yield archive


@pytest.fixture
def own(own_archive: Archive) -> Iterator[RemoteArchive]:
    """A copy of it behind a server, for a test that changes it."""
    with serving(make_app(own_archive, desk=False)) as address, sayso.connect(address) as archive:
        yield archive
