"""The one cookie: the secret of a session, for nobody but the browser that signed in.

Under https its name begins with `__Host-`, by which a browser takes it from this very host over https alone, so that
no neighbouring host can put in one of its own. No script can read it, and other sites' requests do not carry it but
where somebody follows a link (`Lax`: a link in a mail leads to the page, and not to the sign-in page).
"""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.requests import cookie_parser
from starlette.responses import Response

from sayso.archive.accounts.sessions import LONGEST_D

NAMES = ("sayso", "__Host-sayso")


def cookie_name(https: bool) -> str:
    """How the cookie is called."""
    return NAMES[https]


def session_in(headers: Headers, *, https: bool) -> str | None:
    """The session's secret that a request has; None where it has none, or more than one."""
    found = [
        value
        for line in headers.getlist("cookie")
        # One by one: of two by one name a browser sends both in one line.
        for each in line.split(";")
        for name, value in cookie_parser(each).items()
        if name == cookie_name(https)
    ]
    return found[0] if len(found) == 1 and 0 < len(found[0]) <= 100 else None


def has_cookie(headers: Headers) -> bool:
    """Whether a request has a cookie of ours, by either name."""
    return any(name in cookie_parser(line) for line in headers.getlist("cookie") for name in NAMES)


def give_session(response: Response, secret: str, *, https: bool) -> None:
    """Gives the browser its session."""
    response.set_cookie(
        cookie_name(https), secret, max_age=LONGEST_D * 86400, path="/", secure=https, httponly=True, samesite="lax"
    )


def take_session(response: Response, *, https: bool) -> None:
    """Takes the session from the browser; of pages it has kept none (`no-store`)."""
    response.delete_cookie(cookie_name(https), path="/", secure=https, httponly=True, samesite="lax")
