"""A progress bar for long work on a terminal, and nothing at all elsewhere."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import TYPE_CHECKING, Self

from sayso.cli.messages import complain

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

_PATIENCE_S = 1.0
"""Work that ends within this shows no bar (and never imports rich)."""


class Meter:
    """How far long work has come, in whatever unit; shown on a terminal once the work has taken a while."""

    def __init__(self, verb: str, *, wanted: bool = True, own_time: bool = False) -> None:
        """`own_time`: the unit that is shown tells the time left itself."""
        self._verb = verb
        self._own_time = own_time
        self._wanted = wanted and sys.stderr.isatty()
        self._started = time.monotonic()
        self._progress: Progress | None = None
        self._task: TaskID | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._progress is not None:
            self._progress.stop()

    def begin(self, verb: str) -> None:
        """Another kind of work begins, and is counted from nothing."""
        self._verb = verb
        self._started = time.monotonic()
        if self._progress is not None:
            self._progress.stop()
            self._progress = None

    def show(self, done: int, total: int | None, unit: str) -> None:
        """So much is done, of so much (None: nobody knows)."""
        if not self._wanted:
            return
        if self._progress is None and time.monotonic() - self._started > _PATIENCE_S:
            self._open(total)
        if self._progress is not None and self._task is not None:
            count = f"{done:,} {unit}" if total is None else f"{done:,}/{total:,} {unit}"
            self._progress.update(self._task, completed=done, total=total, count=count)

    def say(self, message: str) -> None:
        """A message on standard error that does not run into the bar."""
        if self._progress is not None:
            self._progress.stop()
            complain(message)
            self._progress.start()
        else:
            complain(message)

    def _open(self, total: int | None) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

        self._progress = Progress(
            TextColumn(self._verb),
            BarColumn(),
            TextColumn("{task.fields[count]}"),
            *([] if self._own_time else [TimeRemainingColumn()]),
            console=Console(stderr=True),
            transient=True,
        )
        self._task = self._progress.add_task("", total=total, count="")
        self._progress.start()


class Bar(Meter):
    """Counts articles; shows itself once the work has taken a while.

    `wanted` says that the results go into a file: a bar would write into lines that scroll by on the same terminal,
    or into the page of a pager at the other end of a pipe. Where standard error is no terminal there is none either.
    """

    def __init__(self, total: int, *, wanted: bool) -> None:
        super().__init__("Reading", wanted=wanted and total > 1)
        self._total = total
        self._done = 0

    def step(self) -> None:
        """One more source is done."""
        self._done += 1
        self.show(self._done, self._total, "sources")
