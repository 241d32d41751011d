"""One piece of work that takes longer than a caller should wait."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

State = Literal["waiting", "running", "done", "failed", "cancelled"]
ENDED: tuple[State, ...] = ("done", "failed", "cancelled")


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
    """What came of each part, in order; of `add` as `sayso add --format jsonl` prints it. The latest ones of many."""
    dropped: int = 0
    """How many earlier results were forgotten."""
    counts: Counter[str] = field(default_factory=Counter)
    """How many results had each `outcome`, the forgotten ones included."""
    notes: list[str] = field(default_factory=list)
    """What was passed over, in sentences."""
    error: dict[str, Any] | None = None
    """As the body of an error has it."""
    made_at: str = ""
    ended_at: str | None = None
    stop: threading.Event = field(default_factory=threading.Event)
    """Set when somebody cancelled it: `work` may look, and ends at its next result anyway."""
    number: int = 0
    """Of the last thing that happened to it."""
    numbers: list[int] = field(default_factory=list)
    """Of each of `results`, when it came."""
    size: int = 0
    """Of `results` as JSON, in characters."""
    tell: Callable[[], None] = field(default=lambda: None)

    @property
    def ended(self) -> bool:
        """Whether nothing will happen to it any more."""
        return self.state in ENDED

    def progress(self, done: int, total: int | None = None, unit: str = "") -> None:
        """Says how far it is; for `work` to call."""
        self.done, self.total, self.unit = done, total, unit or self.unit
        self.tell()


TOLD = ("id", "kind", "by", "about", "state", "done", "total", "unit", "dropped", "error", "made_at", "ended_at")
"""What is told of a job as it is; beside it, `counts` and `notes`."""


def job_to_json(job: Job, *, results: bool = False) -> dict[str, Any]:
    """A job as the API and the desk tell of it."""
    told = {name: getattr(job, name) for name in TOLD}
    told |= {"counts": dict(job.counts), "notes": list(job.notes)}
    return told | {"results": list(job.results)} if results else told
