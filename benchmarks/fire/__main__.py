"""Runs one of the fires and says what came of it: see `benchmarks.fire`."""

from __future__ import annotations

import argparse
import json
import platform
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import sayso
from benchmarks.fire.damaging import damage
from benchmarks.fire.filling import disk
from benchmarks.fire.killing import kill
from benchmarks.fire.serving import postgres
from benchmarks.fire.together import together

FIRES: dict[str, tuple[Callable[..., dict[str, Any]], int]] = {
    "kill": (kill, 200),
    "disk": (disk, 100),
    "postgres": (postgres, 50),
    "together": (together, 20),
    "damage": (damage, 200),
}
MEASURED = Path(__file__).resolve().parents[2] / "docs" / "measured" / "fire.json"


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fire", description=__doc__)
    parser.add_argument("fire", choices=FIRES)
    parser.add_argument("--times", type=int, help="how often; the issue's own number where it is not given")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", action="store_true", help="put the figures down in docs/measured/fire.json")
    chosen = parser.parse_args(arguments)
    act, usual = FIRES[chosen.fire]
    times = chosen.times or usual
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="sayso-fire-") as folder:
        found = act(Path(folder), times=times, seed=chosen.seed)
    found = {
        "command": f"python -m benchmarks.fire {chosen.fire} --times {times} --seed {chosen.seed}",
        "took_s": round(time.monotonic() - began),
        **found,
    }
    print(json.dumps(found, indent=1, ensure_ascii=False))
    if chosen.keep:
        keep(chosen.fire, found)
    return 1 if found["faults"] else 0


def keep(name: str, found: dict[str, Any]) -> None:
    """Puts figures down beside those of the other fires."""
    kept = json.loads(MEASURED.read_text(encoding="utf-8")) if MEASURED.exists() else {}
    kept["sayso"] = sayso.__version__
    kept["machine"] = {"system": platform.platform(), "python": platform.python_version()}
    kept[name] = found
    MEASURED.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
