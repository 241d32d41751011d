"""Articles that were read and are not in the archive: kept for a while, so that each has an address."""

from __future__ import annotations

import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from sayso.documents import Article, Document, Transcript
from sayso.errors import NoSuchEntry
from sayso.web.workers import Upload

_DAY_S = 86_400.0
_TIMES_TEXT = 12
"""An article with its layers and the way back to its source takes some ten times its text in memory."""


@dataclass(slots=True)
class Reading:
    """One article that was read for somebody."""

    id: str
    article: Article
    given: Upload
    by: str
    transcripts: list[Transcript] = field(default_factory=list)
    """Those that it is to be checked against."""
    at: float = 0.0
    """When it was made or last changed, on the server's own clock."""
    size: int = 0
    """About how many bytes it takes."""


class Readings:
    """The latest readings of a server, in its memory: so many, of so many bytes together, for so long.

    Safe to use from many threads. A reading is changed by `replace` alone: one that was got stays as it was.
    """

    def __init__(
        self,
        *,
        most: int = 500,
        most_bytes: int = 400_000_000,
        keep_s: float = _DAY_S,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.most = most
        self.most_bytes = most_bytes
        self.keep_s = keep_s
        self._clock = clock
        self._readings: OrderedDict[str, Reading] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()

    def keep(self, article: Article, given: Upload, *, by: str, transcripts: Sequence[Transcript] = ()) -> Reading:
        """A new reading of an article."""
        reading = Reading(secrets.token_urlsafe(12), article, given, by, list(transcripts))
        with self._lock:
            self._put(reading)
        return reading

    def get(self, id: str, *, by: str | None = None) -> Reading:
        """The reading of that id, if it was made by whoever asks (None: whoever that is).

        Raises NoSuchEntry where there is none, or none any more, or somebody else's.
        """
        with self._lock:
            return self._find(id, by)

    def replace(
        self,
        id: str,
        *,
        article: Article | None = None,
        transcripts: Sequence[Transcript] | None = None,
        by: str | None = None,
    ) -> Reading:
        """The reading with another article (a checked one) or other transcripts in place. Raises NoSuchEntry."""
        with self._lock:
            old = self._find(id, by)
            self._bytes -= old.size
            del self._readings[id]
            kept = old.transcripts if transcripts is None else transcripts
            reading = Reading(id, old.article if article is None else article, old.given, old.by, list(kept))
            self._put(reading)
            return reading

    def forget(self, id: str, *, by: str | None = None) -> None:
        """Lets go of a reading. Raises NoSuchEntry."""
        with self._lock:
            self._bytes -= self._find(id, by).size
            del self._readings[id]

    def all(self, *, by: str) -> list[Reading]:
        """The readings that somebody made, the latest first."""
        with self._lock:
            self._clear_up()
            return [each for each in reversed(self._readings.values()) if each.by == by]

    def _find(self, id: str, by: str | None) -> Reading:
        self._clear_up()
        found = self._readings.get(id)
        if found is None or (by is not None and found.by != by):
            raise NoSuchEntry("reading", id, advice="Readings are kept for a day; read the article again")
        return found

    def _put(self, reading: Reading) -> None:
        documents: list[Document] = [reading.article, *reading.transcripts]
        reading.size = len(reading.given.data) + sum(map(_size, documents))
        reading.at = self._clock()
        self._readings[reading.id] = reading
        self._bytes += reading.size
        self._clear_up()

    def _clear_up(self) -> None:
        """Lets go of the oldest; the last one made stays, however large."""
        oldest_at = self._clock() - self.keep_s
        while self._readings:
            first = next(iter(self._readings.values()))
            too_many = len(self._readings) > self.most or self._bytes > self.most_bytes
            if first.at >= oldest_at and not (too_many and len(self._readings) > 1):
                return
            self._bytes -= first.size
            del self._readings[first.id]


def _size(document: Document) -> int:
    pieces = len(document.offsets.pieces) if document.offsets else 0
    source = len(document.source.text) if document.source else 0
    # Four bytes a character at the most, and a piece is a tuple of four numbers.
    return _TIMES_TEXT * len(document.text) + 2 * source + 150 * pieces
