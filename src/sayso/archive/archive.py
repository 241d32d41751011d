"""The archive as its users see it: each method calls the module that does the work."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from sayso.archive.accounts.accounts import Accounts
from sayso.archive.browsing.methods import Browsing
from sayso.archive.correcting.methods import Correcting
from sayso.archive.forms import ArchiveSpeaker, ArticleVersion, Decision, Given, Info, Page, Problem, Saved, Suggestion
from sayso.archive.stores.base import Store
from sayso.archive.tracing.forms import Dispute, Trace
from sayso.documents import Article, Transcript

if TYPE_CHECKING:
    from sayso.archive.keeping.saving import Prepared
    from sayso.intake.following import FeedState


class Archive(Browsing, Correcting):
    """Articles, transcripts and speakers that are kept; opened by `open_archive`, closed by `close` or `with`."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.where = store.where
        """Its file or address, without a password."""
        self.notes = store.notes
        """What whoever uses it should know, one sentence each."""
        self.accounts = Accounts(store)
        """Who may use it through the desk and the API, and the log of what they did."""

    def close(self) -> None:
        """Gives back what is held open."""
        self.store.close()

    def remember(self, most_bytes: int) -> None:
        """Remembers from now on what it counted, in so many bytes, for as long as nothing in the archive changes.

        For a process in which many ask, and the same again and again, as a server is.
        """
        from sayso.archive.remembering import Memory

        self.store.memory = Memory(most_bytes)
        self.store.share()

    def state(self) -> object:
        """What is different after every change of the archive, by whichever process; users and the log do not count.

        Two that are equal: nothing was changed between them.
        """
        return self.store.state()

    def __enter__(self) -> Archive:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # keeping

    def known(self, given: Given) -> Saved | None:
        """What a source is in here as, where it was read with the same bytes before: it need not be read again."""
        from sayso.archive.keeping.origins import known

        return known(self.store, given)

    def known_many(self, some: Sequence[Given]) -> list[Saved | None]:
        """As `known`, of several sources at once."""
        from sayso.archive.keeping.origins import known_many

        return known_many(self.store, some)

    def save(self, article: Article, given: Given) -> Saved:
        """What became of an article: added, a new version of one that is in, or unchanged.

        It is in with all its layers and search entries when this returns, or not at all. Raises ArchiveError.
        """
        from sayso.archive.keeping.saving import save

        return save(self.store, article, given)

    def save_many(self, some: Sequence[Prepared], *, problems: Sequence[Problem] = ()) -> list[Saved]:
        """What became of each of several articles (`sayso.archive.keeping.saving.prepare`), in their order.

        All are in when this returns, and the problems are noted, or nothing is. Raises ArchiveError.
        """
        from sayso.archive.keeping.saving import save_prepared

        return save_prepared(self.store, some, problems=problems) if some or problems else []

    def save_transcript(self, transcript: Transcript, given: Given) -> Saved:
        """What became of a transcript: added, a new version of one that is in, or unchanged. Raises ArchiveError."""
        from sayso.archive.keeping.transcripts import save_transcript

        return save_transcript(self.store, transcript, given)

    def keep_verdicts(self, article_id: int, article: Article) -> None:
        """Keeps the verdicts of a checked article, which must be the newest version, in place of earlier ones.

        Raises NoSuchEntry where the archive has no such article, or another text of it by now; ArchiveError.
        """
        from sayso.archive.keeping.rechecking import keep_verdicts

        keep_verdicts(self.store, article_id, article)

    def note(self, problem: Problem) -> None:
        """Keeps what did not come in whole; a later success with the same name marks it as repaired."""
        from sayso.archive.keeping.problems import note

        note(self.store, problem)

    def problems(self, *, all: bool = False) -> list[Problem]:
        """What did not come in whole and is not repaired, the latest first; `all` has the repaired ones as well."""
        from sayso.archive.keeping.problems import problems

        return self.store.remembered(("problems", all), lambda: problems(self.store, all=all))

    # giving back

    def article(self, id: int, *, version: int | None = None) -> Article:
        """An article as it was saved, its newest version where none is named. Raises NoSuchEntry, DamagedArchive."""
        from sayso.archive.keeping.entries import read_article

        return read_article(self.store, id, version_number=version)

    def articles(self, ids: Iterable[int] | None = None) -> Iterator[tuple[int, Article]]:
        """Articles with their ids, all where none are named. Raises NoSuchEntry, DamagedArchive."""
        from sayso.archive.keeping.entries import read_articles

        return read_articles(self.store, ids)

    def versions(self, id: int) -> list[ArticleVersion]:
        """The versions of an article, the first first, each with what changed in its statements. Raises NoSuchEntry."""
        from sayso.archive.keeping.entries import read_versions

        return read_versions(self.store, id)

    def transcript(self, id: int) -> Transcript:
        """A transcript as it was saved. Raises NoSuchEntry, DamagedArchive."""
        from sayso.archive.keeping.transcripts import read_transcript

        return read_transcript(self.store, id)

    def transcripts(self, ids: Sequence[int] | None = None) -> Iterator[tuple[int, Transcript]]:
        """Transcripts with their ids, those in force where none are named. Raises NoSuchEntry, DamagedArchive."""
        from sayso.archive.keeping.transcripts import read_transcripts

        return read_transcripts(self.store, ids)

    def info(self) -> Info:
        """What the archive is and holds."""
        from sayso.archive.keeping.entries import read_info

        return self.store.remembered("info", lambda: read_info(self.store))

    def verify(self) -> list[str]:
        """What is wrong in the archive, one line each, after all of it was looked through; nothing where it is sound.

        Raises ArchiveError where the database cannot be asked at all.
        """
        from sayso.archive.verifying import verify

        return verify(self.store)

    def backup(self, path: str | Path, *, replace: bool = False) -> None:
        """Copies the archive, whole and as it is now, into a new SQLite file, while others use it.

        `replace` takes the place of a file that is there. Raises ArchiveError, and leaves nothing half done.
        """
        from sayso.archive.copying import backup

        backup(self.store, Path(path), replace=replace)

    def by_day(self, ids: Iterable[int] | None = None) -> list[int]:
        """Articles (None: all) in the order of the days on which they were published, those without one first."""
        from sayso.archive.keeping.selecting import articles_by_day

        return articles_by_day(self.store, ids)

    def transcripts_around(self, day: date | None, *, days: int, after: int | None = None) -> list[int]:
        """The ids of the transcripts of at most so many days before a day, or `after` it, and of those without one.

        As many days after it where `after` is None; all transcripts in force where `day` is None.
        """
        from sayso.archive.keeping.selecting import transcripts_around

        return transcripts_around(self.store, day, days=days, after=after)

    def feed_state(self, url: str) -> FeedState:
        """What is remembered of a feed; a new state where it was never asked."""
        from sayso.archive.keeping.feeds import feed_state

        return feed_state(self.store, url)

    def keep_feed(self, url: str, state: FeedState) -> None:
        """Keeps what is remembered of a feed in place of what was."""
        from sayso.archive.keeping.feeds import keep_feed

        keep_feed(self.store, url, state)

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
        """One page of the statements that a query finds; docs/search.md describes the language.

        `sort` is relevance, newest, oldest, said, speaker or outlet; None takes relevance where words or a meaning are
        looked for, else newest. `after` is the `next` of the page before. Raises BadQuery, BadSetting.
        """
        from sayso.archive.searching.search import search

        # A query may have "today" or "7d" in it.
        asked = ("search", query, sort, limit, after, tuple(facets), date.today())
        return self.store.remembered(
            asked, lambda: search(self.store, query, sort=sort, limit=limit, after=after, facets=facets)
        )

    def statement_ids(self, query: str = "") -> Iterator[int]:
        """The ids of all statements that a query finds, in their order. Raises BadQuery."""
        from sayso.archive.searching.search import statement_ids

        return statement_ids(self.store, query)

    def found(self, query: str) -> dict[int, list[str]]:
        """The articles with statements that a query finds, each with the ids of those in its record.

        Raises BadQuery.
        """
        from sayso.archive.keeping.selecting import articles_with

        return articles_with(self.store, self.statement_ids(query))

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
        """One utterance through every article that carries it, by its words or by a statement that tells it.

        `speaker` (a name or an id) and days of publication leave out what is not of them. Nothing found is a trace
        without wordings. Raises NoSuchEntry where there is no such statement.
        """
        from sayso.archive.tracing.telling import trace

        return self.store.remembered(
            ("trace", words, statement, speaker, since, until),
            lambda: trace(self.store, words, statement=statement, speaker=speaker, since=since, until=until),
        )

    def disputes(self, query: str = "") -> list[Dispute]:
        """Who denied or answered what, by day: of statements that a query finds on either side. Raises BadQuery."""
        from sayso.archive.tracing.disputes import disputes

        return disputes(self.store, self.statement_ids(query) if query.strip() else None)

    # speakers, and decisions about who is whom

    def speaker(self, id: int) -> ArchiveSpeaker:
        """A speaker over all articles; one that was merged is the one that it went into. Raises NoSuchEntry."""
        from sayso.archive.people.speakers import speaker_of

        return speaker_of(self.store, id)

    def speakers(self, name: str | None = None, *, kind: str | None = None, limit: int = 100) -> list[ArchiveSpeaker]:
        """Speakers, those with most statements first; of a name (as in a query, #id included) or a kind alone.

        Raises NoSuchEntry, with the nearest names, where nobody bears the name.
        """
        from sayso.archive.people.speakers import speakers

        return self.store.remembered(
            ("speakers", name, kind, limit), lambda: speakers(self.store, name, kind=kind, limit=limit)
        )

    def merge(self, keep: int, other: int, *, reason: str, by: str | None = None) -> Decision:
        """The decision that two speakers are one: `other` goes into `keep`, with all articles to come.

        `by` is the user's name where it is not given, as in all decisions. Raises NoSuchEntry; RefusedDecision where
        they are one already, or were decided to be two.
        """
        from sayso.archive.people.deciding import merge

        return merge(self.store, keep, other, reason=reason, by=by)

    def split(
        self,
        speaker: int,
        *,
        appearances: Sequence[int] = (),
        articles: Sequence[int] = (),
        name: str | None = None,
        reason: str,
        by: str | None = None,
    ) -> Decision:
        """The decision that some of a speaker's appearances, or its articles, are another's: the second in `speakers`.

        Raises NoSuchEntry; RefusedDecision where nothing would be left of the old one.
        """
        from sayso.archive.people.deciding import split

        return split(self.store, speaker, appearances=appearances, articles=articles, name=name, reason=reason, by=by)

    def keep_apart(self, one: int, other: int, *, reason: str, by: str | None = None) -> Decision:
        """The decision that two speakers are two: not suggested again, nor merged.

        Raises NoSuchEntry; RefusedDecision where they are one.
        """
        from sayso.archive.people.deciding import keep_apart

        return keep_apart(self.store, one, other, reason=reason, by=by)

    def set_stands_for(self, speaker: int, stands_for: str | None, *, reason: str, by: str | None = None) -> Decision:
        """The decision for whom a speaker speaks; None: for nobody but itself. Raises NoSuchEntry."""
        from sayso.archive.people.deciding import set_stands_for

        return set_stands_for(self.store, speaker, stands_for, reason=reason, by=by)

    def undo(self, decision: int, *, reason: str = "", by: str | None = None) -> Decision:
        """The decision that undoes another one, all as it was before. Raises NoSuchEntry; RefusedDecision where it is
        undone already or a later one builds on it."""
        from sayso.archive.people.deciding import undo

        return undo(self.store, decision, reason=reason, by=by)

    def decisions(self, *, speaker: int | None = None) -> list[Decision]:
        """All decisions, or those that name a speaker, the latest first."""
        from sayso.archive.people.deciding import decisions

        return decisions(self.store, speaker_id=speaker)

    def suggestions(self, *, limit: int = 50) -> list[Suggestion]:
        """Speakers that may be one, and speakers that may be two, with what speaks for and against it."""
        from sayso.archive.people.suggesting import suggestions

        return self.store.remembered(("suggestions", limit), lambda: suggestions(self.store, limit=limit))
