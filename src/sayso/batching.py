"""The corridor of the batch: articles by the million, from files into tables, resumed where they were left."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from sayso.batch.driver import GROUPING, Driver
from sayso.batch.events import Cost, Events, cost_of
from sayso.batch.finishing import clear, refuse_links
from sayso.batch.job import Job, job_of, read_job, same_or_refused
from sayso.batch.layout import Folder
from sayso.batch.limits import Options
from sayso.batch.locking import LOCK, alone_in
from sayso.batch.parquet import need_polars
from sayso.batch.progress import OnProgress, Progress
from sayso.batch.tables import TABLES
from sayso.batch.tasks import Engine
from sayso.errors import BadSetting, BatchFailed, NoSuchSource, UnreadableSource
from sayso.pipeline import Day, day_of

__all__ = ["ENGINES", "Progress", "Report", "run_batch"]

ENGINES = ("local", "ray")
_NAMED = 3
OnNote = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Report:
    """What came of a batch, over all its runs."""

    output: Path
    articles: int
    """That were read."""
    failures: int
    """Articles that were not; why stands in the table `failures`."""
    failed: dict[str, int]
    """How many failures there are of each kind."""
    words: int
    rows: dict[str, int]
    """Of each table."""
    bytes: int
    """Of all tables."""
    shards: int
    cost: Cost
    unreadable: tuple[str, ...] = ()
    """Inputs of which nothing could be read (the first hundred), each with the reason."""
    there_before: int = 0
    """Articles and failures that an earlier run had done."""
    groups: dict[str, Any] | None = None
    """What the grouping found, where it was asked for."""

    def to_json(self) -> dict[str, Any]:
        """As `sayso batch --format json` prints it."""
        return {**asdict(self), "output": str(self.output), "unreadable": list(self.unreadable)}


def run_batch(
    inputs: Iterable[str | os.PathLike[str]],
    output: str | os.PathLike[str],
    *,
    engine: str | Engine | None = None,
    address: str | None = None,
    workers: int | None = None,
    date: Day = None,
    outlet: str | None = None,
    any_language: bool = False,
    group: bool = False,
    verify: bool = False,
    on_progress: OnProgress = lambda progress: None,
    on_note: OnNote = lambda message: None,
) -> Report:
    """Reads every article in files and folders into tables in the folder `output`; what came of it.

    The same call goes on where an earlier one was left, however that ended; without `inputs` the batch in `output` goes
    on with its own inputs and options. `engine` is "local" (processes on this machine) or "ray" (also on a cluster,
    whose `address` makes it the default), or an engine itself, which is left open. `workers`: how many articles are
    read at a time (None: one for each core). `group` finds copies and utterances once all is read. `verify` looks at
    every byte of what is done already and does anew what is not as it was written. `on_progress` is told how far it is,
    from a thread of its own too, `on_note` in a sentence what a user should know.

    Raises OtherBatch where another batch is in the folder; BatchFailed where it cannot go on, UnreadableSource for an
    input that there is not, BadSetting for an option that will not do, MissingPackage, DamagedModel.
    """
    need_polars()
    chosen = _engine_named(engine, address)
    folder = Folder(Path(os.path.abspath(output)))  # noqa: PTH100, a link to a folder stays one
    day = day_of(date)
    options = Options(date=day.isoformat() if day else None, outlet=outlet, any_language=any_language)
    with _room_to_write(folder):
        wanted = _job([os.fspath(each) for each in inputs], folder, options)
        folder.root.mkdir(parents=True, exist_ok=True)
        refuse_links(folder)
        with alone_in(folder, on_note=on_note), ExitStack() as opened:
            there = read_job(folder)
            if there is None:
                there = wanted.note(folder, planned=None, finished=None)
            same_or_refused(folder, there, wanted)
            events = opened.enter_context(Events(folder.events))

            @cache
            def at_work() -> Engine:
                # Not before it is needed: a batch that is finished starts nothing. One that was given is the caller's.
                if not isinstance(chosen, str):
                    return chosen
                return opened.enter_context(closing(_engine(chosen, address, workers, there.options)))

            driver = Driver(there, folder, events, engine=at_work, on_progress=on_progress, on_note=on_note)
            with _told_of(events):
                before = driver.begin(verify=verify)
                if there.finished and not driver.job.finished:
                    # What is finished needs its inputs no more, and they may be gone; what is damaged needs them.
                    same_or_refused(folder, there, _again(there))
                came = driver.job.finished or driver.read(before)
                # Also what a kill at the very end left; a grouping that was begun goes on with what it has.
                clear(folder, keep=(GROUPING,))
                groups = driver.group() if group else None
                events.tell("finished", articles=came["articles"], failures=came["failures"])
        rows = {table: came["rows"][table] for table in TABLES if table in came["rows"]}
        return Report(
            output=Path(os.fspath(output)), cost=cost_of(folder.events), there_before=before.items, groups=groups,
            **{**came, "rows": rows, "unreadable": tuple(came["unreadable"])},
        )  # fmt: skip


def _job(names: Sequence[str], folder: Folder, options: Options) -> Job:
    """The job that is asked for, before anything is written."""
    there = _looked_at(folder)
    if not names:
        if there is None:
            raise BatchFailed(str(folder.root), "there is no batch in it to go on with", "Name its inputs")
        given = {name: getattr(options, name) for name in ("date", "outlet", "any_language") if getattr(options, name)}
        return replace(there if there.finished else _again(there), options=replace(there.options, **given))
    from sayso.intake.inputs import inputs_of

    files = inputs_of(names)
    for name in names:
        _readable(name, folder)
    _told_apart(files)
    return job_of(files, options)


def _again(job: Job) -> Job:
    """The same job as it would be begun now."""
    return job_of([each.name for each in job.inputs], job.options)


def _looked_at(folder: Folder) -> Job | None:
    """The job in a folder. Raises BatchFailed for a folder that has something else in it."""
    if folder.root.exists() and not folder.root.is_dir():
        raise BatchFailed(str(folder.root), "it is a file, and a batch is written into a folder", "Name another")
    there = read_job(folder)
    if there is None and folder.root.is_dir():
        # A driver that was killed before it had written anything down leaves its lock.
        others = sorted(each.name for each in folder.root.iterdir() if not each.name.startswith((LOCK, ".batch.json")))
        if others:
            told = ", ".join(others[:_NAMED]) + ", ..." * (len(others) > _NAMED)
            raise BatchFailed(str(folder.root), f"there are other things in it ({told}), and no batch",
                              "Name a new folder, or an empty one")  # fmt: skip
    return there


def _readable(name: str, folder: Folder) -> None:
    """Raises the error that says why an input will not do."""
    path = Path(name)
    if name != "-" and not path.exists():
        raise NoSuchSource(name, "there is no such file or folder", "Check the spelling")
    if name == "-" or not (path.is_file() or path.is_dir()):
        raise UnreadableSource(name, "it is no file, and a batch that goes on has to read it again",
                               "Save what comes from it first")  # fmt: skip
    source, target = path.resolve(), folder.root.resolve()
    if source.is_dir() and (source == target or source in target.parents):
        raise BatchFailed(str(folder.root), f"it lies in the input {name}, and would be read as input",
                          "Name a folder outside it")  # fmt: skip
    if target in source.parents:
        raise BatchFailed(str(folder.root), f"the input {name} lies in it", "Name another folder")


def _told_apart(files: Sequence[str]) -> None:
    """Raises UnreadableSource for a file that is called as an article in another one is: `wire.jsonl:17`."""
    given = set(files)
    for name in files:
        for sign in re.finditer(r"#|:(?=\d+$)", name):
            if (other := name[: sign.start()]) in given:
                raise UnreadableSource(name, f"an article in {other} may have the same name", "Rename it")


def _engine_named(engine: str | Engine | None, address: str | None) -> str | Engine:
    if engine is None:
        return "ray" if address else "local"
    if isinstance(engine, str):
        if engine not in ENGINES:
            raise BadSetting("engine", engine, f"one of {', '.join(ENGINES)}")
        if address and engine != "ray":
            raise BadSetting("address", address, "the engine ray: the engine local has no other machines")
    return engine


def _engine(name: str, address: str | None, workers: int | None, options: Options) -> Engine:
    """An engine of that name, at work."""
    if name == "ray":
        from sayso.batch.engines.ray import RayEngine

        return RayEngine(address, workers, options)
    from sayso.batch.engines.local import LocalEngine

    return LocalEngine(workers, options)


@contextmanager
def _told_of(events: Events) -> Iterator[None]:
    """Writes down how a run ended that did not finish."""
    try:
        yield
    except KeyboardInterrupt:
        events.tell("interrupted")
        raise
    except Exception as error:
        # Where the disk is full there is no room for this either.
        with suppress(OSError):
            events.tell("failed", error=type(error).__name__, reason=str(error))
        raise


@contextmanager
def _room_to_write(folder: Folder) -> Iterator[None]:
    """Says what to do where the disk is full."""
    try:
        yield
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        raise BatchFailed(str(folder.root), f"it cannot be written to ({error.strerror})",
                          "Make room, and run the same command again: it goes on where it was") from error  # fmt: skip
