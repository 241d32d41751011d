"""Tracing: every wording of one utterance, who printed it when, and who disputes it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sayso.archive.archive import Archive
from sayso.archive.forms import Hit
from sayso.archive.json_form import as_json
from sayso.archive.tracing.forms import Source, Trace
from sayso.desk.aligning import kinds, prints, rows
from sayso.desk.asking import Number, Text
from sayso.desk.views import View, Views
from sayso.errors import BadSetting
from sayso.web.state import Server

views = Views()
_ROUND = 240
"""Characters of the transcript before and after what was said."""
_EXAMPLES = 5
_TELLING = 6
"""Words from which a quotation is worth following."""


@dataclass(frozen=True, slots=True)
class Said:
    """The words in the transcript, with some of what stands round them."""

    before: str
    text: str
    after: str


@views.view("/trace", "trace.html", heavy=True, keep=True)
def trace(
    server: Server, q: Text = "", statement: Number = None, speaker: Text = "", since: Text = "", until: Text = ""
) -> View:
    """One utterance through all articles, by its words or by a statement that tells it."""
    archive = server.archive
    q = q.strip()
    is_asked = bool(q) or statement is not None
    found = Trace("", "")
    if is_asked:
        found = archive.trace(
            "" if statement is not None else q,
            statement=statement,
            speaker=speaker.strip() or None,
            since=_day("since", since),
            until=_day("until", until),
        )
    articles = {each.article for wording in found.wordings for each in wording.occurrences}
    more = {
        "trace": found,
        "is_asked": is_asked,
        "asked": {"q": q or found.asked, "statement": statement, "speaker": speaker, "since": since, "until": until},
        "rows": rows(found),
        "prints": prints(found),
        "articles": len(articles),
        "kinds": kinds().values(),
        "said": _said(archive, found.source) if found.source else None,
        "nearest": list(zip(found.nearest, found.nearest_texts, strict=True)),
        "examples": [] if is_asked else _examples(archive),
    }
    title = f"Trace: {found.reference[:60]}" if found.reference else "Trace"
    return View(title, as_json(found), more)


def _day(name: str, value: str) -> date | None:
    """Raises BadSetting for what is no day."""
    if not value.strip():
        return None
    try:
        return date.fromisoformat(value.strip())
    except ValueError:
        raise BadSetting(name, value, "a day such as 2026-03-14") from None


def _said(archive: Archive, source: Source) -> Said:
    """Whole words round a passage, of a transcript that the archive has."""
    text = archive.transcript(source.transcript).text
    start, end = source.span
    before, after = text[max(0, start - _ROUND) : start], text[end : end + _ROUND]
    if start > _ROUND:
        before = "… " + before.partition(" ")[2]
    if end + _ROUND < len(text):
        after = after.rpartition(" ")[0] + " …"
    return Said(before, text[start:end], after)


def _examples(archive: Archive) -> list[Hit]:
    """Something to begin with: the newest quotations, those of a few words left out where there are others."""
    found = archive.search("quotation:direct", limit=4 * _EXAMPLES).hits
    return sorted(found, key=lambda hit: len(hit.text.split()) < _TELLING)[:_EXAMPLES]
