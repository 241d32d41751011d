"""Files as intake reads them: looked into before they are read, unpacked where they are packed."""

from __future__ import annotations

import gzip
import io
import os
import shutil
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

HEAD = 16_384
UNPACKING = (EOFError, zlib.error, gzip.BadGzipFile)
"""What reading a damaged gzip file raises."""


class Rest(io.RawIOBase, BinaryIO):
    """A file of which the first bytes were read, as if they had not been."""

    def __init__(self, start: bytes, file: BinaryIO) -> None:
        self._start = io.BytesIO(start)
        self._file = file

    def read(self, size: int = -1) -> bytes:
        first = self._start.read(size)
        return first + self._file.read(size - len(first) if size >= 0 else -1)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        taken = self.read(len(buffer))
        buffer[: len(taken)] = taken
        return len(taken)


def looked_into(file: BinaryIO) -> tuple[bytes, BinaryIO]:
    """The first bytes of a file, and the file as it was before; also of one that cannot be sought in."""
    head = b""
    while len(head) < HEAD and (more := file.read(HEAD - len(head))):
        head += more
    if file.seekable():
        file.seek(0)
        return head, file
    return head, cast(BinaryIO, io.BufferedReader(Rest(head, file)))


def is_packed(head: bytes) -> bool:
    """Whether a file that begins with these bytes is packed by gzip."""
    return head.startswith(b"\x1f\x8b")


def unpacked_head(head: bytes) -> bytes:
    """The first bytes of what a file holds, packed or not; empty where it is packed and cannot be unpacked."""
    if not is_packed(head):
        return head
    try:
        return zlib.decompressobj(31).decompress(head, HEAD)
    except zlib.error:
        return b""


def unpacked(file: BinaryIO) -> BinaryIO:
    """A gzip file, unpacked as it is read. Reading raises EOFError, OSError or zlib.error where it is damaged."""
    return cast(BinaryIO, gzip.GzipFile(fileobj=file))


@contextmanager
def sought_in(file: BinaryIO) -> Iterator[tuple[BinaryIO, int]]:
    """The file, or a copy of it on disk where it cannot be sought in, and its size."""
    if file.seekable():
        size = file.seek(0, io.SEEK_END)
        file.seek(0)
        yield file, size
        return
    with tempfile.TemporaryFile() as copy:
        shutil.copyfileobj(file, copy)
        size = copy.tell()
        copy.seek(0)
        yield cast(BinaryIO, copy), size


@contextmanager
def on_disk(file: BinaryIO, name: str) -> Iterator[Path]:
    """Where the file is on disk: under its name, or a copy of it. For who must be given a path."""
    try:
        if os.path.samestat(os.fstat(file.fileno()), Path(name).stat()) and file.seekable():
            yield Path(name)
            return
    except (OSError, ValueError, AttributeError):
        pass
    with tempfile.NamedTemporaryFile() as copy:
        shutil.copyfileobj(file, copy)
        copy.flush()
        yield Path(copy.name)
