"""The users of an archive as its doors see them, `archive.accounts`: each method calls the module that does it."""

from __future__ import annotations

from sayso.archive.accounts.forms import Actor, AuditPage, Known, Outcome, Token, User, UserRole
from sayso.archive.stores.base import Store


class Accounts:
    """Users, their sessions and tokens, and the log. `actor` is who makes a change; whoever runs this program where
    nobody is named."""

    def __init__(self, store: Store) -> None:
        self._store = store

    # users

    def users(self) -> list[User]:
        """All users by their names."""
        from sayso.archive.accounts.users import users

        return users(self._store)

    def user(self, name: str) -> User:
        """The user of that name, in capitals or not. Raises NoSuchEntry with the nearest names."""
        from sayso.archive.accounts.users import user

        return user(self._store, name)

    def has_admin(self) -> bool:
        """Whether somebody is an admin and may sign in."""
        from sayso.archive.accounts.users import has_admin

        return has_admin(self._store)

    def add_user(self, name: str, password: str, *, role: UserRole = "reader", actor: Actor | None = None) -> User:
        """A new user. Raises BadRequest for a name or a password that will not do, RefusedChange for a name in use."""
        from sayso.archive.accounts.users import add_user

        return add_user(self._store, name, password, role=role, actor=actor or Actor.here())

    def set_role(self, name: str, role: UserRole, *, actor: Actor | None = None) -> User:
        """The user with another role, at once. Raises NoSuchEntry; RefusedChange for the last admin."""
        from sayso.archive.accounts.users import set_role

        return set_role(self._store, name, role, actor=actor or Actor.here())

    def set_password(self, name: str, password: str, *, keep: int | None = None, actor: Actor | None = None) -> User:
        """The user with another password; all sessions end but the one of the id `keep`.

        Raises NoSuchEntry, BadRequest.
        """
        from sayso.archive.accounts.users import set_password

        return set_password(self._store, name, password, keep=keep, actor=actor or Actor.here())

    def disable_user(self, name: str, *, actor: Actor | None = None) -> User:
        """The user, who may not sign in any more, nor use tokens. Raises NoSuchEntry; RefusedChange for the last
        admin."""
        from sayso.archive.accounts.users import disable_user

        return disable_user(self._store, name, actor=actor or Actor.here())

    def enable_user(self, name: str, *, actor: Actor | None = None) -> User:
        """The user, who may sign in again. Raises NoSuchEntry."""
        from sayso.archive.accounts.users import enable_user

        return enable_user(self._store, name, actor=actor or Actor.here())

    def remove_user(self, name: str, *, actor: Actor | None = None) -> None:
        """Takes a user out, with sessions and tokens. Raises NoSuchEntry; RefusedChange for the last admin."""
        from sayso.archive.accounts.users import remove_user

        remove_user(self._store, name, actor=actor or Actor.here())

    # sessions

    def sign_in(self, name: str, password: str, *, address: str = "", browser: str = "") -> tuple[User, str]:
        """The user with the secret of a new session. Raises NotSignedIn."""
        from sayso.archive.accounts.sessions import sign_in

        return sign_in(self._store, name, password, address=address, browser=browser)

    def sign_out(self, secret: str, *, actor: Actor | None = None) -> None:
        """Ends a session; one that there is not is no error."""
        from sayso.archive.accounts.sessions import sign_out

        sign_out(self._store, secret, actor=actor or Actor.here())

    def of_session(self, secret: str) -> Known | None:
        """Whom a session is of; None for one that there is not or that ended."""
        from sayso.archive.accounts.sessions import of_session

        return of_session(self._store, secret)

    def saw_session(self, id: int) -> None:
        """Notes that a session is in use."""
        from sayso.archive.accounts.sessions import saw_session

        saw_session(self._store, id)

    def right_password(self, name: str, password: str) -> bool:
        """Whether it is the password of that user."""
        from sayso.archive.accounts.sessions import right_password

        return right_password(self._store, name, password)

    # tokens

    def tokens(self, user: str | None = None) -> list[Token]:
        """The tokens of a user, or of all, the latest first; revoked ones among them. Raises NoSuchEntry."""
        from sayso.archive.accounts.tokens import tokens

        return tokens(self._store, user)

    def add_token(
        self,
        user: str,
        name: str,
        *,
        role: UserRole | None = None,
        days: int | None = None,
        actor: Actor | None = None,
    ) -> tuple[Token, str]:
        """A new token of a user with its secret, which is told here and never again; `days` None: until it is revoked.

        Raises NoSuchEntry, BadRequest, BadSetting, RefusedChange for a role above the user's.
        """
        from sayso.archive.accounts.tokens import add_token

        return add_token(self._store, user, name, role=role, days=days, actor=actor or Actor.here())

    def revoke_token(self, id: int, *, user: str | None = None, actor: Actor | None = None) -> Token:
        """The token, which does not work from now on; of that user alone where one is named. Raises NoSuchEntry."""
        from sayso.archive.accounts.tokens import revoke_token

        return revoke_token(self._store, id, user=user, actor=actor or Actor.here())

    def of_token(self, secret: str) -> Known | None:
        """Whom a token is of; None for one that there is not, or that does not work any more."""
        from sayso.archive.accounts.tokens import of_token

        return of_token(self._store, secret)

    def saw_token(self, id: int) -> None:
        """Notes that a token is in use."""
        from sayso.archive.accounts.tokens import saw_token

        saw_token(self._store, id)

    # the log

    def audit(self, action: str, about: str = "", *, outcome: Outcome = "ok", actor: Actor | None = None) -> None:
        """Puts one act into the log."""
        from sayso.archive.accounts.log import keep

        keep(self._store, actor or Actor.here(), action, about, outcome=outcome)

    def audit_log(
        self, *, by: str | None = None, action: str | None = None, limit: int = 50, after: str | None = None
    ) -> AuditPage:
        """The log, the latest first: of one user or one kind of act alone where they are named. Raises BadSetting."""
        from sayso.archive.accounts.log import entries

        return entries(self._store, by=by, action=action, limit=limit, after=after)

    def audit_actions(self) -> list[str]:
        """The kinds of acts that are in the log."""
        from sayso.archive.accounts.log import actions

        return actions(self._store)
