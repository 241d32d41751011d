"""The record of an article as plain data, and its one JSON form (version 1).

Every field of the form is written out, `null` and empty lists included, so that a consumer meets one shape only.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from sayso.documents import Article, Span
from sayso.verdict_form import figure_to_json, transcript_head, verdict_to_json

FORM_VERSION = "1"

Quotation = Literal["direct", "indirect", "mixed"]
Act = Literal["communication", "attitude", "factive", "control"]
Polarity = Literal["affirms", "denies", "questions"]
Commitment = Literal["neutral", "endorsing", "distancing"]
SpeakerKind = Literal[
    "person", "organisation", "government", "document", "group", "anonymous", "author", "place", "other"
]
"""`author` is the article's own voice; `place` and `other` are only ever talked about."""
RelationKind = Literal["repeats", "disputes", "responds to", "supports"]


@dataclass(slots=True)
class Stance:
    """How far the outlet commits itself by its wording, with the words that show it."""

    value: Commitment = "neutral"
    words: list[Span] = field(default_factory=list)
    confidence: float = 1.0
    """Low where the cue is one that the lexicon does not have."""


@dataclass(slots=True)
class Occasion:
    """Where and when something was said, apart from when it was published."""

    words: list[Span] = field(default_factory=list)
    date: str | None = None
    """`2026-03-14`, or `03-14` where no year follows from dateline or publication."""
    place: str | None = None
    medium: str | None = None
    """What it was said in or to: "a press conference", "Reuters", "X", "a statement"."""
    addressee: str | None = None
    question: list[Span] = field(default_factory=list)
    """The words that tell what was asked ("Asked to comment on ...")."""


@dataclass(slots=True)
class Candidate:
    """A speaker that an attribution may have; `score` is the calibrated chance that it is this one."""

    speaker: str
    score: float


@dataclass(slots=True)
class Speaker:
    """One person, organisation, government, document or group of an article, under all its names.

    The same form serves those who speak and those who are only talked about.
    """

    id: str
    name: str
    """The fullest name in the article, without titles where it is a person's."""
    kind: SpeakerKind = "person"
    titles: list[str] = field(default_factory=list)
    """In the article's words, in text order: "NATO Secretary General", "the minister"."""
    mentions: list[Span] = field(default_factory=list)
    """In text order."""
    stands_for: str | None = None
    """Of a metonym ("Kyiv", "the Kremlin"): the government or institution that it stands for."""


@dataclass(slots=True)
class Statement:
    """What one speaker said, once; its attributions are where the article reports it."""

    id: str
    speaker: str | None
    attributions: list[str]
    text: str
    """The fullest wording in the article."""


@dataclass(slots=True)
class Relation:
    """Between two statements, by their ids, with the words that show it."""

    kind: RelationKind
    from_: str
    to: str
    evidence: list[Span] = field(default_factory=list)


@dataclass(slots=True)
class Attribution:
    """Who is said to have said what: source, cue and content (the attribution relation of PARC 3.0 and PolNeAR).

    Any part can be several spans; `source` is empty where the article names nobody, `cue` where the layout alone
    attributes (a quotation standing by itself).
    """

    id: str
    source: list[Span]
    cue: list[Span]
    content: list[Span]
    quotation: Quotation = "indirect"
    inside: str | None = None
    """Id of the attribution in whose content this one lies."""
    confidence: float = 0.0
    """Calibrated: of the attributions given 0.8, about eight in ten are right (docs/accuracy.md has the figures)."""
    act: Act | None = None
    """What the cue reports; None until statements are composed."""
    stance: Stance = field(default_factory=Stance)
    polarity: Polarity | None = None
    """Whether the content is affirmed, denied or questioned by its speaker; None until statements are composed."""
    speaker: str | None = None
    """Id of the speaker; None where nobody is named, or where two are about as likely."""
    candidates: list[Candidate] = field(default_factory=list)
    """The likely speakers, the likeliest first."""
    about: list[str] = field(default_factory=list)
    """Ids of who is talked about in the content."""
    occasion: Occasion = field(default_factory=Occasion)

    def spans(self) -> list[Span]:
        """Every span of the attribution, in text order."""
        return sorted([*self.source, *self.cue, *self.content])


@dataclass(slots=True)
class Chain:
    """An attribution with the ones it lies inside, outermost first."""

    links: list[Attribution] = field(default_factory=list)


def chain_of(attribution: Attribution, attributions: list[Attribution]) -> Chain:
    """The chain of custody of a nested attribution, outermost first, itself last.

    >>> outer = Attribution("a1", [], [], [Span(0, 9)])
    >>> inner = Attribution("a2", [], [], [Span(3, 9)], inside="a1")
    >>> [link.id for link in chain_of(inner, [outer, inner]).links]
    ['a1', 'a2']
    """
    by_id = {each.id: each for each in attributions}
    links = [attribution]
    while links[0].inside is not None and len(links) <= len(by_id):
        links.insert(0, by_id[links[0].inside])
    return Chain(links)


def depths_of(attributions: list[Attribution]) -> dict[str, int]:
    """How many others each attribution lies inside, by id; one that goes round in a circle is counted once round.

    >>> depths_of([Attribution("a1", [], [], []), Attribution("a2", [], [], [], inside="a1")])
    {'a1': 0, 'a2': 1}
    """
    inside = {each.id: each.inside for each in attributions}
    depths = {}
    for name, holder in inside.items():
        outer, depth = holder, 0
        while outer is not None and outer in inside and depth < len(inside):
            depth += 1
            outer = inside[outer]
        depths[name] = depth
    return depths


def _spans(spans: list[Span]) -> list[list[int]]:
    return [list(span) for span in spans]


def attribution_to_json(attribution: Attribution) -> dict[str, Any]:
    """One attribution in the JSON form."""
    stance, occasion = attribution.stance, attribution.occasion
    return {
        "id": attribution.id,
        "source": _spans(attribution.source),
        "cue": _spans(attribution.cue),
        "content": _spans(attribution.content),
        "quotation": attribution.quotation,
        "act": attribution.act,
        "stance": {"value": stance.value, "words": _spans(stance.words), "confidence": round(stance.confidence, 3)},
        "polarity": attribution.polarity,
        "speaker": attribution.speaker,
        "candidates": [{"speaker": each.speaker, "score": round(each.score, 3)} for each in attribution.candidates],
        "about": list(attribution.about),
        "inside": attribution.inside,
        "occasion": {
            "words": _spans(occasion.words),
            "date": occasion.date,
            "place": occasion.place,
            "medium": occasion.medium,
            "addressee": occasion.addressee,
            "question": _spans(occasion.question),
        },
        "confidence": round(attribution.confidence, 3),
    }


def speaker_to_json(speaker: Speaker) -> dict[str, Any]:
    """One speaker in the JSON form."""
    return {
        "id": speaker.id,
        "name": speaker.name,
        "kind": speaker.kind,
        "titles": list(speaker.titles),
        "mentions": _spans(speaker.mentions),
        "stands_for": speaker.stands_for,
    }


def statement_to_json(statement: Statement) -> dict[str, Any]:
    """One statement in the JSON form."""
    return {
        "id": statement.id,
        "speaker": statement.speaker,
        "attributions": list(statement.attributions),
        "text": statement.text,
    }


def relation_to_json(relation: Relation) -> dict[str, Any]:
    """One relation in the JSON form."""
    return {"kind": relation.kind, "from": relation.from_, "to": relation.to, "evidence": _spans(relation.evidence)}


def article_to_json(article: Article) -> dict[str, Any]:
    """The whole record of an article in the JSON form, ready for `json.dumps`."""

    def span(value: Span | None) -> list[int] | None:
        return None if value is None else list(value)

    dateline = article.dateline
    return {
        "sayso": FORM_VERSION,
        "article": {
            "id": article.id,
            "text": article.text,
            "language": article.language,
            "headline": span(article.headline),
            "standfirst": span(article.standfirst),
            "byline": span(article.byline),
            "dateline": None
            if dateline is None
            else {
                "span": list(dateline.span),
                "place": dateline.place,
                "date": dateline.date.isoformat() if dateline.date else None,
                "agency": dateline.agency,
            },
            "sections": [{"heading": list(each.heading), "span": list(each.span)} for each in article.sections],
            "paragraphs": _spans(article.paragraphs),
            "outlet": article.outlet,
            "published": article.published.isoformat() if article.published else None,
            "url": article.url,
            "source": None
            if article.source is None
            else {"name": article.source.name, "encoding": article.source.encoding},
            "warnings": list(article.warnings),
        },
        "speakers": [speaker_to_json(each) for each in article.speakers],
        "mentioned": [speaker_to_json(each) for each in article.mentioned],
        "attributions": [attribution_to_json(each) for each in article.attributions],
        "statements": [statement_to_json(each) for each in article.statements],
        "relations": [relation_to_json(each) for each in article.relations],
        "figures": [figure_to_json(each, article.text) for each in article.figures],
        "verdicts": [verdict_to_json(each, article) for each in article.verdicts],
        "transcripts": [transcript_head(each) for each in article.transcripts],
    }
