"""Long work: how far each job is, and stopping it."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Path, Query, Request
from pydantic import BeforeValidator
from starlette.responses import Response

from sayso.api.answering import answer
from sayso.api.paging import paged_whole
from sayso.api.routing import Routes, Who
from sayso.api.schemas import listed, named, part_of
from sayso.api.values import After, Limit, whole
from sayso.errors import NotAllowed
from sayso.web.building import API
from sayso.web.events import event_stream
from sayso.web.job import TOLD, Job, job_to_json
from sayso.web.state import Server

routes = Routes("jobs")
_ROW = (*TOLD, "counts", "notes")
JOB_ROW = named("JobRow", part_of(Job, _ROW))
JOB = named("Job", part_of(Job, (*_ROW, "results")))
LOCATION = {"Location": "Where the job is."}
JobId = Annotated[str, Path(pattern=r"^[\w-]+$", max_length=40, description="Its id.")]


def started(job: Job) -> Response:
    """The answer that a job has begun."""
    return answer(job_to_json(job, results=True), status=202, headers={"Location": f"{API}/jobs/{job.id}"})


@routes.get("/jobs", gives=listed(JOB_ROW, total=True))
def jobs(server: Server, limit: Limit = 50, after: After = None) -> Any:
    """The jobs that are remembered, the latest first; they are forgotten when the server ends."""
    found = [job_to_json(each) for each in server.jobs.all()]
    return paged_whole(found, limit=limit, after=after, key=lambda each: each["id"], of="jobs")


@routes.get("/jobs/{id}", gives=JOB, errors=(404,))
def job(server: Server, id: JobId) -> Any:
    """How far a job is, and what came of it so far."""
    return job_to_json(server.jobs.get(id), results=True)


@routes.post("/jobs/{id}/cancel", role="editor", gives=JOB, errors=(403, 404))
def cancel(server: Server, who: Who, id: JobId) -> Any:
    """Stops a job after the part that it is at; only an admin stops somebody else's.

    What it did so far stays done; a job that has ended stays as it is.
    """
    found = server.jobs.get(id)
    if found.by != who.name and not who.may("admin"):
        raise NotAllowed(who.name, who.role, "admin")
    return job_to_json(server.jobs.cancel(id), results=True)


@routes.get("/jobs/{id}/events", gives={"type": "string"}, media=("text/event-stream",), errors=(404,))
def job_events(
    request: Request,
    server: Server,
    id: JobId,
    after: Annotated[
        int, Query(ge=0, le=10**12, description="The last event that was seen."), BeforeValidator(whole)
    ] = 0,
) -> Response:
    """What happens to a job, as server-sent events, until it has ended.

    `result` has one result, `progress` and `state` the job, `dropped` how many results were forgotten.
    """
    return event_stream(request, server.jobs, id)
