"""One body for whatever goes wrong, whoever finds it: a route, the archive, the framework, the layers before them."""

from __future__ import annotations

import json
import socket
from urllib.parse import urlsplit

import pytest
import requests

from tests.api.conftest import Asking

JSON = {"Content-Type": "application/json"}
DEEP = b"[" * 100_000
HUGE = b'{"text": "The bridge is unsafe, Mara Quill said.", "date": ' + b"9" * 5_000 + b"}"


def error(answer: requests.Response, status: int, kind: str) -> dict[str, object]:
    """The error in an answer, which has all its parts and no others."""
    assert answer.status_code == status, answer.text[:300]
    assert answer.headers["Content-Type"] == "application/json"
    body = answer.json()
    assert set(body) == {"error"}
    told: dict[str, object] = body["error"]
    assert list(told) == ["type", "status", "message", "details"]
    assert (told["type"], told["status"]) == (kind, status)
    assert isinstance(told["message"], str)
    assert len(told["message"]) > 10
    assert isinstance(told["details"], dict)
    assert "Traceback" not in answer.text
    return told["details"]


@pytest.mark.parametrize(
    "path, status, kind",
    [
        pytest.param("/nothing", 404, "BadRequest", id="a path there is not"),
        pytest.param("/articles/999", 404, "NoSuchEntry", id="an article there is not"),
        pytest.param("/articles/1?version=9", 404, "NoSuchEntry", id="a version there is not"),
        pytest.param("/articles/1?version=1&corrected=true", 422, "BadRequest", id="a version, corrected"),
        pytest.param("/articles/one", 422, "BadRequest", id="an id that is no number"),
        pytest.param("/articles/1.0", 422, "BadRequest", id="an id that is no whole number"),
        pytest.param("/articles/-1", 422, "BadRequest", id="an id below one"),
        pytest.param("/articles/" + "9" * 30, 422, "BadRequest", id="an id beyond 64 bit"),
        pytest.param("/articles/" + "9" * 5_000, 422, "BadRequest", id="an id that no computer reads"),
        pytest.param("/articles/1%00", 422, "BadRequest", id="an id with NUL"),
        pytest.param("/articles?limit=0", 422, "BadRequest", id="a page of nothing"),
        pytest.param("/articles?limit=1001", 422, "BadRequest", id="a page too large"),
        pytest.param("/articles?since=yesterday", 422, "BadRequest", id="a day that is none"),
        pytest.param("/articles?since=1700000000", 422, "BadRequest", id="a day in seconds"),
        pytest.param("/articles?since=2026-02-30", 422, "BadRequest", id="a day that the calendar lacks"),
        pytest.param("/articles?sort=fancy", 422, "BadRequest", id="an order there is not"),
        pytest.param("/articles?lmit=5", 422, "BadRequest", id="a parameter that is misspelt"),
        pytest.param("/articles?outlet=999", 404, "NoSuchEntry", id="an outlet there is not"),
        pytest.param("/problems?all=yes", 422, "BadRequest", id="a truth that is none"),
        pytest.param("/statements?q=(radar", 400, "BadQuery", id="a query that cannot be read"),
        pytest.param("/statements?q=" + "a" * 5_000, 400, "BadQuery", id="a query too long"),
        pytest.param("/statements?q=a%00b", 422, "BadRequest", id="a query with NUL"),
        pytest.param("/statements?q=%ED%A0%80:", 400, "BadQuery", id="a query of half a surrogate pair"),
        pytest.param("/statements?after=%F0%9F%98%80", 422, "BadRequest", id="a cursor of a smile"),
        pytest.param("/statements?after=abc", 400, "BadSetting", id="a cursor that is none"),
        pytest.param("/decisions?after=WzEsMSwxLDFd", 400, "BadSetting", id="a made-up cursor"),
        pytest.param("/statements?facets=colour", 422, "BadRequest", id="a facet there is not"),
        pytest.param("/traces", 422, "BadRequest", id="a trace of nothing"),
        pytest.param("/traces?q=radar&statement=1", 422, "BadRequest", id="a trace of two things"),
        pytest.param("/traces?statement=999999", 404, "NoSuchEntry", id="a statement there is not"),
        pytest.param("/speakers?name=%2300", 404, "NoSuchEntry", id="a number that nobody has"),
        pytest.param("/exports/word", 422, "BadRequest", id="a format there is not"),
        pytest.param("/exports/csv?article=999", 404, "NoSuchEntry", id="an export of what is not there"),
        pytest.param("/exports/csv?q=(radar", 400, "BadQuery", id="an export of a query that cannot be read"),
        pytest.param("/jobs/none", 404, "NoSuchEntry", id="a job there is not"),
        pytest.param("/jobs/none/events", 404, "NoSuchEntry", id="events of a job there is not"),
    ],
)
def test_what_cannot_be_given(path: str, status: int, kind: str, asking: Asking) -> None:
    error(asking.get(path), status, kind)


@pytest.mark.parametrize(
    "path, body, headers, status, kind",
    [
        pytest.param("/read", b"{", JSON, 422, "BadRequest", id="broken JSON"),
        pytest.param("/decisions/merge", b"{", JSON, 422, "BadRequest", id="broken JSON that the framework reads"),
        pytest.param("/read", DEEP, JSON, 422, "BadRequest", id="JSON too deep"),
        pytest.param("/decisions/merge", DEEP[:60_000], JSON, 400, "BadRequest", id="JSON too deep for the framework"),
        pytest.param("/read", HUGE, JSON, 422, "BadRequest", id="a number that no computer reads"),
        pytest.param("/read", b"[]", JSON, 422, "BadRequest", id="a list for an object"),
        pytest.param("/read", b"{}", JSON, 422, "BadRequest", id="nothing to read"),
        pytest.param("/read", b'{"text": "a", "url": "http://a.example"}', JSON, 422, "BadRequest", id="two things"),
        pytest.param("/read", b'{"text": "\\ud800 said"}', JSON, 422, "BadRequest", id="half a surrogate pair"),
        pytest.param("/read", b'{"text": "a", "\\ud800": 1}', JSON, 422, "BadRequest", id="half a pair for a name"),
        pytest.param("/read", b"\xff\xfe", JSON, 422, "BadRequest", id="bytes that are no text"),
        pytest.param("/read", b'{"url": "file:///etc/passwd"}', JSON, 422, "BadRequest", id="an address of a file"),
        pytest.param("/read", b'{"url": "http://127.0.0.1/"}', JSON, 403, "RefusedAddress", id="a private address"),
        pytest.param("/read", b'{"text": "...!"}', JSON, 422, "EmptySource", id="a text without a letter"),
        pytest.param("/read", b'{"text": "a word", "date": "soon"}', JSON, 400, "BadSetting", id="a date that is none"),
        pytest.param("/read", b"text", {"Content-Type": "text/plain"}, 415, "BadRequest", id="a plain text"),
        pytest.param("/read", b"text", {}, 415, "BadRequest", id="of no media type"),
        pytest.param(
            "/read", b"text", {"Content-Type": "multipart/form-data"}, 422, "BadRequest", id="a form without a boundary"
        ),
        pytest.param(
            "/read", b"--x\r\n", {"Content-Type": "multipart/form-data; boundary=x"}, 422, "BadRequest", id="a cut form"
        ),
        pytest.param("/read", b" " * 30_000_000, JSON, 413, "RefusedRequest", id="too large"),
        pytest.param("/decisions/merge", b'{"keep": 1}', JSON, 422, "BadRequest", id="fields that lack"),
        pytest.param(
            "/decisions/merge",
            b'{"keep": 1e400, "other": 99999999999999999999999, "reason": "x"}',
            JSON,
            422,
            "BadRequest",
            id="enormous numbers",
        ),
        pytest.param(
            "/decisions/merge", b'{"keep": 1, "other": 2, "reason": "a\\u0000"}', JSON, 422, "BadRequest", id="NUL"
        ),
        pytest.param(
            "/decisions/merge",
            b'{"keep": 1, "other": 1, "reason": "one"}',
            JSON,
            409,
            "RefusedDecision",
            id="a decision that cannot be",
        ),
        pytest.param("/decisions/999/undo", b"{}", JSON, 404, "NoSuchEntry", id="undoing what was not decided"),
        pytest.param(
            "/articles/1/corrections",
            b'{"field": "stance", "target": "nothing"}',
            JSON,
            404,
            "NoSuchEntry",
            id="a correction of nothing",
        ),
    ],
)
def test_what_cannot_be_taken(
    path: str, body: bytes, headers: dict[str, str], status: int, kind: str, changing: Asking
) -> None:
    error(changing.post(path, data=body, headers=headers), status, kind)


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "POST", "OPTIONS", "FANCY"])
def test_a_method_that_a_path_does_not_have(method: str, asking: Asking) -> None:
    answer = asking(method, "/info")
    error(answer, 405, "BadRequest")
    assert answer.headers["Allow"] == "GET"


def test_where_a_query_is_wrong_is_told(asking: Asking) -> None:
    details = error(asking.get("/statements", params={"q": "bridge speeker:quill"}), 400, "BadQuery")
    assert (details["start"], details["end"]) == (7, 15)


def test_the_nearest_names_are_told(asking: Asking) -> None:
    details = error(asking.get("/speakers", params={"name": "Askwold"}), 404, "NoSuchEntry")
    assert details["nearest"] == ["Elin Askvold"]


def test_the_fields_that_are_wrong_are_named(asking: Asking) -> None:
    details = error(asking.get("/articles?lmit=5&since=soon"), 422, "BadRequest")
    assert {each["field"] for each in details["fields"]} <= {"query.lmit", "query.since"}  # type: ignore[attr-defined]
    details = error(asking.post("/decisions/merge", json={"keep": "one", "reason": "x"}), 422, "BadRequest")
    assert {each["field"] for each in details["fields"]} == {"body.keep", "body.other"}  # type: ignore[attr-defined]


def test_a_request_that_is_none_does_not_end_the_server(asking: Asking) -> None:
    host = urlsplit(asking.address)
    for line in (b"GET /api/v1/articles/\xff\xff HTTP/1.1\r\nHost: a\r\n\r\n", b"\x16\x03\x01\r\n\r\n"):
        with socket.create_connection((host.hostname or "", host.port or 0), timeout=10) as connection:
            connection.sendall(line)
            assert connection.recv(1_000).startswith((b"HTTP/1.1 4", b"HTTP/1.0 4"))
    assert asking.get("/info").ok


def test_the_body_is_the_one_that_is_described(asking: Asking) -> None:
    described = asking.get("/openapi.json").json()["components"]["schemas"]
    assert "HTTPValidationError" not in described
    assert list(described["Error"]["properties"]["error"]["properties"]) == ["type", "status", "message", "details"]
    assert json.dumps(described).count("ValidationError") == 0
