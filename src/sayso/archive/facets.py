"""What a search finds, counted by who says it, where, when and how."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

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
COUNTED = 20_000
"""Statements that are counted at the most: those that were added last."""


def count_facets(
    store: Store, connection: Connection, bound: Bound, facets: Sequence[str], *, total: int, upper: int
) -> tuple[dict[str, list[Count]], int | None]:
    """By facet its values with their counts, and how many statements were looked at; None where it was all of them."""
    columns = (statement.c.speaker_id, statement.c.outlet_id, statement.c.published_day, statement.c.marks)
    query = chosen(store, bound, *columns)
    looked_at = None
    if total > COUNTED:
        looked_at = COUNTED
        query = query.where(
            statement.c.id >= added_last(store, connection, bound, COUNTED, upper), statement.c.id <= upper
        )
    rows = Counter(tuple(row) for row in connection.execute(query))
    return {facet: _counts(connection, facet, rows) for facet in facets}, looked_at


Rows = Counter[tuple[int | None, int | None, int | None, int]]
"""By speaker, outlet, day and marks."""


def _counts(connection: Connection, facet: str, rows: Rows) -> list[Count]:
    if facet == "speaker":
        return _named(connection, facet, rows, 0)
    if facet == "outlet":
        return _named(connection, facet, rows, 1)
    if facet in FAMILIES:
        marks: Counter[int] = Counter()
        for row, times in rows.items():
            marks[row[3]] += times
        names: Counter[str] = Counter()
        for bits, times in marks.items():
            for name in names_in(bits, facet):
                names[name] += times
        order = FAMILIES[facet]
        return [
            Count(name, number, f'{facet}:"{name}"' if " " in name else f"{facet}:{name}")
            for name, number in sorted(names.items(), key=lambda each: (-each[1], order.index(each[0])))
        ]
    size = 4 if facet == "year" else 7
    days: Counter[int] = Counter()
    for row, times in rows.items():
        if row[2] is not None:
            days[row[2]] += times
    stretches: Counter[str] = Counter()
    for day, times in days.items():
        stretches[day_of(day).isoformat()[:size]] += times
    return [Count(value, number, f"published:{value}") for value, number in sorted(stretches.items())[-MOST:]]


def _named(connection: Connection, facet: str, rows: Rows, at: int) -> list[Count]:
    table = speaker if facet == "speaker" else outlet
    ids: Counter[int] = Counter()
    for row, times in rows.items():
        number = row[at]
        if isinstance(number, int):
            ids[number] += times
    best = sorted(ids.items(), key=lambda each: (-each[1], each[0]))[:MOST]
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
