"""What a search finds, counted by who says it, where, when and how."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter

from sqlalchemy import Connection, bindparam, select

from sayso.archive.days import day_of
from sayso.archive.forms import Count
from sayso.archive.marks import FAMILIES, names_in
from sayso.archive.people.meant import at_outlets, by_keys, plain_words
from sayso.archive.schema import outlet, speaker, speaker_key, statement
from sayso.archive.searching.binding import Bound
from sayso.archive.searching.ordering import added_last, chosen
from sayso.archive.searching.query import QUOTES
from sayso.archive.stores.base import Store

FACETS = ("speaker", "outlet", *FAMILIES, "year", "month")
MOST = 50
"""Values of one facet that are given: the most frequent ones; of months the latest."""
COUNTED = 10_000
"""Statements that are counted at the most: those that were added last."""
_UNQUOTED = re.compile(f"[{QUOTES}*]")
"""What cannot stand in a quoted name."""


def count_facets(
    store: Store, connection: Connection, bound: Bound, facets: Sequence[str], *, total: int, upper: int
) -> tuple[dict[str, list[Count]], int | None]:
    """By facet its values with their counts, and how many statements were looked at; None where it was all of them."""
    columns = (statement.c.speaker_id, statement.c.outlet_id, statement.c.published_day, statement.c.marks)
    within = (added_last(store, connection, bound, COUNTED, upper), upper) if total > COUNTED else None
    found = connection.execute(chosen(store, bound, *columns, within=within)).all()
    # Column by column: to take ten thousand rows apart costs as much as to fetch them.
    counted = _Counted(*(Counter(map(itemgetter(place), found)) for place in range(len(columns))))
    return {facet: _counts(connection, facet, counted) for facet in facets}, COUNTED if within else None


@dataclass(frozen=True, slots=True)
class _Counted:
    speakers: Counter[int | None]
    outlets: Counter[int | None]
    days: Counter[int | None]
    marks: Counter[int]


def _counts(connection: Connection, facet: str, counted: _Counted) -> list[Count]:
    if facet == "speaker":
        return _named(connection, facet, counted.speakers)
    if facet == "outlet":
        return _named(connection, facet, counted.outlets)
    if facet in FAMILIES:
        names: Counter[str] = Counter()
        for bits, times in counted.marks.items():
            for name in names_in(bits, facet):
                names[name] += times
        order = FAMILIES[facet]
        return [
            Count(name, number, f'{facet}:"{name}"' if " " in name else f"{facet}:{name}")
            for name, number in sorted(names.items(), key=lambda each: (-each[1], order.index(each[0])))
        ]
    size = 4 if facet == "year" else 7
    stretches: Counter[str] = Counter()
    for day, times in counted.days.items():
        if day is not None:
            stretches[day_of(day).isoformat()[:size]] += times
    return [Count(value, number, f"published:{value}") for value, number in sorted(stretches.items())[-MOST:]]


def _named(connection: Connection, facet: str, ids: Counter[int | None]) -> list[Count]:
    table = speaker if facet == "speaker" else outlet
    wanted = sorted(number for number in ids if number is not None)
    # Written into the statement: with so many values to be bound, databases take longer.
    among = table.c.id.in_(bindparam("ids", wanted, expanding=True, literal_execute=True))
    rows = connection.execute(select(table.c.id, table.c.name).where(among).order_by(table.c.id))
    names = {row.id: row.name for row in rows}
    groups = _of_one_name(connection, names, ids) if facet == "speaker" else []
    grouped = {number for group in groups for number in group}
    found = [
        (ids[number], number, _term(facet, number, name)) for number, name in names.items() if number not in grouped
    ]
    found += [(sum(ids[each] for each in group), group[0], f"{facet}:{_quoted(names[group[0]])}") for group in groups]
    best = sorted(found, key=lambda each: (-each[0], each[1]))[:MOST]
    return [Count(names[number], times, term) for times, number, term in best]


def _term(facet: str, number: int, name: str) -> str:
    # Two speakers may have one name, and a quotation mark cannot stand in a quoted one.
    return f"{facet}:#{number}" if facet == "speaker" or _UNQUOTED.search(name) else f'{facet}:"{name}"'


def _quoted(name: str) -> str:
    return f'"{" ".join(plain_words(name)) if _UNQUOTED.search(name) else name}"'


@lru_cache(maxsize=1 << 14)
def _folded(name: str) -> str:
    """A name as it is looked for; those of a page of counts mostly come back in the next one."""
    return " ".join(plain_words(name))


def _of_one_name(connection: Connection, names: dict[int, str], times: Counter[int | None]) -> list[list[int]]:
    """Speakers that are nobody's but their article's and are all called alike ("Police"), who are counted as one.

    What is looked for by the name has to be just these: so none of them, and nobody else, may be known by it.
    """
    alike: dict[str, list[int]] = defaultdict(list)
    for number, name in names.items():
        if folded := _folded(name):
            alike[folded].append(number)
    several = sorted(
        (group for group in alike.values() if len(group) > 1), key=lambda group: -sum(times[each] for each in group)
    )[:MOST]
    if not several:
        return []
    together = [number for group in several for number in group]
    among = speaker_key.c.speaker_id.in_(bindparam("ids", together, expanding=True, literal_execute=True))
    known = set(connection.scalars(select(speaker_key.c.speaker_id).where(among)))
    merged = select(speaker.c.name).join(speaker_key, speaker_key.c.speaker_id == speaker.c.id)
    merged = merged.where(speaker_key.c.key >= "into:", speaker_key.c.key < "into;")
    taken = {_folded(name) for name in connection.scalars(merged)}
    return [
        group
        for group in several
        if not known & set(group)
        and _folded(names[group[0]]) not in taken
        and not by_keys(connection, names[group[0]])
        and not at_outlets(connection, names[group[0]])
    ]
