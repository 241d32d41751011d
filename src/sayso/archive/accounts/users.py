"""The users of an archive. Invariant: where there are users at all, one of them is an admin who may sign in."""

from __future__ import annotations

import re
import unicodedata
from difflib import get_close_matches
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from sayso.archive.accounts.forms import ROLES, Actor, User, UserRole
from sayso.archive.accounts.log import write_down
from sayso.archive.accounts.passwords import hash_password, refuse_weak
from sayso.archive.clock import now_text
from sayso.archive.schema import account, account_session, account_token
from sayso.archive.stores.base import Store
from sayso.errors import BadRequest, BadSetting, NoSuchEntry, RefusedChange

_NAME = re.compile(r"[^\W_][\w.@'-]*(?: [\w.@'-]+){0,3}")


def users(store: Store) -> list[User]:
    """All users by their names."""
    return store.read(
        lambda connection: [user_of(row) for row in connection.execute(select(account).order_by(account.c.key))]
    )


def user(store: Store, name: str) -> User:
    """The user of that name, in capitals or not. Raises NoSuchEntry with the nearest names."""
    return store.read(lambda connection: user_of(row_of(connection, name)))


def has_admin(store: Store) -> bool:
    """Whether somebody is an admin and may sign in."""
    return store.read(lambda connection: _admins(connection) > 0)


def add_user(store: Store, name: str, password: str, *, role: UserRole = "reader", actor: Actor) -> User:
    """A new user. Raises BadRequest for a name or a password that will not do, RefusedChange for a name in use."""
    text = unicodedata.normalize("NFC", name.strip())
    if not _NAME.fullmatch(text) or len(text) > 40:
        raise BadRequest("That is no name for a user; expected letters and digits, 40 characters at the most")
    _refuse_role(role)
    refuse_weak(password, text)
    # Slow, so not while others wait for the archive.
    kept = hash_password(password)

    def act(connection: Connection) -> User:
        if connection.scalar(select(account.c.id).where(account.c.key == key_of(text))):
            raise RefusedChange(f"There is a user {text!r} already", "Take another name")
        now = now_text()
        row = {
            "name": text, "key": key_of(text), "role": role, "password": kept,
            "made_at": now, "made_by": actor.name, "password_at": now,
        }  # fmt: skip
        connection.execute(insert(account), row)
        write_down(connection, actor, "add user", f"{text} ({role})")
        return user_of(row_of(connection, text))

    return store.write(act)


def set_role(store: Store, name: str, role: UserRole, *, actor: Actor) -> User:
    """The user with another role, at once. Raises NoSuchEntry; RefusedChange for the last admin."""
    _refuse_role(role)

    def act(connection: Connection) -> User:
        row = row_of(connection, name)
        if role != "admin":
            _refuse_last(connection, row)
        connection.execute(update(account).where(account.c.id == row.id).values(role=role))
        write_down(connection, actor, "set role", f"{row.name}: {row.role} to {role}")
        return user_of(row_of(connection, name))

    return store.write(act)


def set_password(store: Store, name: str, password: str, *, actor: Actor, keep: int | None = None) -> User:
    """The user with another password; all sessions end but the one of the id `keep`. Raises NoSuchEntry, BadRequest."""
    refuse_weak(password, name)
    kept = hash_password(password)

    def act(connection: Connection) -> User:
        row = row_of(connection, name)
        values = {"password": kept, "password_at": now_text()}
        connection.execute(update(account).where(account.c.id == row.id).values(values))
        end_sessions(connection, row.id, keep=keep)
        write_down(connection, actor, "set password", row.name)
        return user_of(row_of(connection, name))

    return store.write(act)


def disable_user(store: Store, name: str, *, actor: Actor) -> User:
    """The user, who may not sign in any more; sessions end and tokens do not work. Raises NoSuchEntry, RefusedChange
    for the last admin."""

    def act(connection: Connection) -> User:
        row = row_of(connection, name)
        _refuse_last(connection, row)
        if row.disabled_at is None:
            connection.execute(update(account).where(account.c.id == row.id).values(disabled_at=now_text()))
        end_sessions(connection, row.id)
        write_down(connection, actor, "disable user", row.name)
        return user_of(row_of(connection, name))

    return store.write(act)


def enable_user(store: Store, name: str, *, actor: Actor) -> User:
    """The user, who may sign in again; tokens that were not revoked work again. Raises NoSuchEntry."""

    def act(connection: Connection) -> User:
        row = row_of(connection, name)
        connection.execute(update(account).where(account.c.id == row.id).values(disabled_at=None))
        write_down(connection, actor, "enable user", row.name)
        return user_of(row_of(connection, name))

    return store.write(act)


def remove_user(store: Store, name: str, *, actor: Actor) -> None:
    """Takes a user out, with sessions and tokens; what they signed stays signed. Raises NoSuchEntry, RefusedChange for
    the last admin."""

    def act(connection: Connection) -> None:
        row = row_of(connection, name)
        _refuse_last(connection, row)
        for each in (account_session, account_token):
            connection.execute(delete(each).where(each.c.account_id == row.id))
        connection.execute(delete(account).where(account.c.id == row.id))
        write_down(connection, actor, "remove user", row.name)

    store.write(act)


def key_of(name: str) -> str:
    """By what a name is found: however its letters are written."""
    return unicodedata.normalize("NFKC", name.strip()).casefold()


def row_of(connection: Connection, name: str) -> Row[Any]:
    """The row of a user. Raises NoSuchEntry."""
    row = connection.execute(select(account).where(account.c.key == key_of(name))).one_or_none()
    if row is None:
        known = dict(connection.execute(select(account.c.key, account.c.name)).all())
        near = [known[each] for each in get_close_matches(key_of(name)[:40], known, n=3)]
        raise NoSuchEntry("user", name[:40], tuple(near), "See: sayso users list")
    return row


def user_of(row: Row[Any]) -> User:
    """What is told of a row."""
    return User(
        row.id, row.name, row.role, row.made_at, row.made_by, row.password_at, row.signed_in_at, row.disabled_at
    )


def end_sessions(connection: Connection, account_id: int, *, keep: int | None = None) -> None:
    """Ends the sessions of a user, all but one."""
    gone = delete(account_session).where(account_session.c.account_id == account_id)
    connection.execute(gone if keep is None else gone.where(account_session.c.id != keep))


def _refuse_role(role: str) -> None:
    if role not in ROLES:
        raise BadSetting("role", role, "reader, editor or admin")


def _refuse_last(connection: Connection, row: Row[Any]) -> None:
    if row.role == "admin" and row.disabled_at is None and _admins(connection) < 2:
        raise RefusedChange(f"{row.name} is the last admin", "Make another user an admin first")


def _admins(connection: Connection) -> int:
    wanted = select(func.count()).where(account.c.role == "admin", account.c.disabled_at.is_(None))
    return int(connection.scalar(wanted) or 0)
