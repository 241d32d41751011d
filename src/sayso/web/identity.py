"""Who asks: found for every request before its route is; and what they changed: written down after."""

from __future__ import annotations

import logging
from contextlib import suppress
from functools import partial

import anyio
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sayso.archive.accounts.forms import Known
from sayso.archive.accounts.log import WRITTEN
from sayso.archive.signers import local_user
from sayso.errors import ArchiveError, NotSignedIn, RefusedRequest
from sayso.web.access import role_of
from sayso.web.cookies import session_in
from sayso.web.hosts import SAFE
from sayso.web.roles import RANKS, Principal
from sayso.web.state import Serving

_LOG = logging.getLogger("sayso.web")
BAD_TOKEN = NotSignedIn("The token is not known, or it was revoked or has ended", "Take another one")
_FORWARDED = ("x-forwarded-for", "x-forwarded-host", "x-real-ip", "forwarded", "via")
_THREADS = 4
"""Of their own, so that whoever comes is known although all others are at work."""


class Identity:
    """An application whose requests know their `Principal` (`request.state.principal`), None for nobody known.

    A token counts where there is one, else the session of the cookie. What only an editor or an admin may ask, and
    what changes something, goes into the archive's log: unless its route has put it there itself (`server.audit`).
    """

    def __init__(self, app: ASGIApp, *, serving: Serving) -> None:
        self.app = app
        self.serving = serving
        self._threads = anyio.CapacityLimiter(_THREADS)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        client = scope.get("client")
        address = client[0] if client else ""
        state = scope.setdefault("state", {})
        state["principal"], due = None, None
        if not self.serving.login:
            _refuse_forwarded(Headers(scope=scope))
            state["principal"] = Principal(local_user("local"), "admin", address=address)
        elif not scope["path"].startswith("/static/"):
            headers = Headers(scope=scope)
            kind, _, secret = headers.get("authorization", "").partition(" ")
            if kind.lower() == "bearer":
                known = await self._run(partial(self.serving.archive.accounts.of_token, secret.strip()))
                state["why_nobody"] = None if known else BAD_TOKEN
            else:
                cookie = session_in(headers, https=self.serving.https)
                known = await self._run(partial(self.serving.archive.accounts.of_session, cookie)) if cookie else None
            via = "token" if kind.lower() == "bearer" else "session"
            state["principal"] = known and _principal(known, via, address)
            due = known if known and known.is_due else None
        status = 0

        async def sent(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        written: list[str] = []
        # Threads that work for this request have it too.
        before = WRITTEN.set(written)
        try:
            await self.app(scope, receive, sent)
        finally:
            WRITTEN.reset(before)
            # The answer is out: nobody waits for this.
            if due is not None:
                await self._note(due, state["principal"].via)
        if not written:
            await self._write_down(scope, status)

    async def _run(self, work: partial[Known | None]) -> Known | None:
        return await anyio.to_thread.run_sync(work, limiter=self._threads)

    async def _note(self, known: Known, via: str) -> None:
        accounts = self.serving.archive.accounts
        saw = accounts.saw_token if via == "token" else accounts.saw_session
        with suppress(ArchiveError):
            await anyio.to_thread.run_sync(saw, known.id, limiter=self._threads)

    async def _write_down(self, scope: Scope, status: int) -> None:
        state, route = scope["state"], scope.get("route")
        principal: Principal | None = state["principal"]
        if principal is None or route is None or scope["method"] in SAFE:
            return
        role, _ = role_of(route)
        if role is None or RANKS[role] < RANKS["editor"] or not (status == 403 or 0 < status < 400):
            return
        act = partial(
            self.serving.archive.accounts.audit,
            getattr(route, "name", "").replace("_", " "),
            scope["path"],
            outcome="refused" if status == 403 else "ok",
            actor=principal.actor,
        )
        try:
            await anyio.to_thread.run_sync(act, limiter=self._threads)
        except ArchiveError as error:
            _LOG.error("not in the log: %s %r of %s: %s", scope["method"], scope["path"], principal.name, error)


def _refuse_forwarded(headers: Headers) -> None:
    """Where nobody signs in, whoever comes through a proxy would be an admin: so nobody does."""
    if any(name in headers for name in _FORWARDED):
        raise RefusedRequest(
            "Nobody signs in at this desk, so it is for this machine alone. For others, start it with --public-url"
        )


def _principal(known: Known, via: str, address: str) -> Principal:
    if via == "token":
        return Principal(known.user.name, known.role, "token", known.user.id, address)
    return Principal(known.user.name, known.role, "session", known.user.id, address, known.id)
