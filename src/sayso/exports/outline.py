"""The attributions of an article as every export shows them: an outline in text order, and words for spans."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from sayso.documents import Article, Span
from sayso.records import Attribution

LOW_CONFIDENCE = 0.5
"""Below this the exports for people say so: more likely wrong than right, as confidences are calibrated."""

_GAP = " … "
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


@dataclass(slots=True)
class Entry:
    """One attribution in the outline; `number` is its place ("3.1": the first one inside the third)."""

    attribution: Attribution
    number: str
    depth: int
    inner: list[Entry] = field(default_factory=list)


def outline(article: Article) -> list[Entry]:
    """The outermost attributions in text order, each with the ones inside it.

    No attribution is lost: one that names an outer attribution which is not there, or that goes round in a circle,
    stands at the top.
    """
    ordered = sorted(article.attributions, key=_place)
    ids = {each.id for each in ordered}
    inner: dict[str, list[Attribution]] = {}
    tops: list[Attribution] = []
    for each in ordered:
        if each.inside in ids and each.inside is not None:
            inner.setdefault(each.inside, []).append(each)
        else:
            tops.append(each)

    shown: set[int] = set()

    def entries(attributions: list[Attribution], prefix: str, depth: int, first: int = 1) -> list[Entry]:
        found: list[Entry] = []
        for attribution in attributions:
            if id(attribution) in shown:
                continue
            shown.add(id(attribution))
            entry = Entry(attribution, f"{prefix}{first + len(found)}", depth)
            entry.inner = entries(inner.get(attribution.id, []), f"{entry.number}.", depth + 1)
            found.append(entry)
        return found

    result = entries(tops, "", 0)
    for each in ordered:
        result.extend(entries([each], "", 0, len(result) + 1))
    return result


def flat(entries: list[Entry]) -> Iterator[Entry]:
    """Every entry of an outline, each followed by the ones inside it."""
    for entry in entries:
        yield entry
        yield from flat(entry.inner)


def words(spans: list[Span], text: str) -> str:
    """What the spans say, in text order, with an ellipsis where the article has something else in between.

    >>> words([Span(0, 5), Span(14, 21)], "“No,” he said “never”")
    '“No,” … “never”'
    """
    pieces: list[str] = []
    end: int | None = None
    for span in sorted(spans):
        if end is not None:
            between = text[end : span.start]
            pieces.append(between if not between.strip() else _GAP)
        pieces.append(span.of(text))
        end = span.end
    return "".join(pieces)


def summary(article: Article) -> str:
    """One line that counts: "25 attributions, 6 nested, 1 without a source"."""
    count = len(article.attributions)
    if not count:
        return "No attributions found"
    nested = sum(each.inside is not None for each in article.attributions)
    unnamed = sum(not each.source for each in article.attributions)
    return f"{count} attribution{'s'[: count != 1]}, {nested} nested, {unnamed} without a source"


def title_of(article: Article) -> str:
    """The headline, or the name of the source where there is none."""
    if article.headline is not None and article.headline.of(article.text).strip():
        return printable(" ".join(article.headline.of(article.text).split()))
    return printable(article.source.name if article.source is not None else article.id)


def imprint(article: Article) -> str:
    """Outlet, dateline and publication date in one line, "" where the article has none of them."""
    parts = [article.outlet or ""]
    dateline = article.dateline
    if dateline is not None:
        place_date = ", ".join(part for part in (dateline.place or "", day(dateline.date)) if part)
        agency = dateline.agency if dateline.agency and dateline.agency != article.outlet else ""
        parts += [place_date, agency]
    if article.published is not None and (dateline is None or day(article.published) != day(dateline.date)):
        parts.append(f"published {day(article.published)}")
    return printable(" · ".join(part for part in parts if part))


def day(value: date | None) -> str:
    """A date as a newspaper prints it.

    >>> day(date(2026, 3, 4))
    '4 March 2026'
    """
    return "" if value is None else f"{value.day} {value:%B %Y}"


def printable(text: str) -> str:
    """The text with control characters shown as `�`: what an article holds may not steer a terminal or turn the
    reading direction of the page around it. Line breaks and tabs stay.

    >>> printable("\\x1b[31mred")
    '�[31mred'
    """
    return _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", text)


def columns(text: str) -> int:
    """How many terminal columns the text takes: wide characters two, combining marks none."""
    if text.isascii():
        return len(text)
    return sum(0 if unicodedata.combining(char) else 1 + (unicodedata.east_asian_width(char) in "WF") for char in text)


def _place(attribution: Attribution) -> tuple[int, int, str]:
    spans = attribution.spans()
    return (spans[0].start, -max(span.end for span in spans), attribution.id) if spans else (0, 0, attribution.id)
