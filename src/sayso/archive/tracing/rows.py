"""Statements of an archive with what tracing asks of each."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Row, Select, select

from sayso.archive.batches import batches
from sayso.archive.marks import names_in
from sayso.archive.schema import STATEMENTS, article, outlet, speaker, statement, version
from sayso.archive.tracing.forms import Occurrence, Utterance

_AT_ONCE = 500
"""Ids in one query: SQLite takes no more than some thousands, and plans long lists badly."""
_MOST_OUTER = 5
_MARK = re.compile(r"[\"“”„«»]|''")


@dataclass(frozen=True, slots=True)
class Told:
    """A statement of an archive."""

    occurrence: Occurrence
    texts: tuple[str, ...]
    """The fullest wording first."""
    quoted: tuple[bool, ...]
    """Of each, whether any of it is in quotation marks."""
    speaker_kind: str | None
    day: int | None
    said: int | None
    outer: int | None
    version: int
    signature: bytes | None
    words: int
    agency: str | None = None

    def utterances(self) -> list[Utterance]:
        """Its wordings."""
        each = self.occurrence
        return [
            Utterance(
                text,
                quoted,
                each.speaker,
                each.speaker_name,
                self.speaker_kind,
                self.day,
                self.said,
                each.article,
                each.outlet,
                each.statement,
            )
            for text, quoted in zip(self.texts, self.quoted, strict=True)
        ]


def statements_told() -> Select[tuple[object, ...]]:
    """The query for statements with all that `told_of` reads; whoever asks adds which."""
    query: Select[tuple[object, ...]] = select(
        statement.c.id,
        statement.c.text,
        statement.c.others,
        statement.c.marks,
        statement.c.published_day,
        statement.c.said_day,
        statement.c.outer_id,
        statement.c.speaker_id,
        speaker.c.name.label("speaker_name"),
        speaker.c.kind.label("speaker_kind"),
        outlet.c.name.label("outlet"),
        version.c.id.label("version_id"),
        version.c.article_id,
        version.c.headline,
        version.c.published,
        version.c.signature,
        version.c.agency,
        version.c.words,
        article.c.url,
    ).select_from(STATEMENTS)
    return query


def told_of(row: Row[tuple[object, ...]]) -> Told:
    """A statement from its row."""
    quotation = tuple(names_in(row.marks, "quotation"))
    texts = (row.text, *(json.loads(row.others) if row.others else ()))
    return Told(
        Occurrence(
            statement=row.id,
            article=row.article_id,
            outlet=row.outlet,
            headline=row.headline,
            url=row.url,
            published=row.published,
            speaker=row.speaker_id,
            speaker_name=row.speaker_name,
            quotation=quotation,
            stance=tuple(names_in(row.marks, "stance")),
        ),
        texts=texts,
        quoted=tuple(is_quoted(text, quotation) for text in texts),
        speaker_kind=row.speaker_kind,
        day=row.published_day,
        said=row.said_day,
        outer=row.outer_id,
        version=row.version_id,
        signature=row.signature,
        words=row.words,
        agency=row.agency,
    )


def is_quoted(text: str, quotation: Sequence[str]) -> bool:
    """Whether a wording is a quotation: by its own marks, as the statement's other wordings may be none.

    Words without marks are one where the statement has no other kind, as of "SPEAKER: ..." in an interview.
    """
    return tuple(quotation) == ("direct",) or ("".join(quotation) != "indirect" and bool(_MARK.search(text)))


def read_told(connection: Connection, ids: Iterable[int]) -> list[Told]:
    """Statements by their ids, in the order of these; those that are no longer there are left out."""
    wanted = list(dict.fromkeys(ids))
    found: dict[int, Told] = {}
    for some in batches(wanted, _AT_ONCE):
        query = statements_told().where(statement.c.id.in_(some))
        found.update((row.id, told_of(row)) for row in connection.execute(query))
    return [found[each] for each in wanted if each in found]


def speakers_around(connection: Connection, tolds: Sequence[Told]) -> dict[int, tuple[str, ...]]:
    """By statement, through whom it came: the speakers of the statements that it lies inside, outermost first."""
    outer = {told.occurrence.statement: told.outer for told in tolds if told.outer is not None}
    known: dict[int, tuple[str | None, int | None]] = {}
    wanted = {each for each in outer.values() if each is not None}
    for _ in range(_MOST_OUTER):
        if not wanted:
            break
        rows = connection.execute(
            select(statement.c.id, speaker.c.name, statement.c.outer_id)
            .outerjoin(speaker, speaker.c.id == statement.c.speaker_id)
            .where(statement.c.id.in_(sorted(wanted)))
        ).all()
        known.update((row.id, (row.name, row.outer_id)) for row in rows)
        wanted = {row.outer_id for row in rows if row.outer_id is not None} - known.keys()
    chains: dict[int, tuple[str, ...]] = {}
    for inner, holder in outer.items():
        chain: list[str] = []
        at: int | None = holder
        while at is not None and at in known and len(chain) < _MOST_OUTER:
            name, at = known[at]
            if name:
                chain.insert(0, name)
        chains[inner] = tuple(chain)
    return chains
