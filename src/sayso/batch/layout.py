"""Where everything lies in the folder of a batch, and how a file gets there: whole or not at all.

batch.json                   the job: what it reads, how, with which weights
articles/part-000017.parquet and the other tables (`sayso.batch.tables`), a part of each from every shard
shards/000017.json           the manifest: a shard is done when its entry is there, and its parts are before it
events.jsonl                 what happened, a line each
work/                        plan, journals and unpacked input; gone when all is done
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sayso.errors import BatchFailed
from sayso.whole import written


@dataclass(frozen=True, slots=True)
class Folder:
    """The folder of a batch."""

    root: Path

    @property
    def job(self) -> Path:
        """What the batch is."""
        return self.root / "batch.json"

    @property
    def events(self) -> Path:
        """What happened."""
        return self.root / "events.jsonl"

    @property
    def work(self) -> Path:
        """What is needed until all is done."""
        return self.root / "work"

    def part(self, table: str, number: int) -> Path:
        """The part of a table that comes from a shard."""
        return self.root / table / f"part-{number:06}.parquet"

    def parts(self, table: str) -> list[Path]:
        """All parts of a table, in the order of their shards."""
        return sorted((self.root / table).glob("part-*.parquet"))

    def entry(self, number: int) -> Path:
        """A shard's entry in the manifest."""
        return self.root / "shards" / f"{number:06}.json"

    def entries(self) -> list[Path]:
        """The manifest, in the order of the shards."""
        return sorted((self.root / "shards").glob("*.json"))


def is_batch(path: Path) -> bool:
    """Whether a folder is that of a batch."""
    return (path / "batch.json").is_file()


def put(target: Path, data: bytes) -> None:
    """Writes a file whole or not at all."""
    with written(target) as file:
        file.write(data)


def put_json(target: Path, value: Any) -> None:
    """As `put`, of plain data. Half of a surrogate pair, of a name that is no text, becomes an escape of JSON's."""
    put(
        target,
        (json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode("utf-8", "backslashreplace"),
    )


@contextmanager
def room_in(place: object) -> Iterator[None]:
    """While something is written there: raises BatchFailed, which names it, where the system will not have that."""
    try:
        yield
    except OSError as error:
        raise BatchFailed(str(place), f"it cannot be written to ({error.strerror or error})",
                          "Make room there; the same command goes on") from error  # fmt: skip
