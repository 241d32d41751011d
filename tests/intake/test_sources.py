"""What users name: files, folders, addresses and standard input, told apart by their content."""

from __future__ import annotations

import gzip
import io
import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest

from sayso.intake import Failure, Item, items_of
from sayso.intake.kinds import kind_of
from sayso.reading import Limits
from tests.intake.making import SITE, crawl, page, record, response, sentences, serving, unfiltered
from tests.intake.test_feeds import RSS, item

TEXT = "\n\n".join(sentences(1))
LINE = json.dumps({"text": TEXT}) + "\n"
CAPTIONS = "WEBVTT\n\n00:01.000 --> 00:04.000\n<v Ann Lee>We will not sell the ferry.\n"
LD = json.dumps({"@context": "https://schema.org", "@type": "NewsArticle", "headline": "One", "articleBody": TEXT})


def names(made: list[Item | Failure], base: Path) -> list[str]:
    return [each.name.replace(f"{base}{os.sep}", "") for each in made]


@pytest.mark.parametrize("head, name, media_type, kind", [
    pytest.param(b"WARC/1.0\r\n", "crawl", None, "warc", id="warc-by-content"),
    pytest.param(b"rubbish", "crawl.warc.gz", None, "warc", id="warc-by-name-where-its-beginning-is-damaged"),
    pytest.param(b"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- a --><rss>", "a.txt", None, "feed", id="rss"),
    pytest.param("<feed xmlns='x'>".encode("utf-16"), "a.xml", None, "feed", id="atom-in-utf-16"),
    pytest.param(b"<atom:feed xmlns:atom='x'>", "a", None, "feed", id="atom-with-a-prefix"),
    pytest.param(b"<rdf:RDF xmlns='http://purl.org/rss/1.0/'>", "a", None, "feed", id="rdf-of-a-feed"),
    pytest.param(b"<rdf:RDF xmlns='http://xmlns.com/foaf/0.1/'>", "a", None, "other", id="rdf-of-other-things"),
    pytest.param(b"<!doctype html><p>", "a", "application/rss+xml", "other", id="page-that-is-sent-as-a-feed"),
    pytest.param(b'{"version": "https://jsonfeed.org/version/1"', "a.json", None, "feed", id="json-feed"),
    pytest.param(b"PAR1\x15\x04\x15", "a", None, "parquet", id="parquet-by-content"),
    pytest.param(b"rubbish", "a.parquet", None, "parquet", id="parquet-by-name-where-its-beginning-is-damaged"),
    pytest.param(b"PAR1 of the town", "a.txt", None, "other", id="text-that-begins-as-parquet-does"),
    pytest.param(b'{"text": "a"}\n{"text"', "a.txt", None, "lines", id="json-lines-by-content"),
    pytest.param(b'{"text":\n "a"}', "a.json", None, "other", id="json"),
    pytest.param(b"rubbish", "a.jsonl", None, "lines", id="json-lines-by-name"),
    pytest.param(b"WEBVTT\n\n00:01", "a.txt", None, "transcript", id="captions"),
    pytest.param(b"Mill to close", "a.txt", None, "other", id="text"),
    pytest.param(b"", "a.txt", None, "other", id="nothing"),
])  # fmt: skip
def test_kinds(head: bytes, name: str, media_type: str | None, kind: str) -> None:
    assert kind_of(head, name, media_type) == kind


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """One of everything."""
    (tmp_path / "inner").mkdir()
    (tmp_path / ".hidden").mkdir()
    files: dict[str, bytes | str] = {
        "article.txt": TEXT, "page.html": page(1), "data.json": LD, "wire.jsonl": LINE * 2,
        "feed.xml": RSS.format(item(1)),
        "wire2.jsonl.gz": gzip.compress(LINE.encode()), "crawl.warc.gz": crawl(2, packed=True)[0],
        "inner/talk.vtt": CAPTIONS, "inner/b.txt": TEXT, ".hidden/c.txt": TEXT, ".d.txt": TEXT,
        "package.json": '{"name": "a", "version": "1"}', "picture.png": b"\x89PNG", "layout.xml": "<layout/>",
    }  # fmt: skip
    for name, content in files.items():
        (tmp_path / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return tmp_path


def test_a_folder_in_order_of_names(folder: Path) -> None:
    notes: list[str] = []
    made = list(items_of([folder], on_note=notes.append))
    assert names(made, folder) == [
        "article.txt", "crawl.warc.gz#0", f"crawl.warc.gz#{crawl(2, packed=True)[1][1]}", "data.json", "feed.xml#tag:1",
        "inner/b.txt", "inner/talk.vtt", "page.html", "wire.jsonl:1", "wire.jsonl:2", "wire2.jsonl.gz:1",
    ]  # fmt: skip
    assert notes == [f"{folder}: passed over files of other kinds (3)"]


def test_what_is_in_a_folder_has_it_as_its_origin(folder: Path) -> None:
    made = {Path(each.name).name: each for each in items_of([folder])}
    assert made["article.txt"].origin == str(folder)
    assert made["wire.jsonl:1"].origin == str(folder / "wire.jsonl")
    assert made["talk.vtt"].kind == "transcript"


def test_links_in_circles_pipes_and_devices_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "round").symlink_to(tmp_path)
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    (tmp_path / "zero.txt").symlink_to("/dev/zero")
    os.mkfifo(tmp_path / "pipe.txt")
    notes: list[str] = []
    assert names(list(items_of([tmp_path], on_note=notes.append)), tmp_path) == ["a.txt"]
    assert notes == [f"{tmp_path}: passed over links to folders (1), pipes, devices and broken links (3)"]


@pytest.mark.parametrize("make, words", [
    pytest.param(lambda path: None, "there is no such file", id="missing"),
    pytest.param(lambda path: path.mkdir(), "there is no article in this folder", id="empty-folder"),
    pytest.param(lambda path: path.symlink_to("/dev/zero"), "it is a device", id="device"),
    pytest.param(lambda path: path.write_bytes(b"a" * 2_000), "over the limit of 1,000 bytes", id="too-large"),
])  # fmt: skip
def test_what_cannot_be_read_is_a_failure(tmp_path: Path, make: Any, words: str) -> None:
    make(tmp_path / "given.txt")
    (made,) = items_of([tmp_path / "given.txt"], limits=Limits(max_bytes=1_000))
    assert isinstance(made, Failure)
    assert words in made.reason


def test_a_failure_stands_between_what_could_be_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    made = list(items_of([tmp_path / "a.txt", tmp_path / "b.txt", tmp_path / "a.txt"]))
    assert [type(each) for each in made] == [Item, Failure, Item]


@pytest.mark.parametrize("data, kind", [
    pytest.param(gzip.compress(LINE.encode() * 1000)[:-100], "truncated", id="cut-off"),
    pytest.param(gzip.compress(LINE.encode() * 1000)[:-6] + b"abcdef", "damaged", id="checksum"),
    pytest.param(b"\x1f\x8b\x08\0" + b"rubbish that is not packed", "damaged", id="rubbish"),
])  # fmt: skip
def test_a_packed_file_that_is_damaged(tmp_path: Path, data: bytes, kind: str) -> None:
    path = tmp_path / "wire.jsonl.gz"
    path.write_bytes(data)
    made = list(items_of([path]))
    assert made[-1].kind == kind
    assert all(isinstance(each, Item) for each in made[:-1])


def test_a_packed_bomb_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "article.txt.gz"
    path.write_bytes(gzip.compress(b"a" * 50_000_000))
    (made,) = items_of([path], limits=Limits(max_bytes=100_000))
    assert made.kind == "refused"


@pytest.mark.parametrize("data, expected", [
    pytest.param(TEXT.encode(), ["-"], id="article"),
    pytest.param(LINE.encode() * 2, ["-:1", "-:2"], id="json-lines"),
    pytest.param(record(response(page(1)), url=SITE), ["-#0"], id="warc"),
    pytest.param(CAPTIONS.encode(), ["-"], id="captions"),
])  # fmt: skip
def test_standard_input(monkeypatch: pytest.MonkeyPatch, data: bytes, expected: list[str]) -> None:
    reading, writing = os.pipe()
    with os.fdopen(writing, "wb") as given:
        given.write(data)
    with os.fdopen(reading, "rb") as pipe:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(pipe))
        made = list(items_of(["-"]))
        assert [each.name for each in made if isinstance(each, Item)] == expected


@pytest.mark.parametrize("media_type, data, expected", [
    pytest.param("text/html; charset=utf-8", page(1), ["/x"], id="page"),
    pytest.param("application/rss+xml", RSS.format(item(1)).encode(), ["/story/1"], id="feed"),
    pytest.param("text/plain", RSS.format(item(1)).encode(), ["/story/1"], id="feed-that-is-sent-as-text"),
    pytest.param("application/warc", crawl(1, packed=True)[0], ["/x#0"], id="warc"),
    pytest.param("application/x-ndjson", LINE.encode(), ["/x:1"], id="json-lines"),
    pytest.param("text/vtt", CAPTIONS.encode(), ["/x"], id="captions"),
])  # fmt: skip
def test_an_address_is_told_by_what_it_delivers(media_type: str, data: bytes, expected: list[str]) -> None:
    with serving(lambda path, headers: (200, {"Content-Type": media_type}, data)) as address:
        made = list(items_of([f"{address}/x"], make_session=unfiltered))
    assert [each.name.removeprefix(address) for each in made] == expected
    assert all(isinstance(each, Item) for each in made)


def test_a_private_address_is_refused() -> None:
    (made,) = items_of(["http://127.0.0.1:9/x"])
    assert made.kind == "refused"


def test_transcripts_by_name(tmp_path: Path) -> None:
    (tmp_path / "talk.txt").write_text("MS. LEE: No.\n\nQ: Why?\n")
    (tmp_path / "talks").mkdir()
    (tmp_path / "talks/a.txt").write_text("MS. LEE: No.\n")
    (tmp_path / "talks/b.jsonl").write_text('{"text": "a"}\n\n{"text": "b"}\n')
    (tmp_path / "index").mkdir()
    (tmp_path / "index/library.json").write_text("{}")
    given = [tmp_path / "talk.txt", tmp_path / "talks", tmp_path / "index", tmp_path / "gone.txt"]
    made = list(items_of([], transcripts=given))
    assert names(made, tmp_path) == [
        "talk.txt",
        "talks/a.txt",
        "talks/b.jsonl:1",
        "talks/b.jsonl:3",
        "index",
        "gone.txt",
    ]
    assert [each.kind for each in made] == ["transcript"] * 4 + ["unreadable"] * 2


def test_what_is_named_as_a_transcript_is_no_article_too(folder: Path) -> None:
    made = list(items_of([folder], transcripts=[folder / "inner/b.txt"]))
    assert [each.kind for each in made if each.name.endswith("b.txt")] == ["transcript"]


def test_a_name_that_no_file_can_have() -> None:
    assert [each.kind for each in items_of(["a" * 5_000, "a\0b"], transcripts=["b" * 5_000])] == ["unreadable"] * 3


def test_progress_counts_files_ahead(folder: Path) -> None:
    told: list[tuple[int, int | None, str]] = []
    list(items_of([folder, folder / "article.txt"], on_progress=lambda *each: told.append(each)))
    assert told[0] == (1, 12, "files")
    assert told[-1] == (12, 12, "files")
    assert [each[0] for each in told] == list(range(1, 13))


def test_progress_of_one_crawl_is_in_bytes(tmp_path: Path) -> None:
    data, places = crawl(3, packed=True)
    (tmp_path / "crawl.warc.gz").write_bytes(data)
    told: list[tuple[int, int | None, str]] = []
    list(items_of([tmp_path / "crawl.warc.gz"], on_progress=lambda *each: told.append(each)))
    assert told == [(place, len(data), "bytes") for place in places]


def test_nothing_is_read_before_it_is_asked_for(tmp_path: Path) -> None:
    made = items_of([tmp_path / "later.txt"])
    (tmp_path / "later.txt").write_text(TEXT)
    assert isinstance(next(made), Item)
