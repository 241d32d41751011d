"""What PostgreSQL's index of words has of statements and transcripts, as the text of a `tsvector`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sayso.archive.stores.base import IndexRow

PART = 12_000
"""Words of a transcript in one entry of the index: positions of a `tsvector` end at 16,383."""
OVERLAP = 200
"""Words that an entry has in common with the one before, so that no phrase is cut by their border."""
MOST_PLACES = 255
"""Of one word in one `tsvector`; further ones are dropped by the server, silently."""


def parts(rows: Iterable[IndexRow]) -> Iterator[dict[str, Any]]:
    """The entries of transcripts, each of a stretch that one vector can hold."""
    for row in rows:
        for number, start in enumerate(range(0, max(len(row.words) - OVERLAP, 1), PART - OVERLAP)):
            yield {"id": row.id, "part": number, "vector": vector_of(row.words[start : start + PART], ("all",))}


def whole(rows: Iterable[IndexRow]) -> Iterator[dict[str, Any]]:
    """The entries of statements."""
    for row in rows:
        yield {"id": row.id, "part": 0, "vector": vector_of(row.words, row.keys)}


def vector_of(words: Sequence[str], keys: Sequence[str]) -> str:
    """A `tsvector` as its text; built here, since the server's own parser would make other words."""
    places: dict[str, list[str]] = {}
    for place, word in enumerate(words, start=1):
        places.setdefault(word, []).append(str(place))
    lexemes = [f"{_quoted(word)}:{','.join(at[:MOST_PLACES])}" for word, at in places.items()]
    return " ".join((*lexemes, *(_quoted(f"={key}") for key in keys)))


def _quoted(lexeme: str) -> str:
    return "'" + lexeme.replace("\\", "\\\\").replace("'", "''") + "'"
