"""A process that adds, killed at random moments: nothing acknowledged is lost, nothing is halved, adding goes on."""

from __future__ import annotations

import fcntl
import os
import random
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.fire.material import Place, acknowledged, add, faults_of, places
from sayso.archive import open_archive

ARTICLES = 60
LONGEST_S = 1.0


def kill(folder: Path, *, times: int, seed: int) -> dict[str, Any]:
    """Figures of so many kills; `faults` are those that were found after them."""
    chance = random.Random(seed)
    result: dict[str, Any] = {"kills": 0, "acknowledged": 0, "in_unacknowledged": 0, "archives": 0, "faults": []}
    while result["kills"] < times:
        where = folder / f"{result['archives']}.db"
        todo = places(range(ARTICLES))
        told: set[Place] = set()
        while True:
            left = times - result["kills"]
            wait_s = chance.uniform(0, LONGEST_S) if left else None
            more, killed = run_and_kill(partial(_add_all, where, todo), wait_s)
            result["kills"] += killed
            told |= more
            if where.exists() and where.stat().st_size:
                with open_archive(where, make=True) as archive:
                    result["faults"] += faults_of(archive, told, set(todo))
                    result["in_unacknowledged"] += archive.info().versions - len(told)
            elif told:
                result["faults"].append("the file is gone")
            if not killed:
                break
        result["acknowledged"] += len(told)
        result["archives"] += 1
        result["faults"] += [f"{place} was never completed" for place in sorted(set(todo) - told)]
        with open_archive(where) as archive:
            if archive.info().articles != ARTICLES:
                result["faults"].append(f"{archive.info().articles} articles in, not {ARTICLES}")
        where.unlink()
    return result


def _add_all(where: Path, todo: Sequence[Place], out: int) -> None:
    with open_archive(where, make=True) as archive:
        for _ in add(archive, todo, acknowledge=out):
            pass


def run_and_kill(act: Callable[[int], None], wait_s: float | None) -> tuple[set[Place], bool]:
    """What a process told before it was killed, after that time, and whether it was; None lets it come to its end."""
    child, into = started(act)
    if wait_s is not None:
        time.sleep(wait_s)
        os.kill(child, signal.SIGKILL)
    data = b"".join(all_of(into))
    os.close(into)
    status = os.waitpid(child, 0)[1]
    killed = os.WIFSIGNALED(status)
    if not killed and os.WEXITSTATUS(status):
        raise RuntimeError(f"a writer failed by itself ({os.WEXITSTATUS(status)})")
    return acknowledged(data), killed


def started(act: Callable[[int], None]) -> tuple[int, int]:
    """A process that does something, and where it can be heard.

    It is forked, as to import all that it needs would take longer than to add a hundred articles.
    """
    into, out = os.pipe()
    with suppress(AttributeError, OSError):
        # Nobody may listen before the end.
        fcntl.fcntl(out, fcntl.F_SETPIPE_SZ, 1 << 20)
    child = os.fork()
    if child == 0:
        status = 1
        try:
            os.close(into)
            act(out)
            status = 0
        except BaseException as error:
            os.write(2, f"{type(error).__name__}: {error}\n".encode())
        finally:
            os._exit(status)
    os.close(out)
    return child, into


def all_of(handle: int) -> Iterator[bytes]:
    while data := os.read(handle, 1 << 16):
        yield data
