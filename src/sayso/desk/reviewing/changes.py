"""What somebody filled in on the page of an item, as corrections: one for each field that is not as it stands."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, StringConstraints

from sayso.archive.bounds import NO_NUL
from sayso.desk.reviewing.item import NEW, Item
from sayso.desk.reviewing.passage import PARTS, find, written
from sayso.documents import Span
from sayso.errors import BadRequest

PLAIN = ("quotation", "stance", "polarity", "act")
ADDED = "+"
"""The value of the list of speakers for a new one, whose name stands beside it."""


Line = Annotated[str, StringConstraints(pattern=NO_NUL, max_length=2_000)]
Words = Annotated[str, StringConstraints(pattern=NO_NUL, max_length=100_000)]


class ReviewForm(BaseModel):
    """The fields of the page of an item; None where the page had no such field."""

    model_config = ConfigDict(extra="ignore")

    do: Line = "save"
    """`save`, `confirm` or `remove`: the button that was pressed."""
    seen: Line = ""
    source: Words | None = None
    cue: Words | None = None
    content: Words | None = None
    """The words of a part, as `written` has them."""
    spans: Words = ""
    """What was picked by a script: the parts as JSON, `{"source": [[0, 8]], ...}`; it stands before the words."""
    speaker: Line | None = None
    speaker_name: Line = ""
    speaker_kind: Line = "person"
    inside: Line | None = None
    quotation: Line | None = None
    stance: Line | None = None
    polarity: Line | None = None
    act: Line | None = None
    verdict_id: list[Line] = []
    verdict: list[Line] = []
    reason: Line = ""


@dataclass(frozen=True, slots=True)
class Change:
    """A correction that is wanted, as `Archive.correct` takes it."""

    field: str
    target: str
    after: Any


def changes_of(form: ReviewForm, item: Item) -> list[Change]:
    """The corrections that a form asks for, in the order in which they are to be made.

    Raises BadRequest, with the field, where words are not in the passage or a name is missing.
    """
    spans = _spans(form, item)
    if form.do == "remove":
        return [Change("removed", item.target, {})]
    if item.target == NEW:
        return [Change("added", "", _whole(form, spans))]
    found = [] if item.now is None else _of_attribution(form, item, spans)
    now = {each.id: each.value for each in item.verdicts}
    for name, value in zip(form.verdict_id, form.verdict, strict=False):
        if name in now and value and value != now[name]:
            found.append(Change("verdict", name, {"value": value}))
    if form.do == "confirm":
        found.append(Change("confirmed", item.target, {}))
    return found


def _of_attribution(form: ReviewForm, item: Item, spans: dict[str, list[Span]]) -> list[Change]:
    now, target = item.now, item.target
    assert now is not None
    found = []
    if not spans["content"]:
        raise _wrong("content", "Without the words that were said it is not an attribution: say so instead")
    if spans != {part: sorted(each) for part, each in item.spans.items()}:
        found.append(Change("spans", target, {part: [list(span) for span in spans[part]] for part in PARTS}))
    speaker = _speaker(form)
    if speaker is not None and speaker != {"speaker": now.speaker}:
        found.append(Change("speaker", target, speaker))
    if form.inside is not None and (form.inside or None) != now.inside:
        found.append(Change("inside", target, {"inside": form.inside or None}))
    standing = {"quotation": now.quotation, "stance": now.stance.value, "polarity": now.polarity, "act": now.act}
    for field in PLAIN:
        value = getattr(form, field)
        if value and value != standing[field]:
            found.append(Change(field, target, {"value": value}))
    return found


def _whole(form: ReviewForm, spans: dict[str, list[Span]]) -> dict[str, Any]:
    if not spans["content"]:
        raise _wrong("content", "A new attribution needs the words that were said")
    return {
        **{part: [list(span) for span in spans[part]] for part in PARTS},
        **(_speaker(form) or {"speaker": None}),
        "inside": form.inside or None,
    }


def _spans(form: ReviewForm, item: Item) -> dict[str, list[Span]]:
    standing = {part: sorted(each) for part, each in item.spans.items()}
    if form.spans:
        return _picked(form.spans, len(item.article.text))
    text = item.article.text
    within = Span(item.lines[0].span.start, item.lines[-1].span.end) if item.lines else Span(0, len(text))
    near = min((span.start for each in standing.values() for span in each), default=within.start)
    found = {}
    for part in PARTS:
        told = getattr(form, part)
        if told is None or " ".join(told.split()) == written(standing[part], text):
            found[part] = standing[part]
            continue
        spans = find(told, text, within=within, near=standing[part][0].start if standing[part] else near)
        if spans is None:
            raise _wrong(part, f"These words of the {part} are not in the passage as they are written here: {told!r}")
        found[part] = spans
    return found


def _picked(told: str, length: int) -> dict[str, list[Span]]:
    try:
        data = json.loads(told)
        found = {part: sorted({Span(int(start), int(end)) for start, end in data.get(part, [])}) for part in PARTS}
    except (ValueError, TypeError, AttributeError, OverflowError, RecursionError):
        raise _wrong("spans", "The words that were picked cannot be read") from None
    if not all(0 <= span.start < span.end <= length for each in found.values() for span in each):
        raise _wrong("spans", "The words that were picked are not in the article")
    return found


def _speaker(form: ReviewForm) -> dict[str, Any] | None:
    name = " ".join(form.speaker_name.split())
    if form.speaker == ADDED and not name:
        raise _wrong("speaker_name", "A new speaker needs a name")
    # A name that was typed is meant, whatever the list beside it says: without scripts nothing keeps the two in step.
    if name:
        return {"name": name, "kind": form.speaker_kind}
    return None if form.speaker is None else {"speaker": form.speaker or None}


def _wrong(field: str, reason: str) -> BadRequest:
    return BadRequest(reason, fields=({"field": field, "reason": reason},))
