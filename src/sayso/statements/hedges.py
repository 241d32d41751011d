"""The words by which an outlet keeps its distance from a content, or vouches for it, beside the cue: "allegedly",
"alleged", "so-called", "falsely claimed".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from sayso.documents import Article, Span
from sayso.records import Attribution
from sayso.statements.lexicon import Sense, load_lexicon

_NOT_AN_ADJECTIVE = re.compile(r"\s+(?:that|he|she|they|we|it|there|the|an?|his|her|their|its)\b", re.IGNORECASE)
_DUTY = re.compile(r"\s+to\b")
_WORD_AFTER = re.compile(r"[\s\"“‘'«]+\w")


def add_hedges(article: Article, quoted: list[Span]) -> None:
    """Adds each hedge in the outlet's own words to the stance of the innermost attribution it belongs to, in place.

    That is the attribution in whose cue it stands or right before whose cue ("alleged threats"), else the one whose
    content or source holds it. One in quotation marks (`quoted`) is the speaker's and does not count.
    """
    hits = list(_hits(article.text))
    if not hits or not article.attributions:
        return
    depths = _depths(article.attributions)
    ordered = sorted(article.attributions, key=lambda each: (-depths[each.id], _size(each)))
    for span, sense in hits:
        if any(quote.contains(span) for quote in quoted):
            continue
        owner = _beside(article.text, ordered, span, sense)
        if owner is None and sense.part != "beside":
            owner = next(
                (each for each in ordered if any(part.contains(span) for part in (*each.content, *each.source))), None
            )
        if owner is not None:
            _mark(owner, span, sense)


def _mark(attribution: Attribution, span: Span, sense: Sense) -> None:
    stance = attribution.stance
    if any(word.contains(span) for word in stance.words) and stance.value == sense.stance:
        return
    if sense.stance == "endorsing" and (stance.value == "distancing" or attribution.polarity != "affirms"):
        return
    if stance.value != sense.stance:
        stance.value, stance.words = sense.stance, []
    stance.words = sorted([*stance.words, span])
    stance.confidence = 1.0


def _beside(text: str, ordered: list[Attribution], span: Span, sense: Sense) -> Attribution | None:
    """The attribution whose cue holds the word, or comes right after it."""
    for each in ordered:
        for cue in each.cue:
            if (cue.contains(span) and (sense.part != "beside" or span.end < cue.end)) or (
                span.end < cue.start <= span.end + 2 and text[span.end : cue.start].isspace()
            ):
                return each
    return None


def _hits(text: str) -> Iterator[tuple[Span, Sense]]:
    """Every hedge of a text, with its sense."""
    small = text.lower()
    if len(small) != len(text):
        # A few letters of other scripts grow when made small: then offsets would not hold.
        small = "".join(each.lower() if len(each.lower()) == 1 else each for each in text)
    for word, (pattern, sense) in _hedges().items():
        if word not in small:
            continue
        for found in pattern.finditer(small):
            adjective = sense.part == "adjective"
            if adjective and (not _WORD_AFTER.match(text, found.end()) or _NOT_AN_ADJECTIVE.match(text, found.end())):
                continue
            if word == "supposed" and _DUTY.match(text, found.end()):
                continue
            yield Span(*found.span()), sense


@cache
def _hedges() -> dict[str, tuple[re.Pattern[str], Sense]]:
    """The adverbs and adjectives of the lexicon that show a stance, each with the pattern that finds it."""
    return {
        word: (re.compile(rf"(?<![\w-]){re.escape(word)}(?![\w-])"), sense)
        for word, senses in load_lexicon().words.items()
        for sense in senses
        if sense.part in ("adverb", "adjective", "beside")
        and sense.stance != "neutral"
        and (sense.part == "beside" or sense.act == "communication")
    }


def _depths(attributions: list[Attribution]) -> dict[str, int]:
    """How many attributions each one lies inside."""
    inside = {each.id: each.inside for each in attributions}
    depths: dict[str, int] = {}
    for each, holder in inside.items():
        outer, depth = holder, 0
        while outer is not None and depth < len(inside):
            outer, depth = inside.get(outer), depth + 1
        depths[each] = depth
    return depths


def _size(attribution: Attribution) -> int:
    return sum(span.end - span.start for span in attribution.content)
