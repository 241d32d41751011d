"""One worker of a batch: a child process that does the tasks, and whoever watches it, both the same on every engine.

The child is kept between tasks, since it has the model; it is killed when it goes past a limit, and then the task is
begun again in a fresh one, which goes on after what was done. This process does none of the work itself, so that
nothing that is read can bring it down.
"""

from __future__ import annotations

import logging
import threading
import time
from typing import Any

from sayso.batch.deaths import Death, Deaths, Verdict
from sayso.batch.journal import deaths_of
from sayso.batch.layout import room_in
from sayso.batch.limits import Options
from sayso.batch.tasks import Done, Task
from sayso.batch.watching import Attempt, Child
from sayso.errors import BatchFailed

_LOG = logging.getLogger("sayso.batch")
_TRIES = 2
"""Of a task that ended in an error which is none of its articles'."""
_KILLED = 0.2
"""Of an attempt: one that was killed from outside says less of the task than one that died by itself."""
_LEAST_SHARE = 0.5
"""Of the memory that a child may take, beyond which the next task gets a fresh one."""


class Closed(Exception):
    """The worker was closed while it worked."""


class Worker:
    """Does tasks in a child process of its own; for one caller at a time, but that any thread may close it."""

    def __init__(self, options: Options | None = None) -> None:
        self.options = options or Options()
        self._child: Child | None = None
        self._closed = False
        self._lock = threading.Lock()

    def __enter__(self) -> Worker:
        return self

    def __exit__(self, *raised: object) -> None:
        self.close()

    @property
    def pid(self) -> int | None:
        """The child's process; None where there is none now."""
        child = self._child
        return child.process.pid if child else None

    def run(self, task: Task) -> Done:
        """Does a task, in as many children as it takes.

        Raises BatchFailed where no attempt got on, and for what another attempt would not mend; Closed.
        """
        began = time.monotonic()
        deaths = Deaths(deaths_of(task))
        given_up: set[int] = set()
        cpu_s, fruitless, died, errors = 0.0, 0.0, 0, 0
        while True:
            verdict = deaths.verdict()
            attempt = self._attempt(task, verdict)
            cpu_s += attempt.cpu_s
            answer = attempt.answer
            if "done" in answer:
                return Done(task, answer["done"], time.monotonic() - began, cpu_s, float(answer["peak_mb"]))
            if "failed" in answer:
                raise BatchFailed(*answer["failed"])
            if "broke" in answer:
                _LOG.error("a child failed in %s %s: %s", task.job, task.number, answer["where"])
                errors += 1
                if errors >= _TRIES:
                    raise BatchFailed(_told(task), f"sayso failed on it ({answer['broke']})", "Please report this")
            got_on = attempt.ended or verdict.given_up.keys() - given_up
            given_up |= verdict.given_up.keys()
            if got_on:
                fruitless = 0
            if attempt.death:
                self._note(task, attempt.death, deaths)
                died += 1
                fruitless += _KILLED if attempt.death.cause == "killed" else 1.0
                if fruitless >= self.options.attempts:
                    raise BatchFailed(
                        _told(task), f"it does not get on, its process died {died} times ({attempt.death.how})",
                        "See whether the machine has memory to spare; the same command goes on",
                    )  # fmt: skip

    def close(self) -> None:
        """Ends the child; whoever waits for a task is told."""
        with self._lock:
            self._closed = True
            child, self._child = self._child, None
        if child:
            child.end()

    def _attempt(self, task: Task, verdict: Verdict) -> Attempt:
        child = self._ready()
        told: dict[str, Any] = {
            "job": task.job,
            "number": task.number,
            "given": task.given,
            "given_up": verdict.reasons(self.options),
            "alone": sorted(verdict.alone),
        }
        attempt = child.work(told)
        if "done" not in attempt.answer or child.rss_mb > _LEAST_SHARE * self.options.memory_mb:
            child.end()
        if self._closed and "done" not in attempt.answer:
            raise Closed
        return attempt

    def _ready(self) -> Child:
        """The child, a fresh one where there is none any more."""
        with self._lock:
            if self._closed:
                raise Closed
            if self._child is None or not self._child.alive:
                if self._child is not None:
                    self._child.end()
                self._child = Child(self.options)
            return self._child

    def _note(self, task: Task, death: Death, deaths: Deaths) -> None:
        _LOG.warning("a child died in %s %s at %r: %s (%s)", task.job, task.number, death.at, death.cause, death.how)
        with room_in(_told(task)):
            deaths.note(death)


def _told(task: Task) -> str:
    return f"{task.given.get('folder', 'batch')}: task {task.job} {task.number}"
