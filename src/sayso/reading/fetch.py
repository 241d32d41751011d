"""Fetching a page by its address, for a user who named it: no private address, no other scheme, never without bounds.

requests-hardened resolves the host once, refuses special addresses and connects to the one it checked, so that a name
cannot change its address in between. Redirects are followed here, one by one, each under the same rules; size, time
and number of redirects are bounded. The environment (proxies, .netrc) is left out: it would send the request elsewhere.
"""

from __future__ import annotations

import ipaddress
import re
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from sayso.errors import FetchFailed, NoSuchSource, RefusedAddress, TookTooLong, TooLarge
from sayso.reading.limits import Limits

if TYPE_CHECKING:
    import requests

_USER_AGENT = "sayso (reads one article for its user)"
_CHUNK = 65_536
_NOT_PUBLIC = tuple(ipaddress.ip_network(each) for each in ("::/3", "4000::/2", "8000::/1"))
"""All of IPv6 but the eighth that the public net has: networks' own (`fec0::1` too, which Python takes for public), and
IPv4 addresses in other forms (`::127.0.0.1`)."""
_INSIDE = ", which is inside a network and never asked"

SessionMaker = Callable[[float], "requests.Session"]
"""Makes the session that carries the address filter, given a time limit in seconds."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address delivered."""

    data: bytes
    url: str
    """The address after all redirects."""
    media_type: str | None
    charset: str | None
    etag: str | None = None
    modified: str | None = None
    """The `Last-Modified` header as it was sent: with `etag`, what the next request can ask by."""
    unchanged: bool = False
    """Whether it is as it was when `headers` asked for it only if changed (HTTP 304); `data` is empty then."""


def is_url(name: str) -> bool:
    """Whether a source's name is an address and not a file: it has a scheme of two letters or more and `//`."""
    return bool(re.match(r"[A-Za-z][A-Za-z0-9+.-]+://", name))


def fetch(
    url: str, limits: Limits, *, make_session: SessionMaker | None = None, headers: dict[str, str] | None = None
) -> Fetched:
    """The bytes behind an http(s) address. `headers` are sent beside our own ("If-None-Match").

    Raises RefusedAddress, NoSuchSource (404 and 410), FetchFailed, TooLarge, TookTooLong. `make_session` replaces the
    filtered session in tests.
    """
    import requests
    from requests_hardened.ip_filter import InvalidIPAddress

    deadline = time.monotonic() + limits.fetch_timeout_s
    session = (make_session or _filtered_session)(min(limits.fetch_timeout_s, 10.0))
    session.trust_env = False
    at = url
    try:
        with session:
            for _ in range(limits.max_redirects + 1):
                _check_form(at, checked_name=url, filtered=make_session is None)
                with session.get(at, stream=True, allow_redirects=False, headers=headers) as response:
                    if response.is_redirect:
                        at = urljoin(at, response.headers["location"])
                        continue
                    etag, modified = response.headers.get("etag"), response.headers.get("last-modified")
                    if headers and response.status_code == 304:
                        return Fetched(b"", at, None, None, etag, modified, unchanged=True)
                    _check_status(response, url)
                    data = _body(response, url, limits, deadline)
                    kind, charset = _content_type(response.headers.get("content-type", ""))
                    return Fetched(data, at, kind, charset, etag, modified)
    except InvalidIPAddress as error:
        raise _refused(url, f"it leads to the address {error.args[0] if error.args else ''}{_INSIDE}") from None
    except requests.Timeout:
        raise TookTooLong(
            url, f"no answer within {limits.fetch_timeout_s:g} s", "Try again, or save the page"
        ) from None
    except (requests.RequestException, UnicodeError, OSError) as error:
        reason = type(error).__name__
        raise FetchFailed(
            url, f"the page was not delivered ({reason})", "Check the address, or save the page"
        ) from None
    raise FetchFailed(url, f"over {limits.max_redirects} redirects", "Give the address they end at")


def _filtered_session(timeout_s: float) -> requests.Session:
    from requests_hardened import Config, Manager, ip_filter

    # The filter has no setting for what it refuses beside its own.
    more = tuple(each for each in _NOT_PUBLIC if each not in ip_filter.EXTRA_BLOCKED_NET_RANGES)
    ip_filter.EXTRA_BLOCKED_NET_RANGES += more
    config = Config(
        ip_filter_enable=True,
        ip_filter_allow_loopback_ips=False,
        never_redirect=True,
        default_timeout=(timeout_s, timeout_s),
        user_agent_override=_USER_AGENT,
    )
    session: requests.Session = Manager(config).get_session()
    return session


def _check_form(url: str, *, checked_name: str, filtered: bool) -> None:
    """Refuses what is wrong with an address before anything is resolved."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        raise _refused(checked_name, "it is no well-formed address") from None
    if parts.scheme.lower() not in ("http", "https"):
        raise _refused(checked_name, f"only http and https are fetched, not {parts.scheme}")
    if not host or "\\" in url or any(ord(character) < 33 for character in url):
        raise _refused(checked_name, "it is no well-formed address")
    if parts.username is not None or parts.password is not None:
        raise _refused(checked_name, "it carries a user name or a password")
    if filtered and _is_special(host):
        raise _refused(checked_name, f"it leads to the address {host}{_INSIDE}")


def _is_special(host: str) -> bool:
    """Whether a host written as a number, in whatever spelling, is an address that the public net does not have.

    `127.1`, `0x7f000001`, `2130706433` and `0177.0.0.1` are all loopback to the C library; names go to the filter.
    """
    bare = host.rstrip(".").split("%")[0]
    try:
        address = ipaddress.ip_address(bare)
    except ValueError:
        if not re.fullmatch(r"(?:0[xX][0-9a-fA-F]*|\d+)(?:\.(?:0[xX][0-9a-fA-F]*|\d+)){0,3}", bare):
            return bare.lower() == "localhost" or bare.lower().endswith((".localhost", ".local", ".internal"))
        try:
            address = ipaddress.ip_address(socket.inet_aton(bare))
        except OSError:
            return True
    return not address.is_global or address.is_multicast or any(address in each for each in _NOT_PUBLIC)


def _refused(url: str, why: str) -> RefusedAddress:
    return RefusedAddress(url, why, "Save the page and read the file")


def _check_status(response: requests.Response, url: str) -> None:
    if response.status_code in (404, 410):
        raise NoSuchSource(url, f"there is no such page (HTTP {response.status_code})", "Check the address")
    if response.status_code != 200:
        raise FetchFailed(url, f"the server answered HTTP {response.status_code}", "Try again, or save the page")


def _body(response: requests.Response, url: str, limits: Limits, deadline: float) -> bytes:
    """The body, read in chunks: neither its stated nor its unpacked size may pass the limit, nor the clock."""
    stated = response.headers.get("content-length", "")
    if stated.isdigit() and int(stated) > limits.max_bytes:
        raise TooLarge(url, f"it has {int(stated):,} bytes, over the limit of {limits.max_bytes:,}")
    parts, size = [], 0
    for chunk in response.iter_content(_CHUNK):
        size += len(chunk)
        if size > limits.max_bytes:
            raise TooLarge(url, f"it is over the limit of {limits.max_bytes:,} bytes")
        if time.monotonic() > deadline:
            raise TookTooLong(url, f"it was not delivered within {limits.fetch_timeout_s:g} s", "Save the page")
        parts.append(chunk)
    return b"".join(parts)


def _content_type(header: str) -> tuple[str | None, str | None]:
    charset = re.search(r"charset\s*=\s*[\"']?([\w:.-]+)", header, re.IGNORECASE)
    return header.partition(";")[0].strip().lower() or None, charset[1] if charset else None
