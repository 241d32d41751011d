"""What takes long to make, made once for all processes of pytest-xdist that run the tests."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

WAIT_S = 300


def made_once(folders: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """A file of this name that `make` wrote, in whichever process came first; nobody writes to it afterwards."""
    alone = "PYTEST_XDIST_WORKER" not in os.environ
    folder = folders.getbasetemp() if alone else folders.getbasetemp().parent
    path, begun, failed = (folder / each for each in (name, f"{name}.begun", f"{name}.failed"))
    try:
        begun.touch(exist_ok=False)
    except FileExistsError:
        until = time.monotonic() + WAIT_S
        while not path.exists():
            assert not failed.exists(), f"{name} could not be made in another process"
            assert time.monotonic() < until, f"the process that makes {name} has not come to an end"
            time.sleep(0.1)
        return path
    try:
        make(folder / f"making-{name}")
        (folder / f"making-{name}").rename(path)
    except BaseException:
        failed.touch()
        raise
    return path
