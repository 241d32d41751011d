"""Input that cannot be sought in, unpacked once onto disk so that any part of it can be read on its own.

What is read from there is what would have been read from the input itself, up to where and how that breaks.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from sayso.intake.jsonl import line_pieces
from sayso.intake.opening import UNPACKING
from sayso.intake.records import member_records, most_kept
from sayso.intake.streams import Damaged, MemberStream, Stream, Truncated, find_in, next_member
from sayso.intake.warc import most_of, wanted
from sayso.reading.limits import Limits
from sayso.whole import written


def place_for(spool: Path, name: str, what: str) -> Path:
    """Where something of an input is kept: the same for the same name, another for another."""
    return spool / hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:20] / what


def spool_whole(file: BinaryIO, target: Path) -> None:
    """All of a file, as it is."""
    with written(target) as copy:
        shutil.copyfileobj(file, copy)


def spool_lines(file: BinaryIO, target: Path, *, limits: Limits) -> Exception | None:
    """All lines of a packed file that are read from it; what stopped the reading, where something did."""
    with written(target) as copy:
        whole = 0
        try:
            # As `lines_of` reads: what is still in a buffer when unpacking fails does not come out.
            while line := file.readline(limits.max_bytes + 1):
                copy.write(line)
                if len(line) > limits.max_bytes and not line.endswith(b"\n"):
                    for piece in line_pieces(file):
                        copy.write(piece)
                whole = copy.tell()
        except UNPACKING as error:
            copy.truncate(whole)
            return error
    return None


@dataclass(frozen=True, slots=True)
class Member:
    """A gzip member with many records, unpacked."""

    path: str
    """Where its bytes are, as far as they could be read."""
    length: int
    at: int
    """Where it begins in its file."""
    until: int
    """Where reading goes on after it."""
    broken: str = ""
    """Why it could not be read on; empty where it is whole."""
    cut_off: bool = False
    """Whether the file ends in the middle of it."""


def spool_member(file: BinaryIO, at: int, size: int, target: Path, *, limits: Limits) -> Member:
    """The member of a WARC file that begins at a place."""
    with written(target) as copy:
        most = most_of(limits)
        stream = _Copying(file, at, most_kept=most_kept(most), copy=copy)
        broken = None
        try:
            for _ in member_records(stream, at, most=most, wanted=wanted):
                continue
            until = stream.end
        except Damaged as error:
            broken = error
            following = next_member(file, at + 1)
            until = size if following is None else following
        length = copy.tell()
    return Member(str(target.absolute()), length, at, until, str(broken or ""), isinstance(broken, Truncated))


class _Copying(MemberStream):
    """A member that leaves a copy of what it unpacks."""

    def __init__(self, file: BinaryIO, start: int, *, most_kept: int, copy: BinaryIO) -> None:
        super().__init__(file, start, most_kept=most_kept)
        self._copy = copy

    def _fill(self) -> bool:
        before = len(self._ready)
        more = super()._fill()
        self._copy.write(self._ready[before:])
        return more


class SpooledStream(Stream):
    """The stream of a member that was unpacked, from a place in it on; it gives what the member's own stream gives."""

    def __init__(self, file: BinaryIO, member: Member, place: int, *, most_kept: int) -> None:
        self._file = file
        self._member = member
        self._most_kept = most_kept
        self._marked: int | None = None
        self.flows = False
        file.seek(place)

    def mark(self) -> None:
        self._marked = self.place

    def back(self) -> bool:
        if self._marked is None:
            return False
        self._file.seek(self._marked)
        self._marked = None
        return True

    def read(self, size: int) -> bytes:
        if size > self._member.length - self.place:
            self._end()
        taken = self._file.read(size)
        self._moved()
        return taken

    def some(self, size: int) -> bytes:
        return self.read(min(size, max(self._member.length - self.place, 1)))

    def find(self, needle: bytes) -> bool:
        at = find_in(self._file, needle, self.place)
        if at is None:
            self._end()
        self._file.seek(self._member.length if at is None else at)
        self._moved()
        return at is not None

    def unread(self, taken: bytes) -> None:
        self._file.seek(-len(taken), os.SEEK_CUR)

    @property
    def place(self) -> int:
        return self._file.tell()

    def _moved(self) -> None:
        if self._marked is not None and self.place - self._marked > self._most_kept:
            self._marked = None

    def _end(self) -> None:
        if self._member.broken:
            raise (Truncated if self._member.cut_off else Damaged)(self._member.broken)
