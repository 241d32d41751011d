"""What was read of a shard so far: a line for each article, in a file of their own for each attempt.

An attempt that is cut short leaves the lines that it had written, and the next one goes on with what all before it
have; two attempts at once do not touch one another's. A line that was cut off is none. What an article gave stays on
disk until the shard's tables are written, one table at a time.
"""

from __future__ import annotations

import json
import shutil
import zlib
from collections.abc import Iterator
from io import FileIO
from pathlib import Path
from types import TracebackType
from typing import BinaryIO
from uuid import uuid4

from sayso.batch.layout import Folder
from sayso.batch.tables import Row, Rows
from sayso.batch.tasks import Task

DEATHS = "deaths.jsonl"
_Place = tuple[BinaryIO, int, int]
"""File, offset and length of a line."""


def place_of(folder: Folder, job: str, number: int) -> Path:
    """Where the journal of a task lies."""
    return folder.work / "journal" / (f"{number:06}" if job == "read" else f"{job}-{number:06}")


def deaths_of(task: Task) -> Path | None:
    """Where it is noted which of a task's processes died; None where the task has no folder."""
    given = task.given
    if "folder" not in given:
        return None
    return place_of(Folder(Path(given.get("place") or "") / given["folder"]), task.job, task.number) / DEATHS


class Journal:
    """The journal of a shard, with an attempt's own file in it. Raises OSError wherever it cannot be written."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self._files: list[BinaryIO] = []
        self._lines: dict[int, _Place] = {}
        self._out: FileIO | None = None
        for file in sorted(place.glob("attempt-*.jsonl")):
            self._read(file)

    def __enter__(self) -> Journal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        for file in (*self._files, *([self._out] if self._out else ())):
            file.close()

    @property
    def done(self) -> set[int]:
        """The articles that are done, by their place in the shard."""
        return set(self._lines)

    def write(self, ordinal: int, rows: Rows) -> None:
        """Writes down what an article gave; from then on it is done."""
        if self._out is None:
            self.place.mkdir(parents=True, exist_ok=True)
            path = self.place / f"attempt-{uuid4().hex}.jsonl"
            # Without a buffer: what a full disk did not take must not be tried again when the file is closed.
            self._out = path.open("wb", buffering=0)
            self._files.append(path.open("rb"))
        parts = [part for table, given in rows.items() if given for part in (table, json.dumps(given))]
        line = "\t".join([str(ordinal), *parts]).encode("ascii")
        data = memoryview(b"%08x\t" % zlib.crc32(line) + line + b"\n")
        start, written = self._out.tell(), 0
        while written < len(data):
            written += self._out.write(data[written:])
        self._lines[ordinal] = (self._files[-1], start, len(data))

    def rows(self, table: str) -> Iterator[Row]:
        """The rows of a table, article after article; what is in memory is one article's."""
        for ordinal in sorted(self._lines):
            file, start, length = self._lines[ordinal]
            file.seek(start)
            parts = file.read(length).rstrip(b"\n").split(b"\t")[2:]
            for name, given in zip(parts[::2], parts[1::2], strict=True):
                if name.decode("ascii") == table:
                    yield from json.loads(given)

    def remove(self) -> None:
        """Takes the journal away, when the shard's entry is in the manifest."""
        shutil.rmtree(self.place, ignore_errors=True)

    def _read(self, path: Path) -> None:
        try:
            file = path.open("rb")
        except FileNotFoundError:
            return  # Whoever was done first has taken it away.
        self._files.append(file)
        start = 0
        for line in file:
            ordinal = _ordinal(line)
            if ordinal is not None:
                self._lines[ordinal] = (file, start, len(line))
            start += len(line)


def _ordinal(line: bytes) -> int | None:
    """Of which article a line tells; None where it is cut off or damaged."""
    check, _, rest = line.partition(b"\t")
    if not rest.endswith(b"\n") or check != b"%08x" % zlib.crc32(rest[:-1]):
        return None
    return int(rest.partition(b"\t")[0])
