"""Statements that mean much the same as a text, by their gists.

The gists of an archive stay in memory once they were asked for, 32 bytes a statement; what is new since is read on.
Those of statements that are gone since stay as well: whoever takes ids from here joins them to the statements.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import Lock
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt
from sqlalchemy import Connection, func, select

from sayso.archive.base import Store
from sayso.archive.schema import gist
from sayso.extraction.gists import CODE_BYTES, gist_of, nearness

MOST = 500
"""Statements that are near at the most."""
FLOOR = 0.45
"""Nearness below which two texts have no more in common than their subject."""

Codes = npt.NDArray[np.uint8]
Ids = npt.NDArray[np.int64]


@dataclass(slots=True)
class _Read:
    """The gists that were read: those of the versions up to `last`."""

    last: int = 0
    codes: Codes = field(default_factory=lambda: np.zeros((0, CODE_BYTES), dtype=np.uint8))
    ids: Ids = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    lock: Lock = field(default_factory=Lock)


_READ: WeakKeyDictionary[Store, _Read] = WeakKeyDictionary()


def nearest(
    store: Store, connection: Connection, text: str, *, most: int = MOST, floor: float = FLOOR
) -> dict[int, float]:
    """By statement how near it is to a text, 0 to 1, the nearest first: at most `most`, and none below `floor`."""
    codes, ids = gists_in(store, connection)
    asked = gist_of(text)
    if not len(ids) or not asked.any():
        return {}
    near = nearness(asked, codes)
    # Sorting a million takes longer than looking which are near at all.
    places = np.flatnonzero(near >= floor)
    best = places[np.argsort(-near[places], kind="stable")][:most]
    return {int(ids[at]): float(min(near[at], 1.0)) for at in best}


def gists_in(store: Store, connection: Connection) -> tuple[Codes, Ids]:
    """The gists of an archive's statements and the statements' ids."""
    read = _READ.setdefault(store, _Read())
    with read.lock:
        newest = connection.scalar(select(func.max(gist.c.version_id))) or 0
        if newest > read.last:
            _read_on(read, connection)
        return read.codes, read.ids


def _read_on(read: _Read, connection: Connection) -> None:
    rows = connection.execute(
        select(gist.c.version_id, gist.c.first_statement, gist.c.codes)
        .where(gist.c.version_id > read.last)
        .order_by(gist.c.version_id)
    ).all()
    sizes = [len(row.codes) // CODE_BYTES for row in rows]
    codes = np.frombuffer(b"".join(row.codes for row in rows), dtype=np.uint8).reshape(-1, CODE_BYTES)
    firsts = np.repeat(np.array([row.first_statement for row in rows], dtype=np.int64), sizes)
    starts = np.repeat(np.cumsum(sizes) - sizes, sizes)
    read.codes = np.concatenate([read.codes, codes])
    read.ids = np.concatenate([read.ids, firsts + np.arange(len(codes)) - starts])
    read.last = int(rows[-1].version_id)
