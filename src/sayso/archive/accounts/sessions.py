"""Signing in and out, and whom a browser's session is of."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Connection, delete, insert, or_, select, update

from sayso.archive.accounts.forms import Actor, Known, User
from sayso.archive.accounts.log import write_down
from sayso.archive.accounts.passwords import fits, hash_password, is_outdated
from sayso.archive.accounts.secrets import digest, in_time, new_secret
from sayso.archive.accounts.users import key_of, user_of
from sayso.archive.clock import now_text
from sayso.archive.schema import account, account_session
from sayso.archive.stores.base import Store
from sayso.errors import NotSignedIn

IDLE_H = 24
"""Hours without a request after which a session ends."""
LONGEST_D = 14
"""Days after which it ends whatever was asked."""
SEEN_MIN = 5
"""Minutes to within which it is known when a session or token was last used: each writing holds the archive."""
WRONG = "The name or the password is wrong"


def sign_in(store: Store, name: str, password: str, *, address: str = "", browser: str = "") -> tuple[User, str]:
    """The user with the secret of a new session.

    Raises NotSignedIn, in the same words and after the same time whether there is such a user or not.
    """
    row = store.read(
        lambda connection: connection.execute(select(account).where(account.c.key == key_of(name)[:200])).one_or_none()
    )
    fit = fits(password, row.password if row else None)
    actor = Actor(row.name if row else "", "session", address)
    if row is None or not fit or row.disabled_at is not None:
        # What was typed for a name may be a password, so that it is told of users alone.
        why = "no such user" if row is None else "disabled" if fit else "wrong password"
        store.write(lambda connection: write_down(connection, actor, "sign in", why, "refused"), aside=True)
        raise NotSignedIn(WRONG, "Try again, or ask an admin")
    secret = new_secret()
    stronger = hash_password(password) if is_outdated(row.password) else None

    def act(connection: Connection) -> User | None:
        now = now_text()
        values = {"signed_in_at": now} | ({"password": stronger} if stronger else {})
        # As it was when the password was looked at: another session may have changed or disabled it meanwhile.
        same = (account.c.id == row.id, account.c.password == row.password, account.c.disabled_at.is_(None))
        if not connection.execute(update(account).where(*same).values(values)).rowcount:
            return None
        connection.execute(delete(account_session).where(_has_ended()))
        made = {
            "account_id": row.id, "digest": digest(secret), "made_at": now, "seen_at": now,
            "ends_at": in_time(days=LONGEST_D), "address": address[:60], "browser": browser[:200],
        }  # fmt: skip
        connection.execute(insert(account_session), made)
        write_down(connection, actor, "sign in")
        return user_of(connection.execute(select(account).where(account.c.id == row.id)).one())

    found = store.write(act, aside=True)
    if found is None:
        raise NotSignedIn(WRONG, "Try again, or ask an admin")
    return found, secret


def of_session(store: Store, secret: str) -> Known | None:
    """Whom a session is of; None for one that there is not, that ended, or whose user is disabled."""
    wanted = (
        select(account, account_session.c.id.label("session_id"), account_session.c.seen_at)
        .join(account_session, account_session.c.account_id == account.c.id)
        .where(account_session.c.digest == digest(secret), ~_has_ended(), account.c.disabled_at.is_(None))
    )

    def find(connection: Connection) -> Known | None:
        row = connection.execute(wanted).one_or_none()
        if row is None:
            return None
        return Known(user_of(row), row.role, row.session_id, row.seen_at < in_time(minutes=-SEEN_MIN))

    return store.read(find)


def saw_session(store: Store, id: int) -> None:
    """Notes that a session is in use."""
    seen = update(account_session).where(account_session.c.id == id).values(seen_at=now_text())
    store.write(lambda connection: connection.execute(seen), aside=True)


def sign_out(store: Store, secret: str, *, actor: Actor) -> None:
    """Ends a session; one that there is not is no error."""

    def act(connection: Connection) -> None:
        ended = delete(account_session).where(account_session.c.digest == digest(secret))
        if connection.execute(ended).rowcount:
            write_down(connection, actor, "sign out")

    store.write(act, aside=True)


def right_password(store: Store, name: str, password: str) -> bool:
    """Whether it is the password of that user: asked again before it is changed."""
    kept = store.read(
        lambda connection: connection.scalar(select(account.c.password).where(account.c.key == key_of(name)))
    )
    return fits(password, kept)


def _has_ended() -> ColumnElement[bool]:
    return or_(account_session.c.ends_at <= now_text(), account_session.c.seen_at <= in_time(hours=-IDLE_H))
