"""Review: what is uncertain one by one, put right by people, with every correction beside what the machine found."""

from __future__ import annotations

import json
import threading
from typing import Annotated, Any, cast

from fastapi import Form, Path, Query, Request
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from sayso.archive.archive import Archive
from sayso.archive.bounds import MOST_ID, NO_NUL
from sayso.archive.correcting.forms import Correction
from sayso.archive.json_form import as_json
from sayso.desk.asking import FormText, Id, Number, Text, is_id
from sayso.desk.rendering import render
from sayso.desk.reviewing.changes import ReviewForm, changes_of
from sayso.desk.reviewing.item import CHOICES, KINDS, NEW, Item, item_of, item_to_json, labels
from sayso.desk.reviewing.passage import written
from sayso.desk.reviewing.queue import KINDS as QUEUE_KINDS
from sayso.desk.reviewing.queue import Narrowed, address, done_today, following, queue, sentences
from sayso.desk.reviewing.telling import Told, tell_all
from sayso.desk.views import View, Views
from sayso.desk.who import Editor, Reader
from sayso.desk.words import query
from sayso.documents import Span
from sayso.errors import BadRequest, NoSuchEntry, SaysoError
from sayso.exports.speakers import shown_name
from sayso.web.access import needs
from sayso.web.roles import Principal
from sayso.web.state import Server

views = Views()
Target = Annotated[str, Path(pattern=NO_NUL, max_length=80)]
Place = Annotated[int | None, Query(ge=0, le=MOST_ID)]
_SAVING = threading.Lock()
"""Between asking whether somebody else was faster and writing, nobody of this server writes."""


@views.view("/review", "review.html", keep=True)
def review(
    server: Server,
    principal: Reader,
    article: Number = None,
    kind: Text = "",
    after: Text | None = None,
    saved: str = "",
) -> View:
    """What is uncertain, the most uncertain first."""
    narrowed = Narrowed(article, kind if kind in QUEUE_KINDS else "")
    found, further = queue(server.archive, narrowed, after=after)
    shown = sentences(server.archive, found)
    data = {
        "items": [
            {
                **as_json(each),
                "sentence": "".join(piece.text for piece in pieces),
                "url": address(each.article, each.target, narrowed),
            }
            for each, pieces in zip(found, shown, strict=True)
        ],
        "next": further,
        "article": article,
        "kind": narrowed.kind,
        "done_today": done_today(server.archive, principal.name),
    }
    where = {"article": article, "kind": narrowed.kind, "after": further}
    more = {
        "narrowed": narrowed,
        "kinds": QUEUE_KINDS,
        "shown": shown,
        "first": after is None,
        "next_url": f"/review{query(where)}" if further else None,
        "saved": _saved(server.archive, saved),
        "may": principal.may("editor"),
    }
    return View("Review", data, more)


@views.get("/review/{article_id:int}", dependencies=[needs("reader")], include_in_schema=False)
def review_article(article_id: Id) -> Response:
    """The queue of one article."""
    return RedirectResponse(f"/review?article={article_id}", 303)


@views.view("/review/{article_id}/{target}", "review_item.html")
def review_item(
    server: Server,
    article_id: Id,
    target: Target,
    principal: Reader,
    article: Number = None,
    kind: Text = "",
    saved: str = "",
    start: Place = None,
    end: Place = None,
    content: str = "",
) -> View:
    """One attribution or verdict: the machine's record beside what people say of it.

    For `new`, `start` and `end` say where in the article to look; `content` ("120-168") are words that were picked.
    """
    first, _, last = content.partition("-")
    picked = Span(int(first), int(last)) if all(map(_is_number, (first, last))) else None
    at = picked or (Span(start, end) if start is not None and end is not None and 0 <= start < end else None)
    item = item_of(server.archive, article_id, target, at=at)
    form = _form_of(picked, item) if target == NEW and picked else None
    return _shown(server, item, principal, Narrowed(article, kind), saved=saved, form=form)


def _form_of(picked: Span, item: Item) -> ReviewForm | None:
    if not picked.start < picked.end <= len(item.article.text):
        return None
    spans = {"source": [], "cue": [], "content": [list(picked)]}
    return ReviewForm(spans=json.dumps(spans), content=written([picked], item.article.text))


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10


def _shown(
    server: Server,
    item: Item,
    principal: Principal,
    narrowed: Narrowed,
    *,
    saved: str = "",
    form: ReviewForm | None = None,
    error: SaysoError | None = None,
    others: list[Told] | None = None,
) -> View:
    after = following(server.archive, item.id, item.target, narrowed)
    uncertain = next(
        (each for each in queue(server.archive, Narrowed(item.id), limit=200)[0] if each.target == item.target), None
    )
    data = {**item_to_json(item), "why": uncertain.why if uncertain else None}
    data["next"] = address(after.article, after.target, narrowed) if after else None
    data["done_today"] = done_today(server.archive, principal.name)
    more = {
        "item": item,
        "narrowed": narrowed,
        "choices": CHOICES,
        "kinds": KINDS,
        "new": item.target == NEW,
        "people": {each.id: shown_name(each) for each in (*item.article.speakers, *item.article.mentioned)},
        "labels": labels(item.article),
        "undoable": next((each for each in item.history if each.undoable), None),
        "may": principal.may("editor"),
        "form": form,
        "error": error,
        "others": others or [],
        "saved": _saved(server.archive, saved),
    }
    name = "Add an attribution" if item.target == NEW else f"Review {item.target}"
    return View(f"{name} · {data['article']['headline']}", data, more)


def _saved(archive: Archive, told: str) -> list[Told]:
    """The corrections that a page was just sent on from, by the ids in its address: `saved=3-12,13`."""
    article, _, ids = told.partition("-")
    if not (is_id(article) and all(map(is_id, ids.split(",")))):
        return []
    wanted = set(map(int, ids.split(",")))
    try:
        made = archive.corrections(article=int(article), all=True, limit=200).items
        form = archive.corrected_form(int(article))
    except NoSuchEntry:
        return []
    return [each for each in tell_all(made, form.read, form.article) if each.correction.id in wanted]


@views.post("/review/undo", include_in_schema=False)
def undo(
    server: Server,
    principal: Editor,
    correction: Annotated[int, Form(ge=1, le=MOST_ID)],
    back: Annotated[str, Form()] = "item",
    reason: FormText = "",
    article: Number = None,
    kind: Text = "",
) -> Response:
    """Takes a correction back; the page of its item again, or the list of corrections."""
    made = server.archive.undo_correction(correction, reason=reason, by=principal.name)
    made_there = server.archive.corrections(article=made.article, all=True, limit=500).items
    undone = next((each for each in made_there if each.id == correction), None)
    saved = f"{made.article}-{made.id}"
    if back == "corrections" or undone is None:
        return RedirectResponse(f"/corrections{query({'saved': saved})}", 303)
    where = {"article": article, "kind": kind, "saved": saved}
    return RedirectResponse(f"/review/{undone.article}/{undone.target}{query(where)}", 303)


@views.post("/review/{article_id}/{target}", include_in_schema=False)
def save(
    request: Request,
    server: Server,
    article_id: Id,
    target: Target,
    principal: Editor,
    form: Annotated[ReviewForm, Form()],
    article: Number = None,
    kind: Text = "",
) -> Response:
    """Keeps what was put right, and goes on to the next item."""
    narrowed = Narrowed(article, kind)

    def again(item: Item, error: SaysoError, others: list[Told] | None = None) -> Response:
        view = _shown(server, item, principal, narrowed, form=form, error=error, others=others)
        return render(request, "review_item.html", view.title, {"data": view.data, **view.more}, status=error.status)

    after = following(server.archive, article_id, target, narrowed)
    made: list[Correction] = []
    with _SAVING:
        item = item_of(server.archive, article_id, target)
        if form.seen != item.seen:
            return again(item, _Faster(item), item.history)
        try:
            changes = changes_of(form, item)
            if not changes:
                raise BadRequest("Nothing is changed here. If all of it is right, say so with “All right”")
            for each in changes:
                made.append(
                    server.archive.correct(
                        article_id,
                        field=cast(Any, each.field),
                        target=each.target,
                        after=each.after,
                        reason=form.reason.strip(),
                        by=principal.name,
                    )
                )
        except SaysoError as error:
            # What was kept before the one that will not do stays, and is told.
            kept = {each.id for each in made}
            item = item_of(server.archive, article_id, target)
            return again(item, error, [each for each in item.history if each.correction.id in kept])
    saved = f"{article_id}-{','.join(str(each.id) for each in made)}"
    where = {"article": narrowed.article, "kind": narrowed.kind, "saved": saved}
    if target == NEW:
        # So that what follows from its words (how much is quoted, the stance of the cue) can be looked at.
        return RedirectResponse(f"/review/{article_id}/{made[0].target}{query(where)}", 303)
    if after is None:
        return RedirectResponse(f"/review{query(where)}", 303)
    return RedirectResponse(f"/review/{after.article}/{after.target}{query(where)}", 303)


class _Faster(SaysoError):
    """Somebody corrected the item after the form was made."""

    status = 409

    def __init__(self, item: Item) -> None:
        latest = item.history[0].correction if item.history else None
        who = f"{latest.by} corrected this" if latest else "This was corrected"
        super().__init__(
            f"{who} while you were at it, so nothing of yours was saved. What you filled in is still below: look at "
            "what is new, and save again where you still think so"
        )
