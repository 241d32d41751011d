"""Searching: a query with what narrows it, when it was said, and the statements that it finds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import groupby

from starlette.responses import RedirectResponse

from sayso.archive.archive import Archive
from sayso.archive.forms import Hit, Page
from sayso.archive.json_form import as_json, page_to_json
from sayso.archive.marks import names_in
from sayso.archive.searching.fields import FIELDS
from sayso.archive.searching.query import pointed
from sayso.desk import narrowing, plots
from sayso.desk.asking import Id, Text
from sayso.desk.marks import Mark, choices, told, worded
from sayso.desk.views import View, Views
from sayso.desk.words import query as url_query
from sayso.documents import Span
from sayso.errors import BadQuery, BadSetting, NoSuchEntry
from sayso.web.access import needs
from sayso.web.failures import failure_to_json
from sayso.web.state import Server

views = Views()
FACETS = ("speaker", "outlet", "quotation", "stance", "verdict", "polarity", "act", "is")
_SHOWN = 8
"""Values of a facet that stand there at once; the rest unfolds."""
_NUMBER = re.compile(r"#\d{1,9}", re.ASCII)
_DAYS = ("since", "until", "published")
_SORTS = {
    "relevance": "best match",
    "newest": "newest",
    "oldest": "oldest",
    "said": "day it was said",
    "speaker": "speaker",
    "outlet": "outlet",
}


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of words, found or not."""

    text: str
    found: bool


@dataclass(slots=True)
class Shown:
    """A statement found, as the page has it."""

    hit: Hit
    pieces: list[Piece]
    marks: list[Mark]
    doubtful: bool
    """Whether a verdict on it has a doubt: such a verdict accuses nobody."""


@dataclass(slots=True)
class Group:
    """Statements that stand beside each other and are of one article."""

    first: Hit
    hits: list[Shown]


@dataclass(slots=True)
class Choice:
    """A value of a facet, as a link that narrows the query to it or, where it is chosen, widens it again."""

    label: str
    count: int
    url: str
    chosen: bool


@dataclass(slots=True)
class Facet:
    """One way to narrow what was found."""

    name: str
    first: list[Choice]
    rest: list[Choice] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Chip:
    """A term of the query that can be taken out."""

    label: str
    url: str


@views.view("/search", "search.html", keep=True)
def search(server: Server, q: Text = "", sort: Text = "", after: Text = "") -> View:
    """One page of what a query finds, with facets and a timeline."""
    archive = server.archive
    given: dict[str, object] = {"q": q, "sort": sort, "export": _exports(q), "quotations": choices("quotation")}
    given |= {"stances": choices("stance"), "verdicts": choices("verdict"), "fields": FIELDS.values(), "sorts": _SORTS}
    try:
        page = archive.search(q, sort=sort or None, after=after or None, facets=FACETS)
        shown = archive.timeline(q)
    except (BadQuery, BadSetting) as error:
        where = pointed(error) if isinstance(error, BadQuery) else ""
        failed = failure_to_json(error)
        return View("Search", failed, {**given, "page": None, "pointed": where}, status=error.status)

    def url(query: str) -> str:
        return f"/search{url_query({'q': query, 'sort': sort})}"

    more = {
        **given,
        "page": page,
        "groups": list(groups(page.hits, by="speaker" if page.sort == "speaker" else "article")),
        "facets": [_facet(name, page, q, sort) for name in FACETS if page.facets.get(name)],
        "chips": list(_chips(archive, page, q, sort)),
        "timeline": plots.timeline_of(shown.periods, shown.step, lambda each: url(each.query)),
        "is_empty": not page.total and not q.strip(),
        "next_url": f"/search{url_query({'q': q, 'sort': sort, 'after': page.next})}" if page.next else None,
        "first_url": url(q) if after else None,
        "all_days": url(narrowing.instead(q, _DAYS)) if narrowing.instead(q, _DAYS) != q.strip() else None,
    }
    title = f"Search: {q}" if q.strip() else "Search"
    return View(title, {**page_to_json(page), "timeline": as_json(shown)}, more)


@views.get("/search/narrow", dependencies=[needs("reader")], include_in_schema=False)
def narrow(
    q: Text = "",
    speaker: Text = "",
    outlet: Text = "",
    since: Text = "",
    until: Text = "",
    quotation: Text = "",
    stance: Text = "",
    verdict: Text = "",
    sort: Text = "",
) -> RedirectResponse:
    """To the query that a form's fields make, so that its address can be kept and sent."""
    asked = {"speaker": speaker, "outlet": outlet, "since": since, "until": until}
    asked |= {"quotation": quotation, "stance": stance, "verdict": verdict}
    days = tuple(name for name in ("since", "until") if asked[name].strip())
    more = [narrowing.field(name, value) for name, value in asked.items()]
    query = narrowing.instead(q, days, *more) if days else narrowing.with_term(q, *more)
    return RedirectResponse(f"/search{url_query({'q': query, 'sort': sort})}", status_code=303)


@views.get("/statements/{id}", dependencies=[needs("reader")], include_in_schema=False)
def statement(server: Server, id: Id) -> RedirectResponse:
    """To a statement in its article."""
    place = server.archive.statement_place(id)
    return RedirectResponse(f"/articles/{place.article}#s-{place.local}", status_code=303)


def groups(hits: Iterable[Hit], *, by: str = "article") -> Iterator[Group]:
    """The hits in their order, those beside each other that share an article, or a speaker, together."""
    for _, found in groupby(hits, key=lambda hit: hit.article if by == "article" else (hit.speaker, hit.speaker_name)):
        some = list(found)
        yield Group(some[0], [_shown(hit) for hit in some])


def _shown(hit: Hit) -> Shown:
    doubtful = "doubtful" in names_in(hit.marks, "is")
    return Shown(hit, pieces(hit.snippet or hit.text, hit.found), told(hit.marks), doubtful)


def pieces(text: str, found: Iterable[Span]) -> list[Piece]:
    """A text in stretches, those that were found apart from the others.

    >>> [(piece.text, piece.found) for piece in pieces("the ferry sank", [Span(4, 9)])]
    [('the ', False), ('ferry', True), (' sank', False)]
    """
    parts: list[Piece] = []
    at = 0
    for span in sorted(found):
        parts += [Piece(text[at : span.start], False), Piece(text[span.start : span.end], True)]
        at = span.end
    return [each for each in (*parts, Piece(text[at:], False)) if each.text]


def _facet(name: str, page: Page, query: str, sort: str) -> Facet:
    had = narrowing.terms(query)
    shown = []
    for each in page.facets[name]:
        chosen = each.query in had
        new = narrowing.without(query, each.query) if chosen else narrowing.with_term(query, each.query)
        label = each.value if name in ("speaker", "outlet") else worded(name, each.value)
        shown.append(Choice(label, each.count, f"/search{url_query({'q': new, 'sort': sort})}", chosen))
    return Facet(name, shown[:_SHOWN], shown[_SHOWN:])


def _chips(archive: Archive, page: Page, query: str, sort: str) -> Iterator[Chip]:
    """The terms of the query, each to be taken out with one click."""
    names = {each.query: each.value for each in page.facets.get("speaker", [])}
    for term in narrowing.terms(query):
        label = f"speaker: {names[term]}" if term in names else _worded_term(archive, term)
        yield Chip(label, f"/search{url_query({'q': narrowing.without(query, term), 'sort': sort})}")


def _worded_term(archive: Archive, term: str) -> str:
    excluded = "not " if term.startswith(("-", "NOT ")) else ""
    name, colon, value = term.removeprefix("NOT ").lstrip("-").partition(":")
    if not colon or name not in FIELDS:
        return term
    if name == "speaker" and _NUMBER.fullmatch(value):
        with suppress(NoSuchEntry):
            value = archive.speaker(int(value[1:])).name
    value = value.strip('"')
    return f"{excluded}{name}: {worded(name, value)}"


def _exports(query: str) -> list[tuple[str, str]]:
    """Where what was found can be had as files: a name and an address each."""
    asked = url_query({"q": query})
    return [(name, f"/api/v1/exports/{form}{asked}") for name, form in (("CSV", "csv"), ("JSON Lines", "jsonl"))]
