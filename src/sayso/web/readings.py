"""Articles that were read and are not in the archive: kept for a while, so that each has an address."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field

from sayso.documents import Article, Transcript
from sayso.errors import NoSuchEntry
from sayso.web.workers import Upload


@dataclass(slots=True)
class Reading:
    """One article that was read for somebody."""

    id: str
    article: Article
    given: Upload
    by: str
    transcripts: list[Transcript] = field(default_factory=list)
    """Those that it is to be checked against."""


class Readings:
    """The latest readings of a server, in its memory."""

    def __init__(self) -> None:
        self._readings: dict[str, Reading] = {}

    def keep(self, article: Article, given: Upload, *, by: str) -> Reading:
        """A new reading of an article."""
        reading = Reading(secrets.token_urlsafe(12), article, given, by)
        self._readings[reading.id] = reading
        return reading

    def get(self, id: str) -> Reading:
        """The reading of that id. Raises NoSuchEntry where there is none, or none any more."""
        if id not in self._readings:
            raise NoSuchEntry("reading", id, advice="Readings are kept for a day; read the article again")
        return self._readings[id]
