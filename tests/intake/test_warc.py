"""What of a WARC file becomes an item, what a failure, and what is passed over."""

from __future__ import annotations

import gzip
import io
import zlib

import brotli
import pytest
from fastwarc.warc import WarcRecordType

from sayso.documents import Article
from sayso.intake import Failure, Item, read_item
from sayso.intake.warc import warc_items
from sayso.reading import Limits
from tests.intake.making import SITE, page, record, response

HTML = "Content-Type: text/html; charset=utf-8"


def items(data: bytes, *, limits: Limits = Limits()) -> tuple[list[Item | Failure], list[str]]:  # noqa: B008
    notes: list[str] = []
    made = warc_items(io.BytesIO(data), len(data), "crawl.warc.gz", limits=limits, on_note=notes.append)
    return list(made), notes


def chunked(data: bytes, size: int = 100) -> bytes:
    parts = [data[at : at + size] for at in range(0, len(data), size)]
    return b"".join(b"%x;a=b\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


def raw_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


@pytest.mark.parametrize("head, body", [
    pytest.param(HTML, page(1), id="as-it-is"),
    pytest.param(f"{HTML}\r\nContent-Encoding: gzip", gzip.compress(page(1)), id="gzip"),
    pytest.param(f"{HTML}\r\nContent-Encoding: deflate", zlib.compress(page(1)), id="deflate-with-header"),
    pytest.param(f"{HTML}\r\nContent-Encoding: deflate", raw_deflate(page(1)), id="deflate-bare"),
    pytest.param(f"{HTML}\r\nContent-Encoding: br", brotli.compress(page(1)), id="brotli"),
    pytest.param(f"{HTML}\r\nTransfer-Encoding: chunked", chunked(page(1)), id="chunked"),
    pytest.param(f"{HTML}\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip", chunked(gzip.compress(page(1))),
                 id="chunked-gzip"),
    pytest.param(f"{HTML}\r\nTransfer-Encoding: chunked", page(1), id="said-chunked-but-taken-apart-already"),
    pytest.param(f"{HTML}\r\nContent-Encoding: gzip", page(1), id="said-gzip-but-unpacked-already"),
])  # fmt: skip
def test_a_body_comes_out_as_it_was_meant(head: str, body: bytes) -> None:
    made, _ = items(gzip.compress(record(response(body, head=head), url=f"{SITE}/1")))
    assert [each.data for each in made if isinstance(each, Item)] == [page(1)]
    item = made[0]
    assert isinstance(item, Item)
    assert (item.name, item.origin, item.url) == ("crawl.warc.gz#0", "crawl.warc.gz", f"{SITE}/1")
    assert (item.media_type, item.charset) == ("text/html", "utf-8")


@pytest.mark.parametrize("head, body, kind, words", [
    pytest.param(f"{HTML}\r\nContent-Encoding: gzip", gzip.compress(page(1))[:-20], "truncated", "ends in the middle",
                 id="gzip-cut-off"),
    pytest.param(f"{HTML}\r\nContent-Encoding: gzip", gzip.compress(page(1))[:40] + b"rubbish" * 30, "damaged",
                 "does not unpack", id="gzip-damaged"),
    pytest.param(f"{HTML}\r\nContent-Encoding: br", brotli.compress(page(1))[:-20], "truncated", "ends in the middle",
                 id="brotli-cut-off"),
    pytest.param(f"{HTML}\r\nContent-Encoding: zstd", b"(\xb5/\xfd", "unreadable", "not read (zstd)", id="zstd"),
    pytest.param(f"{HTML}\r\nTransfer-Encoding: chunked", chunked(page(1))[:150], "truncated", "middle of a chunk",
                 id="chunks-cut-off"),
    pytest.param(f"{HTML}\r\nTransfer-Encoding: chunked", b"5\r\n<html>more than it says\r\n", "damaged", "chunk size",
                 id="chunk-size-wrong"),
    pytest.param(f"{HTML}\r\nContent-Encoding: gzip", gzip.compress(b" " * 5_000_000), "refused", "over the limit",
                 id="gzip-bomb"),
    pytest.param(f"{HTML}\r\nContent-Encoding: br", brotli.compress(b" " * 5_000_000), "refused", "over the limit",
                 id="brotli-bomb"),
    pytest.param(HTML, b" " * 1_100_000, "refused", "over the limit", id="too-large"),
])  # fmt: skip
def test_a_body_that_is_not_whole_is_a_failure(head: str, body: bytes, kind: str, words: str) -> None:
    made, _ = items(gzip.compress(record(response(body, head=head), url=f"{SITE}/1")), limits=Limits(max_bytes=10**6))
    assert [type(each) for each in made] == [Failure]
    assert isinstance(made[0], Failure)
    assert (made[0].kind, made[0].name) == (kind, "crawl.warc.gz#0")
    assert words in made[0].reason


def test_what_is_no_page_is_counted_and_not_told_one_by_one() -> None:
    data = b"".join([
        record(b"software: a crawler", kind=WarcRecordType.warcinfo),
        record(b"POST /search HTTP/1.1\r\nContent-Length: 3\r\n\r\na=b", kind=WarcRecordType.request),
        record(response(b""), kind=WarcRecordType.revisit),
        record(response(b"\x89PNG", head="Content-Type: image/png")),
        record(response(b"gone", status="404 Not Found")),
        record(response(b"", status="301 Moved", head="Location: /2")),
        record(response(b'{"answer": 42}', head="Content-Type: application/json")),
        record(b"0123", kind=WarcRecordType.resource, url="dns:tidewater.example", fields={"Content-Type": "text/dns"}),
        record(response(page(1)), url=f"{SITE}/a page with spaces"),
    ])  # fmt: skip
    made, notes = items(data)
    assert [each.url for each in made if isinstance(each, Item)] == [f"{SITE}/a page with spaces"]
    assert len(made) == 1
    assert notes == [
        "crawl.warc.gz: passed over answers to programs (1), images, scripts and other files (1), notes of the "
        "crawler's own (1), redirects and pages that the server refused (2), request records (1), revisit records (1), "
        "warcinfo records (1)"
    ]


def test_a_file_without_a_page_is_a_failure_and_no_empty_success() -> None:
    made, _ = items(record(response(b""), kind=WarcRecordType.revisit))
    assert made == [
        Failure("unreadable", "crawl.warc.gz", "crawl.warc.gz", "there is no page in it, only revisit records (1)")
    ]


def test_a_page_that_its_crawler_cut_off_is_a_failure() -> None:
    made, _ = items(record(response(page(1)), fields={"WARC-Truncated": "length"}))
    assert [each.kind for each in made] == ["truncated"]


def test_a_resource_is_a_page_without_http() -> None:
    made, _ = items(record(page(1), kind=WarcRecordType.resource, fields={"Content-Type": "text/html; charset=utf-8"}))
    assert [each.data for each in made if isinstance(each, Item)] == [page(1)]


def test_the_date_is_the_pages_and_not_the_crawls() -> None:
    head = '<meta property="article:published_time" content="2024-05-04T08:00:00+00:00">'
    made, _ = items(record(response(page(1, head=head)), url=f"{SITE}/1", fields={"WARC-Date": "2025-01-01T00:00:00Z"}))
    assert isinstance(made[0], Item)
    article = read_item(made[0])
    assert isinstance(article, Article)
    assert (str(article.published)[:10], article.url) == ("2024-05-04", f"{SITE}/1")
