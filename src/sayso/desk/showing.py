"""The page of an article, read or kept: what its template gets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sayso.checks.contract import FAIL_ON
from sayso.desk.article_forms import judged
from sayso.desk.article_page import ArticlePage
from sayso.desk.corrected import Corrected
from sayso.desk.speaker_cards import heard_in
from sayso.documents import Article
from sayso.exports.checkparts import WEIGHTS, gravity
from sayso.exports.outline import imprint, summary
from sayso.verdicts import FigureVerdict, HeadlineVerdict, QuoteVerdict


def context_of(
    article: Article,
    page: ArticlePage,
    *,
    home: str,
    here: str = "",
    corrected: Corrected | None = None,
    speakers: Mapping[str, int] | None = None,
) -> dict[str, Any]:
    """What `article.html` has beside its data."""
    return {
        "page": page,
        "heard": heard_in(page.scene, archive=speakers),
        "here": here or home,
        "home": home,
        "imprint": imprint(article),
        "summary": summary(article),
        "tally": tally(article),
        "headline": [
            judged(each) for each in article.verdicts if isinstance(each, HeadlineVerdict) and each.value != "supported"
        ],
        "corrected": corrected.total if corrected else 0,
        "removed": corrected.removed if corrected else [],
        "at_version": None,
        "version_note": "",
        "version_query": "",
        "review": "",
    }


@dataclass(frozen=True, slots=True)
class Tallied:
    """How often a verdict was given."""

    noun: str
    """Before the value, of what is no quote: "headline: "."""
    value: str
    weight: str
    count: int


def tally(article: Article) -> list[Tallied]:
    """The verdicts of an article, counted, those that ask for most first; indirect statements have none."""
    nouns = {HeadlineVerdict.check: "headline: ", FigureVerdict.check: "figure: "}
    counts = Counter(
        (gravity(each, FAIL_ON), nouns.get(each.check, ""), each.value)
        for each in article.verdicts
        if not (isinstance(each, QuoteVerdict) and each.indirect)
    )
    found = [Tallied(noun, value, weight, count) for (weight, noun, value), count in counts.items()]
    return sorted(found, key=lambda each: (WEIGHTS.index(each.weight), each.noun, each.value))
