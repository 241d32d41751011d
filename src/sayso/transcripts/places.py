"""The way from a source to the text that was read from it, and text whose parts keep their places."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from sayso.documents import OffsetMap, Piece, Span
from sayso.reading.mapped import Mapped


class Places:
    """Finds the text read from a stretch of the source: the other way round than an `OffsetMap`."""

    def __init__(self, offsets: OffsetMap) -> None:
        self._pieces = sorted(offsets.pieces, key=lambda piece: piece.origin)
        self._origins = [piece.origin for piece in self._pieces]

    def span(self, there: Span) -> Span | None:
        """The smallest stretch of the text that holds what was read from there; None where nothing was."""
        start: int | None = None
        end: int | None = None
        for at in range(max(bisect_right(self._origins, there.start) - 1, 0), len(self._pieces)):
            piece = self._pieces[at]
            if piece.origin >= there.end:
                break
            if piece.origin + piece.source_length <= there.start:
                continue
            left, right = _inside(piece, there)
            start = left if start is None else min(start, left)
            end = right if end is None else max(end, right)
        return None if start is None or end is None or start >= end else Span(start, end)

    def after(self, origin: int) -> int | None:
        """Where the text goes on that was read from a place of the source or behind it; None at its end."""
        at = bisect_right(self._origins, origin) - 1
        if at >= 0 and origin < self._pieces[at].origin + self._pieces[at].source_length:
            return _inside(self._pieces[at], Span(origin, origin + 1))[0]
        return self._pieces[at + 1].start if at + 1 < len(self._pieces) else None

    def spans(self, there: Iterable[Span]) -> list[Span]:
        """The text of each of some stretches of the source that has any, in text order."""
        return sorted(span for each in there if (span := self.span(each)))


def _inside(piece: Piece, there: Span) -> tuple[int, int]:
    if piece.length != piece.source_length:
        return piece.start, piece.start + piece.length
    left = piece.start + max(there.start - piece.origin, 0)
    return left, piece.start + min(there.end - piece.origin, piece.length)


def with_line_breaks(mapped: Mapped, places: Iterable[int]) -> Mapped:
    """The same text with line breaks for the spaces at some places."""
    characters = list(mapped.text)
    for place in places:
        characters[place] = "\n"
    return Mapped("".join(characters), mapped.pieces)
