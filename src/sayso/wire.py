"""Messages between a process and its children: JSON with some bytes after it, each with its length before it.

JSON and nothing that runs: a child has read what strangers wrote, and is believed no more than they are.
"""

from __future__ import annotations

import json
from typing import Any, BinaryIO

MOST_BYTES = 400_000_000
"""Of one message: an article of a million characters from a page of ten megabytes has some 60 million."""
_HEAD = 5


class BrokenWire(Exception):
    """What came is no message: it ends in the middle, is too long, or is no JSON."""


def send(stream: BinaryIO, told: dict[str, Any], body: bytes = b"") -> None:
    """Writes one message. Raises OSError where nobody reads."""
    # ASCII, so that lone surrogates, which texts have where bytes could not be decoded, come through.
    text = json.dumps(told, separators=(",", ":")).encode("ascii")
    stream.write(len(text).to_bytes(_HEAD, "big") + len(body).to_bytes(_HEAD, "big"))
    stream.write(text)
    stream.write(body)
    stream.flush()


def receive(stream: BinaryIO, *, most: int = MOST_BYTES) -> tuple[dict[str, Any], bytes] | None:
    """The next message, None at the end of the stream. Raises BrokenWire, OSError."""
    head = stream.read(2 * _HEAD)
    if not head:
        return None
    sizes = int.from_bytes(head[:_HEAD], "big"), int.from_bytes(head[_HEAD:], "big")
    if len(head) < 2 * _HEAD or sum(sizes) > most:
        raise BrokenWire("it ends in the middle" if len(head) < 2 * _HEAD else f"it has {sum(sizes):,} bytes")
    text, body = stream.read(sizes[0]), stream.read(sizes[1])
    if len(text) < sizes[0] or len(body) < sizes[1]:
        raise BrokenWire("it ends in the middle")
    try:
        told = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BrokenWire(f"it is no JSON ({type(error).__name__})") from None
    if not isinstance(told, dict):
        raise BrokenWire("it is no object")
    return told, body
