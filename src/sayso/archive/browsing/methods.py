"""What the archive offers to whoever looks round in it: each method calls the module that does the work."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sayso.archive.stores.base import Store

if TYPE_CHECKING:
    from sayso.archive.browsing.forms import (
        Arrival,
        ArticleRow,
        OutletProfile,
        OutletRow,
        SpeakerProfile,
        StatementPlace,
        Timeline,
        TranscriptRow,
    )
    from sayso.archive.forms import Listing


class Browsing:
    """The part of `Archive` that lists and counts what is in it; newest versions alone."""

    store: Store

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
        """Articles by day of publication or, with `sort="added"`, by when they first came in, the latest first.

        `words` are of the headline, each whole or begun; with `since` or `until` those without a day are left out.
        `after` is the `next` of the page before. Raises NoSuchEntry for an outlet that is none; BadSetting.
        """
        from sayso.archive.browsing.listing import article_list

        return self.store.remembered(
            ("article_list", outlet, since, until, words, sort, limit, after),
            lambda: article_list(
                self.store, outlet_id=outlet, since=since, until=until, words=words, sort=sort, limit=limit, after=after
            ),
        )

    def transcript_list(self, *, limit: int = 50, after: str | None = None) -> Listing[TranscriptRow]:
        """Transcripts by their day, the latest first. Raises BadSetting."""
        from sayso.archive.browsing.listing import transcript_list

        return transcript_list(self.store, limit=limit, after=after)

    def recent(self, *, limit: int = 20) -> list[Arrival]:
        """What came in last: articles, new versions of them, and transcripts."""
        from sayso.archive.browsing.arriving import recent

        return self.store.remembered(("recent", limit), lambda: recent(self.store, limit=limit))

    def unchecked(self, *, limit: int = 20, after: str | None = None) -> Listing[ArticleRow]:
        """Articles without any verdict, those that came in last first. Raises BadSetting."""
        from sayso.archive.browsing.listing import unchecked

        return unchecked(self.store, limit=limit, after=after)

    def outlet_list(self) -> list[OutletRow]:
        """All outlets with how each quotes, those with most statements first."""
        from sayso.archive.browsing.outlets import outlet_list

        return self.store.remembered("outlet_list", lambda: outlet_list(self.store))

    def outlet_names(self) -> dict[int, str]:
        """The names of all outlets by their ids, in the order of the alphabet; nothing is counted."""
        from sayso.archive.browsing.outlets import outlet_names

        return self.store.remembered("outlet_names", lambda: outlet_names(self.store))

    def outlet(self, id: int) -> OutletProfile:
        """How one outlet quotes whom, and when. Raises NoSuchEntry."""
        from sayso.archive.browsing.outlets import outlet_profile

        return self.store.remembered(("outlet", id), lambda: outlet_profile(self.store, id))

    def speaker_profile(self, id: int) -> SpeakerProfile:
        """A speaker over time, by outlet, in numbers and in words; one that was merged is the one that it went into.

        Raises NoSuchEntry.
        """
        from sayso.archive.browsing.speakers import speaker_profile

        return self.store.remembered(("speaker_profile", id), lambda: speaker_profile(self.store, id))

    def timeline(self, query: str = "") -> Timeline:
        """All that a query finds, over time. Raises BadQuery."""
        from sayso.archive.browsing.timelines import timeline

        # A query may have "today" or "7d" in it.
        return self.store.remembered(("timeline", query, date.today()), lambda: timeline(self.store, query))

    def statement_place(self, id: int) -> StatementPlace:
        """Where a statement stands in which article. Raises NoSuchEntry where there is none, or no longer."""
        from sayso.archive.browsing.places import statement_place

        return statement_place(self.store, id)

    def article_places(self, article: int) -> dict[str, int]:
        """The archive's ids of an article's statements, by their ids in its newest version. Raises NoSuchEntry."""
        from sayso.archive.browsing.places import article_places

        return article_places(self.store, article)

    def article_speakers(self, article: int) -> dict[str, int]:
        """The same of its speakers and of those who are talked about. Raises NoSuchEntry."""
        from sayso.archive.browsing.places import article_speakers

        return article_speakers(self.store, article)
