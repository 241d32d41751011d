"""Where the strings of a JSON text stand in it, character by character."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from sayso.documents import OffsetMap, Piece
from sayso.reading.mapped import Mapped

_STRING = re.compile(r'"((?:[^"\\]++|\\.)*+)"', re.DOTALL)
_ESCAPE = re.compile(r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.", re.DOTALL)
_MOST_PASSED_OVER = 5_000
"""Strings between two segments' words: a list of every word with its times, at the most."""


def exact_map(source: str, value: str) -> OffsetMap:
    """The map of a string value as it is; empty where it is not found in the source."""
    for found in _STRING.finditer(source):
        if len(found[1]) >= len(value) and (atoms := list(_atoms(source, found, value))):
            pieces, length = [], 0
            for text, origin, source_length in atoms:
                pieces.append(Piece(length, origin, len(text), source_length))
                length += len(text)
            return OffsetMap(tuple(pieces))
    return OffsetMap(())


def _atoms(source: str, found: re.Match[str], value: str) -> Iterator[tuple[str, int, int]]:
    """The runs of one string of the source, if it is `value`; none if it is another."""
    try:
        if json.loads(found.group(), strict=False) != value:
            return
    except ValueError:
        return
    at = found.start(1)
    for escape in _ESCAPE.finditer(source, found.start(1), found.end(1)):
        if escape.start() > at:
            yield source[at : escape.start()], at, escape.start() - at
        yield json.loads(f'"{escape.group()}"'), escape.start(), len(escape.group())
        at = escape.end()
    if at < found.end(1):
        yield source[at : found.end(1)], at, found.end(1) - at


class StringPlaces:
    """The strings of a JSON text in order, to find values again in it."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0

    def next(self, value: str) -> Mapped:
        """The value, folded, with its place; without one where it does not come after the last one found."""
        for number, found in enumerate(_STRING.finditer(self.source, self.at)):
            if number > _MOST_PASSED_OVER:
                break
            if len(found[1]) >= len(value) and (atoms := list(_atoms(self.source, found, value))):
                self.at = found.end()
                return Mapped.of(atoms)
        return Mapped(" ".join(re.sub("[\ud800-\udfff]", "\ufffd", value).split()))
