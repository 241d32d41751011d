"""The process in which Ray is driven: started by `sayso.batch.engines.apart` as `python -m ... FOLDER`.

It ends, with all that it started, when the pipe from there closes: a batch that was killed leaves nothing behind.
"""

from __future__ import annotations

import contextlib
import os
import queue
import shutil
import signal
import sys
import threading
import time
from pathlib import Path
from typing import Any, BinaryIO

from sayso import confined
from sayso.batch.engines.ray import Cluster
from sayso.batch.engines.same import told_of
from sayso.errors import SaysoError
from sayso.wire import BrokenWire, receive, send

_GOODBYE_S = 8.0
"""To let the workers go; then this process ends without it, by which Ray's own end as well."""


def main() -> None:
    """Does what it is told until nobody tells it any more."""
    folder = Path(sys.argv[1])
    requests, answers = confined.pipes()
    _log_to(folder / "log")
    told: queue.SimpleQueue[dict[str, Any]] = queue.SimpleQueue()
    say = _Sayer(answers)
    cluster = Cluster(folder)
    threading.Thread(target=_listen, args=(requests, told, folder), daemon=True).start()
    try:
        say(cluster.start(**told.get()))
        while True:
            cluster.work(**told.get(), say=say)
            say({"over": True})
    except SaysoError as error:
        say({"failed": told_of(error)})
    except Exception as error:
        say({"broken": f"{type(error).__name__}: {str(error).strip()[-1000:]}"})
        raise
    finally:
        _end_soon(folder)
        # Also where the end came in the middle of an import, which Ray does not get over.
        with contextlib.suppress(Exception, KeyboardInterrupt):
            cluster.stop()
        _end(folder)


class _Sayer:
    """Says something over the pipe; of any thread."""

    def __init__(self, answers: BinaryIO) -> None:
        self._answers = answers
        self._lock = threading.Lock()

    def __call__(self, said: dict[str, Any]) -> None:
        with self._lock, contextlib.suppress(OSError):
            send(self._answers, said)


def _log_to(file: Path) -> None:
    """Has everything that this process and Ray print come into a file."""
    log = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.dup2(log, 1)
    os.dup2(log, 2)


def _listen(requests: BinaryIO, told: queue.SimpleQueue[dict[str, Any]], folder: Path) -> None:
    with contextlib.suppress(BrokenWire, OSError):
        while (message := receive(requests)) is not None:
            told.put(message[0])
    _end_soon(folder)
    # A signal, which wakes the main thread from whatever it waits for.
    signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)


def _end_soon(folder: Path) -> None:
    """Ends this process after a while, whatever it is at then."""

    def end() -> None:
        time.sleep(_GOODBYE_S)
        _end(folder)

    threading.Thread(target=end, daemon=True).start()


def _end(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    confined.end()


if __name__ == "__main__":
    main()
