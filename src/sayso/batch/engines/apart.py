"""An engine in a process of its own, which is looked after: asked again for what got lost, and begun anew.

What carries tasks over many machines has threads, logs and moods of its own, and may hang. So it runs in a process
beside ours (`sayso.batch.engines._apart`) that can be killed. What we hold to: each task is answered once, whatever
that process does, or BatchFailed says why not.
"""

from __future__ import annotations

import contextlib
import os
import queue
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

from sayso import processes
from sayso.batch.engines.same import place_of
from sayso.batch.tasks import Done, Task
from sayso.errors import BatchFailed
from sayso.wire import BrokenWire, receive, send

_START_S = 120.0
"""To import Ray and start it, or to find the cluster, on machines that may be busy."""
_CLOSE_S = 15.0
"""For a goodbye; after it the process is killed."""
_LEAVE_S = 3.0
"""For processes of Ray to notice that it is over; after it they are killed."""
_SHORT = 18
_TRIES = 5
"""Times in a row that nothing gets done, and times that a task gets lost while others are done."""
_PAUSE_S = 1.0
"""After the first time that nothing got done; after the next it is twice that."""
_PER_WORKER, _LEAST = 32, 64
"""Tasks of a lot: so many for each worker that it matters little how many of them have none at its end."""


class Apart:
    """An engine in a process of its own; see `sayso.batch.tasks.Engine`."""

    def __init__(
        self, name: str, told: dict[str, Any], *, module: str, environment: dict[str, str], quiet_s: float
    ) -> None:
        """`told` is what the process begins with, which runs `module` with `environment` beside what others see.

        It is begun anew after `quiet_s` seconds without a result or a sign of life from a worker.
        """
        self._name = name
        self._start = partial(_Process, told, module=module, environment=environment)
        self._quiet_s = quiet_s
        self._process: _Process | None = None
        self._closed = False
        self._begun = False
        """Whether it ever did: what never begins will not at another try."""

    def run(self, tasks: Iterable[Task]) -> Iterator[Done]:
        """Each task's result exactly once. Raises BatchFailed where the engine cannot go on."""
        self._closed = False
        try:
            yield from self._run(iter(tasks))
        except BaseException:
            # Also where nobody asks for more: what runs would run on for nothing.
            self.close()
            raise

    def _run(self, source: Iterator[Task]) -> Iterator[Done]:
        pending: dict[int, Task] = {each.number: each for each in islice(source, 1)}
        lost: Counter[int] = Counter()
        barren = 0
        while pending and not self._closed:
            done, why = 0, "all of them got lost"
            try:
                process = self._running()
                pending |= {each.number: each for each in islice(source, max(process.lot - len(pending), 0))}
                for each in process.results(pending, quiet_s=self._quiet_s):
                    done += 1
                    yield each
            except _Broken as error:
                why = str(error)
                self._end()
            barren = 0 if done else barren + 1
            if pending and not self._closed:
                lost.update(list(pending) if done else ())
                self._give_up(pending, barren, lost, why)
                time.sleep(_PAUSE_S * barren)
            pending = pending or {each.number: each for each in islice(source, 1)}
        if pending:
            raise BatchFailed(self._name, "it was stopped", "The same command goes on from where it was")

    def _give_up(self, pending: dict[int, Task], barren: int, lost: Counter[int], why: str) -> None:
        """Raises BatchFailed where it is time to."""
        then = "The same command goes on from where it was"
        if barren >= _TRIES:
            raise BatchFailed(self._name, f"{barren} times in a row no task got done ({why})", then)
        for number, task in pending.items():
            if lost[number] >= _TRIES:
                raise BatchFailed(self._name, f"task {number} ({task.job}) got lost {_TRIES} times, while others were "
                                  f"done ({why})", then)  # fmt: skip

    def close(self) -> None:
        """Ends the process and all that it started; also in the middle of a run."""
        self._closed = True
        self._end()

    def _running(self) -> _Process:
        if self._process is None:
            self._process = self._start()
            try:
                self._process.begin()
            except _Broken as error:
                if self._begun or self._closed:
                    raise
                raise BatchFailed(self._name, f"it did not begin ({error})", "Try again, or use local processes: "
                                  "--engine local") from None  # fmt: skip
            self._begun = True
        return self._process

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.end()


class _Broken(Exception):
    """The process is not what it should be any more; a new one may do better."""


class _Process:
    """The process beside us, and what it says."""

    def __init__(self, told: dict[str, Any], *, module: str, environment: dict[str, str]) -> None:
        self.lot = _LEAST
        """How many tasks it takes at once."""
        self._folder = Path(tempfile.mkdtemp(prefix="sayso-ray-", dir=_short()))
        self._said: queue.SimpleQueue[dict[str, Any] | None] = queue.SimpleQueue()
        self._process = processes.start(module, [str(self._folder)], folder=Path.cwd(), more=environment)
        self._requests, answers = processes.pipes(self._process)
        threading.Thread(target=self._listen, args=(answers,), daemon=True).start()
        self._tell(told)

    def begin(self) -> None:
        """Waits until it is ready. Raises BatchFailed where it says that it never will be, _Broken."""
        self._note(self._hear(_START_S))

    def results(self, pending: dict[int, Task], *, quiet_s: float) -> Iterator[Done]:
        """What came of these tasks, which are taken from `pending`. Raises BatchFailed, _Broken."""
        place = place_of(next(iter(pending.values())))
        self._tell({"tasks": list(map(asdict, pending.values())), "place": place and asdict(place)})
        while "over" not in (said := self._hear(quiet_s)):
            if "done" not in said:
                self._note(said)
            elif (task := pending.pop(said["done"], None)) is not None:
                yield Done(task, **said["answer"])

    def _note(self, said: dict[str, Any]) -> None:
        if "workers" in said:
            self.lot = max(_LEAST, _PER_WORKER * int(said["workers"]))

    def _hear(self, within_s: float) -> dict[str, Any]:
        try:
            said = self._said.get(timeout=within_s)
        except queue.Empty:
            raise _Broken(f"no sign of life for {within_s:,.0f} s") from None
        if said is None:
            raise _Broken(self._last_words())
        if (broken := said.get("broken")) is not None:
            raise _Broken(broken)
        if (failed := said.get("failed")) is not None:
            raise BatchFailed(**failed)
        return said

    def _tell(self, told: dict[str, Any]) -> None:
        try:
            send(self._requests, told)
        except (OSError, ValueError):
            raise _Broken(self._last_words()) from None

    def _listen(self, answers: BinaryIO) -> None:
        with contextlib.suppress(OSError, ValueError, BrokenWire):
            while (message := receive(answers)) is not None:
                self._said.put(message[0])
        self._said.put(None)

    def _last_words(self) -> str:
        """How it ended, and the last of its log that is no list."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(_CLOSE_S)
        code = self._process.returncode
        how = "it says nothing" if code is None else f"its process ended ({processes.how_it_ended(code)})"
        with contextlib.suppress(OSError):
            log = (self._folder / "log").read_text("utf-8", "replace").splitlines()
            words = [line.strip() for line in log[-50:] if line.strip() and not line.startswith(" ")]
            return f"{how}: {words[-1][:300]}" if words else how
        return how

    def end(self) -> None:
        """Lets it end by itself, kills it and all of its group where it does not, and clears up after it."""
        with contextlib.suppress(OSError, ValueError):
            self._requests.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(_CLOSE_S)
        processes.end(self._process)
        _end_session(self._process.pid)
        shutil.rmtree(self._folder, ignore_errors=True)


def _short() -> str:
    """The folder for temporary files, or the usual one where that has a long name.

    The names of sockets in it may have 107 bytes (unix(7)), of which Ray and we take 87.
    """
    place = tempfile.gettempdir()
    return place if len(os.fsencode(place)) <= _SHORT or not Path("/tmp").is_dir() else "/tmp"


def _end_session(session: int) -> None:
    """Ends what is left of a session whose leader is gone: Ray's workers have groups of their own, but no session."""
    until = time.monotonic() + _LEAVE_S
    while left := [pid for pid in _running() if _session_of(pid) == session]:
        if time.monotonic() > until:
            for pid in left:
                with contextlib.suppress(OSError):
                    os.kill(pid, signal.SIGKILL)
        time.sleep(0.05)


def _running() -> list[int]:
    """All processes, none where the system does not say (proc(5))."""
    with contextlib.suppress(OSError):
        return [int(each.name) for each in Path("/proc").iterdir() if each.name.isdecimal()]
    return []


def _session_of(pid: int) -> int | None:
    """The session of a process, None for one that has ended, be it waited for or not."""
    with contextlib.suppress(OSError, ValueError):
        # state, ppid, pgrp, session: fields 3 to 6, after the name in brackets.
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        return None if fields[0] in "ZX" else int(fields[3])
    return None
