"""Whom a name in a query means: speakers and outlets of an archive, by id."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from rapidfuzz import fuzz, process
from sqlalchemy import Connection, func, select

from sayso.archive.folding import words_in
from sayso.archive.naming import (
    acronym_of,
    fold_name,
    is_acronym,
    organisation_name,
    person_lookups,
    person_name,
    persons_agree,
)
from sayso.archive.schema import outlet, speaker, speaker_key

MOST = 500
"""Speakers or outlets that one name stands for at the most; a note says where there are more."""
SHOWN = 5
"""That a note names."""
NEAR = 75
"""Likeness (rapidfuzz, 0 to 100) from which a name is worth to be offered for another one."""
_NUMBER = re.compile(r"#(\d{1,9})")

Found = tuple[list[int], str | None]
"""Ids, and what a reader should know about them."""


def speakers_named(connection: Connection, value: str, *, field: str = "speaker") -> Found:
    """The speakers that a name means: a surname, a full name, an organisation, an acronym, a part of a name, or #id.

    Whoever was merged into another is found as that other.
    """
    if number := _NUMBER.fullmatch(value):
        ids = _existing(connection, [int(number[1])])
        return _live(connection, ids), None if ids else f"{field}:{value}: the archive has no speaker with that number"
    ids = _by_keys(connection, value) or _by_part(connection, value)
    found = _live(connection, ids)
    if not found:
        names = connection.execute(select(speaker.c.name).distinct()).scalars()
        return [], _none(field, value, names)
    if len(found) == 1:
        return found, None
    rows = connection.execute(
        select(speaker.c.id, speaker.c.name).where(speaker.c.id.in_(found[:MOST])).order_by(speaker.c.id)
    ).all()
    return found[:MOST], _several(field, value, "speakers", [(row.id, row.name) for row in rows], len(found))


def outlets_named(connection: Connection, value: str, *, field: str = "outlet") -> Found:
    """The outlets that a name means: the one with that name, else all with its words in theirs, or #id."""
    rows = connection.execute(select(outlet.c.id, outlet.c.name)).all()
    if number := _NUMBER.fullmatch(value):
        ids = [row.id for row in rows if row.id == int(number[1])]
        return ids, None if ids else f"{field}:{value}: the archive has no outlet with that number"
    wanted = words_in(value)
    plain = [word for word in wanted if word != "the"] or wanted
    same = [row for row in rows if [word for word in words_in(row.name) if word != "the"] == plain]
    same = same or [row for row in rows if set(plain) <= set(words_in(row.name))]
    if not same:
        return [], _none(field, value, (row.name for row in rows))
    if len(same) == 1:
        return [same[0].id], None
    named = [(row.id, row.name) for row in same[:MOST]]
    return [row.id for row in same[:MOST]], _several(field, value, "outlets", named, len(same))


def _by_keys(connection: Connection, value: str) -> list[int]:
    """By the keys that `sayso.archive.naming` makes of names."""
    parts = person_name(value)
    folded = fold_name(value)
    other = organisation_name(value)
    others = [f"o:{other}", f"a:{other}", f"g:{folded}", f"g:{other}", f"p:{folded}", f"d:{folded}"]
    if acronym := acronym_of(value):
        others.append(f"o:{acronym}")
    lookups = [*others, *person_lookups(value)]
    if not parts.given:
        lookups += [] if is_acronym(value) and value.isupper() else [f"s:{parts.surname}", f"u:{parts.surname}"]
    ids = select(speaker_key.c.speaker_id).distinct()
    found = list(connection.scalars(ids.where(speaker_key.c.key.in_(lookups))))
    if not found:
        # A common noun names another organisation at each outlet: "o:council@the tidewater courier". As a stretch of
        # keys, since LIKE would look at each; in the order of bytes, in which "A" comes after "@".
        key = speaker_key.c.key.collate("C") if connection.dialect.name == "postgresql" else speaker_key.c.key
        found = list(connection.scalars(ids.where(key >= f"o:{other}@", key < f"o:{other}A")))
    if found or not parts.given:
        return found
    # "J. Kestrel", or a name that is written a little differently: all of that surname who can be meant.
    rows = connection.execute(
        select(speaker.c.id, speaker.c.name)
        .join(speaker_key, speaker_key.c.speaker_id == speaker.c.id)
        .where(speaker_key.c.key == f"s:{parts.surname}")
    ).all()
    return [row.id for row in rows if persons_agree(row.name, value) != "contradict"]


def _by_part(connection: Connection, value: str) -> list[int]:
    """Those in whose name all the words are, for what has no key: a given name, a group, an anonymous source."""
    wanted = words_in(value)
    longest = max(wanted, key=len)
    # The database folds less than we do: it only has to leave out most.
    plain = [func.lower(speaker.c.name).contains(longest, autoescape=True)] if longest.isascii() else []
    rows = connection.execute(select(speaker.c.id, speaker.c.name).where(*plain)).all()
    return [row.id for row in rows if set(wanted) <= set(words_in(row.name))]


def _existing(connection: Connection, ids: Collection[int]) -> list[int]:
    return list(connection.execute(select(speaker.c.id).where(speaker.c.id.in_(ids))).scalars())


def _live(connection: Connection, ids: Iterable[int]) -> list[int]:
    """Who speakers are after all merges, which are kept as keys "into:12:3" (speaker, decision)."""
    found, left = set[int](), set(ids)
    while left:
        wanted = sorted(left)[:MOST]
        into = {
            row.speaker_id: int(row.key.split(":")[1])
            for row in connection.execute(
                select(speaker_key.c.speaker_id, speaker_key.c.key).where(
                    speaker_key.c.speaker_id.in_(wanted), speaker_key.c.key.startswith("into:", autoescape=True)
                )
            )
        }
        found |= {each for each in wanted if each not in into}
        left = (left - set(wanted)) | (set(into.values()) - found)
    return sorted(found)


def _several(field: str, value: str, what: str, rows: list[tuple[int, str]], count: int) -> str:
    shown = ", ".join(f"{name} (#{number})" for number, name in rows[:SHOWN])
    more = f" and {count - SHOWN} more" if count > SHOWN else ""
    cut = f", of which the first {MOST} are looked for" if count > MOST else ""
    return f"{field}:{value} is {count} {what}{cut}: {shown}{more}. For one alone: {field}:#{rows[0][0]}"


def _none(field: str, value: str, names: Iterable[str]) -> str:
    near = process.extract(
        " ".join(words_in(value)),
        list(dict.fromkeys(names)),
        scorer=fuzz.WRatio,
        limit=3,
        score_cutoff=NEAR,
        processor=fold_name,
    )
    nearest = f". Nearest: {', '.join(name for name, _, _ in near)}" if near else ""
    return (
        f"{field}:{value}: the archive has nobody of that name{nearest}"
        if field != "outlet"
        else (f"{field}:{value}: the archive has no outlet of that name{nearest}")
    )
