"""Searching an archive: one page of what a query finds, sorted, counted, and counted by facets.

The index of words answers nearly every query alone. Where it finds very much, the order by day follows the years and
months that it knows as keys, nothing is ranked, facets look at what was added last, and the page says so.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import Connection, func, select

from sayso.archive.forms import Page
from sayso.archive.people.meant import by_keys
from sayso.archive.schema import statement
from sayso.archive.searching.binding import Bound, bind, words_match
from sayso.archive.searching.facets import FACETS, count_facets
from sayso.archive.searching.hits import hits_of
from sayso.archive.searching.ordering import NAMED, RANKED, Place, chosen_ids, count, in_order
from sayso.archive.searching.paging import Cursor, packed, unpacked
from sayso.archive.searching.query import parse
from sayso.archive.searching.terms import All, Like, Name, Node, Words, leaves
from sayso.archive.stores.base import Store
from sayso.errors import BadSetting

SORTS = ("relevance", "newest", "oldest", "said", "speaker", "outlet")
MOST_HITS = 1_000
"""Of one page."""
AT_ONCE = 10_000


def search(
    store: Store,
    query: str = "",
    *,
    sort: str | None = None,
    limit: int = 20,
    after: str | None = None,
    facets: Sequence[str] = (),
) -> Page:
    """One page of what a query finds; docs/search.md describes the language.

    `sort` is one of SORTS; None takes `relevance` where words or a meaning are looked for, else `newest`. `after` is
    the `next` of the page before. `facets` are the names of those to count by, of FACETS.

    Raises BadQuery for a query that cannot be read, BadSetting for an order, a facet, a limit or a cursor that is none.
    """
    if sort is not None and sort not in SORTS:
        raise BadSetting("sort", sort, f"one of {', '.join(SORTS)}")
    if not 0 <= limit <= MOST_HITS:
        raise BadSetting("limit", limit, f"a number from 0 to {MOST_HITS:,}")
    for facet in facets:
        if facet not in FACETS:
            raise BadSetting("facets", facet, f"some of {', '.join(FACETS)}")
    node = parse(query)
    is_ranked = any(isinstance(leaf, Words | Like) for leaf in leaves(node, wanted=True))
    if sort is None or (sort == "relevance" and not is_ranked):
        sort = "relevance" if is_ranked else "newest"
    cursor = unpacked(after, query=query, sort=sort) if after else None
    if cursor is not None:
        # "Today" stays the day of the first page.
        node = parse(query, today=cursor.today)
    with store.reading() as connection:
        bound = bind(store, connection, node)
        total = count(store, connection, bound)
        if cursor is None:
            shown = "newest" if sort == "relevance" and total > RANKED else sort
            cursor = Cursor(shown, date.today(), int(connection.scalar(select(func.max(statement.c.id))) or 0))
        places, more = in_order(store, connection, bound, total=total, limit=limit, cursor=cursor)
        page = Page(query, hits_of(connection, [place.id for place in places], bound.sought), total, cursor.sort)
        page.before = cursor.offset
        if facets:
            page.facets, page.facets_of = count_facets(
                store, connection, bound, facets, total=total, upper=cursor.upper
            )
        page.notes = [*bound.notes, *_notes(store, connection, query, node, sort, cursor.sort, total)]
    scores = {place.id: place.score for place in places}
    for hit in page.hits:
        hit.score = scores[hit.statement]
    if more:
        page.next = packed(_behind(cursor, places), query=query, sort=sort)
    return page


def statement_ids(store: Store, query: str = "") -> Iterator[int]:
    """The ids of all statements that a query finds, in their order.

    They are read in portions: what is added or taken out meanwhile may be among them or not.

    Raises BadQuery.
    """
    node = parse(query)
    with store.reading() as connection:
        bound = bind(store, connection, node)
    return _portions(store, bound)


def _portions(store: Store, bound: Bound) -> Iterator[int]:
    wanted, column = chosen_ids(store, bound)
    last = 0
    while True:
        with store.reading() as connection:
            ids = list(connection.scalars(wanted.where(column > last).order_by(column).limit(AT_ONCE)))
        yield from ids
        if len(ids) < AT_ONCE:
            return
        last = ids[-1]


def _behind(cursor: Cursor, places: Sequence[Place]) -> Cursor:
    last = places[-1]
    return replace(cursor, value=last.value, id=last.id, offset=cursor.offset + len(places))


def _notes(
    store: Store, connection: Connection, query: str, node: Node, asked: str, sort: str, total: int
) -> Iterator[str]:
    """What a reader should know of the answer: that not all is ranked, or which word is nowhere."""
    if asked != sort:
        yield f"{total:,} are too many to rank: the newest come first. Another word, or a field, leaves fewer"
    if sort in ("speaker", "outlet") and total > NAMED:
        yield f"The {NAMED:,} added last of {total:,} are sorted by {sort}. To page through all, sort by newest"
    if total == 0:
        words = [leaf for leaf in leaves(node, wanted=True) if isinstance(leaf, Words)]
        nowhere = [leaf for leaf in words if not store.count(connection, words_match(leaf))]
        for leaf in nowhere:
            yield f"In no statement: {' '.join(leaf.parts)}{'*' * leaf.prefix}"
        yield from _unquoted_names(connection, query, node)
        if len(words) > 1 and not nowhere and isinstance(node, All):
            yield "Each of the words is in some statement, but none has all that is asked for. OR finds any of them"


def _unquoted_names(connection: Connection, query: str, node: Node) -> Iterator[str]:
    """That a name of several words is to be quoted, where the second one was looked for as a word: a shell takes the
    quotation marks of speaker:"Ana Kestrel" away."""
    parts = node.parts if isinstance(node, All) else ()
    for one, other in itertools.pairwise(parts):
        if isinstance(one, Name) and one.field != "outlet" and isinstance(other, Words) and not other.exact:
            name = f"{one.value} {query[other.start : other.end]}"
            if by_keys(connection, name):
                quoted = f'{one.field}:"{name}"'
                yield f"For the name write {quoted}; in a shell, with the whole query in single quotes: '{quoted}'"
