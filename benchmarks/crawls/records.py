"""A crawl as a WARC file (ISO 28500): what the server sent for each page, and all the rest that a crawler keeps."""

from __future__ import annotations

import base64
import gzip
import hashlib
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO
from uuid import UUID

from benchmarks.crawls.layouts import layout_of, page_of
from benchmarks.crawls.stories import Stories, Story

_HTML = "Content-Type: text/html; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Written:
    """An article as it lies in the crawl."""

    offset: int
    """Where its record begins in the file."""
    story: Story
    page_bytes: int

    def known(self, name: str) -> dict[str, Any]:
        """What is known of it in a crawl of that name: the key that it is read by, and what was written."""
        story = self.story
        return {
            "article": f"{name}#{self.offset}", "number": story.number, "first": story.first, "url": story.url,
            "outlet": story.outlet.name, "layout": layout_of(story), "headline": story.headline,
            "published": story.published.isoformat(), "paragraphs": list(story.paragraphs),
        }  # fmt: skip


def write_crawl(
    file: BinaryIO, *, articles: int, seed: int = 0, packed: bool = True, first: int = 0
) -> Iterator[Written]:
    """Writes a crawl; each article as it is written. `first` is the number that the articles begin at."""
    stories = Stories(seed=seed)
    crawl = _Crawl(file, packed)
    crawl.put("warcinfo", "", b"software: benchmarks.crawls\r\nformat: WARC File Format 1.0\r\n", plain=True)
    for number in range(first, first + articles):
        story = stories.story(number)
        crawl.chance = chance = stories.chance(number, "crawl")
        crawl.day = f"{story.published:%Y-%m-%dT%H:%M:%SZ}"
        _around(crawl, story, chance)
        page = page_of(stories, story)
        crawl.put("request", story.url, f"GET / HTTP/1.1\r\nHost: {story.outlet.host}\r\nAccept: */*\r\n\r\n".encode())
        offset = file.tell()
        crawl.put("response", story.url, _response(page, chance))
        crawl.put("metadata", story.url, f"fetchTimeMs: {chance.randrange(20, 900)}\r\n".encode(), plain=True)
        yield Written(offset, story, len(page.encode()))


def write_file(path: Path, *, articles: int, seed: int = 0, first: int = 0) -> list[Written]:
    """A crawl in a file, packed where its name ends with .gz."""
    with path.open("wb") as file:
        return list(write_crawl(file, articles=articles, seed=seed, packed=path.suffix == ".gz", first=first))


def _response(page: str, chance: random.Random) -> bytes:
    """What the server sent: packed as often as not, in chunks every third time."""
    head, body = _HTML, page.encode()
    if chance.random() < 0.04:
        # Some outlets write as Windows did; what is not in that alphabet stands as a character reference.
        head = head.replace("utf-8", "windows-1252")
        body = page.replace('charset="utf-8"', 'charset="windows-1252"').encode("cp1252", "xmlcharrefreplace")
    if chance.random() < 0.6:
        body = gzip.compress(body, 6, mtime=0)
        head += "\r\nContent-Encoding: gzip"
    if chance.random() < 0.35:
        parts = [body[at : at + 16_384] for at in range(0, len(body), 16_384)]
        body = b"".join(b"%x\r\n%s\r\n" % (len(each), each) for each in parts) + b"0\r\n\r\n"
        return _sent(f"{head}\r\nTransfer-Encoding: chunked", body)
    return _sent(f"{head}\r\nContent-Length: {len(body)}", body)


def _sent(head: str, body: bytes = b"", *, status: str = "200 OK") -> bytes:
    return f"HTTP/1.1 {status}\r\nServer: nginx\r\nCache-Control: max-age=60\r\n{head}\r\n\r\n".encode() + body


def _around(crawl: _Crawl, story: Story, chance: random.Random) -> None:
    """What else a crawler gets: pictures, style sheets, pages that did not change, redirects, refusals."""
    host = f"https://{story.outlet.host}"
    for _ in range(int(chance.expovariate(1.2))):
        picture = b"\xff\xd8\xff" + chance.randbytes(chance.randrange(2_000, 30_000))
        crawl.put("response", f"{host}/{chance.getrandbits(40):x}.jpg", _sent("Content-Type: image/jpeg", picture))
    if chance.random() < 0.2:
        rules = b"p{margin:0}" * chance.randrange(50, 900)
        crawl.put("response", f"{host}/site.css", _sent("Content-Type: text/css", rules))
    if chance.random() < 0.08:
        crawl.put("revisit", f"{host}/{chance.getrandbits(40):x}", _sent(_HTML))
    if chance.random() < 0.05:
        crawl.put("response", f"{host}/old", _sent(f"Location: {story.url}", status="301 Moved Permanently"))
    if chance.random() < 0.02:
        page = b"<html><body><p>There is no such page.</p></body></html>"
        crawl.put("response", f"{host}/gone", _sent(_HTML, page, status="404 Not Found"))


class _Crawl:
    """A WARC file as it grows."""

    def __init__(self, file: BinaryIO, packed: bool) -> None:
        self.file = file
        self.packed = packed
        self.chance = random.Random(0)
        self.day = "2027-03-01T05:00:00Z"

    def put(self, kind: str, url: str, block: bytes, *, plain: bool = False) -> None:
        """Writes a record; `plain` is one that holds no HTTP."""
        digest = base64.b32encode(hashlib.sha1(block, usedforsecurity=False).digest()).decode()
        media = "application/warc-fields" if plain else "application/http"
        head = [
            "WARC/1.0", f"WARC-Type: {kind}", f"WARC-Date: {self.day}",
            f"WARC-Record-ID: <urn:uuid:{UUID(int=self.chance.getrandbits(128), version=4)}>",
            f"Content-Length: {len(block)}", f"Content-Type: {media}", f"WARC-Block-Digest: sha1:{digest}",
            *([f"WARC-Target-URI: {url}"] if url else []),
        ]  # fmt: skip
        record = "\r\n".join(head).encode() + b"\r\n\r\n" + block + b"\r\n\r\n"
        self.file.write(gzip.compress(record, 6, mtime=0) if self.packed else record)
