"""What users give to a server into its archive: taken apart and read in children, kept here."""

from __future__ import annotations

import re
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from sayso.adding import Added, Checking, add_items, given_of
from sayso.archive.forms import Given, Saved
from sayso.documents import Article, Transcript
from sayso.errors import BadRequest
from sayso.intake.items import Failure, Item
from sayso.pipeline import day_of
from sayso.reading.fetch import is_url
from sayso.web.jobs import Job
from sayso.web.readings import Reading
from sayso.web.state import Serving
from sayso.web.taking_apart import taken_apart
from sayso.web.workers import Packed, Upload

_MOST_GIVEN = 200
_LONGEST_NAME = 120


def add_job(
    server: Serving,
    uploads: Sequence[Upload],
    *,
    transcripts: Sequence[Upload] = (),
    date: str | None = None,
    outlet: str | None = None,
    any_language: bool = False,
    check: bool = False,
    by: str,
) -> Job:
    """A job that adds to the archive what was given, everything that `sayso add` takes: files, addresses, containers.

    Its results are as `sayso add --format jsonl` prints them; with `check` each article that came in is checked
    afterwards, and has a result with the outcome `checked`. Raises BadSetting, BadRequest, ServerBusy.
    """
    day_of(date)
    given = [*uploads, *transcripts]
    if not given:
        raise BadRequest("There is nothing to add: give a file, a text or an address")
    if len(given) > _MOST_GIVEN:
        raise BadRequest(f"{len(given)} files and addresses at once are over the limit of {_MOST_GIVEN}")
    for each in given:
        if each.url is not None and not is_url(each.url):
            raise BadRequest(f"{each.url[:200]!r} is no address: it begins with https://")
    # Deleted when the job has ended, or else when this process does.
    room = tempfile.TemporaryDirectory(prefix="sayso-given-", ignore_cleanup_errors=True)
    folder = Path(room.name)
    try:
        sources, apart = _put(folder, uploads, Counter()), _put(folder, transcripts, Counter({"": 1}))
    except BaseException:
        room.cleanup()
        raise
    reading: dict[str, Any] = {"date": date, "outlet": outlet, "any_language": any_language}

    def work(job: Job) -> Iterator[dict[str, Any]]:
        kept: list[int] = []
        items = taken_apart(folder, sources, apart, job=job)
        for done, each in enumerate(_added(server, items, reading), 1):
            if job.unit in ("", "texts"):
                job.progress(done, None, "texts")
            if each.saved is not None and each.saved.kind == "article" and each.outcome != "unchanged":
                kept.append(each.saved.id)
            yield each.to_json()
        if check and kept:
            yield from _checked(server, job, server.archive.by_day(kept))

    about = given[0].name[:200] + (f" and {len(given) - 1} more" if len(given) > 1 else "")
    return server.jobs.start("add", work, by=by, about=about, after=room.cleanup)


def check_job(server: Serving, ids: Iterable[int] | None = None, *, by: str, about: str = "") -> Job:
    """A job that checks articles of the archive (None: all) against its transcripts and keeps the verdicts.

    Its results have the outcome `checked`, the article's id, and how many verdicts there are of each kind.
    Raises NoSuchEntry, ServerBusy.
    """
    chosen = server.archive.by_day(ids)

    def work(job: Job) -> Iterator[dict[str, Any]]:
        yield from _checked(server, job, chosen)

    told = about or (f"{len(chosen):,} articles" if len(chosen) != 1 else f"article {chosen[0]}")
    return server.jobs.start("check", work, by=by, about=told)


def keep(server: Serving, reading: Reading) -> Saved:
    """What became of a reading in the archive, into which its transcripts go as well. Raises ArchiveError."""
    for transcript in reading.transcripts:
        name = transcript.source.name if transcript.source else transcript.id
        server.archive.save_transcript(transcript, Given(name, origin=name, upload=True))
    item = Item(reading.given.name, reading.given.name, reading.given.data)
    # An address was fetched elsewhere: what it delivered has no digest here.
    given = Given(item.name, origin=item.origin) if reading.given.url else given_of(item, upload=True)
    saved = server.archive.save(reading.article, given)
    if reading.article.verdicts:
        server.archive.keep_verdicts(saved.id, reading.article)
    return saved


def _added(server: Serving, items: Iterable[Item | Failure], reading: dict[str, Any]) -> Iterator[Added]:
    def read(item: Item) -> Article | Transcript:
        return server.workers.read_item(item, **reading)

    yield from add_items(items, server.archive, workers=server.workers.count, read=read, uploads=True)


def _checked(server: Serving, job: Job, ids: Sequence[int]) -> Iterator[dict[str, Any]]:
    """Checks articles, which are in the order of their days."""
    packed: dict[int, Packed] = {}

    def checker(article: Article, transcripts: Sequence[Transcript]) -> None:
        # Neighbours are held against the same transcripts, which are made ready once.
        known = {id(each): packed.get(id(each)) or Packed(each) for each in transcripts}
        packed.clear()
        packed.update(known)
        server.workers.check(article, list(known.values()), spare=True, patient=True)

    checking = Checking(server.archive, checker=checker)
    job.progress(0, len(ids), "articles")
    for done, (number, article) in enumerate(server.archive.corrected_articles(ids), 1):
        kept = checking.check(number, article)
        job.progress(done, len(ids), "articles")
        headline = article.headline.of(article.text) if article.headline else None
        verdicts = Counter(f"{each.check}: {each.value}" for each in article.verdicts)
        yield {
            "name": headline or f"article {number}",
            "outcome": "checked" if kept else "changed meanwhile",
            "article": number,
            "verdicts": dict(verdicts),
            "warnings": [],
        }


def _put(folder: Path, uploads: Sequence[Upload], taken: Counter[str]) -> list[str]:
    """The names by which intake finds what was given: files in a folder, each under its own name, and addresses."""
    names = []
    for each in uploads:
        if each.url is not None:
            names.append(each.url)
            continue
        name = _file_name(each)
        while (folder / name).exists():
            taken[name] += 1
            stem, dot, suffix = name.partition(".")
            name = f"{stem} ({taken[name] + 1}){dot}{suffix}"
        (folder / name).write_bytes(each.data)
        names.append(name)
    return names


def _file_name(upload: Upload) -> str:
    """A name that is nothing but a name: no folder, no control characters, nothing hidden, and not `-`."""
    bare = upload.name.replace("\\", "/").rpartition("/")[2]
    name = re.sub(r"[\x00-\x1f\x7f:*?\"<>|#\ud800-\udfff]", "_", bare).strip().lstrip(".-")
    while len(name.encode()) > _LONGEST_NAME:
        name = name[1:]
    if not name:
        name = "upload"
    return f"{name}.txt" if upload.media_type == "text/plain" and "." not in name else name
