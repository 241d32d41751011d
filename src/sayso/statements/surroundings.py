"""The sentences of an article, with the parts of attributions that lie in each."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from operator import attrgetter

from sayso.documents import Article, Span
from sayso.extraction.sentences import Sentences
from sayso.records import Attribution

_MANY = 600
"""Parts in a sentence: one that has more is none that anybody wrote, and where each attribution in it looked at all the
others, a page of "he said she said" would take hours."""
_NEAR = 40
"""So many attributions before and after one are looked at there."""


@dataclass(frozen=True, slots=True)
class Part:
    """A span of an attribution, known by its number in the article."""

    span: Span
    number: int
    is_cue: bool


class Surroundings:
    """The sentences of an article with the parts of attributions that lie in each."""

    def __init__(self, article: Article) -> None:
        self.text = article.text
        self.attributions = article.attributions
        self.number_of = {each.id: number for number, each in enumerate(article.attributions)}
        self.sentences = Sentences(article)
        self.parts: list[list[Part]] = [[] for _ in self.sentences.spans]
        for number, attribution in enumerate(article.attributions):
            for role in (attribution.source, attribution.cue, attribution.content):
                for span in role:
                    for sentence in self.sentences.overlapping(span):
                        self.parts[sentence].append(Part(span, number, role is attribution.cue))

    def near(self, sentence: int, number: int) -> tuple[Span, list[Part]]:
        """A sentence, and the parts in it; of one that goes on and on, what is round the attribution of that number."""
        parts, span = self.parts[sentence], self.sentences.spans[sentence]
        if len(parts) <= _MANY:
            return span, parts
        first = bisect_left(parts, number - _NEAR, key=attrgetter("number"))
        last = bisect_right(parts, number + _NEAR, key=attrgetter("number"))
        some = parts[first:last]
        start = min(part.span.start for part in some) if first else span.start
        end = max(part.span.end for part in some) if last < len(parts) else span.end
        return Span(max(span.start, start), min(span.end, end)), some

    def chain(self, attribution: Attribution) -> set[int]:
        """The numbers of an attribution and of those that it lies inside."""
        numbers = {self.number_of[attribution.id]}
        while attribution.inside is not None and self.number_of.get(attribution.inside) not in (None, *numbers):
            attribution = self.attributions[self.number_of[attribution.inside]]
            numbers.add(self.number_of[attribution.id])
        return numbers
