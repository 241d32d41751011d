"""The one body in which a server says what went wrong, for programs; a desk has a page for people."""

from __future__ import annotations

import json
import logging
import re
import secrets
from typing import Any
from urllib.parse import quote

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sayso.errors import ArchiveError, BadRequest, DamagedModel, NotSignedIn, SaysoError

_LOG = logging.getLogger("sayso.web")
_TOLD = (
    "name",
    "kind",
    "nearest",
    "advice",
    "start",
    "end",
    "decision",
    "expected",
    "value",
    "retry_after_s",
    "fields",
    "language",
    "wanted_for",
    "packages",
)
"""What of an error's own values goes out: never a path of the server, nor what its database said."""


class Broken(SaysoError):
    """A fault of ours: the log has it, the caller a number to ask for it by."""

    status = 500

    def __init__(self, number: str) -> None:
        super().__init__(f"sayso made a mistake; its log has it under {number}. Please tell us")


def broken(error: BaseException, where: str) -> Broken:
    """What callers are told of a fault of ours, which goes into the log with where it happened."""
    number = secrets.token_hex(4)
    _LOG.error("%s: %s", number, where, exc_info=error)
    return Broken(number)


class _Body(JSONResponse):
    """JSON that may quote halves of surrogate pairs: a request can hold them."""

    def render(self, content: Any) -> bytes:
        return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "backslashreplace")


def failure_to_json(error: SaysoError) -> dict[str, Any]:
    """The error as `{"error": {"type": "NoSuchEntry", "status": 404, "message": "...", "details": {...}}}`."""
    details = {name: getattr(error, name) for name in _TOLD if getattr(error, name, None) not in (None, "", ())}
    return {
        "error": {
            "type": type(error).__name__,
            "status": error.status,
            "message": message_of(error),
            "details": details,
        }
    }


def message_of(error: SaysoError) -> str:
    """What an error says to others than the log, which has where files lie and what the database said."""
    if isinstance(error, ArchiveError):
        reason = re.sub(r" \(.*\)", "", error.reason, flags=re.DOTALL)
        return f"The archive: {reason}" + (f". {error.advice}" if error.advice else "")
    if isinstance(error, DamagedModel):
        return str(error).replace(error.path, re.split(r"[/\\]", error.path)[-1])
    return str(error)


def wants_json(request: Request) -> bool:
    """Whether whoever asks is a program: under `/api/`, or for a page's data."""
    path = request.url.path
    return path.startswith("/api/") or path.endswith(".json")


def respond(request: Request, error: SaysoError) -> Response:
    """The error as whoever asked can read it; whoever wants a page and has not signed in is led to where to."""
    render = request.app.state.serving.render_failure
    if render is None or wants_json(request):
        response: Response = _Body(failure_to_json(error), status_code=error.status)
    elif isinstance(error, NotSignedIn) and request.method in ("GET", "HEAD"):
        asked = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        return RedirectResponse(f"/login?next={quote(asked, safe='/')}", status_code=303)
    else:
        response = render(request, error)
    if error.status == 401:
        response.headers["WWW-Authenticate"] = 'Bearer realm="sayso"'
    wait_s = getattr(error, "retry_after_s", None)
    if wait_s is not None:
        response.headers["Retry-After"] = str(wait_s)
    return response


def install(app: FastAPI) -> None:
    """Lets every error of an application come out in that body."""

    async def of_ours(request: Request, error: Exception) -> Response:
        assert isinstance(error, SaysoError)
        if error.status >= 500:
            _LOG.error("%s %s: %r", request.method, quote(request.url.path), str(error))
        return respond(request, error)

    async def of_a_request(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        return respond(request, BadRequest.of_fields(error.errors()))

    async def of_http(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        response = respond(request, BadRequest.of_status(error.status_code, request.method, request.url.path))
        response.headers.update(error.headers or {})
        return response

    app.add_exception_handler(SaysoError, of_ours)
    app.add_exception_handler(RequestValidationError, of_a_request)
    app.add_exception_handler(HTTPException, of_http)


class Answering:
    """An application that has an answer to every error, those of the layers inside it among them.

    Starlette would answer to an unknown error outside of all layers, without the headers that each answer has.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            # There is none.
            await send({"type": "websocket.close", "code": 1000})
            return
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = False

        async def sent(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self.app(scope, receive, sent)
        except Exception as error:
            if started:
                # The connection is cut, by which the other side knows that the answer is not whole.
                raise
            request = Request(scope)
            if not isinstance(error, SaysoError):
                error = broken(error, f"{request.method} {quote(request.url.path)}")
            await respond(request, error)(scope, receive, send)
