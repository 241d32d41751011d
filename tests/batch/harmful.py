"""A job whose steps do whatever a test wants, in a real child of a real worker; `teach` makes it known to children."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sayso.batch.jobs import Steps
from sayso.batch.journal import Journal, place_of
from sayso.batch.layout import Folder
from sayso.batch.tasks import Task

if TYPE_CHECKING:
    import pytest

HELD: list[bytes] = []
"""What a step keeps hold of."""
MEGABYTE = 1 << 20


def run(given: dict[str, Any], steps: Steps) -> dict[str, Any]:
    """What was given up, and which process did each of `count` steps; `harms` has Python code for some."""
    with Journal(place_of(Folder(Path(given["folder"])), "harm", steps.number)) as journal:
        for ordinal in range(given["count"]):
            if ordinal in journal.done or ordinal in steps.given_up:
                continue
            steps.begin(ordinal, f"step {ordinal}")
            exec(given["harms"].get(str(ordinal), given.get("each", "")), globals(), {"ordinal": ordinal})
            journal.write(ordinal, {"articles": [{"step": ordinal, "pid": os.getpid()}]})
            steps.end(ordinal)
            steps.rest()
        return {"steps": list(journal.rows("articles")), "given_up": steps.given_up, "alone": sorted(steps.alone)}


def harm(folder: Path, *, count: int = 4, number: int = 0, each: str = "", **harms: str) -> Task:
    """A task of so many steps, of which `harms` says by name (`step2`) which do what; `each` is what the others do."""
    told = {name.removeprefix("step"): code for name, code in harms.items()}
    return Task("harm", number, {"folder": str(folder), "count": count, "each": each, "harms": told})


def teach(folder: Path, monkeypatch: pytest.MonkeyPatch, more: str = "") -> None:
    """Has every child that starts know the job "harm", and run `more` before anything of ours."""
    # Every Python imports a module of this name when it starts.
    script = f"from sayso.batch.jobs import JOBS\nJOBS['harm'] = 'tests.batch.harmful:run'\n{more}\n"
    (folder / "sitecustomize.py").write_text(script, encoding="utf-8")
    monkeypatch.syspath_prepend(str(folder))


def runs(pid: int) -> bool:
    """Whether a process is there and at work; one that ended and that nobody waited for is not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def gone(pids: list[int], *, within_s: float = 10.0) -> bool:
    """Whether all of them have ended, or do soon."""
    until = time.monotonic() + within_s
    while any(map(runs, pids)) and time.monotonic() < until:
        time.sleep(0.02)
    return not any(map(runs, pids))
