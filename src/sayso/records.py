"""The record of an article as plain data, and its one JSON form (version 1).

Every field of the form is written out, `null` and empty lists included, so that a consumer meets one shape only.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from sayso.documents import Article, Span

FORM_VERSION = "1"

Quotation = Literal["direct", "indirect", "mixed"]
Act = Literal["communication", "attitude", "factive", "control"]
Polarity = Literal["affirms", "denies", "questions"]


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


def _spans(spans: list[Span]) -> list[list[int]]:
    return [list(span) for span in spans]


def attribution_to_json(attribution: Attribution) -> dict[str, Any]:
    """One attribution in the JSON form. Layers that later steps fill (act, stance, speaker) are null or empty."""
    return {
        "id": attribution.id,
        "source": _spans(attribution.source),
        "cue": _spans(attribution.cue),
        "content": _spans(attribution.content),
        "quotation": attribution.quotation,
        "act": None,
        "stance": None,
        "polarity": None,
        "speaker": None,
        "candidates": [],
        "inside": attribution.inside,
        "occasion": None,
        "confidence": round(attribution.confidence, 3),
    }


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
        "speakers": [],
        "attributions": [attribution_to_json(each) for each in article.attributions],
        "statements": [],
        "relations": [],
        "figures": [],
        "verdicts": [],
    }
