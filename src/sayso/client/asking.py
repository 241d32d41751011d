"""Asking a server over HTTP. The only file here that knows of HTTP.

A token goes to the server that it was given for and to nobody else: redirects to another host, another scheme or
another port are errors. Only what changes nothing is asked again after a failure.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import IO, Any
from urllib.parse import urljoin, urlsplit

import requests

from sayso.client.failures import error_of
from sayso.errors import BadSetting, SaysoError, ServerAway

API = "/api/v1"
TRIES = 3
WAIT_S = 0.5
"""Before the second try, twice as long before the third."""
LONGEST_WAIT_S = 30
"""Of what a server may ask us to wait before we ask again; beyond it, the error is the caller's."""
MOST_REDIRECTS = 5
PASSING = (429, 502, 503, 504)
"""Statuses after which it may work again in a moment."""
CONNECT_S = 10.0
_CHUNK = 1 << 16
_SURE = "Is this the address of a sayso server?"

Files = list[tuple[str, tuple[str, IO[bytes] | bytes, str]]]


class _Bearer(requests.auth.AuthBase):
    """The token, or nothing: in any case not what a .netrc file has for that host."""

    def __init__(self, token: str | None) -> None:
        self.token = token

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        if self.token:
            request.headers["Authorization"] = f"Bearer {self.token}"
        return request


class Server:
    """One server, asked in the name of one token."""

    def __init__(self, url: str, token: str | None = None, *, timeout_s: float = 60.0) -> None:
        self.url = address_of(url)
        if token is not None and not (token.isascii() and token.isprintable() and " " not in token):
            raise BadSetting("token", "...", "a token as it was shown when it was made")
        self.timeout_s = timeout_s
        self._session = requests.Session()
        self._session.auth = _Bearer(token)
        self._session.headers.update({"Accept": "application/json", "User-Agent": "sayso"})

    @property
    def is_overheard(self) -> bool:
        """Whether what goes to it leaves this machine unencrypted."""
        parts = urlsplit(self.url)
        return parts.scheme == "http" and not re.fullmatch(r"localhost|127\.[\d.]+|::1", parts.hostname or "")

    def close(self) -> None:
        """Gives back what is held open."""
        self._session.close()

    def get(self, path: str, **parameters: Any) -> Any:
        """What the server has at a path, as plain data. Raises what the server raised, and ServerAway."""
        return self._json(self._asked("GET", path, parameters=parameters))

    def post(self, path: str, body: Mapping[str, Any] | None = None) -> Any:
        """What came of it, as plain data."""
        # Written here: requests would refuse what JSON can hold.
        data = json.dumps(body or {}).encode("ascii")
        return self._json(self._asked("POST", path, data=data, content_type="application/json"))

    def post_form(self, path: str, fields: Mapping[str, Any], files: Files) -> Any:
        """What came of a form with files, as plain data."""
        parts: list[tuple[str, Any]] = [(name, (None, value)) for name, value in _parameters(fields)]
        return self._json(self._asked("POST", path, files=[*parts, *files]))

    def delete(self, path: str) -> Any:
        """What came of taking something away, as plain data."""
        return self._json(self._asked("DELETE", path))

    @contextmanager
    def stream(self, path: str, **parameters: Any) -> Iterator[Iterator[bytes]]:
        """The bytes of an answer that need not fit in memory, in chunks."""
        with self._asked("GET", path, parameters=parameters, stream=True) as response:
            yield self._chunks(response)

    def _chunks(self, response: requests.Response) -> Iterator[bytes]:
        try:
            yield from response.iter_content(_CHUNK)
        except requests.RequestException as error:
            raise ServerAway(self.url, f"the answer broke off ({_reason(error)})") from error

    def _asked(
        self,
        method: str,
        path: str,
        *,
        parameters: Mapping[str, Any] | None = None,
        data: Any = None,
        files: Any = None,
        content_type: str | None = None,
        stream: bool = False,
    ) -> requests.Response:
        tries = TRIES if method == "GET" else 1
        for left in reversed(range(tries)):
            try:
                response = self._followed(
                    method,
                    f"{self.url}{API}{path}",
                    params=_parameters(parameters or {}),
                    data=data,
                    files=files,
                    headers={"Content-Type": content_type} if content_type else {},
                    timeout=(CONNECT_S, self.timeout_s),
                    stream=stream,
                    allow_redirects=False,
                )
            except requests.RequestException as error:
                # Who kept us waiting for all that time would do so again, and have the work twice.
                lasting = isinstance(error, requests.ReadTimeout | requests.exceptions.SSLError)
                if not left or lasting:
                    raise ServerAway(self.url, _reason(error)) from error
                time.sleep(WAIT_S * 2 ** (tries - 1 - left))
                continue
            if response.status_code < 400:
                return response
            told = self._error(response)
            wait_s = getattr(told, "retry_after_s", None) or WAIT_S * 2 ** (tries - 1 - left)
            if not left or response.status_code not in PASSING or wait_s > LONGEST_WAIT_S:
                raise told
            time.sleep(wait_s)
        raise AssertionError("a try either answers or raises")

    def _followed(self, method: str, url: str, **how: Any) -> requests.Response:
        for _ in range(MOST_REDIRECTS + 1):
            response = self._session.request(method, url, **how)
            if not response.is_redirect:
                return response
            target = urljoin(url, response.headers["Location"])
            response.close()
            if _origin(target) != _origin(self.url):
                raise ServerAway(
                    self.url, f"it sends us on to {target[:200]}, another host", "Name that address if you trust it"
                )
            if method != "GET":
                raise ServerAway(self.url, f"it sends us on to {target[:200]}", "Name that address")
            # What was asked for is part of the new address.
            url, how["params"] = target, None
        raise ServerAway(self.url, f"more than {MOST_REDIRECTS} redirects")

    def _json(self, response: requests.Response) -> Any:
        if response.status_code == 204:
            return None
        try:
            return json.loads(response.content)
        except ValueError as error:
            raise ServerAway(self.url, "what it answered is no JSON", _SURE) from error

    def _error(self, response: requests.Response) -> SaysoError:
        try:
            return error_of(json.loads(response.content)["error"])
        except (ValueError, KeyError, TypeError, requests.RequestException):
            reason = f"it answers {response.status_code} {response.reason or ''}".strip()
            return ServerAway(self.url, reason, _SURE)


def address_of(url: str) -> str:
    """The address of a server without a slash at its end. Raises BadSetting.

    >>> address_of("https://desk.example/")
    'https://desk.example'
    """
    try:
        parts = urlsplit(url)
        fine = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        fine = False
    if not fine or parts.query or parts.fragment or parts.username or parts.password:
        raise BadSetting("url", url, "the address of a server, like https://desk.example or http://127.0.0.1:8377")
    return url.rstrip("/").removesuffix(API)


def _origin(url: str) -> tuple[str, str | None, int | None]:
    parts = urlsplit(url)
    return parts.scheme, parts.hostname, parts.port or {"http": 80, "https": 443}.get(parts.scheme)


def _parameters(given: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [(name, each) for name, value in given.items() for each in _written(value)]


def _written(value: Any) -> list[str]:
    """A parameter as text: a list once for each item, nothing for None."""
    if value is None:
        return []
    if isinstance(value, bool):
        return ["true" if value else "false"]
    if isinstance(value, list | tuple):
        return [written for each in value for written in _written(each)]
    return [str(value)]


def _reason(error: Exception) -> str:
    if isinstance(error, requests.Timeout):
        return "it does not answer in time"
    if isinstance(error, requests.exceptions.SSLError):
        return "its certificate cannot be trusted"
    if isinstance(error, requests.ConnectionError):
        return "nothing answers there"
    return str(error)[:200] or type(error).__name__
