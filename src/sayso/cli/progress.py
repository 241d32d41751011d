"""A progress bar for long work on a terminal, and nothing at all elsewhere."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import TYPE_CHECKING

from sayso.cli.messages import complain

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

_PATIENCE_S = 1.0
"""Work that ends within this shows no bar (and never imports rich)."""


class Bar:
    """Counts articles; shows itself once the work has taken a while.

    `wanted` says that the results go into a file: a bar would write into lines that scroll by on the same terminal,
    or into the page of a pager at the other end of a pipe. Where standard error is no terminal there is none either.
    """

    def __init__(self, total: int, *, wanted: bool) -> None:
        self._total = total
        self._wanted = wanted and total > 1 and sys.stderr.isatty()
        self._done = 0
        self._started = time.monotonic()
        self._progress: Progress | None = None
        self._task: TaskID | None = None

    def __enter__(self) -> Bar:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._progress is not None:
            self._progress.stop()

    def step(self) -> None:
        """One more source is done."""
        self._done += 1
        if not self._wanted:
            return
        if self._progress is None and time.monotonic() - self._started > _PATIENCE_S:
            self._show()
        if self._progress is not None and self._task is not None:
            self._progress.update(self._task, completed=self._done)

    def say(self, message: str) -> None:
        """A message on standard error that does not run into the bar."""
        if self._progress is not None:
            self._progress.stop()
            complain(message)
            self._progress.start()
        else:
            complain(message)

    def _show(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        self._progress = Progress(
            TextColumn("Reading"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            console=Console(stderr=True),
            transient=True,
        )
        self._task = self._progress.add_task("", total=self._total, completed=self._done)
        self._progress.start()
