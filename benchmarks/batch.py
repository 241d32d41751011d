"""What a batch costs and where its time goes: `just batch`, or `python -m benchmarks.batch`.

A crawl is generated (`benchmarks.crawls`) and read by the real `sayso batch`, in processes of its own: by one worker,
in which the steps are timed (`benchmarks.stepping`), and by two, on the wall. Then the peers of `benchmarks.engines`
read the texts that came out. With --watch N the memory of all processes is looked at through a batch of N articles
instead.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import sayso
from benchmarks.batch_report import batch_tables
from benchmarks.chaos.killing import batch_command
from benchmarks.crawls import write_file
from benchmarks.speed import one_thread, processor, time_engine
from sayso.batch.layout import Folder
from sayso.batch.parquet import read_parts
from training.evaluate import model_name

STEPPING = Path(__file__).resolve().parent / "stepping" / "sitecustomize.py"
PEERS = ("spaCy small", "textacy")


def run_batch(crawl: Path, output: Path, *, workers: int, steps: Path | None = None) -> dict[str, Any]:
    """A batch in processes of its own: seconds of the wall while it read, of the processor in all, what it told."""
    shutil.rmtree(output, ignore_errors=True)
    environment = one_thread()
    if steps is not None:
        steps.mkdir()
        shutil.copy(STEPPING, steps)
        environment["PYTHONPATH"] = str(steps)
    command = batch_command(crawl, output, "--workers", str(workers), "--format", "json")
    before = _children_s()
    done = subprocess.run(waited_for(command), env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"sayso batch: {done.stderr.strip()[-2_000:]}")
    report: dict[str, Any] = json.loads(done.stdout)
    return {"wall_s": report["cost"]["reading_s"], "all_cpu_s": _children_s() - before, **report}


_WAIT = """
import ctypes, os, subprocess, sys
ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)  # PR_SET_CHILD_SUBREAPER
code = subprocess.run(sys.argv[1:]).returncode
try:
    while True:
        os.wait()
except ChildProcessError:
    sys.exit(code)
"""


def waited_for(command: Sequence[str]) -> list[str]:
    """The command in a process that waits for all below it (Linux), so that their processor time is counted to it.

    A worker is killed, and with it the parser of pages that it started: nobody else would wait for that one.
    """
    return [sys.executable, "-c", _WAIT, *command]


def _children_s() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def steps_of(folder: Path, *, in_all: float) -> dict[str, float]:
    """Seconds of each step over all processes; what no step took of `in_all` as the rest."""
    found: dict[str, float] = {}
    for path in folder.glob("*.json"):
        told = json.loads(path.read_text(encoding="utf-8"))
        if set(told["steps"]) == {_PARSER}:
            # The parser's process does nothing else: its pipes and its start are counted to it.
            told["steps"] = {_PARSER: told["cpu_s"]}
        for step, seconds in told["steps"].items():
            found[step] = found.get(step, 0.0) + seconds
    return {**found, "the rest": max(in_all - sum(found.values()), 0.0)}


_PARSER = "the parser of pages"


def measure(folder: Path, *, articles: int, rounds: int, peers_python: Path, seed: int = 0) -> dict[str, Any]:
    """All that the tables show."""
    crawl, output = folder / "crawl.warc.gz", folder / "batch"
    written = write_file(crawl, articles=articles, seed=seed)
    one: list[dict[str, Any]] = []
    two: list[dict[str, Any]] = []
    steps: list[dict[str, float]] = []
    for turn in range(rounds):
        print(f"round {turn + 1} of {rounds}", file=sys.stderr, flush=True)
        place = folder / f"steps{turn}"
        one.append(run_batch(crawl, output, workers=1, steps=place))
        steps.append(steps_of(place, in_all=one[-1]["all_cpu_s"]))
        two.append(run_batch(crawl, output, workers=2))
    rows = read_parts(output, "articles", columns=["text"])
    texts = [str(row["text"]) for row in rows]
    listed = folder / "texts.json"
    listed.write_text(json.dumps(texts[:PEER_TEXTS]), encoding="utf-8")
    peers: dict[str, Any] = {}
    for name in PEERS:
        try:
            runs = [time_engine(peers_python, name, listed)["words_per_cpu_s"] for _ in range(rounds)]
            peers[name] = statistics.median(runs)
        except RuntimeError as error:
            print(f"{name} did not run: {error}", file=sys.stderr)
    return {
        "sayso": sayso.__version__,
        "model": model_name(),
        "machine": {"processor": processor(), "python": platform.python_version(), "cores": os.cpu_count()},
        "rounds": rounds,
        "articles": one[0]["articles"],
        "failures": one[0]["failures"],
        "words": one[0]["words"],
        "crawl_mb": crawl.stat().st_size / 1e6,
        "page_kb": statistics.mean(each.page_bytes for each in written) / 1024,
        "tables_mb": one[0]["bytes"] / 1e6,
        "cpu_s": statistics.median(each["all_cpu_s"] for each in one),
        "steps": {name: statistics.median(each.get(name, 0.0) for each in steps) for name in steps[0]},
        "peak_mb": statistics.median(each["cost"]["peak_mb"] for each in one),
        "wall_s": {"1": statistics.median(each["wall_s"] for each in one),
                   "2": statistics.median(each["wall_s"] for each in two)},
        "two_cpu_s": statistics.median(each["all_cpu_s"] for each in two),
        "peers": peers,
        "peer_texts": min(PEER_TEXTS, len(texts)),
    }  # fmt: skip


PEER_TEXTS = 100


def watch(folder: Path, *, articles: int, workers: int, every_s: float = 10.0) -> dict[str, Any]:
    """The memory of a batch's processes as it goes on: a line each `every_s` on standard error, and what came of it."""
    crawl, output = folder / "crawl.warc.gz", folder / "batch"
    write_file(crawl, articles=articles)
    command = batch_command(crawl, output, "--workers", str(workers))
    seen: list[dict[str, Any]] = []
    with (folder / "told").open("w") as told:
        running = subprocess.Popen(command, env=one_thread(), stdout=told, stderr=told)
        began = time.monotonic()
        while running.poll() is None:
            time.sleep(every_s)
            sizes = _resident_mb(running.pid)
            done = sum(json.loads(each.read_text())["articles"] for each in Folder(output).entries())
            driver, *others = sizes or [0.0]
            seen.append({"s": round(time.monotonic() - began), "articles": done, "driver_mb": driver,
                         "largest_mb": max(others, default=0.0), "processes": len(sizes)})  # fmt: skip
            print(json.dumps(seen[-1]), file=sys.stderr, flush=True)
    if running.returncode:
        raise RuntimeError((folder / "told").read_text()[-2_000:])
    return {"articles": articles, "workers": workers, "seen": seen}


def _resident_mb(pid: int) -> list[float]:
    """The resident memory of a process and of all below it, its own first."""
    below: dict[int, list[int]] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(path.read_text(errors="replace").rpartition(")")[2].split()[1])
        except (OSError, IndexError):
            continue
        below.setdefault(parent, []).append(int(path.parent.name))
    found, waiting = [], [pid]
    while waiting:
        each = waiting.pop(0)
        waiting += below.get(each, [])
        try:
            pages = int(Path(f"/proc/{each}/statm").read_text().split()[1])
        except (OSError, IndexError):
            continue
        found.append(round(pages * resource.getpagesize() / 1e6, 1))
    return found


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="batch", description=(__doc__ or "").split("\n\n", maxsplit=1)[0])
    parser.add_argument("--articles", type=int, default=600, metavar="N")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument(
        "--watch", type=int, metavar="N", help="look at the memory through a batch of N articles instead"
    )
    parser.add_argument("--workers", type=int, default=2, help="of the batch that is watched")
    parser.add_argument(
        "--peers-python", type=Path, default=Path(sys.executable), metavar="FILE",
        help="the Python that has spaCy and textacy (benchmarks/requirements.lock); default: this one",
    )  # fmt: skip
    parser.add_argument("--json", type=Path, metavar="FILE")
    parser.add_argument("--write-docs", action="store_true")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        if arguments.watch:
            print(json.dumps(watch(Path(place), articles=arguments.watch, workers=arguments.workers)))
            return
        measured = measure(
            Path(place), articles=arguments.articles, rounds=arguments.rounds, peers_python=arguments.peers_python
        )
    print(batch_tables(measured))
    if arguments.json:
        arguments.json.write_text(json.dumps(measured, indent=1) + "\n", encoding="utf-8")
    if arguments.write_docs:
        from docs import pages

        if len(measured["peers"]) < len(PEERS):
            sys.exit("--write-docs wants every engine, so that the pages do not lose a row")
        pages.keep("batch", measured)


if __name__ == "__main__":
    main()
