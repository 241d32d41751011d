"""One thing to read, wherever it came from."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Literal

ProblemKind = Literal["refused", "truncated", "damaged", "unreadable", "failed"]
"""`refused`: against a limit or a rule (too large, not English, a private address); `truncated`: it ends in the middle;
`damaged`: a part is not as it was written; `unreadable`: it is no article or transcript; `failed`: our own fault."""


@dataclass(frozen=True)
class Item:
    """The bytes of one article or transcript, with what its container says of it."""

    name: str
    """File name, address, or a place in a container ("crawl.warc.gz#48211", "wire.jsonl:17")."""
    origin: str
    """What the user named: the container, the folder, the feed."""
    data: bytes
    kind: Literal["article", "transcript"] = "article"
    media_type: str | None = None
    charset: str | None = None
    url: str | None = None
    guid: str | None = None
    version: str | None = None
    outlet: str | None = None
    published: datetime | date | None = None
    headline: str | None = None
    """Where the container has it apart from the text (a feed's title, a column of JSON Lines)."""

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the bytes and of what the container says, in hexadecimal."""
        said = (
            self.kind,
            self.media_type,
            self.url,
            self.guid,
            self.version,
            self.outlet,
            self.published,
            self.headline,
        )
        return hashlib.sha256(repr(said).encode() + b"\0" + self.data).hexdigest()


@dataclass(frozen=True, slots=True)
class Failure:
    """A part of a source that did not come in whole, and why."""

    kind: ProblemKind
    name: str
    origin: str
    reason: str
    advice: str = ""
    digest: str = ""
