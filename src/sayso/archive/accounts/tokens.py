"""Tokens, by which programs act for users."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, func, insert, or_, select, update

from sayso.archive.accounts.forms import ROLES, Actor, Known, Token, UserRole
from sayso.archive.accounts.log import write_down
from sayso.archive.accounts.secrets import TOKEN, digest, in_time, new_secret
from sayso.archive.accounts.sessions import SEEN_MIN
from sayso.archive.accounts.users import key_of, row_of, user_of
from sayso.archive.clock import now_text
from sayso.archive.schema import account, account_token
from sayso.archive.stores.base import Store
from sayso.errors import BadRequest, BadSetting, NoSuchEntry, RefusedChange

MOST = 50
"""Tokens in force that a user may have."""


def add_token(
    store: Store, user: str, name: str, *, role: UserRole | None = None, days: int | None = None, actor: Actor
) -> tuple[Token, str]:
    """A new token of a user with its secret, which is told here and never again.

    `role` is the user's own where None is named; `days` None: until it is revoked. Raises NoSuchEntry, BadRequest for
    a name that will not do, BadSetting, RefusedChange for a role above the user's.
    """
    text = " ".join(name.split())
    if not text.isprintable() or not 1 <= len(text) <= 60:
        raise BadRequest("A token needs a name that says what it is for, 60 characters at the most")
    if role is not None and role not in ROLES:
        raise BadSetting("role", role, "reader, editor or admin")
    if days is not None and not 1 <= days <= 3660:
        raise BadSetting("days", days, "a number of days from 1 to 3660")
    secret = new_secret(TOKEN)

    def act(connection: Connection) -> Token:
        owner = row_of(connection, user)
        given: UserRole = role or owner.role
        if ROLES.index(given) > ROLES.index(owner.role):
            raise RefusedChange(
                f"{owner.name} has the role {owner.role}, and a token may do no more", "Take a lower role"
            )
        live = select(func.count()).where(account_token.c.account_id == owner.id, account_token.c.revoked_at.is_(None))
        if int(connection.scalar(live) or 0) >= MOST:
            raise RefusedChange(f"{owner.name} has {MOST} tokens", "Revoke those that are not needed")
        made = {
            "account_id": owner.id, "name": text, "digest": digest(secret), "role": given, "made_at": now_text(),
            "ends_at": None if days is None else in_time(days=days),
        }  # fmt: skip
        number = connection.execute(insert(account_token).returning(account_token.c.id), made).scalar_one()
        write_down(connection, actor, "add token", f"{text} of {owner.name} ({given})")
        return _token(connection.execute(_tokens().where(account_token.c.id == number)).one())

    return store.write(act), secret


def tokens(store: Store, user: str | None = None) -> list[Token]:
    """The tokens of a user, or of all, the latest first; revoked ones among them. Raises NoSuchEntry."""

    def find(connection: Connection) -> list[Token]:
        wanted = _tokens().order_by(account_token.c.id.desc())
        if user is not None:
            wanted = wanted.where(account_token.c.account_id == row_of(connection, user).id)
        return [_token(row) for row in connection.execute(wanted)]

    return store.read(find)


def revoke_token(store: Store, id: int, *, user: str | None = None, actor: Actor) -> Token:
    """The token, which does not work from now on; of that user alone where one is named. Raises NoSuchEntry."""

    def act(connection: Connection) -> Token:
        row = connection.execute(_tokens().where(account_token.c.id == id)).one_or_none()
        if row is None or (user is not None and key_of(row.user) != key_of(user)):
            raise NoSuchEntry("token", str(id), advice="See: sayso users token list")
        if row.revoked_at is None:
            gone = update(account_token).where(account_token.c.id == id).values(revoked_at=now_text())
            connection.execute(gone)
            write_down(connection, actor, "revoke token", f"{row.name} of {row.user}")
        return _token(connection.execute(_tokens().where(account_token.c.id == id)).one())

    return store.write(act)


def of_token(store: Store, secret: str) -> Known | None:
    """Whom a token is of, with what it may do; None for one that there is not, that is revoked or ended, or whose user
    is disabled."""
    if not secret.startswith(TOKEN) or len(secret) > 100:
        return None
    token = account_token.c
    wanted = (
        select(account, token.id.label("token_id"), token.role.label("most"), token.used_at)
        .join(account_token, token.account_id == account.c.id)
        .where(
            token.digest == digest(secret),
            token.revoked_at.is_(None),
            or_(token.ends_at.is_(None), token.ends_at > now_text()),
            account.c.disabled_at.is_(None),
        )
    )

    def find(connection: Connection) -> Known | None:
        row = connection.execute(wanted).one_or_none()
        if row is None:
            return None
        role = ROLES[min(ROLES.index(row.role), ROLES.index(row.most))]
        return Known(user_of(row), role, row.token_id, (row.used_at or "") < in_time(minutes=-SEEN_MIN))

    return store.read(find)


def saw_token(store: Store, id: int) -> None:
    """Notes that a token is in use."""
    used = update(account_token).where(account_token.c.id == id).values(used_at=now_text())
    store.write(lambda connection: connection.execute(used), aside=True)


def _tokens() -> Any:
    return select(account_token, account.c.name.label("user")).join(account, account.c.id == account_token.c.account_id)


def _token(row: Row[Any]) -> Token:
    return Token(row.id, row.user, row.name, row.role, row.made_at, row.used_at, row.ends_at, row.revoked_at)
