"""Children lent to callers in turn: never more than so many at work, never more than so many callers waiting."""

from __future__ import annotations

import bisect
import itertools
import threading
import time
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

from sayso.errors import ServerBusy
from sayso.web.children import Child

_PATIENCE_S = 10.0
"""Somebody who sits before a page goes before a job that came so much earlier."""
_MOST_TASKS = 2_000
_MOST_RSS = 0.4
"""A child that has grown to this share of its limit is replaced: the next text finds room."""


class _Turn(NamedTuple):
    """Somebody's place in the queue; the smallest is served first."""

    at: float
    number: int
    patient: bool


class Children:
    """A few children of one kind, started when they are needed: `count`, of which jobs never have the last one."""

    def __init__(self, make: Callable[[], Child], *, count: int, most_waiting: int, wait_s: float) -> None:
        self.count = count
        self.most_waiting = most_waiting
        self.wait_s = wait_s
        self._make = make
        self._idle: list[Child] = []
        self._busy = 0
        self._patient = 0
        """How many of the busy ones work for jobs."""
        self._hurried = 0
        self._closed = False
        self._turns: list[_Turn] = []
        self._numbers = itertools.count()
        self._changed = threading.Condition()
        self._all: set[Child] = set()
        # Who forgets to close us leaves no process behind.
        self._finalizer = weakref.finalize(self, _end_all, self._all)

    @contextmanager
    def lent(self, *, patient: bool = False) -> Iterator[Child]:
        """A child for one task, given back after it, replaced when it did not outlive it.

        A `patient` caller is a job, which waits as long as it takes. Raises ServerBusy.
        """
        self._wait(patient)
        child = None
        try:
            child = self._take()
            yield child
        finally:
            self._give_back(child, patient)

    def warm(self) -> None:
        """Starts all children, without waiting for them."""
        for _ in range(self.count):
            self._add()

    def processes(self) -> list[int]:
        """The ids of the processes."""
        with self._changed:
            return [each.process.pid for each in self._all]

    def close(self) -> None:
        """Ends all children, also those at work, and lets nobody wait any more."""
        with self._changed:
            self._closed = True
            self._idle.clear()
            self._changed.notify_all()
            children = list(self._all)
            idle = [each for each in children if not each.lent]
            self._all.difference_update(idle)
        for child in children:
            child.stopped = True
            child.kill()
        for child in idle:
            child.end()

    def _wait(self, patient: bool) -> None:
        arrived = time.monotonic()
        turn = _Turn(arrived + _PATIENCE_S * patient, next(self._numbers), patient)
        with self._changed:
            self._refuse_if_closed()
            if not patient and self._hurried >= self.most_waiting:
                raise ServerBusy(f"{self._hurried} readings and checks wait already", int(self.wait_s) or 1)
            bisect.insort(self._turns, turn)
            self._hurried += not patient
            try:
                while self._next() is not turn:
                    left = None if patient else arrived + self.wait_s - time.monotonic()
                    if left is not None and left <= 0:
                        raise ServerBusy("Others are still being read and checked", int(self.wait_s) or 1)
                    self._changed.wait(left)
                    self._refuse_if_closed()
                self._busy += 1
                self._patient += patient
            finally:
                self._hurried -= not patient
                self._turns.remove(turn)
                self._changed.notify_all()

    def _next(self) -> _Turn | None:
        """Whose turn it is; None while nobody can be served. With the lock held."""
        if self._busy >= self.count:
            return None
        full = self._patient >= max(self.count - 1, 1)
        return next((each for each in self._turns if not (each.patient and full)), None)

    def _refuse_if_closed(self) -> None:
        if self._closed:
            raise ServerBusy("The server is about to stop")

    def _take(self) -> Child:
        with self._changed:
            while self._idle:
                child = self._idle.pop()
                if child.alive:
                    child.lent = True
                    return child
                self._all.discard(child)
                child.end()
            self._refuse_if_closed()
        child = self._make()
        child.lent = True
        with self._changed:
            self._all.add(child)
        return child

    def _give_back(self, child: Child | None, patient: bool) -> None:
        worn = child is not None and (
            not child.alive or child.tasks >= _MOST_TASKS or child.rss_mb > _MOST_RSS * child.memory_mb
        )
        with self._changed:
            self._busy -= 1
            self._patient -= patient
            if child is not None:
                child.lent = False
                if self._closed or worn:
                    self._all.discard(child)
                else:
                    self._idle.append(child)
            closed = self._closed
            self._changed.notify_all()
        if child is not None and (closed or worn):
            child.end()
            # At once, so that the next caller need not wait for its start.
            self._add()

    def _add(self) -> None:
        """Starts one more child where there is room for it."""
        with self._changed:
            if self._closed or len(self._idle) + self._busy >= self.count:
                return
            child = self._make()
            self._all.add(child)
            self._idle.append(child)
            self._changed.notify_all()


def _end_all(children: set[Child]) -> None:
    for child in list(children):
        child.end()
