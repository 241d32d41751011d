"""Statements that mean much the same as a text, by their gists.

The gists of an archive stay in memory once they were asked for, 32 bytes a statement; what is new since is read on, and
what a newer version of its article replaced goes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from threading import Lock
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt
from sqlalchemy import Connection, func, or_, select

from sayso.archive.schema import gist, gist_change, version
from sayso.archive.stores.base import Store
from sayso.extraction.gists import CODE_BYTES, gist_of, nearness

MOST = 500
"""Statements that are near at the most."""
FLOOR = 0.45
"""Nearness below which two texts have no more in common than their subject."""
_LATE = 500
"""Versions back from the newest that are looked for again where they were not there."""

Codes = npt.NDArray[np.uint8]
Ids = npt.NDArray[np.int64]


@dataclass(slots=True)
class _Read:
    """The gists that were read: those of the versions up to `last`, by the statements' ids."""

    last: int = 0
    codes: Codes = field(default_factory=lambda: np.zeros((0, CODE_BYTES), dtype=np.uint8))
    ids: Ids = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    versions: Ids = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    late: set[int] = field(default_factory=set)
    """Of the last versions up to `last`, those that have none: replaced, or another process has yet to put them in."""
    changes: tuple[int, int] = (0, 0)
    """Last id and number of the corrections' changes that were read."""
    lock: Lock = field(default_factory=Lock)


_READ: WeakKeyDictionary[Store, _Read] = WeakKeyDictionary()


def nearest(store: Store, connection: Connection, text: str) -> dict[int, float]:
    """By statement how near it is to a text, 0 to 1, the nearest first: at most `MOST`, and none below `FLOOR`."""
    codes, ids = gists_in(store, connection)
    asked = gist_of(text)
    if not len(ids) or not asked.any():
        return {}
    near = nearness(asked, codes)
    # Sorting a million takes longer than looking which are near at all.
    places = np.flatnonzero(near >= FLOOR)
    best = places[np.argsort(-near[places], kind="stable")][:MOST]
    return {int(ids[at]): float(min(near[at], 1.0)) for at in best}


def gists_in(store: Store, connection: Connection) -> tuple[Codes, Ids]:
    """The gists of an archive's statements and the statements' ids, in the order of these."""
    read = _READ.setdefault(store, _Read())
    with read.lock:
        newest = connection.scalar(select(func.max(gist.c.version_id))) or 0
        if newest > read.last or read.late:
            _read_on(read, connection, newest)
        counted = select(func.coalesce(func.max(gist_change.c.id), 0), func.count())
        changes = tuple(connection.execute(counted.select_from(gist_change)).one())
        if changes != read.changes:
            _change(read, connection)
            read.changes = changes
        return read.codes, read.ids


def _change(read: _Read, connection: Connection) -> None:
    """Takes in what corrections changed, as far back as another process may have put it in late."""
    rows = connection.execute(
        select(gist_change).where(gist_change.c.id > read.changes[0] - _LATE).order_by(gist_change.c.id)
    ).all()
    last = {row.statement_id: row for row in rows}
    stay = ~np.isin(read.ids, list(last))
    fresh = [row for row in last.values() if row.code is not None]
    codes = np.frombuffer(b"".join(row.code for row in fresh), dtype=np.uint8).reshape(-1, CODE_BYTES)
    # Never in place: whoever was given them before still counts in them.
    ids = np.concatenate([read.ids[stay], np.array([row.statement_id for row in fresh], dtype=np.int64)])
    order = np.argsort(ids, kind="stable")
    read.ids = ids[order]
    read.codes = np.concatenate([read.codes[stay], codes])[order]
    versions = np.concatenate([read.versions[stay], np.array([row.version_id for row in fresh], dtype=np.int64)])
    read.versions = versions[order]


def _read_on(read: _Read, connection: Connection, newest: int) -> None:
    wanted = gist.c.version_id > read.last
    if read.late:
        # Two who add at once take their numbers in one order and may be done in the other.
        wanted = or_(wanted, gist.c.version_id.in_(sorted(read.late)))
    rows = connection.execute(
        select(gist.c.version_id, gist.c.first_statement, gist.c.codes).where(wanted).order_by(gist.c.version_id)
    ).all()
    before, read.last = read.last, max(read.last, newest)
    read.late |= set(range(max(before, read.last - _LATE) + 1, read.last + 1))
    read.late = {each for each in read.late if each > read.last - _LATE} - {row.version_id for row in rows}
    if not rows:
        return
    replaced = _replaced(connection, [row.version_id for row in rows]) if before else []
    if replaced:
        stay = ~np.isin(read.versions, replaced)
        read.codes, read.ids, read.versions = read.codes[stay], read.ids[stay], read.versions[stay]
    sizes = [len(row.codes) // CODE_BYTES for row in rows]
    codes = np.frombuffer(b"".join(row.codes for row in rows), dtype=np.uint8).reshape(-1, CODE_BYTES)
    firsts = np.repeat(np.array([row.first_statement for row in rows], dtype=np.int64), sizes)
    starts = np.repeat(np.cumsum(sizes) - sizes, sizes)
    read.codes = np.concatenate([read.codes, codes])
    read.ids = np.concatenate([read.ids, firsts + np.arange(len(codes)) - starts])
    read.versions = np.concatenate(
        [read.versions, np.repeat(np.array([row.version_id for row in rows], dtype=np.int64), sizes)]
    )
    if np.any(np.diff(read.ids) < 0):
        order = np.argsort(read.ids, kind="stable")
        read.codes, read.ids, read.versions = read.codes[order], read.ids[order], read.versions[order]


def _replaced(connection: Connection, fresh: Sequence[int]) -> list[int]:
    """The versions that some others replaced."""
    newer = version.alias("newer")
    return list(
        connection.scalars(
            select(version.c.id)
            .join(newer, newer.c.article_id == version.c.article_id)
            .where(newer.c.id >= fresh[0], newer.c.id <= fresh[-1], newer.c.number > 1, version.c.id != newer.c.id)
            .where(~version.c.newest)
        )
    )
