"""Which text of a page is the article, by trafilatura in a child process that can be killed; imported for pages only.

The child is kept for the next page, since most of its time is its start (measured on two cores: 0.25 s to start,
0.02 s for a normal page).
"""

from __future__ import annotations

import atexit
import json
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any, Literal

from sayso.errors import TookTooLong
from sayso.reading.limits import Limits

_PAGES_PER_CHILD = 500
_TRIES = 3
_KILLED = -getattr(signal, "SIGKILL", 9)
Metadata = Literal["all", "undated", "none"]
_LETTERS: dict[Metadata, bytes] = {"all": b"a", "undated": b"u", "none": b"n"}
_idle: list[_Child] = []
_lock = threading.Lock()


class _Child:
    def __init__(self, limits: Limits) -> None:
        self.owner = os.getpid()
        self.bounds = _bounds(limits)
        self.pages = 0
        self.late = False
        """Whether it was killed because it took too long."""
        # A fresh interpreter, not a fork: the parent may run threads. -P keeps this folder's modules off its path.
        self.process = subprocess.Popen(
            [sys.executable, "-P", str(Path(__file__).with_name("_child.py")), *self.bounds],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
        )

    def ask(self, page: str, metadata: Metadata, enough: int, timeout_s: float) -> dict[str, Any] | None:
        """The child's answer; None where it died or was killed on the way."""
        assert self.process.stdin and self.process.stdout
        self.pages += 1
        body = page.encode("utf-8", "replace")
        timer = threading.Timer(timeout_s, self._stop)
        timer.start()
        try:
            numbers = enough.to_bytes(4, "big") + len(body).to_bytes(4, "big")
            self.process.stdin.write(_LETTERS[metadata] + numbers + body)
            self.process.stdin.flush()
            length = int.from_bytes(self.process.stdout.read(4), "big")
            answer = self.process.stdout.read(length)
        except OSError:
            return None
        finally:
            timer.cancel()
        if not length or len(answer) < length:
            return None
        result: dict[str, Any] = json.loads(answer)
        return result

    def _stop(self) -> None:
        self.late = True
        self.process.kill()

    @property
    def killed_by_others(self) -> bool:
        """Whether it was ended by a SIGKILL that was not ours."""
        return not self.late and self.process.wait() == _KILLED

    def end(self) -> None:
        if self.owner != os.getpid():
            return
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe:
                try:
                    pipe.close()
                except OSError:
                    continue


def extract_main_text(
    page: str, name: str, limits: Limits, *, metadata: Metadata = "all", enough: int = 0
) -> dict[str, Any]:
    """What trafilatura makes of a page: title, author, date, sitename, description, url, text (a paragraph a line).

    Empty where it finds no article. What of `metadata` is not wanted is None: looking for it takes a third of the time,
    half of that for the date. A text of `enough` characters is not compared with what other ways of extraction find,
    which takes half of the time; 0 for always to compare. Raises TookTooLong where the child ran out of time or memory.
    """
    for _ in range(_TRIES):
        child = _take(limits)
        answer = child.ask(page, metadata, enough, limits.parse_patience * limits.parse_timeout_s)
        # What somebody else killed says nothing of the page.
        if answer is not None or not child.killed_by_others:
            break
        child.end()
    if answer is None or answer.get("error") == "memory":
        child.end()
        raise TookTooLong(
            name,
            f"the page could not be parsed within {limits.parse_timeout_s:g} s and {limits.parse_memory_mb} MB",
            "Save the article alone, or as plain text",
        )
    if child.pages >= _PAGES_PER_CHILD:
        child.end()
    else:
        with _lock:
            _idle.append(child)
    return {} if "error" in answer else answer


def _bounds(limits: Limits) -> list[str]:
    return [str(limits.parse_memory_mb), str(limits.parse_timeout_s)]


def _take(limits: Limits) -> _Child:
    with _lock:
        while _idle:
            child = _idle.pop()
            if child.owner != os.getpid():
                continue  # Left over from before a fork: it belongs to the parent.
            if child.process.poll() is None and child.bounds == _bounds(limits):
                return child
            child.end()
    return _Child(limits)


@atexit.register
def _end_all() -> None:
    while _idle:
        _idle.pop().end()
