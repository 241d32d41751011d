"""Whom a name in a query means: speakers and outlets of an archive, by id."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Collection, Iterable

from rapidfuzz import fuzz, process
from sqlalchemy import ColumnElement, Connection, LargeBinary, cast, func, or_, select

from sayso.archive.folding import words_in
from sayso.archive.people.naming import (
    acronym_of,
    fold_name,
    is_acronym,
    organisation_name,
    person_lookups,
    person_name,
    persons_agree,
)
from sayso.archive.people.roles import role_of
from sayso.archive.schema import appearance, outlet, speaker, speaker_key

MOST = 500
"""Speakers or outlets that one name stands for at the most; a note says where there are more."""
SHOWN = 5
"""That a note names."""
NEAR = 75
"""Likeness (rapidfuzz, 0 to 100) from which a name is worth to be offered for another one."""
LIKELY = 60
"""Names that are looked at more closely for that."""
_NUMBER = re.compile(r"#(\d{1,9})")

Found = tuple[list[int], str | None]
"""Ids, and what a reader should know about them."""
Row = tuple[int, str]
"""Id and name."""


def plain_words(name: str) -> list[str]:
    """The folded words of a name, without "the"."""
    words = words_in(name)
    return [word for word in words if word != "the"] or words


def speakers_named(connection: Connection, value: str, *, field: str = "speaker") -> Found:
    """The speakers that a name means: a surname, a full name, an organisation, an acronym, a part of a name, or #id.

    Whoever was merged into another is found as that other.
    """
    if number := _NUMBER.fullmatch(value):
        ids = _existing(connection, [int(number[1])])
        return _live(connection, ids), None if ids else f"{field}:{value}: the archive has no speaker with that number"
    ids, further = by_keys(connection, value), list[Row]()
    notes = []
    if not ids:
        ids, further = _by_words(connection, value)
        notes = [_further(field, value, further), _titled(connection, field, value)]
    found = _live(connection, ids)
    if len(found) > 1:
        named = select(speaker.c.id, speaker.c.name).where(speaker.c.id.in_(found[:MOST])).order_by(speaker.c.id)
        rows = [(row.id, row.name) for row in connection.execute(named)]
        notes.insert(0, _several(field, value, "speakers", rows, len(found)))
    elif not found and not any(notes):
        notes.append(_none(field, value, connection.scalars(select(speaker.c.name).distinct())))
    return found[:MOST], ". ".join(filter(None, notes)) or None


def outlets_named(connection: Connection, value: str, *, field: str = "outlet") -> Found:
    """The outlets that a name means: the one with that name, else all with its words in theirs, or #id."""
    rows = connection.execute(select(outlet.c.id, outlet.c.name)).all()
    if number := _NUMBER.fullmatch(value):
        ids = [row.id for row in rows if row.id == int(number[1])]
        return ids, None if ids else f"{field}:{value}: the archive has no outlet with that number"
    plain = plain_words(value)
    same = [row for row in rows if plain_words(row.name) == plain]
    same = same or [row for row in rows if set(plain) <= set(words_in(row.name))]
    if not same:
        return [], _none(field, value, (row.name for row in rows))
    if len(same) == 1:
        return [same[0].id], None
    named = [(row.id, row.name) for row in same[:MOST]]
    return [row.id for row in same[:MOST]], _several(field, value, "outlets", named, len(same))


def by_keys(connection: Connection, value: str) -> list[int]:
    """The speakers that have a name by the keys that `naming` makes of it; none of those whose name says too
    little to be anybody's over articles."""
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
    if found or not parts.given:
        return found
    # "J. Kestrel", or a name that is written a little differently: all of that surname who can be meant.
    rows = connection.execute(
        select(speaker.c.id, speaker.c.name)
        .join(speaker_key, speaker_key.c.speaker_id == speaker.c.id)
        .where(speaker_key.c.key == f"s:{parts.surname}")
    ).all()
    return [row.id for row in rows if persons_agree(row.name, value) != "contradict"]


def _by_words(connection: Connection, value: str) -> tuple[list[int], list[Row]]:
    """Those who are called just that, for what has no key of its own (a group, an anonymous source, "Police"), and who
    else has the words in a name; where nobody is called just that or a star asks for all, all of them."""
    star = value.rstrip().endswith("*")
    wanted = plain_words(value)
    if not wanted:
        # Nothing but signs is nobody's name.
        return [], []
    longest = max(wanted, key=len)
    # The database folds less than we do, and only has to leave out most: "sinead" may be "Sinéad".
    some = []
    if longest.isascii():
        name = speaker.c.name
        some = [or_(func.lower(name).contains(longest, autoescape=True), beyond_ascii(connection, name))]
    rows = connection.execute(select(speaker.c.id, speaker.c.name).where(*some).order_by(speaker.c.id)).all()
    begun = wanted.pop() if star else ""
    having = [
        (row.id, row.name)
        for row in rows
        if set(wanted) <= set(words := words_in(row.name)) and (not star or any(w.startswith(begun) for w in words))
    ]
    whole = set[int]() if star else {number for number, name in having if plain_words(name) == wanted}
    if not star:
        whole |= set(at_outlets(connection, value))
    if not whole:
        return [number for number, _ in having], []
    return sorted(whole), [row for row in having if row[0] not in whole]


def beyond_ascii(connection: Connection, column: ColumnElement[str]) -> ColumnElement[bool]:
    """That a text has other characters than ASCII's, which a database may fold in its own way."""
    binary = cast(column, LargeBinary)
    in_bytes = func.octet_length(column) if connection.dialect.name == "postgresql" else func.length(binary)
    return in_bytes > func.length(column)


def at_outlets(connection: Connection, value: str) -> list[int]:
    """Those who have a name of common nouns, another one at each outlet: "o:council@the tidewater courier"."""
    # As a stretch of keys, since LIKE would look at each; in the order of bytes, in which "A" comes after "@".
    key, name = speaker_key.c.key, organisation_name(value)
    ids = select(speaker_key.c.speaker_id).distinct()
    return list(connection.scalars(ids.where(key >= f"o:{name}@", key < f"o:{name}A")))


def _titled(connection: Connection, field: str, value: str) -> str | None:
    """Whose title it is that was written for a name."""
    role = role_of(value)
    if role is None or not role.fields:
        return None
    key = speaker_key.c.key
    ids = select(speaker_key.c.speaker_id).distinct()
    ids = ids.where(key >= "t:", key < "t;", key.endswith(f" {role.head}", autoescape=True))
    wanted = set(words_in(value))
    found = Counter[int]()
    for number, titles in connection.execute(
        select(appearance.c.speaker_id, appearance.c.titles).where(appearance.c.speaker_id.in_(ids))
    ):
        found[number] += any(wanted <= set(words_in(title)) for title in json.loads(titles))
    best = [number for number, times in sorted(found.items(), key=lambda each: (-each[1], each[0])) if times]
    if not best:
        return None
    names = select(speaker.c.id, speaker.c.name).where(speaker.c.id.in_(best[:SHOWN]))
    named = {row.id: row.name for row in connection.execute(names)}
    shown = _shown([(number, named[number]) for number in best[:SHOWN]], len(best))
    return f"{field}: looks in names. With the title {value}: {shown}"


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


def _several(field: str, value: str, what: str, rows: list[Row], count: int) -> str:
    cut = f", of which the first {MOST} are looked for" if count > MOST else ""
    return f"{field}:{value} is {count} {what}{cut}: {_shown(rows, count)}. For one alone: {field}:#{rows[0][0]}"


def _further(field: str, value: str, rows: list[Row]) -> str | None:
    if not rows:
        return None
    written = f'"{value}*"' if " " in value else f"{value}*"
    return f"Others have it in their names: {_shown(rows, len(rows))}. For all: {field}:{written}"


def _shown(rows: list[Row], count: int) -> str:
    shown = ", ".join(f"{name} (#{number})" for number, name in rows[:SHOWN])
    return f"{shown} and {count - SHOWN} more" if count > SHOWN else shown


def _none(field: str, value: str, names: Iterable[str]) -> str:
    asked = " ".join(words_in(value))
    like = process.extract(
        asked, sorted(set(names)), scorer=fuzz.WRatio, limit=LIKELY, score_cutoff=NEAR, processor=fold_name
    )
    # That likeness also finds "Old" in "Askvold": what counts is that of the whole name, or of a word of it.
    likeness = {name: _likeness(asked, fold_name(name)) for name, _, _ in like}
    best = sorted((name for name in likeness if likeness[name] >= NEAR), key=lambda name: (-likeness[name], name))
    nearest = f". Nearest: {', '.join(best[:3])}" if best else ""
    several = value.split(",")
    if len(several) > 1 and all(map(words_in, several)):
        written = (f'"{each.strip()}"' if " " in each.strip() else each.strip() for each in several)
        nearest = f". For several: {field}:({' OR '.join(written)})"
    what = "no outlet" if field == "outlet" else "nobody"
    return f"{field}:{value}: the archive has {what} of that name{nearest}"


def _likeness(asked: str, name: str) -> float:
    return max(fuzz.ratio(asked, each) for each in (name, *name.split()))
