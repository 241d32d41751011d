"""Whose name a request may ask for, and from which site it may come.

A page of any site can make a browser send requests to any address, this machine's own among them, with the cookies
that the browser has for it. Two things are held against that:

- **The Host header must name this server.** A stranger's name that was made to lead here (DNS rebinding) would make
  his pages the same site as ours. Allowed are the host of the public address, the address that the connection came
  in on, the name that the server was told to listen on, and where that is this machine's own address, `localhost`.
- **What changes something must come from our own pages.** A browser says where a request comes from: in
  `Sec-Fetch-Site` (which no script can set), or, over plain http to another machine, in `Origin` alone. One that says
  another site, or `null`, is refused. One that says neither comes from no browser of the last years (all send `Origin`
  with each request but GET and HEAD), but from a program: it may pass, unless it has a cookie of ours, which only a
  browser has, and which is all that such a request could ride on. A request with a token and no cookie may pass
  whatever it says: no page can make a browser send the header that the token is in, without asking first, and we never
  say yes to that (CORS).

Pages of other sites may not load ours as pictures, scripts or data either, though that changes nothing: it would have
the server work for them. They may link to them.
"""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from sayso.errors import RefusedRequest
from sayso.web.cookies import has_cookie

SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
"""Methods that change nothing, by RFC 9110."""
_DEFAULT_PORTS = {"http": 80, "https": 443}
_AUTHORITY = re.compile(r"(?P<host>[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(:(?P<port>\d{1,5}))?", re.ASCII)
_OURS = frozenset({"same-origin", "none"})
"""Of `Sec-Fetch-Site`: a page of ours; or the user, who typed an address or opened a bookmark."""


class KnownHosts:
    """An application that is only asked by its own names. Raises RefusedRequest (421, "misdirected")."""

    def __init__(self, app: ASGIApp, *, public_url: str = "", host: str = "") -> None:
        self.app = app
        self._public = authority_of(urlsplit(public_url).netloc, urlsplit(public_url).scheme) if public_url else None
        self._host = host.strip("[]").lower()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            given = Headers(scope=scope).getlist("host")
            asked = authority_of(given[0], "http") if len(given) == 1 else None
            if asked is None or not self._is_ours(asked, scope.get("server")):
                raise RefusedRequest(
                    "This server does not go by that name. If it should, start it with --public-url", status=421
                )
        await self.app(scope, receive, send)

    def _is_ours(self, asked: tuple[str, int], server: tuple[str, int | None] | None) -> bool:
        # A proxy in front may leave out the port that it listens on itself.
        if self._public is not None and asked in (self._public, (self._public[0], 80)):
            return True
        if server is None:
            return False
        own, port = plain_address(server[0]), server[1] or 80
        names = {own, self._host} - {""}
        if is_loopback(own):
            names |= {"localhost", "127.0.0.1", "::1"}
        return asked[0] in names and asked[1] == port


class OwnSite:
    """An application that other sites cannot make a browser change. Raises RefusedRequest."""

    def __init__(self, app: ASGIApp, *, public_url: str = "") -> None:
        self.app = app
        split = urlsplit(public_url)
        self._public = f"{split.scheme}://{split.netloc}".lower() if public_url else ""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            self._refuse(scope["method"], Headers(scope=scope))
        await self.app(scope, receive, send)

    def _refuse(self, method: str, headers: Headers) -> None:
        from_site = headers.get("sec-fetch-site")
        if method in SAFE:
            if from_site not in (None, *_OURS) and headers.get("sec-fetch-mode") != "navigate":
                raise RefusedRequest("A page of another site may link to this one, and not load it")
            return
        cookie = has_cookie(headers)
        if headers.get("authorization", "").lower().startswith("bearer ") and not cookie:
            return
        if from_site is not None:
            if from_site in _OURS:
                return
        elif (origin := headers.get("origin")) is not None:
            if self._is_own(origin.lower(), headers.get("host", "").lower()):
                return
        elif not cookie:
            return
        raise RefusedRequest(
            "The request came from another site, so nothing was changed. Open the page here and try again"
        )

    def _is_own(self, origin: str, host: str) -> bool:
        return bool(origin) and origin in (self._public, f"http://{host}")


def authority_of(value: str, scheme: str) -> tuple[str, int] | None:
    """Host and port of a Host header, in small letters and without brackets; None for what is none."""
    found = _AUTHORITY.fullmatch(value)
    if found is None or int(found["port"] or 0) > 65535:
        return None
    # The dot of the root changes nothing.
    host = plain_address(found["host"].removesuffix("."))
    return (host, int(found["port"] or 0) or _DEFAULT_PORTS.get(scheme, 80)) if host else None


def is_loopback(host: str) -> bool:
    """Whether an address leads to this machine alone.

    >>> [is_loopback(each) for each in ("127.0.0.1", "::1", "[::1]", "localhost", "0.0.0.0", "10.0.0.7", "")]
    [True, True, True, True, False, False, False]
    """
    try:
        return ipaddress.ip_address(plain_address(host)).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def plain_address(host: str) -> str:
    """An address as others write it: one of IPv4 that a socket of IPv6 shows as its own kind ("::ffff:10.0.0.7")."""
    bare = host.strip("[]").lower()
    try:
        found = ipaddress.ip_address(bare)
    except ValueError:
        return bare
    mapped = found.ipv4_mapped if isinstance(found, ipaddress.IPv6Address) else None
    return str(mapped or found)
