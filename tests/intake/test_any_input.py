"""Whatever the bytes: no error comes out of intake, only items and failures, and each item can be read or refused."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sayso.errors import UnreadableSource
from sayso.intake import Failure, Item, items_of, read_item
from sayso.reading import Limits
from tests.intake.making import crawl, page, record, response, sentences
from tests.intake.test_feeds import FULL, RSS, item

LIMITS = Limits(max_bytes=300_000)
_ROWS = [{"text": "\n\n".join(sentences(1)), "title": "Ferry sold", "date": "2024-05-04"}, {"body": FULL, "id": 1}]
SEEDS = {
    "crawl.warc": crawl(3, packed=False)[0],
    "crawl.warc.gz": crawl(3, packed=True)[0],
    "whole.warc.gz": gzip.compress(crawl(3, packed=False)[0]),
    "bodies.warc": record(response(gzip.compress(page(1)), head="Content-Type: text/html\r\nContent-Encoding: gzip"))
    + record(
        response(b"3\r\n<p>\r\n2\r\nab\r\n0\r\n\r\n", head="Content-Type: text/html\r\nTransfer-Encoding: chunked")
    ),
    "feed.xml": RSS.format("".join(map(item, range(3)))).encode(),
    "wire.jsonl": "\n".join(map(json.dumps, _ROWS)).encode(),
    "wire.jsonl.gz": gzip.compress("\n".join(map(json.dumps, _ROWS)).encode()),
    "feed.json": json.dumps({"version": "https://jsonfeed.org/version/1", "items": [{"content_html": FULL}]}).encode(),
    "talk.vtt": b"WEBVTT\n\n00:01.000 --> 00:04.000\n<v Ann Lee>We will not sell the ferry.\n",
}
_PIECES = [
    b"\x1f\x8b\x08", b"WARC/1.0\r\n", b"Content-Length: 99999\r\n", b"\r\n\r\n", b"<item>", b"</item>", b"<![CDATA[",
    b"]]>", b"<!--", b"&", b"\0", b"\xff", b'"', b"{", b"[" * 300, b"\n", b"<entry", b"<!DOCTYPE rss [", b"-1",
    b"\xef\xbb\xbf",
]  # fmt: skip


@st.composite
def mutated(draw: st.DrawFn) -> tuple[str, bytes]:
    """One of the seeds, cut, overwritten and put together anew."""
    name = draw(st.sampled_from(sorted(SEEDS)))
    data = bytearray(SEEDS[name])
    for _ in range(draw(st.integers(1, 5))):
        at = draw(st.integers(0, len(data)))
        match draw(st.sampled_from(["flip", "cut", "insert", "copy", "random"])):
            case "flip" if at < len(data):
                data[at] ^= 1 << draw(st.integers(0, 7))
            case "cut":
                del data[at : at + draw(st.integers(1, 400))]
            case "insert":
                data[at:at] = draw(st.sampled_from(_PIECES))
            case "copy":
                data[at:at] = data[draw(st.integers(0, len(data))) :][:500]
            case _:
                data[at : at + 3] = draw(st.binary(min_size=1, max_size=8))
    return name, bytes(data)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(mutated())
def test_mutated_containers(tmp_path: Path, case: tuple[str, bytes]) -> None:
    name, data = case
    path = tmp_path / name
    path.write_bytes(data)
    made = list(items_of([path], limits=LIMITS))
    assert made
    for each in made:
        assert each.origin == str(path)
        if isinstance(each, Failure):
            assert each.reason
            continue
        assert len(each.data) <= LIMITS.max_bytes * 2
        assert each.digest
        if each.media_type == "text/html":
            continue  # Pages are parsed in a child process, which takes its time; reading's own tests have them.
        try:
            read_item(each, limits=LIMITS)
        except UnreadableSource as error:
            assert error.reason


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from(["a", "a.txt", "a.xml", "a.json", "a.jsonl", "a.warc", "a.warc.gz", "a.rss", "a.vtt", "a.gz"]),
    st.one_of(st.binary(max_size=300), st.text(max_size=300).map(str.encode)),
)
def test_any_bytes_under_any_name(tmp_path: Path, name: str, data: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    for each in items_of([path], limits=LIMITS):
        assert isinstance(each, Item | Failure)


@pytest.mark.parametrize("name", sorted(SEEDS))
def test_each_seed_is_whole(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(SEEDS[name])
    made = list(items_of([tmp_path / name], limits=LIMITS))
    assert all(isinstance(each, Item) for each in made)
