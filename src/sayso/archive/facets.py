"""What a search finds, counted by who says it, where, when and how."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from sayso.archive.base import Store
from sayso.archive.binding import Bound
from sayso.archive.days import day_of
from sayso.archive.forms import Count
from sayso.archive.marks import FAMILIES, names_in
from sayso.archive.ordering import added_last, chosen
from sayso.archive.schema import outlet, speaker, statement

FACETS = ("speaker", "outlet", *FAMILIES, "year", "month")
MOST = 50
"""Values of one facet that are given: the most frequent ones; of months the latest."""
COUNTED = 10_000
"""Statements that are counted at the most: those that were added last."""


def count_facets(
    store: Store, connection: Connection, bound: Bound, facets: Sequence[str], *, total: int, upper: int
) -> tuple[dict[str, list[Count]], int | None]:
    """By facet its values with their counts, and how many statements were looked at; None where it was all of them."""
    columns = (statement.c.speaker_id, statement.c.outlet_id, statement.c.published_day, statement.c.marks)
    within = (added_last(store, connection, bound, COUNTED, upper), upper) if total > COUNTED else None
    found = connection.execute(chosen(store, bound, *columns, within=within)).all()
    speakers, outlets, days, marks = zip(*found, strict=True) if found else ((), (), (), ())
    counted = _Counted(Counter(speakers), Counter(outlets), Counter(days), Counter(marks))
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
    known = [(number, times) for number, times in ids.items() if number is not None]
    best = sorted(known, key=lambda each: (-each[1], each[0]))[:MOST]
    wanted = [number for number, _ in best]
    names = {
        row.id: row.name for row in connection.execute(select(table.c.id, table.c.name).where(table.c.id.in_(wanted)))
    }
    # Two speakers may have one name, and a quotation mark cannot stand in a quoted one.
    return [
        Count(
            names[number],
            times,
            f"{facet}:#{number}" if facet == "speaker" or '"' in names[number] else f'{facet}:"{names[number]}"',
        )
        for number, times in best
    ]
