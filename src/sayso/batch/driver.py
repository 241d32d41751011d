"""The driver: plans, hands tasks to an engine, notes what came back, and checks at the end that all is there once.

It holds neither articles nor shards: what it knows is in the folder. Killed at any moment it goes on from there, and
what was being done is done again and gives the same.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any

from sayso import __version__
from sayso.batch.events import Events
from sayso.batch.finishing import checked_sum, clear, sound, sweep, sweep_drafts
from sayso.batch.job import Job
from sayso.batch.layout import Folder
from sayso.batch.manifest import Sum
from sayso.batch.parquet import read_part
from sayso.batch.plan import Planned, Shard, has_plan, make_plan, read_tasks, scan_tasks, scanned, shards_of
from sayso.batch.progress import OnProgress, Peek, Progress, Stage, Tally, every
from sayso.batch.tasks import Done, Engine
from sayso.errors import BatchFailed

MINUTE_S = 60.0
_SHOWN_S = 2.0
GROUPING = "grouping"
"""Where the second stage has what it works on, in the folder `work`."""
_NAMED = 3
"""Damaged parts that are told of; all are mended."""


class Driver:
    """Takes one batch through all its stages."""

    def __init__(
        self, job: Job, folder: Folder, events: Events, *, engine: Callable[[], Engine],
        on_progress: OnProgress, on_note: Callable[[str], None],
    ) -> None:  # fmt: skip
        self.job = job
        self._folder = folder
        self._events = events
        self._engine = engine
        self._on_progress = on_progress
        self._on_note = on_note

    def begin(self, *, verify: bool) -> Sum:
        """What is done already, as far as it is sound; the rest is forgotten, and done again."""
        shards = self.job.planned["shards"] if self.job.planned and self.job.finished else None
        there, wrong = sound(self._folder, fully=verify, shards=shards)
        self._events.tell(
            "started", sayso=__version__, process=os.getpid(), inputs=len(self.job.inputs), shards_done=there.shards,
            articles_done=there.items,
        )  # fmt: skip
        for each in wrong[:_NAMED]:
            self._on_note(f"{each}: what it had is read again")
        if len(wrong) > _NAMED:
            self._on_note(f"so is what {len(wrong) - _NAMED:,} other shards had")
        if wrong and self.job.finished:
            self.job = self.job.note(self._folder, planned=self.job.planned, finished=None)
        return there

    def read(self, there: Sum) -> dict[str, Any]:
        """Reads all that is not done, and gives what came of everything."""
        planned = self._plan()
        with self._watched("reading", planned.articles, "articles", there.items, there.failures) as tally:
            for done in self._engine().run(read_tasks(self._folder, self._missing())):
                self._note(done, tally)
        total = checked_sum(self._folder, planned.articles)
        sweep(self._folder, total.rows)
        came = {**total.to_json(), "unreadable": list(planned.unreadable)}
        self.job = self.job.note(self._folder, planned=self.job.planned, finished=came)
        return came

    def group(self) -> dict[str, Any]:
        """Groups what was read: the second stage, on the same engine."""
        from sayso.batch.grouping import group

        latest: list[Progress] = []

        def told_of(progress: Progress) -> None:
            latest[:] = [progress]
            self._on_progress(progress)

        with every(MINUTE_S, lambda: self._log(*latest)):
            found = group(self._folder, self._engine(), on_progress=told_of)
        told = asdict(found)
        sweep_drafts(self._folder)
        self._events.tell("grouped", **told)
        clear(self._folder)
        return told

    def _plan(self) -> Planned:
        """The plan: the one that is there, or a new one."""
        if self.job.planned and has_plan(self._folder):
            return Planned(**self.job.planned)
        scans = scan_tasks(self._folder, self.job.inputs)
        files = [each for _, each in scans]
        waiting = [task for task, _ in scans if not scanned(self._folder, task.number).is_file()]
        known = sum(files) - sum(files[task.number] for task in waiting)
        with self._watched("planning", sum(files), "files", known) as tally:
            for done in self._engine().run(iter(waiting)):
                tally.add(files[done.task.number])
        planned = make_plan(self._folder, len(scans))
        if self.job.planned not in (None, asdict(planned) | {"unreadable": list(planned.unreadable)}):
            raise BatchFailed(str(self._folder.root), "its input is not what it was when it began, and shards that are "
                              "done would not fit to those that are not", "Begin again in another folder")  # fmt: skip
        self._events.tell("planned", articles=planned.articles, shards=planned.shards)
        self.job = self.job.note(self._folder, planned=asdict(planned), finished=None)
        return planned

    def _missing(self) -> Iterator[Shard]:
        return (shard for shard in shards_of(self._folder) if not self._folder.entry(shard.number).is_file())

    def _note(self, done: Done, tally: Tally) -> None:
        """Writes down what a task gave."""
        told = done.result
        articles, failures = told["articles"], told["failures"]
        for death in told.get("deaths", ()):
            self._events.tell("worker died", shard=done.task.number, **death)
        if told["failed"].get("failed"):
            for row in read_part(self._folder.part("failures", done.task.number)):
                if row["kind"] == "failed":
                    given_up = {name: row[name] for name in ("article", "reason")}
                    self._events.tell("article given up", shard=done.task.number, **given_up)
        tally.add(articles + failures, failures=failures)
        self._events.tell(
            "shard done", shard=done.task.number, articles=articles, failures=failures, words=told["words"],
            wall_s=round(done.wall_s, 3), cpu_s=round(done.cpu_s, 3), peak_mb=round(done.peak_mb, 1),
        )  # fmt: skip

    @contextmanager
    def _watched(self, stage: Stage, total: int, unit: str, done: int, failures: int = 0) -> Iterator[Tally]:
        """A stage whose progress is told each second or two to the caller and each minute to the log."""
        tally = Tally(stage, total, unit, done=done, failures=failures, under_way=Peek(self._folder))

        def show() -> None:
            self._on_progress(tally.now())

        show()
        with every(_SHOWN_S, show), every(MINUTE_S, lambda: self._log(tally.now())):
            yield tally
        show()

    def _log(self, *progress: Progress) -> None:
        """Writes down how far it is, where anything is known of that yet."""
        for now in progress:
            per_s, left_s = (None if each is None else round(each, 3) for each in (now.per_s, now.left_s))
            self._events.tell("progress", stage=now.stage, done=now.done, of=now.total, unit=now.unit,
                              failures=now.failures, per_s=per_s, left_s=left_s)  # fmt: skip
