"""The records of a WARC file (ISO 28500), packed or not: every whole one comes out, and what lies between is told.

Invariant: no byte of the file is passed over in silence; what belongs to no whole record is in a `Loss`.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO, Literal

from sayso.intake.streams import (
    BLOCK,
    GZIP,
    MOST_UNPACKED,
    Damaged,
    MemberStream,
    PlainStream,
    Stream,
    Truncated,
    member_opens,
    next_member,
)

Head = dict[str, str]
Wanted = Callable[[Head], bool]

MOST_HEAD = 65_536
_HEAD_END = re.compile(rb"\r?\n\r?\n")
_OPENS = re.compile(rb"\s{0,16}WARC/\d\.\d\r?\n")
_BEGINS = b"WARC/1."
_AGAIN = b"\n" + _BEGINS
_END = b"\r\n\r\n"
_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9a-z-]+")
"""Of a field (RFC 9110, 5.6.2), in lower case."""
_FILLING = b" \t\r\n\0"


@dataclass(frozen=True, slots=True)
class Record:
    """One record; `block` is None where it is over the limit or was not wanted."""

    offset: int
    """Where in the file it begins, or the gzip member that it is in."""
    place: int
    """Where it begins in that member, unpacked; 0 in a file that is not packed."""
    head: Head
    """Its named fields, the names in lower case."""
    length: int
    block: bytes | None


@dataclass(frozen=True, slots=True)
class Loss:
    """A stretch of the file that gave no record."""

    kind: Literal["damaged", "truncated"]
    offset: int
    place: int
    """As of a record."""
    passed: int
    """How many bytes were passed over; of a part of a gzip member, unpacked."""
    reason: str


def records_of(file: BinaryIO, size: int, *, most: int, wanted: Wanted, start: int = 0) -> Iterator[Record | Loss]:
    """The records of a file that can be sought in, in order, and its losses where they are.

    `most` is the largest block that is read, in bytes; of those over it, and of those whose head `wanted` says no to,
    the block is None. From `start` on, the offset of a record or a loss that such a reading gave, they come as in it.
    """
    file.seek(0)
    if file.read(len(GZIP)) == GZIP:
        yield from _packed(file, size, most, wanted, start)
        return
    file.seek(start)
    yield from _in_stream(PlainStream(file, size), most, wanted)


def member_records(stream: Stream, at: int, *, most: int, wanted: Wanted) -> Iterator[Record | Loss]:
    """The records of the gzip member that begins at a place, whose stream this is. Raises Damaged where it breaks."""
    place = stream.place
    try:
        for each in _in_stream(stream, most, wanted, start=at):
            yield each
            place = stream.place
        stream.skip(MOST_UNPACKED + 1)
    except Damaged as error:
        error.place = place
        raise


def member_loss(error: Damaged, at: int, until: int) -> Loss:
    """The loss of a member that broke, and of all up to where the next begins."""
    return Loss("truncated" if isinstance(error, Truncated) else "damaged", at, error.place, until - at, str(error))


def most_kept(most: int) -> int:
    """How much of a member is kept to come back to, where the largest block has so many bytes."""
    return most + MOST_HEAD + BLOCK


def _packed(file: BinaryIO, size: int, most: int, wanted: Wanted, at: int) -> Iterator[Record | Loss]:
    while at < size:
        if not member_opens(file, at):
            following = next_member(file, at + 1)
            if following is None and _only_filling(file, at):
                return
            passed = (size if following is None else following) - at
            cut = following is None and size - at < 64
            yield Loss("truncated" if cut else "damaged", at, 0, passed, "no packed record begins here")
            at += passed
            continue
        stream = MemberStream(file, at, most_kept=most_kept(most))
        try:
            yield from member_records(stream, at, most=most, wanted=wanted)
            at = stream.end
        except Damaged as error:
            following = next_member(file, at + 1)
            until = size if following is None else following
            yield member_loss(error, at, until)
            at = until


def _in_stream(stream: Stream, most: int, wanted: Wanted, *, start: int | None = None) -> Iterator[Record | Loss]:
    """The records of one stream. `start` is where its gzip member begins; None in a file that is not packed.

    Raises Damaged where a member cannot be read on.
    """
    while True:
        stream.mark()
        place = stream.place
        try:
            record = _record(stream, place, most, wanted, start)
            if record is None:
                return
        except _Broken as broken:
            stream.flows = False
            if not broken.at_end:
                _to_next(stream)
            stretch = (place, 0) if start is None else (start, place)
            yield Loss(broken.kind, *stretch, stream.place - place, str(broken))
            continue
        yield record


class _Broken(Exception):
    """A record that is not whole. `at_end`: the stream stands at its end, where the next one begins."""

    def __init__(self, kind: Literal["damaged", "truncated"], reason: str, *, at_end: bool = False) -> None:
        super().__init__(reason)
        self.kind = kind
        self.at_end = at_end


def _record(stream: Stream, place: int, most: int, wanted: Wanted, start: int | None) -> Record | None:
    """The record that begins here; None at the end of the stream. Raises _Broken, and Damaged as the stream does."""
    head = _head(stream)
    if head is None:
        return None
    stated = head.get("content-length", "")
    if not (stated.isascii() and stated.isdigit() and len(stated) < 16):
        raise _Broken("damaged", "its header does not say how long it is")
    length = int(stated)
    block = None
    stream.flows = True
    if length <= most and wanted(head):
        block = stream.read(length)
        read = len(block)
    else:
        read = stream.skip(length)
    stream.flows = False
    if read < length:
        raise _Broken("truncated", f"it has {read:,} bytes of the {length:,} that its header says")
    tail = stream.read(len(_END))
    closed = _END.startswith(tail)
    trouble, more = _next_byte(stream)
    # A record that is alone in its gzip member is as it was written where the member ends: its checksum holds. Of a
    # member with several the checksum comes after all of them.
    told = start is not None and not place and not more and not trouble
    sound = _digest_holds(head, block) if not told and block is not None else None
    if sound is False:
        raise _Broken("damaged", "it is not as it was written: its digest differs", at_end=closed)
    if trouble and not sound:
        raise trouble
    if sound is None and not told and block is not None and not all(map(_NAME.fullmatch, head)):
        raise _Broken("damaged", "its header is not as it was written", at_end=closed)
    if not closed:
        stream.unread(tail)
        # A length that leaves out a last line break, or line breaks of another system, lose nothing.
        if not sound and tail.strip(b"\r\n"):
            raise _Broken("damaged", "it does not end where its header says")
        with contextlib.suppress(Damaged):  # The next record comes upon it.
            _pass_line_ends(stream)
    if start is None:
        return Record(place, 0, head, length, block)
    return Record(start, place, head, length, block)


def _next_byte(stream: Stream) -> tuple[Damaged | None, bytes]:
    """The byte that is read next, which is left there; what there is instead where it cannot be.

    At the end of a gzip member this has its checksum looked at.
    """
    try:
        more = stream.read(1)
    except Damaged as error:
        return error, b""
    stream.unread(more)
    return None, more


def _pass_line_ends(stream: Stream) -> None:
    while (byte := stream.read(1)) in (b"\r", b"\n"):
        continue
    stream.unread(byte)


def _head(stream: Stream) -> Head | None:
    """The named fields of the record that begins here; None where nothing but filling is left."""
    taken = b""
    # Where a head breaks off and another begins, its end is not looked for any further: for thousands of them that
    # would take time in the square of their number.
    while not (end := _HEAD_END.search(taken, _filled(taken), _again(taken) + 1)) and _again(taken) == len(taken):
        more = stream.some(4096)
        taken += more
        if not taken.strip(_FILLING) and not more:
            return None
        if taken.strip(_FILLING) and not _could_open(taken):
            raise _Broken("damaged", "no record begins here")
        if not more:
            raise _Broken("truncated", "it ends in the middle of its header")
        if len(taken) > MOST_HEAD:
            raise _Broken("damaged", f"its header is over {MOST_HEAD:,} bytes")
    if end is None:
        raise _Broken("damaged", "another record begins in its header")
    stream.unread(taken[end.end() :])
    if not _OPENS.match(taken):
        raise _Broken("damaged", "no record begins here")
    head = fields_of(taken[: end.start()])
    if "warc-type" not in head:
        raise _Broken("damaged", "its header does not say of what type it is")
    return head


def _filled(taken: bytes) -> int:
    """How many bytes of filling stand first."""
    return len(taken) - len(taken.lstrip(_FILLING))


def _again(taken: bytes) -> int:
    """Where another record begins behind the first line; the length where none does."""
    at = taken.find(_AGAIN, _filled(taken))
    return len(taken) if at < 0 else at


def _could_open(taken: bytes) -> bool:
    return b"WARC/".startswith(taken.lstrip(_FILLING)[:5]) if len(taken) < 32 else bool(_OPENS.match(taken))


def fields_of(head: bytes) -> Head:
    """The named fields of a header block, its first line left out; folded lines are joined, the last of a name counts.

    >>> fields_of(b"WARC/1.0\\r\\nWARC-Type: response\\r\\nX-Long: one\\r\\n two")
    {'warc-type': 'response', 'x-long': 'one two'}
    """
    fields: Head = {}
    name = ""
    for line in head.decode("utf-8", "replace").lstrip().splitlines()[1:]:
        if line[:1] in (" ", "\t") and name:
            fields[name] += " " + line.strip()
            continue
        name, colon, value = line.partition(":")
        name = name.strip().lower() if colon else ""
        if name:
            fields[name] = value.strip()
    return fields


def _digest_holds(head: Head, block: bytes) -> bool | None:
    """Whether the block is the one that its digest was taken of; None where there is none that we know."""
    method, colon, stated = head.get("warc-block-digest", "").partition(":")
    method = method.lower().replace("-", "")
    if not colon or method not in ("sha1", "sha256", "sha512", "md5"):
        return None
    found = hashlib.new(method, block, usedforsecurity=False).digest()
    return stated.rstrip("=").upper() in (base64.b32encode(found).decode().rstrip("="), found.hex().upper())


def _to_next(stream: Stream) -> None:
    """Go on to where the next record begins, from the place marked; to the end where none does. Raises Damaged."""
    if not stream.back():
        raise Damaged("what follows a record that is not whole lies too far on")
    stream.read(1)
    while stream.find(_BEGINS):
        stream.mark()
        try:
            found = _head(stream)
        except _Broken:
            found = None
        stream.back()
        if found:
            return
        stream.read(1)


def _only_filling(file: BinaryIO, at: int) -> bool:
    file.seek(at)
    rest = file.read(BLOCK)
    return len(rest) < BLOCK and not rest.strip(_FILLING)
