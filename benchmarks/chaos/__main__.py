"""Runs batches while what they run on dies, and says what came of it: see `benchmarks.chaos`."""

from __future__ import annotations

import argparse
import json
import platform
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

import sayso
from benchmarks.chaos.killing import KINDS, Disturbed, batch_command, now_and_then
from benchmarks.chaos.nodes import Nodes
from benchmarks.crawls import write_file
from sayso.batch.digest import digest_of

_PATIENCE_S = 3600.0
"""For one batch: one that is killed faster than it gets on would go on for ever."""


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.chaos", description=__doc__)
    parser.add_argument("--minutes", type=float, default=5, help="begin another batch until so long has passed")
    parser.add_argument("--every", type=float, default=8, metavar="S", help="seconds between two deaths, on average")
    parser.add_argument("--articles", type=int, default=600, help="articles in the crawl")
    parser.add_argument("--kinds", nargs="+", choices=KINDS, default=list(KINDS), help="what is killed")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", action="store_true", help="put the figures down in docs/measured/chaos.json")
    chosen = parser.parse_args()
    # So that an end from outside takes the nodes along.
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    with tempfile.TemporaryDirectory(prefix="sayso-chaos-") as folder:
        found = chaos(Path(folder), chosen)
    print(json.dumps(found, indent=1))
    if chosen.keep:
        from docs.pages import keep

        keep("chaos", found)
    return 1 if found["faults"] else 0


def chaos(folder: Path, chosen: argparse.Namespace) -> dict[str, Any]:
    """What came of batches that were disturbed, beside one that was not."""
    source = folder / "crawl.warc.gz"
    write_file(source, articles=chosen.articles, seed=chosen.seed)
    began = time.monotonic()
    subprocess.run(batch_command(source, folder / "quiet"), check=True, capture_output=True)
    quiet_s = time.monotonic() - began
    expected = digest_of(folder / "quiet")
    killed: Counter[str] = Counter()
    runs: list[dict[str, Any]] = []
    faults: list[str] = []
    chance = random.Random(chosen.seed)
    with Nodes(3) as nodes:
        undisturbed_s = _timed(nodes, batch_command(source, folder / "ray", "--address", nodes.address))
        if digest_of(folder / "ray") != expected:
            faults.append("undisturbed on Ray: the tables are others")
        began = time.monotonic()
        while not runs or time.monotonic() - began < chosen.minutes * 60:
            output = folder / f"disturbed-{len(runs)}"
            command = batch_command(source, output, "--address", nodes.address)
            disturbed = Disturbed(nodes, command, chance=chance)
            start = time.monotonic()
            try:
                disturbed.run(now_and_then(chosen.every, chosen.kinds, chance), within_s=_PATIENCE_S)
                found = digest_of(output)
                wrong = [table for table, digest in expected.items() if found.get(table) != digest]
                faults += [f"run {len(runs)}: {table} is another" for table in wrong]
            except (RuntimeError, TimeoutError) as error:
                faults.append(f"run {len(runs)}: {str(error)[-1_000:]}")
            killed.update(disturbed.killed)
            runs.append({"took_s": round(time.monotonic() - start, 1), "batch_started": disturbed.started,
                         "killed": dict(disturbed.killed)})  # fmt: skip
            print(json.dumps(runs[-1]), file=sys.stderr, flush=True)
    return {
        "command": f"python -m benchmarks.chaos --minutes {chosen.minutes:g} --every {chosen.every:g} "
        f"--articles {chosen.articles} --seed {chosen.seed}",
        "sayso": sayso.__version__,
        "machine": {"system": platform.platform(), "python": platform.python_version()},
        "quiet_local_s": round(quiet_s, 1),
        "quiet_ray_s": round(undisturbed_s, 1),
        "batches": len(runs),
        "killed": dict(killed),
        "runs": runs,
        "faults": faults,
    }


def _timed(nodes: Nodes, command: list[str]) -> float:
    began = time.monotonic()
    Disturbed(nodes, command, chance=random.Random(0)).run(iter(()), within_s=_PATIENCE_S)
    return time.monotonic() - began


if __name__ == "__main__":
    sys.exit(main())
