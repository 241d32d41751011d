"""The part of `RemoteArchive` that lists and counts what is in an archive."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from sayso.archive.browsing.forms import (
    ArticleRow,
    OutletProfile,
    OutletRow,
    SpeakerProfile,
    StatementPlace,
    Timeline,
    TranscriptRow,
)
from sayso.archive.forms import Listing
from sayso.client.asking import Server
from sayso.client.forms import form_of

Row = TypeVar("Row")


class Browsing:
    """Newest versions alone; see `sayso.archive.browsing.methods`."""

    server: Server

    def article_list(
        self,
        *,
        outlet: int | None = None,
        since: date | None = None,
        until: date | None = None,
        words: str = "",
        sort: str = "published",
        limit: int = 50,
        after: str | None = None,
    ) -> Listing[ArticleRow]:
        """Articles by day of publication or, with `sort="added"`, by when they first came in, the latest first."""
        return listing_of(
            ArticleRow,
            self.server.get(
                "/articles", outlet=outlet, since=since, until=until, words=words, sort=sort, limit=limit, after=after
            ),
        )

    def transcript_list(self, *, limit: int = 50, after: str | None = None) -> Listing[TranscriptRow]:
        """Transcripts by their day, the latest first."""
        return listing_of(TranscriptRow, self.server.get("/transcripts", limit=limit, after=after))

    def outlet_list(self) -> list[OutletRow]:
        """All outlets with how each quotes, those with most statements first."""
        return list(pages_of(OutletRow, self.server, "/outlets"))

    def outlet(self, id: int) -> OutletProfile:
        """How one outlet quotes whom, and when."""
        return form_of(OutletProfile, self.server.get(f"/outlets/{id:d}"))

    def speaker_profile(self, id: int) -> SpeakerProfile:
        """A speaker over time, by outlet, in numbers and in words."""
        return form_of(SpeakerProfile, self.server.get(f"/speakers/{id:d}/profile"))

    def timeline(self, query: str = "") -> Timeline:
        """All that a query finds, over time."""
        return form_of(Timeline, self.server.get("/timeline", q=query))

    def statement_place(self, id: int) -> StatementPlace:
        """Where a statement stands in which article."""
        return form_of(StatementPlace, self.server.get(f"/statements/{id:d}/place"))

    def article_places(self, article: int) -> dict[str, int]:
        """The archive's ids of an article's statements, by their ids in its newest version."""
        return dict(self.server.get(f"/articles/{article:d}/statements")["statements"])

    def article_speakers(self, article: int) -> dict[str, int]:
        """The same of its speakers and of those who are talked about."""
        return dict(self.server.get(f"/articles/{article:d}/statements")["speakers"])


def listing_of(kind: type[Row], page: dict[str, Any]) -> Listing[Row]:
    """A page of a list in its form."""
    found = form_of(Listing, page)
    return replace(found, items=[form_of(kind, each) for each in page["items"]])


def pages_of(kind: type[Row], server: Server, path: str) -> Iterator[Row]:
    """The items of all pages of a list."""
    after = None
    while True:
        page = server.get(path, limit=1000, after=after)
        yield from (form_of(kind, each) for each in page["items"])
        after = page["next"]
        if after is None:
            return
