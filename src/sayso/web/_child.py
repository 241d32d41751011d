"""The process that a server lets read for it: one task after another, each within limits of time and memory.

Started by `sayso.web.children` as `python -m sayso.web._child MODE MEGABYTES`. It ends, with all processes that it
started, when the pipe from the server closes: a server that was killed leaves nothing behind.
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable
from typing import Any

from sayso import confined
from sayso.errors import SaysoError
from sayso.web.carrying import error_to_plain
from sayso.wire import send

Answer = tuple[dict[str, Any], bytes]
Task = Callable[[dict[str, Any], bytes], Answer]
_GRACE_S = 2.0
"""A task that nobody stopped is ended by the system so much later than the server would have."""


def main() -> None:
    """Answers requests until nobody asks any more."""
    mode, megabytes = sys.argv[1], int(sys.argv[2])
    requests, answers = confined.pipes()
    confined.limit_memory(megabytes)
    asked = confined.asked(requests)
    tasks = _tasks(mode)
    send(answers, {"ready": os.getpid()})
    while True:
        told, body = asked.get()
        confined.start_clock(float(told["cpu_s"]), float(told["wall_s"]) + _GRACE_S)
        answer, data, last = _answer(tasks, told, body, megabytes)
        confined.stop_clock()
        answer["rss_mb"] = confined.status_mb("VmRSS")
        send(answers, answer, data)
        if last:
            confined.end()


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
        if plain is None and confined.status_mb("VmPeak") > 0.95 * megabytes:
            # Libraries in C have their own words for memory that they did not get.
            return {"error": {"type": "memory"}}, b"", True
        if plain is None:
            where = traceback.format_exc()[-4_000:]
            plain = {"type": "inside", "reason": f"{type(error).__name__}: {error}", "traceback": where}
        return {"error": plain}, b"", False


if __name__ == "__main__":
    main()
