"""Examples bent until they break something: with an eye to how they are built, byte by byte, or nothing but noise."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

MOST = 60_000
"""No mutated file is longer, in bytes: what takes long is to take long for its form."""
_TOKEN = re.compile(
    rb"<[^<>]{0,200}>|\"(?:[^\"\\]|\\.){0,200}\"|[{}\[\],:]|\d+|[A-Za-z][\w-]{0,60}|\r?\n|[^\sA-Za-z0-9]"
)
_NUMBERS = (b"0", b"-1", b"1e999", b"99999999999999999999", b"2147483648", b"1.5", b"NaN", b"\xd9\xa1")
_ANYWHERE = (
    b"\0", b"\xff", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"\r", b"\n\n", b"\x1f\x8b\x08", b"\xe2\x80\xae", b"\xcc\x81",
    b"\xe2\x80\xa8", b"\xf0\x9f\x92\xa9", b"%", b"\\", b'"', b"'", b"&", b"<", b">", b"]]>", b"-->",
)  # fmt: skip


def mutate(data: bytes, pieces: Sequence[bytes], chance: random.Random) -> bytes:
    """An example, bent in one to six ways; `pieces` are words of its format that are put in."""
    if chance.random() < 0.06:
        return noise(pieces, chance)
    made = data
    for _ in range(chance.choice((1, 1, 2, 3, 6))):
        made = chance.choice(_WAYS)(made, pieces, chance)[:MOST]
    if chance.random() < 0.04:
        made = made.decode("utf-8", "replace").encode(chance.choice(("utf-16", "utf-16-be", "utf-32", "utf-8-sig")))
    return made[:MOST]


def noise(pieces: Sequence[bytes], chance: random.Random) -> bytes:
    """Words of the format and random bytes in a row."""
    kinds = (lambda: chance.choice(pieces), lambda: chance.choice(_ANYWHERE), lambda: chance.randbytes(6))
    return b"".join(chance.choice(kinds)() for _ in range(chance.randrange(40)))


def _flip(data: bytes, pieces: Sequence[bytes], chance: random.Random) -> bytes:
    if not data:
        return b"\0"
    made = bytearray(data)
    for _ in range(chance.choice((1, 1, 4, 20))):
        made[chance.randrange(len(made))] ^= 1 << chance.randrange(8)
    return bytes(made)


def _cut(data: bytes, pieces: Sequence[bytes], chance: random.Random) -> bytes:
    at = chance.randrange(len(data) + 1)
    return data[:at] if chance.random() < 0.4 else data[:at] + data[at + chance.choice((1, 3, 40, 900)) :]


def _insert(data: bytes, pieces: Sequence[bytes], chance: random.Random) -> bytes:
    at = chance.randrange(len(data) + 1)
    piece = chance.choice(pieces) if chance.random() < 0.7 else chance.choice(_ANYWHERE)
    return data[:at] + piece * chance.choice((1, 1, 1, 2, 50, 2_000)) + data[at:]


def _copy(data: bytes, pieces: Sequence[bytes], chance: random.Random) -> bytes:
    start, at = chance.randrange(len(data) + 1), chance.randrange(len(data) + 1)
    part = data[start : start + chance.choice((4, 60, 1_000))]
    return data[:at] + part * chance.choice((1, 1, 2, 30)) + data[at:]


def _at_a_token(data: bytes, pieces: Sequence[bytes], chance: random.Random) -> bytes:
    """Something else in the place of a tag, a string, a number or a word; or without it, or with two exchanged."""
    tokens = list(_TOKEN.finditer(data[:MOST]))
    if len(tokens) < 2:
        return data
    one, other = sorted(chance.sample(range(len(tokens)), 2))
    first, second = tokens[one], tokens[other]
    match chance.randrange(4):
        case 0:
            new = chance.choice(_NUMBERS) if first[0].isdigit() else chance.choice(pieces)
            return data[: first.start()] + new + data[first.end() :]
        case 1:
            return data[: first.start()] + data[first.end() :]
        case 2:
            between = data[first.end() : second.start()]
            return data[: first.start()] + second[0] + between + first[0] + data[second.end() :]
        case _:
            return data[: first.start()] + first[0] * chance.choice((2, 3, 400)) + data[first.end() :]


def _random_bytes(data: bytes, pieces: Sequence[bytes], chance: random.Random) -> bytes:
    at = chance.randrange(len(data) + 1)
    new = chance.randbytes(chance.choice((1, 4, 30)))
    return data[:at] + new + data[at + len(new) :]


_WAYS = (_flip, _cut, _insert, _copy, _at_a_token, _at_a_token, _at_a_token, _random_bytes)
