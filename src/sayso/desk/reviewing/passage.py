"""The lines of an article round an attribution, cut into words that can be picked one by one.

Invariant: the pieces of a line, in order, are the line; and every span of the attribution begins and ends where a piece
does, so that what was picked by words is a span and a span can be shown as words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from sayso.documents import Article, Span
from sayso.exports.outline import printable
from sayso.exports.segments import Mark, Role, blocks, cut
from sayso.reading.sentences import sentences_in

PARTS = ("source", "cue", "content")
JUDGED = "judged"
"""What a verdict is on, beside the parts of its attribution."""
GAP = " … "
"""Between the stretches of a part where they are written as words."""
_MOST = 30_000
"""Characters of a passage, whose every word is an element of the page."""
_LONG = 600
"""Characters of sentences that a list shows of one item."""
_WORD = re.compile(r"\w+(?:['’\-]\w+)*|[^\w\s]")
_BREAK = re.compile(r"\s*(?:…|\.\.\.|\|)\s*")


@dataclass(frozen=True, slots=True)
class Piece:
    """A word, a mark, or the space between two, with the parts of the attribution that it is in."""

    span: Span
    text: str
    word: bool
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph, a heading, a headline; `near` is False for one that only stands before or after."""

    kind: str
    span: Span
    near: bool
    pieces: tuple[Piece, ...]


def passage(article: Article, spans: Mapping[str, Sequence[Span]], *, at: Span | None = None) -> list[Line]:
    """The lines that the spans of an attribution lie in, with one before and one after.

    `at` is where to look where there are no spans yet; the article from its beginning where there is neither. What goes
    far beyond a page's worth is left out.
    """
    layout = blocks(article)
    marked = [span for each in spans.values() for span in each] or ([at] if at else [])
    hit = [place for place, block in enumerate(layout) if any(span.overlaps(block.span) for span in marked)]
    first, last = (max(min(hit) - 1, 0), max(hit) + 1) if hit else (0, len(layout))
    shown = layout[first : last + 1]
    until = shown[0].span.start + _MOST if shown else 0
    return [
        Line(block.kind, block.span, place in hit or not hit, tuple(_pieces(article.text, block.span, spans)))
        for place, block in enumerate(shown, first)
        if block.span.start <= until
    ]


def sentence(article: Article, spans: Mapping[str, Sequence[Span]]) -> list[Piece]:
    """The sentences that an attribution lies in, cut where its parts begin and end; of a long one the first alone."""
    marked = sorted(span for each in spans.values() for span in each)
    # Of its own lines alone: an article may be a book.
    lines = [each.span for each in blocks(article) if any(span.overlaps(each.span) for span in marked)]
    hit = [
        found
        for line in lines
        for found in sentences_in(article.text, line)
        if any(span.overlaps(found) for span in marked)
    ]
    if not hit:
        return []
    whole = Span(hit[0].start, hit[-1].end)
    stretch = whole if whole.end - whole.start <= _LONG else hit[0]
    roles: dict[str, Role] = {"source": "source", "cue": "cue", "content": "content"}
    marks = [Mark(span, roles[part], 0) for part, each in spans.items() for span in each]
    return [
        Piece(each.span, printable(each.span.of(article.text)), False, tuple(mark.role for mark in each.marks))
        for each in cut(stretch, marks)
    ]


def _pieces(text: str, stretch: Span, spans: Mapping[str, Sequence[Span]]) -> list[Piece]:
    edges = {stretch.start, stretch.end}
    words: set[int] = set()
    for match in _WORD.finditer(text, stretch.start, stretch.end):
        edges |= {match.start(), match.end()}
        words |= set(range(match.start(), match.end()))
    edges |= {edge for each in spans.values() for span in each for edge in span if stretch.start < edge < stretch.end}
    ordered = sorted(edges)
    found = []
    for start, end in pairwise(ordered):
        piece = Span(start, end)
        inside = tuple(part for part in (*PARTS, JUDGED) if any(span.contains(piece) for span in spans.get(part, ())))
        found.append(Piece(piece, printable(piece.of(text)), start in words, inside))
    return found


def written(spans: Sequence[Span], text: str) -> str:
    """The words of the spans in one line, stretches parted by an ellipsis: what `find` reads again.

    >>> written([Span(0, 2), Span(9, 11)], "No, said he, no")
    'No … he'
    """
    return GAP.join(" ".join(span.of(text).split()) for span in sorted(spans))


def find(words: str, text: str, *, within: Span, near: int) -> list[Span] | None:
    """The spans of words written as `written` has them, of several places those next to `near`; None where one of the
    stretches is not in the passage.

    >>> find("he … no", "No, said he, no", within=Span(0, 15), near=0)
    [Span(start=9, end=11), Span(start=13, end=15)]
    """
    found: list[Span] = []
    # An article may have an ellipsis of its own: then the words are there as they stand.
    whole = " ".join(words.split())
    pieces = [whole] if whole and whole in " ".join(within.of(text).split()) else _BREAK.split(whole)
    for stretch in filter(None, pieces):
        pattern = re.compile(r"\s+".join(map(re.escape, stretch.split())))
        places = [Span(*match.span()) for match in pattern.finditer(text, within.start, within.end)]
        if not places:
            return None
        # Inside a word only where nothing else will do: "he" is not meant in "the".
        apart = [span for span in places if _stands_apart(span, text)]
        found.append(min(apart or places, key=lambda span: abs(span.start - near)))
    return sorted(set(found))


def _stands_apart(span: Span, text: str) -> bool:
    before, after = text[span.start - 1 : span.start], text[span.end : span.end + 1]
    inside_before = before.isalnum() and text[span.start].isalnum()
    return not inside_before and not (after.isalnum() and text[span.end - 1].isalnum())
