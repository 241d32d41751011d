"""What a headline is held against: the text below it with its words, its sentences, its quotations and its speakers.

Computed once an article; nothing here judges.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property

from sayso.checks.headlines.modality import Tokens
from sayso.checks.headlines.terms import Body
from sayso.checks.words import Words, words_of
from sayso.documents import Article, Span
from sayso.extraction.layout import blocks_of
from sayso.extraction.sentences import Sentences
from sayso.reading.quotes import quoted_spans, without_marks
from sayso.records import Attribution, Speaker
from sayso.speakers.lists import noun_class

_PARTICLES = frozenset("of the de del della di da do dos du van von der den la le el al bin ibn y e and".split())


@dataclass(slots=True)
class Passage:
    """One sentence's worth of what a speaker says below the headline."""

    attribution: Attribution
    span: Span
    first: int
    end: int
    """Its words are those from `first` to before `end`."""
    direct: bool
    """Whether all of it stands in quotation marks."""


class Setting:
    """An article as its headline is held against it."""

    def __init__(self, article: Article) -> None:
        self.article = article
        self.text = article.text
        self.line = article.headline or Span(0, 0)
        barred = [span for span in (article.headline, article.byline) if span is not None]
        if article.dateline is not None:
            barred.append(article.dateline.span)
        self.below = [Span(self.line.end, len(self.text))]
        self.body = Body.of(words_of(self.text, self.below, without=barred))
        self.sentences = Sentences(article)
        self.speakers: dict[str, Speaker] = {each.id: each for each in (*article.speakers, *article.mentioned)}
        self.described: dict[str, list[str]] = {}
        """The words by which the body describes a speaker, once they have been asked for."""

    @property
    def words(self) -> Words:
        """The words below the headline."""
        return self.body.words

    @cached_property
    def tokens(self) -> Tokens:
        """The words below the headline with contractions parted."""
        return Tokens.of(self.words)

    @cached_property
    def quoted(self) -> list[Span]:
        """The stretches in quotation marks below the headline, without their marks; nested ones as well."""
        blocks = [each for each in blocks_of(self.article) if each.start >= self.line.end]
        return [without_marks(self.text, span) for span in quoted_spans(self.text, blocks)]

    @cached_property
    def attributions(self) -> list[Attribution]:
        """Those that stand below the headline."""
        return [
            each
            for each in self.article.attributions
            if each.content and min(span.start for span in each.content) >= self.line.end
        ]

    def is_named(self, speaker: str | None) -> bool:
        """Whether a speaker is known by a name of his own, and not by a description."""
        known = self.speakers.get(speaker or "")
        if known is None or known.kind in ("anonymous", "group", "author"):
            return False
        words = known.name.split()
        capital = [word for word in words if not word.islower()]
        lower = [word for word in words if word.islower() and word not in _PARTICLES]
        return bool(capital) and not lower and noun_class(words[0]) is None and noun_class(words[-1]) is None

    def range_of(self, span: Span) -> tuple[int, int]:
        """The words of the body that begin inside a span, as positions `[first, end)`."""
        starts = self.words.starts
        return bisect_left(starts, span.start), bisect_left(starts, span.end)

    def sentence_of(self, place: int) -> Span:
        """The sentence that holds a word of the body."""
        number = self.sentences.number_at(self.words.starts[place])
        if number is None:
            return Span(self.words.starts[place], self.words.ends[place])
        return self.sentences.spans[number]

    def owner(self, place: int) -> str | None:
        """The id of the speaker who says a word of the body; None where it is the outlet's, or nobody is known."""
        return self._owners[place]

    @cached_property
    def _owners(self) -> list[str | None]:
        owners: list[str | None] = [None] * len(self.words)
        for each in self.attributions:
            if each.inside is None:
                for span in each.content:
                    first, end = self.range_of(span)
                    owners[first:end] = [each.speaker] * (end - first)
        return owners

    def saying(self, span: Span) -> list[Attribution]:
        """The attributions in whose content a stretch of the body lies, the outermost first."""
        return [each for each in self.attributions if any(content.contains(span) for content in each.content)]

    def passages_of(self, attributions: list[Attribution]) -> list[Passage]:
        """What these attributions report, sentence by sentence."""
        found = []
        for each in attributions:
            for span in each.content:
                for number in self.sentences.overlapping(span):
                    sentence = self.sentences.spans[number]
                    part = Span(max(span.start, sentence.start), min(span.end, sentence.end))
                    first, end = self.range_of(part)
                    if first < end:
                        found.append(Passage(each, part, first, end, self.is_quoted(part)))
        return found

    def is_quoted(self, span: Span) -> bool:
        """Whether the words of a span all stand in one pair of quotation marks."""
        first, end = self.range_of(span)
        if first >= end:
            return False
        inner = self.words.span(first, end)
        return any(quote.contains(inner) for quote in self.quoted)
