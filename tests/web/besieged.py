"""A real server in a process of its own, that is sent what it should refuse, and is asked for its first page meanwhile.

Also of `benchmarks/bombs.py`.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

SOUND = b"Mill to close\n\nThe mill will close in June, Elin Askvold said on Monday.\n"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one bomb."""

    took_s: float
    status: int
    told: str
    """What the server said, or what it made of it."""
    slowest_page_s: float
    """Of the first page, asked for again and again meanwhile."""


class Besieged:
    """A server, seen from outside."""

    def __init__(self, address: str, pid: int) -> None:
        self.address = address
        self.pid = pid
        self._client = httpx.Client(base_url=address, timeout=120)

    def memory_mb(self) -> int:
        """What the serving process takes itself, without its children."""
        status = Path(f"/proc/{self.pid}/status").read_text()
        return int(re.findall(r"VmRSS:\s+(\d+)", status)[0]) // 1024

    def peak_mb(self) -> int:
        """The most it ever took."""
        status = Path(f"/proc/{self.pid}/status").read_text()
        return int(re.findall(r"VmHWM:\s+(\d+)", status)[0]) // 1024

    def read(self, name: str, data: bytes) -> Outcome:
        """What becomes of a file that is to be read as an article."""
        return self._sent("/api/v1/read", [("file", (name, data))])

    def check(self, name: str, data: bytes) -> Outcome:
        """What becomes of a file that is to be a transcript."""
        return self._sent("/api/v1/check", [("file", ("sound.txt", SOUND)), ("transcript", (name, data))])

    def add(self, name: str, data: bytes) -> Outcome:
        """What becomes of a file that is added to the archive, when its job has ended."""
        return self._sent("/api/v1/articles", [("file", (name, data))])

    def _sent(self, path: str, files: list[tuple[str, tuple[str, bytes]]]) -> Outcome:
        with _watched(self.address) as times:
            begun = time.monotonic()
            response = self._client.post(path, files=files)
            told = response.json()
            while told.get("state") in ("waiting", "running"):
                time.sleep(0.05)
                told = self._client.get(f"/api/v1/jobs/{told['id']}").json()
            took_s = time.monotonic() - begun
        return Outcome(took_s, response.status_code, _said(told), max(times, default=0.0))

    def close(self) -> None:
        """Hangs up."""
        self._client.close()


def _said(told: dict[str, Any]) -> str:
    if told.get("error"):
        return str(told["error"]["message"])
    if "state" in told:
        problems = [each["problem"]["reason"] for each in told.get("results", []) if each.get("problem")]
        return f"{told['state']}: {dict(told['counts'])} {problems[-1] if problems else ''}"
    return f"read: {len(told['article']['text'])} characters"


@contextmanager
def _watched(address: str) -> Iterator[list[float]]:
    """How long the first page took, each time that it was asked for until the end."""
    done, times = threading.Event(), []

    def watch() -> None:
        with httpx.Client(base_url=address, timeout=60) as client:
            while not done.is_set():
                begun = time.monotonic()
                client.get("/").raise_for_status()
                times.append(time.monotonic() - begun)
                done.wait(0.05)

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield times
    finally:
        done.set()
        thread.join()


@contextmanager
def besieged(archive: Path, settings: Mapping[str, str] = {}) -> Iterator[Besieged]:
    """A server on a new archive, with these settings in its environment, until the end."""
    script = (
        "import sys; from pathlib import Path; from sayso.serving import serve; "
        "serve(Path(sys.argv[1]), port=0, make=True, tell=lambda said: print(said, flush=True))"
    )
    paths = os.pathsep.join(filter(None, sys.path))
    process = subprocess.Popen(
        [sys.executable, "-c", script, str(archive)], stdout=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONPATH": paths, **settings},
    )  # fmt: skip
    assert process.stdout is not None
    try:
        found = None
        while found is None and (line := process.stdout.readline()):
            found = re.search(r"http://[\d.]+:\d+", line)
        assert found is not None, "it did not start"
        server = Besieged(found[0], process.pid)
        # Once whole, so that its children are warm.
        until = time.monotonic() + 60
        while server.read("sound.txt", SOUND).status != 200 and time.monotonic() < until:
            time.sleep(0.1)
        yield server
        server.close()
    finally:
        process.terminate()
        process.wait(30)
        process.stdout.close()
