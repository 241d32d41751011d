"""Crawls damaged on purpose: what was done to a file, and which of its records that did not touch.

A crawl is a list of records; it is packed in one of three ways and damaged in one of the ways of KINDS, some of which
change records before they are packed, the others bytes afterwards. A record is undamaged where all bytes that it is
read from are as they were written: of a file packed as one gzip member none is behind the first changed byte.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
import random
import re
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Literal

from benchmarks.crawls import write_crawl
from sayso.intake.records import records_of

Packing = Literal["a member a record", "one member", "not packed"]
PACKINGS: tuple[Packing, ...] = ("a member a record", "one member", "not packed")


@dataclass(frozen=True, slots=True)
class Part:
    """A record as it is written, unpacked; `page` is whether it has an article."""

    raw: bytes
    page: bool
    written: bytes = b""
    """As it was before it was changed; nothing where it was not."""


@dataclass(slots=True)
class Damaged:
    """A file, and its records in the order in which they stand in it."""

    data: bytes
    parts: list[Part]
    cut: bool = False
    """Whether it ends in the middle of a record."""
    touched: set[int] = field(default_factory=set)
    """The numbers of the parts that are not as they were written."""


@dataclass(frozen=True, slots=True)
class Packed:
    """The bytes of a file, and where each part begins and ends in them: of one member, unpacked."""

    data: bytes
    ends: list[tuple[int, int]]
    packing: Packing


def parts_of_crawl(articles: int, *, seed: int = 0) -> list[Part]:
    """The records of a generated crawl (`benchmarks.crawls`)."""
    out = io.BytesIO()
    pages = {each.offset for each in write_crawl(out, articles=articles, seed=seed, packed=False)}
    whole = out.getvalue()
    starts = [each.offset for each in records_of(out, len(whole), most=0, wanted=lambda _: False)]
    return [
        Part(whole[at:end], at in pages) for at, end in zip(starts, [*starts[1:], len(whole)], strict=True)
    ]  # fmt: skip


def pack(parts: list[Part], packing: Packing) -> Packed:
    """The file of some records."""
    out = bytearray()
    ends = []
    for part in parts:
        at = len(out)
        out += gzip.compress(part.raw, 1, mtime=0) if packing == "a member a record" else part.raw
        ends.append((at, len(out)))
    return Packed(gzip.compress(bytes(out), 1, mtime=0) if packing == "one member" else bytes(out), ends, packing)


def damage(parts: list[Part], packing: Packing, kind: str, chance: random.Random) -> Damaged:
    """A file of these records, damaged in one of the ways of KINDS."""
    if kind in RECORDS:
        changed = RECORDS[kind](list(parts), chance)
        return Damaged(
            pack(changed, packing).data, changed, touched={n for n, part in enumerate(changed) if part.written}
        )
    packed = pack(parts, packing)
    data, changes, cut = BYTES[kind](packed, chance)
    return Damaged(data, parts, cut, _touched(packed, changes))


def _touched(packed: Packed, changes: list[tuple[int, int]]) -> set[int]:
    """The parts that some changed stretches of the file's bytes are in."""
    if packed.packing == "one member":
        first = min(start for start, _ in changes)
        # Whatever comes out of zlib before the first changed byte is in it as it was written.
        sound = len(zlib.decompressobj(31).decompress(packed.data[:first]))
        return {number for number, (_, end) in enumerate(packed.ends) if end > sound}
    return {
        number
        for number, (at, end) in enumerate(packed.ends)
        for start, until in changes
        # What is put in between two bytes changes the part that it is in, and none where it is between two parts.
        if (start < end and at < until) or (start == until and at < start < end)
    }


_Changed = tuple[bytes, list[tuple[int, int]], bool]


def _flip(packed: Packed, chance: random.Random) -> _Changed:
    data = bytearray(packed.data)
    places = [chance.randrange(len(data)) for _ in range(chance.choice((1, 1, 2, 5)))]
    for place in places:
        data[place] ^= 1 << chance.randrange(8)
    # Two flips of one bit leave it as it was.
    return bytes(data), [(place, place + 1) for place in places], False


def _cut(packed: Packed, chance: random.Random) -> _Changed:
    """Cut off where no part ends: that a file was cut between two records, nothing in it says.

    Nor in the four bytes after a record that is not packed, which end it and have nothing of it.
    """
    size = len(packed.data)
    ends = {end - back for _, end in packed.ends for back in range(5 if packed.packing == "not packed" else 1)}
    ends = set() if packed.packing == "one member" else ends
    while (at := chance.randrange(1, size)) in ends:
        continue
    return packed.data[:at], [(at, size)], True


def _missing(packed: Packed, chance: random.Random) -> _Changed:
    at = chance.randrange(20, len(packed.data) - 5_000)
    until = at + chance.choice((1, 7, 300, 4_096))
    return packed.data[:at] + packed.data[until:], [(at, until)], False


def _zeros(packed: Packed, chance: random.Random) -> _Changed:
    at = chance.randrange(20, len(packed.data) - 9_000)
    until = at + chance.choice((16, 512, 4_096, 8_192))
    return packed.data[:at] + bytes(until - at) + packed.data[until:], [(at, until)], False


def _rubbish(packed: Packed, chance: random.Random) -> _Changed:
    at = chance.randrange(20, len(packed.data))
    return packed.data[:at] + chance.randbytes(chance.randrange(1, 3_000)) + packed.data[at:], [(at, at)], False


def _false_head(packed: Packed, chance: random.Random) -> _Changed:
    """The head of a gzip member, or of a record, where none begins."""
    head = chance.choice((b"\x1f\x8b\x08\0\0\0\0\0\0\x03", b"\x1f\x8b\x08" + chance.randbytes(40), b"WARC/1.0\r\n",
                          gzip.compress(b"WARC/1.0\r\n\r\n"), b"WARC/1.1\r\nWARC-Type: response\r\n"))  # fmt: skip
    at = chance.choice([chance.randrange(20, len(packed.data)), chance.choice(packed.ends)[1]])
    at = min(at, len(packed.data))
    return packed.data[:at] + head + packed.data[at:], [(at, at)], False


def _wrong_length(parts: list[Part], chance: random.Random) -> list[Part]:
    number = _some_page(parts, chance)
    stated = re.search(rb"Content-Length: (\d+)", parts[number].raw)
    assert stated
    length = int(stated[1])
    wrong = chance.choice((length + 1, length - 1, length + 300, length - 300, length * 10, 0, 99_999_999_999, -1))
    return _with(parts, number, parts[number].raw.replace(stated[0], b"Content-Length: %d" % wrong, 1))


def _swapped(parts: list[Part], chance: random.Random) -> list[Part]:
    one, other = chance.sample(range(1, len(parts)), 2)
    parts[one], parts[other] = parts[other], parts[one]
    return parts


def _doubled(parts: list[Part], chance: random.Random) -> list[Part]:
    number = _some_page(parts, chance)
    parts.insert(chance.randrange(1, len(parts)), parts[number])
    return parts


def _broken_chunks(parts: list[Part], chance: random.Random) -> list[Part]:
    number = _some_page(parts, chance)
    head, body = _response(parts[number].raw)
    chunked = b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)
    if b"transfer-encoding" in head.lower():
        chunked = body
    else:
        head += b"\r\nTransfer-Encoding: chunked"
    wrong = chance.choice((
        chunked[: len(chunked) // 2], chunked.replace(b"\r\n", b"\r\r", 1), b"zz\r\n" + chunked, chunked[:-5],
        b"%x\r\n" % (len(body) + 900) + body, b"fffffffffff\r\n" + body, b"-5\r\n" + chunked,
    ))  # fmt: skip
    return _with(parts, number, _record(parts[number].raw, head + b"\r\n\r\n" + wrong))


def _wrong_coding(parts: list[Part], chance: random.Random) -> list[Part]:
    number = _some_page(parts, chance)
    head, body = _response(parts[number].raw)
    head = re.sub(rb"(?i)\r\nContent-Encoding: [^\r\n]*", b"", head)
    said = chance.choice((b"gzip", b"deflate", b"br", b"zstd", b"gzip, gzip", b"identity", b"\xff\xfe", b"x-compress"))
    return _with(
        parts, number, _record(parts[number].raw, head + b"\r\nContent-Encoding: " + said + b"\r\n\r\n" + body)
    )


def _some_page(parts: list[Part], chance: random.Random) -> int:
    return chance.choice([number for number, part in enumerate(parts) if part.page])


def _with(parts: list[Part], number: int, raw: bytes) -> list[Part]:
    parts[number] = replace(parts[number], raw=raw, written=parts[number].raw)
    return parts


def _response(raw: bytes) -> tuple[bytes, bytes]:
    """The head and the body of what a server sent, as it lies in a record."""
    _, _, block = raw.removesuffix(b"\r\n\r\n").partition(b"\r\n\r\n")
    head, _, body = block.partition(b"\r\n\r\n")
    return head, body


def _record(raw: bytes, block: bytes) -> bytes:
    """The record with another block, and with the length and the digest of that."""
    head = raw.partition(b"\r\n\r\n")[0]
    digest = base64.b32encode(hashlib.sha1(block, usedforsecurity=False).digest())
    head = re.sub(rb"Content-Length: \d+", b"Content-Length: %d" % len(block), head, count=1)
    head = re.sub(rb"sha1:[A-Z2-7]+", b"sha1:" + digest, head, count=1)
    return head + b"\r\n\r\n" + block + b"\r\n\r\n"


BYTES: dict[str, Callable[[Packed, random.Random], _Changed]] = {
    "bits flipped": _flip,
    "cut off": _cut,
    "bytes missing": _missing,
    "filled with zeros": _zeros,
    "rubbish put in": _rubbish,
    "false heads": _false_head,
}
RECORDS: dict[str, Callable[[list[Part], random.Random], list[Part]]] = {
    "wrong length": _wrong_length,
    "records swapped": _swapped,
    "records doubled": _doubled,
    "broken chunks": _broken_chunks,
    "wrong coding": _wrong_coding,
}
KINDS = (*BYTES, *RECORDS)
