"""The server's side of one child process: started afresh, asked, and killed when it takes too long."""

from __future__ import annotations

import logging
import threading
from pathlib import Path
from typing import Any, Literal, NamedTuple

from sayso import processes
from sayso.errors import SaysoError, ServerBusy, TookTooLong, UnreadableSource
from sayso.web.carrying import FailedInside, error_from_plain
from sayso.wire import BrokenWire, receive, send

_LOG = logging.getLogger("sayso.web")
_ADVICE = "Give the article alone, or as plain text"


class Within(NamedTuple):
    """How long a task may take: so many seconds of a processor, and so many by the clock."""

    cpu_s: float
    wall_s: float

    def and_wait(self, wait_s: float) -> Within:
        """With time to wait for others."""
        return self._replace(wall_s=self.wall_s + wait_s)


class Child:
    """One process that works for us; of one caller at a time."""

    def __init__(self, mode: Literal["work", "intake"], *, memory_mb: int, folder: Path | None = None) -> None:
        self.memory_mb = memory_mb
        self.tasks = 0
        self.rss_mb = 0
        """What it took at its last answer."""
        self.lent = False
        self.stopped = False
        """Whether it is ended because the server is."""
        self.sent: dict[str, int] = {}
        """The transcripts that it has, by key, with their sizes; the last used at the end."""
        self._ready = False
        self.process = processes.start("sayso.web._child", [mode, str(memory_mb)], folder=folder)

    @property
    def alive(self) -> bool:
        """Whether it runs."""
        return self.process.poll() is None

    def ask(
        self, told: dict[str, Any], body: bytes = b"", *, name: str, within: Within
    ) -> tuple[dict[str, Any], bytes]:
        """What the child answers. `name` stands for the source in an error, after which the child may be no more.

        Raises TookTooLong, UnreadableSource where it broke off, what the child raised, FailedInside.
        """
        if not self._ready:
            self._talk(None, b"", name, Within(processes.START_S, processes.START_S))
            self._ready = True
        self.tasks += 1
        answer, data = self._talk({**told, **within._asdict()}, body, name, within)
        self.rss_mb = int(answer.get("rss_mb") or 0)
        error = answer.get("error")
        if error is None:
            return answer, data
        if error.get("type") == "memory":
            self.end()
            raise TookTooLong(name, f"it could not be read within {self.memory_mb:,} MB", _ADVICE)
        if error.get("type") == "inside":
            _LOG.error("a child failed on %r: %s", name[:200], str(error.get("traceback"))[:4_000])
        raise error_from_plain(error)

    def _talk(
        self, told: dict[str, Any] | None, body: bytes, name: str, within: Within
    ) -> tuple[dict[str, Any], bytes]:
        requests, answers = processes.pipes(self.process)
        late = threading.Event()

        def stop() -> None:
            late.set()
            self.kill()

        timer = threading.Timer(within.wall_s, stop)
        timer.daemon = True
        timer.start()
        try:
            if told is not None:
                send(requests, told, body)
            message = receive(answers)
        except BrokenWire as error:
            self.end()
            raise FailedInside(f"the answer of a child cannot be read: {error}") from None
        except (OSError, ValueError):
            message = None
        finally:
            timer.cancel()
        if message is None:
            raise self._ended(name, within, late.is_set())
        return message

    def _ended(self, name: str, within: Within, late: bool) -> SaysoError:
        self.end()
        if self.stopped:
            return ServerBusy("The server is about to stop")
        code = self.process.returncode or 0
        if late or processes.timed_out(code):
            return TookTooLong(name, f"it could not be read within {within.cpu_s:.3g} s", _ADVICE)
        how = processes.how_it_ended(code)
        return UnreadableSource(name, f"the process that read it broke off ({how})", _ADVICE)

    def kill(self) -> None:
        """Kills it and what it started; whoever waits for its answer is told."""
        processes.kill(self.process)

    def end(self) -> None:
        """Kills it and clears up after it; of whoever has it."""
        processes.end(self.process)
