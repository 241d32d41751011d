"""An article of the archive as people corrected it, with what the machine had said instead."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sayso.archive.archive import Archive
from sayso.archive.correcting.forms import Correction
from sayso.documents import Article, Span
from sayso.exports.checkparts import shortened
from sayso.exports.outline import printable, words
from sayso.exports.speakers import Cast

_LONGEST = 120
_TOLD = {
    "spans": "Words corrected",
    "speaker": "Speaker corrected",
    "inside": "Nesting corrected",
    "stance": "Stance corrected",
    "quotation": "Quotation corrected",
    "act": "Act corrected",
    "polarity": "Polarity corrected",
    "verdict": "Verdict set",
    "added": "Added",
    "removed": "Removed",
    "confirmed": "Confirmed",
}


class Remark(NamedTuple):
    """One correction in words: what was done, by whom, when, and what the machine had."""

    field: str
    told: str
    before: str
    """"" where the machine had nothing, or nothing else."""
    after: str
    by: str
    at: str
    reason: str
    target: str


@dataclass(slots=True)
class Corrected:
    """An article with the corrections in force applied, and these by what they are of."""

    article: Article
    remarks: dict[str, list[Remark]] = field(default_factory=dict)
    """By the id of an attribution or of a verdict."""
    removed: list[Remark] = field(default_factory=list)
    """Of attributions that people took away: they have no place in the article any more."""
    total: int = 0


def read_corrected(archive: Archive, id: int, *, version: int | None = None) -> Corrected:
    """The article as it stands with people's corrections; an old version as the machine read it.

    Raises NoSuchEntry, DamagedArchive.
    """
    if version is not None:
        return Corrected(archive.article(id, version=version))
    form = archive.corrected_form(id)
    if not form.notes:
        return Corrected(form.article)
    remarks: dict[str, list[Remark]] = {}
    removed: list[Remark] = []
    for target, corrections in form.notes.items():
        for each in corrections:
            told = remark_of(each, form.read, form.article)
            if each.field == "removed":
                removed.append(told)
            else:
                remarks.setdefault(target, []).append(told)
    return Corrected(form.article, remarks, removed, sum(map(len, form.notes.values())))


def remark_of(correction: Correction, machine: Article, article: Article) -> Remark:
    """A correction in words."""
    before = value_in_words(correction.field, correction.before, machine)
    return Remark(
        correction.field,
        _TOLD.get(correction.field, "Corrected"),
        "" if correction.field in ("added", "confirmed") else before,
        value_in_words(correction.field, correction.after, article),
        printable(correction.by),
        correction.at,
        printable(correction.reason),
        correction.target,
    )


def value_in_words(name: str, value: Any, article: Article) -> str:
    """What a correction had before or has after, as people read it."""
    if name in ("spans", "added", "removed"):
        spans = value.get("content", ()) if isinstance(value, dict) else ()
        told = words([Span(*each) for each in _pairs(spans)], article.text)
        return f"“{printable(shortened(told, _LONGEST))}”" if told else ""
    if isinstance(value, dict):
        value = value.get("name") or value.get("speaker") or value.get("value")
    if value is None:
        return {"speaker": "nobody", "inside": "outside of any other"}.get(name, "")
    if name == "speaker":
        return Cast(article).name(str(value))
    if name == "inside":
        inner = next((each for each in article.attributions if each.id == value), None)
        return f"inside “{printable(shortened(words(inner.content, article.text), _LONGEST))}”" if inner else "inside"
    return printable(str(value))


def _pairs(spans: Iterable[Any]) -> Iterable[tuple[int, int]]:
    return [(int(each[0]), int(each[1])) for each in spans]
