"""Signing in and out, and one's own account: password and tokens."""

from __future__ import annotations

from typing import Annotated, Any, cast
from urllib.parse import urlsplit

from fastapi import Form, Request
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from sayso.archive.accounts.forms import ROLES, Token, UserRole
from sayso.archive.json_form import as_json
from sayso.desk.asking import Id, Line
from sayso.desk.rendering import render
from sayso.desk.views import View, Views
from sayso.desk.who import Reader
from sayso.errors import BadRequest, NotSignedIn, RefusedRequest, SaysoError, TooManyRequests
from sayso.web.access import needs
from sayso.web.cookies import give_session, session_in, take_session
from sayso.web.failures import message_of
from sayso.web.roles import Principal
from sayso.web.state import Server, Serving

views = Views()
Short = Line
Secret = Annotated[str, Form(max_length=1000)]


@views.get("/login", dependencies=[needs("anyone")], include_in_schema=False)
def login_form(request: Request, server: Server, next: str = "/") -> Response:
    """The form to sign in; whoever has signed in already is led on."""
    if getattr(request.state, "principal", None) is not None:
        return RedirectResponse(local_path(next), 303)
    nobody = not server.archive.accounts.has_admin()
    return render(
        request, "login.html", "Sign in", {"next": local_path(next), "name": "", "wrong": "", "nobody": nobody}
    )


@views.post("/login", dependencies=[needs("anyone")], include_in_schema=False)
def login(
    request: Request, server: Server, name: Short = "", password: Secret = "", next: Annotated[str, Form()] = "/"
) -> Response:
    """Signs in and leads to the page that was asked for; or shows the form again."""
    if not server.login:
        return RedirectResponse(local_path(next), 303)
    address = request.client.host if request.client else ""
    accounts = server.archive.accounts
    try:
        server.limits.sign_in(name, address)
        _, secret = accounts.sign_in(name, password, address=address, browser=request.headers.get("user-agent", ""))
    except (NotSignedIn, TooManyRequests) as error:
        told = {"next": local_path(next), "name": name, "wrong": message_of(error), "nobody": False}
        response = render(request, "login.html", "Sign in", told, status=error.status)
        if isinstance(error, TooManyRequests):
            response.headers["Retry-After"] = str(error.retry_after_s)
        return response
    server.limits.signed_in(name, address)
    # A session of before, whosever it was, does not go on beside the new one.
    _end_session(request, server)
    response = RedirectResponse(local_path(next), 303)
    give_session(response, secret, https=server.https)
    return response


@views.post("/logout", dependencies=[needs("anyone")], include_in_schema=False)
def logout(request: Request, server: Server) -> Response:
    """Ends the session."""
    _end_session(request, server)
    response = RedirectResponse("/login" if server.login else "/", 303)
    take_session(response, https=server.https)
    return response


@views.view("/account", "account.html")
def account(server: Server, who: Reader) -> View:
    """One's own name, role and tokens."""
    return View("Account", _account(server, who), _more())


@views.post("/account/password", include_in_schema=False)
def change_password(
    request: Request, server: Server, who: Reader, current: Secret = "", password: Secret = "", again: Secret = ""
) -> Response:
    """Another password, after the one in force; all other sessions of the user end."""
    _refuse_without_session(who)
    accounts = server.archive.accounts
    try:
        server.limits.sign_in(who.name, who.address)
        if not accounts.right_password(who.name, current):
            raise BadRequest("The current password is not right")
        if password != again:
            raise BadRequest("The new password was not typed the same way twice")
        accounts.set_password(who.name, password, keep=who.session_id, actor=who.actor)
    except SaysoError as error:
        return _again(request, server, who, error, wrong_password=message_of(error))
    server.limits.signed_in(who.name, who.address)
    return _again(request, server, who, None, done="The password was changed, and other sessions were ended.")


@views.post("/account/tokens", include_in_schema=False)
def add_token(
    request: Request, server: Server, who: Reader, name: Short = "", role: Short = "", days: Short = ""
) -> Response:
    """A new token, shown on this page and never again."""
    _refuse_without_session(who)
    try:
        if days and not (days.isascii() and days.isdecimal() and len(days) < 6):
            raise BadRequest("The number of days is no number")
        token, secret = server.archive.accounts.add_token(
            who.name,
            name,
            role=cast(UserRole, role) if role else None,
            days=int(days) if days else None,
            actor=who.actor,
        )
    except SaysoError as error:
        return _again(request, server, who, error, wrong_token=message_of(error))
    return _again(request, server, who, None, made=token, secret=secret)


@views.post("/account/tokens/{id}/revoke", include_in_schema=False)
def revoke_token(server: Server, who: Reader, id: Id) -> Response:
    """Revokes one of one's own tokens."""
    server.archive.accounts.revoke_token(id, user=who.name, actor=who.actor)
    return RedirectResponse("/account#tokens", 303)


def local_path(value: str) -> str:
    """Where somebody is led on to: a path of this desk, the first page for anything else.

    >>> [local_path(each) for each in ("/search?q=a%20b", "//evil.example/", "/\\\\evil.example", "https://evil.example")]
    ['/search?q=a%20b', '/', '/', '/']
    """
    if not value.startswith("/") or len(value) > 2000 or not value.isprintable() or "\\" in value or " " in value:
        return "/"
    try:
        split = urlsplit(value)
    except ValueError:
        return "/"
    if split.scheme or split.netloc or value.startswith("//") or split.path in ("/login", "/logout"):
        return "/"
    return value


def _end_session(request: Request, server: Serving) -> None:
    secret = session_in(request.headers, https=server.https)
    principal: Principal | None = request.state.principal
    if secret and principal is not None:
        server.archive.accounts.sign_out(secret, actor=principal.actor)


def _refuse_without_session(who: Principal) -> None:
    if who.via != "session":
        raise RefusedRequest("That can be changed by whoever signed in with a password, and not with a token")


def _account(server: Serving, who: Principal) -> dict[str, Any]:
    known = who.user_id is not None
    return {
        "name": who.name,
        "role": who.role,
        "user": as_json(server.archive.accounts.user(who.name)) if known else None,
        "tokens": as_json(_standing(server.archive.accounts.tokens(who.name))) if known else [],
        "roles": list(ROLES[: ROLES.index(cast(UserRole, who.role)) + 1]),
    }


def _standing(tokens: list[Token]) -> list[Token]:
    """Those in force, and the latest ones that are not."""
    return [each for each in tokens if not each.revoked_at] + [each for each in tokens if each.revoked_at][:5]


def _more(**more: Any) -> dict[str, Any]:
    return {"wrong_password": "", "wrong_token": "", "done": "", "made": None, "secret": "", **more}


def _again(request: Request, server: Serving, who: Principal, error: SaysoError | None, **more: Any) -> Response:
    context = {"data": _account(server, who), **_more(**more)}
    response = render(request, "account.html", "Account", context, status=error.status if error else 200)
    if isinstance(error, TooManyRequests):
        response.headers["Retry-After"] = str(error.retry_after_s)
    return response
