"""What was given to a server, taken apart into single items in a child process of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from sayso.errors import UnreadableSource
from sayso.intake.failures import failure_at
from sayso.intake.items import Failure, Item
from sayso.pipeline import read_limits
from sayso.web.carrying import FailedInside, failure_from_plain, item_from_plain
from sayso.web.children import Child
from sayso.web.jobs import Job
from sayso.web.workers import in_time

MEMORY_MB = 1500
_MOST_NOTES = 200
_MOST_FAILED = 500
"""Of the parts of a source, where most of them failed: each is a problem of the archive."""


def taken_apart(
    folder: Path, sources: Sequence[str], transcripts: Sequence[str], *, job: Job
) -> Iterator[Item | Failure]:
    """The items in files of a folder and at addresses, one by one; the job is told how far it is.

    Each source is taken apart by itself: where one ends the child, the others go on. Raises nothing of what is wrong
    with a source, which is a Failure.
    """
    child: Child | None = None
    given = [(each, False) for each in sources] + [(each, True) for each in transcripts]
    try:
        for done, (name, apart) in enumerate(given):
            if child is None or not child.alive:
                if child is not None:
                    child.end()
                child = Child("intake", memory_mb=MEMORY_MB, folder=folder)
            try:
                yield from _of_one(child, name, apart, job, only=len(given) == 1)
            except UnreadableSource as error:
                yield failure_at(error, name, name)
            except FailedInside as error:
                yield Failure("failed", name, name, f"sayso failed on it ({error})", "Please report this")
            if len(given) > 1:
                job.progress(done + 1, len(given), "files")
    finally:
        if child is not None:
            child.end()


def _of_one(child: Child, name: str, apart: bool, job: Job, *, only: bool) -> Iterator[Item | Failure]:
    within = in_time()
    failed = found = 0
    opened, _ = child.ask({"task": "open", "name": name, "transcript": apart}, name=name, within=within)
    if opened["fetches"]:
        within = within.and_wait(read_limits().fetch_timeout_s)
    while failed < _MOST_FAILED or failed < found:
        told, data = child.ask({"task": "next"}, name=name, within=within)
        try:
            job.notes += [str(each) for each in told.get("notes") or []][: _MOST_NOTES - len(job.notes)]
            if only and told.get("progress"):
                done, total, unit = told["progress"]
                job.progress(int(done), None if total is None else int(total), str(unit))
            if "failure" in told:
                made: Item | Failure = failure_from_plain(told["failure"])
            elif "item" in told:
                made = item_from_plain(told["item"], data)
            else:
                return
        except (KeyError, TypeError, ValueError) as error:
            raise FailedInside(f"the answer of a child cannot be read: {type(error).__name__}: {error}") from None
        yield made
        failed += isinstance(made, Failure)
        found += isinstance(made, Item)
    reason = f"{failed:,} parts of it are no articles, and the rest was not looked at"
    yield Failure("refused", name, name, reason, "Look whether it is what you meant to give")
