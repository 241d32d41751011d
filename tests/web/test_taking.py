"""What is given to a server comes into its archive as `sayso add` would bring it, from children, and leaves nothing."""

from __future__ import annotations

import json
import os
import tempfile
import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from sayso.adding import add
from sayso.archive import open_archive
from sayso.errors import ArchiveFull, BadRequest, BadSetting
from sayso.transcripts import read_transcript_bytes
from sayso.verdicts import QuoteVerdict
from sayso.web.state import Serving
from sayso.web.taking import add_job, check_job, keep
from sayso.web.workers import Upload, Workers
from tests.intake.making import crawl
from tests.quoting import story
from tests.web.waiting import finished

TALK = b"MARA QUILL: The bridge is not safe.\n\nTOM BRANN: We shall close it.\n"


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    made = Workers(count=1)
    yield made
    made.close()


@pytest.fixture
def server(tmp_path: Path, workers: Workers, monkeypatch: pytest.MonkeyPatch) -> Iterator[Serving]:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "rooms"))
    (tmp_path / "rooms").mkdir()
    with open_archive(tmp_path / "archive.db", make=True) as archive:
        made = Serving(archive, workers=workers)
        yield made
        made.jobs.close()
    assert list((tmp_path / "rooms").iterdir()) == [], "what was given is deleted"


def lines(*numbers: int) -> bytes:
    return b"".join(json.dumps({"text": story(each), "outlet": "Coastal Wire"}).encode() + b"\n" for each in numbers)


FEED = (
    "<rss version='2.0'><channel><title>Coastal Wire</title><item><title>Bridge</title><link>https://wire.example/7</link>"
    f"<description>{story(7) * 2}</description></item></channel></rss>"
).encode()


def test_everything_that_add_takes_is_taken(server: Serving, tmp_path: Path) -> None:
    given = {
        "one.txt": story(1).encode(), "more.jsonl": lines(2, 3), "crawl.warc.gz": crawl(2, packed=True)[0],
        "feed.xml": FEED, "broken.txt": b"", "cut.warc.gz": crawl(2, packed=True)[0][:-40],
    }  # fmt: skip
    uploads = [Upload(name, data) for name, data in given.items()]
    job = finished(add_job(server, uploads, transcripts=[Upload("talk.txt", TALK)], by="mara", check=True))
    assert (job.state, job.error, job.by, job.about) == ("done", None, "mara", "one.txt and 6 more")
    assert (job.done, job.total, job.unit) == (job.total, job.total, "articles"), "the last thing it did was to check"
    added = [each for each in job.results if each["outcome"] != "checked"]

    folder = tmp_path / "given"
    folder.mkdir()
    for name, data in [*given.items(), ("talk.txt", TALK)]:
        (folder / name).write_bytes(data)
    before = Path.cwd()
    with open_archive(tmp_path / "other.db", make=True) as other:
        os.chdir(folder)
        try:
            expected = [each.to_json() for each in add(list(given), other, transcripts=["talk.txt"], jobs=1)]
        finally:
            os.chdir(before)
        assert added == expected
        assert server.archive.info().statements == other.info().statements > 0
    checked = [each for each in job.results if each["outcome"] == "checked"]
    assert {each["article"] for each in checked} == {
        each["saved"]["id"] for each in added if each["saved"] and each["saved"]["kind"] == "article"
    }
    assert any("quote: verbatim" in each["verdicts"] for each in checked)


def test_files_of_one_name_are_not_versions_of_one_article(server: Serving) -> None:
    given = [Upload("article.txt", story(number).encode()) for number in (1, 2)] + [Upload.of_text(story(3))]
    job = finished(add_job(server, given, by="mara"))
    assert [(each["name"], each["outcome"]) for each in job.results] == [
        ("article.txt", "added"), ("article (2).txt", "added"), ("pasted text.txt", "added"),
    ]  # fmt: skip
    again = finished(add_job(server, [Upload.of_text(story(4)), Upload.of_text(story(3))], by="tom"))
    assert [each["outcome"] for each in again.results] == ["added", "unchanged"]
    assert [len(server.archive.versions(id)) for id in range(1, 5)] == [1, 1, 1, 1]


@pytest.mark.parametrize(
    "name, kept",
    [
        pytest.param("../../etc/passwd", "passwd", id="up"),
        pytest.param("C:\\texts\\bridge.txt", "bridge.txt", id="windows"),
        pytest.param("-", "upload", id="standard-input"),
        pytest.param(".hidden", "hidden", id="hidden"),
        pytest.param("http://127.0.0.1/", "upload", id="address"),
        pytest.param("a\x00b\nc", "a_b_c", id="control-characters"),
        pytest.param("é" * 300 + ".html", "é" * 57 + ".html", id="long"),
        pytest.param("<script>alert(1)</script>.txt", "script_.txt", id="script"),
        pytest.param("\ud800.txt", "_.txt", id="no-character"),
    ],
)
def test_a_name_is_only_a_name(server: Serving, name: str, kept: str) -> None:
    job = finished(add_job(server, [Upload(name, b"")], by="mara"))
    assert [each["name"] for each in job.results] == [kept]


@pytest.mark.parametrize(
    "given, date, error",
    [
        pytest.param([], None, BadRequest, id="nothing"),
        pytest.param([Upload("a.txt", b"")] * 201, None, BadRequest, id="too-many"),
        pytest.param([Upload.of_url("wire.example/a")], None, BadRequest, id="no-address"),
        pytest.param([Upload("a.txt", b"")], "tomorrow", BadSetting, id="no-day"),
    ],
)
def test_what_cannot_be_meant_is_no_job(
    server: Serving, given: list[Upload], date: str | None, error: type[Exception]
) -> None:
    with pytest.raises(error):
        add_job(server, given, date=date, by="mara")
    assert server.jobs.all() == []


def test_a_job_that_is_stopped_keeps_what_is_in(server: Serving) -> None:
    job = add_job(server, [Upload("many.jsonl", lines(*range(60)))], by="mara")
    stopped = threading.Event()

    def stop() -> None:
        if job.counts["added"] >= 3 and not stopped.is_set():
            stopped.set()
            server.jobs.cancel(job.id)

    with server.jobs.listening(job.id, stop):
        finished(job)
    assert job.state == "cancelled"
    assert 3 <= server.archive.info().articles == job.counts["added"] < 60


def test_a_container_of_nothing_but_faults_is_given_up(server: Serving) -> None:
    job = finished(add_job(server, [Upload("a.jsonl", b'{"text": ""}\n' * 5_000), Upload.of_text(story())], by="mara"))
    kinds = Counter(each["problem"]["kind"] for each in job.results if each["problem"])
    assert (job.state, kinds) == ("done", {"unreadable": 500, "refused": 1})
    assert job.results[-1]["outcome"] == "added", "and the rest goes on"


def test_a_failing_archive_fails_the_job(server: Serving, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise ArchiveFull("archive.db", "no space is left")

    monkeypatch.setattr(server.archive, "save", full)
    job = finished(add_job(server, [Upload.of_text(story())], by="mara"))
    assert job.state == "failed" and job.error is not None and job.error["type"] == "ArchiveFull"


def test_articles_of_the_archive_are_checked_by_children(server: Serving) -> None:
    finished(add_job(server, [Upload("two.jsonl", lines(1, 2))], transcripts=[Upload("talk.txt", TALK)], by="mara"))
    job = finished(check_job(server, by="mara"))
    assert [(each["outcome"], each["article"]) for each in job.results] == [("checked", 1), ("checked", 2)]
    kept = server.archive.article(1)
    assert [each.value for each in kept.verdicts if isinstance(each, QuoteVerdict)] == ["verbatim"]
    assert (job.kind, job.done, job.total, job.about) == ("check", 2, 2, "2 articles")


def test_a_reading_that_is_kept_is_known_again(server: Serving, workers: Workers) -> None:
    given = Upload("story.txt", story().encode(), "text/plain")
    article = workers.check(workers.read(given), [read_transcript_bytes(TALK, "talk.txt")])
    reading = server.readings.keep(article, given, by="mara", transcripts=article.transcripts)
    saved = keep(server, reading)
    assert (saved.outcome, saved.id) == ("added", 1)
    assert [each.value for each in server.archive.article(1).verdicts if isinstance(each, QuoteVerdict)] == ["verbatim"]
    assert server.archive.info().transcripts == 1
    assert keep(server, reading).outcome == "unchanged"
    again = finished(add_job(server, [Upload("story.txt", story().encode())], by="tom"))
    assert [each["outcome"] for each in again.results] == ["unchanged"]
