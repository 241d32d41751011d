"""The bytes of a WARC file as records are read from them: plain, or of one gzip member after another.

fastwarc reads records faster, but stops at the first damage without saying where, and does not tell a record that was
cut off from a whole one. Here every byte is accounted for; the records come at some 10,000 a second, which is far
more than articles are read at.
"""

from __future__ import annotations

import re
import zlib
from typing import BinaryIO, Protocol

BLOCK = 65_536
GZIP = b"\x1f\x8b\x08"
MOST_UNPACKED = 1_000_000_000
"""A gzip member that unpacks to more without a record that we could take is left unread: a bomb."""


class Damaged(Exception):
    """The bytes that follow are not as they were written; `args[0]` says how it is known."""

    place = 0
    """Where what could not be read begins in its gzip member, unpacked."""


class Truncated(Damaged):
    """The file ends in the middle of what was being read."""


class Stream(Protocol):
    """What records are read from."""

    flows: bool

    def mark(self) -> None:
        """Remember this place, to come `back` to."""

    def back(self) -> bool:
        """Return to the place marked; False where that lies too far behind."""

    def read(self, size: int) -> bytes:
        """Up to so many bytes; fewer only at the end. Raises Damaged."""

    def some(self, size: int) -> bytes:
        """Up to so many bytes, those at hand; none only at the end. Raises Damaged where there are none before it."""

    def skip(self, size: int) -> int:
        """Pass over so many bytes; how many there were. Raises Damaged."""
        passed = 0
        while passed < size and (taken := self.read(min(BLOCK, size - passed))):
            passed += len(taken)
        return passed

    def find(self, needle: bytes) -> bool:
        """Go on to where the needle stands next; False, at the end, where it does not. Raises Damaged."""

    def unread(self, taken: bytes) -> None:
        """Put back what was read last."""

    @property
    def place(self) -> int:
        """How many bytes stand before the next one, unpacked."""


class PlainStream:
    """A file that is not packed."""

    def __init__(self, file: BinaryIO, size: int) -> None:
        self._file = file
        self._size = size
        self._marked = 0
        self.flows = False

    def mark(self) -> None:
        self._marked = self._file.tell()

    def back(self) -> bool:
        self._file.seek(self._marked)
        return True

    def read(self, size: int) -> bytes:
        return self._file.read(size)

    some = read

    def skip(self, size: int) -> int:
        at = self._file.tell()
        passed = max(min(size, self._size - at), 0)
        self._file.seek(at + passed)
        return passed

    def find(self, needle: bytes) -> bool:
        at = find_in(self._file, needle, self._file.tell())
        self._file.seek(self._size if at is None else at)
        return at is not None

    def unread(self, taken: bytes) -> None:
        self._file.seek(-len(taken), 1)

    @property
    def place(self) -> int:
        return self._file.tell()


class MemberStream(Stream):
    """One gzip member of a file, unpacked as it is read. What it holds in memory is bounded by what is asked of it."""

    def __init__(self, file: BinaryIO, start: int, *, most_kept: int) -> None:
        self.start = start
        self._file = file
        self._at = start
        self._unpacker = zlib.decompressobj(31)
        self._tail = b""
        self._ready = bytearray()
        self._kept: bytearray | None = None
        self._most_kept = most_kept
        self._unpacked = self._begun = 0
        self._broken: Damaged | None = None
        self.flows = False
        """Whether reading goes on in the next member: some writers part a record in two of them."""

    @property
    def ended(self) -> bool:
        """Whether the member's last byte was read, and its checksum is right."""
        return self._unpacker.eof and not self._ready

    @property
    def end(self) -> int:
        """Where in the file the bytes begin that were not read yet: once ended, the next member."""
        # At the end of a member zlib may name what follows it in both ways.
        return self._at - len(self._unpacker.unused_data if self._unpacker.eof else self._tail)

    def mark(self) -> None:
        self._kept = bytearray()
        self._begun = self.place

    def back(self) -> bool:
        if self._kept is None:
            return False
        self._ready[:0] = self._kept
        self._kept = None
        return True

    def read(self, size: int) -> bytes:
        while len(self._ready) < size and self._fill():
            continue
        taken = bytes(self._ready[:size])
        del self._ready[:size]
        self._keep(taken)
        return taken

    def some(self, size: int) -> bytes:
        if not self._ready:
            self._fill()
        return self.read(min(size, len(self._ready)))

    def find(self, needle: bytes) -> bool:
        while True:
            at = self._ready.find(needle)
            if at >= 0:
                self._keep(self._ready[:at])
                del self._ready[:at]
                return True
            passed = max(len(self._ready) - len(needle) + 1, 0)
            self._keep(self._ready[:passed])
            del self._ready[:passed]
            if not self._fill():
                self._ready.clear()
                return False

    def unread(self, taken: bytes) -> None:
        self._ready[:0] = taken
        if self._kept is not None:
            del self._kept[len(self._kept) - len(taken) :]

    @property
    def place(self) -> int:
        return self._unpacked - len(self._ready)

    def _keep(self, taken: bytes | bytearray) -> None:
        if self._kept is not None:
            self._kept += taken
            if len(self._kept) > self._most_kept:
                self._kept = None

    def _fill(self) -> bool:
        while not self._unpacker.eof or self._continued():
            if not self._tail:
                self._file.seek(self._at)
                self._tail = self._file.read(BLOCK)
                self._at += len(self._tail)
                if not self._tail:
                    raise Truncated("the file ends in the middle of it")
            out = self._inflated()
            self._unpacked += len(out)
            if self._unpacked - self._begun > MOST_UNPACKED:
                raise Damaged(f"it unpacks to over {MOST_UNPACKED:,} bytes")
            if out:
                self._ready += out
                return True
        return False

    def _inflated(self) -> bytes:
        """What comes of the bytes at hand, up to BLOCK; also of those before one that does not unpack."""
        if self._broken:
            raise self._broken
        before = self._unpacker.copy() if self._unpacked else None
        try:
            out = self._unpacker.decompress(self._tail, BLOCK)
            self._tail = self._unpacker.unconsumed_tail
        except zlib.error as error:
            # What it had unpacked before it came upon the damage, zlib keeps to itself.
            self._broken = Damaged(f"it does not unpack ({str(error).rpartition(': ')[2]})")
            out = _until_broken(before or zlib.decompressobj(31), self._tail)
        return out

    def _continued(self) -> bool:
        """Go over to the next member, where that is wanted and it is no record of its own."""
        if not self.flows:
            return False
        self._file.seek(self.end)
        if self._file.read(len(GZIP)) != GZIP or member_opens(self._file, self.end):
            return False
        self._at = self.end
        self._unpacker, self._tail = zlib.decompressobj(31), b""
        return True


def _until_broken(unpacker: zlib._Decompress, packed: bytes) -> bytes:
    """All that comes of some bytes before the first that does not unpack."""
    out = bytearray()
    for at in range(len(packed)):
        try:
            out += unpacker.decompress(packed[at : at + 1])
        except zlib.error:
            break
    return bytes(out)


def find_in(file: BinaryIO, needle: bytes, start: int) -> int | None:
    """Where in a file the needle stands next, from `start` on; None where it does not."""
    file.seek(start)
    at, tail = start, b""
    while block := file.read(BLOCK):
        window = tail + block
        found = window.find(needle)
        if found >= 0:
            return at - len(tail) + found
        at += len(block)
        tail = window[-len(needle) + 1 :] if len(needle) > 1 else b""
    return None


def member_opens(file: BinaryIO, at: int) -> bool:
    """Whether a gzip member with a record in it begins at a place: inside others stand packed pages, as they came."""
    file.seek(at)
    packed = file.read(4096)
    if not packed.startswith(GZIP):
        return False
    try:
        return bool(re.match(rb"\s{0,16}WARC/", zlib.decompressobj(31).decompress(packed, 64)))
    except zlib.error:
        return False


def next_member(file: BinaryIO, start: int) -> int | None:
    """Where the next such member begins, from `start` on; None where none does."""
    while (at := find_in(file, GZIP, start)) is not None:
        if member_opens(file, at):
            return at
        start = at + 1
    return None
