"""Processes that add to one archive at once, the same articles in other orders: each is in once."""

from __future__ import annotations

import os
import random
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.fire.killing import all_of, started
from benchmarks.fire.material import Place, acknowledged, add, faults_of, places
from sayso.archive import open_archive

ARTICLES = 40


def together(folder: Path, *, times: int, seed: int) -> dict[str, Any]:
    """Figures of so many archives that two processes make and fill at once."""
    chance = random.Random(seed)
    result: dict[str, Any] = {"archives": 0, "acknowledged": 0, "faults": []}
    for turn in range(times):
        where = folder / f"together-{turn}.db"
        first, second = [(number, 1) for number in range(ARTICLES)], places(range(ARTICLES))
        chance.shuffle(first)
        running = [started(partial(_add, where, some)) for some in (first, second)]
        told: set[Place] = set()
        for child, into in running:
            told |= acknowledged(b"".join(all_of(into)))
            os.close(into)
            if os.waitpid(child, 0)[1]:
                result["faults"].append("a writer failed")
        with open_archive(where) as archive:
            result["faults"] += faults_of(archive, told, set(second))
            if archive.info().articles != ARTICLES:
                result["faults"].append(f"{archive.info().articles} articles in, not {ARTICLES}")
        result["archives"] += 1
        result["acknowledged"] += len(told)
        where.unlink()
    return result


def _add(where: Path, some: list[Place], out: int) -> None:
    with open_archive(where, make=True) as archive:
        for _ in add(archive, some, acknowledge=out):
            pass
