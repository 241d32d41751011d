"""What happened in a batch: a line of JSON each in `events.jsonl`, for a log and for the reckoning at the end.

Every line has `at` (ISO 8601 in UTC, to the millisecond) and `event`; docs/batch.md tells the rest. Lines are
appended, each by one write, and a line that a kill tore is closed by the next run: it is no event.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal, Self

Kind = Literal[
    "started", "planned", "shard done", "worker died", "article given up", "progress", "grouped", "interrupted",
    "failed", "finished",
]  # fmt: skip


class Events:
    """The log of a batch, open to be written; any thread may tell it something."""

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o666)
        size = os.fstat(self._file).st_size
        if size and os.pread(self._file, 1, size - 1) != b"\n":
            os.write(self._file, b"\n")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        os.close(self._file)

    def tell(self, event: Kind, **facts: Any) -> None:
        """Writes down what happened now."""
        line = json.dumps({"at": now_text(), "event": event, **facts}, ensure_ascii=False)
        os.write(self._file, f"{line}\n".encode("utf-8", "backslashreplace"))


def now_text() -> str:
    """This moment, in ISO 8601."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def read_events(path: Path) -> Iterator[dict[str, Any]]:
    """What happened, in order; lines that were torn are left out."""
    try:
        lines = path.open("rb")
    except FileNotFoundError:
        return
    with lines:
        for line in lines:
            try:
                told = json.loads(line)
                datetime.fromisoformat(told["at"])
                told["event"]
            except (ValueError, KeyError, TypeError):
                continue
            yield told


@dataclass(frozen=True, slots=True)
class Cost:
    """What a batch took, over all runs that did something."""

    runs: int = 0
    wall_s: float = 0.0
    """From the start of each run to the last that was heard of it."""
    reading_s: float = 0.0
    """Of that, until the last shard of the run was done."""
    cpu_s: float = 0.0
    """Of the processor, in workers, for shards that were done; what was done in vain is not in it."""
    peak_mb: float = 0.0
    """The largest resident set that a worker had."""
    deaths: int = 0
    """Of workers."""


@dataclass(slots=True)
class _Run:
    began: datetime
    latest: datetime
    read: datetime | None = None
    worked: bool = False


def cost_of(path: Path) -> Cost:
    """What a batch took so far, as its log tells."""
    runs: list[_Run] = []
    deaths, cpu_s, peak_mb = 0, 0.0, 0.0
    for told in read_events(path):
        at, event = datetime.fromisoformat(told["at"]), told["event"]
        if event == "started" or not runs:
            runs.append(_Run(at, at))
        run = runs[-1]
        run.latest = at
        run.worked |= event in ("planned", "shard done", "grouped")
        deaths += event == "worker died"
        if event == "shard done":
            run.read = at
            cpu_s += told.get("cpu_s", 0.0)
            peak_mb = max(peak_mb, told.get("peak_mb", 0.0))
    worked = [each for each in runs if each.worked]
    wall_s = sum((each.latest - each.began).total_seconds() for each in worked)
    reading_s = sum((each.read - each.began).total_seconds() for each in worked if each.read)
    return Cost(len(worked), round(wall_s, 3), round(reading_s, 3), round(cpu_s, 3), peak_mb, deaths)
