"""Reading: a form for a file, a text or an address, and the article that was read, without keeping it."""

from __future__ import annotations

from typing import Any

from fastapi import Request
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from sayso.desk.article_page import ArticlePage
from sayso.desk.files import page_to_save
from sayso.desk.giving import Form, articles_of, texts_of
from sayso.desk.rendering import render
from sayso.desk.showing import context_of
from sayso.desk.views import View, Views
from sayso.desk.who import Editor, HeavyReader, Reader
from sayso.errors import BadRequest, NotAllowed, SaysoError
from sayso.exports.outline import title_of
from sayso.records import article_to_json
from sayso.web.access import needs
from sayso.web.roles import Principal
from sayso.web.state import Server, Serving
from sayso.web.taking import add_job, keep

views = Views()
_TYPED = ("text", "url", "date", "outlet", "any_language", "several")
_MOST_LISTED = 10
_MOST_AT_ONCE = 10
"""Files that are read one after another while the caller waits."""


@views.view("/read", "read.html")
def read_form(server: Server, principal: Reader) -> View:
    """The form, and what the same user read lately."""
    return View("Read", _form_data(server, principal), {"typed": dict.fromkeys(_TYPED, ""), "error": None})


@views.post("/read", include_in_schema=False)
def read(request: Request, server: Server, form: Form, principal: HeavyReader) -> Response:
    """Leads to the article that was read, to the job that adds several, or back to the form with what was typed."""
    typed = texts_of(form, *_TYPED)
    try:
        given = articles_of(form)
        if len(given) > 1 and typed["several"] == "add":
            if not principal.may("editor"):
                raise NotAllowed(principal.name, principal.role, "editor")
            job = add_job(server, given, by=principal.name, **_options(typed))
            # By its route this is a reading, which the log does not have.
            server.audit(principal, "add", f"{len(given)} files, job {job.id}")
            return RedirectResponse(f"/inbox/{job.id}", 303)
        if len(given) > _MOST_AT_ONCE:
            raise BadRequest(
                f"These are {len(given)} articles, and at most {_MOST_AT_ONCE} are read to be looked at. Choose fewer, "
                "or have them added to the archive (under “Date, outlet, several files”)"
            )
        for each in given:
            article = server.workers.read(each, **_options(typed))
            last = server.readings.keep(article, each, by=principal.name)
    except SaysoError as error:
        more = {"typed": typed, "error": error, "data": _form_data(server, principal)}
        return render(request, "read.html", "Read", more, status=error.status)
    return RedirectResponse(f"/readings/{last.id}" if len(given) == 1 else "/read#readings", 303)


def _form_data(server: Serving, principal: Principal) -> dict[str, Any]:
    lately = server.readings.all(by=principal.name)[:_MOST_LISTED]
    listed = [{"id": each.id, "title": title_of(each.article), "outlet": each.article.outlet} for each in lately]
    return {"post": "/read", "readings": listed}


def _options(typed: dict[str, str]) -> dict[str, Any]:
    return {
        "date": typed["date"] or None,
        "outlet": typed["outlet"] or None,
        "any_language": bool(typed["any_language"]),
    }


@views.view("/readings/{id}", "article.html")
def reading(request: Request, server: Server, id: str) -> View:
    """An article that was read and is not kept, for whoever was given its address, which nobody can guess."""
    found = server.readings.get(id)
    article, home = found.article, f"/readings/{id}"
    head = {"article": None, "version": None, "reading": id}
    if request.url.path.endswith(".json"):
        return View(title_of(article), {**head, "record": article_to_json(article)})
    page = ArticlePage(article)
    return View(title_of(article), head, context_of(article, page, home=home))


@views.get("/readings/{id}/page.html", dependencies=[needs("reader")], include_in_schema=False)
def reading_page(server: Server, id: str) -> Response:
    """The article as one page that can be kept and opened anywhere."""
    return page_to_save(server.readings.get(id).article)


@views.post("/readings/{id}/keep", include_in_schema=False)
def keep_reading(server: Server, id: str, principal: Editor) -> Response:
    """Keeps the article in the archive, and leads to it there."""
    saved = keep(server, server.readings.get(id))
    return RedirectResponse(f"/articles/{saved.id}", 303)
