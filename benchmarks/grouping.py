"""How the grouping of a batch grows with it, and how well it does: 10,000, 100,000 and a million statements.

    python -m benchmarks.grouping [--sizes N...] [--workers N] [--folder DIR] [--write-docs]

Articles are recombined from our own texts (`benchmarks.archives`), so that it is known which print one agency's report
and which statements tell one utterance; and of real news, pairs of quotations that people judged. Grouped by the local
engine, as `sayso batch --group` does; processor time is that of all workers, memory the largest that a worker had.
"""

from __future__ import annotations

import argparse
import json
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import sayso
from benchmarks import speed
from benchmarks.grouping_report import grouping_tables
from benchmarks.groupings.building import build
from benchmarks.groupings.judging import judge
from benchmarks.groupings.news import measure_news
from sayso.batch.engines.local import LocalEngine
from sayso.batch.grouping import group
from sayso.batch.layout import Folder
from sayso.batch.tasks import Done, Task
from training.evaluate import SHARED

SIZES = (10_000, 100_000, 1_000_000)


class Counted:
    """A local engine that notes what its tasks cost."""

    def __init__(self, workers: int) -> None:
        self.engine = LocalEngine(workers)
        self.cpu_s: dict[str, float] = {}
        self.peak_mb = 0.0

    def run(self, tasks: Iterable[Task]) -> Iterator[Done]:
        """As the engine's."""
        for done in self.engine.run(tasks):
            stage = f"{done.task.given['kind']} {done.task.given['stage']}"
            self.cpu_s[stage] = self.cpu_s.get(stage, 0.0) + done.cpu_s
            self.peak_mb = max(self.peak_mb, done.peak_mb)
            yield done

    def close(self) -> None:
        """As the engine's."""
        self.engine.close()


def measure(root: Path, statements: int, *, workers: int, seed: int) -> dict[str, Any]:
    """Builds a batch where there is none yet, groups it, and judges that."""
    kept = root / "built.json"
    if not kept.is_file():
        shutil.rmtree(root, ignore_errors=True)
        counts = build(root, statements, seed=seed)
        kept.write_text(json.dumps(counts), encoding="utf-8")
    (root / "grouping.json").unlink(missing_ok=True)
    engine = Counted(workers)
    largest = 0

    def look(_: object) -> None:
        nonlocal largest
        work = root / "work"
        largest = max(largest, sum(each.stat().st_size for each in work.rglob("*") if each.is_file()))

    wall, own = time.monotonic(), time.process_time()
    try:
        report = group(Folder(root), engine, on_progress=look)
    finally:
        engine.close()
    return {
        **json.loads(kept.read_text(encoding="utf-8")),
        "cpu_s": sum(engine.cpu_s.values()),
        "driver_s": time.process_time() - own,
        "wall_s": time.monotonic() - wall,
        "stages_s": engine.cpu_s,
        "worker_mb": engine.peak_mb,
        "driver_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "work_bytes": largest,
        "texts": report.texts,
        "copies": report.copies,
        "told": report.told,
        "utterances": report.utterances,
        "cut": report.cut,
        "quality": judge(root),
    }


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="grouping", description=(__doc__ or "").split("\n\n", maxsplit=1)[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES), metavar="STATEMENTS")
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--folder", type=Path, help="where the batches are kept; without it they are taken away again")
    parser.add_argument("--shared", type=Path, default=SHARED, metavar="DIR")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--json", type=Path, metavar="FILE")
    parser.add_argument("--write-docs", action="store_true")
    arguments = parser.parse_args()
    sizes = {}
    with tempfile.TemporaryDirectory(prefix="sayso-grouping-") as place:
        for size in arguments.sizes:
            print(f"{size:,} statements ...", file=sys.stderr, flush=True)
            root = (arguments.folder or Path(place)) / str(size)
            sizes[str(size)] = measure(root, size, workers=arguments.workers, seed=arguments.seed)
        news = measure_news(arguments.shared / "corpora", Path(place) / "news")
    measured = {
        "sayso": sayso.__version__,
        "machine": speed.machine(),
        "workers": arguments.workers,
        "seed": arguments.seed,
        "sizes": sizes,
        "news": news,
    }
    print(grouping_tables(measured))
    if arguments.json:
        arguments.json.write_text(json.dumps(measured, indent=1) + "\n", encoding="utf-8")
    if arguments.write_docs:
        from docs import pages

        pages.keep("grouping", measured)


if __name__ == "__main__":
    main()
