"""How the archive grows: searching, tracing, adding and size at three sizes: `python -m benchmarks.archive`.

Archives of 10,000, 100,000 and 1,000,000 statements are generated (`benchmarks.archives`), or taken from `--folder`
where they are there. Each is measured in a process of its own: a seeded mix of queries, a quarter of them with facets;
quotes traced, as some article words them; articles read and added, the processor's time of both in the same run; and
`sayso search` from the start of its process to its end. On SQLite; one core for NumPy.
"""

from __future__ import annotations

import argparse
import json
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import select

import sayso
from benchmarks import speed
from benchmarks.archive_report import archive_tables
from benchmarks.archives.asking import Mix
from benchmarks.archives.building import archive_path, build
from benchmarks.archives.words import gold_texts
from benchmarks.placing import _here
from sayso.archive import open_archive
from sayso.archive.archive import Archive
from sayso.archive.forms import Given
from sayso.archive.schema import article, outlet
from training.evaluate import SHARED

T = TypeVar("T")
SIZES = (10_000, 100_000, 1_000_000)
QUERIES = 480
TRACES = 100
COLD = ("bridge", "ferry", "hospital", "union", "budget", "rain", "railway")
OUTLETS = 400


def measure_size(folder: Path, size: int, asked: list[dict[str, str]], *, seed: int) -> dict[str, Any]:
    """One archive: searching, tracing, adding and memory, in this process."""
    before = _peak_mb()
    with open_archive(archive_path(folder, size)) as archive:
        mix = _mix(archive, asked, seed)
        archive.search("bridge")
        searched = _search(archive, mix)
        traced = _trace(archive, mix)
        peak = _peak_mb()
    with tempfile.TemporaryDirectory(prefix="sayso-archive-", dir=folder) as place:
        copy = Path(place) / "copy.db"
        shutil.copyfile(archive_path(folder, size), copy)
        with open_archive(copy) as archive:
            added = _add(archive, gold_texts())
    return {"search": searched, "trace": traced, "add": added, "memory_mb": [before, peak]}


def _mix(archive: Archive, asked: Sequence[dict[str, str]], seed: int) -> Mix:
    with archive.store.reading() as connection:
        named = select(outlet.c.name).join(article, article.c.outlet_id == outlet.c.id).order_by(article.c.id)
        outlets = list(connection.scalars(named.limit(OUTLETS)))
    return Mix([each["words"] for each in asked], [each["speaker"] for each in asked], outlets, seed=seed)


class _Clock:
    """Takes the time of acts, on the wall and of the processor."""

    def __init__(self) -> None:
        self.wall: list[float] = []
        self.processor: list[float] = []

    def time(self, act: Callable[[], T]) -> T:
        """What the act gives."""
        wall, processor = time.perf_counter(), time.process_time()
        found = act()
        self.wall.append(time.perf_counter() - wall)
        self.processor.append(time.process_time() - processor)
        return found

    def add(self, other: _Clock) -> None:
        """Takes the other's times as well."""
        self.wall += other.wall
        self.processor += other.processor

    def spread(self) -> dict[str, Any]:
        """Median, 95th percentile and worst, on the wall and of the processor, in milliseconds."""
        return {"times": len(self.wall), "wall": _spread(self.wall), "processor": _spread(self.processor)}


def _search(archive: Archive, mix: Mix) -> dict[str, Any]:
    clocks: dict[str, _Clock] = defaultdict(_Clock)
    found: dict[str, list[int]] = defaultdict(list)
    for each in mix.queries(QUERIES):
        clock = _Clock()
        page = clock.time(partial(archive.search, each.query, facets=each.facets))
        found[each.kind].append(page.total)
        for name in (each.kind, "with facets" if each.facets else "without facets", "all"):
            clocks[name].add(clock)
    kinds = {name: {**clocks[name].spread(), "found": statistics.median(found[name])} for name in found}
    return {"kinds": kinds, **{name: clocks[name].spread() for name in ("all", "with facets", "without facets")}}


def _trace(archive: Archive, mix: Mix) -> dict[str, Any]:
    wordings = mix.wordings(TRACES)
    first, clock = _Clock(), _Clock()
    first.time(partial(archive.trace, wordings[0]))
    traces = [clock.time(partial(archive.trace, words)) for words in wordings]
    return {
        **clock.spread(),
        "first": first.spread()["wall"]["p50"],
        "found": sum(bool(each.wordings) for each in traces) / len(traces),
        "witnesses": statistics.mean(each.witnesses for each in traces),
        "wordings": statistics.mean(len(each.wordings) for each in traces),
    }


def measure_news(shared: Path) -> dict[str, Any] | None:
    """News in an archive of its own: its cost beside reading, and how much the file grows; None without corpora."""
    source = shared / "corpora" / "polnear" / "dev.jsonl"
    if not source.is_file():
        return None
    texts = [json.loads(line)["text"] for line in source.read_text(encoding="utf-8").strip().split("\n")]
    with tempfile.TemporaryDirectory(prefix="sayso-archive-") as place:
        path = Path(place) / "news.db"
        open_archive(path, make=True).close()
        empty = path.stat().st_size
        with open_archive(path) as archive:
            added = _add(archive, texts)
        return {**added, "times_text": (path.stat().st_size - empty) / added["text_bytes"]}


def _add(archive: Archive, texts: Sequence[str]) -> dict[str, Any]:
    """Texts read and added one after the other; of the first one the times are not counted."""
    reading = adding = committing = text_bytes = statements = 0.0
    for number, text in enumerate(texts):
        began = time.process_time()
        made = sayso.read_text(text, name=f"text-{number}", date="2026-03-14", outlet="The Tidewater Courier")
        read = time.process_time()
        wall = time.perf_counter()
        archive.save(made, Given(f"text-{number}", digest=f"{number:064x}"))
        text_bytes += len(text.encode())
        statements += len(made.statements)
        if number:
            reading += read - began
            adding += time.process_time() - read
            committing += time.perf_counter() - wall
    return {
        "articles": number + 1,
        "statements": int(statements),
        "text_bytes": int(text_bytes),
        "reading_ms": reading / number * 1000,
        "adding_ms": adding / number * 1000,
        "adding_wall_ms": committing / number * 1000,
        "on_top": adding / reading,
    }


def cold(folder: Path, size: int, words: Sequence[str]) -> dict[str, Any]:
    """`sayso search` as a process, from its start to its end, for several words."""
    wall, processor = [], []
    for word in words:
        command = [sys.executable, "-m", "sayso", "search", word, "--archive", str(archive_path(folder, size))]
        began, used = time.perf_counter(), _ended_s()
        done = subprocess.run(command, capture_output=True, text=True, env=_here(), check=False)
        wall.append(time.perf_counter() - began)
        processor.append(_ended_s() - used)
        if done.returncode not in (0, 1):
            raise SystemExit(f"sayso search {word} failed: {done.stderr.strip()}")
    return {"times": len(wall), "wall": _spread(wall), "processor": _spread(processor)}


def _ended_s() -> float:
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return ended.ru_utime + ended.ru_stime


def _spread(took: Sequence[float]) -> dict[str, float]:
    ordered = sorted(each * 1000 for each in took)
    return {
        "p50": statistics.median(ordered),
        "p95": ordered[min(len(ordered) - 1, round(0.95 * len(ordered)))],
        "worst": ordered[-1],
    }


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _step(name: str, *more: str) -> Any:
    """What one step gives, run in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.archive", "--step", name, *more]
    done = subprocess.run(command, cwd=speed.ROOT, check=True, stdout=subprocess.PIPE, text=True, env=_here())
    return json.loads(done.stdout.splitlines()[-1])


def measure(folder: Path, shared: Path, sizes: Sequence[int], *, seed: int) -> dict[str, Any]:
    """All of it."""
    built = build(folder, sizes, seed=seed)
    measured = {}
    for size in sizes:
        print(f"{size:,} statements ...", file=sys.stderr)
        measured[str(size)] = {
            **built["sizes"][str(size)],
            **_step(str(size), "--folder", str(folder), "--seed", str(seed)),
            "cold": cold(folder, size, COLD),
        }
    return {
        "sayso": sayso.__version__,
        "machine": speed.machine(),
        "seed": seed,
        "sizes": measured,
        "news": _step("news", "--shared", str(shared)),
    }


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="archive", description=(__doc__ or "").split("\n\n", maxsplit=1)[0])
    parser.add_argument("--shared", type=Path, default=SHARED, metavar="DIR")
    parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES), metavar="STATEMENTS")
    parser.add_argument("--folder", type=Path, help="where the archives are kept; without it they are taken away again")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--json", type=Path, metavar="FILE")
    parser.add_argument("--write-docs", action="store_true")
    parser.add_argument("--step", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.step == "news":
        print(json.dumps(measure_news(arguments.shared)))
        return
    if arguments.step is not None:
        asked = json.loads((arguments.folder / "built.json").read_text(encoding="utf-8"))["asked"]
        print(json.dumps(measure_size(arguments.folder, int(arguments.step), asked, seed=arguments.seed)))
        return
    with tempfile.TemporaryDirectory(prefix="sayso-archive-") as place:
        measured = measure(arguments.folder or Path(place), arguments.shared, arguments.sizes, seed=arguments.seed)
    print(archive_tables(measured))
    if arguments.json:
        arguments.json.write_text(json.dumps(measured, indent=1) + "\n", encoding="utf-8")
    if arguments.write_docs:
        from docs import pages

        pages.keep("archive", measured)


if __name__ == "__main__":
    main()
