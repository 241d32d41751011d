"""A text cut into segments wherever a source, cue, content or dateline starts or ends.

Invariant: the segments of a stretch, in order, are the stretch: nothing is lost, doubled or moved, however the
attributions overlap. Spans cannot be nested tags on a page; segments, each with its set of roles, can.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, NamedTuple

from sayso.documents import Article, Span

Role = Literal["source", "cue", "content", "dateline", "mention", "judged", "changed", "aside", "struck"]


class Mark(NamedTuple):
    """One span of one attribution, or one mention of a speaker; `number` is whatever the caller counts them by."""

    span: Span
    role: Role
    number: int


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text over which the roles do not change, with the marks that cover it."""

    span: Span
    marks: tuple[Mark, ...]

    def numbers(self, role: Role) -> list[int]:
        """The attributions that have this segment in that role."""
        return [mark.number for mark in self.marks if mark.role == role]


def cut(stretch: Span, marks: Iterable[Mark]) -> list[Segment]:
    """The segments of a stretch of text, each with its marks in the order given.

    >>> cut(Span(0, 9), [Mark(Span(2, 6), "content", 1), Mark(Span(4, 9), "content", 2)])[1].span
    Span(start=2, end=4)
    """
    starts: dict[int, list[tuple[int, Mark]]] = {}
    ends: dict[int, list[int]] = {}
    edges = {stretch.start, stretch.end}
    for order, mark in enumerate(marks):
        start, end = max(mark.span.start, stretch.start), min(mark.span.end, stretch.end)
        if start < end:
            edges |= {start, end}
            starts.setdefault(start, []).append((order, mark))
            ends.setdefault(end, []).append(order)
    covering: dict[int, Mark] = {}
    segments: list[Segment] = []
    for start, end in pairwise(sorted(edges)):
        for order in ends.get(start, ()):
            del covering[order]
        covering.update(starts.get(start, ()))
        segments.append(Segment(Span(start, end), tuple(covering[order] for order in sorted(covering))))
    return segments


def share_out(marks: list[Mark], layout: list[Block]) -> list[list[Mark]]:
    """For each block of the layout the marks that reach into it, in the order given."""
    shares: list[list[Mark]] = [[] for _ in layout]
    starts = [block.span.start for block in layout]
    for mark in marks:
        place = max(bisect_right(starts, mark.span.start) - 1, 0)
        while place < len(layout) and starts[place] < mark.span.end:
            if layout[place].span.overlaps(mark.span):
                shares[place].append(mark)
            place += 1
    return shares


class Block(NamedTuple):
    """A line of the article's layout: `kind` is headline, standfirst, byline, heading, paragraph or other."""

    kind: str
    span: Span


def blocks(article: Article) -> list[Block]:
    """The article's layout in reading order; lines that belong to nothing known are there as `other`."""
    known = [Block("heading", section.heading) for section in article.sections]
    known += [Block("paragraph", span) for span in article.paragraphs]
    for kind, span in (("headline", article.headline), ("standfirst", article.standfirst), ("byline", article.byline)):
        if span is not None:
            known.append(Block(kind, span))
    found: list[Block] = []
    done = 0
    known.sort(key=lambda block: block.span)
    known.append(Block("other", Span(len(article.text), len(article.text))))
    for block in known:
        found.extend(_lines(article.text, Span(done, block.span.start)))
        start = max(block.span.start, done)
        if article.text[start : block.span.end].strip():
            found.append(Block(block.kind, Span(start, block.span.end)))
        done = max(done, block.span.end)
    return found


def _lines(text: str, gap: Span) -> Iterable[Block]:
    start = gap.start
    for line in gap.of(text).splitlines(keepends=True):
        if line.strip():
            yield Block("other", Span(start, start + len(line.rstrip())))
        start += len(line)
