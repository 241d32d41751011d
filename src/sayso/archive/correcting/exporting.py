"""Corrected articles as training data: one JSON line an article, in the form of the corpora that `training/` reads.

The fields `id`, `text` and `attributions` with `source`, `cue` and `content` are PolNeAR's as `training.corpora` reads
it; the others are docs/corrections.md's. Only what somebody corrected or confirmed is in it: `known` says which parts
of an attribution that is, and `complete` that all of the article was looked at, so that what is not marked is nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import select

from sayso.archive.batches import batches
from sayso.archive.correcting.forms import FIELDS, Corrected
from sayso.archive.correcting.rows import corrected_version, newest_of
from sayso.archive.schema import correction, version
from sayso.archive.stores.base import Store
from sayso.documents import Span
from sayso.records import Attribution, attribution_to_json, speaker_to_json

FORM = "1"
PARTS = ("spans", "speaker", "inside", "stance", "quotation", "act", "polarity")
"""What can be known of an attribution, by the fields of corrections."""
AT_ONCE = 50


def export_corrections(store: Store, articles: Iterable[int] | None = None) -> Iterator[dict[str, Any]]:
    """The corrected articles, by id: all that have something to learn from, or those that are named.

    Raises NoSuchEntry for one that is not there, DamagedArchive.
    """
    with store.reading() as connection:
        if articles is None:
            wanted = (
                select(version.c.article_id)
                .join(correction, correction.c.version_id == version.c.id)
                .where(version.c.newest, correction.c.undone_by.is_(None), correction.c.field.in_(FIELDS))
                .distinct()
                .order_by(version.c.article_id)
            )
            articles = list(connection.scalars(wanted))
    for some in batches(list(articles), AT_ONCE):
        with store.reading() as connection:
            found = [
                (number, corrected_version(connection, newest_of(connection, number), where=store.where))
                for number in some
            ]
        for number, form in found:
            line = training_form(form, article_id=number)
            if line["complete"] or line["attributions"] or line["removed"]:
                yield line


def training_form(corrected: Corrected, *, article_id: int | None = None) -> dict[str, Any]:
    """One corrected article in this form."""
    article = corrected.article
    complete = corrected.confirmed()
    known = {each.id: _known(each, corrected, complete=complete) for each in article.attributions}
    kept = [each for each in article.attributions if known[each.id]]
    places = {each.id: place for place, each in enumerate(kept)}
    gone = {name for name, some in corrected.notes.items() if any(each.field == "removed" for each in some)}
    removed = [each for each in corrected.read.attributions if each.id in gone]
    attributions = []
    for each in kept:
        form = attribution_to_json(each)
        for name in ("id", "candidates", "about", "confidence", "occasion"):
            del form[name]
        del form["stance"]["confidence"]
        nested = each.inside is not None
        attributions.append(form | {"inside": places.get(each.inside or ""), "nested": nested, "known": known[each.id]})
    speakers = {each.speaker for each in kept}
    return {
        "sayso_corrections": FORM,
        "id": article.id,
        "article": article_id,
        "text": article.text,
        "outlet": article.outlet,
        "published": article.published.isoformat() if article.published else None,
        "complete": complete,
        "headline": _span(article.headline),
        "standfirst": _span(article.standfirst),
        "byline": _span(article.byline),
        "headings": [list(each.heading) for each in article.sections],
        "paragraphs": [list(each) for each in article.paragraphs],
        "attributions": attributions,
        "removed": [
            {part: [list(span) for span in getattr(each, part)] for part in ("source", "cue", "content")}
            for each in removed
        ],
        "speakers": [speaker_to_json(each) for each in article.speakers if each.id in speakers],
        "by": sorted({each.by for some in corrected.notes.values() for each in some}),
    }


def _known(each: Attribution, corrected: Corrected, *, complete: bool) -> list[str]:
    """What somebody said of an attribution, in words or by confirming it."""
    notes = corrected.notes.get(each.id, [])
    if complete or any(note.field == "confirmed" for note in notes):
        return list(PARTS)
    found = {note.field for note in notes}
    for note in notes:
        if note.field == "added":
            found |= {"spans", *(name for name in ("speaker", "inside") if name in note.after)}
    return [name for name in PARTS if name in found]


def _span(span: Span | None) -> list[int] | None:
    return None if span is None else list(span)
