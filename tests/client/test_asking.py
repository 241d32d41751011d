"""Asking a server: what is sent where, what is asked again, and what comes of a server that fails."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

import sayso
from sayso.client import asking
from sayso.client.asking import Server, address_of
from sayso.client.failures import ServerFailed, error_of
from sayso.errors import BadQuery, BadSetting, NotEnglish, ServerAway, ServerBusy, TooManyRequests

Answer = tuple[int, dict[str, str], bytes]
FINE: Answer = (200, {"Content-Type": "application/json"}, b'{"items": [], "next": null, "total": 0}')


class Fake:
    """A server that gives the answers it is told to, in order and the last for good, and keeps what it was asked."""

    def __init__(self) -> None:
        self.answers: list[Answer] = [FINE]
        self.asked: list[tuple[str, str, dict[str, str]]] = []
        fake = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.rfile.read(int(self.headers.get("Content-Length") or 0))
                fake.asked.append((self.command, self.path, dict(self.headers)))
                status, headers, body = fake.answers.pop(0) if len(fake.answers) > 1 else fake.answers[0]
                if not status:
                    self.close_connection = True
                    return
                self.send_response(status)
                for name, value in {**headers, "Content-Length": str(len(body))}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            do_POST = do_GET  # noqa: N815, by the name that the library looks for

            def log_message(self, *_: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> Iterator[Fake]:
    monkeypatch.setattr(asking, "WAIT_S", 0.01)
    made = Fake()
    yield made
    made.server.shutdown()


@pytest.fixture
def other(monkeypatch: pytest.MonkeyPatch) -> Iterator[Fake]:
    made = Fake()
    yield made
    made.server.shutdown()


def failure(status: int, kind: str, **details: Any) -> Answer:
    body = {"error": {"type": kind, "status": status, "message": "It failed", "details": details}}
    return status, {"Content-Type": "application/json"}, json.dumps(body).encode()


@pytest.mark.parametrize(
    "where",
    [
        pytest.param(lambda fake, other: f"{other.url}/api/v1/decisions", id="another port"),
        pytest.param(lambda fake, other: fake.url.replace("127.0.0.1", "localhost") + "/x", id="another name"),
        pytest.param(lambda fake, other: "//desk.example/x", id="another host, by half an address"),
        pytest.param(lambda fake, other: fake.url.replace("http:", "https:") + "/x", id="another scheme"),
    ],
)
def test_no_redirect_leads_the_token_elsewhere(where: Callable[[Fake, Fake], str], fake: Fake, other: Fake) -> None:
    fake.answers = [(307, {"Location": where(fake, other)}, b"")]
    with sayso.connect(fake.url, "secret") as archive, pytest.raises(ServerAway, match="another host"):
        archive.decisions()
    assert len(fake.asked) == 1
    assert not other.asked


def test_a_redirect_on_the_same_host_is_followed_by_what_only_looks(fake: Fake) -> None:
    fake.answers = [(308, {"Location": "/desk/api/v1/decisions?limit=1000"}, b""), FINE]
    with sayso.connect(fake.url, "secret") as archive:
        assert archive.decisions() == []
        assert [path for _, path, _ in fake.asked] == [
            "/api/v1/decisions?limit=1000",
            "/desk/api/v1/decisions?limit=1000",
        ]
        fake.answers = [(308, {"Location": "/desk/api/v1/decisions/merge"}, b"")]
        with pytest.raises(ServerAway, match="sends us on"):
            archive.merge(1, 2, reason="one")


def test_a_redirect_in_a_circle_ends(fake: Fake) -> None:
    fake.answers = [(302, {"Location": "/api/v1/info"}, b"")]
    with sayso.connect(fake.url) as archive, pytest.raises(ServerAway, match="redirects"):
        archive.info()


def test_the_token_is_sent_and_nothing_of_a_netrc_file(
    fake: Fake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = tmp_path / ".netrc"
    netrc.write_text("machine 127.0.0.1 login someone password else\n")
    monkeypatch.setenv("NETRC", str(netrc))
    for token, sent in (("secret", "Bearer secret"), (None, None)):
        with sayso.connect(fake.url, token) as archive:
            archive.decisions()
        assert fake.asked[-1][2].get("Authorization") == sent


@pytest.mark.parametrize(
    "passing",
    [
        pytest.param((0, {}, b""), id="a connection that is cut"),
        pytest.param(failure(503, "ServerBusy", retry_after_s=0.01), id="a busy server"),
        pytest.param(failure(429, "TooManyRequests", retry_after_s=0.01), id="too many calls"),
        pytest.param((502, {}, b"<h1>Bad gateway</h1>"), id="a proxy before a server that starts"),
    ],
)
def test_what_only_looks_is_asked_again(passing: Answer, fake: Fake) -> None:
    fake.answers = [passing, passing, FINE]
    with sayso.connect(fake.url) as archive:
        assert archive.decisions() == []
    assert len(fake.asked) == 3


@pytest.mark.parametrize("passing", [(0, {}, b""), failure(503, "ServerBusy", retry_after_s=1)], ids=["cut", "busy"])
def test_what_changes_something_is_asked_once(passing: Answer, fake: Fake) -> None:
    fake.answers = [passing]
    with sayso.connect(fake.url) as archive, pytest.raises((ServerAway, ServerBusy)):
        archive.merge(1, 2, reason="one")
    assert len(fake.asked) == 1


def test_who_is_told_to_wait_for_long_is_told_so(fake: Fake) -> None:
    fake.answers = [failure(429, "TooManyRequests", retry_after_s=600)]
    with sayso.connect(fake.url) as archive, pytest.raises(TooManyRequests) as raised:
        archive.info()
    assert (raised.value.retry_after_s, len(fake.asked)) == (600, 1)


def test_a_server_that_keeps_silent_is_left(fake: Fake) -> None:
    with (
        sayso.connect("http://127.0.0.1:9", timeout_s=0.5) as archive,
        pytest.raises(ServerAway, match="nothing answers"),
    ):
        archive.info()


@pytest.mark.parametrize(
    "answer",
    [(200, {}, b"<h1>Welcome</h1>"), (404, {}, b"not found"), (400, {}, b"[]"), (400, {}, b'{"error": "no"}')],
    ids=["a page", "another server", "another form", "another body"],
)
def test_what_is_no_server_of_ours_is_said(answer: Answer, fake: Fake) -> None:
    fake.answers = [answer]
    with sayso.connect(fake.url) as archive, pytest.raises(ServerAway, match="address of a sayso server"):
        archive.info()


@pytest.mark.parametrize(
    "url", ["desk.example", "ftp://desk.example", "http://", "http://me:pass@desk.example", "http://a:x", "http://a?b"]
)
def test_an_address_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(BadSetting):
        sayso.connect(url)


@pytest.mark.parametrize("token", ["two words", "line\nbreak", "smile ☺"])
def test_a_token_that_is_none_is_not_shown(token: str) -> None:
    with pytest.raises(BadSetting) as raised:
        Server("http://127.0.0.1:9", token)
    assert token not in str(raised.value)


@pytest.mark.parametrize(
    "url, told",
    [
        pytest.param("http://desk.example", True, id="to another machine"),
        pytest.param("https://desk.example", False, id="encrypted"),
        pytest.param("http://127.0.0.1:8377", False, id="to this machine"),
        pytest.param("http://[::1]:8377", False, id="to this machine, by its new address"),
    ],
)
def test_a_token_that_others_could_read_is_told(url: str, told: bool) -> None:
    with sayso.connect(url, "secret") as archive:
        assert bool(archive.notes) == told
    with sayso.connect(url) as archive:
        assert not archive.notes


def test_the_api_itself_is_an_address_too() -> None:
    assert address_of("https://desk.example/news/api/v1/") == "https://desk.example/news"


def test_errors_come_back_as_they_were() -> None:
    query = BadQuery("a speeker:b", 2, 10, "No field 'speeker'", "Did you mean speaker:?")
    details = {"start": 2, "end": 10, "advice": "Did you mean speaker:?"}
    again = error_of({"type": "BadQuery", "status": 400, "message": str(query), "details": details})
    assert isinstance(again, BadQuery)
    assert (again.start, again.end, again.reason, str(again)) == (2, 10, "No field 'speeker'", str(query))
    foreign = NotEnglish("le.txt", "fr")
    details = {"name": "le.txt", "language": "fr", "advice": foreign.advice}
    again = error_of({"type": "NotEnglish", "status": 422, "message": str(foreign), "details": details})
    assert isinstance(again, NotEnglish)
    assert (again.reason, again.language) == (foreign.reason, "fr")


@pytest.mark.parametrize("kind", ["ErrorOfTomorrow", "Broken", "SystemExit", "annotations", "__builtins__"])
def test_an_error_that_is_unknown_here_is_one_still(kind: str) -> None:
    error = error_of({"type": kind, "status": 418, "message": "It failed", "details": {}})
    assert type(error) is ServerFailed
    assert (error.status, str(error)) == (418, "It failed")
