"""How far a batch has come, how fast it is, and how long it will take."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Literal

Stage = Literal["planning", "reading", "grouping"]
WINDOW_S = 600.0
"""The rate is that of the last ten minutes: what a cluster lost or won shows, and one slow shard does not."""
_REMEMBERED = 1000


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
        clock: Callable[[], float] = time.monotonic,
    ) -> None:  # fmt: skip
        self._stage: Stage = stage
        self._total = total
        self._unit = unit
        self._done = done
        self._failures = failures
        self._clock = clock
        self._seen: deque[tuple[float, int]] = deque([(clock(), done)], _REMEMBERED)
        self._lock = threading.Lock()

    def add(self, done: int, *, failures: int = 0) -> None:
        """So many more are done, failures among them."""
        with self._lock:
            self._done += done
            self._failures += failures
            now = self._clock()
            self._seen.append((now, self._done))
            while len(self._seen) > 2 and now - self._seen[1][0] > WINDOW_S:
                self._seen.popleft()

    def now(self) -> Progress:
        """How far it is."""
        with self._lock:
            began, before = self._seen[0]
            passed = self._clock() - began
            per_s = (self._done - before) / passed if passed > 0 and self._done > before else None
            left = None if self._total is None or per_s is None else (self._total - self._done) / per_s
            return Progress(self._stage, self._done, self._total, self._unit, self._failures, per_s, left)


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
