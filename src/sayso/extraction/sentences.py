"""Where the sentences of an article lie, as far as speakers and statements need them.

A sentence never crosses a block (headline, paragraph, heading), and a dateline is none of it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache

from sayso.documents import Article, Span
from sayso.extraction.layout import blocks_of
from sayso.reading.sentences import sentences_in


class Sentences:
    """The sentences of an article in text order."""

    def __init__(self, article: Article) -> None:
        self.blocks = _blocks(article)
        self.spans = list(_sentences(article.text, tuple(self.blocks)))
        self._starts = [span.start for span in self.spans]
        self._block_starts = [block.start for block in self.blocks]

    def number_at(self, offset: int) -> int | None:
        """The number of the sentence that holds a character; None for what lies between blocks."""
        found = bisect_right(self._starts, offset) - 1
        return found if found >= 0 and offset < self.spans[found].end else None

    def overlapping(self, span: Span) -> range:
        """The numbers of the sentences that share a character with a span."""
        first = max(bisect_right(self._starts, span.start) - 1, 0)
        if first < len(self.spans) and self.spans[first].end <= span.start:
            first += 1
        return range(first, max(bisect_right(self._starts, span.end - 1), first))

    def block_at(self, offset: int) -> int:
        """The number of the block that holds a character, or the nearest before it; -1 before the first."""
        return bisect_right(self._block_starts, offset) - 1


@lru_cache(maxsize=4)
def _sentences(text: str, blocks: tuple[Span, ...]) -> tuple[Span, ...]:
    # several rooms ask for those of the article at hand
    return tuple(sentence for block in blocks for sentence in sentences_in(text, block))


def _blocks(article: Article) -> list[Span]:
    """The blocks without their dateline; what no block covers falls into lines."""
    blocks: list[Span] = []
    at = 0
    for block in [*blocks_of(article), Span(len(article.text), len(article.text))]:
        if article.text[at : block.start].strip():
            blocks += [
                Span(at + found.start(), at + found.end())
                for found in re.finditer(r"[^\s][^\n]*", article.text[at : block.start])
            ]
        if block.end > block.start:
            blocks.append(block)
        at = max(at, block.end)
    dateline = article.dateline.span if article.dateline else None
    if dateline is None:
        return blocks
    return [Span(dateline.end, each.end) if each.contains(dateline) else each for each in blocks]
