"""The process that works for a batch: one task after another, with one model session, on one thread.

Started by `sayso.batch.worker` as `python -m sayso.batch._child`. It ends, with all processes that it started, when
the pipe from the worker closes: a worker that was killed leaves nothing behind.
"""

from __future__ import annotations

import gc
import os
import threading
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from sayso import confined
from sayso.batch.jobs import Steps, job_named
from sayso.batch.limits import Options
from sayso.errors import BatchFailed, SaysoError
from sayso.wire import send

_UNWATCHED = 30.0
"""So many times the time without a sign of life, the system ends this process by itself, where no worker does.

So late, since on a busy machine a process that is at work may take its time by the clock."""
_OFTEN_S = 0.25
"""A sign of life for the step that the last one was for is sent again only after so long."""
_FULL = 0.6
"""Of the memory that it may take, after which a process lets a fresh one go on."""
_MOVES_BYTES = 1 << 20
"""Read or written since the last look: less may be the look itself."""
_LOOKED_THROUGH = (20_000, 20, 20)
"""Objects, and rounds of each generation, between two searches for what may go (`gc.set_threshold`): with Python's own
700 these took 3.4% of the time of reading, with these and what stays left out of them 1%."""


def main() -> None:
    """Does tasks until nobody asks any more."""
    requests, answers = confined.pipes()
    asked = confined.asked(requests)
    options = Options.from_json(asked.get()[0]["options"])
    confined.limit_own_memory(options.memory_mb)
    gc.set_threshold(*_LOOKED_THROUGH)
    send(answers, {"ready": os.getpid()})
    while True:
        told, _ = asked.get()
        answer = _answer(told, options, answers)
        confined.stop_clock()
        answer |= {"cpu_s": _cpu_s(), "rss_mb": confined.status_mb("RssAnon"), "peak_mb": confined.status_mb("VmHWM")}
        send(answers, answer)
        if "done" not in answer:
            confined.end()


def _answer(told: dict[str, Any], options: Options, answers: BinaryIO) -> dict[str, Any]:
    """What came of a task. After anything but `done` this process is fit for nothing more."""
    steps = _Told(told, options, answers)
    try:
        _go_to(told["given"].get("place"))
        return {"done": job_named(told["job"])(told["given"], steps)}
    except _Full:
        return {"full": True}
    except MemoryError:
        return {"memory": True}
    except BatchFailed as error:
        return {"failed": [error.where, error.reason, error.advice]}
    except SaysoError as error:
        return {"failed": [told["job"], str(error), ""]}
    except Exception as error:
        if steps.short_of_memory():
            return {"memory": True}
        return {"broke": f"{type(error).__name__}: {error}"[:2_000], "where": traceback.format_exc()[-4_000:]}


def _go_to(place: str | None) -> None:
    """Goes to the folder that the batch was started in, from which its files are named."""
    try:
        os.chdir(place or os.sep)
    except OSError as error:
        raise BatchFailed(str(place), f"the folder that the batch was started in is not here ({error.strerror})",
                          "Name input and output from the root, where every machine has them") from error  # fmt: skip


class _Full(BaseException):
    """This process has taken so much memory that a fresh one should go on."""


class _Told(Steps):
    """Tells the worker."""

    def __init__(self, told: dict[str, Any], options: Options, answers: BinaryIO) -> None:
        given_up = {int(ordinal): reason for ordinal, reason in told["given_up"].items()}
        super().__init__(told["number"], options, given_up=given_up, alone=told["alone"])
        self._answers = answers
        self._open: set[int] = set()
        self._ended = 0
        self._began = False
        self._last: tuple[int | None, float] = (None, 0.0)
        self._sending = threading.Lock()

    def begin(self, ordinal: int, name: str = "") -> None:
        confined.start_clock(self.options.article_cpu_s, _UNWATCHED * self.options.silent_s)
        now = time.monotonic()
        if not self._began:
            # What is there by now, libraries and the model, stays.
            self._began = True
            gc.collect()
            gc.freeze()
        if ordinal not in self._open:
            confined.limit_own_memory(self.options.memory_mb)
        elif self._last[0] == ordinal and now - self._last[1] < _OFTEN_S:
            return
        self._open.add(ordinal)
        self._last = (ordinal, now)
        self._send({"begin": ordinal, "name": name[:500]})

    def end(self, ordinal: int) -> None:
        self._open.discard(ordinal)
        self._ended += 1
        if not self._open:
            confined.stop_clock()
        self._send({"end": ordinal})

    def beat(self) -> None:
        now = time.monotonic()
        if self._last[0] is not None or now - self._last[1] > _OFTEN_S:
            self._last = (None, now)
            self._send({"beat": True})

    @contextmanager
    def moving(self, ordinal: int, name: str = "") -> Iterator[None]:
        over = threading.Event()
        thread = threading.Thread(target=self._move, args=(over, ordinal, name), daemon=True)
        self.begin(ordinal, name)
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join()

    def _move(self, over: threading.Event, ordinal: int, name: str) -> None:
        before = _moved_bytes()
        while not over.wait(_OFTEN_S):
            now = _moved_bytes()
            if now is None or before is None or now > before + _MOVES_BYTES:
                before = now
                self.begin(ordinal, name)

    def _send(self, told: dict[str, Any]) -> None:
        with self._sending:
            send(self._answers, told)

    def short_of_memory(self) -> bool:
        return confined.status_mb("VmHWM") > _FULL * self.options.memory_mb

    def rest(self) -> None:
        # Not before anything is done, which would go on for ever.
        if self._ended and confined.status_mb("RssAnon") > _FULL * self.options.memory_mb:
            raise _Full


def _cpu_s() -> float:
    """Seconds of a processor that this process took, and those it started and waited for."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def _moved_bytes() -> int | None:
    """What this process has read and written; None where the system does not say (proc(5))."""
    try:
        lines = Path("/proc/self/io").read_text(encoding="ascii").splitlines()
    except OSError:
        return None
    return sum(int(line.split()[1]) for line in lines if line.startswith(("rchar:", "wchar:")))


if __name__ == "__main__":
    main()
