"""Attributions as merging and relating compare them: with their wording, how deep they lie and in which part."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import dropwhile

from sayso.documents import Article, Span
from sayso.extraction.layout import blocks_of
from sayso.reading.quotes import quoted_spans
from sayso.records import Attribution, depths_of
from sayso.statements.wording import Wording, wording_of

_LINES = 4
"""Paragraphs at most that can be lines of the head."""
_LINE = 120
"""Characters that such a line has at most."""


@dataclass(frozen=True, slots=True)
class Report:
    """An attribution as merging and relating compare it."""

    number: int
    attribution: Attribution
    wording: Wording
    depth: int
    """How many attributions it lies inside."""
    zone: int
    """0 in the headline or standfirst, 1 in the first paragraph, 2 in the rest of the body."""
    cue: frozenset[str]
    """The stems of the cue's words, but for those of any cue ("said")."""
    start: int
    """Where the attribution begins in the text."""


def reports_of(article: Article) -> list[Report]:
    """The attributions of an article with their wording, in the article's order of them."""
    quoted = quoted_spans(article.text, blocks_of(article))
    starts = [span.start for span in quoted]
    top = max((span.end for span in (article.headline, article.standfirst) if span is not None), default=0)
    below = list(dropwhile(lambda span: _is_line(article.text, span), article.paragraphs[:_LINES] if top else []))
    if below and below[0] is not article.paragraphs[0]:
        top = max(top, below[0].start - 1)
    lead = max(top, (below or article.paragraphs)[0].end) if article.paragraphs else top
    depths = depths_of(article.attributions)
    reports = []
    for number, each in enumerate(article.attributions):
        stretches = [part for span in each.content for part in _within(quoted, starts, span)]
        reports.append(
            Report(
                number,
                each,
                wording_of(article.text, each.content, stretches),
                depths[each.id],
                _zone(each, top, lead),
                wording_of(article.text, each.cue).stems,
                min((span.start for span in (*each.source, *each.cue, *each.content)), default=0),
            )
        )
    return reports


def _is_line(text: str, span: Span) -> bool:
    """Whether what stands as a paragraph is a line above the text: short, and without the stop of a sentence."""
    words = span.of(text).rstrip()
    return len(words) <= _LINE and not words.endswith(
        (".", "!", "?", "…", ":", '."', ".”", '?"', "?”", ".’", ".'", ",”", ',"')
    )


def _within(quoted: list[Span], starts: list[int], span: Span) -> Iterator[Span]:
    """The outermost quoted stretches in a span, cut to it."""
    index = bisect_left(starts, span.start)
    while index > 0 and quoted[index - 1].end > span.start and quoted[index - 1].start >= span.start - 400:
        index -= 1
    end = span.start
    for stretch in quoted[index:]:
        if stretch.start >= span.end:
            break
        if stretch.end <= end:
            continue
        end = min(stretch.end, span.end)
        yield Span(max(stretch.start, span.start), end)


def _zone(attribution: Attribution, top: int, lead: int) -> int:
    end = min((span.end for span in attribution.content), default=lead + 1)
    return 0 if end <= top else 1 if end <= lead else 2
