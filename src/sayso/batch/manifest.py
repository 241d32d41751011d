"""The manifest: what each shard gave. A shard is done when its entry is there, and its parts are there before it.

An entry says nothing of when, where or in which attempt, so that a shard done twice has the same entry.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from sayso.batch.layout import Folder, put_json
from sayso.batch.tables import TABLES
from sayso.errors import BatchFailed


@dataclass(frozen=True, slots=True)
class Part:
    """A file of a table: its rows, and what the file must be."""

    rows: int
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Entry:
    """What a shard gave; `articles` and `failures` together are its items, each counted once."""

    shard: int
    articles: int
    failures: int
    words: int
    """Of the articles that were read."""
    failed: dict[str, int] = field(default_factory=dict)
    """How many failures there are of each kind (`sayso.intake.items.ProblemKind`)."""
    parts: dict[str, Part] = field(default_factory=dict)
    """By table; a table without a row of this shard may have no part."""

    def to_json(self) -> dict[str, Any]:
        """As it stands in its file."""
        return asdict(self)

    @classmethod
    def from_json(cls, told: dict[str, Any]) -> Entry:
        """What `to_json` made. Raises ValueError, KeyError or TypeError for anything else."""
        parts = {name: Part(**part) for name, part in told["parts"].items()}
        entry = cls(**{**told, "parts": parts})
        sizes = (size for part in parts.values() for size in (part.rows, part.bytes))
        for count in (entry.shard, entry.articles, entry.failures, entry.words, *entry.failed.values(), *sizes):
            if not isinstance(count, int) or count < 0:
                raise ValueError(f"{count!r} is no count")
        if not parts.keys() <= TABLES.keys():
            raise ValueError("it has a part of an unknown table")
        return entry


def part_of(path: Path, *, rows: int) -> Part:
    """What is to be noted of a part that was written."""
    return Part(rows, path.stat().st_size, sha256_of(path))


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_entry(folder: Folder, entry: Entry) -> None:
    """Marks a shard as done; its parts must be there."""
    put_json(folder.entry(entry.shard), entry.to_json())


def read_entry(folder: Folder, number: int) -> Entry | None:
    """A shard's entry, None where it is not done. Raises BatchFailed for a file that is no entry."""
    path = folder.entry(number)
    try:
        entry = Entry.from_json(json.loads(path.read_bytes()))
        if entry.shard != number:
            raise ValueError(f"it is that of shard {entry.shard}")
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BatchFailed(str(path), f"it is not as it was written ({error})", "Delete it: the shard is read again"
                          ) from error  # fmt: skip
    return entry


def damage_to(folder: Folder, entry: Entry, *, fully: bool = False) -> str | None:
    """What is wrong with the parts of a shard, None where nothing is.

    Looks at their sizes, and where `fully` is set at every byte.
    """
    for table, part in entry.parts.items():
        path = folder.part(table, entry.shard)
        try:
            size = path.stat().st_size
        except FileNotFoundError:
            return f"{path} is gone"
        if size != part.bytes:
            return f"{path} has {size:,} bytes, not {part.bytes:,}"
        if fully and sha256_of(path) != part.sha256:
            return f"{path} is not as it was written (SHA-256)"
    return None


@dataclass(slots=True)
class Sum:
    """What many shards gave together."""

    shards: int = 0
    articles: int = 0
    failures: int = 0
    words: int = 0
    failed: Counter[str] = field(default_factory=Counter)
    rows: Counter[str] = field(default_factory=Counter)
    bytes: int = 0

    def add(self, entry: Entry) -> None:
        """Takes a shard in."""
        self.shards += 1
        self.articles += entry.articles
        self.failures += entry.failures
        self.words += entry.words
        self.failed.update(entry.failed)
        for table, part in entry.parts.items():
            self.rows[table] += part.rows
            self.bytes += part.bytes

    @property
    def items(self) -> int:
        """What was to be read."""
        return self.articles + self.failures

    def to_json(self) -> dict[str, Any]:
        """In plain data."""
        counts = {name: dict(sorted(getattr(self, name).items())) for name in ("failed", "rows")}
        named = ("shards", "articles", "failures", "words", "bytes")
        return {**{name: getattr(self, name) for name in named}, **counts}


def entries_of(folder: Folder) -> Iterator[Entry]:
    """All entries, in the order of their shards, one at a time. Raises BatchFailed for a file that is no entry."""
    for path in folder.entries():
        entry = read_entry(folder, int(path.stem)) if path.stem.isdecimal() else None
        if entry is not None:
            yield entry
