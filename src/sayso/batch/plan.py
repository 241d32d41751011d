"""The plan of a batch: its input cut into shards, as the input alone says.

Tasks "scan" go through the inputs and write down where their stretches are; joined to shards these stand in a file of
their own, a line each, so that a batch that goes on does not scan again and nobody has to hold all of them. A shard is
known by its number from then on.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sayso.batch.job import Input
from sayso.batch.layout import Folder
from sayso.batch.tasks import Task
from sayso.errors import BatchFailed
from sayso.intake.stretches import EVERY, Stretch, follows, join
from sayso.whole import written

_SHARDS = 64
_SMALLEST, _LARGEST = 16, 512
"""Items of a shard: enough of them to busy many workers, and no more than are well done again in minutes."""
_SCAN_BYTES, _SCAN_FILES = 32_000_000, 256
"""Small inputs are scanned together: a task costs more than opening a file."""


@dataclass(frozen=True, slots=True)
class Shard:
    """A run of neighbouring items, read by one task into one part of each table."""

    number: int
    count: int
    """Of its items, failures to open an input among them."""
    stretches: tuple[dict[str, Any], ...]
    """`sayso.intake.stretches.Stretch.to_json` of each; of small inputs there are several in a shard."""

    def to_json(self) -> dict[str, Any]:
        """A line of the plan."""
        return {"number": self.number, "count": self.count, "stretches": list(self.stretches)}

    @classmethod
    def from_json(cls, told: dict[str, Any]) -> Shard:
        """What `to_json` made."""
        return cls(told["number"], told["count"], tuple(told["stretches"]))


@dataclass(frozen=True, slots=True)
class Planned:
    """What there is to do."""

    articles: int
    """Items: articles, and failures to open an input."""
    shards: int
    unreadable: tuple[str, ...]
    """Inputs of which nothing could be read (the first hundred), each with the reason."""


def shard_size(total: int) -> int:
    """How many items a shard has of so many, a multiple of those of a stretch: depends on the input alone.

    >>> [shard_size(total) for total in (1, 3000, 10**6)]
    [16, 48, 512]
    """
    return min(max(round(total / _SHARDS / EVERY) * EVERY, _SMALLEST), _LARGEST)


def scan_tasks(folder: Folder, inputs: Sequence[Input]) -> list[tuple[Task, int]]:
    """The tasks that go through the inputs, in their order, each with how many files it looks at.

    A task's result is `work/plan/NNNNNN.jsonl`, NNNNNN being its number: a stretch a line, in the order of its inputs.
    """
    tasks: list[tuple[Task, int]] = []
    run: list[Input] = []

    def close() -> None:
        if run:
            names = [each.name for each in run]
            given = {"folder": str(folder.root), "place": str(Path.cwd()), "inputs": names, "every": EVERY}
            tasks.append((Task("scan", len(tasks), given), sum(each.files for each in run)))
            run.clear()

    for each in inputs:
        if sum(other.bytes for other in run) + each.bytes > _SCAN_BYTES or len(run) >= _SCAN_FILES:
            close()
        run.append(each)
    close()
    return tasks


def read_tasks(folder: Folder, shards: Iterable[Shard]) -> Iterator[Task]:
    """The tasks that read shards; each is known by its shard's number.

    A task's result are the parts of the tables and, after them, the shard's entry (`sayso.batch.manifest`).
    """
    place = str(Path.cwd())
    for shard in shards:
        given = {"folder": str(folder.root), "place": place, "stretches": list(shard.stretches), "count": shard.count}
        yield Task("read", shard.number, given)


def scanned(folder: Folder, number: int) -> Path:
    """Where a task "scan" of that number puts its stretches."""
    return folder.work / "plan" / f"{number:06}.jsonl"


def make_plan(folder: Folder, scans: int) -> Planned:
    """Joins what `scans` tasks wrote to shards and writes the plan down, holding one shard at a time."""
    articles = sum(each.count for each in _stretches(folder, scans))
    shards = 0
    unreadable: list[str] = []
    with written(_plan(folder)) as out:
        for shard, failed in _shards(_stretches(folder, scans), shard_size(articles)):
            out.write(json.dumps(shard.to_json()).encode() + b"\n")
            shards += 1
            unreadable += failed[: 100 - len(unreadable)]
    for number in range(scans):
        scanned(folder, number).unlink(missing_ok=True)
    return Planned(articles, shards, tuple(unreadable))


def has_plan(folder: Folder) -> bool:
    """Whether the plan is written."""
    return _plan(folder).is_file()


def shards_of(folder: Folder) -> Iterator[Shard]:
    """The shards, one at a time. Raises BatchFailed where the plan is not as it was written."""
    try:
        with _plan(folder).open(encoding="utf-8") as lines:
            for line in lines:
                yield Shard.from_json(json.loads(line))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BatchFailed(str(_plan(folder)), f"the plan is not as it was written ({error})",
                          "Delete it: the same command makes it anew") from error  # fmt: skip


def _plan(folder: Folder) -> Path:
    return folder.work / "plan" / "shards.jsonl"


def _stretches(folder: Folder, scans: int) -> Iterator[Stretch]:
    for number in range(scans):
        with scanned(folder, number).open(encoding="utf-8") as lines:
            for line in lines:
                yield Stretch.from_json(json.loads(line))


def _shards(stretches: Iterable[Stretch], size: int) -> Iterator[tuple[Shard, list[str]]]:
    """Shards of up to `size` items, each with the failures of inputs in it."""
    number = count = 0
    run: list[Stretch] = []
    for each in stretches:
        if run and count + each.count > size:
            yield _shard(number, count, run)
            number, count, run = number + 1, 0, []
        run.append(each)
        count += each.count
    if run:
        yield _shard(number, count, run)


def _shard(number: int, count: int, run: Sequence[Stretch]) -> tuple[Shard, list[str]]:
    joined = [run[0]]
    for each in run[1:]:
        if follows(each, joined[-1]):
            joined[-1] = join([joined[-1], each])
        else:
            joined.append(each)
    failed = [
        f"{each.failure.name}: {each.failure.reason}" + (f". {each.failure.advice}" if each.failure.advice else "")
        for each in run
        if each.failure is not None
    ]
    return Shard(number, count, tuple(each.to_json() for each in joined)), failed
