"""An archive behind a server's address: what `Archive` gives, asked over HTTP.

Method names, parameters and forms are those of `sayso.archive.archive.Archive`, so that code for one runs with the
other; a test holds the two together. What differs: an article and a transcript come without their source's own text
(as from the JSON form), scores to three decimals, and decisions are signed with the name of the token's user.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from types import TracebackType
from typing import Any, TypeVar

from sayso.archive.browsing.forms import ArticleRow
from sayso.archive.forms import ArchiveSpeaker, ArticleVersion, Decision, Info, Page, Problem, Suggestion
from sayso.archive.tracing.forms import Dispute, Trace
from sayso.client.asking import Server
from sayso.client.browsing import Browsing, pages_of
from sayso.client.correcting import Correcting
from sayso.client.forms import form_of, page_of
from sayso.client.sending import Sending
from sayso.documents import Article, Transcript
from sayso.errors import BadQuery
from sayso.exports.reading_back import article_from_json
from sayso.transcript_form import transcript_from_json

Form = TypeVar("Form")
AT_ONCE = 1000
"""The most items that a page has."""
IDS_AT_ONCE = 10_000


class RemoteArchive(Browsing, Correcting, Sending):
    """The archive of a server; closed by `close` or `with`. Methods raise what those of `Archive` do, or ServerAway."""

    def __init__(self, url: str, token: str | None = None, *, timeout_s: float = 60.0) -> None:
        self.server = Server(url, token, timeout_s=timeout_s)
        self.where = self.server.url
        self.notes: list[str] = []
        """What whoever uses it should know, one sentence each."""
        if token and self.server.is_overheard:
            self.notes.append("The token goes to that server unencrypted, for others on the way to read: use https://")

    def close(self) -> None:
        """Gives back what is held open."""
        self.server.close()

    def __enter__(self) -> RemoteArchive:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # giving back

    def info(self) -> Info:
        """What the archive is and holds."""
        return form_of(Info, self.server.get("/info"))

    def problems(self, *, all: bool = False) -> list[Problem]:
        """What did not come in whole and is not repaired, the latest first; `all` has the repaired ones as well."""
        return self._all(Problem, "/problems", all=all)

    def article(self, id: int, *, version: int | None = None) -> Article:
        """An article as it was saved, its newest version where none is named."""
        return article_from_json(self.server.get(f"/articles/{id:d}", version=version), name=f"article {id}")

    def articles(self, ids: Iterable[int] | None = None) -> Iterator[tuple[int, Article]]:
        """Articles with their ids, all where none are named."""
        chosen = (
            sorted(each.id for each in pages_of(ArticleRow, self.server, "/articles")) if ids is None else list(ids)
        )
        for number in chosen:
            yield number, self.article(number)

    def versions(self, id: int) -> list[ArticleVersion]:
        """The versions of an article, the first first, each with what changed in its statements."""
        return self._all(ArticleVersion, f"/articles/{id:d}/versions")

    def transcript(self, id: int) -> Transcript:
        """A transcript as it was saved."""
        return transcript_from_json(self.server.get(f"/transcripts/{id:d}"))

    def transcripts(self, ids: Sequence[int] | None = None) -> Iterator[tuple[int, Transcript]]:
        """Transcripts with their ids, those in force where none are named."""
        chosen = sorted(each["id"] for each in self._items("/transcripts")) if ids is None else list(ids)
        for number in chosen:
            yield number, self.transcript(number)

    # searching

    def search(
        self,
        query: str = "",
        *,
        sort: str | None = None,
        limit: int = 20,
        after: str | None = None,
        facets: Sequence[str] = (),
    ) -> Page:
        """One page of the statements that a query finds; docs/search.md describes the language."""
        with _of_query(query):
            return page_of(
                self.server.get(
                    "/statements", q=query, sort=sort, limit=limit, after=after or None, facets=list(facets)
                )
            )

    def statement_ids(self, query: str = "") -> Iterator[int]:
        """The ids of all statements that a query finds, in their order."""
        with _of_query(query):
            yield from self._items("/statements/ids", q=query, limit=IDS_AT_ONCE)

    def found(self, query: str) -> dict[int, list[str]]:
        """The articles with statements that a query finds, each with the ids of those in its record."""
        with _of_query(query):
            return {each["article"]: each["statements"] for each in self._items("/statements/found", q=query)}

    # tracing

    def trace(
        self,
        words: str = "",
        *,
        statement: int | None = None,
        speaker: str | int | None = None,
        since: date | None = None,
        until: date | None = None,
    ) -> Trace:
        """One utterance through every article that carries it, by its words or by a statement that tells it."""
        who = f"#{speaker}" if isinstance(speaker, int) else speaker
        found = self.server.get("/traces", q=words or None, statement=statement, speaker=who, since=since, until=until)
        return form_of(Trace, found)

    def disputes(self, query: str = "") -> list[Dispute]:
        """Who denied or answered what, by day: of statements that a query finds on either side."""
        with _of_query(query):
            return self._all(Dispute, "/disputes", q=query)

    # speakers, and decisions about who is whom

    def speaker(self, id: int) -> ArchiveSpeaker:
        """A speaker over all articles; one that was merged is the one that it went into."""
        return form_of(ArchiveSpeaker, self.server.get(f"/speakers/{id:d}"))

    def speakers(self, name: str | None = None, *, kind: str | None = None, limit: int = 100) -> list[ArchiveSpeaker]:
        """Speakers, those with most statements first; of a name (as in a query, #id included) or a kind alone."""
        return self._all(ArchiveSpeaker, "/speakers", most=limit, name=name, kind=kind)

    def merge(self, keep: int, other: int, *, reason: str) -> Decision:
        """The decision that two speakers are one: `other` goes into `keep`, with all articles to come."""
        return self._decide("/merge", keep=keep, other=other, reason=reason)

    def split(
        self,
        speaker: int,
        *,
        appearances: Sequence[int] = (),
        articles: Sequence[int] = (),
        name: str | None = None,
        reason: str,
    ) -> Decision:
        """The decision that some of a speaker's appearances, or articles, are another's: the second in `speakers`."""
        return self._decide(
            "/split", speaker=speaker, appearances=list(appearances), articles=list(articles), name=name, reason=reason
        )

    def keep_apart(self, one: int, other: int, *, reason: str) -> Decision:
        """The decision that two speakers are two: not suggested again, nor merged."""
        return self._decide("/apart", one=one, other=other, reason=reason)

    def set_stands_for(self, speaker: int, stands_for: str | None, *, reason: str) -> Decision:
        """The decision for whom a speaker speaks; None: for nobody but itself."""
        return self._decide("/stands-for", speaker=speaker, stands_for=stands_for, reason=reason)

    def undo(self, decision: int, *, reason: str = "") -> Decision:
        """The decision that undoes another one, all as it was before."""
        return self._decide(f"/{decision:d}/undo", reason=reason)

    def decisions(self, *, speaker: int | None = None) -> list[Decision]:
        """All decisions, or those that name a speaker, the latest first."""
        return self._all(Decision, "/decisions", speaker=speaker)

    def suggestions(self, *, limit: int = 50) -> list[Suggestion]:
        """Speakers that may be one, and speakers that may be two, with what speaks for and against it."""
        return self._all(Suggestion, "/suggestions", most=limit)

    def _decide(self, act: str, **body: Any) -> Decision:
        return form_of(Decision, self.server.post(f"/decisions{act}", body))

    def _all(self, form: type[Form], path: str, /, *, most: int | None = None, **parameters: Any) -> list[Form]:
        return [form_of(form, each) for each in self._items(path, most=most, **parameters)]

    def _items(self, path: str, /, *, most: int | None = None, **parameters: Any) -> Iterator[Any]:
        """The items of all pages of a list, or the first so many."""
        limit = parameters.pop("limit", AT_ONCE)
        left, after = most, None
        while left is None or left > 0:
            page = self.server.get(path, **parameters, limit=limit if left is None else min(limit, left), after=after)
            yield from page["items"]
            after = page["next"]
            if after is None:
                return
            left = None if left is None else left - len(page["items"])


class _of_query:  # noqa: N801, used like a function
    """Within it, an error about a query has that query, which is not sent back."""

    def __init__(self, query: str) -> None:
        self.query = query

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, BadQuery):
            error.query = self.query
