"""Holding the rows of the tables against the records of the articles, which they were reckoned from."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Row, select

from sayso.archive.correcting.applying import apply
from sayso.archive.correcting.forms import Correction
from sayso.archive.correcting.rows import ROWS, form_of
from sayso.archive.keeping.copies import signature_of
from sayso.archive.keeping.identity import canonical_url
from sayso.archive.keeping.layers import Layer, day_of_publication, layers_of, optional, storable
from sayso.archive.keeping.packing import unpack
from sayso.archive.schema import (
    about,
    appearance,
    correction,
    gist,
    gist_change,
    outlet,
    record,
    relation,
    statement,
    transcript,
    verdict,
    version,
)
from sayso.archive.schema import article as articles
from sayso.documents import Article
from sayso.extraction.gists import CODE_BYTES, gist_codes

AT_ONCE = 50
"""Versions that are read in one query."""
_ROWS = (
    select(
        version,
        record.c.record,
        record.c.source,
        record.c.transcripts,
        gist.c.first_statement,
        gist.c.codes,
        articles.c.key,
        articles.c.url,
        articles.c.outlet_id,
        outlet.c.name.label("outlet"),
    )
    .join(record, record.c.version_id == version.c.id)
    .outerjoin(articles, articles.c.id == version.c.article_id)
    .outerjoin(outlet, outlet.c.id == articles.c.outlet_id)
    .outerjoin(gist, gist.c.version_id == version.c.id)
    .order_by(version.c.id)
)


def unlike_records(connection: Connection) -> Iterator[str]:
    """What is not as the records have it, a line for each article and kind of row."""
    transcripts = set(connection.scalars(select(transcript.c.id)))
    after = -1
    while rows := connection.execute(_ROWS.where(version.c.id > after).limit(AT_ONCE)).all():
        after = rows[-1].id
        parts = _Parts(connection, [row.id for row in rows])
        for row in rows:
            for fault in _faults_of(row, parts, transcripts):
                yield f"article {row.article_id}, version {row.number}: {fault}"


class _Parts:
    """The rows of some versions, by version."""

    def __init__(self, connection: Connection, ids: Sequence[int]) -> None:
        def by_version(table: Any) -> dict[int, list[Row[Any]]]:
            found: dict[int, list[Row[Any]]] = defaultdict(list)
            for row in connection.execute(select(table).where(table.c.version_id.in_(ids)).order_by(table.c.id)):
                found[row.version_id].append(row)
            return found

        self.statements = by_version(statement)
        self.appearances = by_version(appearance)
        self.relations = by_version(relation)
        self.verdicts = by_version(verdict)
        self.gists = by_version(gist_change)
        self.corrections: dict[int, list[Correction]] = defaultdict(list)
        of_these = ROWS.where(correction.c.version_id.in_(ids)).order_by(correction.c.id)
        for row in connection.execute(of_these):
            self.corrections[row.version_id].append(form_of(row))
        self.about: dict[int, set[int]] = defaultdict(set)
        talked = select(about).join(statement, statement.c.id == about.c.statement_id)
        for row in connection.execute(talked.where(statement.c.version_id.in_(ids))):
            self.about[row.statement_id].add(row.speaker_id)


def _faults_of(row: Row[Any], parts: _Parts, transcripts: set[int]) -> Iterator[str]:
    try:
        article = unpack(Article, row.record, row.source)
    except Exception as error:  # Whatever bytes that were changed may raise.
        yield f"its record is not as it was written ({error})"
        return
    if row.transcripts and not transcripts.issuperset(json.loads(row.transcripts)):
        yield "a transcript that its verdicts rest on is not there"
    if fields := _unlike_head(row, article):
        yield f"what is listed of it is not what its record has ({', '.join(fields)})"
    if not row.newest:
        return
    if row.outlet != optional(article.outlet):
        yield "its outlet is not what its record has"
    # What is searched is what corrections made of it.
    article = apply(article, parts.corrections[row.id]).article
    layers = layers_of(article, indexed=False)
    rows = parts.statements[row.id]
    yield from _unlike_statements(row, layers, rows, parts)
    if row.codes is None:
        yield "it has no gists"
    else:
        yield from _unlike_gists(row, layers, rows, parts.gists[row.id])
    yield from _unlike_speakers(article, parts.appearances[row.id])
    yield from _unlike_others(article, rows, parts.relations[row.id], parts.verdicts[row.id])


def _unlike_gists(row: Row[Any], layers: list[Layer], rows: list[Row[Any]], changes: list[Row[Any]]) -> Iterator[str]:
    many = len(row.codes) // CODE_BYTES
    there = {row.first_statement + at: row.codes[at * CODE_BYTES : (at + 1) * CODE_BYTES] for at in range(many)}
    for change in changes:
        there.pop(change.statement_id, None)
        if change.code is not None:
            there[change.statement_id] = change.code
    numbers = {each.local: each.id for each in rows}
    codes: Iterable[Any] = gist_codes([each.text for each in layers]) if layers else []
    is_so = {numbers.get(each.local): code.tobytes() for each, code in zip(layers, codes, strict=True)}
    if sorted(there.values()) != sorted(is_so.values()):
        yield "its gists are not those of its statements"
    elif there != is_so:
        yield "its gists are not told to be of its statements"


def _unlike_head(row: Row[Any], article: Article) -> list[str]:
    is_so = {
        "text_id": article.id,
        "headline": None if article.headline is None else storable(article.headline.of(article.text)),
        "language": article.language,
        "published": None if article.published is None else article.published.isoformat(),
        "published_day": day_of_publication(article.published),
        "agency": optional(article.dateline.agency) if article.dateline else None,
        "words": len(article.text.split()),
        "characters": len(article.text),
        "signature": signature_of(article.text),
    }
    if row.newest and article.url is not None:
        is_so["url"] = optional(article.url)
    found = [name for name, value in is_so.items() if getattr(row, name) != value]
    if article.url and row.key.startswith("url:") and row.key != storable("url:" + canonical_url(article.url)):
        found.append("key")
    return found


def _unlike_statements(row: Row[Any], layers: list[Layer], rows: list[Row[Any]], parts: _Parts) -> Iterator[str]:
    speakers = {each.local: each.speaker_id for each in parts.appearances[row.id]}
    by_local = {each.local: each for each in rows}
    locals_ = {each.id: each.local for each in rows}
    if Counter(each.local for each in layers) != Counter(each.local for each in rows):
        yield f"it has {len(rows)} statements, its record {len(layers)}, or others"
    unlike = []
    for layer in layers:
        each = by_local.get(layer.local)
        if each is None:
            continue
        is_so = (
            layer.text,
            layer.others or None,
            layer.marks,
            layer.said_day,
            layer.outer,
            speakers.get(layer.speaker or ""),
            {speakers[name] for name in layer.about if name in speakers},
            row.outlet_id,
            row.published_day,
        )
        there = (
            each.text,
            None if each.others is None else json.loads(each.others),
            each.marks,
            each.said_day,
            locals_.get(each.outer_id) if each.outer_id is not None else None,
            each.speaker_id,
            parts.about[each.id],
            each.outlet_id,
            each.published_day,
        )
        if is_so != there:
            unlike.append(layer.local)
    if unlike:
        yield f"statements are not as its record has them ({', '.join(unlike)})"


def _unlike_speakers(article: Article, rows: list[Row[Any]]) -> Iterator[str]:
    is_so = Counter(
        (each.id, storable(each.name), each.kind, json.dumps(each.titles), optional(each.stands_for), speaks)
        for speaks, some in ((True, article.speakers), (False, article.mentioned))
        for each in some
    )
    there = Counter(
        (each.local, each.name, each.kind, json.dumps(json.loads(each.titles)), each.stands_for, each.speaks)
        for each in rows
    )
    if is_so != there:
        names = sorted({each[0] for each in (is_so - there) + (there - is_so)})
        yield f"its speakers are not as its record has them ({', '.join(names)})"


def _unlike_others(
    article: Article, rows: list[Row[Any]], relations: list[Row[Any]], verdicts: list[Row[Any]]
) -> Iterator[str]:
    locals_ = {each.id: each.local for each in rows}
    related = Counter(
        (each.kind, each.from_, each.to, storable(" ... ".join(span.of(article.text) for span in each.evidence)))
        for each in article.relations
        if {each.from_, each.to} <= set(locals_.values())
    )
    if related != Counter(
        (each.kind, locals_.get(each.from_id), locals_.get(each.to_id), each.evidence) for each in relations
    ):
        yield "relations between its statements are not as its record has them"
    judged = Counter((each.id, each.check, each.value, optional(each.doubt)) for each in article.verdicts)
    if judged != Counter((each.local, each.kind, each.value, each.doubt) for each in verdicts):
        yield "verdicts are not as its record has them"
    elif len({each.at for each in verdicts}) > 1:
        yield "its verdicts are told to be of several times"
