"""What did not come in whole, and why: kept until a later attempt brings it in, and listed afterwards too."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, bindparam, insert, or_, select, update

from sayso.archive.clock import now_text
from sayso.archive.forms import Given, Problem
from sayso.archive.keeping.layers import storable
from sayso.archive.schema import problem
from sayso.archive.stores.base import Store

PARTLY = ("truncated", "damaged")
"""Kinds of problem with which a part may have come in all the same."""

_REPAIR = (
    update(problem)
    .where(
        problem.c.name == bindparam("its_name"),
        problem.c.repaired_at.is_(None),
        or_(problem.c.kind.not_in(PARTLY), problem.c.digest != bindparam("its_digest")),
    )
    .values(repaired_at=bindparam("at"))
)


def note(store: Store, found: Problem) -> None:
    """Keeps a problem; the same one again counts once more, and is no longer repaired."""
    store.write(lambda connection: put_in_problems(connection, [found]))


def put_in_problems(connection: Connection, some: Iterable[Problem]) -> None:
    """As `note`, of several in the transaction of a connection."""
    at = now_text()
    for each in some:
        _note(connection, each, at)


def _note(connection: Connection, found: Problem, at: str) -> None:
    named = {"name": storable(found.name), "kind": found.kind, "reason": storable(found.reason)}
    how = {"origin": storable(found.origin), "advice": storable(found.advice), "digest": found.digest, "last_at": at}
    same = [problem.c[name] == value for name, value in named.items()]
    again = update(problem).where(*same).values(times=problem.c.times + 1, repaired_at=None, **how)
    if not connection.execute(again).rowcount:
        connection.execute(insert(problem), {**named, **how, "first_at": at, "times": 1, "repaired_at": None})


def problems(store: Store, *, all: bool = False) -> list[Problem]:
    """Those that are not repaired, the latest first; `all` has the others as well."""
    wanted = select(problem).order_by(problem.c.last_at.desc(), problem.c.id.desc())
    if not all:
        wanted = wanted.where(problem.c.repaired_at.is_(None))
    with store.reading() as connection:
        return [Problem(**row._mapping) for row in connection.execute(wanted)]


def repair(connection: Connection, given: Given, *, at: str) -> None:
    """Marks the problems of a source that came in as repaired.

    One of which a part came in stays, as long as the source is what it was then: it is still truncated or damaged.
    """
    connection.execute(_REPAIR, {"its_name": storable(given.name), "its_digest": given.digest, "at": at})
