"""HEAD for every route that answers to GET: the same answer without its body."""

from __future__ import annotations

from starlette.types import ASGIApp, Message, Receive, Scope, Send


class _Enough(OSError):
    """Ends an answer of which nobody wants more."""


class Heads:
    """An application in which HEAD is GET, and what would follow the headers is not sent (nor, mostly, made)."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self.app(scope, receive, send)
            return
        ended = False

        async def headers_alone(message: Message) -> None:
            nonlocal ended
            if message["type"] == "http.response.start":
                await send(message)
            elif not ended:
                ended = True
                await send({"type": "http.response.body", "body": b"", "more_body": False})
                if message.get("more_body", False):
                    raise _Enough
            else:
                raise _Enough

        scope["method"] = "GET"
        try:
            await self.app(scope, receive, headers_alone)
        except Exception:
            # An answer that was being made when it was ended may say so in its own way.
            if not ended:
                raise
        finally:
            scope["method"] = "HEAD"
