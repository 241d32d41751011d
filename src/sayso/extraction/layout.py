"""The blocks and the quoted stretches of an article, as tokens and decoding are told of them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from sayso.documents import Article, Span
from sayso.reading.quotes import quoted_spans


@dataclass(frozen=True, slots=True)
class Layout:
    """What of an article's layout extraction goes by."""

    blocks: list[Span]
    quoted: list[Span]
    """The stretches inside quotation marks, marks included; quotes inside quotes left out."""
    continued: list[int]
    """Where a quotation of several paragraphs goes on."""


def layout_of(article: Article) -> Layout:
    """The layout of an article as reading found it: the same for extraction, training and tuning."""
    blocks = blocks_of(article)
    quoted = outer_quotes(article, blocks)
    return Layout(blocks, quoted, continued_quotes(article.text, blocks, quoted))


def blocks_of(article: Article) -> list[Span]:
    """Headline, standfirst, byline, headings and paragraphs in text order."""
    head = [span for span in (article.headline, article.standfirst, article.byline) if span is not None]
    return sorted([*head, *(section.heading for section in article.sections), *article.paragraphs])


def outer_quotes(article: Article, blocks: list[Span]) -> list[Span]:
    """The stretches inside quotation marks, marks included, in order; quotes inside quotes left out."""
    found: list[Span] = []
    for span in quoted_spans(article.text, blocks):
        if not found or span.start >= found[-1].end:
            found.append(span)
    return found


_CLOSERS = "\"”’»'“«›‹"


def continued_quotes(text: str, blocks: list[Span], quoted: list[Span]) -> list[int]:
    """Where a quotation goes on in a new block: the starts of the quoted stretches that open a block while the
    stretch at the end of the block before was left open, as in a quotation of several paragraphs.

    >>> text = '“We tried,” he said. “It failed.\\n“We will try again.”'
    >>> continued_quotes(text, [Span(0, 32), Span(33, 53)], [Span(0, 11), Span(21, 32), Span(33, 53)])
    [33]
    """
    starts = {span.start for span in quoted}
    open_ends = {span.end for span in quoted if text[span.end - 1] not in _CLOSERS or span.end - span.start == 1}
    return [after.start for before, after in pairwise(blocks) if before.end in open_ends and after.start in starts]
