"""Articles of the archive: listed, given back whole, added, checked."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import Query, Request
from starlette.responses import Response

from sayso.api.answering import Json, tagged
from sayso.api.bodies import ADD, ToAdd, body_of
from sayso.api.paging import paged_whole
from sayso.api.resources.jobs import JOB, LOCATION, started
from sayso.api.routing import Routes, Who
from sayso.api.schemas import RECORD, VERDICT, listed, record
from sayso.api.values import After, Day, Flag, Id, Limit, Number, Text, Version
from sayso.archive.browsing.forms import ArticleRow
from sayso.archive.forms import ArticleVersion
from sayso.errors import BadRequest
from sayso.exports.json import record_of
from sayso.web.state import Server
from sayso.web.taking import add_job, check_job

routes = Routes("articles")
_HEAD = {"$ref": "#/components/schemas/Record_transcript"}


@routes.get("/articles", gives=listed(ArticleRow, total=True), errors=(400, 404))
def article_list(
    server: Server,
    outlet: Annotated[Number, Query(description="Only of this outlet.")] = None,
    since: Annotated[Day, Query(description="Published on that day or later.")] = None,
    until: Annotated[Day, Query(description="Published on that day or earlier.")] = None,
    words: Annotated[Text, Query(max_length=400, description="Words of the headline, each whole or begun.")] = "",
    sort: Annotated[
        Literal["published", "added"], Query(description="By day of publication, or by when they came in.")
    ] = "published",
    limit: Limit = 50,
    after: After = None,
) -> Any:
    """Articles, the latest first."""
    return server.archive.article_list(
        outlet=outlet, since=since, until=until, words=words, sort=sort, limit=limit, after=after
    )


@routes.post(
    "/articles",
    role="editor",
    heavy=True,
    gives=JOB,
    status=202,
    body=body_of(ADD),
    headers=LOCATION,
    errors=(400, 403, 404, 413, 415),
)
def add(server: Server, who: Who, given: ToAdd) -> Any:
    """Adds articles that are sent, with transcripts beside them; the job says how far it is and what came of each.

    As files (feeds, WARC files and agencies' packages among them), a text or an address.
    """
    job = add_job(
        server,
        given.uploads,
        transcripts=[each for each, _ in given.transcripts],
        date=given.date,
        outlet=given.outlet,
        any_language=given.any_language,
        check=given.check,
        by=who.name,
    )
    return started(job)


@routes.get("/articles/{id}", gives=RECORD, tagged=True, errors=(404,))
def article(
    request: Request,
    server: Server,
    id: Id,
    version: Version = None,
    corrected: Annotated[Flag, Query(description="With what was corrected since it was read.")] = False,
) -> Response:
    """The record of an article, as `sayso read --format json` prints it (docs/format.md).

    `id` within it is the one of its text; the archive's ids of its statements are at `/articles/{id}/statements`.
    """
    if corrected and version is not None:
        reason = "corrections are on the newest version; leave version or corrected out"
        raise BadRequest(
            f"The request cannot be read: {reason}", fields=({"field": "query.version", "reason": reason},)
        )
    if corrected:
        return tagged(request, record_of(server.archive.corrected(id)))
    return tagged(request, record_of(server.archive.article(id, version=version)))


@routes.get("/articles/{id}/versions", gives=listed(ArticleVersion, total=True), errors=(404,))
def versions(server: Server, id: Id, limit: Limit = 50, after: After = None) -> Any:
    """The versions of an article, the first first, each with what changed in its statements."""
    found = server.archive.versions(id)
    return paged_whole(found, limit=limit, after=after, key=lambda each: each.number, of=f"versions {id}")


@routes.get(
    "/articles/{id}/statements",
    gives=record(
        {
            name: {"type": "object", "additionalProperties": {"type": "integer"}, "description": text}
            for name, text in (
                ("statements", "The archive's ids of its statements, by their ids in the record."),
                (
                    "speakers",
                    "The archive's ids of its speakers and of those talked about, by their ids in the record.",
                ),
            )
        }
    ),
    errors=(404,),
)
def article_places(server: Server, id: Id) -> Any:
    """Under which ids the archive has the statements and speakers of an article's newest version."""
    return {"statements": server.archive.article_places(id), "speakers": server.archive.article_speakers(id)}


@routes.get(
    "/articles/{id}/checks",
    gives=record(
        {
            "article": {"type": "integer"},
            "verdicts": {"type": "array", "items": VERDICT},
            "transcripts": {"type": "array", "items": _HEAD, "description": "Those that the verdicts rest on."},
        }
    ),
    errors=(404,),
)
def checks(server: Server, id: Id) -> Response:
    """The verdicts on an article; none where it was not checked."""
    form = record_of(server.archive.article(id))
    return Json({"article": id, "verdicts": form["verdicts"], "transcripts": form["transcripts"]})


@routes.post("/articles/{id}/check", role="editor", heavy=True, gives=JOB, status=202, headers=LOCATION, errors=(404,))
def check_article(server: Server, who: Who, id: Id) -> Any:
    """Checks an article against the archive's transcripts of its days; the verdicts take the place of earlier ones."""
    server.archive.article_places(id)

    return started(check_job(server, [id], by=who.name, about=f"article {id}"))
