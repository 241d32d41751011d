"""What the index of words has of each statement: made in one way for all that puts statements into it."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, select

from sayso.archive.batches import batches
from sayso.archive.days import day_keys
from sayso.archive.folding import BREAK, joined_in, words_in
from sayso.archive.marks import key_of, marks_of
from sayso.archive.schema import about, statement
from sayso.archive.stores.base import IndexRow, Store

AT_ONCE = 500
"""Statements that are looked up in one query."""


def words_of(text: str, others: Sequence[str]) -> list[str]:
    """The words of all wordings of a statement, folded, so that no phrase runs from one into the next.

    Behind them stands, for "front-line", what is also written "frontline".
    """
    words = words_in(text)
    for each in others:
        words += [BREAK, *words_in(each)]
    for joined in dict.fromkeys(found.word for each in (text, *others) for found in joined_in(each)):
        words += [BREAK, joined]
    return words


def keys_of(
    *,
    marks: int,
    outlet_id: int | None,
    speaker_id: int | None,
    about_ids: Iterable[int],
    published_day: int | None,
    said_day: int | None,
) -> list[str]:
    """The keys of a statement."""
    keys = ["all", *(key_of(family, name) for family, name in marks_of(marks))]
    if outlet_id is not None:
        keys.append(f"outlet{outlet_id}")
    if speaker_id is not None:
        keys.append(f"speaker{speaker_id}")
    keys += [f"about{each}" for each in about_ids]
    return keys + day_keys(published_day, said_day)


def rows_of(connection: Connection, ids: Sequence[int]) -> list[IndexRow]:
    """The rows of the index for statements as the tables have them now."""
    rows = []
    for some in batches(ids, AT_ONCE):
        about_ids: dict[int, list[int]] = defaultdict(list)
        for one, other in connection.execute(
            select(about.c.statement_id, about.c.speaker_id)
            .where(about.c.statement_id.in_(some))
            .order_by(about.c.speaker_id)
        ):
            about_ids[one].append(other)
        for each in connection.execute(select(statement).where(statement.c.id.in_(some)).order_by(statement.c.id)):
            keys = keys_of(
                marks=each.marks,
                outlet_id=each.outlet_id,
                speaker_id=each.speaker_id,
                about_ids=about_ids[each.id],
                published_day=each.published_day,
                said_day=each.said_day,
            )
            rows.append(IndexRow(each.id, words_of(each.text, json.loads(each.others or "[]")), keys))
    return rows


def reindex(store: Store, connection: Connection, ids: Sequence[int]) -> None:
    """Brings the index up to what the tables say of statements: after a change of speakers, of who is talked about or
    of marks, in the same transaction."""
    for some in batches(ids, AT_ONCE):
        store.unindex_words(connection, some)
        store.index_words(connection, rows_of(connection, some))
