"""Decisions about who is whom, as editors take them on a speaker's page: dated and signed with their name."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Annotated

from fastapi import Form, Request
from starlette.responses import RedirectResponse, Response

from sayso.archive.archive import Archive
from sayso.archive.bounds import MOST_ID
from sayso.desk.asking import FormText, Id
from sayso.desk.pages.speakers import speaker_view
from sayso.desk.rendering import render
from sayso.desk.views import Views
from sayso.desk.who import Editor
from sayso.errors import BadSetting, NoSuchEntry, RefusedDecision, SaysoError
from sayso.web.state import Server

views = Views()
_NUMBER = re.compile(r"#?(\d{1,9})", re.ASCII)
_REASON = "why, in a few words: whoever reads it later has nothing else to go by"


@views.post("/speakers/{id}/merge", include_in_schema=False)
def merge(
    request: Request, server: Server, id: Id, who: Editor, other: FormText = "", reason: FormText = ""
) -> Response:
    """Another speaker goes into this one."""

    def decide() -> None:
        archive = server.archive
        archive.merge(id, _meant(archive, other, beside=id), reason=_reason(reason), by=who.name)

    return _decided(request, server, id, decide)


@views.post("/speakers/{id}/apart", include_in_schema=False)
def keep_apart(
    request: Request, server: Server, id: Id, who: Editor, other: FormText = "", reason: FormText = ""
) -> Response:
    """This one and another are two, and are not suggested again."""

    def decide() -> None:
        archive = server.archive
        archive.keep_apart(id, _meant(archive, other, beside=id), reason=_reason(reason), by=who.name)

    return _decided(request, server, id, decide)


@views.post("/speakers/{id}/split", include_in_schema=False)
def split(
    request: Request,
    server: Server,
    id: Id,
    who: Editor,
    articles: FormText = "",
    name: FormText = "",
    reason: FormText = "",
) -> Response:
    """In some articles it is somebody else."""

    def decide() -> None:
        found = [int(each) for each in re.findall(r"\d{1,9}", articles, re.ASCII)]
        if not found:
            raise BadSetting(
                "articles", articles, "the numbers of the articles in which it is somebody else, as 12, 40"
            )
        new = name.strip() or None
        server.archive.split(id, articles=found, name=new, reason=_reason(reason), by=who.name)

    return _decided(request, server, id, decide)


@views.post("/speakers/{id}/stands-for", include_in_schema=False)
def stands_for(
    request: Request, server: Server, id: Id, who: Editor, name: FormText = "", reason: FormText = ""
) -> Response:
    """For whom it speaks; for nobody but itself where no name is given."""

    def decide() -> None:
        server.archive.set_stands_for(id, name.strip() or None, reason=_reason(reason), by=who.name)

    return _decided(request, server, id, decide)


@views.post("/decisions/{id}/undo", include_in_schema=False)
def undo(
    request: Request,
    server: Server,
    id: Id,
    who: Editor,
    speaker: Annotated[int, Form(ge=1, le=MOST_ID)],
    reason: FormText = "",
) -> Response:
    """A decision is undone; back to the speaker on whose page that was asked."""

    def decide() -> None:
        server.archive.undo(id, reason=reason.strip(), by=who.name)

    return _decided(request, server, speaker, decide)


def _decided(request: Request, server: Server, id: int, decide: Callable[[], None]) -> Response:
    """Back to the speaker; where the decision cannot be taken, his page says why, and nothing has changed."""
    try:
        decide()
    except (RefusedDecision, NoSuchEntry, BadSetting) as error:
        failed: SaysoError = error
        view = speaker_view(server.archive, id, error=failed)
        return render(request, "speaker.html", view.title, {"data": view.data, **view.more}, status=view.status)
    return RedirectResponse(f"/speakers/{id}#identity", status_code=303)


def _reason(reason: str) -> str:
    if not reason.strip():
        raise BadSetting("reason", "", _REASON)
    return reason.strip()


def _meant(archive: Archive, other: str, *, beside: int) -> int:
    """The speaker that a number or a name means; of a name that several have, the number is needed."""
    other = other.strip()
    if match := _NUMBER.fullmatch(other):
        return int(match[1])
    if not other:
        raise BadSetting("other", other, "the other one's name, or his number as #12")
    found = [each for each in archive.speakers(other, limit=10) if each.id != beside]
    if len(found) != 1:
        known = ", ".join(f"#{each.id} {each.name}" for each in found) or "nobody else"
        raise BadSetting("other", other, f"the number of one of those that the name means: {known}")
    return found[0].id
