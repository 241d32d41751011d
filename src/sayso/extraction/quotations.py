"""How a content is quoted, by where quotation marks stand in it."""

from __future__ import annotations

from sayso.documents import Span
from sayso.records import Quotation


def quotation_of(text: str, content: list[Span], quoted: list[Span]) -> Quotation:
    """`direct` where every word of the content stands in quotation marks, `indirect` where none does, else `mixed`.

    Marks round the content count as well: what a quoted speaker says that another said is in quotation marks too.

    >>> text = 'She said that "it is over".'
    >>> quotation_of(text, [Span(9, 26)], [Span(14, 26)]), quotation_of(text, [Span(14, 26)], [Span(14, 26)])
    ('mixed', 'direct')
    """
    inside = total = 0
    for span in content:
        total += sum(map(str.isalnum, span.of(text)))
        for quote in quoted:
            if quote.overlaps(span):
                shared = Span(max(quote.start, span.start), min(quote.end, span.end))
                inside += sum(map(str.isalnum, shared.of(text)))
    if not inside:
        return "indirect"
    return "direct" if inside == total else "mixed"
