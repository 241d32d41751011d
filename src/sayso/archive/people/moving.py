"""Appearances moved from one speaker to another, and with them all that follows from who they are.

Invariant: whose a statement is and whom it talks about follow from the article's record and its appearances alone, so
that moving appearances back restores everything; the index of words is brought up to date in the same transaction.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from sayso.archive.batches import batches
from sayso.archive.correcting.rows import corrected_version
from sayso.archive.indexing import reindex
from sayso.archive.keeping.layers import layers_of
from sayso.archive.schema import about, appearance, statement
from sayso.archive.stores.base import Store

AT_ONCE = 400


@dataclass(frozen=True, slots=True)
class Move:
    """One appearance on its way."""

    appearance: int
    version: int
    before: int
    """Whose it was."""
    after: int
    """Whose it will be."""
    found: int
    """The speaker that the rule, or a split, found."""
    decision: int | None


def move(store: Store, connection: Connection, moves: Sequence[Move]) -> None:
    """Moves appearances, and with them statements, who is talked about, and the index."""
    if not moves:
        return
    connection.execute(
        update(appearance)
        .where(appearance.c.id == bindparam("number"))
        .values(speaker_id=bindparam("after"), found_id=bindparam("found"), decision_id=bindparam("decision")),
        [
            {
                "number": each.appearance,
                "after": each.after,
                "found": None if each.found == each.after else each.found,
                "decision": each.decision,
            }
            for each in moves
        ],
    )
    by_version: dict[int, set[tuple[int, int]]] = defaultdict(set)
    for each in moves:
        if each.before != each.after:
            by_version[each.version].add((each.before, each.after))
    whole: dict[tuple[int, int], list[int]] = defaultdict(list)
    changed: set[int] = set()
    left = _still_there(connection, by_version)
    for version_id, pairs in by_version.items():
        if len(pairs) == 1 and not any((version_id, before) in left for before, _ in pairs):
            whole[next(iter(pairs))].append(version_id)
        else:
            changed |= _follow_record(connection, version_id)
    for (before, after), versions in whole.items():
        for some in batches(versions, AT_ONCE):
            changed |= _follow_all(connection, some, before, after)
    reindex(store, connection, sorted(changed))


def _still_there(connection: Connection, by_version: dict[int, set[tuple[int, int]]]) -> set[tuple[int, int]]:
    """The versions in which a speaker that lost an appearance has another, with the speaker."""
    found = set()
    losers = sorted({before for pairs in by_version.values() for before, _ in pairs})
    for some in batches(sorted(by_version), AT_ONCE):
        rows = connection.execute(
            select(appearance.c.version_id, appearance.c.speaker_id).where(
                appearance.c.version_id.in_(some), appearance.c.speaker_id.in_(losers)
            )
        )
        found |= {(row.version_id, row.speaker_id) for row in rows}
    return found


def _follow_all(connection: Connection, versions: list[int], before: int, after: int) -> set[int]:
    """In versions in which all that was one speaker's is the other's now: the statements that changed."""
    mine = select(statement.c.id).where(statement.c.version_id.in_(versions), statement.c.speaker_id == before)
    changed = set(connection.scalars(mine))
    connection.execute(
        update(statement)
        .where(statement.c.version_id.in_(versions), statement.c.speaker_id == before)
        .values(speaker_id=after)
    )
    of_versions = select(statement.c.id).where(statement.c.version_id.in_(versions))
    talked = set(
        connection.scalars(
            select(about.c.statement_id).where(about.c.speaker_id == before, about.c.statement_id.in_(of_versions))
        )
    )
    already = set(
        connection.scalars(
            select(about.c.statement_id).where(about.c.speaker_id == after, about.c.statement_id.in_(of_versions))
        )
    )
    connection.execute(delete(about).where(about.c.speaker_id == before, about.c.statement_id.in_(of_versions)))
    _put_in_about(connection, ((number, after) for number in talked - already))
    return changed | talked


def _follow_record(connection: Connection, version_id: int) -> set[int]:
    """In a version in which the record must be asked whose is what: the statements that changed."""
    speakers = {
        row.local: row.speaker_id
        for row in connection.execute(
            select(appearance.c.local, appearance.c.speaker_id).where(appearance.c.version_id == version_id)
        )
    }
    article = corrected_version(connection, version_id).article
    layers = {each.local: each for each in layers_of(article, indexed=False)}
    rows = connection.execute(
        select(statement.c.id, statement.c.local, statement.c.speaker_id).where(statement.c.version_id == version_id)
    ).all()
    talked: dict[int, set[int]] = defaultdict(set)
    for row in connection.execute(select(about).where(about.c.statement_id.in_([row.id for row in rows]))):
        talked[row.statement_id].add(row.speaker_id)
    changed = set()
    for row in rows:
        layer = layers[row.local]
        speaker_id = speakers.get(layer.speaker or "")
        wanted = {speakers[local] for local in layer.about if local in speakers}
        if speaker_id != row.speaker_id:
            connection.execute(update(statement).where(statement.c.id == row.id).values(speaker_id=speaker_id))
            changed.add(row.id)
        if wanted != talked[row.id]:
            connection.execute(delete(about).where(about.c.statement_id == row.id))
            _put_in_about(connection, ((row.id, number) for number in sorted(wanted)))
            changed.add(row.id)
    return changed


def _put_in_about(connection: Connection, pairs: Iterable[tuple[int, int]]) -> None:
    rows = [{"statement_id": number, "speaker_id": speaker} for number, speaker in pairs]
    if rows:
        connection.execute(insert(about), rows)
