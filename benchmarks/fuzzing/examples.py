"""Examples of all that sayso reads, and words of each format that are put into them."""

from __future__ import annotations

import gzip
import io
import json
import tempfile
from collections.abc import Callable
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from sayso.archive.forms import Given
from sayso.batch.journal import Journal
from sayso.batch.layout import Folder
from sayso.batch.manifest import Entry, part_of, write_entry
from sayso.batch.parquet import write_part
from sayso.batch.rows import rows_of
from sayso.records import article_to_json
from sayso.transcripts import read_transcript_text
from tests.intake.making import SITE, crawl, record, response
from tests.intake.test_feeds import FULL, RSS, item

AGENCY = Path(__file__).resolve().parent.parent.parent / "tests" / "reading" / "agency"
TEXT = (
    "Ferry to be sold\n\nSANDREY, 3 May 2027 (Wire) — “We will not sell it,” Zoë Lindström told reporters on Monday. "
    "She said that it cost £3.5 million.\n\nA long row\n\nAccording to Mr Peña, it is “a gift to nobody”.\n"
)
TALK = "MS. HOLM: Welcome to Sandrey.\n\nQ: Will you go? (Laughter.)\n\nMS. HOLM: No. [inaudible] 00:01:02\n"


@cache
def record_of_text() -> dict[str, Any]:
    from sayso import read_text

    return article_to_json(read_text(TEXT))


def parts() -> list[bytes]:
    rows = rows_of(Given(name="a.txt", origin="a.txt", digest="0" * 64, version="1"), record_of_text())
    made = []
    with tempfile.TemporaryDirectory() as folder:
        for table in ("articles", "attributions", "speakers"):
            write_part(table, rows[table], path := Path(folder) / f"{table}.parquet")
            made.append(path.read_bytes())
    return made


def indexes() -> list[bytes]:
    from sayso.checks.folders import add_transcripts

    talks = [read_transcript_text(TALK), read_transcript_text(TALK.replace("Sandrey", "Tidewater") * 20)]
    with tempfile.TemporaryDirectory() as folder:
        add_transcripts(Path(folder), talks)
        return [each.read_bytes() for each in Path(folder).glob("segment-*")]


def entries() -> list[bytes]:
    with tempfile.TemporaryDirectory() as folder:
        place = Folder(Path(folder))
        (Path(folder) / "part").write_bytes(b"rows")
        write_entry(place, Entry(1, 3, 1, 900, {"damaged": 1}, {"articles": part_of(Path(folder) / "part", rows=3)}))
        return [place.entry(1).read_bytes()]


def journals() -> list[bytes]:
    with tempfile.TemporaryDirectory() as folder:
        with Journal(Path(folder)) as journal:
            for number in range(4):
                journal.write(number, {"articles": [{"article": f"a#{number}"}], "attributions": [{"source": "He"}]})
        return [each.read_bytes() for each in Path(folder).glob("attempt-*")]


def rows() -> bytes:
    out = io.BytesIO()
    rows = {"title": ["Ferry to be sold"] * 3, "text": [TEXT] * 3, "date": ["2027-05-03"] * 3}
    import_module("polars").DataFrame(rows).write_parquet(out)
    return out.getvalue()


def lines() -> bytes:
    rows = [{"title": "Ferry", "text": TEXT, "date": "2027-05-03"}, {"body": f"<p>{TEXT}</p>", "id": 1}]
    return "\n".join(map(json.dumps, rows)).encode()


def agency(*names: str) -> Callable[[], list[bytes]]:
    return lambda: [(AGENCY / name).read_bytes() for name in names]


def page() -> bytes:
    paragraphs = "".join(f"<p>{each}</p>" for each in TEXT.split("\n\n"))
    facts = json.dumps(JSON_LD)
    head = f"<title>Ferry</title><meta charset=utf-8><script type='application/ld+json'>{facts}</script>"
    return f"<!doctype html><html><head>{head}</head><body><article>{paragraphs * 3}</article></body></html>".encode()


JSON_LD = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "headline": "Ferry to be sold",
    "articleBody": TEXT,
    "author": [{"@type": "Person", "name": "Ann Lee"}],
    "datePublished": "2027-05-03T08:00:00+02:00",
}
MARKUP = (
    b"<p>",
    b"</p>",
    b"<div>",
    b"<",
    b">",
    b"<!--",
    b"-->",
    b"<![CDATA[",
    b"]]>",
    b"<script>",
    b"</script>",
    b"&#x110000;",
    b"&amp;",
    b"&bogus;",
    b"<article>",
    b"</article>",
    b"<q>",
    b"<br><br>",
    b"<h1>",
    b" class='byline'",
    b"<table><tr><td>",
    b"<?xml version='1.0' encoding='utf-16'?>",
    b"<!DOCTYPE a [<!ENTITY b 'c'>]>",
    b"<meta charset='utf-7'>",
)
JSON = (
    b"{",
    b"}",
    b"[",
    b"]",
    b",",
    b":",
    b"null",
    b"true",
    b'"@type"',
    b'"articleBody"',
    b'"\\ud800"',
    b'"uri"',
    b'"body_text"',
    b'"text"',
    b'"associations"',
    b'"items"',
    b'{"a":',
    b"1e400",
    b"-0",
    b'"\\u0000"',
    b'""',
    b"[[",
)
CAPTIONS = (
    b"00:00:01.000 --> 00:00:02.000\n",
    b"WEBVTT\n\n",
    b"<v Ann Lee>",
    b"</v>",
    b"NOTE\n",
    b"STYLE\n",
    b"1\n",
    b"\n\n",
    b"99:99:99,999 --> 00:00:00,000\n",
    b"<c.yellow>",
    b"<00:00:01.000>",
    b"&lt;",
    b"{\\an8}",
    b">> ",
    b"- ",
)
SPOKEN = (
    b"Q. ",
    b"A. ",
    b"MR. LUND:",
    b">> ",
    b"(Applause.)",
    b"[",
    b"]",
    b"(",
    b"[00:01:02]",
    b"1\n",
    b"INTERPRETER:",
    b"~~",
    b"**",
    b"END",
    b"\f",
    b"\n\n",
    b":",
    b"10:20",
    b"(As interpreted.)",
    b"\xe2\x80\x9c",
)
WORDS = (
    b"By Ann Lee\n",
    b"\n\n",
    b"# ",
    b"* ",
    b"> ",
    b"```\n",
    b"[a](b)",
    b"\xe2\x80\x9c",
    b"\xe2\x80\x9d",
    b'"',
    b"'",
    b"OSLO, 3 May (NTB) - ",
    b"<p>",
    b"\xc2\xa0",
    b"\xe2\x80\x8b",
    b"\xcc\x81",
    b"---\n",
    b"| a | b |\n",
    b"said",
    b"Contact:",
    b"\\",
    b"&#",
)
RECORDS = (
    b"WARC/1.0\r\n",
    b"WARC/1.1\r\n",
    b"Content-Length: 99999\r\n",
    b"Content-Length: -1\r\n",
    b"\r\n\r\n",
    b"\x1f\x8b\x08",
    b"WARC-Type: response\r\n",
    b"HTTP/1.1 200 OK\r\n",
    b"Transfer-Encoding: chunked\r\n",
    b"Content-Encoding: br\r\n",
    b"fffffffff\r\n",
    b"0\r\n\r\n",
    b"WARC-Truncated: length\r\n",
    b"WARC-Block-Digest: sha1:A\r\n",
    b"Content-Type: text/plain\r\n",
)
FEED = (
    *MARKUP,
    b"<item>",
    b"</item>",
    b"<entry>",
    b"<link href='//x/'/>",
    b"<guid>",
    b"<content:encoded>",
    b"<pubDate>",
)
BINARY = (
    b"PAR1",
    b"PK\x03\x04",
    b"%PDF-1.7\n",
    b"endobj\n",
    b"stream\n",
    b"/Length 99999999",
    b"\0\0\0\0",
    b"\xff" * 8,
    b"/Kids [2 0 R]",
    b"<w:p>",
    b"word/document.xml",
    b"\x15\x04",
)


def warcs() -> list[bytes]:
    raw = response(page())
    chunked = response(
        b"3\r\n<p>\r\n2\r\nab\r\n0\r\n\r\n", head="Content-Type: text/html\r\nTransfer-Encoding: chunked"
    )
    packed = response(gzip.compress(page()), head="Content-Type: text/plain\r\nContent-Encoding: gzip")
    whole = b"".join(record(each, url=f"{SITE}/{number}") for number, each in enumerate((raw, chunked, packed, raw)))
    return [whole, gzip.compress(whole), crawl(3, packed=True)[0]]


def feeds() -> list[bytes]:
    return [
        RSS.format("".join(map(item, range(3)))).encode(),
        json.dumps({"version": "https://jsonfeed.org/version/1", "items": [{"content_html": FULL, "id": 1}]}).encode(),
    ]


def talk_json() -> list[bytes]:
    turns = [
        {"speaker": "Ann Lee", "text": "We will not.", "start": 1.5},
        {"speaker": None, "text": "Why?", "start": 4},
    ]
    return [json.dumps({"segments": turns}).encode(), json.dumps({"title": "Talk", "turns": turns}).encode()]


VTT = (
    b"WEBVTT\n\n1\n00:01.000 --> 00:04.000 align:start\n<v Ann Lee>We will not sell the ferry.</v>\n\n"
    b"00:05.000 --> 00:06.000\nWhy?\n"
)
SRT = b"1\n00:00:01,000 --> 00:00:04,000\n- ANN LEE: We will not.\n\n2\n00:00:05,000 --> 00:00:06,000\n<i>Why?</i>\n"
TALK_PAGE = (
    "<html><body><article>"
    + "".join(f"<p><b>{each}</b></p>" for each in TALK.split("\n\n"))
    + "</article></body></html>"
)
