"""Articles built by hand for this room's tests: a text with its parts in brackets.

`[s1:Mara Quill]` is a source of the first attribution, `[q1:said]` its cue, `[c1:no]` its content; parts nest.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from sayso.documents import Article, Span
from sayso.reading.quotes import quoted_spans
from sayso.records import Attribution, Quotation, Speaker

PUBLISHED = date(2026, 5, 30)
"""A Saturday."""
_TAG = re.compile(r"\[([sqc])(\d+):|\]")


def article_of(
    marked: str,
    *,
    speakers: dict[int, str | None] | None = None,
    denies: tuple[int, ...] = (),
    asks: tuple[int, ...] = (),
    published: date | None = PUBLISHED,
    headline: bool = False,
    **fields: Any,
) -> Article:
    """An article from a marked text, a paragraph a line; attribution 1 is "a1".

    `speakers` gives the ids of speakers by number; the others have their source's last word. With `headline` the
    first line is one.
    """
    text, parts = _parse(marked)
    lines = [Span(found.start(), found.end()) for found in re.finditer(r"[^\n]+", text)]
    article = Article("x", text, published=published, **fields)
    article.headline = lines.pop(0) if headline else None
    article.paragraphs = lines
    for number in sorted(parts):
        roles = parts[number]
        source = roles.get("s", [])
        named = source[-1].of(text).rstrip(",").split()[-1].lower() if source else None
        attribution = Attribution(
            f"a{number}", source, roles.get("q", []), roles.get("c", []), quotation=_quotation(text, roles.get("c", []))
        )
        attribution.act = "communication"
        attribution.polarity = "denies" if number in denies else "questions" if number in asks else "affirms"
        attribution.speaker = (speakers or {}).get(number, named)
        article.attributions.append(attribution)
    for inner in article.attributions:
        holders = [
            outer
            for outer in article.attributions
            if outer is not inner and inner.cue and any(span.contains(inner.cue[0]) for span in outer.content)
        ]
        if holders:
            inner.inside = min(holders, key=lambda outer: sum(span.end - span.start for span in outer.content)).id
    for name in dict.fromkeys(each.speaker for each in article.attributions if each.speaker is not None):
        article.speakers.append(Speaker(name, name.title()))
    return article


def words(article: Article, spans: list[Span]) -> list[str]:
    return [span.of(article.text) for span in spans]


def _parse(marked: str) -> tuple[str, dict[int, dict[str, list[Span]]]]:
    text = ""
    at = 0
    opened: list[tuple[str, int, int]] = []
    parts: dict[int, dict[str, list[Span]]] = {}
    for found in _TAG.finditer(marked):
        text += marked[at : found.start()]
        at = found.end()
        if found[1]:
            opened.append((found[1], int(found[2]), len(text)))
        else:
            role, number, start = opened.pop()
            parts.setdefault(number, {}).setdefault(role, []).append(Span(start, len(text)))
    for roles in parts.values():
        for spans in roles.values():
            spans.sort()
    return text + marked[at:], parts


def _quotation(text: str, content: list[Span]) -> Quotation:
    quoted = sum(
        min(quote.end, span.end) - max(quote.start, span.start)
        for span in content
        for quote in quoted_spans(text, [span])
    )
    if not quoted:
        return "indirect"
    return "direct" if quoted >= sum(span.end - span.start for span in content) - 1 else "mixed"
