"""Speakers over all articles: their names, titles, how often and when they are heard."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process
from sqlalchemy import Connection, func, select

from sayso.archive.batches import batches
from sayso.archive.days import iso_day
from sayso.archive.forms import ArchiveSpeaker
from sayso.archive.people.family import family_of
from sayso.archive.people.meant import speakers_named
from sayso.archive.people.naming import fold_name
from sayso.archive.schema import appearance, speaker, statement, version
from sayso.archive.stores.base import Store
from sayso.errors import NoSuchEntry

AT_ONCE = 400
SHOWN = 3
"""Nearest names that an error offers."""
NEAR = 70
"""Likeness (rapidfuzz, 0 to 100) from which a name is near."""


def speaker_of(store: Store, number: int) -> ArchiveSpeaker:
    """A speaker by its id; one that was merged is the one that it went into. Raises NoSuchEntry."""
    with store.reading() as connection:
        found = connection.scalar(select(speaker.c.id).where(speaker.c.id == number))
        if found is None:
            raise NoSuchEntry("speaker", f"#{number}", advice="See: sayso archive speakers")
        return described(connection, [family_of(connection).live(number)])[0]


def speakers(
    store: Store, name: str | None = None, *, kind: str | None = None, limit: int = 100
) -> list[ArchiveSpeaker]:
    """Speakers with most statements first; those alone that a name means, or that are of a kind, where it is given.

    A name is a surname, a full name, an organisation's, an acronym, a part of a name, or #id. Raises NoSuchEntry, with
    the nearest names, where nobody bears it.
    """
    with store.reading() as connection:
        if name is not None:
            return _named(connection, name, kind=kind, limit=limit)
        counted = (
            select(statement.c.speaker_id, func.count().label("count"))
            .where(statement.c.speaker_id.is_not(None))
            .group_by(statement.c.speaker_id)
        )
        if kind is not None:
            counted = counted.join(speaker, speaker.c.id == statement.c.speaker_id).where(speaker.c.kind == kind)
        rows = connection.execute(counted.order_by(func.count().desc(), statement.c.speaker_id).limit(limit)).all()
        return described(connection, [row.speaker_id for row in rows])


def _named(connection: Connection, name: str, *, kind: str | None, limit: int) -> list[ArchiveSpeaker]:
    ids, _ = speakers_named(connection, name) if fold_name(name) else ([], None)
    found = [each for each in described(connection, ids) if kind in (None, each.kind)]
    if not found:
        names = [row.name for row in connection.execute(select(speaker.c.name).distinct())]
        near = process.extract(name, names, scorer=fuzz.WRatio, processor=fold_name, limit=SHOWN, score_cutoff=NEAR)
        raise NoSuchEntry("speaker", name, tuple(each for each, _, _ in near), "See: sayso archive speakers")
    return sorted(found, key=lambda each: (-each.statements, -each.articles, each.id))[:limit]


@dataclass(slots=True)
class _Heard:
    names: Counter[str] = field(default_factory=Counter)
    titles: Counter[str] = field(default_factory=Counter)
    articles: int = 0
    first: int | None = None
    last: int | None = None
    statements: int = 0


def described(connection: Connection, ids: Sequence[int]) -> list[ArchiveSpeaker]:
    """Speakers by their ids, in that order."""
    rows, heard = {}, defaultdict[int, _Heard](_Heard)
    number, day = appearance.c.speaker_id, version.c.published_day
    # Counted by the database: one who is heard every day has thousands of appearances under a few names.
    named = select(number, appearance.c.name, appearance.c.titles, func.count().label("times"))
    named = named.group_by(number, appearance.c.name, appearance.c.titles)
    times = func.count(appearance.c.version_id.distinct()).label("articles")
    placed = select(number, times, func.min(day).label("first"), func.max(day).label("last"))
    placed = placed.join(version, version.c.id == appearance.c.version_id).group_by(number)
    for some in batches(ids, AT_ONCE):
        rows.update({row.id: row for row in connection.execute(select(speaker).where(speaker.c.id.in_(some)))})
        for each in connection.execute(named.where(number.in_(some))):
            one = heard[each.speaker_id]
            one.names[each.name] += each.times
            for title in json.loads(each.titles) if each.titles != "[]" else ():
                one.titles[title] += each.times
        for each in connection.execute(placed.where(number.in_(some))):
            one = heard[each.speaker_id]
            one.articles, one.first, one.last = each.articles, each.first, each.last
        for who, count in connection.execute(
            select(statement.c.speaker_id, func.count())
            .where(statement.c.speaker_id.in_(some))
            .group_by(statement.c.speaker_id)
        ):
            heard[who].statements = count
    return [
        ArchiveSpeaker(
            id=each,
            name=rows[each].name,
            kind=rows[each].kind,
            stands_for=rows[each].stands_for,
            names=_frequent(heard[each].names) or [rows[each].name],
            titles=_frequent(heard[each].titles),
            articles=heard[each].articles,
            statements=heard[each].statements,
            first=iso_day(heard[each].first),
            last=iso_day(heard[each].last),
        )
        for each in ids
    ]


def _frequent(counted: Counter[str]) -> list[str]:
    """The most frequent first; of equals the first by letters, so that both databases say the same."""
    return sorted(counted, key=lambda each: (-counted[each], each))
