"""How large a request may be and how long it may take to come, held against while it comes.

FastAPI reads a body before it asks who sent it: so whoever is not known may send no more than a form takes to sign in.
"""

from __future__ import annotations

import time
from collections.abc import Collection

import anyio
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sayso.errors import RefusedRequest, SaysoError
from sayso.settings import MAX_BYTES

OF_NOBODY = 64 * 1024
"""Bytes of a body of somebody who has not signed in."""
SLACK = 256 * 1024
"""Bytes that a form takes beside the files in it."""
OF_FORM = 1024 * 1024
"""Bytes of a form without files, which is taken apart while nobody else is answered: a second for ten million."""
OF_JSON = 64 * 1024
"""Bytes of JSON, which is looked through in the same way and field by field, but where texts come in it."""
FILES = 4
"""Files of the largest size that may come in one request."""
WAIT_S = 20.0
"""Longest time without a byte."""
WHOLE_S = 180.0
"""Longest time for a whole body."""
DRAIN_S = 5.0


class BodyLimits:
    """An application whose requests end: their bodies are cut off where they are too large or too slow."""

    def __init__(
        self, app: ASGIApp, *, large: Collection[str] = (), wait_s: float = WAIT_S, whole_s: float = WHOLE_S
    ) -> None:
        """`large` are the paths of routes that take in their bodies themselves, texts in JSON among them."""
        self.app = app
        self.large = large
        self.wait_s = wait_s
        self.whole_s = whole_s

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        body = _Body(scope, receive, self)
        if body.wrong is None:
            try:
                await self.app(scope, body.receive, body.sender(send))
            except Exception:
                if body.wrong is None:
                    raise
        if body.wrong is not None and not body.answered:
            await body.drain()
            raise body.wrong


class _Body:
    def __init__(self, scope: Scope, receive: Receive, limits: BodyLimits) -> None:
        self._receive = receive
        self._limits = limits
        self._known = scope.get("state", {}).get("principal") is not None
        headers = Headers(scope=scope)
        self.most = _most(headers, scope["path"] in limits.large) if self._known else OF_NOBODY
        self.asks_first = headers.get("expect", "").lower() == "100-continue"
        """Whether it sends nothing before it is told that it may, which taking in a byte would tell it."""
        self.taken = 0
        self.ended = False
        self.until: float | None = None
        self.answered = False
        self.wrong: SaysoError | None = None
        told = headers.get("content-length", "")
        if told.isascii() and told.isdecimal() and (len(told) > 15 or int(told) > self.most):
            self.wrong = self._too_large()

    async def receive(self) -> Message:
        if self.ended:
            # The body is in; what comes now is that the other side went away, whenever that is.
            return await self._receive()
        if self.wrong is not None:
            raise self.wrong
        now = time.monotonic()
        self.until = self.until or now + self._limits.whole_s
        with anyio.move_on_after(max(0.0, min(self._limits.wait_s, self.until - now))) as waiting:
            message = await self._receive()
        if waiting.cancelled_caught:
            self.wrong = RefusedRequest("The request took too long to come in. Try again", status=408)
            raise self.wrong
        if message["type"] != "http.request":
            self.ended = True
            return message
        self.taken += len(message.get("body", b""))
        self.ended = not message.get("more_body", False)
        if self.taken > self.most:
            self.wrong = self._too_large()
            raise self.wrong
        return message

    def sender(self, send: Send) -> Send:
        """Sends on what the application answers, unless it answers to a body that was cut off."""

        async def sent(message: Message) -> None:
            if self.wrong is not None and not self.answered:
                return
            self.answered = True
            await send(message)

        return sent

    async def drain(self) -> None:
        """Takes in a little more, unseen: a browser that is still sending would not look at the answer."""
        if self.asks_first or self.wrong is None or self.wrong.status != 413:
            return
        left, until = 2 * self.most, time.monotonic() + DRAIN_S
        while not self.ended and left > 0 and time.monotonic() < until:
            with anyio.move_on_after(DRAIN_S / 5) as waiting:
                message = await self._receive()
                left -= len(message.get("body", b""))
                self.ended = message["type"] != "http.request" or not message.get("more_body", False)
            if waiting.cancelled_caught:
                return

    def _too_large(self) -> RefusedRequest:
        if not self._known:
            return RefusedRequest(f"Whoever has not signed in may send {OF_NOBODY:,} bytes at the most", status=413)
        return RefusedRequest(
            f"The request is too large: {self.most:,} bytes at the most. Send fewer files at a time", status=413
        )


def _most(headers: Headers, large: bool) -> int:
    """Bytes of a body of somebody who has signed in, by its kind."""
    kind = headers.get("content-type", "").lower()
    if kind.startswith("multipart/"):
        return MAX_BYTES.value() * FILES + SLACK
    if large:
        return MAX_BYTES.value() + SLACK
    return OF_FORM if kind.startswith("application/x-www-form-urlencoded") else OF_JSON
