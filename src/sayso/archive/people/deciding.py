"""Decisions about who is whom: merges, splits, pairs kept apart, what a speaker stands for; dated, signed, undone.

Invariant: a row of `decision` is never changed but for `undone_by`; a decision and all that it moves are in, or not, in
one transaction; undoing restores what was, however much came in or was decided in between.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from sayso.archive.clock import now_text
from sayso.archive.forms import Decision
from sayso.archive.people.family import (
    Family,
    apart_from,
    family_of,
    live_speaker,
    put_in_apart,
    take_out_apart,
)
from sayso.archive.people.moving import Move, move
from sayso.archive.people.parting import part, put_together
from sayso.archive.schema import appearance, decision, speaker, speaker_key
from sayso.archive.signers import local_user
from sayso.archive.stores.base import Store
from sayso.errors import NoSuchEntry, RefusedDecision


def merge(store: Store, keep: int, other: int, *, reason: str, by: str | None = None) -> Decision:
    """The decision that two speakers are one: `other` goes into `keep`, with all articles to come.

    Raises NoSuchEntry; RefusedDecision where they are one already, or were decided to be two.
    """

    def act(connection: Connection) -> Decision:
        family = family_of(connection)
        stays, goes = live_speaker(connection, keep, family), live_speaker(connection, other, family)
        if stays == goes:
            raise RefusedDecision(f"Speakers {keep} and {other} are one already", decision=family.decision(other))
        _refuse_apart(connection, family, stays, goes)
        number = _put_in(connection, "merge", (stays, goes), reason, by)
        rows = connection.execute(select(appearance).where(appearance.c.speaker_id == goes)).all()
        _keep_moves(connection, number, {"decided": {row.id: row.decision_id for row in rows if row.decision_id}})
        connection.execute(insert(speaker_key), {"key": f"into:{stays}:{number}", "speaker_id": goes})
        move(store, connection, [Move(r.id, r.version_id, goes, stays, r.found_id or goes, number) for r in rows])
        return _decision(connection, number)

    return store.write(act)


def split(
    store: Store,
    speaker_id: int,
    *,
    appearances: Sequence[int] = (),
    articles: Sequence[int] = (),
    name: str | None = None,
    reason: str,
    by: str | None = None,
) -> Decision:
    """The decision that some appearances of a speaker, or all those in some articles, are somebody else's.

    The new speaker is the second of the decision's `speakers`; its name is the most frequent of those appearances, or
    `name`. Raises NoSuchEntry for an appearance or an article that the speaker does not have; RefusedDecision where
    nothing would be left of the old one.
    """

    def act(connection: Connection) -> Decision:
        family = family_of(connection)
        old = live_speaker(connection, speaker_id, family)
        number = _put_in(connection, "split", (), reason, by)
        new, moves = part(store, connection, old, appearances, articles, name=name, decision_id=number)
        _keep_moves(connection, number, moves, speakers=(old, new))
        put_in_apart(connection, old, new, number)
        return _decision(connection, number)

    return store.write(act)


def keep_apart(store: Store, one: int, other: int, *, reason: str, by: str | None = None) -> Decision:
    """The decision that two speakers are two, whatever their names say: they are not suggested again, nor merged.

    Raises NoSuchEntry; RefusedDecision where they are one, or kept apart already.
    """

    def act(connection: Connection) -> Decision:
        family = family_of(connection)
        pair = live_speaker(connection, one, family), live_speaker(connection, other, family)
        if pair[0] == pair[1]:
            last = family.decision(one) or family.decision(other)
            raise RefusedDecision(f"Speakers {one} and {other} are one", _undo_first(last), decision=last)
        _refuse_apart(connection, family, *pair)
        number = _put_in(connection, "apart", pair, reason, by)
        put_in_apart(connection, *pair, number)
        return _decision(connection, number)

    return store.write(act)


def set_stands_for(
    store: Store, speaker_id: int, stands_for: str | None, *, reason: str, by: str | None = None
) -> Decision:
    """The decision for whom a speaker speaks ("the government of Ukraine"); None: for nobody but itself.

    Raises NoSuchEntry.
    """

    def act(connection: Connection) -> Decision:
        number = live_speaker(connection, speaker_id, family_of(connection))
        before = connection.scalar(select(speaker.c.stands_for).where(speaker.c.id == number))
        made = _put_in(connection, "stands for", (number,), reason, by)
        _keep_moves(connection, made, {"before": before, "after": stands_for})
        connection.execute(update(speaker).where(speaker.c.id == number).values(stands_for=stands_for))
        return _decision(connection, made)

    return store.write(act)


def undo(store: Store, number: int, *, reason: str = "", by: str | None = None) -> Decision:
    """The decision that undoes another one; it cannot be undone itself, only decided anew.

    Raises NoSuchEntry; RefusedDecision where it is undone already, or where a later decision builds on it.
    """

    def act(connection: Connection) -> Decision:
        row = connection.execute(select(decision).where(decision.c.id == number)).first()
        if row is None:
            raise NoSuchEntry("decision", str(number), advice="See: sayso archive decisions")
        if row.undone_by is not None:
            raise RefusedDecision(f"Decision {number} is undone already", decision=row.undone_by)
        if row.kind not in _UNDOING:
            raise RefusedDecision(f"Decision {number} undid another one", "Decide that one anew")
        made = _put_in(connection, "undo", tuple(json.loads(row.speakers)), reason, by)
        connection.execute(update(decision).where(decision.c.id == number).values(undone_by=made))
        _keep_moves(connection, made, {"undoes": number})
        _UNDOING[row.kind](store, connection, row)
        return _decision(connection, made)

    return store.write(act)


def decisions(store: Store, *, speaker_id: int | None = None) -> list[Decision]:
    """All decisions, the latest first; those alone that name a speaker, where one is given."""
    with store.reading() as connection:
        found = [_form(row) for row in connection.execute(select(decision).order_by(decision.c.id.desc()))]
    return [each for each in found if speaker_id is None or speaker_id in each.speakers]


# undoing, by kind


def _undo_merge(store: Store, connection: Connection, row: Row[Any]) -> None:
    _, goes = json.loads(row.speakers)
    decided = {int(one): other for one, other in json.loads(row.moves)["decided"].items()}
    live = family_of(connection).live(goes)
    connection.execute(
        delete(speaker_key).where(speaker_key.c.speaker_id == goes, speaker_key.c.key.like(f"into:%:{row.id}"))
    )
    family = family_of(connection)
    members = family.members(goes)
    rows = connection.execute(
        select(appearance).where(appearance.c.speaker_id == live, appearance.c.found_id.in_(sorted(members)))
    ).all()
    back = standing(connection, decided)
    move(
        store,
        connection,
        [Move(r.id, r.version_id, live, goes, r.found_id, back.get(r.id) or family.decision(r.found_id)) for r in rows],
    )


def _undo_split(store: Store, connection: Connection, row: Row[Any]) -> None:
    old, new = json.loads(row.speakers)
    moves = json.loads(row.moves)
    for later in connection.execute(
        select(decision).where(decision.c.id > row.id, decision.c.undone_by.is_(None), decision.c.kind != "undo")
    ):
        moved_from = {base for _, base, _ in json.loads(later.moves).get("moved", [])}
        if new in json.loads(later.speakers) or new in moved_from:
            raise RefusedDecision(
                f"Decision {later.id} ({later.kind}) builds on decision {row.id}",
                _undo_first(later.id),
                decision=later.id,
            )
    take_out_apart(connection, old, new, row.id)
    family = family_of(connection)
    rows = connection.execute(select(appearance).where(appearance.c.speaker_id == new)).all()
    bases = {number: base for number, base, _ in moves["moved"]}
    back = standing(connection, {number: before for number, _, before in moves["moved"] if before})
    put_together(connection, new, moves)
    move(
        store,
        connection,
        [
            Move(r.id, r.version_id, new, family.live(base), base, back.get(r.id) or family.decision(base))
            for r in rows
            for base in (bases.get(r.id, old),)
        ],
    )


def _undo_apart(store: Store, connection: Connection, row: Row[Any]) -> None:
    one, other = json.loads(row.speakers)
    take_out_apart(connection, one, other, row.id)


def _undo_stands_for(store: Store, connection: Connection, row: Row[Any]) -> None:
    (number,) = json.loads(row.speakers)
    for later in connection.execute(
        select(decision).where(decision.c.id > row.id, decision.c.kind == "stands for", decision.c.undone_by.is_(None))
    ):
        if json.loads(later.speakers) == [number]:
            raise RefusedDecision(
                f"Decision {later.id} (stands for) builds on decision {row.id}",
                _undo_first(later.id),
                decision=later.id,
            )
    before = json.loads(row.moves)["before"]
    connection.execute(update(speaker).where(speaker.c.id == number).values(stands_for=before))


_UNDOING: dict[str, Callable[[Store, Connection, Row[Any]], None]] = {
    "merge": _undo_merge,
    "split": _undo_split,
    "apart": _undo_apart,
    "stands for": _undo_stands_for,
}


# rows


def standing(connection: Connection, decided: dict[int, int]) -> dict[int, int]:
    """Of the decisions that appearances had before, those that still stand."""
    numbers = sorted(set(decided.values()))
    if not numbers:
        return {}
    undone = set(
        connection.scalars(select(decision.c.id).where(decision.c.id.in_(numbers), decision.c.undone_by.is_not(None)))
    )
    return {one: other for one, other in decided.items() if other not in undone}


def _refuse_apart(connection: Connection, family: Family, one: int, other: int) -> None:
    mine, theirs = family.members(one), family.members(other)
    for (a, b), number in apart_from(connection, mine).items():
        if b in theirs:
            raise RefusedDecision(
                f"Speakers {a} and {b} were decided to be two (decision {number})", _undo_first(number), decision=number
            )


def _undo_first(number: int | None) -> str:
    return "" if number is None else f"Undo it first: sayso archive undo {number}"


def _put_in(connection: Connection, kind: str, speakers: tuple[int, ...], reason: str, by: str | None) -> int:
    made = connection.execute(
        insert(decision).returning(decision.c.id),
        {
            "kind": kind,
            "speakers": json.dumps(list(speakers)),
            "moves": "{}",
            "reason": reason,
            "by": by or local_user(),
            "at": now_text(),
        },
    )
    return int(made.scalar_one())


def _keep_moves(
    connection: Connection, number: int, moves: dict[str, Any], *, speakers: tuple[int, ...] | None = None
) -> None:
    more = {} if speakers is None else {"speakers": json.dumps(list(speakers))}
    connection.execute(update(decision).where(decision.c.id == number).values(moves=json.dumps(moves), **more))


def _decision(connection: Connection, number: int) -> Decision:
    return _form(connection.execute(select(decision).where(decision.c.id == number)).one())


def _form(row: Row[Any]) -> Decision:
    return Decision(row.id, row.kind, tuple(json.loads(row.speakers)), row.reason, row.by, row.at, row.undone_by)
