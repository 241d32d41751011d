"""The stages of the grouping, one after the other, and what is left to do of them after a stop.

Whoever drives holds a few numbers of each shard and of each task; what is large is in the folder.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from sayso.batch.finishing import numbered_parts
from sayso.batch.grouping.places import KINDS, STAGES, Kind, Outline, Places, Portion, Stage
from sayso.batch.grouping.sketches import COPY, COPY_TREES, STATEMENT, STATEMENT_TREES
from sayso.batch.layout import Folder, put_json
from sayso.batch.manifest import Entry, entries_of
from sayso.batch.progress import OnProgress, Progress
from sayso.batch.tasks import Engine, Task
from sayso.errors import BatchFailed

JOB = "group"
_NUMBERS = 1_000_000
"""Of the tasks of a stage, at the most."""
ARTICLES, STATEMENTS = 4_096, 65_536
"""Of a portion, at the most: some 200 MB of a worker's memory."""
BUCKET_BYTES = 32 << 20
"""Of the sketches that are compared at a time, about."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a grouping found; kept in the batch's folder as `grouping.json`."""

    articles: int
    statements: int
    copies: int
    """Articles that are copies of one text with others, the first ones included,"""
    texts: int
    """of so many texts."""
    told: int
    """Statements that tell an utterance with others; one that tells two counts twice."""
    utterances: int
    """So many utterances are told by more than one article."""
    cut: int
    """Statements and articles that hung together in such numbers that the weakest likenesses were let go."""


def group(folder: Folder, engine: Engine, *, on_progress: OnProgress | None = None) -> Report:
    """Finds the copies among a batch's articles and the utterances among its statements: the tables `copies` and
    `utterances` of its folder.

    What is done of it is not done again, all of it where the manifest is the same as then. Raises BatchFailed where a
    part cannot be read, or a task cannot be done.
    """
    places = Places(folder)
    outline = _outline(folder)
    known = _known(folder, outline)
    if known is not None:
        shutil.rmtree(places.root, ignore_errors=True)
        return known
    _begin(places, outline)
    report = _Driving(places, outline, engine, on_progress or (lambda progress: None)).run()
    put_json(folder.root / "grouping.json", {"state": outline.state, **asdict(report)})
    shutil.rmtree(places.root, ignore_errors=True)
    return report


class _Driving:
    def __init__(self, places: Places, outline: Outline, engine: Engine, on_progress: OnProgress) -> None:
        self.places = places
        self.outline = outline
        self.engine = engine
        self.on_progress = on_progress
        self.done = 0
        portions = len(outline.portions)
        self.total = 4 * portions + sum(outline.buckets.values()) + len(KINDS)
        """As far as is known: how many pieces there are comes out on the way."""

    def run(self) -> Report:
        portions = range(len(self.outline.portions))
        settled: dict[Kind, list[dict[str, Any]]] = {}
        cut = 0
        for kind in KINDS:
            self._stage(kind, "sketch", portions)
            self._stage(kind, "pairs", range(self.outline.buckets[kind]))
            connected = self._stage(kind, "connect", range(1))[0]
            self.places.drop(kind, "sketch", "pairs")
            self.total += connected["pieces"]
            cut += connected["cut"]
            self._stage(kind, "gather", portions)
            settled[kind] = self._stage(kind, "settle", range(connected["pieces"]))
            self.places.drop(kind, "gather")
            self._sweep(kind, connected["pieces"])
        counts = {
            (kind, name): sum(each[name] for each in settled[kind]) for kind in KINDS for name in ("rows", "groups")
        }
        return Report(
            self.outline.count("copies"),
            self.outline.count("utterances"),
            counts["copies", "rows"],
            counts["copies", "groups"],
            counts["utterances", "rows"],
            counts["utterances", "groups"],
            cut,
        )

    def _stage(self, kind: Kind, stage: Stage, numbers: range) -> list[dict[str, Any]]:
        """Has all tasks of a stage done, and gives their results, by number."""
        results: dict[int, dict[str, Any]] = {}
        for number in numbers:
            known = self.places.done(kind, stage, number)
            if known is not None:
                results[number] = known
        self._tell(len(results))
        for done in self.engine.run(self._tasks(kind, stage, [each for each in numbers if each not in results])):
            results[done.task.given["number"]] = done.result
            self._tell(1)
        missing = [number for number in numbers if number not in results]
        if missing:
            where = f"{self.places.folder.root}: grouping, {stage} of {kind}, {missing[0]:06}"
            raise BatchFailed(where, "it did not come back", "The same command goes on")
        return [results[number] for number in numbers]

    def _tasks(self, kind: Kind, stage: Stage, numbers: list[int]) -> Iterator[Task]:
        # The deaths of a task's processes are kept by its number: no two of a grouping have the same.
        first = (KINDS.index(kind) * len(STAGES) + STAGES.index(stage)) * _NUMBERS
        here = {"folder": str(self.places.folder.root), "place": str(Path.cwd())}
        for number in numbers:
            yield Task(JOB, first + number, {**here, "kind": kind, "stage": stage, "number": number})

    def _sweep(self, kind: Kind, pieces: int) -> None:
        """Takes away parts that an earlier grouping of another manifest left."""
        for number, path in numbered_parts(self.places.folder, kind):
            if number >= pieces:
                path.unlink(missing_ok=True)

    def _tell(self, done: int) -> None:
        self.done += done
        self.on_progress(Progress("grouping", self.done, self.total, "tasks"))


def _outline(folder: Folder) -> Outline:
    """What there is to group, by the manifest."""
    digest = hashlib.sha256()
    portions: list[Portion] = []
    shards: list[tuple[int, int, int]] = []
    articles = statements = 0
    for entry in entries_of(folder):
        digest.update(json.dumps(entry.to_json(), sort_keys=True).encode())
        its_articles, its_statements = (_rows(entry, table) for table in ("articles", "statements"))
        ends = articles + its_articles, statements + its_statements
        if shards and (ends[0] - shards[0][1] > ARTICLES or ends[1] - shards[0][2] > STATEMENTS):
            portions.append(_portion(shards, articles, statements))
            shards = []
        shards.append((entry.shard, articles, statements))
        articles, statements = ends
    if shards:
        portions.append(_portion(shards, articles, statements))
    sizes = {
        "copies": articles * COPY_TREES.trees * COPY.itemsize,
        "utterances": statements * STATEMENT_TREES.trees * STATEMENT.itemsize,
    }
    buckets = {kind: max(1, -(-size // BUCKET_BYTES)) for kind, size in sizes.items()}
    return Outline(digest.hexdigest(), tuple(portions), buckets)


def _rows(entry: Entry, table: str) -> int:
    return entry.parts[table].rows if table in entry.parts else 0


def _portion(shards: list[tuple[int, int, int]], articles: int, statements: int) -> Portion:
    numbers, first_articles, first_statements = zip(*shards, strict=True)
    return Portion(numbers, (*first_articles, articles), (*first_statements, statements))


def _known(folder: Folder, outline: Outline) -> Report | None:
    """What an earlier grouping of the same manifest found; None where there was none."""
    try:
        told = json.loads((folder.root / "grouping.json").read_bytes())
        return Report(**told) if told.pop("state") == outline.state else None
    except (FileNotFoundError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _begin(places: Places, outline: Outline) -> None:
    """Takes up what is there of the same grouping, or begins afresh."""
    try:
        there: Outline | None = Outline.read(places)
    except (OSError, ValueError, KeyError, TypeError):
        there = None
    if there is None or there != outline:
        shutil.rmtree(places.root, ignore_errors=True)
        (places.folder.root / "grouping.json").unlink(missing_ok=True)
        outline.write(places)
