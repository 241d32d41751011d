"""The rows of the tables that only the newest version of an article has: putting them in and taking them out."""

from __future__ import annotations

import json
from collections.abc import Sequence

from sqlalchemy import Connection, delete, insert, select

from sayso.archive.indexing import keys_of
from sayso.archive.keeping.layers import Layer, optional, storable
from sayso.archive.people.resolving import Resolved
from sayso.archive.schema import about, appearance, gist, gist_change, relation, statement, uncertain, verdict
from sayso.archive.stores.base import IndexRow, Store
from sayso.documents import Article
from sayso.verdicts import HeadlineVerdict, QuoteVerdict, Verdict

# Built once: what SQLAlchemy does to build a query takes longer than SQLite does to answer it.
_PUT_IN_APPEARANCES = insert(appearance)
_PUT_IN_STATEMENTS = insert(statement)
_PUT_IN_GIST = insert(gist)
_PUT_IN_ABOUT = insert(about)
_PUT_IN_RELATIONS = insert(relation)
_PUT_IN_VERDICTS = insert(verdict)


def put_in_appearances(
    connection: Connection, article: Article, version_id: int, resolved: dict[str, Resolved]
) -> None:
    """Puts in where the speakers of an article appear in it, and which of the archive's they are."""
    rows = [
        {
            "version_id": version_id,
            "local": each.id,
            "speaker_id": resolved[each.id].speaker_id,
            "found_id": resolved[each.id].found_id,
            "name": storable(each.name),
            "kind": each.kind,
            "titles": json.dumps(each.titles, ensure_ascii=True),
            "stands_for": optional(each.stands_for),
            "speaks": speaks,
            "reason": resolved[each.id].reason,
            "decision_id": resolved[each.id].decision_id,
        }
        for speaks, some in ((True, article.speakers), (False, article.mentioned))
        for each in some
        if each.id in resolved
    ]
    if rows:
        connection.execute(_PUT_IN_APPEARANCES, rows)


def put_in_statements(
    store: Store,
    connection: Connection,
    layers: Sequence[Layer],
    codes: bytes,
    *,
    version_id: int,
    outlet_id: int | None,
    day: int | None,
    resolved: dict[str, Resolved],
) -> dict[str, int]:
    """Puts in an article's statements with their gists and search entries; their ids, by their ids in the article.

    The ids follow one another, as the gists do. `day` is that of publication.
    """
    first = store.take_ids(connection, statement.name, len(layers))
    ids = {each.local: first + place for place, each in enumerate(layers)}
    connection.execute(_PUT_IN_GIST, {"version_id": version_id, "first_statement": first, "codes": codes})
    rows, index, talked = [], [], []
    for each in layers:
        speaker_id = resolved[each.speaker].speaker_id if each.speaker in resolved else None
        about_ids = sorted({resolved[name].speaker_id for name in each.about if name in resolved})
        number = ids[each.local]
        rows.append(
            {
                "id": number,
                "version_id": version_id,
                "local": each.local,
                "speaker_id": speaker_id,
                "outlet_id": outlet_id,
                "published_day": day,
                "said_day": each.said_day,
                "marks": each.marks,
                "outer_id": ids.get(each.outer) if each.outer else None,
                "text": each.text,
                "others": json.dumps(each.others, ensure_ascii=False) if each.others else None,
            }
        )
        keys = keys_of(
            marks=each.marks,
            outlet_id=outlet_id,
            speaker_id=speaker_id,
            about_ids=about_ids,
            published_day=day,
            said_day=each.said_day,
        )
        index.append(IndexRow(number, each.words, keys))
        talked += [{"statement_id": number, "speaker_id": one} for one in about_ids]
    if rows:
        connection.execute(_PUT_IN_STATEMENTS, rows)
        store.index_words(connection, index)
    if talked:
        connection.execute(_PUT_IN_ABOUT, talked)
    return ids


def put_in_relations(connection: Connection, article: Article, version_id: int, ids: dict[str, int]) -> None:
    """Puts in the relations between an article's statements."""
    rows = [
        {
            "version_id": version_id,
            "kind": each.kind,
            "from_id": ids[each.from_],
            "to_id": ids[each.to],
            "evidence": storable(" ... ".join(span.of(article.text) for span in each.evidence)),
        }
        for each in article.relations
        if each.from_ in ids and each.to in ids
    ]
    if rows:
        connection.execute(_PUT_IN_RELATIONS, rows)


def put_in_verdicts(
    connection: Connection,
    article: Article,
    version_id: int,
    ids: dict[str, int],
    kept: dict[str, int],
    *,
    at: str,
) -> None:
    """Puts in an article's verdicts; `ids` are its statements' by their ids in it, `kept` its transcripts' likewise."""
    statement_of = {name: each.id for each in article.statements for name in each.attributions}

    def judged(each: Verdict) -> int | None:
        carrier = each.statement if isinstance(each, HeadlineVerdict) else None
        return ids.get(carrier or statement_of.get(each.attribution or "", ""))

    rows = [
        {
            "version_id": version_id,
            "statement_id": judged(each),
            "local": each.id,
            "kind": each.check,
            "value": each.value,
            "doubt": optional(each.doubt),
            "transcript_id": kept.get(each.passages[0].transcript)
            if isinstance(each, QuoteVerdict) and each.passages
            else None,
            "at": at,
        }
        for each in article.verdicts
    ]
    if rows:
        connection.execute(_PUT_IN_VERDICTS, rows)


def take_out_layers(store: Store, connection: Connection, version_id: int) -> None:
    """Takes out what only the newest version has: its record stays."""
    ids = list(connection.scalars(select(statement.c.id).where(statement.c.version_id == version_id)))
    store.unindex_words(connection, ids)
    connection.execute(delete(verdict).where(verdict.c.version_id == version_id))
    connection.execute(delete(relation).where(relation.c.version_id == version_id))
    of_version = select(statement.c.id).where(statement.c.version_id == version_id)
    connection.execute(delete(about).where(about.c.statement_id.in_(of_version)))
    connection.execute(delete(statement).where(statement.c.version_id == version_id))
    connection.execute(delete(appearance).where(appearance.c.version_id == version_id))
    connection.execute(delete(gist).where(gist.c.version_id == version_id))
    connection.execute(delete(gist_change).where(gist_change.c.version_id == version_id))
    connection.execute(delete(uncertain).where(uncertain.c.version_id == version_id))
