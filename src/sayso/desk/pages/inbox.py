"""The inbox: what came in, what did not and why, adding more, and how far that is."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import File, Form, UploadFile
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from sayso.archive.archive import Archive
from sayso.archive.browsing.forms import Arrival
from sayso.archive.json_form import as_json
from sayso.desk.asking import FormText
from sayso.desk.views import View, Views
from sayso.desk.who import Editor, HeavyEditor, Reader
from sayso.errors import BadRequest, NotAllowed
from sayso.exports.outline import printable
from sayso.web.jobs import ENDED, Job, job_to_json
from sayso.web.roles import Principal
from sayso.web.state import Server
from sayso.web.taking import add_job
from sayso.web.workers import Upload

views = Views()
_LATEST = 15
_JOBS = 12
_TOLD = {
    "added": "added",
    "new version": "in a new version",
    "unchanged": "known already",
    "problem": "refused",
    "checked": "checked",
}
"""Outcomes as the page counts them; `live.js` has the same."""
_PROBLEMS = 100
"""So many are shown; the archive's command line lists all."""


@views.view("/inbox", "inbox.html")
def inbox(server: Server, principal: Reader, all: bool = False) -> View:
    """What came in last, and what did not."""
    archive = server.archive
    problems = archive.problems(all=True)
    open_ones = [each for each in problems if each.repaired_at is None]
    repaired = [each for each in problems if each.repaired_at is not None]
    jobs = server.jobs.all()
    most = len(problems) if all else _PROBLEMS
    data = {
        "recent": [_arrival(each) for each in archive.recent(limit=_LATEST)],
        "jobs": [_in_words(job_to_json(job)) for job in jobs[:_JOBS]],
        "problems": as_json(open_ones[:most]),
        "problems_total": len(open_ones),
        "repaired": as_json(repaired[:most]),
        "repaired_total": len(repaired),
    }
    may = principal.may("editor")
    return View("Inbox", data, {"may": may, "outlets": _outlets(archive) if may else []})


def _arrival(arrival: Arrival) -> dict[str, Any]:
    form: dict[str, Any] = as_json(arrival)
    # A transcript without a title has the name of its file, whose folder is nobody's business here.
    title = arrival.title or ""
    return {**form, "title": title.rpartition("/")[2] if title.startswith("/") else arrival.title}


def _outlets(archive: Archive) -> list[str]:
    return [each.name for each in archive.outlet_list()[:200] if each.name]


@views.post("/inbox", include_in_schema=False)
def add(
    server: Server,
    principal: HeavyEditor,
    files: Annotated[list[UploadFile], File(default_factory=list)],
    transcripts: Annotated[list[UploadFile], File(default_factory=list)],
    addresses: Annotated[str, Form()] = "",
    date: FormText = "",
    outlet: FormText = "",
    any_language: Annotated[bool, Form()] = False,
    check: Annotated[bool, Form()] = False,
) -> Response:
    """Adds files and addresses to the archive: a job with a page of its own."""
    given = [*_uploads(files), *(Upload.of_url(each) for each in addresses.split())]
    sources = _uploads(transcripts)
    if not (given or sources):
        raise BadRequest("There is nothing to add. Choose a file, or write an address")
    job = add_job(
        server,
        given,
        transcripts=sources,
        date=date or None,
        outlet=outlet.strip() or None,
        any_language=any_language,
        check=check,
        by=principal.name,
    )
    return RedirectResponse(f"/inbox/{job.id}", 303)


def _uploads(files: list[UploadFile]) -> list[Upload]:
    # A field of files that was left empty comes as one without a name.
    return [
        Upload.of_file(printable(each.filename), each.file.read(), each.content_type) for each in files if each.filename
    ]


@views.view("/inbox/{job_id}", "inbox_job.html")
def inbox_job(server: Server, job_id: str, principal: Reader) -> View:
    """One job with what came of it so far."""
    job = server.jobs.get(job_id)
    # The number with the results, so that a script asks for just what came after them.
    results, _, number, form = server.jobs.since(job, 0)
    data = {**_in_words(form), "results": [each for _, each in results], "number": number}
    more = {"may_cancel": _may_cancel(principal, job), "may": principal.may("editor")}
    return View(f"{job.about or job.kind}: {form['state']}", data, more)


@views.post("/inbox/{job_id}/cancel", include_in_schema=False)
def cancel(server: Server, job_id: str, principal: Editor) -> Response:
    """Stops a job; what came in so far stays."""
    job = server.jobs.get(job_id)
    if not _may_cancel(principal, job):
        raise NotAllowed(principal.name, principal.role, "admin")
    server.jobs.cancel(job_id)
    return RedirectResponse(f"/inbox/{job.id}", 303)


def _may_cancel(principal: Principal, job: Job) -> bool:
    return principal.may("admin") or (principal.may("editor") and job.by == principal.name)


def _in_words(form: dict[str, Any]) -> dict[str, Any]:
    told = [f"{form['counts'][outcome]:,} {words}" for outcome, words in _TOLD.items() if form["counts"].get(outcome)]
    return {**form, "ended": form["state"] in ENDED, "told": ", ".join(told) or "nothing yet"}
