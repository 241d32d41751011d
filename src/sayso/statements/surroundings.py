"""The sentences of an article, with the parts of attributions that lie in each."""

from __future__ import annotations

from dataclasses import dataclass

from sayso.documents import Article, Span
from sayso.extraction.sentences import Sentences
from sayso.records import Attribution


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

    def chain(self, attribution: Attribution) -> set[int]:
        """The numbers of an attribution and of those that it lies inside."""
        numbers = {self.number_of[attribution.id]}
        while attribution.inside is not None and self.number_of.get(attribution.inside) not in (None, *numbers):
            attribution = self.attributions[self.number_of[attribution.inside]]
            numbers.add(self.number_of[attribution.id])
        return numbers
