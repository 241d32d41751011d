"""Addresses: what is refused before or after a redirect, and the bounds on what is fetched; loopback only."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import requests

from sayso.errors import FetchFailed, NoSuchSource, RefusedAddress, TookTooLong, TooLarge
from sayso.reading import Limits, read_source
from sayso.reading.fetch import fetch, is_url

PAGE = b"<!doctype html><p>The mill will close in June, they said on Monday.</p>"


class _Handler(BaseHTTPRequestHandler):
    hits: list[str]

    def do_GET(self) -> None:
        self.hits.append(self.path)
        if self.path.startswith("/to/"):
            self.send_response(302)
            self.send_header("Location", self.path[4:])
            self.end_headers()
            return
        if self.path == "/gone":
            self.send_error(404)
            return
        if self.path == "/broken":
            self.send_error(500)
            return
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        try:
            if self.path == "/endless":
                for _ in range(10_000):
                    self.wfile.write(b"word " * 1000)
            elif self.path == "/slow":
                for _ in range(100):
                    self.wfile.write(b"w" * 70_000)
                    time.sleep(0.05)
            else:
                self.wfile.write(PAGE)
        except OSError:
            return

    def log_message(self, format: str, *args: object) -> None:
        return


@pytest.fixture
def server() -> Iterator[tuple[str, list[str]]]:
    hits: list[str] = []
    handler = type("Handler", (_Handler,), {"hits": hits})
    listening = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=listening.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield f"127.0.0.1:{listening.server_port}", hits
    listening.shutdown()
    listening.server_close()


def unfiltered(timeout_s: float) -> requests.Session:
    return requests.Session()


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "[::1]", "[::ffff:127.0.0.1]",
     "0.0.0.0", "0", "127.0.0.1.", "LOCALHOST", "a.localhost"],
)  # fmt: skip
def test_loopback_is_refused_in_every_spelling(server: tuple[str, list[str]], host: str) -> None:
    address, hits = server
    with pytest.raises(RefusedAddress):
        read_source(f"http://{host}:{address.split(':')[1]}/page")
    assert hits == []


@pytest.mark.parametrize(
    "url",
    [
        pytest.param("http://10.0.0.5/", id="private-ten"),
        pytest.param("http://192.168.1.1/", id="private-home"),
        pytest.param("http://172.16.0.9/", id="private-172"),
        pytest.param("http://169.254.169.254/latest/meta-data/", id="metadata"),
        pytest.param("http://[fd00:ec2::254]/", id="metadata-v6"),
        pytest.param("http://[fe80::1%25eth0]/", id="link-local"),
        pytest.param("http://metadata.google.internal/", id="metadata-name"),
        pytest.param("http://100.64.0.1/", id="carrier"),
        pytest.param("http://[64:ff9b::7f00:1]/", id="translated"),
        pytest.param("http://224.0.0.1/", id="multicast"),
        pytest.param("file:///etc/hostname", id="file"),
        pytest.param("ftp://post.example/a", id="ftp"),
        pytest.param("gopher://post.example/a", id="gopher"),
        pytest.param("http://user:secret@post.example/", id="credentials"),
        pytest.param("http:///page", id="no-host"),
        pytest.param("http://post.example\\@127.0.0.1/", id="backslash"),
        pytest.param("http://post.example:99999/", id="no-such-port"),
    ],
)
def test_addresses_refused(url: str) -> None:
    with pytest.raises(RefusedAddress):
        read_source(url)


def test_a_refused_address_says_why() -> None:
    with pytest.raises(RefusedAddress, match=r"the address 10\.0\.0\.5, which is inside a network and never asked"):
        read_source("http://10.0.0.5/")


def test_a_page_is_fetched_and_read(server: tuple[str, list[str]]) -> None:
    address, hits = server
    page = fetch(f"http://{address}/to//page", Limits(), make_session=unfiltered)
    assert (page.data, page.url, page.charset) == (PAGE, f"http://{address}/page", "utf-8")
    assert page.media_type == "text/html"
    assert hits == ["/to//page", "/page"]


def test_each_redirect_is_held_to_the_rules(server: tuple[str, list[str]]) -> None:
    with pytest.raises(RefusedAddress):
        fetch(f"http://{server[0]}/to/file:///etc/hostname", Limits(), make_session=unfiltered)


@pytest.mark.parametrize(
    "path, limits, error",
    [
        pytest.param("/to/" * 9 + "/page", Limits(max_redirects=3), FetchFailed, id="too-many-redirects"),
        pytest.param("/gone", Limits(), NoSuchSource, id="not-there"),
        pytest.param("/broken", Limits(), FetchFailed, id="server-error"),
        pytest.param("/endless", Limits(max_bytes=100_000), TooLarge, id="endless"),
        pytest.param("/slow", Limits(fetch_timeout_s=0.3), TookTooLong, id="slow"),
    ],
)
def test_bounds(server: tuple[str, list[str]], path: str, limits: Limits, error: type[Exception]) -> None:
    with pytest.raises(error):
        fetch(f"http://{server[0]}{path}", limits, make_session=unfiltered)


@pytest.mark.parametrize(
    "name, yes", [("https://post.example/a", True), ("C:/a.txt", False), ("a//b", False), ("-", False)]
)
def test_is_url(name: str, yes: bool) -> None:
    assert is_url(name) is yes


def test_what_is_as_it_was_is_not_sent_again() -> None:
    asked: list[str | None] = []

    class Handler(_Handler):
        def do_GET(self) -> None:
            asked.append(self.headers["If-None-Match"])
            self.send_response(304 if asked[-1] else 200)
            self.send_header("ETag", '"1"')
            self.end_headers()
            self.wfile.write(b"" if asked[-1] else PAGE)

    listening = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=listening.serve_forever, args=(0.01,), daemon=True).start()
    url = f"http://127.0.0.1:{listening.server_port}/"
    try:
        first = fetch(url, Limits(), make_session=unfiltered)
        assert (first.etag, first.unchanged, first.data) == ('"1"', False, PAGE)
        again = fetch(url, Limits(), make_session=unfiltered, headers={"If-None-Match": first.etag or ""})
        assert (again.etag, again.unchanged, again.data) == ('"1"', True, b"")
    finally:
        listening.shutdown()
        listening.server_close()
    assert asked == [None, '"1"']
