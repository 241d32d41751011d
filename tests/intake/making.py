"""Invented articles, and the containers that they come in."""

from __future__ import annotations

import gzip
import io
import random
import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import requests
from fastwarc.warc import WarcRecord, WarcRecordType

SITE = "https://tidewater.example"
_WORDS = "harbour mayor ferry bridge council budget engineers said that the would not be before summer".split()


def sentences(number: int, count: int = 4) -> list[str]:
    """Invented sentences, the same for the same number."""
    chance = random.Random(number)
    return [
        f"The mayor said on Monday that the {chance.choice(_WORDS)} of the {chance.choice(_WORDS)} would cost "
        f"{chance.randrange(100, 999)} crowns and that nobody in the town had been told of it before the meeting."
        for _ in range(count)
    ]


def page(number: int, *, head: str = "", padding: str = "") -> bytes:
    """A page with an article."""
    body = "".join(f"<p>{sentence}</p>" for sentence in sentences(number))
    title = f"Ferry number {number} to be sold"
    html = f"<!doctype html><html><head><title>{title}</title>{head}</head><body><article><h1>{title}</h1>{body}"
    return (html + f"</article>{padding}</body></html>").encode()


def record(
    block: bytes,
    *,
    kind: WarcRecordType = WarcRecordType.response,
    url: str = SITE,
    fields: dict[str, str] | None = None,
) -> bytes:
    """A WARC record as fastwarc writes it, with its digest."""
    made = WarcRecord()
    made.init_headers(kind)
    # Else each has an identifier and a time of its own, and the tests another file each time.
    made.headers["WARC-Record-ID"] = f"<urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, url)}>"
    made.headers["WARC-Date"] = "2025-01-01T00:00:00Z"
    made.headers["WARC-Target-URI"] = url
    if kind == WarcRecordType.response:
        made.headers["Content-Type"] = "application/http; msgtype=response"
    for name, value in (fields or {}).items():
        made.headers[name] = value
    made.set_bytes_content(block)
    out = io.BytesIO()
    made.write(out, checksum_data=True)
    return out.getvalue()


def response(body: bytes, *, head: str = "Content-Type: text/html; charset=utf-8", status: str = "200 OK") -> bytes:
    return f"HTTP/1.1 {status}\r\n{head}\r\n\r\n".encode() + body


def crawl(count: int, *, packed: bool) -> tuple[bytes, list[int]]:
    """A WARC file of so many pages, and where each record begins, with the file's end."""
    out, places = bytearray(), []
    for number in range(count):
        places.append(len(out))
        made = record(response(page(number)), url=f"{SITE}/{number}")
        out += gzip.compress(made, mtime=0) if packed else made
    return bytes(out), [*places, len(out)]


Answer = Callable[[str, dict[str, str]], tuple[int, dict[str, str], bytes]]


@contextmanager
def serving(answer: Answer) -> Iterator[str]:
    """A server on loopback that answers paths as `answer` says; its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, headers, body = answer(self.path, {name.lower(): value for name, value in self.headers.items()})
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            if status != 304:
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if status != 304:
                self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            return

    listening = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=listening.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.server_port}"
    finally:
        listening.shutdown()
        listening.server_close()


def unfiltered(timeout_s: float) -> requests.Session:
    """A session without the address filter, which loopback needs."""
    return requests.Session()
