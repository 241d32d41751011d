"""Who is to blame when a worker's process dies: notes that outlive the worker, and what follows from them.

A process that went past a limit, or crashed, accuses the articles that were begun and not ended. Of several, each is
tried alone the next time; one that was accused twice, at last alone, is given up. A process that was killed from
outside accuses nobody, until that has happened five times running with the same article.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal

from sayso.batch.limits import Options

Cause = Literal["time", "memory", "crash", "killed"]
"""`time`, `memory`: past its limit; `crash`: ended by itself, by a signal or not; `killed`: from outside."""

_TWICE = 2
_RUNNING = 5
_SUSPECT = 2
"""So many times running, after which an article is tried alone: then nothing is lost but its own work."""


@dataclass(frozen=True, slots=True)
class Death:
    """How a process ended that was not to end."""

    cause: Cause
    how: str
    """The signal, or the exit code."""
    open: tuple[int, ...]
    """The steps that were begun and not ended."""
    at: str = ""
    """The name of the one that was begun last."""


@dataclass(slots=True)
class Verdict:
    """What the next attempt has to heed."""

    given_up: dict[int, Death] = field(default_factory=dict)
    alone: set[int] = field(default_factory=set)

    def reasons(self, options: Options) -> dict[int, str]:
        """Why each step that is given up is."""
        return {ordinal: options.words(death.cause, death.how) for ordinal, death in self.given_up.items()}


class Deaths:
    """The deaths of the processes that had a task, kept in a file where the task has a place for it."""

    def __init__(self, file: Path | None = None) -> None:
        self._file = file
        self._own: list[Death] = []

    def note(self, death: Death) -> None:
        """Writes one down. Raises OSError."""
        self._own.append(death)
        if self._file is not None:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            line = json.dumps(asdict(death)) + "\n"
            with self._file.open("ab") as out:
                out.write(line.encode("ascii"))

    def all(self) -> list[Death]:
        """All that were noted."""
        return list(self._own) if self._file is None else _read(self._file)

    def verdict(self) -> Verdict:
        """What follows from all of them."""
        return judged(self.all())


def judged(deaths: Iterable[Death]) -> Verdict:
    """What follows from deaths, in their order.

    >>> judged([Death("time", "SIGPROF", (3, 4))]).alone
    {3, 4}
    >>> list(judged([Death("time", "SIGPROF", (3, 4)), Death("crash", "SIGSEGV", (4,))]).given_up)
    [4]
    """
    accused: Counter[int] = Counter()
    running: Counter[int] = Counter()
    verdict = Verdict()
    for death in deaths:
        if death.cause != "killed":
            accused.update(death.open)
        elif death.open:
            # One that died while nothing was open says nothing of those before.
            running = Counter({ordinal: running[ordinal] + 1 for ordinal in death.open})
        times, bound = (running, _RUNNING) if death.cause == "killed" else (accused, _TWICE)
        if len(death.open) == 1 and times[death.open[0]] >= bound:
            verdict.given_up.setdefault(death.open[0], death)
    suspects = {*accused, *(ordinal for ordinal, times in running.items() if times >= _SUSPECT)}
    verdict.alone = suspects - verdict.given_up.keys()
    return verdict


def _read(file: Path) -> list[Death]:
    """The notes in a file; what is no whole line was cut off by an end of its writer."""
    try:
        lines = file.read_bytes().splitlines()
    except FileNotFoundError:
        return []
    return [death for line in lines if (death := _death(line)) is not None]


def _death(line: bytes) -> Death | None:
    try:
        told: Any = json.loads(line)
        return Death(told["cause"], told["how"], tuple(map(int, told["open"])), told["at"])
    except (ValueError, KeyError, TypeError):
        return None
