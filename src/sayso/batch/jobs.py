"""What workers can do: each job is a function of plain data that tells, step by step, how far it is."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from contextlib import AbstractContextManager, nullcontext
from importlib import import_module
from typing import Any

from sayso.batch.limits import Options
from sayso.errors import BatchFailed

JOBS: dict[str, str] = {
    "scan": "sayso.batch.scanning:run",
    "read": "sayso.batch.reading:run",
    "group": "sayso.batch.grouping.jobs:run",
}
"""Jobs by name, each as `module:function`."""


class Steps:
    """What a job is told of its task, and to whom it says how far it is: here to nobody.

    A step is an article, or whatever else a job can leave out: when its process dies, the steps that were begun and
    not ended are to blame.
    """

    def __init__(
        self,
        number: int = 0,
        options: Options | None = None,
        *,
        given_up: Mapping[int, str] | None = None,
        alone: Collection[int] = (),
    ) -> None:
        self.number = number
        """The task's."""
        self.options = options or Options()
        self.given_up = dict(given_up or {})
        """Steps that are not to be tried any more, each with the reason."""
        self.alone = frozenset(alone)
        """Steps in which a process died: while one of them is open no other may be."""

    def begin(self, ordinal: int, name: str = "") -> None:
        """A step begins, or goes on: a sign of life, after which the limits of time count anew."""

    def end(self, ordinal: int) -> None:
        """A step is done, and will not be done again when the task is."""

    def moving(self, ordinal: int, name: str = "") -> AbstractContextManager[None]:
        """A step that may take any time as long as this process reads or writes: then it counts as begun anew."""
        self.begin(ordinal, name)
        return nullcontext()

    def beat(self) -> None:
        """A sign of life between steps."""

    def short_of_memory(self) -> bool:
        """Whether an error may well be that memory was refused, for which libraries in C have words of their own."""
        return False

    def rest(self) -> None:
        """To be called where nothing is lost when the process ends: it does so where it has taken much memory."""


Job = Callable[[dict[str, Any], Steps], dict[str, Any]]
"""`run(given, steps)`; its result is small and plain. Raises BatchFailed for what no other attempt would mend."""


def job_named(name: str) -> Job:
    """The function of a job. Raises BatchFailed for a name that there is not."""
    if name not in JOBS:
        raise BatchFailed(name, "there is no such job", "Install the same version of sayso on every machine")
    module, _, function = JOBS[name].partition(":")
    found: Job = getattr(import_module(module), function)
    return found
