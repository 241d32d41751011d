"""An article as sentences of tokens, for the exports that have one token a line or an element.

Invariant: every span of every attribution begins with the first character of a token and ends with the last one of a
token, so that a format made of tokens gives back the same spans. A word is cut where a span begins or ends inside it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from itertools import pairwise
from typing import cast, get_args

from sayso.documents import Article, Span
from sayso.extraction.sentences import Sentences
from sayso.extraction.wordpiece import split_words
from sayso.records import Attribution, Quotation

ROLES = ("source", "cue", "content")


def parts_of(attribution: Attribution) -> dict[str, list[Span]]:
    """The three parts of an attribution by name, each in text order and without empty spans."""
    named = {"source": attribution.source, "cue": attribution.cue, "content": attribution.content}
    return {role: sorted(span for span in spans if span.end > span.start) for role, spans in named.items()}


def attribution_of(
    name: str,
    parts: Mapping[str, list[Span]],
    *,
    quotation: str = "indirect",
    inside: str | None = None,
    confidence: float = 1.0,
) -> Attribution:
    """The attribution that a format gives back: what it has, and what a record has by default.

    Raises ValueError for a kind of quotation that there is not.
    """
    if quotation not in get_args(Quotation):
        raise ValueError(f"no kind of quotation: {quotation!r}")
    source, cue, content = (sorted(parts.get(role, [])) for role in ROLES)
    return Attribution(name, source, cue, content, cast("Quotation", quotation), inside, confidence)


def sentences_of(article: Article) -> list[list[Span]]:
    """The tokens of an article, sentence by sentence, in text order; a sentence is never empty."""
    text = article.text
    spans = [span for each in article.attributions for span in each.spans() if span.end > span.start]
    cuts = sorted({offset for span in spans for offset in span})
    tokens: list[Span] = []
    for word in [*split_words(text), Span(len(text), len(text))]:
        # Characters outside of words (spaces, marks that nobody sees) are tokens only where a span has its edge.
        at = tokens[-1].end if tokens else 0
        tokens += _edges(Span(at, word.start), spans, cuts)
        tokens += _cut(word, cuts)
    return _by_sentence(article, tokens)


def _edges(gap: Span, spans: list[Span], cuts: list[int]) -> list[Span]:
    inner = cuts[bisect_right(cuts, gap.start - 1) : bisect_right(cuts, gap.end)]
    if gap.end <= gap.start or not inner:
        return []
    found: set[Span] = set()
    for piece in _cut(gap, cuts):
        if any(span.contains(piece) and (span.start == piece.start or span.end == piece.end) for span in spans):
            found.add(piece)
    return sorted(found)


def _cut(word: Span, cuts: list[int]) -> list[Span]:
    if word.end <= word.start:
        return []
    inner = cuts[bisect_right(cuts, word.start) : bisect_right(cuts, word.end - 1)]
    edges = [word.start, *inner, word.end]
    return [Span(start, end) for start, end in pairwise(edges)]


def _by_sentence(article: Article, tokens: list[Span]) -> list[list[Span]]:
    starts = {_first_seen(article.text, span) for span in Sentences(article).spans}
    if article.dateline is not None:
        # The sentence after a dateline starts behind it; the dateline stands by itself, not with the line above.
        starts.add(article.dateline.span.start)
    ordered = sorted(starts)
    sentences: list[list[Span]] = []
    number = -1
    for token in tokens:
        found = bisect_right(ordered, token.start)
        if found != number or not sentences:
            sentences.append([])
            number = found
        sentences[-1].append(token)
    return sentences


def _first_seen(text: str, span: Span) -> int:
    found = re.compile(r"\S").search(text, span.start, span.end)
    return found.start() if found else span.start
