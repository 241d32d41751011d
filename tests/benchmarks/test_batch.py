"""A batch measured in small: its steps are timed in the processes that it starts, and its memory is looked at."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from benchmarks.batch import run_batch, steps_of, waited_for, watch
from benchmarks.crawls import write_file

WATCHED = {
    "the encoder", "WARC and HTTP", "pages", "the parser of pages", "words and pieces", "windows", "attributions",
    "speakers", "statements", "figures", "tables",
}  # fmt: skip


def test_each_step_of_a_batch_is_timed(tmp_path: Path) -> None:
    crawl = tmp_path / "crawl.warc.gz"
    write_file(crawl, articles=2)
    told = run_batch(crawl, tmp_path / "batch", workers=1, steps=tmp_path / "steps")
    steps = steps_of(tmp_path / "steps", in_all=told["all_cpu_s"])
    assert told["articles"] == 2
    # What is renamed in the library is not timed any more, and would hide in the rest.
    assert {step for step, seconds in steps.items() if seconds > 0} >= WATCHED
    assert sum(steps.values()) <= told["all_cpu_s"] * 1.01


def test_a_process_whose_parent_was_killed_is_counted() -> None:
    burn = "import time\nwhile time.process_time() < 1: pass"
    killed = f"import os, subprocess, sys\nsubprocess.Popen([sys.executable, '-c', {burn!r}])\nos.kill(os.getpid(), 9)"
    before = sum(os.times()[2:4])
    done = subprocess.run(waited_for([sys.executable, "-c", killed]), check=False)
    assert sum(os.times()[2:4]) - before > 0.9
    assert done.returncode


def test_the_memory_of_all_processes_is_looked_at(tmp_path: Path) -> None:
    seen = watch(tmp_path, articles=1, workers=1, every_s=0.2)["seen"]
    assert max(each["processes"] for each in seen) >= 2
    assert max(each["largest_mb"] for each in seen) > 50 > max(each["driver_mb"] for each in seen) > 1
