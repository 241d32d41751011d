"""All corrections: who set what right, when, and what was there before."""

from __future__ import annotations

from typing import Any

from sayso.archive.archive import Archive
from sayso.archive.correcting.forms import Correction
from sayso.desk.asking import Text, is_id
from sayso.desk.reviewing.telling import Told, tell_all
from sayso.desk.views import View, Views
from sayso.desk.who import Reader
from sayso.desk.words import query
from sayso.errors import NoSuchEntry
from sayso.exports.outline import title_of
from sayso.web.building import API
from sayso.web.state import Server

views = Views()
_PAGE = 30


@views.view("/corrections", "corrections.html", keep=True)
def corrections(
    server: Server,
    principal: Reader,
    article: Text = "",
    by: Text = "",
    after: Text | None = None,
    saved: str = "",
) -> View:
    """Corrections, the latest first, undone ones included; of one article or one person alone."""
    # A field of the page's form that was left empty is no number.
    number = int(article) if is_id(article) else None
    if article and number is None:
        raise NoSuchEntry("article", article)
    listed = server.archive.corrections(article=number, by=by or None, all=True, limit=_PAGE, after=after)
    rows = _in_words(server.archive, listed.items)
    where = {"article": number, "by": by}
    data: dict[str, Any] = {
        "items": [
            {**told.to_json(), "headline": headline, "url": _address(told.correction)} for told, headline in rows
        ],
        "next": listed.next,
        "total": listed.total,
        "article": number,
        "by": by,
    }
    more = {
        "rows": [(told, headline, _address(told.correction)) for told, headline in rows],
        "next_url": f"/corrections{query({**where, 'after': listed.next})}" if listed.next else None,
        "first_url": f"/corrections{query(where)}" if after else None,
        "may": principal.may("editor"),
        "me": principal.name,
        "export_url": f"{API}/corrections/export",
        "saved": [told for told, _ in rows if str(told.correction.id) == saved.rpartition("-")[2]],
    }
    return View("Corrections", data, more)


def _in_words(archive: Archive, made: list[Correction]) -> list[tuple[Told, str]]:
    """Each with its article's headline, in the order given."""
    by_article: dict[int, list[Correction]] = {}
    for each in made:
        by_article.setdefault(each.article, []).append(each)
    told: dict[int, tuple[Told, str]] = {}
    for article_id, some in by_article.items():
        form = archive.corrected_form(article_id)
        headline = title_of(form.read)
        told |= {each.correction.id: (each, headline) for each in tell_all(some, form.read, form.article)}
    return [told[each.id] for each in made]


def _address(correction: Correction) -> str:
    target = "" if correction.field == "undo" else correction.target
    return f"/review/{correction.article}/{target}" if target else f"/articles/{correction.article}"
