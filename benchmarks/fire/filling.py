"""No space left at random places: a clear error, what was in stays readable, and adding goes on when space is made.

On Linux as root on a small file system in memory that is really full, journal, shared memory and all; elsewhere, and
in the tests, by the limit that a process has for the size of its files (RLIMIT_FSIZE), which meets the archive's own
file and its log, but not the making of small new files.
"""

from __future__ import annotations

import json
import os
import random
import resource
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Protocol

from benchmarks.fire.killing import all_of, started
from benchmarks.fire.material import Place, add, faults_of, places
from sayso.archive import open_archive
from sayso.archive.archive import Archive
from sayso.errors import ArchiveError, ArchiveFull

KEPT = 10
"""Articles that are in beforehand, in four of five places; in the fifth the archive is still to be made."""
ARTICLES = 40
MOST_ROOM = 900_000
"""Bytes that are left at the most: what all the articles take, and some of the log."""
DISK_BYTES = 64 << 20


class Disk(Protocol):
    """Where space can be taken away and given back."""

    folder: Path

    def leave(self, room: int) -> None: ...

    def free(self) -> None: ...


class Limited:
    """Files of a process may not grow beyond a size."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def leave(self, room: int) -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, resource.RLIM_INFINITY))

    def free(self) -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))


class Small:
    """A file system of its own, with a file in it that takes all but some room."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.filler = folder / "filler"

    def leave(self, room: int) -> None:
        free = shutil.disk_usage(self.folder).free
        with self.filler.open("wb") as file:
            os.posix_fallocate(file.fileno(), 0, max(free - room, 1))

    def free(self) -> None:
        self.filler.unlink(missing_ok=True)


@contextmanager
def small_disk(folder: Path) -> Iterator[Path | None]:
    """A small file system in memory; None where we may not make one."""
    at = folder / "disk"
    at.mkdir()
    try:
        made = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={DISK_BYTES}", "tmpfs", str(at)], capture_output=True, check=False
        )
        done = made.returncode == 0
    except OSError:
        done = False
    try:
        yield at if done else None
    finally:
        if done:
            subprocess.run(["umount", "-l", str(at)], check=False)


def disk(folder: Path, *, times: int, seed: int, by_limit: bool = False) -> dict[str, Any]:
    """Figures of so many places at which no space was left."""
    chance = random.Random(seed)
    before = folder / "before.db"
    with open_archive(before, make=True) as archive:
        for _ in add(archive, places(range(KEPT))):
            pass
    with small_disk(folder) as small:
        on = folder / "limited" if by_limit or small is None else small
        on.mkdir(exist_ok=True)
        result: dict[str, Any] = {
            "places": 0,
            "by": "a full file system" if on is small else "the largest size of a file",
            "errors": Counter(),
            "acknowledged_before": 0,
            "in_after": 0,
            "faults": [],
        }
        while result["places"] < times:
            room = chance.randrange(0, MOST_ROOM)
            start = None if result["places"] % 5 == 4 else before
            disk_of: Callable[[Path], Disk] = Small if on is small else Limited
            seen = in_a_process(lambda: _fill(disk_of(on), start, room))  # noqa: B023
            for each in on.iterdir():
                each.unlink()
            if seen.get("error") is None and not seen["faults"]:
                continue  # All had room.
            result["places"] += 1
            result["errors"][str(seen.get("error"))] += 1
            result["acknowledged_before"] += seen.get("told", 0)
            result["in_after"] += seen.get("after", 0)
            result["faults"] += [f"with {room} bytes left: {fault}" for fault in seen["faults"]]
    return result


def _fill(to: Disk, start: Path | None, room: int) -> dict[str, Any]:
    where = to.folder / "archive.db"
    told: set[Place] = set()
    begun = set(places(range(ARTICLES)))
    faults: list[str] = []
    if start is not None:
        shutil.copyfile(start, where)
        told = set(places(range(KEPT)))
    kept = len(told)
    to.leave(room)
    archive: Archive | None = None
    error: ArchiveError | None = None
    try:
        archive = open_archive(where, make=True)
        for place in add(archive, places(range(KEPT, ARTICLES))):
            told.add(place)
    except ArchiveError as full:
        error = full
    if error is not None:
        if not isinstance(error, ArchiveFull):
            faults.append(f"told as {type(error).__name__}: {error}")
        if archive is not None:
            faults += [f"while full: {fault}" for fault in faults_of(archive, told, begun)]
        faults += [f"opened while full: {fault}" for fault in _read_anew(where, told, begun)]
    to.free()
    if archive is not None and archive.store.read_only:
        # It was opened when there was no space even for that.
        archive.close()
        archive = None
    with archive or open_archive(where, make=True) as again:
        for place in add(again, places(range(ARTICLES))):
            told.add(place)
        faults += [f"with space again: {fault}" for fault in faults_of(again, told, begun)]
        if again.info().articles != ARTICLES:
            faults.append(f"with space again: {again.info().articles} articles in, not {ARTICLES}")
    return {
        "error": type(error).__name__ if error else None,
        "told": kept,
        "after": len(told),
        "faults": faults,
    }


def _read_anew(where: Path, told: set[Place], begun: set[Place]) -> list[str]:
    if not told:
        return []
    try:
        with open_archive(where) as archive:
            return faults_of(archive, told, begun)
    except ArchiveError as error:
        return [f"{type(error).__name__}: {error}"]


def in_a_process(act: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """What came of it in a process of its own, which may be killed by what it does."""

    def tell(out: int) -> None:
        found = json.dumps(act()).encode()
        with os.fdopen(out, "wb") as file:
            file.write(found)

    child, into = started(tell)
    data = b"".join(all_of(into))
    os.close(into)
    status = os.waitpid(child, 0)[1]
    with suppress(ValueError):
        found: dict[str, Any] = json.loads(data)
        return found
    return {"error": "none: the process ended", "faults": [f"the process ended ({status})"]}
