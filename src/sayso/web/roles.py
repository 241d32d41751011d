"""Who asks, and what each role may do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sayso.archive.accounts.forms import Actor

Role = Literal["anyone", "reader", "editor", "admin"]
"""`anyone` need not have signed in; each of the others may do what those before it may. A reader looks, reads and
checks without storing; an editor adds, corrects and decides; an admin keeps users, tokens and the archive itself."""
RANKS: dict[Role, int] = {"anyone": 0, "reader": 1, "editor": 2, "admin": 3}


@dataclass(frozen=True, slots=True)
class Principal:
    """Somebody who asks: a user who signed in, a token, or whoever sits at this machine."""

    name: str
    """Signs what is decided and corrected."""
    role: Role
    via: Literal["local", "session", "token"] = "local"
    user_id: int | None = None
    """Of the archive's users; None of the one user of a desk without login."""
    address: str = ""
    """From where."""
    session_id: int | None = None

    def may(self, role: Role) -> bool:
        """Whether what asks for that role is allowed."""
        return RANKS[self.role] >= RANKS[role]

    @property
    def actor(self) -> Actor:
        """The same for the archive, which writes down who made a change: `accounts.add_user(..., actor=)`."""
        return Actor(self.name, self.via, self.address)
