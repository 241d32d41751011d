"""The archive as its users see it: each method calls the module that does the work."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from types import TracebackType

from sayso.archive.base import Store
from sayso.archive.forms import ArticleVersion, Given, Info, Problem, Saved
from sayso.documents import Article, Transcript


class Archive:
    """Articles, transcripts and speakers that are kept; opened by `open_archive`, closed by `close` or `with`."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.where = store.where
        """Its file or address, without a password."""
        self.notes = store.notes
        """What whoever uses it should know, one sentence each."""

    def close(self) -> None:
        """Gives back what is held open."""
        self.store.close()

    def __enter__(self) -> Archive:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # keeping

    def known(self, given: Given) -> Saved | None:
        """What a source is in here as, where it was read with the same bytes before: it need not be read again."""
        from sayso.archive.origins import known

        return known(self.store, given)

    def save(self, article: Article, given: Given) -> Saved:
        """What became of an article: added, a new version of one that is in, or unchanged.

        It is in with all its layers and search entries when this returns, or not at all. Raises ArchiveError.
        """
        from sayso.archive.saving import save

        return save(self.store, article, given)

    def save_transcript(self, transcript: Transcript, given: Given) -> Saved:
        """What became of a transcript: added, a new version of one that is in, or unchanged. Raises ArchiveError."""
        from sayso.archive.transcripts import save_transcript

        return save_transcript(self.store, transcript, given)

    def keep_verdicts(self, article_id: int, article: Article) -> None:
        """Keeps the verdicts of a checked article, which must be the newest version, in place of earlier ones.

        Raises NoSuchEntry where the archive has no such article, or another text of it by now; ArchiveError.
        """
        from sayso.archive.rechecking import keep_verdicts

        keep_verdicts(self.store, article_id, article)

    def note(self, problem: Problem) -> None:
        """Keeps what did not come in whole; a later success with the same name marks it as repaired."""
        from sayso.archive.problems import note

        note(self.store, problem)

    def problems(self, *, all: bool = False) -> list[Problem]:
        """What did not come in whole and is not repaired, the latest first; `all` has the repaired ones as well."""
        from sayso.archive.problems import problems

        return problems(self.store, all=all)

    # giving back

    def article(self, id: int, *, version: int | None = None) -> Article:
        """An article as it was saved, its newest version where none is named. Raises NoSuchEntry, DamagedArchive."""
        from sayso.archive.entries import read_article

        return read_article(self.store, id, version_number=version)

    def articles(self, ids: Iterable[int] | None = None) -> Iterator[tuple[int, Article]]:
        """Articles with their ids, all where none are named. Raises NoSuchEntry, DamagedArchive."""
        from sayso.archive.entries import read_articles

        return read_articles(self.store, ids)

    def versions(self, id: int) -> list[ArticleVersion]:
        """The versions of an article, the first first, each with what changed in its statements. Raises NoSuchEntry."""
        from sayso.archive.entries import read_versions

        return read_versions(self.store, id)

    def transcript(self, id: int) -> Transcript:
        """A transcript as it was saved. Raises NoSuchEntry, DamagedArchive."""
        from sayso.archive.transcripts import read_transcript

        return read_transcript(self.store, id)

    def transcripts(self, ids: Sequence[int] | None = None) -> Iterator[tuple[int, Transcript]]:
        """Transcripts with their ids, those in force where none are named. Raises NoSuchEntry, DamagedArchive."""
        from sayso.archive.transcripts import read_transcripts

        return read_transcripts(self.store, ids)

    def info(self) -> Info:
        """What the archive is and holds."""
        from sayso.archive.entries import read_info

        return read_info(self.store)
