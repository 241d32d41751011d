"""How far a batch has come, how fast it is, and how long it will take."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Literal

from sayso.batch.layout import Folder

Stage = Literal["planning", "reading", "grouping"]
WINDOW_S = 600.0
"""The rate is that of the last ten minutes: what a cluster lost or won shows, and one slow shard does not."""
_REMEMBERED = 1000
_PEEKED, _PEEKED_BYTES = 64, 10_000_000
"""Journals that are looked into, and how much of each at a time."""
_OVERDUE = 3.0
"""Times as long as a piece takes on average."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far it is."""

    stage: Stage
    done: int
    total: int | None
    """None where nobody knows."""
    unit: str
    """What is counted: "files", "articles"."""
    failures: int = 0
    per_s: float | None = None
    """None where nothing was done yet in this run."""
    left_s: float | None = None


OnProgress = Callable[[Progress], None]


class Tally:
    """Counts what is done of a stage, in however large pieces it comes."""

    def __init__(
        self, stage: Stage, total: int | None, unit: str, *, done: int = 0, failures: int = 0,
        under_way: Callable[[], int] = lambda: 0, clock: Callable[[], float] = time.monotonic,
    ) -> None:  # fmt: skip
        """`done` and `failures` are those of earlier runs; `under_way` says how much of the next pieces is done."""
        self._stage: Stage = stage
        self._total = total
        self._unit = unit
        self._done = done
        self._failures = failures
        self._under_way = under_way
        self._clock = clock
        self._seen: deque[tuple[float, int]] = deque([(clock(), done + under_way())], _REMEMBERED)
        self._lock = threading.Lock()

    def add(self, done: int, *, failures: int = 0) -> None:
        """So many more are done, failures among them."""
        with self._lock:
            self._done += done
            self._failures += failures
            self._look(self._done)

    def now(self) -> Progress:
        """How far it is."""
        with self._lock:
            self._look(self._done + self._under_way())
            (began, before), (latest, done) = self._seen[0], self._seen[-1]
            waited = self._clock() - latest
            # Between two pieces the rate stays what it was, and falls where the next one is long overdue.
            overdue = waited > _OVERDUE * (latest - began) / max(len(self._seen) - 1, 1)
            passed = latest - began + waited * overdue
            per_s = (done - before) / passed if passed > 0 and done > before else None
            left_s = None
            if self._total is not None and per_s is not None:
                left_s = max((self._total - done) / per_s - waited * (not overdue), 0.0)
            return Progress(self._stage, done, self._total, self._unit, self._failures, per_s, left_s)

    def _look(self, done: int) -> None:
        # Never back: a piece that is just done is for a moment neither under way nor counted.
        if done <= self._seen[-1][1]:
            return
        now = self._clock()
        self._seen.append((now, done if self._total is None else min(done, self._total)))
        while len(self._seen) > 2 and now - self._seen[1][0] > WINDOW_S:
            self._seen.popleft()


class Peek:
    """Counts the articles in journals: of shards that are being read, for a bar that moves between two of them."""

    def __init__(self, folder: Folder) -> None:
        self._place = folder.work / "journal"
        self._known: dict[Path, tuple[int, int]] = {}
        """Of each file, how many bytes were looked at, and how many lines they have."""

    def __call__(self) -> int:
        """How many there are; 0 where so many shards are under way that looking would cost more than it shows."""
        try:
            shards = list(islice(self._place.iterdir(), _PEEKED + 1))
            files = [file for each in shards[:_PEEKED] for file in each.glob("attempt-*")] * (len(shards) <= _PEEKED)
            self._known = {file: self._lines(file) for file in files}
        except OSError:
            # Shards that are done take their journals away, also under our eyes.
            return 0
        return sum(lines for _, lines in self._known.values())

    def _lines(self, path: Path) -> tuple[int, int]:
        offset, lines = self._known.get(path, (0, 0))
        with path.open("rb") as file:
            file.seek(offset)
            new = file.read(_PEEKED_BYTES)
        return offset + len(new), lines + new.count(b"\n")


@contextmanager
def every(seconds: float, do: Callable[[], None]) -> Iterator[None]:
    """Does something every so often in a thread of its own; no more after the end, or once the system refused it."""
    ended = threading.Event()

    def repeat() -> None:
        # A full disk is for the driver to complain of, which writes to it as well.
        with suppress(OSError):
            while not ended.wait(seconds):
                do()

    thread = threading.Thread(target=repeat, name="sayso-progress", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
