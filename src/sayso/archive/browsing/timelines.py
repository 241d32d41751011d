"""What a search finds, over time."""

from __future__ import annotations

from sqlalchemy import func

from sayso.archive.browsing.forms import Timeline
from sayso.archive.browsing.stretches import periods_of
from sayso.archive.schema import statement
from sayso.archive.searching.binding import bind
from sayso.archive.searching.ordering import chosen
from sayso.archive.searching.query import parse
from sayso.archive.searching.terms import Any
from sayso.archive.stores.base import Store


def timeline(store: Store, query: str = "") -> Timeline:
    """All that a query finds, in stretches of a length that fits the time they span. Raises BadQuery."""
    node = parse(query)
    day = statement.c.published_day
    with store.reading() as connection:
        bound = bind(store, connection, node)
        rows = connection.execute(chosen(store, bound, day, func.count()).group_by(day))
        counts: dict[int | None, int] = dict(rows.all())
    undated = counts.pop(None, 0)
    dated = {number: times for number, times in counts.items() if number is not None}
    words = " ".join(query.split())
    step, periods = periods_of(dated, f"({words})" if isinstance(node, Any) else words)
    return Timeline(query, step, periods, sum(dated.values()) + undated, undated)
