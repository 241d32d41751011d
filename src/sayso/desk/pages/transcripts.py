"""The transcripts of the archive: a list, and each with what articles quote of it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from fastapi import Request

from sayso.adding import DAYS_AFTER, DAYS_BEFORE
from sayso.archive.json_form import as_json
from sayso.desk.asking import Id, Text
from sayso.desk.transcript_page import Quoted, name_of, quotes_of, turns_of
from sayso.desk.views import View, Views
from sayso.documents import Transcript
from sayso.exports.outline import printable
from sayso.plain import to_plain
from sayso.web.state import Server, Serving

views = Views()
_MOST_LOOKED_AT = 30
"""Articles, those of the nearest days, that are looked at for quotes of a transcript: each takes some milliseconds."""
_HELD = {"verbatim", "marked", "tidied", "trimmed", "altered", "spliced", "misattributed"}
"""Verdicts on a quote that a transcript holds."""


@views.view("/transcripts", "transcripts.html", keep=True)
def transcripts(server: Server, after: Text = "") -> View:
    """The transcripts in the archive, the latest first."""
    found = server.archive.transcript_list(limit=50, after=after or None)
    return View("Transcripts", as_json(found), {"after": after})


@views.view("/transcripts/{id:int}", "transcript.html", keep=True)
def transcript(request: Request, server: Server, id: Id) -> View:
    """One transcript with its turns, and the quotes that rest on it."""
    found = server.archive.transcript(id)
    title = name_of(found)
    looked_at, more_articles = _articles_round(server, found)
    quoted = quotes_of(found, server.archive.articles(looked_at))
    head = {"id": id, "quoted": as_json([_quoted_json(each) for each in quoted])}
    if request.url.path.endswith(".json"):
        plain = to_plain(found)
        # The way back to the source is of no use to others.
        return View(title, {**head, "transcript": {**plain, "source": None, "offsets": None}})
    more = {
        "name": title,
        "transcript": found,
        "partial": found.partial is not None,
        "speakers": list(dict.fromkeys(printable(each.speaker) for each in found.turns if each.speaker)),
        "turns": turns_of(found, quoted),
        "quoted": quoted,
        "looked_at": len(looked_at),
        "more_articles": more_articles,
    }
    return View(title, head, more)


def _articles_round(server: Serving, found: Transcript) -> tuple[list[int], bool]:
    """The checked articles that can quote it, by their days, and whether there are more than are looked at."""
    day = found.date
    since = day - timedelta(days=DAYS_AFTER) if day else None
    until = day + timedelta(days=DAYS_BEFORE) if day else None
    rows = server.archive.article_list(since=since, until=until, limit=100)
    quoting = [each for each in rows.items if _HELD & each.verdicts.keys()]
    if day is not None:
        quoting.sort(key=lambda each: abs((date.fromisoformat((each.published or "")[:10]) - day).days))
    more = len(quoting) > _MOST_LOOKED_AT or rows.next is not None
    return [each.id for each in quoting[:_MOST_LOOKED_AT]], more


def _quoted_json(quoted: Quoted) -> dict[str, Any]:
    return {**as_json(quoted), "quotes": [each._asdict() for each in quoted.quotes]}
