"""What a batch is made of: tasks that may be done twice, by whichever worker, and always give the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Task:
    """A piece of work, in plain data that goes anywhere as JSON."""

    job: str
    """What is to be done: a name in `sayso.batch.jobs.JOBS`."""
    number: int
    """By which its result is known among the tasks of the same run."""
    given: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Done:
    """A task that was done, and what it cost where it was done at last."""

    task: Task
    result: dict[str, Any]
    """What the job returned: small, in plain data; what is large is in files of the batch's folder."""
    wall_s: float = 0.0
    cpu_s: float = 0.0
    """Of the processor, for the worker's process and those that it started."""
    peak_mb: float = 0.0
    """The largest resident set of the worker's process so far."""


class Engine(Protocol):
    """Carries tasks to workers. A worker that dies, or the machine that it is on, costs time alone."""

    def run(self, tasks: Iterable[Task]) -> Iterator[Done]:
        """Each task's result exactly once, in whichever order; tasks are taken as workers become free.

        Raises BatchFailed for a task that no worker could do in all its attempts, where it is not an article's fault.
        """
        ...

    def close(self) -> None:
        """Lets the workers go; also in the middle of a run."""
        ...
