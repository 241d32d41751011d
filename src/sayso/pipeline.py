"""The corridor: calls the rooms in order and decides nothing.

The rooms are imported when they are first called, so that `import sayso` and `sayso --help` load no NumPy, no ONNX
Runtime and no parser.
"""

from __future__ import annotations

import contextlib
import os
import threading
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import date as Date  # noqa: N812, the keyword of `read` has the plain name
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sayso.documents import Article, Transcript
from sayso.errors import BadSetting, UnreadableSource
from sayso.settings import FETCH_TIMEOUT, JOBS, MAX_BYTES, PARSE_MEMORY, PARSE_TIMEOUT

if TYPE_CHECKING:
    from concurrent.futures import Future

    from sayso.checks.library import Library
    from sayso.checks.reference import Table
    from sayso.extraction import Reading
    from sayso.reading import Limits
    from sayso.verdicts import Verdict

Day = Date | str | None
"""A date (or a date with a time), or one written as in ISO 8601: "2026-03-14"."""


def read(
    source: str | os.PathLike[str], *, date: Day = None, outlet: str | None = None, any_language: bool = False
) -> Article:
    """The article behind a file name, a URL or `-` (standard input), with its attributions.

    `date` is the day it was published: it gives a dateline its year. `date` and `outlet` stand where the source says
    nothing else itself. With `any_language` an article that is not English is read as if it were.

    Raises UnreadableSource, or the kind of it that says why, for a source that is no readable article; BadSetting
    for a date that is none.
    """
    published = day_of(date)
    loading = _model_loading()
    from sayso.reading import read_source

    article = read_source(
        os.fspath(source), published=published, outlet=outlet, any_language=any_language, limits=read_limits()
    )
    loading.join()
    return extracted(article)


def read_text(
    text: str, *, name: str = "text", date: Day = None, outlet: str | None = None, any_language: bool = False
) -> Article:
    """The article in a string of plain text, with its attributions; else as `read`.

    `name` stands for the source in messages and in the record.
    """
    published = day_of(date)
    from sayso import reading

    return extracted(
        reading.read_text(
            text, name=name, published=published, outlet=outlet, any_language=any_language, limits=read_limits()
        )
    )


def read_many(
    sources: Iterable[str | os.PathLike[str]],
    *,
    jobs: int | None = None,
    date: Day = None,
    outlet: str | None = None,
    any_language: bool = False,
) -> Iterator[tuple[str, Article | Exception]]:
    """Each source with its article, or with the error that kept it from being read, in the order of the sources.

    Reads `jobs` articles at a time (None: the setting SAYSO_JOBS, by default one for each core) and only a few ahead
    of the caller, so that a long list takes no more memory than a short one.
    """
    published = day_of(date)
    workers = worker_count(jobs)

    def attempt(source: str | os.PathLike[str]) -> Article | Exception:
        try:
            return read(source, date=published, outlet=outlet, any_language=any_language)
        except Exception as error:
            return error

    if workers == 1:
        for source in sources:
            yield os.fspath(source), attempt(source)
        return
    from concurrent.futures import ThreadPoolExecutor

    pool = ThreadPoolExecutor(workers, thread_name_prefix="sayso-read")
    waiting: deque[tuple[str, Future[Article | Exception]]] = deque()
    try:
        for source in sources:
            waiting.append((os.fspath(source), pool.submit(attempt, source)))
            if len(waiting) > 2 * workers:
                name, future = waiting.popleft()
                yield name, future.result()
        for name, future in waiting:
            yield name, future.result()
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def read_transcript(source: str | os.PathLike[str], *, date: Day = None) -> Transcript:
    """The transcript behind a file name, a URL or `-`: its turns, and what it says of itself.

    `date` is the day of the event, where the source does not say. Raises UnreadableSource, or the kind of it that says
    why; BadSetting for a date that is none.
    """
    day = day_of(date)
    from sayso.transcripts import read_transcript

    return read_transcript(
        os.fspath(source), date=day.date() if isinstance(day, datetime) else day, limits=read_limits()
    )


def check(
    article: Article,
    transcripts: Sequence[Transcript] | Library = (),
    *,
    references: Sequence[Table | str | os.PathLike[str]] = (),
) -> list[Verdict]:
    """The verdicts on an article that was read: its quotes against transcripts, its headline, its figures.

    They are kept in `article.verdicts`, the transcripts that they rest on in `article.transcripts`. `transcripts` may
    be a `Library` that was built once for many articles; without any, quotes are not judged. `references` are tables
    of values, or the CSV files to read them from.

    Raises UnreadableSource for a table that cannot be read.
    """
    from sayso.checks.checking import check_article
    from sayso.checks.library import Library
    from sayso.checks.reference import Table, read_table

    library = transcripts if isinstance(transcripts, Library) else Library.of(transcripts)
    tables = [each if isinstance(each, Table) else read_table(Path(each)) for each in references]
    return check_article(article, library if len(library.transcripts) else None, tables=tables)


def library_of(
    names: Iterable[str], *, warn: Callable[[str], None] = lambda message: None, leave_out: Collection[Path] = ()
) -> Library:
    """The transcripts behind names of files, folders and URLs, or the index that one of them is, ready to be searched.

    `warn` is told what a reader should know of a transcript, and which files of a folder could not be read; a file that
    is named itself must be readable. `leave_out` are resolved paths that are no transcripts though they may lie in a
    folder of them: a quote must not be found in the article that it is from. Raises UnreadableSource, or the kind of it
    that says why.
    """
    from sayso.checks.folders import is_index
    from sayso.checks.library import Library

    given = list(names)
    indexes = [name for name in given if is_index(Path(name))]
    if indexes and len(given) > 1:
        raise BadSetting("transcript", indexes[0], "an index alone: add the others to it (sayso index)")
    if indexes:
        library = Library.open(Path(indexes[0]))
    else:
        library = Library.of(list(transcripts_of(given, warn=warn, strict=True, leave_out=leave_out)))
    if not len(library.transcripts):
        # A check against nothing would pass whatever the article quotes.
        raise UnreadableSource(given[0], "there is no transcript in it that could be read", "Name another")
    return library


def transcripts_of(
    names: Iterable[str],
    *,
    warn: Callable[[str], None] = lambda message: None,
    strict: bool = False,
    leave_out: Collection[Path] = (),
) -> Iterator[Transcript]:
    """The transcripts behind names of files, folders and URLs, one by one, but for those of `leave_out` in folders.

    `warn` is told what a reader should know of each, and which could not be read; where `strict` is set, one that is
    named itself must be readable. Raises UnreadableSource for one that is not, and for a folder without any.
    """
    from sayso.transcripts import read_transcripts, transcript_names

    given = list(names)
    wanted = [name for name in transcript_names(given) if name in given or Path(name).resolve() not in leave_out]
    if not wanted and given:
        raise UnreadableSource(given[0], "there is no transcript in it but what is checked", "Name another folder")
    # An error names a file as the system writes it: "folder" for "folder/".
    named = {*given, *(str(Path(name)) for name in given)}
    for each in read_transcripts(wanted, limits=read_limits()):
        if isinstance(each, UnreadableSource):
            if strict and each.name in named:
                raise each
            warn(str(each))
            continue
        name = each.source.name if each.source else each.id
        for warning in each.warnings:
            warn(f"{name}: warning: {warning}")
        yield each


def tables_of(references: Iterable[str | os.PathLike[str]]) -> list[Table]:
    """The tables of reference values in CSV files. Raises UnreadableSource for one that is none."""
    paths = [Path(each) for each in references]
    if not paths:
        return []
    from sayso.checks.reference import read_table

    return [read_table(path) for path in paths]


def worker_count(jobs: int | None = None) -> int:
    """How many articles to read at a time: `jobs`, or else the setting, or else one for each core we may use."""
    wanted = JOBS.value() if jobs is None else jobs
    if wanted < 0:
        raise BadSetting("jobs", wanted, "a whole number of threads, 0 for one for each core")
    affinity: Any = getattr(os, "sched_getaffinity", None)
    return wanted or (len(affinity(0)) if affinity else os.cpu_count() or 1)


def day_of(value: Day) -> Date | datetime | None:
    """The date that a caller gave, in whichever form. Raises BadSetting for a text that is no ISO 8601 date.

    >>> day_of("2026-03-14")
    datetime.date(2026, 3, 14)
    """
    if not isinstance(value, str):
        return value
    try:
        return Date.fromisoformat(value) if len(value) <= 10 else datetime.fromisoformat(value)
    except ValueError:
        raise BadSetting("date", value, "a day written like 2026-03-14") from None


def read_limits() -> Limits:
    """The reading limits with what the settings say."""
    from sayso.reading import Limits

    return Limits(
        max_bytes=MAX_BYTES.value(),
        parse_timeout_s=PARSE_TIMEOUT.value(),
        parse_memory_mb=PARSE_MEMORY.value(),
        fetch_timeout_s=FETCH_TIMEOUT.value(),
    )


_loading: list[threading.Thread] = []
_loading_lock = threading.Lock()


def _model_loading() -> threading.Thread:
    """The thread that loads the model, started by the first article while that one is being read.

    Parsing a first page waits 0.4 s for another process, and importing ONNX Runtime takes as long: beside one another
    a cold `sayso read` pays for one of the two. A model that cannot be loaded is left for extraction to complain of,
    where the caller hears it.
    """

    def load() -> None:
        with contextlib.suppress(Exception):
            from sayso.extraction import load_model

            load_model()

    with _loading_lock:
        if not _loading:
            _loading.append(threading.Thread(target=load, name="sayso-model"))
            _loading[0].start()
        return _loading[0]


def extracted(article: Article) -> Article:
    """The article with its attributions, speakers, statements and figures put on it."""
    from sayso.extraction import read_scores

    return _completed(article, read_scores(article))


def extracted_many(
    articles: Iterable[Article], *, on_begin: Callable[[int], None] = lambda number: None
) -> Iterator[Article | Exception]:
    """Each article as `extracted`, or the error that it came to, in their order.

    Bit for bit what they come to one by one. The encoder's windows of up to 8 articles (of 40,000 characters together,
    if there is more than one) are taken in the order of their length before the first article is completed: memory is
    bounded, and a process that is killed loses no more than a few seconds' work.

    `on_begin` is told each time that work turns to an article, by its place among them, so more than once of each.
    Raises MemoryError, which says nothing of the article.
    """
    from sayso.extraction import read_scores_many

    start = 0
    for group in _groups(articles):

        def turned_to(place: int, start: int = start) -> None:
            on_begin(start + place)

        waiting = deque(read_scores_many(group, on_begin=turned_to))
        for number, article in enumerate(group, start):
            # Out of the queue, so that the scores of an article go when it is completed.
            result: Any = waiting.popleft()
            if not isinstance(result, Exception):
                on_begin(number)
                try:
                    result = _completed(article, result)
                except MemoryError:
                    raise
                except Exception as error:
                    result = error
            yield result
        start += len(group)


_TOGETHER = 8
_TOGETHER_CHARACTERS = 40_000


def _groups(articles: Iterable[Article]) -> Iterator[list[Article]]:
    """The articles that are read side by side."""
    group, characters = list[Article](), 0
    for article in articles:
        if group and characters + len(article.text) > _TOGETHER_CHARACTERS:
            yield group
            group, characters = [], 0
        group.append(article)
        characters += len(article.text)
        if len(group) == _TOGETHER:
            yield group
            group, characters = [], 0
    if group:
        yield group


def _completed(article: Article, reading: Reading) -> Article:
    from sayso.extraction import extract_attributions, learned_classes
    from sayso.figures import extract_figures
    from sayso.speakers import resolve_speakers
    from sayso.statements import compose

    article.attributions = extract_attributions(article, reading=reading)
    resolve_speakers(article, reading)
    compose(article, learned=learned_classes(article.attributions, reading))
    article.figures = extract_figures(article)
    return article
