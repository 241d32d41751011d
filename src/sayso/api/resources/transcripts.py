"""Transcripts of the archive: the primary sources that quotes are held against."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from fastapi import Request
from starlette.responses import Response

from sayso.api.answering import tagged
from sayso.api.bodies import ADD_TRANSCRIPT, ToAddTranscript, body_of
from sayso.api.resources.jobs import JOB, LOCATION, started
from sayso.api.routing import Routes, Who
from sayso.api.schemas import listed, named, record, schema_of
from sayso.api.values import After, Id, Limit
from sayso.archive.browsing.forms import TranscriptRow
from sayso.documents import Span, Transcript, Turn
from sayso.transcript_form import transcript_to_json
from sayso.web.state import Server
from sayso.web.taking import add_job

routes = Routes("transcripts")
_SPAN = schema_of(Span)
_MAYBE_SPAN = schema_of(Span | None)
_SPECIAL = {
    "source": {"anyOf": [record({"name": {"type": "string"}, "encoding": {"type": "string"}}), {"type": "null"}]},
    "turns": {"type": "array", "items": schema_of(Turn)},
    "corrections": {"type": "array", "items": record({"struck": _SPAN, "instead": _MAYBE_SPAN})},
    "timecodes": {
        "type": "array",
        "items": record({"offset": {"type": "integer"}, "seconds": {"type": "number"}}),
    },
    "date": {"anyOf": [{"type": "string", "format": "date"}, {"type": "null"}]},
    "version": {"enum": ["delivered", "prepared", None]},
    "partial": _MAYBE_SPAN,
    **{name: {"type": "array", "items": _SPAN} for name in ("directions", "gaps", "inserts")},
    **{name: {"anyOf": [{"type": "string"}, {"type": "null"}]} for name in ("title", "url", "language")},
    "warnings": {"type": "array", "items": {"type": "string"}},
}
TRANSCRIPT = named(
    "Transcript",
    record(
        {
            each.name: _SPECIAL.get(each.name, {"type": "string"})
            for each in fields(Transcript)
            # There is no way back to a source whose text is not given.
            if each.name != "offsets"
        },
        " ".join((Transcript.__doc__ or "").split()),
    ),
)


@routes.get("/transcripts", gives=listed(TranscriptRow, total=True), errors=(400,))
def transcript_list(server: Server, limit: Limit = 50, after: After = None) -> Any:
    """Transcripts by their day, the latest first."""
    return server.archive.transcript_list(limit=limit, after=after)


@routes.post(
    "/transcripts",
    role="editor",
    heavy=True,
    gives=JOB,
    status=202,
    body=body_of(ADD_TRANSCRIPT),
    headers=LOCATION,
    errors=(400, 403, 404, 413, 415),
)
def add_transcript(server: Server, who: Who, given: ToAddTranscript) -> Any:
    """Adds transcripts that are sent; the job says what came of each."""
    uploads = [each for each, _ in given.transcripts] or given.uploads
    return started(add_job(server, [], transcripts=uploads, date=given.date, by=who.name))


@routes.get("/transcripts/{id}", gives=TRANSCRIPT, tagged=True, errors=(404,))
def transcript(request: Request, server: Server, id: Id) -> Response:
    """A transcript: its text, its turns, and all that lies in it, as spans of the text."""
    return tagged(request, transcript_to_json(server.archive.transcript(id)))
