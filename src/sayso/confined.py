"""A process of ours seen from inside: its pipes, its limits of memory and time, and an end that leaves nothing behind.

For modules that `sayso.processes.start` starts.
"""

from __future__ import annotations

import contextlib
import os
import queue
import signal
import threading
from typing import Any, BinaryIO

from sayso.wire import BrokenWire, receive


def pipes() -> tuple[BinaryIO, BinaryIO]:
    """The pipes from and to the process that started this; whatever prints or reads by itself comes upon nothing."""
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)
    return requests, answers


def asked(requests: BinaryIO) -> queue.SimpleQueue[tuple[dict[str, Any], bytes]]:
    """The messages that come over the pipe, as they come; at its end this process ends, whatever it is at."""
    messages: queue.SimpleQueue[tuple[dict[str, Any], bytes]] = queue.SimpleQueue()

    def listen() -> None:
        with contextlib.suppress(BrokenWire, OSError):
            while (message := receive(requests)) is not None:
                messages.put(message)
        end()

    threading.Thread(target=listen, daemon=True).start()
    return messages


def end() -> None:
    """Ends this process and those that it started."""
    if hasattr(os, "killpg") and os.getpgrp() == os.getpid():
        os.killpg(0, signal.SIGKILL)
    os._exit(0)


def limit_memory(megabytes: int) -> None:
    """Bounds the addresses that this process may have; what it starts may set a bound of its own."""
    _limit("RLIMIT_AS", megabytes)


def limit_own_memory(megabytes: int) -> None:
    """Bounds what this process may have beside what it has, files that are mapped into its memory not counted.

    On Linux (setrlimit(2): RLIMIT_DATA, since 4.7 with what is mapped privately).
    """
    if own := status_mb("VmData"):
        # Of the addresses that libraries reserve some are never used.
        _limit("RLIMIT_DATA", megabytes + own - status_mb("RssAnon"))


def _limit(name: str, megabytes: int) -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limits; the time limit still holds.
        return
    # Only the soft limit: a parser that this process starts sets one of its own.
    which = getattr(resource, name)
    resource.setrlimit(which, (megabytes * 1024 * 1024, resource.getrlimit(which)[1]))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def start_clock(cpu_s: float, wall_s: float) -> None:
    """Has the system end this process when a task goes on and on, in whatever it is, even where nobody watches it.

    Timers, unlike a limit of processor time, count anew for each task, and are not handed on to processes it starts.
    """
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_PROF, cpu_s)
        signal.setitimer(signal.ITIMER_REAL, wall_s)


def stop_clock() -> None:
    """The task is done."""
    start_clock(0, 0)


def status_mb(name: str) -> int:
    """A size of this process in megabytes (`VmRSS`, `VmPeak`, proc(5)), 0 where the system does not say."""
    with contextlib.suppress(OSError), open("/proc/self/status", encoding="ascii") as status:  # noqa: PTH123
        for line in status:
            if line.startswith(name + ":"):
                return int(line.split()[1]) // 1024
    return 0
