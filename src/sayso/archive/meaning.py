"""Statements that mean much the same as a text, by their gists."""

from __future__ import annotations

import numpy as np
from sqlalchemy import Connection, select

from sayso.archive.schema import gist, version
from sayso.extraction.gists import CODE_BYTES, gist_of, nearness

MOST = 500
"""Statements that are near at the most."""
FLOOR = 0.45
"""Nearness below which two texts have nothing in common but their subject."""
_CHUNK = 8_192
"""Articles that are read at a time."""


def nearest(connection: Connection, text: str, *, most: int = MOST, floor: float = FLOOR) -> dict[int, float]:
    """By statement of a newest version: how near it is to a text, 0 to 1; the nearest `most`, none below `floor`."""
    asked = gist_of(text)
    ids: list[np.ndarray] = []
    scores: list[np.ndarray] = []
    rows = connection.execution_options(yield_per=_CHUNK).execute(
        select(gist.c.first_statement, gist.c.codes)
        .join(version, version.c.id == gist.c.version_id)
        .where(version.c.newest)
    )
    for chunk in rows.partitions(_CHUNK):
        sizes = [len(row.codes) // CODE_BYTES for row in chunk]
        codes = np.frombuffer(b"".join(row.codes for row in chunk), dtype=np.uint8).reshape(-1, CODE_BYTES)
        near = nearness(asked, codes)
        places = np.flatnonzero(near >= floor)
        if len(places):
            firsts = np.repeat([row.first_statement for row in chunk], sizes)
            starts = np.repeat(np.cumsum(sizes) - sizes, sizes)
            ids.append((firsts + np.arange(len(codes)) - starts)[places])
            scores.append(near[places])
    if not ids:
        return {}
    all_ids, all_scores = np.concatenate(ids), np.concatenate(scores)
    best = np.argsort(-all_scores, kind="stable")[:most]
    return {int(all_ids[at]): float(min(all_scores[at], 1.0)) for at in best}
