"""Work that takes longer than a caller should wait: each job can be asked how far it is, and stopped."""

from __future__ import annotations

import json
import logging
import secrets
import threading
from collections import Counter, OrderedDict, deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sayso.archive.clock import now_text
from sayso.errors import NoSuchEntry, SaysoError, ServerBusy
from sayso.web.job import ENDED, Job, State, job_to_json

__all__ = ["ENDED", "Job", "Jobs", "State", "Work", "job_to_json"]

_LOG = logging.getLogger("sayso.web")
_LOST = "Jobs are forgotten when the server ends, and the oldest ones before"


Work = Callable[[Job], Iterable[dict[str, Any]]]


@dataclass(slots=True)
class _Entry:
    job: Job
    work: Work
    after: Callable[[], None]
    listeners: set[Callable[[], None]] = field(default_factory=set)


class Jobs:
    """The jobs of one server: a few at a time, the oldest finished ones forgotten. Safe to use from many threads."""

    def __init__(
        self,
        *,
        most_running: int = 2,
        most_waiting: int = 100,
        most_kept: int = 200,
        most_results: int = 2_000,
        most_size: int = 8_000_000,
        most_listeners: int = 100,
        most_of_one: int = 20,
    ) -> None:
        self.most_running = most_running
        self.most_waiting = most_waiting
        self.most_kept = most_kept
        self.most_results = most_results
        self.most_size = most_size
        self.most_listeners = most_listeners
        self.most_of_one = most_of_one
        self._watching: Counter[str] = Counter()
        self._entries: OrderedDict[str, _Entry] = OrderedDict()
        self._waiting: deque[_Entry] = deque()
        self._running: dict[str, threading.Thread] = {}
        self._lock = threading.RLock()
        self._closed = False

    def start(
        self, kind: str, work: Work, *, by: str, about: str = "", after: Callable[[], None] = lambda: None
    ) -> Job:
        """A job that begins as soon as there is room.

        `work` yields its results one by one, and says how far it is (`job.progress`); `after` is called when the job
        has ended, however it did, even before it began. Raises ServerBusy, after which `after` has been called.
        """
        job = Job(secrets.token_urlsafe(9), kind, by, about, made_at=now_text())
        job.tell = lambda: self._happened(job)
        entry = _Entry(job, work, after)
        with self._lock:
            refused = "The server is about to stop" if self._closed else None
            if len(self._waiting) >= self.most_waiting:
                refused = f"{len(self._waiting)} jobs wait already"
            if refused is None:
                self._entries[job.id] = entry
                self._waiting.append(entry)
                self._forget()
                self._go_on()
        if refused is not None:
            after()
            raise ServerBusy(refused, 30)
        return job

    def get(self, id: str) -> Job:
        """The job of that id. Raises NoSuchEntry."""
        return self._entry(id).job

    def all(self) -> list[Job]:
        """All jobs that are remembered, the latest first."""
        with self._lock:
            return [each.job for each in reversed(self._entries.values())]

    def cancel(self, id: str) -> Job:
        """The job, which ends after the part that it is at; one that has ended stays as it is. Raises NoSuchEntry."""
        entry = self._entry(id)
        entry.job.stop.set()
        with self._lock:
            waited = entry in self._waiting
            if waited:
                self._waiting.remove(entry)
        if waited:
            self._end(entry, "cancelled")
        return entry.job

    def close(self, *, wait_s: float = 10.0) -> None:
        """Cancels all jobs and waits for those that run, each for the part that it is at."""
        with self._lock:
            self._closed = True
            ids = [each.job.id for each in self._entries.values() if not each.job.ended]
            threads = list(self._running.values())
        for id in ids:
            self.cancel(id)
        for thread in threads:
            thread.join(wait_s)
        with self._lock:
            listeners = [each for entry in self._entries.values() for each in entry.listeners]
        for wake in listeners:
            wake()

    @property
    def closed(self) -> bool:
        """Whether the server is about to stop."""
        return self._closed

    @contextmanager
    def listening(self, id: str, wake: Callable[[], None]) -> Iterator[Job]:
        """The job, with `wake` called, from any thread, whenever something happened. Raises NoSuchEntry, ServerBusy."""
        with self._lock:
            entry = self._entry(id)
            if sum(len(each.listeners) for each in self._entries.values()) >= self.most_listeners:
                raise ServerBusy(f"{self.most_listeners} listen to jobs already", 30)
            entry.listeners.add(wake)
        try:
            yield entry.job
        finally:
            with self._lock:
                entry.listeners.discard(wake)

    @contextmanager
    def watched(self, by: str) -> Iterator[None]:
        """The while in which somebody's connection is held open to be told of a job. Raises ServerBusy.

        One alone cannot have all the connections that a server holds open.
        """
        with self._lock:
            if self._watching[by] >= self.most_of_one:
                raise ServerBusy(f"{by} listens to jobs {self.most_of_one} times already", 30)
            if self._watching.total() >= self.most_listeners:
                raise ServerBusy(f"{self.most_listeners} listen to jobs already", 30)
            self._watching[by] += 1
        try:
            yield
        finally:
            with self._lock:
                self._watching -= Counter([by])

    def since(self, job: Job, number: int) -> tuple[list[tuple[int, dict[str, Any]]], int, int, dict[str, Any]]:
        """The results of a job that came after a number, how many of them were forgotten, the number by now, the job.

        The job as `job_to_json` has it.
        """
        with self._lock:
            found = [each for each in zip(job.numbers, job.results, strict=True) if each[0] > number]
            # A reader from the start has lost all that were dropped, a later one those after what it has seen.
            lost = job.dropped if number == 0 else 0
            return found, lost, job.number, job_to_json(job)

    def _entry(self, id: str) -> _Entry:
        with self._lock:
            if id not in self._entries:
                raise NoSuchEntry("job", id, advice=_LOST)
            return self._entries[id]

    def _go_on(self) -> None:
        """Begins what there is room for. With the lock held."""
        while self._waiting and len(self._running) < self.most_running and not self._closed:
            entry = self._waiting.popleft()
            name = f"sayso-job-{entry.job.id}"
            thread = threading.Thread(target=self._run, args=(entry,), name=name, daemon=True)
            self._running[entry.job.id] = thread
            thread.start()

    def _run(self, entry: _Entry) -> None:
        job = entry.job
        state: State = "done"
        try:
            job.state = "running"
            self._happened(job)
            for each in _until(job.stop, entry.work(job)):
                self._keep(job, each)
            # What was cancelled at its last part has done it all.
            state = "cancelled" if job.stop.is_set() else "done"
        except BaseException as error:
            if self._closed and isinstance(error, ServerBusy):
                state = "cancelled"
            else:
                state, job.error = "failed", _told(error, job)
        finally:
            self._end(entry, state)
            with self._lock:
                del self._running[job.id]
                self._go_on()

    def _keep(self, job: Job, result: dict[str, Any]) -> None:
        size = len(json.dumps(result, default=str))
        with self._lock:
            job.number += 1
            job.results.append(result)
            job.numbers.append(job.number)
            job.size += size
            job.counts[str(result.get("outcome", "done"))] += 1
            while len(job.results) > self.most_results or (job.size > self.most_size and len(job.results) > 1):
                job.size -= len(json.dumps(job.results.pop(0), default=str))
                job.numbers.pop(0)
                job.dropped += 1
        self._wake(job)

    def _end(self, entry: _Entry, state: State) -> None:
        try:
            entry.after()
        except Exception:
            _LOG.exception("job %s could not clear up", entry.job.id)
        entry.work, entry.after = _nothing, lambda: None
        with self._lock:
            # At once, so that who sees that it has ended has heard all.
            entry.job.ended_at = now_text()
            entry.job.state = state
            entry.job.number += 1
        self._wake(entry.job)

    def _happened(self, job: Job) -> None:
        with self._lock:
            job.number += 1
        self._wake(job)

    def _wake(self, job: Job) -> None:
        with self._lock:
            entry = self._entries.get(job.id)
            listeners = list(entry.listeners) if entry else []
        for wake in listeners:
            wake()

    def _forget(self) -> None:
        """Lets go of the oldest finished jobs. With the lock held."""
        spare = len(self._entries) - self.most_kept
        for id in [each.job.id for each in self._entries.values() if each.job.ended][: max(spare, 0)]:
            del self._entries[id]


def _nothing(job: Job) -> Iterable[dict[str, Any]]:
    return ()


def _until(stop: threading.Event, results: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The results until somebody says stop; a generator clears up after itself."""
    going = iter(results)
    try:
        while not stop.is_set():
            try:
                each = next(going)
            except StopIteration:
                return
            yield each
    finally:
        close = getattr(going, "close", None)
        if close is not None:
            close()


def _told(error: BaseException, job: Job) -> dict[str, Any]:
    """The error as the body of an answer has it; the log has what is our fault."""
    from sayso.web.failures import broken, failure_to_json

    ours = error if isinstance(error, SaysoError) else broken(error, f"job {job.id} ({job.kind})")
    told: dict[str, Any] = failure_to_json(ours)["error"]
    return told
