"""The articles of the archive: a list, each as it was read, its versions, and its page to take away."""

from __future__ import annotations

from typing import Any

from fastapi import Request
from starlette.responses import Response

from sayso.archive.json_form import as_json
from sayso.desk.article_page import ArticlePage
from sayso.desk.asking import Id, Number, Text, is_id
from sayso.desk.corrected import Corrected, read_corrected
from sayso.desk.files import page_to_save
from sayso.desk.rewording import reworded
from sayso.desk.showing import context_of
from sayso.desk.views import View, Views
from sayso.errors import BadSetting
from sayso.exports.outline import title_of
from sayso.pipeline import day_of
from sayso.records import article_to_json
from sayso.web.access import needs
from sayso.web.state import Server, Serving

views = Views()
_AT_ONCE = 50
_SORTS = {"published": "Newest first", "added": "Last added first"}


@views.view("/articles", "articles.html", keep=True)
def articles(
    server: Server,
    outlet: Text = "",
    since: Text = "",
    until: Text = "",
    words: Text = "",
    sort: Text = "published",
    after: Text = "",
) -> View:
    """The articles in the archive, by outlet, day and words of the headline."""
    sort = sort or "published"
    if sort not in _SORTS:
        raise BadSetting("sort", sort, " or ".join(_SORTS))
    if outlet and not is_id(outlet):
        raise BadSetting("outlet", outlet, "the number of an outlet")
    found = server.archive.article_list(
        outlet=int(outlet) if outlet else None,
        since=day_of(since or None),
        until=day_of(until or None),
        words=words,
        sort=sort,
        limit=_AT_ONCE,
        after=after or None,
    )
    asked = {"outlet": outlet, "since": since, "until": until, "words": words}
    asked["sort"] = "" if sort == "published" else sort
    more = {"asked": asked, "outlets": server.archive.outlet_names(), "sorts": _SORTS, "after": after}
    return View("Articles", as_json(found), more)


@views.view("/articles/{id:int}", "article.html", keep=True)
def article(request: Request, server: Server, id: Id, version: Number = None) -> View:
    """One article, its newest version with people's corrections, or an old one as it was read."""
    corrected, speakers, places = _kept(server, id, version)
    shown = corrected.article
    home = f"/articles/{id}"
    head = {"article": id, "version": version, "reading": None}
    if request.url.path.endswith(".json"):
        corrections = [] if version else as_json(list(server.archive.corrections(article=id, limit=200).items))
        data = {**head, "record": article_to_json(shown), "speakers": speakers, "statements": places}
        return View(title_of(shown), {**data, "corrections": corrections})
    here = home + (f"?version={version}" if version else "")
    review = "" if version else f"/review/{id}"
    page = ArticlePage(shown, places=places, remarks=corrected.remarks)
    more = context_of(shown, page, home=home, here=here, corrected=corrected, speakers=speakers)
    more |= {"review": review} | _version_words(server, id, version)
    return View(title_of(shown), head, more)


def _kept(server: Serving, id: Id, version: int | None) -> tuple[Corrected, dict[str, int], dict[str, int]]:
    corrected = read_corrected(server.archive, id, version=version)
    if version is not None:
        return corrected, {}, {}
    return corrected, server.archive.article_speakers(id), server.archive.article_places(id)


def _version_words(server: Serving, id: Id, version: int | None) -> dict[str, Any]:
    if version is None:
        return {}
    newest = next(each.number for each in server.archive.versions(id) if each.newest)
    told = "" if version == newest else f"This is version {version} of {newest}, as it was read then."
    return {"at_version": version, "version_note": told, "version_query": f"?version={version}"}


@views.view("/articles/{id:int}/versions", "versions.html", keep=True)
def versions(server: Server, id: Id) -> View:
    """What changed from version to version of an article."""
    found = server.archive.versions(id)
    headline = next((each.headline for each in reversed(found) if each.headline), None) or f"Article {id}"
    more = {"headline": headline, "reworded": reworded}
    return View(f"Versions: {headline}", {"article": id, "versions": as_json(found[::-1])}, more)


@views.get("/articles/{id:int}/page.html", dependencies=[needs("reader")], include_in_schema=False)
def article_page(server: Server, id: Id, version: Number = None) -> Response:
    """The article as one page that can be kept and opened anywhere."""
    return page_to_save(read_corrected(server.archive, id, version=version).article)
