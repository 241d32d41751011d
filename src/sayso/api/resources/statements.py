"""Statements: what one speaker said, as one article reports it; searched, counted over time, traced."""

from __future__ import annotations

import itertools
from typing import Annotated, Any, Literal

from fastapi import Query

from sayso.api.paging import paged, paged_whole
from sayso.api.routing import Routes
from sayso.api.schemas import listed, record
from sayso.api.values import After, Day, Id, Limit, LimitOfIds, LimitOrNone, MaybeText, Number, Text, Words
from sayso.archive.browsing.forms import StatementPlace, Timeline
from sayso.archive.forms import Hit, Page
from sayso.archive.json_form import hit_to_json, page_to_json
from sayso.archive.tracing.forms import Dispute, Trace
from sayso.errors import BadRequest, NoSuchEntry
from sayso.web.state import Server

routes = Routes("statements")
Sort = Literal["relevance", "newest", "oldest", "said", "speaker", "outlet"]
_FOUND = record(
    {"article": {"type": "integer"}, "statements": {"type": "array", "items": {"type": "string"}}},
)
Facet = Literal["speaker", "outlet", "quotation", "stance", "act", "polarity", "is", "verdict", "year", "month"]


@routes.get("/statements", gives=Page, errors=(400,))
def search(
    server: Server,
    q: Words = "",
    sort: Annotated[Sort | None, Query(description="Else relevance where words are looked for, or newest.")] = None,
    limit: LimitOrNone = 20,
    after: After = None,
    facets: Annotated[list[Facet] | None, Query(description="Count what was found by these.")] = None,
) -> Any:
    """One page of the statements that a query finds.

    An empty query finds everything. Where the query cannot be read, `details` of the error says where it stands.
    """
    page = server.archive.search(q, sort=sort, limit=limit, after=after, facets=facets or ())
    form = page_to_json(page)
    form["items"] = form.pop("hits")
    return form


@routes.get("/statements/ids", gives=listed(int), errors=(400,))
def statement_ids(server: Server, q: Words = "", limit: LimitOfIds = 10_000, after: After = None) -> Any:
    """The ids of all statements that a query finds, in their order."""
    return paged(
        lambda most: list(itertools.islice(server.archive.statement_ids(q), most)),
        limit=limit,
        after=after,
        key=lambda each: each,
        of=f"statement ids {q}",
    )


@routes.get("/statements/found", gives=listed(_FOUND, total=True), errors=(400,))
def found(server: Server, q: Words = "", limit: Limit = 1000, after: After = None) -> Any:
    """The articles with statements that a query finds, each with the ids of those in its record."""
    rows = [{"article": number, "statements": those} for number, those in server.archive.found(q).items()]
    return paged_whole(rows, limit=limit, after=after, key=lambda each: each["article"], of=f"found {q}")


@routes.get("/statements/{id}", gives=Hit, errors=(404,))
def statement(server: Server, id: Id) -> Any:
    """One statement of the newest version of an article, as a search gives it."""
    hits = server.archive.search(f"statement:{id}", limit=1).hits
    if not hits:
        raise NoSuchEntry("statement", str(id), advice="Statements have new ids in a new version of their article")
    return hit_to_json(hits[0])


@routes.get("/statements/{id}/place", gives=StatementPlace, errors=(404,))
def statement_place(server: Server, id: Id) -> Any:
    """Where a statement stands in which article."""
    return server.archive.statement_place(id)


@routes.get("/timeline", gives=Timeline, errors=(400,))
def timeline(server: Server, q: Words = "") -> Any:
    """How many statements a query finds by days, weeks, months or years."""
    return server.archive.timeline(q)


@routes.get("/traces", gives=Trace, heavy=True, errors=(400, 404))
def trace(
    server: Server,
    q: Annotated[Text, Query(max_length=4000, description="Words of the utterance.")] = "",
    statement: Annotated[Number, Query(description="Or a statement that tells it.")] = None,
    speaker: Annotated[
        MaybeText, Query(max_length=400, description="Only what is said by whom: a name, or #id.")
    ] = None,
    since: Annotated[Day, Query(description="Published on that day or later.")] = None,
    until: Annotated[Day, Query(description="Published on that day or earlier.")] = None,
) -> Any:
    """One utterance through every article that carries it.

    Give either words (`q`) or a statement. Nothing found is a trace without wordings.
    """
    if bool(q.strip()) == (statement is not None):
        reason = "name the words to trace, or a statement"
        raise BadRequest(f"The request cannot be read: {reason}", fields=({"field": "query.q", "reason": reason},))
    return server.archive.trace(q, statement=statement, speaker=speaker, since=since, until=until)


@routes.get("/disputes", gives=listed(Dispute, total=True), errors=(400,))
def disputes(server: Server, q: Words = "", limit: Limit = 50, after: After = None) -> Any:
    """Who denied or answered what, by day: of statements that a query finds on either side."""
    found = server.archive.disputes(q)
    return paged_whole(
        found,
        limit=limit,
        after=after,
        key=lambda each: [each.statement, each.of_statement, each.kind],
        of=f"disputes {q}",
    )
