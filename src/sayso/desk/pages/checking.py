"""Checking: article and transcript side by side, of what was read and of what is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated, Any

from fastapi import Query, Request
from fastapi.responses import RedirectResponse
from starlette.datastructures import FormData
from starlette.responses import Response

from sayso.adding import Checking
from sayso.checks.contract import SAME_WORDS
from sayso.desk.asking import Id
from sayso.desk.check_page import CheckPage
from sayso.desk.corrected import Corrected, read_corrected
from sayso.desk.files import report_to_save
from sayso.desk.giving import Form, articles_of, nothing_given, texts_of, uploads_of
from sayso.desk.rendering import render
from sayso.desk.views import View, Views
from sayso.desk.who import HeavyEditor, HeavyReader, Reader
from sayso.documents import Article, Transcript
from sayso.errors import BadRequest, NotAllowed, SaysoError
from sayso.records import article_to_json
from sayso.web.access import needs
from sayso.web.readings import Reading
from sayso.web.roles import Principal
from sayso.web.state import Server, Serving
from sayso.web.workers import Upload

views = Views()
Show = Annotated[list[str], Query()]
_TYPED = ("text", "url", "date", "outlet", "transcript_text", "transcript_url", "transcript_date")
_OF_TRANSCRIPT = ("transcript_text", "transcript_url", "transcript_date")


@views.view("/check", "checking.html")
def check_form() -> View:
    """The form for an article with its transcripts."""
    return View("Check", {"post": "/check"}, {"typed": dict.fromkeys(_TYPED, ""), "error": None})


@views.post("/check", include_in_schema=False)
def check_given(request: Request, server: Server, form: Form, principal: HeavyReader) -> Response:
    """Leads to the report on an article and transcripts that were given, or back to the form with what was typed."""
    typed = texts_of(form, *_TYPED)
    try:
        given = articles_of(form)
        if len(given) > 1:
            raise BadRequest(f"These are {len(given)} articles. Give one: a file, or a text, or an address")
        article = server.workers.read(given[0], date=typed["date"] or None, outlet=typed["outlet"] or None)
        transcripts = _transcripts(server, form, typed)
        server.workers.check(article, transcripts)
    except SaysoError as error:
        more = {"typed": typed, "error": error, "data": {"post": "/check"}}
        return render(request, "checking.html", "Check", more, status=error.status)
    reading = server.readings.keep(article, given[0], by=principal.name, transcripts=transcripts)
    return RedirectResponse(f"/readings/{reading.id}/check", 303)


@views.view("/readings/{id}/check", "check.html")
def reading_check(request: Request, server: Server, id: str, principal: Reader, show: Show = []) -> View:  # noqa: B006
    """The report on an article that was read and is not kept, for whoever was given its address."""
    found = server.readings.get(id)
    head = {"article": None, "reading": id}
    return _report(request, Corrected(found.article), head, f"/readings/{id}", show, adds=_adds(principal, found))


def _adds(principal: Principal, found: Reading) -> bool:
    return found.by == principal.name or principal.may("editor")


@views.view("/articles/{id:int}/check", "check.html", keep=True)
def article_check(request: Request, server: Server, id: Id, show: Show = []) -> View:  # noqa: B006
    """The report on an article of the archive, with what people say of its verdicts."""
    return _report(
        request, read_corrected(server.archive, id), {"article": id, "reading": None}, f"/articles/{id}", show
    )


def _report(
    request: Request, corrected: Corrected, head: dict[str, Any], home: str, show: Sequence[str], *, adds: bool = True
) -> View:
    article = corrected.article
    page = CheckPage(article, show=show, remarks=corrected.remarks)
    title = f"Check: {page.title}"
    if request.url.path.endswith(".json"):
        record = article_to_json(article)
        kept = {name: record[name] for name in ("article", "verdicts", "figures", "transcripts")}
        return View(title, {**head, "outcome": page.outcome, "counted": page.counted, **kept})
    more = {"page": page, "home": home, "same_words": SAME_WORDS, "typed": dict.fromkeys(_OF_TRANSCRIPT, "")}
    return View(title, head, {**more, "adds": adds, "error": None})


@views.post("/readings/{id}/check", include_in_schema=False)
def check_reading(request: Request, server: Server, id: str, form: Form, principal: HeavyReader) -> Response:
    """Checks against the transcripts so far and those that are given now, and leads back to the report."""
    typed, reading = texts_of(form, *_OF_TRANSCRIPT), server.readings.get(id)
    if not _adds(principal, reading):
        raise NotAllowed(principal.name, principal.role, "editor")
    try:
        added = _transcripts(server, form, typed)
        if not added and reading.article.verdicts:
            raise nothing_given("transcript")
        transcripts = [*reading.transcripts, *added]
        # A copy: others may be looking at the reading as it was.
        article = server.workers.check(replace(reading.article), transcripts)
    except SaysoError as error:
        view = reading_check(request, server, id, principal)
        return render(request, "check.html", view.title, _again(view, typed, error), status=error.status)
    server.readings.replace(id, article=article, transcripts=transcripts)
    return RedirectResponse(f"/readings/{id}/check", 303)


@views.post("/articles/{id:int}/check", include_in_schema=False)
def check_article(request: Request, server: Server, id: Id, form: Form, principal: HeavyReader) -> Response:
    """Checks an article of the archive against transcripts that are given, beside the archive: as a reading."""
    typed = texts_of(form, *_OF_TRANSCRIPT)
    try:
        transcripts = _transcripts(server, form, typed)
        if not transcripts:
            raise nothing_given("transcript")
        article = server.archive.corrected(id)
        server.workers.check(article, transcripts)
    except SaysoError as error:
        view = article_check(request, server, id)
        return render(request, "check.html", view.title, _again(view, typed, error), status=error.status)
    given = Upload.of_text(article.text, article.source.name if article.source else article.id)
    reading = server.readings.keep(article, given, by=principal.name, transcripts=transcripts)
    return RedirectResponse(f"/readings/{reading.id}/check", 303)


@views.post("/articles/{id:int}/check/archive", include_in_schema=False)
def check_in_archive(server: Server, id: Id, principal: HeavyEditor) -> Response:
    """Checks an article of the archive against the archive's transcripts of its days, and keeps the verdicts."""

    def in_a_child(article: Article, transcripts: Sequence[Transcript]) -> None:
        server.workers.check(article, transcripts, spare=True)

    Checking(server.archive, checker=in_a_child).check(id, server.archive.corrected(id))
    return RedirectResponse(f"/articles/{id}/check", 303)


@views.get("/readings/{id}/check/page.html", dependencies=[needs("reader")], include_in_schema=False)
def reading_report(server: Server, id: str) -> Response:
    """The report as one page that can be kept and opened anywhere."""
    return report_to_save(server.readings.get(id).article)


@views.get("/articles/{id:int}/check/page.html", dependencies=[needs("reader")], include_in_schema=False)
def article_report(server: Server, id: Id) -> Response:
    """The report as one page that can be kept and opened anywhere."""
    return report_to_save(read_corrected(server.archive, id).article)


def _transcripts(server: Serving, form: FormData, typed: dict[str, str]) -> list[Transcript]:
    day = typed["transcript_date"] or None
    return [server.workers.read_transcript(each, date=day) for each in uploads_of(form, "transcript_")]


def _again(view: View, typed: dict[str, str], error: SaysoError) -> dict[str, Any]:
    return {**view.more, "data": view.data, "typed": typed, "error": error}
