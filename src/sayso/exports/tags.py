"""What an attribution is tagged with: only what is out of the ordinary, so that a tag is worth reading.

A report affirms, in neutral words, what somebody said; what is otherwise gets a tag.
"""

from __future__ import annotations

from bisect import bisect_right
from datetime import date
from typing import Literal, NamedTuple

from sayso.documents import Article, Span
from sayso.exports.outline import LOW_CONFIDENCE, day, printable, words
from sayso.records import Attribution, Occasion

TagKind = Literal["place", "polarity", "stance", "act", "quotation", "unsure"]


class Tag(NamedTuple):
    """One tag: what kind it is of, and its words."""

    kind: TagKind
    text: str


def tags(attribution: Attribution, article: Article) -> list[Tag]:
    """The tags of an attribution in the order in which they are shown."""
    found: list[Tag] = []
    place = place_of(attribution, article)
    if place in ("headline", "standfirst"):
        found.append(Tag("place", place))
    if attribution.polarity not in (None, "affirms"):
        found.append(Tag("polarity", str(attribution.polarity)))
    stance = attribution.stance
    if stance.value != "neutral":
        shown = one_line(stance.words, article.text)
        found.append(Tag("stance", f"{stance.value} (“{shown}”)" if shown else stance.value))
    if attribution.act not in (None, "communication"):
        found.append(Tag("act", str(attribution.act)))
    found.append(Tag("quotation", attribution.quotation))
    if attribution.confidence < LOW_CONFIDENCE:
        found.append(Tag("unsure", f"unsure ({attribution.confidence:.0%})"))
    return found


def occasion_line(occasion: Occasion, text: str) -> str:
    """When, where and in what it was said: "on Monday, at a press conference · 9 March 2026"; "" if nothing tells."""
    spans = sorted({*occasion.words, *occasion.question})
    outer = [span for span in spans if not any(other != span and other.contains(span) for other in spans)]
    phrases = [one_line([span], text) for span in outer]
    # The words are the object of the cue ("told Reuters") and say nothing without it.
    addressee = printable(" ".join((occasion.addressee or "").split()))
    told = ", ".join(f"to {phrase}" if phrase == addressee else phrase for phrase in phrases)
    told = told or ", ".join(printable(part) for part in (occasion.medium, occasion.place) if part)
    return " · ".join(part for part in (told, shown_date(occasion.date)) if part)


def shown_date(value: str | None) -> str:
    """A date of the record as a newspaper prints it; as it stands if it is none.

    >>> shown_date("2026-03-14"), shown_date("03-14")
    ('14 March 2026', '14 March')
    """
    if value is None:
        return ""
    try:
        # 2000 had a 29 February.
        return day(date.fromisoformat(value)) if len(value) > 5 else day(date.fromisoformat(f"2000-{value}"))[:-5]
    except ValueError:
        return printable(value)


def place_of(attribution: Attribution, article: Article) -> str:
    """Where the article has it: "headline", "standfirst", "lead" (the first paragraph) or "paragraph 5".

    "" where it lies in none of these, or in several.
    """
    spans = attribution.content or attribution.spans()
    if not spans:
        return ""
    number = bisect_right(article.paragraphs, spans[0].start, key=lambda span: span.start)
    places = [("headline", article.headline), ("standfirst", article.standfirst)]
    if number:
        places.append((f"paragraph {number}" if number > 1 else "lead", article.paragraphs[number - 1]))
    for name, place in places:
        if place is not None and all(place.contains(span) for span in spans):
            return name
    return ""


def one_line(spans: list[Span], text: str) -> str:
    """What the spans say, in one line that is fit to be shown."""
    return printable(" ".join(words(spans, text).split()))
