"""Every reader of sayso with examples of what it reads; a reader may raise errors of sayso and nothing else."""

from __future__ import annotations

import gzip
import json
import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.fuzzing import examples as given
from sayso.batch.journal import Journal
from sayso.batch.layout import Folder
from sayso.batch.manifest import Entry, read_entry
from sayso.batch.parquet import read_part
from sayso.checks.index import join
from sayso.checks.storing import open_segment
from sayso.documents import Article, Document, Transcript
from sayso.errors import SaysoError
from sayso.exports import restoring
from sayso.intake import Failure, items_of, read_item
from sayso.intake.parquet import parquet_items
from sayso.intake.stretches import items_in, scan
from sayso.reading import Limits, read_bytes
from sayso.records import article_to_json
from sayso.transcripts import read_transcript_bytes
from tests.reading.test_newsml import item as news_item
from tests.transcripts.making import docx_of, pdf_of

ROOT = Path(__file__).resolve().parent.parent.parent
LIMITS = Limits(max_bytes=300_000)


@dataclass(frozen=True, slots=True)
class Reader:
    """What is read how: `read` is given the bytes and an empty folder."""

    examples: Callable[[], Sequence[bytes]]
    pieces: tuple[bytes, ...]
    read: Callable[[bytes, Path], None]


def try_one(reader: Reader, data: bytes) -> str:
    """`read`, or the name of the error of sayso that came; whatever else is raised comes through."""
    folder = Path(tempfile.mkdtemp(prefix="fuzzing-"))
    try:
        reader.read(data, folder)
    except SaysoError as error:
        return type(error).__name__
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return "read"


def _hold(document: Document) -> None:
    """Holds the spans of a document against its text and its source."""
    spans = [*document.paragraphs, document.headline, document.byline] if isinstance(document, Article) else []
    spans += [turn.span for turn in document.turns] if isinstance(document, Transcript) else []
    for span in spans:
        if span is not None:
            assert 0 <= span.start <= span.end <= len(document.text), span
            there = document.source_span(span)
            if there is not None and document.source is not None:
                assert 0 <= there.start <= there.end <= len(document.source.text), there
                document.source.to_bytes(there)
    document.text.encode("utf-8")


def _article(name: str) -> Callable[[bytes, Path], None]:
    return lambda data, _: _hold(read_bytes(data, name, any_language=True, limits=LIMITS))


def _transcript(name: str) -> Callable[[bytes, Path], None]:
    return lambda data, _: _hold(read_transcript_bytes(data, name, limits=LIMITS))


def _intake(name: str) -> Callable[[bytes, Path], None]:
    """All that intake makes of a file, read; the same of its stretches, where it is a container."""

    def read(data: bytes, folder: Path) -> None:
        path = folder / name
        path.write_bytes(data)
        made = list(items_of([path], limits=LIMITS))
        for each in made[:20]:
            if isinstance(each, Failure):
                assert each.kind != "failed", each
                continue
            try:
                if each.media_type != "text/html":  # Pages have a reader of their own here: a child is slow.
                    document = read_item(each, any_language=True, limits=LIMITS)
                    _hold(document)
            except SaysoError:
                continue
        if not name.endswith(("xml", "parquet")):
            parts = list(scan(path, limits=LIMITS, spool=folder / "spool"))
            found = [each for part in parts for each in items_in(part, limits=LIMITS)]
            assert [each.name for each in found] == [each.name for each in made]

    return read


def _parquet(data: bytes, folder: Path) -> None:
    path = folder / "news.parquet"
    path.write_bytes(data)
    assert all(
        each.kind != "failed" for each in parquet_items(path, "news", limits=LIMITS) if isinstance(each, Failure)
    )


def _record(data: bytes, folder: Path) -> None:
    path = folder / "record.json"
    path.write_bytes(data)
    for article in restoring.read(path):
        article_to_json(article)


def _index(data: bytes, folder: Path) -> None:
    path = folder / "one.index"
    path.write_bytes(data)
    stored = open_segment(path)
    join([stored.segment])
    for number in range(min(len(stored.keys), 5)):
        stored.transcript(number)


def _part(data: bytes, folder: Path) -> None:
    path = folder / "part.parquet"
    path.write_bytes(data)
    rows = read_part(path)
    if rows and "text" in rows[0]:
        from sayso.batch.restoring import _prepared

        _prepared({"articles": rows})


def _entry(data: bytes, folder: Path) -> None:
    place = Folder(folder)
    place.entry(1).parent.mkdir()
    place.entry(1).write_bytes(data)
    entry = read_entry(place, 1)
    assert entry is None or isinstance(entry, Entry)


def _journal(data: bytes, folder: Path) -> None:
    (folder / "attempt-1.jsonl").write_bytes(data)
    with Journal(folder) as journal:
        for table in ("articles", "attributions"):
            list(journal.rows(table))


READERS: dict[str, Reader] = {
    "HTML": Reader(lambda: [given.page()], given.MARKUP, _article("a.html")),
    "plain text": Reader(lambda: [given.TEXT.encode(), given.TEXT.encode("cp1252")], given.WORDS, _article("a.txt")),
    "Markdown": Reader(lambda: [f"# {given.TEXT}\n* one\n\n> two\n".encode()], given.WORDS, _article("a.md")),
    "JSON-LD": Reader(lambda: [json.dumps(given.JSON_LD).encode()], given.JSON, _article("a.jsonld")),
    "NewsML-G2": Reader(lambda: [news_item()], given.MARKUP, _article("a.xml")),
    "NewsML 1": Reader(given.agency("newsml12.xml"), given.MARKUP, _article("a.xml")),
    "NITF": Reader(given.agency("nitf.xml"), given.MARKUP, _article("a.xml")),
    "ninjs": Reader(given.agency("ninjs1.json", "ninjs2.json", "ninjs3.json"), given.JSON, _article("a.json")),
    "packages": Reader(
        given.agency("message.xml", "ninjs1.json", "newsml12.xml"),
        (*given.MARKUP, *given.JSON),
        _intake("a.xml"),
    ),
    "feeds": Reader(given.feeds, given.FEED, _intake("feed.xml")),
    "JSON Lines": Reader(lambda: [given.lines(), gzip.compress(given.lines())], given.JSON, _intake("wire.jsonl")),
    "WARC": Reader(given.warcs, given.RECORDS, _intake("crawl.warc.gz")),
    "Parquet": Reader(lambda: [given.rows()], given.BINARY, _parquet),
    "WebVTT": Reader(lambda: [given.VTT], given.CAPTIONS, _transcript("a.vtt")),
    "SubRip": Reader(lambda: [given.SRT], given.CAPTIONS, _transcript("a.srt")),
    "transcript as PDF": Reader(lambda: [pdf_of([given.TALK.split("\n")] * 2)], given.BINARY, _transcript("a.pdf")),
    "transcript as DOCX": Reader(
        lambda: [docx_of([[(each, "b")] for each in given.TALK.split("\n\n")])],
        given.BINARY,
        _transcript("a.docx"),
    ),
    "transcript as JSON": Reader(given.talk_json, given.JSON, _transcript("a.json")),
    "transcript as HTML": Reader(lambda: [given.TALK_PAGE.encode()], given.MARKUP, _transcript("a.html")),
    "transcript as text": Reader(
        lambda: [given.TALK.encode(), given.TALK.encode() * 9],
        given.SPOKEN,
        _transcript("a.txt"),
    ),
    "record": Reader(lambda: [json.dumps(given.record_of_text()).encode()], given.JSON, _record),
    "index of transcripts": Reader(given.indexes, given.BINARY, _index),
    "part of a batch": Reader(given.parts, given.BINARY, _part),
    "entry of a batch": Reader(given.entries, given.JSON, _entry),
    "journal of a batch": Reader(given.journals, given.JSON, _journal),
}
