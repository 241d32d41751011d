"""Work that takes longer than a caller should wait: each job can be asked how far it is, and stopped."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Literal

from sayso.archive.clock import now_text
from sayso.errors import NoSuchEntry, SaysoError

State = Literal["waiting", "running", "done", "failed", "cancelled"]


@dataclass(slots=True)
class Job:
    """One piece of work; forgotten when the server ends."""

    id: str
    kind: str
    """`add` or `check`."""
    by: str
    about: str = ""
    """What it is done to, for people: a file's name, an address."""
    state: State = "waiting"
    done: int = 0
    total: int | None = None
    unit: str = ""
    results: list[dict[str, Any]] = field(default_factory=list)
    """What came of each part, in order; of `add` as `sayso add --format jsonl` prints it."""
    error: dict[str, Any] | None = None
    """As the body of an error has it."""
    made_at: str = ""
    ended_at: str | None = None


class Jobs:
    """The jobs of one server, the oldest finished ones forgotten."""

    def __init__(self) -> None:
        self._jobs: dict[str, Job] = {}

    def start(self, kind: str, work: Callable[[Job], Iterable[dict[str, Any]]], *, by: str, about: str = "") -> Job:
        """A job that has begun: `work` yields its results one by one, and sets the job's `done`, `total` and `unit`."""
        job = Job(secrets.token_urlsafe(9), kind, by, about, made_at=now_text())
        self._jobs[job.id] = job

        def run() -> None:
            job.state = "running"
            try:
                for each in work(job):
                    job.results.append(each)
                job.state = "done"
            except SaysoError as error:
                from sayso.web.failures import failure_to_json

                job.state, job.error = "failed", failure_to_json(error)["error"]
            job.ended_at = now_text()

        threading.Thread(target=run, name=f"sayso-job-{job.id}", daemon=True).start()
        return job

    def get(self, id: str) -> Job:
        """The job of that id. Raises NoSuchEntry."""
        if id not in self._jobs:
            raise NoSuchEntry("job", id, advice="Jobs are forgotten when the server ends")
        return self._jobs[id]

    def all(self) -> list[Job]:
        """All jobs that are remembered, the latest first."""
        return list(self._jobs.values())[::-1]

    def cancel(self, id: str) -> Job:
        """The job, which ends after the part that it is at. Raises NoSuchEntry."""
        raise NotImplementedError
