"""The corridor into the archive: what users name is taken apart, read, and kept, one article after another.

Reading runs in threads, keeping in the caller's: an article is reported as kept only when the archive has it.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date as Date  # noqa: N812
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from sayso.documents import Article, Transcript
from sayso.errors import (
    BadSetting,
    DamagedModel,
    NoSuchEntry,
    SaysoError,
    ServerBusy,
)
from sayso.pipeline import Day, check, day_of, extracted, read_limits, tables_of, worker_count

if TYPE_CHECKING:
    from concurrent.futures import Future

    from sayso.archive import Archive
    from sayso.archive.forms import Given, Outcome, Problem, Saved
    from sayso.checks.library import Library
    from sayso.checks.reference import Table
    from sayso.intake.items import Failure, Item

_AHEAD = 2
"""So many articles for each thread are read before the caller has taken the first."""


@dataclass(slots=True)
class Added:
    """What became of one source: kept, known already, or a problem that the archive has noted."""

    name: str
    outcome: Outcome | Literal["problem"]
    saved: Saved | None = None
    problem: Problem | None = None
    warnings: list[str] = field(default_factory=list)

    def to_json(self) -> dict[str, Any]:
        """What became of it, as `sayso add --format jsonl` prints it and a server's job has it."""
        from sayso.archive.json_form import as_json

        return {
            "name": self.name,
            "outcome": self.outcome,
            "saved": as_json(self.saved),
            "problem": as_json(self.problem),
            "warnings": self.warnings,
        }


Progress = Callable[[int, int | None, str], None]
"""Told how much of the sources is done, of how much (None: nobody knows), and in what unit."""

Reader = Callable[["Item"], Article | Transcript]
"""Reads an item, or raises what is wrong with it."""


def add(
    sources: Iterable[str | os.PathLike[str]],
    archive: Archive,
    *,
    transcripts: Iterable[str | os.PathLike[str]] = (),
    date: Day = None,
    outlet: str | None = None,
    any_language: bool = False,
    jobs: int | None = None,
    on_progress: Progress | None = None,
    on_note: Callable[[str], None] | None = None,
) -> Iterator[Added]:
    """Each article and transcript behind the sources with what became of it, in their order, kept as it is yielded.

    `sources` are files, folders, addresses, feeds, WARC files, agencies' packages or `-`; `transcripts` are read as
    transcripts. What came in before with the same bytes is not read again. A source that cannot be read becomes a
    problem of the archive, and the others go on. The folder of a batch is not read at all: its tables have what was
    read, with the options of then. `on_progress` is told how far it is, `on_note` what was passed over because it is no
    article, and what a user should know of a batch.

    Raises ArchiveError where the archive itself fails, DamagedModel and BadSetting where no article could be read,
    BatchFailed for a batch's folder that is not as it was written.
    """
    from sayso.batch.layout import is_batch
    from sayso.intake import items_of

    named = [os.fspath(each) for each in sources]
    runs = [(whole, list(names)) for whole, names in groupby(named, key=lambda name: is_batch(Path(name)))]
    last = [os.fspath(each) for each in transcripts]
    if last and (not runs or runs[-1][0]):
        runs.append((False, []))
    for number, (whole, names) in enumerate(runs, 1):
        if whole:
            from sayso.batch.restoring import restore

            for name in names:
                if on_note is not None and (date or outlet or any_language):
                    on_note(
                        f"{name}: its articles stay as they were read: date, outlet and language were sayso batch's"
                    )
                yield from restore(Path(name), archive, on_progress=on_progress, on_note=on_note)
            continue
        found = items_of(
            names,
            transcripts=last if number == len(runs) else (),
            limits=read_limits(),
            on_progress=on_progress,
            on_note=on_note,
        )
        yield from add_items(
            found, archive, date=date, outlet=outlet, any_language=any_language, workers=worker_count(jobs)
        )


def add_items(
    items: Iterable[Item | Failure],
    archive: Archive,
    *,
    date: Day = None,
    outlet: str | None = None,
    any_language: bool = False,
    workers: int = 1,
    read: Reader | None = None,
    uploads: bool = False,
) -> Iterator[Added]:
    """As `add`, of items that were taken apart already.

    `workers` of them are read at a time; `read` does so in place of this process, for a server that has children for
    it, and knows date, outlet and language itself. `uploads`: their names are no places of this machine.
    """
    from concurrent.futures import ThreadPoolExecutor

    from sayso.intake.items import Failure

    published = day_of(date)

    def read_here(item: Item) -> Article | Transcript:
        from sayso.intake import read_item

        document = read_item(item, limits=read_limits(), any_language=any_language, published=published, outlet=outlet)
        return extracted(document) if isinstance(document, Article) else document

    reader = read or read_here

    def attempt(item: Item) -> Article | Transcript | Exception:
        try:
            return reader(item)
        except Exception as error:
            return error

    pool = ThreadPoolExecutor(workers, thread_name_prefix="sayso-add")
    waiting: deque[tuple[Item, Future[Article | Transcript | Exception]] | Added] = deque()

    def finished() -> Added:
        first = waiting.popleft()
        return first if isinstance(first, Added) else _keep(archive, first[0], first[1].result(), uploads)

    try:
        for each in items:
            if isinstance(each, Failure):
                waiting.append(_noted(archive, problem_of(each)))
            elif known := _known(archive, each):
                waiting.append(Added(each.name, "unchanged", saved=known))
            else:
                waiting.append((each, pool.submit(attempt, each)))
            while waiting and (len(waiting) > _AHEAD * workers or isinstance(waiting[0], Added)):
                yield finished()
        while waiting:
            yield finished()
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def given_of(item: Item, *, upload: bool = False) -> Given:
    """What the archive knows an item by."""
    from sayso.archive.forms import Given

    return Given(item.name, origin=item.origin, digest=item.digest, guid=item.guid, version=item.version, upload=upload)


def _known(archive: Archive, item: Item) -> Saved | None:
    """What an item is in the archive as. One that came in as a transcript is no article where its folder is added."""
    if known := archive.known(given_of(item)):
        return known
    named_itself = item.name == item.origin
    if item.kind == "transcript" or named_itself:
        return None
    return archive.known(given_of(replace(item, kind="transcript")))


def check_kept(
    archive: Archive, ids: Iterable[int] | None = None, *, references: Iterable[str | os.PathLike[str]] = ()
) -> Iterator[tuple[int, Article]]:
    """The archive's articles, each checked against its transcripts; the verdicts are kept as each is yielded.

    An article is held against the transcripts from `DAYS_BEFORE` days before it to `DAYS_AFTER` days after it and
    those without a date, one without a date against all. One of which another version came in meanwhile is left out.
    `ids` are the articles to check (None: all). Raises ArchiveError, NoSuchEntry, and UnreadableSource for a table.
    """
    checking = Checking(archive, references=references)
    # Day by day, so that neighbours are held against the same transcripts, which are made ready once.
    for number, article in archive.corrected_articles(archive.by_day(ids)):
        if checking.check(number, article):
            yield number, article


DAYS_BEFORE = 31
"""A quote is looked for in what was said up to so many days before its article."""
DAYS_AFTER = 7
"""And after it, because a transcript is often dated by its publication."""


Checker = Callable[[Article, Sequence[Transcript]], None]
"""Puts the verdicts on an article as `check_and_spare` does."""


class Checking:
    """Checks articles of an archive, one after another; the transcripts of the last one are kept at hand.

    `checker` does so in place of this process, for a server that has children for it, and knows its own references.
    """

    def __init__(
        self,
        archive: Archive,
        *,
        references: Iterable[str | os.PathLike[str]] = (),
        checker: Checker | None = None,
    ) -> None:
        self._archive = archive
        self._tables = tables_of(references)
        self._checker = checker
        self._wanted: tuple[int, ...] = ()
        self._transcripts: list[Transcript] = []
        self._library: Library | None = None

    def check(self, number: int, article: Article) -> bool:
        """Whether the verdicts are in: not where the archive has got another version of the article meanwhile."""
        self._look_up(_day(article))
        if self._checker is not None:
            self._checker(article, self._transcripts)
        else:
            check_and_spare(article, self._library or (), references=self._tables)
        try:
            self._archive.keep_verdicts(number, article)
        except NoSuchEntry:
            return False
        return True

    def _look_up(self, day: Date | None) -> None:
        """Makes the transcripts ready that an article of that day is held against."""
        wanted = tuple(self._archive.transcripts_around(day, days=DAYS_BEFORE, after=DAYS_AFTER))
        if wanted == self._wanted:
            return
        self._wanted = wanted
        self._transcripts = [self._archive.transcript(each) for each in wanted]
        if self._checker is None:
            from sayso.checks.library import Library

            self._library = Library.of(self._transcripts) if wanted else None


def check_and_spare(
    article: Article, transcripts: Sequence[Transcript] | Library = (), *, references: Sequence[Table] = ()
) -> None:
    """Puts the verdicts of a check on an article, which was not told what it is to be held against.

    Spared are quotes that a transcript accuses in which nobody said what the article tells of.
    """
    check(article, transcripts, references=references)
    _spare(article, _day(article))


def _day(article: Article) -> Date | None:
    published = article.published
    return published.date() if isinstance(published, datetime) else published


def _spare(article: Article, day: Date | None) -> None:
    """Spares quotes that a transcript of the archive accuses, which nobody said the article tells of."""
    from sayso.checks.chosen import spare
    from sayso.verdicts import QuoteVerdict

    transcripts = {each.id: each for each in article.transcripts}
    speakers = {each.id: each for each in article.speakers}
    attributions = {each.id: each for each in article.attributions}
    for verdict in article.verdicts:
        if isinstance(verdict, QuoteVerdict):
            told = attributions.get(verdict.attribution or "")
            speaker = speakers.get(told.speaker or "") if told else None
            spare(verdict, transcripts, speaker=speaker, published=day, said=told.occasion.date if told else None)


def _keep(archive: Archive, item: Item, result: Article | Transcript | Exception, upload: bool) -> Added:
    if isinstance(result, Exception):
        if isinstance(result, DamagedModel | BadSetting | ServerBusy):
            # Not this source's fault: every other one would fail as well.
            raise result
        return _noted(archive, _problem(item, result))
    given = given_of(item, upload=upload)
    try:
        saved = archive.save(result, given) if isinstance(result, Article) else archive.save_transcript(result, given)
    except SaysoError:
        raise
    except Exception as error:
        return _noted(archive, _problem(item, error))
    return Added(item.name, saved.outcome, saved=saved, warnings=list(result.warnings))


def _problem(item: Item, error: Exception) -> Problem:
    from sayso.intake.failures import failure_of

    return problem_of(failure_of(error, item))


def problem_of(failure: Failure) -> Problem:
    """A failure as an archive keeps it."""
    from sayso.archive.forms import Problem

    return Problem(
        failure.kind, failure.name, failure.reason, origin=failure.origin, advice=failure.advice, digest=failure.digest
    )


def _noted(archive: Archive, problem: Problem) -> Added:
    archive.note(problem)
    return Added(problem.name, "problem", problem=problem)
