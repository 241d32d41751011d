"""The part of `RemoteArchive` that sets things right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from sayso.archive.browsing.forms import ArticleRow
from sayso.archive.correcting.forms import Correction, Uncertain
from sayso.archive.forms import Listing
from sayso.client.asking import Server
from sayso.client.browsing import listing_of, pages_of
from sayso.client.forms import form_of
from sayso.documents import Article
from sayso.exports.reading_back import article_from_json


class Correcting:
    """Rows beside what was read, never over it; see `sayso.archive.correcting.methods`."""

    server: Server

    def correct(self, article: int, *, field: str, target: str = "", after: Any = None, reason: str = "") -> Correction:
        """What was set right in the newest version of an article, with all that follows from it."""
        body = {"field": field, "target": target, "after": after, "reason": reason}
        return form_of(Correction, self.server.post(f"/articles/{article:d}/corrections", body))

    def undo_correction(self, id: int, *, reason: str = "") -> Correction:
        """The row that undoes a correction: what stood before it holds again."""
        return form_of(Correction, self.server.post(f"/corrections/{id:d}/undo", {"reason": reason}))

    def corrections(
        self,
        *,
        article: int | None = None,
        by: str | None = None,
        all: bool = False,
        limit: int = 50,
        after: str | None = None,
    ) -> Listing[Correction]:
        """Corrections, the latest first: those that count, or `all` with those that were superseded or undone."""
        return listing_of(
            Correction, self.server.get("/corrections", article=article, by=by, all=all, limit=limit, after=after)
        )

    def corrected(self, article: int) -> Article:
        """The newest version of an article as its corrections have it."""
        return article_from_json(self.server.get(f"/articles/{article:d}", corrected=True), name=f"article {article}")

    def corrected_articles(self, ids: Iterable[int] | None = None) -> Iterator[tuple[int, Article]]:
        """The same of many articles with their ids, all where none are named."""
        rows = pages_of(ArticleRow, self.server, "/articles")
        for number in sorted(each.id for each in rows) if ids is None else list(ids):
            yield number, self.corrected(number)

    def review_queue(
        self, *, limit: int = 20, after: str | None = None, article: int | None = None
    ) -> Listing[Uncertain]:
        """What somebody should look at, the most uncertain first, without what was corrected or confirmed."""
        return listing_of(Uncertain, self.server.get("/review", limit=limit, after=after, article=article))
