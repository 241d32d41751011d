"""What the archive offers to whoever sets something right in it: each method calls the module that does the work."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from sayso.archive.stores.base import Store

if TYPE_CHECKING:
    from sayso.archive.correcting.forms import Corrected, Correction, Uncertain
    from sayso.archive.forms import Listing
    from sayso.documents import Article


class Correcting:
    """The part of `Archive` that keeps corrections: rows beside what was read, never over it."""

    store: Store

    def correct(
        self,
        article: int,
        *,
        field: str,
        target: str = "",
        after: Any = None,
        reason: str = "",
        by: str | None = None,
    ) -> Correction:
        """What was set right in the newest version of an article, with all that follows from it.

        `Correction` tells the fields and the forms of `after`; `added` gives its attribution an id where `target` is
        empty. Raises NoSuchEntry, BadRequest; RefusedDecision where it is so already.
        """
        from sayso.archive.correcting.deciding import correct

        return correct(self.store, article, field=field, target=target, after=after, reason=reason, by=by)

    def undo_correction(self, id: int, *, reason: str = "", by: str | None = None) -> Correction:
        """The row that undoes a correction: what stood before it holds again. Raises NoSuchEntry; RefusedDecision
        where it is undone already, or of a version that was replaced."""
        from sayso.archive.correcting.deciding import undo

        return undo(self.store, id, reason=reason, by=by)

    def corrections(
        self,
        *,
        article: int | None = None,
        by: str | None = None,
        all: bool = False,
        limit: int = 50,
        after: str | None = None,
    ) -> Listing[Correction]:
        """Corrections, the latest first: those that count, or `all` with those that were superseded or undone.

        `after` is the `next` of the page before. Raises NoSuchEntry, BadSetting.
        """
        from sayso.archive.correcting.listing import corrections

        return corrections(self.store, article_id=article, by=by, every=all, limit=limit, after=after)

    def corrected(self, article: int) -> Article:
        """The newest version of an article as its corrections have it. Raises NoSuchEntry, DamagedArchive."""
        return self.corrected_form(article).article

    def corrected_articles(self, ids: Iterable[int] | None = None) -> Iterator[tuple[int, Article]]:
        """Articles as their corrections have them, with their ids, all where none are named; those without any
        corrections are as they were read. Raises NoSuchEntry, DamagedArchive."""
        from sayso.archive.correcting.deciding import corrected_articles

        return corrected_articles(self.store, ids)

    def corrected_form(self, article: int) -> Corrected:
        """The same with the corrections themselves, by what they are about. Raises NoSuchEntry, DamagedArchive."""
        from sayso.archive.correcting.deciding import corrected

        return corrected(self.store, article)

    def review_queue(
        self, *, limit: int = 20, after: str | None = None, article: int | None = None
    ) -> Listing[Uncertain]:
        """What somebody should look at, of all articles or of one, the most uncertain first.

        What was corrected or confirmed is not in it. `after` is the `next` of the page before. Raises NoSuchEntry,
        BadSetting.
        """
        from sayso.archive.correcting.queue import review_queue

        return review_queue(self.store, limit=limit, after=after, article_id=article)

    def export_corrections(self, articles: Iterable[int] | None = None) -> Iterator[dict[str, Any]]:
        """What people corrected and confirmed as training data, one article each, in the form of docs/corrections.md.

        All articles that have something to learn from, or those that are named. Raises NoSuchEntry, DamagedArchive.
        """
        from sayso.archive.correcting.exporting import export_corrections

        return export_corrections(self.store, articles)
