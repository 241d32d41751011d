"""What is known of users, their tokens and their doings, as plain data without any secret."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from sayso.archive.signers import local_user

UserRole = Literal["reader", "editor", "admin"]
ROLES: tuple[UserRole, ...] = ("reader", "editor", "admin")
"""Each may do what those before it may."""
Via = Literal["session", "token", "local", "command"]
"""How somebody came: signed in, with a token, at a desk without login, or on the command line."""
Outcome = Literal["ok", "refused", "failed"]


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does something, how they came, and from where: what the log has of each act."""

    name: str
    via: Via = "command"
    address: str = ""

    @classmethod
    def here(cls) -> Actor:
        """Whoever runs this program."""
        return cls(local_user())


@dataclass(frozen=True, slots=True)
class User:
    """Somebody who may sign in."""

    id: int
    name: str
    role: UserRole
    made_at: str
    made_by: str
    password_at: str
    """When the password was last set."""
    signed_in_at: str | None = None
    disabled_at: str | None = None
    """Since when the user may not sign in."""


@dataclass(frozen=True, slots=True)
class Token:
    """A token by which a program acts for a user; what it is itself is told once, when it is made."""

    id: int
    user: str
    name: str
    """What it is for, in the user's own words."""
    role: UserRole
    """The most that it may do; never more than its user may at the time."""
    made_at: str
    used_at: str | None = None
    """To within a few minutes."""
    ends_at: str | None = None
    revoked_at: str | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """Whom a session or a token is of."""

    user: User
    role: UserRole
    id: int
    """Of the session or token."""
    is_due: bool
    """Whether it was last seen long enough ago to be written down again."""


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One line of the log."""

    id: int
    at: str
    by: str
    via: str
    address: str
    action: str
    about: str
    outcome: str


@dataclass(frozen=True, slots=True)
class AuditPage:
    """A stretch of the log, the latest first."""

    items: list[AuditEntry] = field(default_factory=list)
    next: str | None = None
    """For `after`; None at the end."""
