"""Extraction: one encoder pass over an article, and from its scores the attributions, nested ones included."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.documents import Article, Span
from sayso.extraction.layout import layout_of
from sayso.records import Attribution, Quotation

if TYPE_CHECKING:
    from sayso.extraction.decoding import Found
    from sayso.extraction.model import Model
    from sayso.extraction.tokens import Tokens

__all__ = ["assemble", "extract_attributions", "load_model", "quotation_of"]


def load_model() -> Model:
    """The shipped model, read and checked once per process. Raises DamagedModel."""
    from sayso.extraction.model import load_model as load

    return load()


def extract_attributions(article: Article, *, nested: bool = True, model: Model | None = None) -> list[Attribution]:
    """The attributions of an article, in the order of their cues.

    The record depends on the article alone: not on what is read before or beside it, nor on the number of threads.
    Raises DamagedModel if the model's files are not the ones that were shipped.
    """
    from sayso.extraction.decoding import decode
    from sayso.extraction.tokens import tokenize

    model = model or load_model()
    layout = layout_of(article)
    tokens = tokenize(article.text, blocks=layout.blocks, quoted=layout.quoted, pieces=model.pieces)
    if not tokens.words:
        return []
    found = decode(
        model.scores(tokens),
        model.thresholds,
        nested=nested,
        continued=tokens.words_at(layout.continued),
    )
    confidences = [model.calibration.confidence(each) for each in found]
    return assemble(found, tokens, text=article.text, quoted=layout.quoted, confidences=confidences)


def assemble(
    found: list[Found], tokens: Tokens, *, text: str, quoted: list[Span], confidences: list[float] | None = None
) -> list[Attribution]:
    """What was decoded in words as attributions in characters; `quoted` are the text's stretches in quotation marks."""

    def spans(ranges: list[tuple[int, int]]) -> list[Span]:
        return [span for first, last in sorted(ranges) for span in _without_breaks(tokens.words[first:last])]

    return [
        Attribution(
            id=f"a{number}",
            source=spans(each.source),
            cue=spans([each.cue]),
            content=(content := spans(each.content)),
            quotation=quotation_of(text, content, quoted),
            inside=None if each.inside is None else f"a{each.inside + 1}",
            confidence=confidences[number - 1] if confidences else 0.0,
        )
        for number, each in enumerate(found, start=1)
    ]


def _without_breaks(words: list[Span]) -> list[Span]:
    """Some words in a row as one span for each block they lie in; the marks between blocks have no width."""
    found: list[Span] = []
    fresh = True
    for word in words:
        if word.start == word.end:
            fresh = True
        elif fresh:
            found.append(word)
            fresh = False
        else:
            found[-1] = Span(found[-1].start, word.end)
    return found


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
