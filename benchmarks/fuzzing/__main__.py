"""`python -m benchmarks.fuzzing`: runs the readers in processes of their own, and prints what came of it."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from benchmarks.fuzzing.printing import fuzzing_table
from benchmarks.fuzzing.readers import READERS, ROOT, try_one
from benchmarks.input_report import keep_part
from sayso import __version__

KEPT = ROOT / "build" / "fuzzing"


def main() -> int:
    """Runs, prints the table, and keeps it for the pages where that is asked for; 1 where something went wrong."""
    import benchmarks.fuzzing as package

    parser = argparse.ArgumentParser(description=package.__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=900, help="of a processor, for all readers together")
    parser.add_argument("--only", action="append", default=[], choices=list(READERS), metavar="READER")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--again", type=Path, metavar="FILE", help="a case that was kept")
    parser.add_argument("--atheris", action="store_true", help="led by coverage")
    parser.add_argument("--write-docs", action="store_true")
    told = parser.parse_args()
    names = told.only or list(READERS)
    if told.again:
        print(try_one(READERS[names[0]], told.again.read_bytes()))
        return 0
    found = {name: _run(name, told.seconds / len(names), told.seed, atheris=told.atheris) for name in names}
    measured = {"sayso": __version__, "seconds": told.seconds, "seed": told.seed, "readers": found}
    print(fuzzing_table(measured))
    if told.write_docs:
        keep_part("fuzzing", measured)
    return int(any(each["crashes"] or each["slow"] or each["memory"] or each["died"] for each in found.values()))


def _run(name: str, seconds: float, seed: int, *, atheris: bool) -> dict[str, Any]:
    """What came of one reader's time."""
    how = "led" if atheris else "child"
    folder = KEPT / name.replace(" ", "-")
    folder.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", f"benchmarks.fuzzing.{how}", name, str(seconds), str(seed), str(folder)]
    done = subprocess.run(command, capture_output=True, cwd=ROOT, check=False)
    report = folder / "report.json"
    found: dict[str, Any] = json.loads(report.read_bytes()) if report.is_file() else {}
    report.unlink(missing_ok=True)
    found = {"cases": 0, "read": 0, "crashes": 0, "slow": 0, "memory": 0, "slowest_s": 0.0, "peak_mb": 0} | found
    found["died"] = int(not found["cases"] or done.returncode not in (0, 77))
    if found["died"]:
        print(f"{name}: ended with {done.returncode}: {done.stderr.decode(errors='replace')[-600:]}", file=sys.stderr)
    print(f"{name}: {found}", file=sys.stderr, flush=True)
    return found


if __name__ == "__main__":
    sys.exit(main())
