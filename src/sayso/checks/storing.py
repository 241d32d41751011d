"""One segment of an index as a file: its transcripts, each compressed by itself, and its rows of numbers.

    head        8 bytes that say what it is, the version of the format
    transcripts zlib over the JSON of `transcript_form`
    rows        little-endian numbers, each row followed by the CRC-32 of every 16 KiB of it
    contents    JSON: where each row is, of what numbers, and the CRC-32 of its CRCs
    tail        where the contents are, their CRC-32, the 8 bytes once more

Everything that is read is checked when it is first touched and not before, so that opening a large file costs nothing
and a damaged one is found out all the same. A file is written once, under a name of its own, and never changed.
"""

from __future__ import annotations

import json
import mmap
import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from sayso.checks.index import Segment
from sayso.checks.kept import Kept
from sayso.checks.transcript_form import transcript_from_json, transcript_to_json
from sayso.documents import Transcript
from sayso.errors import DamagedIndex

MAGIC = b"saysoidx"
VERSION = 1
BLOCK = 1 << 14
"""Bytes of a row under one check."""
KEY_BYTES = 16
KEPT = 32
"""So many transcripts that were read lately are kept at hand."""
HEAD = struct.Struct("<8sQ")
TAIL = struct.Struct("<QQQ8s")
ROWS = {
    "hashes": "<u8",
    "words": "<u4",
    "order": "<u4",
    "marks": "<u8",
    "heads": "<u4",
    "starts": "<i8",
    "turn_starts": "<u4",
    "turn_labels": "<u4",
    "labels": "<u1",
    "blobs": "<i8",
    "blob_checks": "<u4",
    "keys": "<u1",
}
"""What the numbers of each row are; `blobs` is where each transcript begins in the file, `keys` their texts' hashes."""


class CheckedRow:
    """A row of numbers in a file, each block of it checked when it is first touched."""

    def __init__(self, name: str, values: NDArray[Any], checks: NDArray[np.uint32]) -> None:
        self._name = name
        self._values = values
        self._checks = checks
        self._sound = np.zeros(len(checks), bool)
        self._shift = (BLOCK // values.itemsize).bit_length() - 1

    def __len__(self) -> int:
        return len(self._values)

    def __getitem__(self, at: Any) -> NDArray[Any]:
        if isinstance(at, slice):
            start, stop, _ = at.indices(len(self._values))
            if start < stop:
                self._check(np.arange(start >> self._shift, ((stop - 1) >> self._shift) + 1))
        else:
            if at.size and int(at.max()) >= len(self._values):
                raise DamagedIndex(self._name, "a place in it lies past its end")
            self._check(at >> self._shift)
        return cast("NDArray[Any]", self._values[at])

    def _check(self, blocks: NDArray[Any]) -> None:
        doubtful = blocks[~self._sound[blocks]]
        if not doubtful.size:
            return
        size = 1 << self._shift
        for block in np.unique(doubtful).tolist():
            if zlib.crc32(self._values[block * size : (block + 1) * size].data) != self._checks[block]:
                raise DamagedIndex(self._name, "some of its bytes are not the ones that were written")
            self._sound[block] = True


class SegmentWriter:
    """Writes one segment: the transcripts as they come, then the rows."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = path.open("xb")
        self._file.write(HEAD.pack(MAGIC, VERSION))
        self._blobs = [self._file.tell()]
        self._checks: list[int] = []
        self._keys: list[bytes] = []

    def add(self, key: bytes, blob: bytes) -> None:
        """Write a transcript as `packed` gives it, under the hash of its text."""
        self._file.write(blob)
        self._blobs.append(self._file.tell())
        self._checks.append(zlib.crc32(blob))
        self._keys.append(key)

    def finish(self, segment: Segment) -> int:
        """Write the index of the transcripts, and see all of it to the disk. The CRC-32 of the contents."""
        labels = json.dumps(list(segment.labels)).encode()
        rows: dict[str, Any] = {
            "hashes": segment.hashes,
            "words": segment.words,
            "order": segment.order,
            "marks": segment.marks,
            "heads": segment.heads,
            "starts": segment.starts,
            "turn_starts": segment.turn_starts,
            "turn_labels": segment.turn_labels,
            "labels": np.frombuffer(labels, np.uint8),
            "blobs": np.array(self._blobs),
            "blob_checks": np.array(self._checks),
            "keys": np.frombuffer(b"".join(self._keys), np.uint8),
        }
        contents = json.dumps({name: self._write(row, ROWS[name]) for name, row in rows.items()}).encode()
        at, check = self._file.tell(), zlib.crc32(contents)
        self._file.write(contents)
        self._file.write(TAIL.pack(at, len(contents), check, MAGIC))
        self._file.flush()
        sync(self._file.fileno())
        self._file.close()
        return check

    def abandon(self) -> None:
        """Close the file as it is; whoever began it takes it away."""
        self._file.close()

    def _write(self, row: NDArray[Any], kind: str) -> dict[str, int]:
        self._file.write(b"\0" * (-self._file.tell() % 8))
        values = np.ascontiguousarray(row[:], dtype=kind)
        at = self._file.tell()
        self._file.write(values.data if len(values) else b"")
        size = BLOCK // values.itemsize
        checks = np.array(
            [zlib.crc32(values[start : start + size].data) for start in range(0, len(values), size)], "<u4"
        )
        self._file.write(b"\0" * (-self._file.tell() % 8))
        checks_at = self._file.tell()
        self._file.write(checks.data if len(checks) else b"")
        return {"at": at, "count": len(values), "checks": checks_at, "check": zlib.crc32(checks.data)}


def sync(descriptor: int) -> None:
    """See what was written to a file, or the names in a folder, to the disk."""
    import os

    os.fsync(descriptor)


def packed(transcript: Transcript) -> bytes:
    """A transcript as the file holds it."""
    form = json.dumps(transcript_to_json(transcript), ensure_ascii=True, separators=(",", ":"))
    return zlib.compress(form.encode("ascii"), 6)


@dataclass(frozen=True, slots=True)
class StoredSegment:
    """An open segment file."""

    path: Path
    segment: Segment
    keys: list[bytes]
    """The hashes of the texts of its transcripts, in their order."""
    size: int
    """In bytes."""
    check: int
    """The CRC-32 of its contents."""
    _bytes: mmap.mmap
    _blobs: NDArray[np.int64]
    _blob_checks: NDArray[np.uint32]

    def blob(self, number: int) -> bytes:
        """A transcript as it is in the file, checked. Raises DamagedIndex."""
        blob = self._bytes[int(self._blobs[number]) : int(self._blobs[number + 1])]
        if zlib.crc32(blob) != self._blob_checks[number]:
            raise DamagedIndex(str(self.path), f"the bytes of its transcript {number} are not the ones written")
        return blob

    def transcript(self, number: int) -> Transcript:
        """A transcript, read and unpacked now. Raises DamagedIndex."""
        try:
            return transcript_from_json(json.loads(zlib.decompress(self.blob(number))))
        except (zlib.error, KeyError, TypeError, ValueError) as error:
            raise DamagedIndex(str(self.path), f"its transcript {number} is of no form that is known") from error


def open_segment(path: Path) -> StoredSegment:
    """Open a segment file. Raises DamagedIndex where it is no such file, is cut off, damaged or of a newer version.

    Raises FileNotFoundError where there is none.
    """
    name = str(path)
    with path.open("rb") as file:
        try:
            mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except ValueError as error:  # An empty file cannot be mapped.
            raise DamagedIndex(name, "it is empty") from error
    size = len(mapped)
    if size < HEAD.size + TAIL.size or mapped[: len(MAGIC)] != MAGIC:
        raise DamagedIndex(name, "it is no index of transcripts")
    version = HEAD.unpack_from(mapped, 0)[1]
    if version != VERSION:
        raise DamagedIndex(name, f"its format is version {version}, and this sayso reads {VERSION}", "Upgrade sayso")
    at, length, check, magic = TAIL.unpack_from(mapped, size - TAIL.size)
    if magic != MAGIC or at + length + TAIL.size != size:
        raise DamagedIndex(name, "its end is missing or damaged")
    contents = mapped[at : at + length]
    if zlib.crc32(contents) != check:
        raise DamagedIndex(name, "its table of contents is damaged")
    rows = {row: _row(name, mapped, row, place) for row, place in json.loads(contents).items()}
    keys = rows["keys"][:].tobytes()
    segment = Segment(
        hashes=rows["hashes"][:],
        words=rows["words"],
        order=rows["order"],
        marks=rows["marks"],
        heads=rows["heads"],
        starts=rows["starts"][:],
        turn_starts=rows["turn_starts"],
        turn_labels=rows["turn_labels"],
        labels=json.loads(rows["labels"][:].tobytes()),
    )
    return StoredSegment(
        path=path,
        segment=segment,
        keys=[keys[start : start + KEY_BYTES] for start in range(0, len(keys), KEY_BYTES)],
        size=size,
        check=check,
        _bytes=mapped,
        _blobs=rows["blobs"][:],
        _blob_checks=rows["blob_checks"][:],
    )


def _row(name: str, mapped: mmap.mmap, row: str, place: dict[str, int]) -> CheckedRow:
    values = np.frombuffer(mapped, ROWS[row], place["count"], place["at"])
    count = -(-values.nbytes // BLOCK)
    checks = np.frombuffer(mapped, "<u4", count, place["checks"])
    if zlib.crc32(checks.data) != place["check"]:
        raise DamagedIndex(name, f"the checks of its {row} are damaged")
    return CheckedRow(name, values, checks)


class StoredTranscripts(Sequence[Transcript]):
    """The transcripts of several segment files in their order, each read when it is asked for."""

    def __init__(self, segments: Sequence[StoredSegment]) -> None:
        self._segments = segments
        self._kept = Kept[Transcript](KEPT)

    def __len__(self) -> int:
        return sum(len(each.segment) for each in self._segments)

    def __getitem__(self, at: Any) -> Any:
        if isinstance(at, slice):
            return [self[number] for number in range(*at.indices(len(self)))]
        number = int(at) + len(self) if at < 0 else int(at)
        return self._kept.get(number, lambda: self._read(number))

    def _read(self, number: int) -> Transcript:
        left = number
        for each in self._segments if left >= 0 else ():
            if left < len(each.segment):
                return each.transcript(left)
            left -= len(each.segment)
        raise IndexError(number)
