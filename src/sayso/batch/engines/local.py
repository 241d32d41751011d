"""The engine for one machine: a worker in each of some threads, which do nothing but wait for their children."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterable, Iterator
from itertools import islice

from sayso.batch.limits import Options
from sayso.batch.tasks import Done, Task
from sayso.batch.worker import Closed, Worker
from sayso.errors import BatchFailed
from sayso.pipeline import worker_count

_AHEAD = 1
"""So many tasks wait for the worker that is free next."""


class LocalEngine:
    """Carries tasks to workers on this machine; see `sayso.batch.tasks.Engine`."""

    def __init__(self, workers: int | None = None, options: Options | None = None) -> None:
        """There is a worker for each core that we may use, or `workers` of them."""
        self._workers = [Worker(options) for _ in range(worker_count(workers))]
        self._asked: queue.SimpleQueue[Task | None] = queue.SimpleQueue()
        self._came: queue.SimpleQueue[Done | BaseException] = queue.SimpleQueue()
        self._threads: list[threading.Thread] = []
        self._closed = False

    def run(self, tasks: Iterable[Task]) -> Iterator[Done]:
        """Each task's result exactly once, as it comes; tasks are taken as workers become free.

        Raises BatchFailed for a task that no worker could do in all its attempts. Where it is left before its end,
        also by an error, the engine is closed.
        """
        if self._closed:
            raise _stopped()
        given = iter(tasks)
        under_way = 0
        try:
            self._begin()
            for task in islice(given, len(self._workers) + _AHEAD):
                self._asked.put(task)
                under_way += 1
            while under_way:
                came = self._came.get()
                if isinstance(came, BaseException):
                    raise came
                under_way -= 1
                for task in islice(given, 1):
                    self._asked.put(task)
                    under_way += 1
                yield came
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Ends the workers' processes at once, and their threads; also in the middle of a run, from any thread."""
        self._closed = True
        for _ in self._workers:
            self._asked.put(None)
        # For whoever waits for a result, behind those that are there.
        self._came.put(_stopped())
        for worker in self._workers:
            worker.close()
        for thread in self._threads:
            thread.join()

    def _begin(self) -> None:
        if not self._threads:
            self._threads = [
                threading.Thread(target=self._work, args=(worker,), name="sayso-batch", daemon=True)
                for worker in self._workers
            ]
            for thread in self._threads:
                thread.start()

    def _work(self, worker: Worker) -> None:
        while (task := self._asked.get()) is not None:
            try:
                self._came.put(worker.run(task))
            except Closed:
                return
            except BaseException as error:
                self._came.put(error)


def _stopped() -> BatchFailed:
    return BatchFailed("batch", "it was stopped", "The same command goes on")
