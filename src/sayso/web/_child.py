"""The process that a server lets read for it: one task after another, each within limits of time and memory.

Started by `sayso.web.children` as `python -m sayso.web._child MODE MEGABYTES`. It ends, with all processes that it
started, when the pipe from the server closes: a server that was killed leaves nothing behind.
"""

from __future__ import annotations

import contextlib
import os
import queue
import signal
import sys
import threading
import traceback
from collections.abc import Callable
from typing import Any, BinaryIO

from sayso.errors import SaysoError
from sayso.web.carrying import error_to_plain
from sayso.web.wire import BrokenWire, receive, send

Answer = tuple[dict[str, Any], bytes]
Task = Callable[[dict[str, Any], bytes], Answer]
_GRACE_S = 2.0
"""A task that nobody stopped is ended by the system so much later than the server would have."""


def main() -> None:
    """Answers requests until nobody asks any more."""
    mode, megabytes = sys.argv[1], int(sys.argv[2])
    requests, answers = _pipes()
    _limit_memory(megabytes)
    asked: queue.SimpleQueue[Answer] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(requests, asked), daemon=True).start()
    tasks = _tasks(mode)
    send(answers, {"ready": os.getpid()})
    while True:
        told, body = asked.get()
        _start_clock(float(told["cpu_s"]), float(told["wall_s"]))
        answer, data, last = _answer(tasks, told, body, megabytes)
        _stop_clock()
        answer["rss_mb"] = _status_mb("VmRSS")
        send(answers, answer, data)
        if last:
            _end()


def _tasks(mode: str) -> dict[str, Task]:
    if mode == "intake":
        from sayso.web._intake_tasks import tasks
    else:
        from sayso.web._tasks import tasks
    return tasks()


def _answer(
    tasks: dict[str, Task], told: dict[str, Any], body: bytes, megabytes: int
) -> tuple[dict[str, Any], bytes, bool]:
    """What is answered, its bytes, and whether this process is fit for nothing more."""
    try:
        answer, data = tasks[told["task"]](told, body)
        return answer, data, False
    except MemoryError:
        return {"error": {"type": "memory"}}, b"", True
    except Exception as error:
        plain = error_to_plain(error) if isinstance(error, SaysoError) else None
        if plain is None and _status_mb("VmPeak") > 0.95 * megabytes:
            # Libraries in C have their own words for memory that they did not get.
            return {"error": {"type": "memory"}}, b"", True
        if plain is None:
            where = traceback.format_exc()[-4_000:]
            plain = {"type": "inside", "reason": f"{type(error).__name__}: {error}", "traceback": where}
        return {"error": plain}, b"", False


def _pipes() -> tuple[BinaryIO, BinaryIO]:
    """The pipes from and to the server; whatever prints or reads by itself comes upon nothing."""
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)
    return requests, answers


def _listen(requests: BinaryIO, asked: queue.SimpleQueue[Answer]) -> None:
    try:
        while (message := receive(requests)) is not None:
            asked.put(message)
    except (BrokenWire, OSError):
        pass
    _end()


def _end() -> None:
    """Ends this process and those that it started."""
    if hasattr(os, "killpg") and os.getpgrp() == os.getpid():
        os.killpg(0, signal.SIGKILL)
    os._exit(0)


def _limit_memory(megabytes: int) -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limits; the time limit still holds.
        return
    # Only the soft limit: a parser that this process starts sets one of its own.
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    resource.setrlimit(resource.RLIMIT_AS, (megabytes * 1024 * 1024, hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _start_clock(cpu_s: float, wall_s: float) -> None:
    """Has the system end this process when a task goes on and on, in whatever it is, with or without a server.

    Timers, unlike a limit of processor time, count anew for each task, and are not handed on to processes it starts.
    """
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_PROF, cpu_s)
        signal.setitimer(signal.ITIMER_REAL, wall_s + _GRACE_S)


def _stop_clock() -> None:
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.setitimer(signal.ITIMER_PROF, 0)


def _status_mb(name: str) -> int:
    """A size of this process in megabytes, 0 where the system does not say."""
    with contextlib.suppress(OSError), open("/proc/self/status", encoding="ascii") as status:  # noqa: PTH123
        for line in status:
            if line.startswith(name + ":"):
                return int(line.split()[1]) // 1024
    return 0


if __name__ == "__main__":
    main()
