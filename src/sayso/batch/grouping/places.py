"""Where the grouping keeps what it works on, and what each task of it is given.

work/grouping/articles/pairs-000004.spill and so on: one file a task, then its note (`...json`), by which it is known
to be done.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

from sayso.batch.layout import Folder, put_json

Kind = Literal["copies", "utterances"]
"""What is grouped, named by the table that comes of it: articles, or statements."""
KINDS: tuple[Kind, Kind] = ("copies", "utterances")
Stage = Literal["sketch", "pairs", "connect", "gather", "settle"]
STAGES: tuple[Stage, ...] = get_args(Stage)


@dataclass(frozen=True, slots=True)
class Places:
    """The folder of a grouping's work."""

    folder: Folder

    @property
    def root(self) -> Path:
        """All of it."""
        return self.folder.work / "grouping"

    @property
    def outline(self) -> Path:
        """What the grouping is: which shards it takes, in which portions; see `Outline`."""
        return self.root / "outline.json"

    def file(self, kind: Kind, stage: Stage, number: int) -> Path:
        """What a task made."""
        return self.root / kind / f"{stage}-{number:06}"

    def witnesses(self, number: int) -> Path:
        """Which article is a copy of which, of a piece of work."""
        return self.root / "copies" / f"witnesses-{number:06}"

    def note(self, kind: Kind, stage: Stage, number: int) -> Path:
        """That a task is done, and its result."""
        return self.file(kind, stage, number).with_suffix(".json")

    def drop(self, kind: Kind, *stages: Stage) -> None:
        """Takes away what the tasks of stages made, once nobody needs it any more; their notes stay."""
        for stage in stages:
            for path in (self.root / kind).glob(f"{stage}-*"):
                if path.suffix != ".json":
                    path.unlink(missing_ok=True)

    def done(self, kind: Kind, stage: Stage, number: int) -> dict[str, Any] | None:
        """The result of a task; None where it is not done."""
        try:
            result: dict[str, Any] = json.loads(self.note(kind, stage, number).read_bytes())
        except (FileNotFoundError, ValueError):
            return None
        return result


@dataclass(frozen=True, slots=True)
class Portion:
    """Shards that one task takes, and where the articles and statements of each begin and end."""

    shards: tuple[int, ...]
    articles: tuple[int, ...]
    """By shard, how many there are before it in the batch; after the last one, how many up to its end."""
    statements: tuple[int, ...]

    def bounds(self, kind: Kind) -> tuple[int, ...]:
        """Those of the things of a kind."""
        return self.articles if kind == "copies" else self.statements


@dataclass(frozen=True, slots=True)
class Outline:
    """What a grouping takes, and in how many pieces; kept in the folder, where every task reads it."""

    state: str
    """Of the manifest, by which another one is noticed."""
    portions: tuple[Portion, ...]
    buckets: dict[str, int]
    """By kind."""

    def starts(self, kind: Kind) -> list[int]:
        """By portion, the number of its first thing of a kind."""
        return [each.bounds(kind)[0] for each in self.portions]

    def count(self, kind: Kind) -> int:
        """How many things there are of a kind."""
        return self.portions[-1].bounds(kind)[-1] if self.portions else 0

    def write(self, places: Places) -> None:
        """Keeps it."""
        portions = [[each.shards, each.articles, each.statements] for each in self.portions]
        put_json(places.outline, {"state": self.state, "portions": portions, "buckets": self.buckets})

    @classmethod
    def read(cls, places: Places) -> Outline:
        """The one that is kept. Raises OSError, ValueError, KeyError or TypeError where there is none."""
        told = json.loads(places.outline.read_bytes())
        portions = (Portion(*(tuple(part) for part in each)) for each in told["portions"])
        return cls(told["state"], tuple(portions), told["buckets"])
