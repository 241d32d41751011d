"""The process in which one reader is fed by Hypothesis until its time is over: NAME SECONDS SEED FOLDER."""

from __future__ import annotations

import hashlib
import json
import os
import random
import sys
import time
import traceback
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from benchmarks.fuzzing.mutating import mutate
from benchmarks.fuzzing.readers import READERS, Reader, try_one
from benchmarks.mutated import Hang, no_longer_than
from sayso.confined import limit_own_memory, status_mb

SLOW_S = 10.0
MEMORY_MB = 1024
_ROUND = 500


class Trial:
    """One reader on trial: what came of its cases so far."""

    def __init__(self, name: str, folder: Path) -> None:
        self.reader: Reader = READERS[name]
        self.folder = folder
        self.examples = list(self.reader.examples())
        for example in self.examples:  # What is imported and made once is no case's own.
            try_one(self.reader, example)
        self.found: dict[str, Any] = dict.fromkeys(("cases", "read", "crashes", "slow", "memory"), 0)
        self.slowest_s = 0.0
        self.base_mb = status_mb("VmRSS")
        limit_own_memory(MEMORY_MB)

    def put(self, data: bytes) -> None:
        """A case."""
        (self.folder / "last").write_bytes(data)
        begun = time.process_time()
        self.found["cases"] += 1
        try:
            with no_longer_than(SLOW_S):
                self.found["read"] += try_one(self.reader, data) == "read"
        except Hang:
            self._keep("slow", data, "")
        except MemoryError:
            self._keep("memory", data, traceback.format_exc())
        except Exception:
            self._keep("crashes", data, traceback.format_exc())
        self.slowest_s = max(self.slowest_s, time.process_time() - begun)

    def report(self) -> None:
        """Writes down what came of it."""
        peak_mb = max(status_mb("VmHWM") - self.base_mb, 0)
        told = {**self.found, "slowest_s": round(self.slowest_s, 3), "peak_mb": peak_mb}
        (self.folder / "report.json").write_text(json.dumps(told), encoding="utf-8")

    def _keep(self, what: str, data: bytes, told: str) -> None:
        self.found[what] += 1
        path = self.folder / f"{what}-{hashlib.sha256(data).hexdigest()[:12]}"
        path.write_bytes(data)
        if told:
            path.with_name(path.name + ".txt").write_text(told, encoding="utf-8")


def processor_s() -> float:
    """Of this process and of those that it started and that have ended."""
    return sum(os.times()[:4])


def feed(trial: Trial, seconds: float, first: int) -> None:
    """Feeds a reader for so long, of processor time."""
    end, late = processor_s() + seconds, time.monotonic() + 6 * seconds
    number = first * 1_000_003
    while processor_s() < end and time.monotonic() < late:
        number += 1

        @seed(number)
        @settings(
            max_examples=_ROUND, deadline=None, database=None, phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )  # fmt: skip
        @given(st.integers(0, 2**63), st.sampled_from(trial.examples))
        def one(drawn: int, example: bytes) -> None:
            if processor_s() < end and time.monotonic() < late:
                trial.put(mutate(example, trial.reader.pieces, random.Random(drawn)))

        one()


def main() -> None:
    """As the command line says."""
    name, seconds, first, folder = sys.argv[1:]
    trial = Trial(name, Path(folder))
    feed(trial, float(seconds), int(first))
    trial.report()


if __name__ == "__main__":
    main()
