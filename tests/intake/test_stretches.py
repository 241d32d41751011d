"""Which inputs a batch has, where they are cut, and what is told when one is not as it was."""

from __future__ import annotations

import errno
import gzip
import json
import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from sayso.errors import NoSuchSource, RefusedAddress, SourceChanged, UnreadableSource
from sayso.intake import Failure, items_of
from sayso.intake.stretches import Stretch, inputs_of, items_in, join, scan
from sayso.reading import Limits
from tests.intake.making import crawl, page, sentences


def lines(count: int) -> bytes:
    return b"".join(json.dumps({"text": " ".join(sentences(number))}).encode() + b"\n" for number in range(count))


@pytest.fixture
def there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to be in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def fill(*names: str) -> None:
    for name in names:
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_bytes(lines(1))


@pytest.mark.parametrize("names, found", [
    pytest.param(["b.jsonl", "a.jsonl"], ["a.jsonl", "b.jsonl"], id="sorted"),
    pytest.param(["a.jsonl", "./a.jsonl", "a.jsonl"], ["a.jsonl"], id="once"),
    pytest.param(["news"], ["news", "news/w.warc", "news/x/y.jsonl.gz"], id="a-folders-containers-and-its-other-files"),
    pytest.param(["news/x"], ["news/x/y.jsonl.gz"], id="a-folder-of-containers-alone"),
    pytest.param(["news", "news/x", "news/1.html", "news/w.warc"], ["news", "news/w.warc", "news/x/y.jsonl.gz"],
                 id="what-is-in-a-folder-that-is-named-too"),
    pytest.param(["news", "news/.kept.html"], ["news", "news/.kept.html", "news/w.warc", "news/x/y.jsonl.gz"],
                 id="what-a-folder-would-not-be-searched-for"),
    pytest.param(["empty"], ["empty"], id="an-empty-folder-says-so-itself"),
    pytest.param(["gone.jsonl", "-"], ["-", "gone.jsonl"], id="what-is-not-there-says-so-itself"),
])  # fmt: skip
def test_inputs(there: Path, names: list[str], found: list[str]) -> None:
    fill("a.jsonl", "b.jsonl", "news/1.html", "news/w.warc", "news/x/y.jsonl.gz", "news/.kept.html", "news/z.png")
    (there / "empty").mkdir()
    assert inputs_of(names) == found


def test_an_address_is_no_input() -> None:
    with pytest.raises(RefusedAddress, match="a batch reads files"):
        inputs_of(["https://tidewater.example/feed"])


@pytest.mark.usefixtures("there")
def test_the_folder_of_a_batch_is_no_input() -> None:
    fill("news/batch.json", "news/shards/000000.json", "news/statements/part-000000.parquet")
    with pytest.raises(UnreadableSource, match=r"read already\. Go on with it by --output alone, or give it to sayso"):
        inputs_of(["news"])
    assert inputs_of(["news/statements"]) == ["news/statements/part-000000.parquet"]


@pytest.mark.parametrize("name, data, kind, words", [
    pytest.param("gone.jsonl", None, "unreadable", "there is no such file", id="not-there"),
    pytest.param("feed.xml", b"<rss><channel><item/></channel></rss>", "refused", "it is a feed", id="a-feed"),
    pytest.param("wire.jsonl", b"", "unreadable", "it is empty", id="nothing-in-it"),
    pytest.param("crawl.warc", b"", "unreadable", "there is no page in it", id="a-crawl-of-nothing"),
    pytest.param("news.parquet", b"PAR1\x15", "damaged", "cannot be read as Parquet", id="no-parquet"),
])  # fmt: skip
def test_what_is_wrong_with_an_input_as_a_whole(
    there: Path, name: str, data: bytes | None, kind: str, words: str
) -> None:
    if data is not None:
        Path(name).write_bytes(data)
    (stretch,) = scan(name, spool=there / "spool")
    failure = stretch.failure
    assert failure is not None
    assert (failure.kind, failure.name, stretch.count) == (kind, name, 1)
    assert words in failure.reason
    assert list(items_in(stretch)) == [failure]
    if kind != "refused":
        assert list(items_of([name])) == [failure]


def test_a_failure_of_one_article_is_none_of_the_input(there: Path) -> None:
    Path("wire.jsonl").write_bytes(b"{broken\n" + lines(3))
    (stretch,) = scan("wire.jsonl", spool=there / "spool")
    assert (stretch.count, stretch.failure) == (4, None)


def made(name: str, there: Path) -> list[Stretch]:
    data = {
        "crawl.warc": lambda: crawl(20, packed=False)[0],
        "crawl.warc.gz": lambda: crawl(20, packed=True)[0],
        "wire.jsonl": lambda: lines(20),
        "mill.html": lambda: page(1),
    }[name]()
    Path(name).write_bytes(data)
    return list(scan(name, spool=there / "spool"))


def written_again(path: Path) -> None:
    """Of the same length, a second later."""
    stat = path.stat()
    path.write_bytes(path.read_bytes())
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns + 10**9))


changes = pytest.mark.parametrize("change, error", [
    pytest.param(lambda path: path.write_bytes(path.read_bytes() + b"\n"), SourceChanged, id="longer"),
    pytest.param(lambda path: path.write_bytes(path.read_bytes()[:-1]), SourceChanged, id="cut"),
    pytest.param(written_again, SourceChanged, id="written-again"),
    pytest.param(Path.unlink, NoSuchSource, id="gone"),
])  # fmt: skip


@changes
@pytest.mark.parametrize("name", ["crawl.warc", "crawl.warc.gz", "wire.jsonl", "mill.html"])
def test_a_file_that_is_not_as_it_was_scanned(
    there: Path, name: str, change: Callable[[Path], object], error: type[Exception]
) -> None:
    found = made(name, there)
    change(Path(name))
    with pytest.raises(error, match=f"{re.escape(name)}: the file"):
        list(items_in(found[-1]))


def test_a_file_that_changes_while_it_is_read(there: Path) -> None:
    coming = items_in(made("wire.jsonl", there)[0])
    next(coming)
    written_again(Path("wire.jsonl"))
    with pytest.raises(SourceChanged):
        list(coming)


def test_what_was_unpacked_is_gone(there: Path) -> None:
    Path("wire.jsonl.gz").write_bytes(gzip.compress(lines(20)))
    found = list(scan("wire.jsonl.gz", spool=there / "spool"))
    assert len(list(items_in(found[1]))) == 4
    for path in (there / "spool").rglob("lines"):
        path.unlink()
    with pytest.raises(NoSuchSource, match=r"wire.jsonl.gz: the file is gone"):
        list(items_in(found[1]))


def test_a_stretch_is_read_from_wherever_one_stands(there: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = made("wire.jsonl", there)
    (there / "elsewhere").mkdir()
    monkeypatch.chdir(there / "elsewhere")
    assert [each.name for each in items_in(found[1])] == [f"wire.jsonl:{number}" for number in range(17, 21)]


def test_only_neighbours_are_joined(there: Path) -> None:
    found = made("crawl.warc", there) + made("wire.jsonl", there)
    joined = join(found[:2])
    assert (joined.input, joined.first, joined.count, len(joined.parts)) == ("crawl.warc", 0, 20, 1)
    for apart in (found[1::-1], found[1:3], []):
        with pytest.raises(ValueError, match="stretch"):
            join(apart)


def test_articles_in_files_of_their_own_are_joined_across_inputs(there: Path) -> None:
    names = [f"{number}.html" for number in range(5)]
    for name in names:
        Path(name).write_bytes(page(1))
    joined = join(stretch for name in inputs_of(names) for stretch in scan(name, spool=there / "spool"))
    assert [each.name for each in items_in(joined)] == names


def test_what_is_passed_over_is_told(there: Path) -> None:
    fill("news/1.html", "news/2.png", "news/menu.json")
    Path("news/menu.json").write_text("{}")
    told: list[str] = []
    assert sum(each.count for each in scan("news", spool=there / "spool", on_note=told.append)) == 1
    assert told == ["news: passed over files of other kinds (2)"]


def test_a_broken_package_and_what_was_saved_of_it_have_names_of_their_own(there: Path) -> None:
    articles = [{"@type": "NewsArticle", "articleBody": " ".join(sentences(number))} for number in range(2)]
    Path("wire.jsonld").write_text(json.dumps(articles)[:-100])
    found = [each for stretch in scan("wire.jsonld", spool=there / "spool") for each in items_in(stretch)]
    assert [(each.name, isinstance(each, Failure)) for each in found] == [
        ("wire.jsonld#1", False),
        ("wire.jsonld", True),
    ]


def test_a_line_over_the_limit_is_one_item(there: Path) -> None:
    Path("wire.jsonl").write_bytes(lines(1) + b'{"text": "' + b"word " * 30_000 + b'"}\n' + lines(1))
    found = list(scan("wire.jsonl", limits=Limits(max_bytes=2_000), every=1, spool=there / "spool"))
    assert [type(each) for stretch in found for each in items_in(stretch, limits=Limits(max_bytes=2_000))][1] is Failure
    assert [each.count for each in found] == [1, 1, 1]


def test_a_full_disk_is_not_the_inputs_fault(there: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("wire.jsonl.gz").write_bytes(gzip.compress(lines(20)))

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("sayso.intake.spooling.os.fsync", full)
    with pytest.raises(OSError, match="No space left"):
        list(scan("wire.jsonl.gz", spool=there / "spool"))
    assert not [path for path in (there / "spool").rglob("*") if path.is_file()]
