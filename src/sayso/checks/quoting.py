"""The quotes of an article that can be checked: the words inside each pair of marks, and whose it says they are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from sayso.checks.words import words_of
from sayso.documents import Article, Span
from sayso.extraction.layout import Layout, layout_of
from sayso.reading.quotes import without_marks
from sayso.records import Attribution, Speaker

Place = Literal["headline", "standfirst", "body"]

_INSERTED = re.compile(r"\[[^\[\]]*\]")
_LONGEST_INTERRUPTION = 90
"""Characters between two parts of one quoted sentence: ", the minister for transport said on Tuesday, "."""
SCARE = 4
"""Words up to which marks round what nobody is said to have said are scare quotes, a title or a nickname."""
_COVERED = 0.6
"""Share of a quote that must lie in an attribution's content for it to be the one that quotes it."""


@dataclass(slots=True)
class Quote:
    """Words that the article puts in quotation marks, as one utterance."""

    spans: list[Span]
    """Without their marks; several where the article interrupts a sentence, or quotes over several paragraphs."""
    attribution: Attribution | None = None
    speaker: Speaker | None = None
    candidates: list[Speaker] = field(default_factory=list)
    """Who else it may be, where the article leaves two readings."""
    sure: bool = True
    """Whether the article names the speaker there. Who "he" is, is only likely, however likely it is."""
    place: Place = "body"

    def text(self, article: Article) -> str:
        """The words as they are read, without the interruption."""
        return " ".join(span.of(article.text) for span in self.spans)


def quotes_of(article: Article) -> list[Quote]:
    """The quotes of an article in text order, those inside other quotes left out (they are words of the outer one)."""
    layout = layout_of(article)
    quotes: list[Quote] = []
    for span in layout.quoted:
        inner = without_marks(article.text, span)
        if not words_of(article.text, [inner]).forms:
            continue
        attribution = _quoting(article, inner)
        if quotes and _goes_on(article, layout, quotes[-1], span, attribution):
            quotes[-1].spans.append(inner)
            continue
        quotes.append(_quote(article, inner, attribution))
    return quotes


def forms_of(text: str, spans: Sequence[Span]) -> tuple[str, ...]:
    """The words of a quote to look for in a transcript: what stands in brackets is the article's.

    >>> forms_of("“We will,” he said, “not [ever] sell.”", [Span(1, 9), Span(21, 37)])
    ('we', 'will', 'not', 'sell')
    """
    inserted = [Span(*found.span()) for span in spans for found in _INSERTED.finditer(text, *span)]
    return tuple(words_of(text, spans, without=inserted).forms) or tuple(words_of(text, spans).forms)


def _quote(article: Article, span: Span, attribution: Attribution | None) -> Quote:
    quote = Quote([span], attribution, place=_place(article, span))
    if attribution is None:
        return quote
    by_id = {each.id: each for each in article.speakers}
    quote.speaker = by_id.get(attribution.speaker or "")
    quote.candidates = [by_id[each.speaker] for each in attribution.candidates if each.speaker in by_id]
    quote.sure = quote.speaker is not None and _is_named(article, attribution, quote.speaker)
    return quote


def _is_named(article: Article, attribution: Attribution, speaker: Speaker) -> bool:
    """Whether the source has the last word of the speaker's name."""
    name = words_of(speaker.name).forms
    source = words_of(article.text, sorted(attribution.source)).forms
    return bool(name) and any(form.removesuffix("'s") == name[-1] for form in source)


def _quoting(article: Article, span: Span) -> Attribution | None:
    """The innermost attribution whose content holds the quote; one that lies inside the quote is the speaker's own."""
    best: tuple[int, Attribution] | None = None
    for each in article.attributions:
        covered = sum(max(0, min(part.end, span.end) - max(part.start, span.start)) for part in each.content)
        if covered < _COVERED * (span.end - span.start):
            continue
        size = sum(part.end - part.start for part in each.content)
        if best is None or size < best[0]:
            best = (size, each)
    return best[1] if best else None


def _goes_on(article: Article, layout: Layout, before: Quote, span: Span, attribution: Attribution | None) -> bool:
    """Whether a quoted stretch is the rest of the one before: of a sentence that "he said" interrupts, or of a
    quotation that goes on in a new paragraph."""
    if span.start in layout.continued:
        return True
    last = before.spans[-1]
    between = article.text[last.end : span.start]
    if attribution is None or before.attribution is not attribution or "\n" in between:
        return False
    if len(between) > _LONGEST_INTERRUPTION or re.search(r"[.!?…]['\"”’»]*\s", article.text[last.end - 1 : span.start]):
        return False
    if not any(last.end <= cue.start < span.start for cue in attribution.cue):
        return False
    first = re.search(r"[^\W_]+", article.text[span.start : span.end])
    return first is not None and (first.group()[0].islower() or first.group() == "I")


def _place(article: Article, span: Span) -> Place:
    if article.headline and article.headline.contains(span):
        return "headline"
    return "standfirst" if article.standfirst and article.standfirst.contains(span) else "body"
