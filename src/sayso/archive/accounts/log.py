"""The log of who did what, to what, when, from where, and what came of it: written once, never changed."""

from __future__ import annotations

from contextvars import ContextVar

from sqlalchemy import Connection, insert, select

from sayso.archive.accounts.forms import Actor, AuditEntry, AuditPage, Outcome
from sayso.archive.clock import now_text
from sayso.archive.schema import audit
from sayso.archive.stores.base import Store
from sayso.errors import BadSetting

_LONGEST = 300
"""Characters of what an act is about."""
WRITTEN: ContextVar[list[str] | None] = ContextVar("sayso_audit", default=None)
"""The acts that were put into the log in the course of something, for whoever set it: a server at each request."""


def write_down(connection: Connection, actor: Actor, action: str, about: str = "", outcome: Outcome = "ok") -> None:
    """Puts one act into the log, in the transaction of the act itself."""
    row = {
        "at": now_text(),
        "by": actor.name,
        "via": actor.via,
        "address": actor.address[:60],
        "action": action[:40],
        "about": about[:_LONGEST],
        "outcome": outcome,
    }
    connection.execute(insert(audit), row)
    if (written := WRITTEN.get()) is not None:
        written.append(action)


def keep(store: Store, actor: Actor, action: str, about: str = "", *, outcome: Outcome = "ok") -> None:
    """Puts one act into the log. Raises ArchiveError."""
    store.write(lambda connection: write_down(connection, actor, action, about, outcome), aside=True)


def entries(
    store: Store, *, by: str | None = None, action: str | None = None, limit: int = 50, after: str | None = None
) -> AuditPage:
    """The log, the latest first: of one user or one kind of act alone where they are named. Raises BadSetting."""
    wanted = select(audit).order_by(audit.c.id.desc()).limit(limit + 1)
    if by:
        wanted = wanted.where(audit.c.by == by)
    if action:
        wanted = wanted.where(audit.c.action == action)
    if after:
        if not (after.isascii() and after.isdecimal() and len(after) < 16):
            raise BadSetting("after", after[:40], "the `next` of the page before")
        wanted = wanted.where(audit.c.id < int(after))

    def find(connection: Connection) -> AuditPage:
        rows = connection.execute(wanted).all()
        found = [AuditEntry(**row._mapping) for row in rows[:limit]]
        return AuditPage(found, str(found[-1].id) if len(rows) > limit else None)

    return store.read(find)


def actions(store: Store) -> list[str]:
    """The kinds of acts that are in the log, by the alphabet."""
    return store.read(lambda connection: list(connection.scalars(select(audit.c.action).distinct().order_by("action"))))
