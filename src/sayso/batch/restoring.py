"""The way from a batch's tables into an archive: its articles as they were read then, without reading them again.

Each is known there as if `sayso add` had read it, by its name, its bytes, its address and its publisher's number. One
shard is in memory at a time. What is in the archive is not put in again, so that a run that was broken off goes on;
many articles share a transaction, and each is in as a whole or not at all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path

from sayso.adding import Added, Progress, problem_of
from sayso.archive.archive import Archive
from sayso.archive.batches import batches
from sayso.archive.forms import Given, Problem
from sayso.archive.keeping.saving import Prepared, prepare
from sayso.batch.halves import KEY
from sayso.batch.job import read_job
from sayso.batch.layout import Folder
from sayso.batch.manifest import Entry, entries_of
from sayso.batch.parquet import read_part
from sayso.batch.rows import failure_of, given_of, record_of
from sayso.batch.tables import Row, Rows
from sayso.errors import SaysoError, UnreadableSource
from sayso.exports.reading_back import article_from_json
from sayso.intake.items import Failure

TOGETHER = 128
"""Articles in a transaction: about a second, for which other writers of the archive wait."""
_HEAD = (KEY, "origin", "digest", "guid", "version", "exact")
_OF_RECORDS = ("articles", "attributions", "speakers", "statements", "relations", "figures")


def restore(
    root: Path,
    archive: Archive,
    *,
    on_progress: Progress | None = None,
    on_note: Callable[[str], None] | None = None,
) -> Iterator[Added]:
    """Each article of a batch with what became of it in the archive, and each failure, which becomes a problem there.

    Of a batch that is not finished these are the articles of the shards that are; `on_note` is told so. `on_progress`
    is told how many are done, of how many.

    Raises UnreadableSource for a folder that is none of a batch, BatchFailed for a part that is damaged or gone (what
    came before it is in), ArchiveError.
    """
    folder = Folder(root)
    job = read_job(folder)
    if job is None:
        raise UnreadableSource(str(root), "this is no folder of a batch: it has no batch.json", "Name another")
    total = sum(entry.articles + entry.failures for entry in entries_of(folder))
    if job.finished is None and on_note is not None:
        on_note(
            f"{root}: this batch is not finished, and only what it has read so far ({total:,} articles) comes in: run "
            "its sayso batch again, and then this again"
        )
    done = 0
    for entry in entries_of(folder):
        for taken in _shard(folder, entry, archive):
            done += 1
            yield taken
            if on_progress is not None:
                on_progress(done, total, "articles")


def _ready(folder: Folder, entry: Entry, wanted: Collection[str]) -> Iterator[Prepared | Problem]:
    """The articles of a shard with these keys, ready to be put into an archive, in the order of their rows.

    One that the tables have not as it was written is a Problem.
    """
    found: dict[str, Rows] = {key: defaultdict(list) for key in wanted}
    for table in _OF_RECORDS:
        for row in _rows(folder, entry, table):
            if row[KEY] in found:
                found[row[KEY]][table].append(row)
    while found:
        # None is held longer than it must be.
        yield _prepared(found.pop(next(iter(found))))


def _prepared(rows: Rows) -> Prepared | Problem:
    given = given_of(rows["articles"][0])
    if len(rows["articles"]) > 1:
        # By the name alone nobody can say which of the other rows are whose.
        return problem_of(Failure("damaged", given.name, given.origin, "several articles of the batch have this name",
                                "Rename its inputs, and read them again", given.digest))  # fmt: skip
    try:
        return prepare(article_from_json(record_of(rows), name=given.name), given)
    except UnreadableSource as error:
        return problem_of(Failure("damaged", given.name, given.origin, error.reason, error.advice, given.digest))
    except Exception as error:
        return _failed(error, given)


def _shard(folder: Folder, entry: Entry, archive: Archive) -> Iterator[Added]:
    for rows in batches(_rows(folder, entry, "failures"), TOGETHER):
        yield from _take_failures([problem_of(failure_of(row)) for row in rows], archive)
    heads = {row[KEY]: given_of(row) for row in _rows(folder, entry, "articles", columns=_HEAD)}
    known = dict(zip(heads, archive.known_many(list(heads.values())), strict=True))
    for key, saved in known.items():
        if saved is not None:
            yield Added(heads[key].name, saved.outcome, saved=saved)
    if wanted := [key for key, saved in known.items() if saved is None]:
        for some in batches(_ready(folder, entry, wanted), TOGETHER):
            yield from _take(some, archive)


def _take_failures(problems: list[Problem], archive: Archive) -> Iterator[Added]:
    # One that came in by another way since is no problem any more.
    known = archive.known_many([Given(each.name, digest=each.digest) for each in problems])
    archive.save_many([], problems=[each for each, saved in zip(problems, known, strict=True) if saved is None])
    for each, saved in zip(problems, known, strict=True):
        yield Added(each.name, saved.outcome, saved=saved) if saved else Added(each.name, "problem", problem=each)


def _take(some: Sequence[Prepared | Problem], archive: Archive) -> Iterator[Added]:
    ready = [each for each in some if isinstance(each, Prepared)]
    problems = [each for each in some if isinstance(each, Problem)]
    try:
        saved = archive.save_many(ready, problems=problems)
    except SaysoError:
        raise
    except Exception as error:
        if len(some) > 1:
            # One of them is at fault, and the others must not suffer for it.
            for each in some:
                yield from _take([each], archive)
            return
        if not ready:
            raise
        problems, ready, saved = [_failed(error, ready[0].given)], [], []
        archive.save_many([], problems=problems)
    for one, came in zip(ready, saved, strict=True):
        yield Added(one.given.name, came.outcome, saved=came, warnings=list(one.article.warnings))
    for problem in problems:
        yield Added(problem.name, "problem", problem=problem)


def _rows(folder: Folder, entry: Entry, table: str, *, columns: Sequence[str] | None = None) -> list[Row]:
    part = entry.parts.get(table)
    return read_part(folder.part(table, entry.shard), columns=columns, sha256=part.sha256) if part else []


def _failed(error: Exception, given: Given) -> Problem:
    reason = f"sayso failed on it ({type(error).__name__}: {error})"
    return Problem("failed", given.name, reason, given.origin, "Please report this", given.digest)
