"""Who is killed: a worker's child, its actor, a machine, or the batch itself."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.chaos.nodes import Nodes, kill, words_of

KINDS = {"child": 3, "actor": 3, "node": 2, "driver": 1}
"""How often each is, beside the others: a batch that begins again needs a while before it gets on at all."""
_AWAY_S = 4.0
"""After which a machine comes back, and a batch is started again."""


class Disturbed:
    """A batch on a cluster, while something dies every few seconds."""

    def __init__(self, nodes: Nodes, command: Sequence[str], *, chance: random.Random) -> None:
        self.killed: Counter[str] = Counter()
        """How often each kind was."""
        self.started = 0
        """How often the batch was."""
        self._nodes = nodes
        self._command = list(command)
        self._chance = chance
        self._down: dict[int, float] = {}
        """Nodes that are down, and until when."""

    def run(self, deaths: Iterator[str | None], *, within_s: float) -> str:
        """Runs until the batch is done; what it printed. `deaths` is asked all the time whether one of a kind dies now.

        Raises RuntimeError where the batch fails, TimeoutError.
        """
        until = time.monotonic() + within_s
        batch = self._start()
        try:
            while batch.poll() is None or batch.returncode < 0:
                if time.monotonic() > until:
                    raise TimeoutError(f"it is not done after {within_s:.0f} s: {dict(self.killed)}")
                if batch.returncode is not None:
                    time.sleep(_AWAY_S)
                    batch = self._start()
                self._raise_nodes()
                if (kind := next(deaths, None)) is not None:
                    self._kill(kind, batch)
                time.sleep(0.05)
            said = (batch.stdout.read() if batch.stdout else b"").decode("utf-8", "replace")
            if batch.returncode:
                raise RuntimeError(said)
            return said
        finally:
            if batch.poll() is None:
                batch.kill()
            batch.wait()
            self._raise_nodes(all_of_them=True)

    def _start(self) -> subprocess.Popen[bytes]:
        self.started += 1
        return subprocess.Popen(
            self._command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            env={**os.environ, **self._nodes.environment},
        )  # fmt: skip

    def _raise_nodes(self, *, all_of_them: bool = False) -> None:
        for node, until in list(self._down.items()):
            if all_of_them or time.monotonic() > until:
                del self._down[node]
                self._nodes.rise(node)

    def _kill(self, kind: str, batch: subprocess.Popen[bytes]) -> None:
        """Kills one of a kind, nobody where there is none just now."""
        if kind == "driver":
            batch.kill()
            batch.wait()
        elif kind == "node":
            # Not the head: it is the machine that the batch is started on, and dies with it.
            standing = [node for node in range(1, len(self._nodes)) if node not in self._down]
            if not standing:
                return
            node = self._chance.choice(standing)
            self._nodes.fall(node)
            self._down[node] = time.monotonic() + _AWAY_S
        else:
            wanted = "sayso.batch._child" if kind == "child" else "ray::MapWorker"
            found = [pid for node in range(len(self._nodes)) if node not in self._down for pid in self._nodes.pids(node)
                     if any(word.startswith(wanted) for word in words_of(pid))]  # fmt: skip
            if not found or not kill(self._chance.choice(found)):
                return
        self.killed[kind] += 1


def now_and_then(every_s: float, kinds: Sequence[str], chance: random.Random) -> Iterator[str | None]:
    """A death every few seconds, of whichever kind."""
    weights = [KINDS[kind] for kind in kinds]
    while True:
        due = time.monotonic() + every_s * chance.uniform(0.5, 1.5)
        while time.monotonic() < due:
            yield None
        yield chance.choices(kinds, weights)[0]


def batch_command(source: Path, output: Path, *options: str) -> list[str]:
    """`sayso batch` as this Python runs it."""
    return [sys.executable, "-m", "sayso", "batch", str(source), "--output", str(output), *options]
