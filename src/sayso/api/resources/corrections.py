"""Corrections beside what was read, and what waits to be looked at."""

from __future__ import annotations

import json
from typing import Annotated, Any

from fastapi import Query
from pydantic import BaseModel, ConfigDict, Field, StringConstraints
from starlette.responses import Response, StreamingResponse

from sayso.api.answering import encoded
from sayso.api.resources.speakers import Undoing
from sayso.api.routing import Routes, Who
from sayso.api.schemas import listed
from sayso.api.values import After, Flag, Id, LimitOf200, MaybeText, Number
from sayso.archive.bounds import MOST_ID, NO_NUL
from sayso.archive.correcting.forms import Correction, Uncertain
from sayso.archive.correcting.forms import Field as What
from sayso.web.state import Server

routes = Routes("corrections")
_Text = Annotated[str, StringConstraints(pattern=NO_NUL, max_length=2000)]


class Correcting(BaseModel):
    """What is to stand in the place of what was read."""

    model_config = ConfigDict(extra="forbid", strict=True)

    field: What
    target: Annotated[str, StringConstraints(pattern=NO_NUL, max_length=80)] = Field(
        "", description="Id of an attribution or a verdict in the record; empty where one is added."
    )
    after: dict[str, Any] | None = Field(None, description="By field; docs/api.md lists the forms.")
    reason: _Text = ""


@routes.get("/corrections", gives=listed(Correction, total=True), errors=(400, 404))
def corrections(
    server: Server,
    article: Annotated[Number, Query(description="Only of this article.")] = None,
    by: Annotated[MaybeText, Query(max_length=200, description="Only by this user.")] = None,
    all: Annotated[Flag, Query(description="Also those that were undone, superseded or left behind.")] = False,
    limit: LimitOf200 = 50,
    after: After = None,
) -> Any:
    """Corrections in force, the latest first."""
    return server.archive.corrections(article=article, by=by, all=all, limit=limit, after=after)


@routes.post("/articles/{id}/corrections", role="editor", gives=Correction, status=201, errors=(404, 409))
def correct(server: Server, who: Who, id: Id, body: Correcting) -> Any:
    """Corrects one thing in an article: a dated, signed row beside what was read, never over it."""
    return server.archive.correct(
        id, field=body.field, target=body.target, after=body.after, reason=body.reason, by=who.name
    )


@routes.post("/corrections/{id}/undo", role="editor", gives=Correction, status=201, errors=(404, 409))
def undo_correction(server: Server, who: Who, id: Id, body: Undoing) -> Any:
    """Undoes a correction, by a row of its own."""
    return server.archive.undo_correction(id, reason=body.reason, by=who.name)


@routes.get("/corrections/export", heavy=True, gives={}, media=("application/jsonl",), errors=(404,))
def export_corrections(
    server: Server,
    article: Annotated[
        list[Annotated[int, Query(ge=1, le=MOST_ID)]] | None,
        Query(max_length=1000, description="Only of these."),
    ] = None,
) -> Response:
    """What people corrected and confirmed as training data, one article a line (docs/corrections.md)."""
    found = server.archive.export_corrections(article or None)
    lines = (json.dumps(each, ensure_ascii=False) + "\n" for each in found)
    return StreamingResponse(encoded(lines), media_type="application/jsonl")


@routes.get("/review", gives=listed(Uncertain, total=True), errors=(400, 404))
def review_queue(
    server: Server,
    article: Annotated[Number, Query(description="Only of this article.")] = None,
    limit: LimitOf200 = 20,
    after: After = None,
) -> Any:
    """What somebody should look at, the most uncertain first, without what was corrected or confirmed."""
    return server.archive.review_queue(limit=limit, after=after, article=article)
