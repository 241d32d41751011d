"""Files of work that many tasks read in part: blocks by number, each found without reading the others.

One file a task in place of one a block: ten thousand tasks with a thousand blocks each would else be ten million files.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from sayso.errors import BatchFailed
from sayso.whole import written

_ENTRY = struct.Struct("<QQQ")
"""Of the index at the end: number of the block, where it begins, how long it is."""
_FOOT = struct.Struct("<8sQ")
_MAGIC = b"sayso-sp"


def write_blocks(target: Path, blocks: Mapping[int, bytes]) -> None:
    """Writes blocks, whole or not at all; the same blocks give the same bytes."""
    write_run(target, ((number, blocks[number]) for number in sorted(blocks)))


def write_run(target: Path, blocks: Iterable[tuple[int, bytes]]) -> None:
    """As `write_blocks`, of blocks that come in the order of their numbers, one at a time; parts of one in a row."""
    entries: list[list[int]] = []
    at = 0
    with written(target) as file:
        for number, block in blocks:
            if not block:
                continue
            if not entries or entries[-1][0] != number:
                entries.append([number, at, 0])
            entries[-1][2] += len(block)
            at += len(block)
            file.write(block)
        file.write(b"".join(_ENTRY.pack(*entry) for entry in entries))
        file.write(_FOOT.pack(_MAGIC, len(entries)))


def read_blocks(paths: Iterable[Path], number: int) -> Iterator[bytes]:
    """The blocks of one number, of each file that has one, in the order of the files.

    Raises BatchFailed for a file that is gone or none of these.
    """
    for path in paths:
        try:
            block = _read(path, number)
        except (OSError, struct.error, ValueError) as error:
            raise BatchFailed(str(path), f"this file of the grouping cannot be read ({error})", AGAIN) from error
        if block:
            yield block


AGAIN = "Take away the folder work/grouping of the batch, and run the same sayso batch again"


def _read(path: Path, number: int) -> bytes:
    with path.open("rb") as file:
        end = file.seek(0, 2) - _FOOT.size
        file.seek(end)
        magic, count = _FOOT.unpack(file.read(_FOOT.size))
        first = end - count * _ENTRY.size
        if magic != _MAGIC or first < 0:
            raise ValueError("it is of another form")
        low, high = 0, count
        while low < high:
            middle = (low + high) // 2
            file.seek(first + middle * _ENTRY.size)
            found, start, size = _ENTRY.unpack(file.read(_ENTRY.size))
            if found == number:
                file.seek(start)
                return file.read(size)
            low, high = (middle + 1, high) if found < number else (low, middle)
    return b""
