"""A worker's child process: asked, watched while it works, and killed when it gives no sign of life for too long."""

from __future__ import annotations

import contextlib
import os
import signal
import threading
import time
from dataclasses import dataclass, field
from typing import Any

from sayso import processes
from sayso.batch.deaths import Cause, Death
from sayso.batch.limits import Options
from sayso.wire import BrokenWire, receive, send

_LOOK_S = 0.2
_LONGEST_LOOK_S = 1.0
"""Between two looks at the clock no more counts: where we were halted meanwhile, our child was as well."""
_ALIVE = 1 / 240
"""Of a processor, of the time that a child may be silent: one that waits takes less for its threads' housekeeping."""
_FROM_OUTSIDE = {getattr(signal, name, None) for name in ("SIGKILL", "SIGTERM", "SIGINT", "SIGHUP")} - {None}
ONE_THREAD = dict.fromkeys(
    ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS", "RAYON_NUM_THREADS",
     "POLARS_MAX_THREADS"), "1",
)  # fmt: skip
"""Workers are as many as there are cores to use; pools of threads beside them would only fight over these."""


@dataclass(slots=True)
class Attempt:
    """What came of a task in one child."""

    answer: dict[str, Any] = field(default_factory=dict)
    """The child's last word; empty where it died."""
    death: Death | None = None
    open: list[int] = field(default_factory=list)
    """Steps that were begun and not ended."""
    at: str = ""
    """The name of the step that was begun last."""
    ended: int = 0
    """Steps that were done."""
    cpu_s: float = 0.0


class Child:
    """One process that works for a batch."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self.rss_mb = 0.0
        """What it had at its last answer, mapped files not counted."""
        self.process = processes.start("sayso.batch._child", more=ONE_THREAD)
        self._busy = threading.Lock()
        self._fresh = True
        self._cpu_s = 0.0
        """What it has taken of a processor, as far as that was told of."""

    @property
    def alive(self) -> bool:
        """Whether it runs."""
        return self.process.poll() is None

    def work(self, told: dict[str, Any]) -> Attempt:
        """Has it do a task. Where the attempt tells of a death, the child is no more."""
        attempt = Attempt()
        with self._busy, _Watch(self, self.options.silent_s, processes.START_S if self._fresh else 0.0) as watch:
            before = self._cpu_s
            try:
                self._talk(told, attempt, watch)
            except (BrokenWire, OSError, ValueError):
                # Killed in the middle of a word; or a pipe that is closed already.
                attempt.answer = {}
            if not attempt.answer:
                attempt.death = self._death(attempt, watch.late)
            elif "memory" in attempt.answer:
                attempt.death = Death("memory", "memory", tuple(attempt.open), attempt.at)
            attempt.cpu_s = self.look() - before
        return attempt

    def _talk(self, told: dict[str, Any], attempt: Attempt, watch: _Watch) -> None:
        requests, answers = processes.pipes(self.process)
        if self._fresh:
            send(requests, {"options": self.options.to_json()})
        send(requests, told)
        self._fresh = False
        while (message := receive(answers)) is not None:
            said = message[0]
            if "begin" in said:
                attempt.at = said["name"]
                if said["begin"] not in attempt.open:
                    attempt.open.append(said["begin"])
            elif "end" in said:
                attempt.ended += 1
                if said["end"] in attempt.open:
                    attempt.open.remove(said["end"])
            elif "cpu_s" in said:
                self._cpu_s = max(self._cpu_s, said["cpu_s"])
                self.rss_mb = said["rss_mb"]
                attempt.answer = said
                return
            if "ready" not in said:
                watch.sign()

    def _death(self, attempt: Attempt, late: bool) -> Death:
        self.kill()
        if hasattr(os, "waitid"):
            # Without clearing it away: what it took is told of until then.
            with contextlib.suppress(OSError):
                os.waitid(os.P_PID, self.process.pid, os.WEXITED | os.WNOWAIT)
            self.look()
        code = self.process.wait()
        cause: Cause = "crash"
        if late or processes.timed_out(code):
            cause = "time"
        elif -code in _FROM_OUTSIDE:
            cause = "killed"
        return Death(cause, processes.how_it_ended(code), tuple(attempt.open), attempt.at)

    def look(self) -> float:
        """Seconds of a processor that it has taken so far, its own children's included."""
        self._cpu_s = max(self._cpu_s, processes.cpu_s_of(self.process.pid) or 0.0)
        return self._cpu_s

    def kill(self) -> None:
        """Kills it and what it started; whoever waits for its answer is told."""
        processes.kill(self.process)

    def end(self) -> None:
        """Kills it and clears up after it, when nobody waits for its answer any more."""
        self.kill()
        with self._busy:
            processes.end(self.process)


class _Watch:
    """Kills a child that neither gives a sign of life nor takes any of a processor for too long.

    One that takes it gets on, however slowly on a busy machine, or is ended by the limit of that.
    """

    def __init__(self, child: Child, silent_s: float, start_s: float) -> None:
        self.late = False
        self._child = child
        self._silent_s = silent_s
        self._left_s = self._allowed_s = max(silent_s, start_s)
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, name="sayso-watch", daemon=True)

    def sign(self) -> None:
        """It gets on."""
        self._left_s = self._allowed_s = self._silent_s

    def __enter__(self) -> _Watch:
        self._thread.start()
        return self

    def __exit__(self, *raised: object) -> None:
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        last, seen_s = time.monotonic(), self._child.look()
        while not self._over.wait(_LOOK_S):
            now = time.monotonic()
            self._left_s -= min(now - last, _LONGEST_LOOK_S)
            last = now
            if (taken_s := self._child.look()) > seen_s + _ALIVE * self._allowed_s:
                seen_s = taken_s
                self._left_s = self._allowed_s
            if self._left_s < 0:
                self.late = True
                self._child.kill()
                return
