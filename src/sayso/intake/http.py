"""What an HTTP response was recorded as: its headers, and its body as it was meant to be read."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass

from sayso.intake.items import ProblemKind
from sayso.intake.records import Head, fields_of

_HEAD_END = re.compile(rb"\r?\n\r?\n")
_STATUS = re.compile(rb"HTTP/\d(?:\.\d)?\s+(\d{3})\b")
_CHUNK = re.compile(rb"[ \t]*([0-9A-Fa-f]{1,12})[ \t]*(?:;[^\r\n]{0,1000})?\r?\n")

_LAST_CHUNK = b"\r\n0\r\n\r\n"


class BadBody(Exception):
    """A body that cannot be had whole: `kind` as of a Failure, and the reason."""

    def __init__(self, kind: ProblemKind, reason: str) -> None:
        super().__init__(reason)
        self.kind = kind


@dataclass(frozen=True, slots=True)
class Response:
    """A recorded response; its body still as it was sent."""

    status: int
    head: Head
    sent: bytes

    def body(self, most: int) -> bytes:
        """The body without chunks and unpacked, at most so many bytes. Raises BadBody."""
        data = self.sent
        if "chunked" in self.head.get("transfer-encoding", "").lower():
            data = unchunked(data)
        for coding in reversed(self.head.get("content-encoding", "").lower().split(",")):
            data = unpacked(data, coding.strip(), most)
        return data


def response_in(block: bytes) -> Response | None:
    """The response in a record's block; None where it is none."""
    status = _STATUS.match(block)
    if not status:
        return None
    end = _HEAD_END.search(block)
    if not end:
        return Response(int(status[1]), fields_of(block), b"")
    return Response(int(status[1]), fields_of(block[: end.start()]), block[end.end() :])


def unchunked(data: bytes) -> bytes:
    """A body without its chunk headers; as it is where it has none (a crawler had them taken out already).

    Raises BadBody where chunks begin and then do not go on.

    >>> unchunked(b"4\\r\\nWiki\\r\\n3\\r\\npia\\r\\n0\\r\\n\\r\\n")
    b'Wikipia'
    """
    parts: list[bytes] = []
    at = 0
    while chunk := _CHUNK.match(data, at):
        size = int(chunk[1], 16)
        at = chunk.end()
        if not size:
            return b"".join(parts)
        part = data[at : at + size]
        parts.append(part)
        at += size
        if len(part) < size:
            raise BadBody("truncated", f"its body breaks off in the middle of a chunk of {size:,} bytes")
        at += 2 if data.startswith(b"\r\n", at) else 1 if data.startswith(b"\n", at) else 0
    if not parts:
        # Taken out already, unless the end of them is still there.
        if data.endswith(_LAST_CHUNK):
            raise BadBody("damaged", "its body does not begin with a chunk")
        return data
    if at >= len(data):
        raise BadBody("truncated", "its body ends before its last chunk")
    raise BadBody("damaged", f"its body has a wrong chunk size before byte {at:,}")


def unpacked(data: bytes, coding: str, most: int) -> bytes:
    """A body unpacked; as it is where it was unpacked already. Raises BadBody."""
    if coding in ("", "identity", "none"):
        return data
    if coding in ("gzip", "x-gzip"):
        return _inflated(data, 31, most) if data.startswith(b"\x1f\x8b") else data
    if coding == "deflate":
        # Servers send it both with zlib's header, as the standard has it, and bare.
        zlibs = len(data) > 1 and data[0] & 15 == 8 and int.from_bytes(data[:2], "big") % 31 == 0
        return _inflated(data, 15 if zlibs else -15, most)
    if coding == "br":
        return _unbrotlied(data, most)
    raise BadBody("unreadable", f"its body is packed in a way that is not read ({coding[:40]})")


def _inflated(data: bytes, window_bits: int, most: int) -> bytes:
    unpacker = zlib.decompressobj(window_bits)
    try:
        out = unpacker.decompress(data, most + 1)
    except zlib.error as error:
        raise BadBody("damaged", f"its body does not unpack ({str(error).rpartition(': ')[2]})") from None
    if len(out) > most:
        raise _too_large(most)
    if not unpacker.eof:
        raise BadBody("truncated", "its packed body ends in the middle")
    return out


def _unbrotlied(data: bytes, most: int) -> bytes:
    try:
        import brotli
    except ImportError:
        raise BadBody("unreadable", "its body is packed with Brotli; install the package brotli to read it") from None
    unpacker = brotli.Decompressor()
    parts, size = [], 0
    try:
        part = unpacker.process(data, output_buffer_limit=65_536)
        while part or not unpacker.can_accept_more_data():
            parts.append(part)
            size += len(part)
            if size > most:
                raise _too_large(most)
            part = unpacker.process(b"", output_buffer_limit=65_536)
    except brotli.error:
        raise BadBody("damaged", "its body does not unpack (Brotli)") from None
    if not unpacker.is_finished():
        raise BadBody("truncated", "its packed body ends in the middle")
    return b"".join(parts)


def _too_large(most: int) -> BadBody:
    return BadBody("refused", f"its body is over the limit of {most:,} bytes")
