"""The blocks and the quoted stretches of an article, as the tokens are told of them."""

from __future__ import annotations

from sayso.documents import Article, Span
from sayso.reading.quotes import quoted_spans


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
