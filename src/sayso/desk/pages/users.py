"""The users of the desk, and the log of what was done: for admins."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, cast

from fastapi import Query, Request
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from sayso.archive.accounts.forms import ROLES, UserRole
from sayso.archive.json_form import as_json
from sayso.desk.asking import Id, Text
from sayso.desk.pages.accounts import Secret, Short
from sayso.desk.rendering import render
from sayso.desk.views import View, Views
from sayso.desk.who import Admin
from sayso.desk.words import query
from sayso.errors import SaysoError
from sayso.web.failures import message_of
from sayso.web.state import Server, Serving

views = Views()


@views.view("/users", "users.html", role="admin")
def users(server: Server) -> View:
    """All users, with the tokens in force."""
    return View("Users", _users(server), {"wrong": "", "typed": ""})


@views.post("/users/add", include_in_schema=False)
def add_user(
    request: Request, server: Server, who: Admin, name: Short = "", password: Secret = "", role: Short = "reader"
) -> Response:
    """Adds a user."""
    accounts = server.archive.accounts
    return _change(
        request, server, name, lambda: accounts.add_user(name, password, role=cast(UserRole, role), actor=who.actor)
    )


@views.post("/users/role", include_in_schema=False)
def set_role(request: Request, server: Server, who: Admin, name: Short = "", role: Short = "") -> Response:
    """Gives a user another role."""
    accounts = server.archive.accounts
    return _change(request, server, "", lambda: accounts.set_role(name, cast(UserRole, role), actor=who.actor))


@views.post("/users/password", include_in_schema=False)
def reset_password(request: Request, server: Server, who: Admin, name: Short = "", password: Secret = "") -> Response:
    """Gives a user another password; all the user's sessions end."""
    accounts = server.archive.accounts
    return _change(request, server, "", lambda: accounts.set_password(name, password, actor=who.actor))


@views.post("/users/disable", include_in_schema=False)
def disable_user(request: Request, server: Server, who: Admin, name: Short = "") -> Response:
    """Lets a user neither sign in nor use tokens any more."""
    return _change(request, server, "", lambda: server.archive.accounts.disable_user(name, actor=who.actor))


@views.post("/users/enable", include_in_schema=False)
def enable_user(request: Request, server: Server, who: Admin, name: Short = "") -> Response:
    """Lets a user sign in again."""
    return _change(request, server, "", lambda: server.archive.accounts.enable_user(name, actor=who.actor))


@views.post("/users/remove", include_in_schema=False)
def remove_user(request: Request, server: Server, who: Admin, name: Short = "") -> Response:
    """Takes a user out."""
    return _change(request, server, "", lambda: server.archive.accounts.remove_user(name, actor=who.actor))


@views.post("/users/tokens/{id}/revoke", include_in_schema=False)
def revoke_users_token(request: Request, server: Server, who: Admin, id: Id) -> Response:
    """Revokes anybody's token."""
    return _change(request, server, "", lambda: server.archive.accounts.revoke_token(id, actor=who.actor))


@views.view("/audit", "audit.html", role="admin")
def audit(
    server: Server,
    by: Annotated[Text, Query(max_length=200)] = "",
    action: Annotated[Text, Query(max_length=100)] = "",
    after: Annotated[str, Query(max_length=40)] = "",
) -> View:
    """What was done by whom, the latest first."""
    accounts = server.archive.accounts
    page = accounts.audit_log(by=by or None, action=action or None, after=after or None)
    asked = {"by": by, "action": action}
    urls = {
        "first_url": "/audit" + query(asked) if after else "",
        "next_url": "/audit" + query({**asked, "after": page.next}) if page.next else "",
    }
    return View("Audit log", {**as_json(page), **asked, "actions": accounts.audit_actions()}, urls)


def _users(server: Serving) -> dict[str, Any]:
    accounts = server.archive.accounts
    return {
        "users": as_json(accounts.users()),
        "tokens": as_json([each for each in accounts.tokens() if each.revoked_at is None]),
        "roles": list(ROLES),
    }


def _change(request: Request, server: Serving, typed: str, change: Callable[[], object]) -> Response:
    """Makes a change and leads back to the list; or shows it with what went wrong."""
    try:
        change()
    except SaysoError as error:
        context = {"data": _users(server), "wrong": message_of(error), "typed": typed}
        return render(request, "users.html", "Users", context, status=error.status)
    return RedirectResponse("/users", 303)
