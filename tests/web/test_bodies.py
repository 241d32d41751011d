"""Requests that are too large or too slow, sent to a real server, which goes on meanwhile."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from sayso.archive import open_archive
from sayso.serving import make_app
from sayso.web import bodies
from tests.serving import serving
from tests.web.access import Guarded, raw

SMALL = 20_000


@pytest.fixture(scope="module")
def limits() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SAYSO_MAX_BYTES", str(SMALL))
        patch.setattr(bodies, "SLACK", 1000)
        patch.setattr(bodies, "OF_NOBODY", 5000)
        patch.setattr(bodies, "DRAIN_S", 1.0)
        patch.setattr(bodies.BodyLimits.__init__, "__kwdefaults__", {"wait_s": 0.5, "whole_s": 1.5})
        yield


@pytest.fixture(scope="module")
def guarded_server(limits: None, guarded: Guarded) -> Iterator[str]:
    with serving(make_app(guarded.archive, login=True)) as address:
        yield address


@pytest.fixture(scope="module")
def server(limits: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    path: Path = tmp_path_factory.mktemp("bodies") / "a.db"
    with open_archive(path, make=True) as archive, serving(make_app(archive)) as address:
        yield address


def head(address: str, *lines: str, path: str = "/api/v1/check") -> bytes:
    host = address.removeprefix("http://")
    return "\r\n".join([f"POST {path} HTTP/1.1", f"Host: {host}", "Connection: close", *lines, "", ""]).encode()


JSON = "Content-Type: application/json"
FORM = "Content-Type: application/x-www-form-urlencoded"
FILES = "Content-Type: multipart/form-data; boundary=x"


@pytest.mark.parametrize(
    "path, kind, most",
    [
        pytest.param("/api/v1/check", JSON, SMALL + 1000, id="texts"),
        pytest.param("/api/v1/check", FILES, 4 * SMALL + 1000, id="files"),
        pytest.param("/api/v1/articles/1/corrections", JSON, 64 * 1024, id="json"),
        pytest.param("/api/v1/tokens", FORM, 1024 * 1024, id="form"),
        pytest.param("/api/v1/tokens", "Content-Type: text/plain", 64 * 1024, id="other"),
    ],
)
def test_one_that_says_that_it_is_too_large_is_not_taken_in(server: str, path: str, kind: str, most: int) -> None:
    began = time.monotonic()
    for size in (most + 1, 10**12, 10**18):
        status, body = raw(server, head(server, kind, f"Content-Length: {size}", path=path))
        assert (status, body["error"]["type"]) == (413, "RefusedRequest")  # type: ignore[index]
    assert time.monotonic() - began < 5


def test_one_that_does_not_say_how_large_it_is_is_cut_off(server: str) -> None:
    sent = 0

    def pour(line: socket.socket) -> None:
        nonlocal sent
        piece = b"1000\r\n" + b"x" * 0x1000 + b"\r\n"
        try:
            for _ in range(100_000):
                line.sendall(piece)
                sent += 0x1000
        except OSError:
            pass

    try:
        status, _ = raw(server, head(server, JSON, "Transfer-Encoding: chunked"), then=pour)
    except OSError:
        # It hung up while we were still pouring.
        status = 413
    assert status == 413
    assert sent < 20_000_000, "what is more was not taken in"
    assert alive(server)


def test_one_within_the_limits_is_read(server: str) -> None:
    answer = httpx.post(
        f"{server}/api/v1/check",
        content=b'"' + b"x" * (SMALL - 100) + b'"',
        headers={"Content-Type": "application/json"},
    )
    assert answer.status_code == 422, "read, and found to be no article"


@pytest.mark.parametrize("path, kind", [("/api/v1/check", JSON), ("/read", FORM), ("/read", FILES)])
def test_one_that_stops_in_the_middle_is_ended(server: str, path: str, kind: str) -> None:
    began = time.monotonic()
    start = b"--x\r\nContent-Disposition: form-data; name=text\r\n\r\n" if kind == FILES else b'{"a": '
    status = status_of(server, head(server, kind, "Content-Length: 900", path=path) + start)
    assert status == 408
    assert 0.4 < time.monotonic() - began < 3


def test_one_that_drips_is_ended(server: str) -> None:
    """A byte now and then keeps it within the first limit, and not within the second."""
    began = time.monotonic()
    host, port = server.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=10) as line:
        line.sendall(head(server, JSON, "Content-Length: 900"))
        line.settimeout(0.2)
        answer = b""
        while not answer and time.monotonic() - began < 8:
            line.sendall(b" ")
            try:
                answer = line.recv(65536)
            except TimeoutError:
                continue
    assert answer.split()[1] == b"408"
    assert time.monotonic() - began < 4


def test_many_that_stop_in_the_middle_keep_nobody_waiting(server: str) -> None:
    host, port = server.removeprefix("http://").split(":")
    lines = [socket.create_connection((host, int(port))) for _ in range(60)]
    try:
        for each in lines:
            each.sendall(head(server, JSON, "Content-Length: 900") + b"{")
        began = time.monotonic()
        assert alive(server)
        assert time.monotonic() - began < 2
    finally:
        for each in lines:
            each.close()


def test_who_has_not_signed_in_may_send_a_form_and_no_more(guarded_server: str, guarded: Guarded) -> None:
    large = b"name=Ada&password=" + b"x" * 6000
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    refused = httpx.post(f"{guarded_server}/login", content=large, headers=headers)
    assert refused.status_code == 413 and "has not signed in" in refused.text
    known = {**guarded.headers("reader"), "Content-Type": "application/json"}
    answer = httpx.post(f"{guarded_server}/api/v1/check", content=json.dumps({"text": "x" * 6000}), headers=known)
    assert answer.status_code not in (401, 413)


def alive(server: str) -> bool:
    return httpx.get(f"{server}/api/v1/info", timeout=10).status_code == 200


def status_of(server: str, request: bytes) -> int:
    host, port = server.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=10) as line:
        line.sendall(request)
        return int(line.recv(65536).split()[1])
