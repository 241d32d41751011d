"""An engine that does a batch's tasks without reading anything: what the driver needs for many articles is its own.

    python -m tests.batch.counting 10000 1000000 10000000

prints what it needs for so many: processor seconds, and the largest resident set of its process.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from sayso.batch.layout import Folder
from sayso.batch.manifest import Entry, write_entry
from sayso.batch.plan import scanned
from sayso.batch.tasks import Done, Task
from sayso.batching import run_batch
from sayso.intake.items import Failure
from sayso.intake.parts import FailurePart, RowsPart, Seen
from sayso.intake.stretches import Stretch
from sayso.whole import written


def line(stretch: Stretch) -> bytes:
    return json.dumps(stretch.to_json()).encode() + b"\n"


class Counting:
    """Finds `articles` in each input, and reads each article into nothing."""

    def __init__(self, articles: int) -> None:
        self.articles = articles
        self.scans = 0
        self.reads = 0
        self.asked_for: tuple[object, ...] = ()
        """By which name and options, where it stands in for an engine."""
        self.unreadable: dict[str, str] = {}
        """Inputs of which nothing can be read, each with the reason."""
        self.lost: set[int] = set()
        """Shards of which it says that they are done, though they are not."""
        self.short: set[int] = set()
        """Shards of which it leaves an article out."""

    def run(self, tasks: Iterable[Task]) -> Iterator[Done]:
        """One after another, as they are taken."""
        for task in tasks:
            folder = Folder(Path(task.given["folder"]))
            yield Done(task, self._scan(folder, task) if task.job == "scan" else self._read(folder, task))

    def close(self) -> None:
        """Nothing to let go."""

    def _scan(self, folder: Folder, task: Task) -> dict[str, int]:
        self.scans += 1
        with written(scanned(folder, task.number)) as out:
            for name in task.given["inputs"]:
                if name in self.unreadable:
                    failure = Failure("unreadable", name, name, self.unreadable[name])
                    out.write(line(Stretch(name, 0, 1, (FailurePart(1, failure),))))
                    continue
                for first in range(0, self.articles, task.given["every"]):
                    count = min(task.given["every"], self.articles - first)
                    part = RowsPart(count, Seen(name, name, 1, None), first)
                    out.write(line(Stretch(name, first, count, (part,))))
        return {}

    def _read(self, folder: Folder, task: Task) -> dict[str, int]:
        self.reads += 1
        count = task.given["count"] - (task.number in self.short)
        entry = Entry(task.number, count - 1, 1, 100 * count, {"unreadable": 1})
        if task.number not in self.lost:
            write_entry(folder, entry)
        return entry.to_json()


def _measure(articles: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        wire = Path(folder, "wire.jsonl")
        wire.write_text("{}\n")
        report = run_batch([wire], Path(folder, "out"), engine=Counting(articles))
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{report.articles + report.failures:>12,} articles  {report.shards:>7,} shards  "
          f"{time.process_time():>6.1f} s of a processor  {peak_mb:>5.0f} MB")  # fmt: skip


if __name__ == "__main__":
    if len(sys.argv) == 2:
        _measure(int(sys.argv[1]))
    else:
        for each in sys.argv[1:]:
            subprocess.run([sys.executable, "-m", "tests.batch.counting", each], check=True)
