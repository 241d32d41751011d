"""Read in stretches, an input gives what it gives as a whole: the same items and the same failures, damaged or not."""

from __future__ import annotations

import gzip
import io
import itertools
import json
import os
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import polars
import pytest
from fastwarc.warc import WarcRecordType
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.intake import Failure, Item, items_of
from sayso.intake.stretches import Stretch, follows, items_in, join, scan
from sayso.reading import Limits
from tests.intake.making import SITE, crawl, page, record, response, sentences

LIMITS = Limits(max_bytes=3_000)


def same(name: str, folder: Path, *, every: int = 16, limits: Limits = LIMITS) -> list[Stretch]:
    """The stretches of an input, after they were held against the whole of it, one by one and joined."""
    whole = list(items_of([name], limits=limits))
    found = list(scan(name, limits=limits, every=every, spool=folder / "spool"))
    carried = [Stretch.from_json(json.loads(json.dumps(each.to_json()))) for each in found]
    assert carried == found
    apart = [list(items_in(each, limits=limits)) for each in reversed(carried)][::-1]
    assert [len(each) for each in apart] == [each.count for each in carried]
    assert [item for each in apart for item in each] == whole
    assert len({each.name for each in whole}) == len(whole)
    for size in (2, len(carried)):
        runs = [join(carried[at : at + size]) for at in range(0, len(carried), size)]
        assert [item for run in runs for item in items_in(run, limits=limits)] == whole
    assert all(follows(after, before) for before, after in itertools.pairwise(carried))
    return found


def warc_records(number: int, kind: str) -> bytes:
    url = f"{SITE}/{number}"
    if kind == "request":
        return record(b"GET / HTTP/1.1\r\n\r\n", kind=WarcRecordType.request, url=url)
    if kind == "image":
        return record(response(b"\x89PNG" * 40, head="Content-Type: image/png"), url=url)
    if kind == "packed page":
        head = "Content-Type: text/html\r\nContent-Encoding: gzip"
        return record(response(gzip.compress(page(number), mtime=0), head=head), url=url)
    if kind == "too large":
        return record(response(page(number) + b" " * 4_000), url=url)
    return record(response(page(number) if kind == "page" else b"  "), url=url)


@st.composite
def warcs(draw: st.DrawFn) -> bytes:
    """WARC files in every packing, some of them damaged."""
    kinds = st.sampled_from(["page", "page", "packed page", "request", "image", "empty page", "too large"])
    made = [warc_records(number, kind) for number, kind in enumerate(draw(st.lists(kinds, max_size=12)))]
    together = draw(st.sampled_from([0, 1, 3, 100]), label="records in a gzip member")
    if together:
        groups = [b"".join(made[at : at + together]) for at in range(0, len(made), together)]
        made = [gzip.compress(group, mtime=0) for group in groups]
    data = bytearray(b"".join(made))
    for _ in range(draw(st.integers(0, 2), label="flipped bits") if data else 0):
        data[draw(st.integers(0, len(data) - 1))] ^= 1 << draw(st.integers(0, 7))
    if data and draw(st.booleans()):
        at = draw(st.integers(0, len(data)))
        data[at:at] = draw(st.sampled_from([b"rubbish", b"\x1f\x8b\x08\0", b"WARC/1.0\r\n", b"\0" * 90]))
    return bytes(data[: draw(st.integers(0, len(data)))] if draw(st.booleans()) else data)


@settings(max_examples=120, deadline=None)
@given(data=warcs(), every=st.sampled_from([1, 2, 5]))
def test_a_warc_file(data: bytes, every: int) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder, "crawl.warc")
        path.write_bytes(data)
        same(str(path), Path(folder), every=every)


LINES = st.sampled_from([
    json.dumps({"title": "Mill to close", "text": " ".join(sentences(1)), "id": 7}).encode(),
    json.dumps({"body": "<p>" + "</p><p>".join(sentences(2)) + "</p>"}).encode(),
    json.dumps([{"@type": "NewsArticle", "articleBody": " ".join(sentences(3))}]).encode(),
    json.dumps({"@graph": [{"@type": "NewsArticle", "@id": f"urn:{number}", "articleBody": " ".join(sentences(number))}
                           for number in range(4)]}).encode(),
    b"", b"   ", b"{not json", b'{"text": ""}', b"\xff\xfe", b'{"text": "' + b"word " * 800 + b'"}',
])  # fmt: skip


@settings(max_examples=120, deadline=None)
@given(
    lines=st.lists(LINES, max_size=12),
    end=st.sampled_from([b"\n", b"\r\n"]),
    mark=st.sampled_from([b"", b"\xef\xbb\xbf"]),
    last=st.booleans(),
    packing=st.sampled_from(["plain", "gzip", "cut", "flipped"]),
    at=st.floats(0.1, 1),
    every=st.sampled_from([1, 2, 5]),
)
def test_json_lines(
    lines: list[bytes], end: bytes, mark: bytes, last: bool, packing: str, at: float, every: int
) -> None:
    data = mark + end.join(lines) + (end if last else b"")
    name = "wire.jsonl"
    if packing != "plain":
        data, name = gzip.compress(data, mtime=0), "wire.jsonl.gz"
    if packing == "cut":
        data = data[: int(at * len(data))]
    if packing == "flipped":
        data = data[: int(at * len(data)) - 1] + b"\xaa" + data[int(at * len(data)) :]
    with TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_bytes(data)
        same(str(path), Path(folder), every=every)


CELLS = st.sampled_from([None, "", "Mill to close", " ".join(sentences(1)), "<p>It will.</p>", "word " * 800])


@settings(max_examples=40, deadline=None)
@given(
    texts=st.lists(CELLS, max_size=40),
    group=st.sampled_from([1, 7, 1000]),
    flips=st.lists(st.floats(0, 1), max_size=2),
    every=st.sampled_from([1, 5, 16]),
)
def test_a_parquet_file(texts: list[str | None], group: int, flips: list[float], every: int) -> None:
    table = polars.DataFrame(
        {"id": range(len(texts)), "text": texts}, schema={"id": polars.Int64, "text": polars.String}
    )
    out = io.BytesIO()
    table.write_parquet(out, row_group_size=group, compression="zstd")
    data = bytearray(out.getvalue())
    for flip in flips:
        data[int(flip * (len(data) - 1))] ^= 4
    with TemporaryDirectory() as folder:
        path = Path(folder, "news.parquet")
        path.write_bytes(data)
        same(str(path), Path(folder), every=every)


def in_folder(folder: Path) -> None:
    """A folder with everything in it."""
    (folder / "below" / ".hidden").mkdir(parents=True)
    for number in range(5):
        (folder / "below" / f"{number}.html").write_bytes(page(number))
    (folder / "below" / ".hidden" / "not.html").write_bytes(page(9))
    (folder / "menu.json").write_text('{"nothing": "of ours"}')
    (folder / "picture.png").write_bytes(b"\x89PNG")
    (folder / "cut.txt.gz").write_bytes(gzip.compress(page(1))[:-9])
    (folder / "lines.txt").write_bytes(b"".join(b'{"text": "%s"}\n' % each.encode() for each in sentences(1)))
    articles = [{"@type": "NewsArticle", "@id": f"urn:{n}", "articleBody": " ".join(sentences(n))} for n in range(20)]
    (folder / "package.jsonld").write_text(json.dumps(articles))


@pytest.mark.parametrize("every", [1, 3, 16])
def test_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, every: int) -> None:
    (tmp_path / "news").mkdir()
    in_folder(tmp_path / "news")
    monkeypatch.chdir(tmp_path)
    found = same("news", tmp_path, every=every, limits=Limits())
    assert {each.input for each in found} == {"news"}
    assert sum(each.count for each in found) == 5 + 1 + 4 + 20


@pytest.fixture(params=["pipe", "standard input"])
def stream(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[str, bytes]]:
    data = gzip.compress(b"".join(b'{"text": "%s"}\n' % each.encode() for each in sentences(1, 40)))
    if request.param == "standard input":
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
        yield "-", data
        return
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    thread = threading.Thread(target=pipe.write_bytes, args=(data,))
    thread.start()
    yield str(pipe), data
    thread.join()


def test_what_cannot_be_sought_in(stream: tuple[str, bytes], tmp_path: Path) -> None:
    name, data = stream
    found = list(scan(name, spool=tmp_path / "spool"))
    (tmp_path / "wire.jsonl.gz").write_bytes(data)
    as_file = items_of([tmp_path / "wire.jsonl.gz"])
    made = [item for each in found for item in items_in(each)]
    assert [each.data for each in made if isinstance(each, Item)] == [
        each.data for each in as_file if isinstance(each, Item)
    ]
    assert [each.name for each in made] == [f"{name}:{number}" for number in range(1, 41)]
    assert len(found) == 3


def test_a_file_packed_as_one_member_is_unpacked_once_and_not_for_each_stretch(tmp_path: Path) -> None:
    data, _ = crawl(60, packed=False)
    (tmp_path / "crawl.warc.gz").write_bytes(gzip.compress(data))
    found = same(str(tmp_path / "crawl.warc.gz"), tmp_path)
    assert [each.count for each in found] == [16, 16, 16, 12]
    (tmp_path / "crawl.warc.gz").unlink()
    assert not [each for each in items_in(found[-1]) if isinstance(each, Failure)]
