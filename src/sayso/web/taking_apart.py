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

MEMORY_MB = 1500
_MOST_NOTES = 200


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
    limits = read_limits()
    # A feed's entry may be fetched on the way to the next item, and a WARC file is sought through for one.
    wall_s = limits.parse_timeout_s + limits.fetch_timeout_s
    sources = {"sources": [] if apart else [name], "transcripts": [name] if apart else []}
    child.ask({"task": "open", **sources}, name=name, wall_s=wall_s)
    while True:
        told, data = child.ask({"task": "next"}, name=name, wall_s=wall_s)
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
