"""Users, tokens and the log of what was done, where users sign in."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Path, Query
from pydantic import BaseModel, ConfigDict, Field, StringConstraints
from starlette.responses import Response

from sayso.api.paging import paged_whole
from sayso.api.routing import Routes, Who
from sayso.api.schemas import listed, record, schema_of
from sayso.api.values import After, Id, Limit, MaybeText
from sayso.archive.accounts.forms import AuditEntry, Token, User, UserRole
from sayso.archive.bounds import NO_NUL
from sayso.errors import NotAllowed, RefusedRequest
from sayso.web.roles import RANKS
from sayso.web.state import Server

routes = Routes("users")
_Name = Annotated[str, StringConstraints(pattern=NO_NUL, min_length=1, max_length=200)]
_Secret = Annotated[str, StringConstraints(max_length=1000)]
UserName = Annotated[str, Path(pattern=r"^[^\W_][\w.@' -]*$", max_length=60, description="A user's name.")]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class MadeToken(_Strict):
    """A token to be made."""

    name: _Name = Field(description="What it is for.")
    role: UserRole | None = Field(None, description="The most that it may do; else what its maker may.")
    days: int | None = Field(None, ge=1, le=3650, description="How long it works; else until it is revoked.")


class NewUser(_Strict):
    """A user to be added."""

    name: _Name
    password: _Secret
    role: UserRole = "reader"


class NewRole(_Strict):
    """Another role of a user."""

    role: UserRole


class NewPassword(_Strict):
    """Another password of a user."""

    password: _Secret


@routes.get("/tokens", gives=listed(Token, total=True), errors=(404,))
def tokens(server: Server, who: Who, limit: Limit = 50, after: After = None) -> Any:
    """One's own tokens, the latest first; revoked ones among them."""
    found = server.archive.accounts.tokens(who.name)
    return paged_whole(found, limit=limit, after=after, key=lambda each: each.id, of=f"tokens {who.name}")


@routes.post(
    "/tokens",
    gives=record(
        {"token": schema_of(Token), "secret": {"type": "string", "description": "Told here and never again."}}
    ),
    status=201,
    errors=(404, 409),
)
def add_token(server: Server, who: Who, body: MadeToken) -> Any:
    """Makes a token of one's own, which may do no more than its maker. A token makes no other ones."""
    if who.via == "token":
        raise RefusedRequest("A token makes no other tokens. Sign in at the desk and make it under /account")
    own: UserRole = who.role if who.role != "anyone" else "reader"
    role = body.role or own
    if RANKS[role] > RANKS[own]:
        raise NotAllowed(who.name, own, role)
    token, secret = server.archive.accounts.add_token(who.name, body.name, role=role, days=body.days, actor=who.actor)
    return {"token": token, "secret": secret}


@routes.delete("/tokens/{id}", gives=Token, errors=(404,))
def revoke_token(server: Server, who: Who, id: Id) -> Any:
    """Revokes a token of one's own, at once; an admin revokes anybody's."""
    owner = None if who.may("admin") else who.name
    return server.archive.accounts.revoke_token(id, user=owner, actor=who.actor)


@routes.get("/users", role="admin", gives=listed(User, total=True))
def users(server: Server, limit: Limit = 50, after: After = None) -> Any:
    """All users by their names."""
    found = server.archive.accounts.users()
    return paged_whole(found, limit=limit, after=after, key=lambda each: each.id, of="users")


@routes.post("/users", role="admin", gives=User, status=201, errors=(409,))
def add_user(server: Server, who: Who, body: NewUser) -> Any:
    """Adds a user."""
    return server.archive.accounts.add_user(body.name, body.password, role=body.role, actor=who.actor)


@routes.post("/users/{name}/role", role="admin", gives=User, errors=(404, 409))
def set_role(server: Server, who: Who, name: UserName, body: NewRole) -> Any:
    """Gives a user another role, at once."""
    return server.archive.accounts.set_role(name, body.role, actor=who.actor)


@routes.post("/users/{name}/password", role="admin", gives=User, errors=(404,))
def set_password(server: Server, who: Who, name: UserName, body: NewPassword) -> Any:
    """Gives a user another password; all the user's sessions end."""
    return server.archive.accounts.set_password(name, body.password, actor=who.actor)


@routes.post("/users/{name}/disable", role="admin", gives=User, errors=(404, 409))
def disable_user(server: Server, who: Who, name: UserName) -> Any:
    """Lets a user neither sign in nor use tokens any more."""
    return server.archive.accounts.disable_user(name, actor=who.actor)


@routes.post("/users/{name}/enable", role="admin", gives=User, errors=(404,))
def enable_user(server: Server, who: Who, name: UserName) -> Any:
    """Lets a user sign in again."""
    return server.archive.accounts.enable_user(name, actor=who.actor)


@routes.delete("/users/{name}", role="admin", gives=None, status=204, errors=(404, 409))
def remove_user(server: Server, who: Who, name: UserName) -> Response:
    """Takes a user out, with sessions and tokens."""
    server.archive.accounts.remove_user(name, actor=who.actor)
    return Response(status_code=204)


@routes.get("/audit", role="admin", gives=listed(AuditEntry), errors=(400,))
def audit_log(
    server: Server,
    by: Annotated[MaybeText, Query(max_length=200, description="Only what this user did.")] = None,
    action: Annotated[MaybeText, Query(max_length=200, description="Only this kind of act.")] = None,
    limit: Limit = 50,
    after: After = None,
) -> Any:
    """What was done by whom, the latest first."""
    return server.archive.accounts.audit_log(by=by, action=action, limit=limit, after=after)
