"""Corrections in words: what was corrected, what was there before, and what is there now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sayso.archive.correcting.forms import Correction
from sayso.archive.json_form import as_json
from sayso.desk.reviewing.passage import GAP, PARTS
from sayso.documents import Article, Span
from sayso.exports.outline import printable
from sayso.exports.speakers import shown_name

WHAT = {
    "spans": "words",
    "speaker": "speaker",
    "inside": "nesting",
    "stance": "stance",
    "quotation": "quotation",
    "act": "act",
    "polarity": "polarity",
    "verdict": "verdict",
    "added": "a new attribution",
    "removed": "not an attribution",
    "confirmed": "all right",
    "undo": "undone",
}
NOBODY = "nobody named"
_LONG = 80
"""Letters of another attribution that are quoted."""


@dataclass(frozen=True, slots=True)
class Told:
    """A correction with its sides in words."""

    correction: Correction
    what: str
    before: str
    after: str

    @property
    def field(self) -> str:
        """What of the record it is about."""
        return str(self.correction.field)

    @property
    def in_force(self) -> bool:
        """Whether it is what stands."""
        return self.correction.standing == "in force" and self.field != "undo"

    @property
    def undoable(self) -> bool:
        """Whether somebody can take it back: the latest and any earlier one of this version of the article."""
        return self.correction.standing in ("in force", "superseded") and self.field != "undo"

    def to_json(self) -> dict[str, Any]:
        """The correction in the archive's own form, with its words."""
        told: dict[str, Any] = as_json(self.correction)
        return {**told, "in_words": {"what": self.what, "before": self.before, "after": self.after}}


def tell_all(made: Sequence[Correction], read: Article, now: Article) -> list[Told]:
    """Corrections of one article in words; `read` is the article as the machine read it, `now` as it stands.

    What a row undid is named where that row is among them.
    """
    fields = {str(each.id): each.field for each in made}

    def told(each: Correction) -> Told:
        field = fields.get(each.target, each.field) if each.field == "undo" else each.field
        sides = [_side(field, value, read, now) for value in _differing(field, each.before, each.after)]
        what = WHAT.get(field, field)
        if field == "confirmed":
            # Nothing is another than before, so there are no two sides: what was found right stands beside it.
            value = sides[0] or sides[1]
            return Told(each, f"{what}: {value}" if value else what, "", "")
        return Told(each, what, *sides)

    return [told(each) for each in made]


def _differing(field: str, before: Any, after: Any) -> tuple[Any, Any]:
    """The sides, of other words only the parts in which they differ."""
    if field != "spans" or not (before and after):
        return before, after
    same = [part for part in PARTS if before.get(part) == after.get(part)]
    sides = [{part: side.get(part) for part in PARTS if part not in same} for side in (before, after)]
    return sides[0], sides[1]


def _side(field: str, value: Any, read: Article, now: Article) -> str:
    if field in ("spans", "added", "removed"):
        return _spans(value or {}, read.text)
    if field == "speaker":
        return _speaker(value or {}, read, now)
    if field == "inside":
        return _outer((value or {}).get("inside"), read, now)
    return printable(str((value or {}).get("value") or ""))


def _spans(parts: dict[str, Any], text: str) -> str:
    told = []
    for part in PARTS:
        stretches = [" ".join(Span(*each).of(text).split()) for each in parts.get(part) or []]
        if part in parts:
            told.append(f"{part}: {GAP.join(stretches)}" if stretches else f"no {part}")
    return printable("; ".join(told))


def _speaker(value: dict[str, Any], read: Article, now: Article) -> str:
    name, id = value.get("name"), value.get("speaker")
    if name or id is None:
        return printable(str(name)) if name else NOBODY
    people = {each.id: each for each in (*read.speakers, *read.mentioned, *now.speakers, *now.mentioned)}
    return shown_name(people[id]) if id in people else printable(str(id))


def _outer(id: str | None, read: Article, now: Article) -> str:
    if id is None:
        return "not inside another"
    outer = {each.id: each for each in (*read.attributions, *now.attributions)}.get(id)
    said = " ".join(" ".join(span.of(read.text) for span in outer.spans()[:3]).split()) if outer else id
    return printable(f"inside “{said if len(said) <= _LONG else said[: _LONG - 1].rstrip() + '…'}”")
