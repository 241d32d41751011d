"""One item of review: an attribution or a verdict, as the machine has it, as it stands now, and what was done to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, get_args

from sayso.archive.archive import Archive
from sayso.archive.correcting.forms import Correction
from sayso.desk.reviewing.passage import JUDGED, PARTS, Line, passage, written
from sayso.desk.reviewing.telling import Told, tell_all
from sayso.documents import Article, Span
from sayso.errors import NoSuchEntry
from sayso.exports.outline import printable, title_of, words
from sayso.exports.speakers import shown_name
from sayso.records import Act, Attribution, Commitment, Polarity, Quotation, SpeakerKind, attribution_to_json
from sayso.verdict_form import verdict_to_json
from sayso.verdicts import FigureValue, HeadlineFinding, QuoteValue, Verdict

NEW = "new"
"""The target of an attribution that the machine has not found and somebody is about to add."""
CHOICES: dict[str, tuple[str, ...]] = {
    "quotation": get_args(Quotation),
    "stance": get_args(Commitment),
    "polarity": get_args(Polarity),
    "act": get_args(Act),
}
KINDS: tuple[str, ...] = tuple(each for each in get_args(SpeakerKind) if each not in ("place", "other"))
VALUES: dict[str, tuple[str, ...]] = {
    "quote": get_args(QuoteValue),
    "headline": get_args(HeadlineFinding),
    "figure": get_args(FigureValue),
}
_PASSAGES = 2
_MANY = 500
"""Corrections of one article that are looked through."""


@dataclass(slots=True)
class Item:
    """One item with the article that it is in."""

    id: int
    """Of the article."""
    target: str
    article: Article
    """As it stands, corrections in force applied."""
    machine: Attribution | None
    now: Attribution | None
    """None of a verdict without an attribution, and where it was found to be none."""
    verdicts: list[Verdict]
    """Those on the attribution, or the one that is the item."""
    found: dict[str, str]
    """What the machine found, by the id of the verdict."""
    history: list[Told]
    """What was done to it, the latest first."""
    lines: list[Line]
    seen: str
    """What a form is made from: something else once somebody corrected it."""

    @property
    def spans(self) -> dict[str, list[Span]]:
        """The parts as they stand."""
        return parts_of(self.now or self.machine)

    @property
    def removed(self) -> bool:
        """Whether somebody said that it is no attribution."""
        return any(each.field == "removed" and each.in_force for each in self.history)

    @property
    def confirmed(self) -> bool:
        """Whether somebody said that all of it is right."""
        return any(each.field == "confirmed" and each.in_force for each in self.history)


def parts_of(attribution: Attribution | None) -> dict[str, list[Span]]:
    """Source, cue and content by name; nothing where there is no attribution."""
    return {part: list(getattr(attribution, part)) if attribution else [] for part in PARTS}


def item_of(archive: Archive, article_id: int, target: str, *, at: Span | None = None) -> Item:
    """The item of that id; `new` is an attribution that is about to be added, `at` where its words are.

    Raises NoSuchEntry.
    """
    form = archive.corrected_form(article_id)
    read, article = form.read, form.article
    machine = next((each for each in read.attributions if each.id == target), None)
    now = next((each for each in article.attributions if each.id == target), None)
    verdicts = [each for each in article.verdicts if target in (each.id, each.attribution)]
    made = _about(archive, article_id, {target, *(each.id for each in verdicts)})
    if not (machine or now or verdicts or made) and target != NEW:
        raise NoSuchEntry("attribution or verdict", target, advice=f"See what is in /articles/{article_id}")
    spans = parts_of(now or machine)
    if verdicts and not (now or machine):
        judged = next((each for each in article.attributions if each.id == verdicts[0].attribution), None)
        spans = {**parts_of(judged), JUDGED: list(verdicts[0].spans)}
    return Item(
        article_id,
        target,
        article,
        machine,
        now,
        verdicts,
        {each.id: each.value for each in read.verdicts},
        tell_all(made, read, article),
        passage(article, spans, at=at),
        seen=f"{made[0].id}.{sum(each.undone_by is not None for each in made)}" if made else "0",
    )


def _about(archive: Archive, article_id: int, targets: set[str]) -> list[Correction]:
    listed = archive.corrections(article=article_id, all=True, limit=_MANY).items
    ids = {str(each.id) for each in listed if each.target in targets and each.field != "undo"}
    return [each for each in listed if each.target in (ids if each.field == "undo" else targets)]


def nesting(item: Item) -> list[dict[str, str]]:
    """The attributions that it may lie inside: none of those inside itself."""
    inner, before = {item.target}, 0
    while len(inner) > before:
        before = len(inner)
        inner |= {each.id for each in item.article.attributions if each.inside in inner}
    return [{"id": name, "text": text} for name, text in labels(item.article).items() if name not in inner]


def labels(article: Article) -> dict[str, str]:
    """Each attribution of an article in a line, by its id."""
    return {each.id: _label(each, article) for each in article.attributions}


def _label(attribution: Attribution, article: Article) -> str:
    head = " ".join(words([*attribution.source, *attribution.cue], article.text).split()) or "nobody named"
    said = " ".join(words(attribution.content, article.text).split())
    return printable(f"{head}: {said if len(said) <= 60 else said[:59].rstrip() + '…'}")


def item_to_json(item: Item) -> dict[str, Any]:
    """The data behind the page of an item."""
    article = item.article
    return {
        "article": {
            "id": item.id,
            "headline": title_of(article),
            "outlet": article.outlet,
            "published": article.published.isoformat() if article.published else None,
        },
        "target": item.target,
        "machine": attribution_to_json(item.machine) if item.machine else None,
        "now": attribution_to_json(item.now) if item.now else None,
        "removed": item.removed,
        "confirmed": item.confirmed,
        "words": {part: written(spans, article.text) for part, spans in item.spans.items()},
        "passage": [
            {"kind": line.kind, "span": list(line.span), "text": line.span.of(article.text), "near": line.near}
            for line in item.lines
        ],
        "verdicts": [_verdict(each, item) for each in item.verdicts],
        "speakers": [{"id": each.id, "name": shown_name(each), "kind": each.kind} for each in article.speakers],
        "inside": nesting(item),
        "history": [each.to_json() for each in item.history],
        "seen": item.seen,
    }


def _verdict(verdict: Verdict, item: Item) -> dict[str, Any]:
    return {
        "id": verdict.id,
        "check": verdict.check,
        "value": verdict.value,
        "machine": item.found.get(verdict.id),
        "text": written(verdict.spans, item.article.text),
        "why": verdict.why,
        "doubt": verdict.doubt,
        "attribution": verdict.attribution,
        "passages": _passages(verdict, item.article),
        "values": _values(verdict),
    }


def _passages(verdict: Verdict, article: Article) -> list[dict[str, Any]]:
    """The words of the transcripts that it rests on."""
    form = verdict_to_json(verdict, article)
    return [
        {"text": each["text"], "speaker": each["speaker"], "transcript": each["transcript"]}
        for each in form.get("passages", [])[:_PASSAGES]
        if each["text"]
    ]


def _values(verdict: Verdict) -> Sequence[str]:
    return list(dict.fromkeys([*VALUES.get(verdict.check, ()), verdict.value]))
