"""Words per second of processor time, peak memory and cold start: `just bench`, or `python -m benchmarks.speed`.

All engines read the same articles in one run, in rounds (every engine once a round, the order turned each time), each
in its own process on one core; medians over the rounds. Articles: PolNeAR dev where the shared corpora lie beside the
project, else the project's gold set, repeated.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import sayso
from benchmarks import report
from benchmarks.engines import ENGINES
from training.evaluate import SHARED, find_set, model_name

ROOT = Path(__file__).resolve().parent.parent
OURS = "sayso"
LEAST_WORDS = 30_000
"""The gold set is repeated up to this many words, so that a round takes seconds and not moments."""
COLD = "import sys; from sayso.cli import main; sys.argv[1:] = ['read', '--format', 'json', {path!r}]; sys.exit(main())"


def find_texts(shared: Path, limit: int | None) -> tuple[str, list[str]]:
    """The articles to read, and what they are."""
    annotated = find_set("dev", shared)
    name = "PolNeAR dev"
    if annotated is None:
        annotated, name = find_set("gold", shared) or [], "the gold set, repeated"
        words = sum(len(each.text.split()) for each in annotated)
        annotated *= -(-LEAST_WORDS // words)
    return name, [each.text for each in annotated][:limit]


def time_engine(python: Path, name: str, texts: Path) -> dict[str, Any]:
    """One run of one engine in a process of its own.

    Raises RuntimeError with the last line that the process said, where it fails.
    """
    done = subprocess.run(
        [python, "-m", "benchmarks.engines", name, str(texts)],
        cwd=ROOT, env=one_thread(), capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError((done.stderr.strip().splitlines() or [f"exit code {done.returncode}"])[-1])
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def cold_start(article: Path) -> float:
    """Seconds from starting `sayso read` on one article until it is done."""
    started = time.perf_counter()
    command = [sys.executable, "-c", COLD.format(path=str(article))]
    done = subprocess.run(command, env=one_thread(), capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"sayso read {article}: {done.stderr.strip()}")
    return time.perf_counter() - started


def one_thread() -> dict[str, str]:
    """The environment of a process that is to reckon on one thread."""
    one = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "SAYSO_JOBS"), "1")
    return {**os.environ, **one}


def measure(shared: Path, *, peers_python: Path, rounds: int, limit: int | None = None) -> dict[str, Any]:
    """The medians of every engine that runs here, and why the others do not."""
    name, texts = find_texts(shared, limit)
    runs: dict[str, list[dict[str, Any]]] = {engine: [] for engine in ENGINES}
    failed: dict[str, str] = {}
    cold: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        listed, first = Path(folder) / "texts.json", Path(folder) / "article.txt"
        listed.write_text(json.dumps(texts), encoding="utf-8")
        first.write_text(texts[0], encoding="utf-8")
        for turn in range(rounds):
            order = list(ENGINES)
            for engine in order[turn % len(order) :] + order[: turn % len(order)]:
                if engine in failed:
                    continue
                print(f"round {turn + 1} of {rounds}: {engine}", file=sys.stderr)
                python = Path(sys.executable) if engine.startswith(OURS) else peers_python
                try:
                    runs[engine].append(time_engine(python, engine, listed))
                except RuntimeError as error:
                    failed[engine] = str(error)
            if "cold start" not in failed:
                try:
                    cold.append(cold_start(first))
                except RuntimeError as error:
                    failed["cold start"] = str(error)
    engines = {engine: _medians(timed) for engine, timed in runs.items() if timed and engine not in failed}
    return {
        "sayso": sayso.__version__,
        "model": model_name(),
        "machine": machine(),
        "articles": {"name": name, "count": len(texts), "words": sum(len(text.split()) for text in texts)},
        "rounds": rounds,
        "engines": engines,
        "cold_start_s": statistics.median(cold) if cold else None,
        "not_run": failed,
    }


def _medians(timed: list[dict[str, Any]]) -> dict[str, Any]:
    speeds = [each["words_per_cpu_s"] for each in timed]
    return {
        "words_per_cpu_s": statistics.median(speeds),
        "slowest": min(speeds),
        "fastest": max(speeds),
        "peak_mb": statistics.median(each["peak_mb"] for each in timed),
        "load_s": statistics.median(each["load_s"] for each in timed),
        "found": timed[0]["found"],
    }


def machine() -> dict[str, str]:
    """What a measurement is of."""
    return {"processor": processor(), "system": platform.platform(), "python": platform.python_version()}


def processor() -> str:
    """The processor's name, as far as the system tells it."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine())


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="speed", description=(__doc__ or "").split("\n\n", maxsplit=1)[0])
    parser.add_argument("--shared", type=Path, default=SHARED, metavar="DIR")
    parser.add_argument(
        "--peers-python", type=Path, default=Path(sys.executable), metavar="FILE",
        help="the Python that has spaCy and textacy (benchmarks/requirements.lock); default: this one",
    )  # fmt: skip
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--limit", type=int, metavar="ARTICLES", help="read only so many articles")
    parser.add_argument("--json", type=Path, metavar="FILE")
    parser.add_argument("--write-docs", action="store_true")
    arguments = parser.parse_args()
    measured = measure(
        arguments.shared, peers_python=arguments.peers_python, rounds=arguments.rounds, limit=arguments.limit
    )
    print(report.speed_tables(measured))
    for engine, reason in measured["not_run"].items():
        print(f"{engine} did not run: {reason}", file=sys.stderr)
    if arguments.json:
        arguments.json.write_text(json.dumps(measured, indent=1) + "\n", encoding="utf-8")
    if arguments.write_docs:
        from docs import pages

        if measured["not_run"]:
            sys.exit("--write-docs wants every engine, so that the pages do not lose a row")
        pages.keep("speed", measured)


if __name__ == "__main__":
    main()
