"""Every attribution its speaker: the steps of resolving in order, and what they give as records."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Callable

from sayso.documents import Article, Span
from sayso.extraction import Reading
from sayso.records import Attribution, Candidate, depths_of
from sayso.speakers.describing import speakers_of
from sayso.speakers.entities import Entity
from sayso.speakers.forms import Form
from sayso.speakers.lists import noun_class
from sayso.speakers.looking_back import LookingBack
from sayso.speakers.ranking import Ranking
from sayso.speakers.resolving import Cast, Choice, Resolver
from sayso.speakers.sources import mentions_with_sources

LEAST = 0.25
"""Least chance that a speaker must have to be the one."""
LEAD = 0.1
"""How much likelier than the next one he must be."""
NAMED = 0.97
"""Chance that a name is the name of the entity that its words found."""
QUOTED = 0.93
"""Chance that "I" in a quotation is its speaker."""
WENT_ON = 0.75
"""Chance that a quotation with no source of its own is the last speaker's."""
INTRODUCED = 0.6
"""Chance that a quotation that stands by itself is his who was named in the paragraph before."""
NEAR = 64
"""Contents, or mentions, that are looked at before a place: far more than overlap anywhere."""
SHOWN = 0.05
"""Candidates less likely than this are left out."""


Decide = Callable[[int, bool], Entity | None]
"""Given a mention's number and whether it can be ranked: who it speaks of."""


def attribute(article: Article, reading: Reading) -> None:
    """Fill the layers of `resolve_speakers`."""
    looking, sources = resolve_certain(article, reading, Ranking(reading.model.linking))
    cast = resolve_rest(looking)
    _Speaking(article, looking.resolver, cast, sources).decide()


def resolve_certain(article: Article, reading: Reading, ranking: Ranking) -> tuple[LookingBack, dict[str, int]]:
    """What words alone decide: names, places, appositions, descriptions in the same words. With it, by attribution id,
    the mention that each source is."""
    sources = mentions_with_sources(article.attributions, article.text, reading)
    resolver = Resolver(article, reading, mentions=sources.mentions, sources=sources.of_attribution)
    resolver.resolve_names()
    resolver.tell_places()
    resolver.join_appositions(sources.beside)
    resolver.join_same_words()
    return LookingBack(resolver, ranking, sources.of_attribution), sources.of_attribution


def resolve_rest(looking: LookingBack, *, decide: Decide | None = None) -> Cast:
    """Pronouns and descriptions, one after another in text order, those of the headline last.

    `decide`, which training passes, is asked first who a mention speaks of; None lets the ranking say.
    """
    resolver = looking.resolver
    cast = resolver.cast
    for number in sorted(resolver.sources):
        entity = cast.of_mention[number]
        if entity is not None:
            looking.spoke(resolver.mentions[number].span.start, entity)
    looking.prepare_ranking()
    ranked = set(looking.asked())
    waiting = sorted(
        (
            number
            for number in range(len(cast.mentions))
            if cast.of_mention[number] is None and resolver.relevant(number)
        ),
        key=lambda number: (resolver.in_head[number], number),
    )
    for number in waiting:
        told = decide(number, number in ranked) if decide is not None else None
        if told is not None:
            resolver.join(number, told)
        elif number not in ranked:
            resolver.join(number, resolver.create())
        else:
            choice = looking.rank(number)
            cast.choices[number] = choice
            best, chance = choice.chances[0] if choice.chances else (-1, 0.0)
            found = cast.entities[best] if best >= 0 and chance >= choice.nobody else resolver.create()
            resolver.join(number, found)
        entity = cast.of_mention[number]
        if number in resolver.sources and entity is not None:
            looking.spoke(cast.mentions[number].span.start, entity)
    return cast


class _Speaking:
    """Decides the speakers of an article's attributions, outer ones before the ones inside them."""

    def __init__(self, article: Article, resolver: Resolver, cast: Cast, sources: dict[str, int]) -> None:
        self.article, self.resolver, self.cast, self.sources = article, resolver, cast, sources
        self.entity_of: dict[str, int | None] = {}
        self.author: int | None = None
        self.hearsay: dict[int, Span] = {}
        """The nameless reports that attributions rest on, by entity, with the word for them."""
        self.contents = sorted(
            (span.start, span.end, each.id) for each in article.attributions for span in each.content
        )
        self.told: list[tuple[tuple[int, int], int]] = []
        """Where somebody is known to speak, outermost, and who; in text order."""

    def decide(self) -> None:
        """Choose for every attribution, then write the records."""
        depths = depths_of(self.article.attributions)
        ordered = sorted(
            self.article.attributions,
            key=lambda each: (self._speaks_of_himself(each), depths[each.id], _place(each)),
        )
        for each in ordered:
            choice = self._choice(each)
            self._set(each, choice)
        self._join_first_persons()
        speakers_of(self.article, self.cast, self.entity_of, author=self.author, hearsay=self.hearsay)

    def _speaks_of_himself(self, attribution: Attribution) -> bool:
        number = self.sources.get(attribution.id)
        return number is not None and self.cast.forms[number].party in ("I", "we")

    def _choice(self, attribution: Attribution) -> Choice:
        number = self.sources.get(attribution.id)
        if number is None:
            hearsay = self._hearsay(attribution)
            return Choice([(hearsay, NAMED)]) if hearsay is not None else self._without_source(attribution)
        form = self.cast.forms[number]
        if form.party in ("I", "we"):
            return self._first_person(attribution, form, number)
        known = self.cast.choices.get(number)
        entity = self.cast.of_mention[number]
        if entity is None:
            entity = self.resolver.create().number
            self.resolver.join(number, self.cast.entities[entity])
        if known is not None and known.chances and (known.chances[0][0] == entity):
            return known
        if known is not None:
            # one of his own, unless he is one of those before
            return Choice([(entity, known.nobody), *known.chances])
        return Choice([(entity, NAMED)])

    def _first_person(self, attribution: Attribution, form: Form, number: int) -> Choice:
        outer = self._speaker_at(self.cast.mentions[number].span, but=attribution)
        if outer is not None:
            return Choice([(outer, QUOTED)])
        quotation = self.resolver.quotation_at(self.cast.mentions[number].span.start)
        if quotation is not None:
            return self._quoted_speaker(attribution, quotation)
        if self.author is None:
            self.author = self.resolver.create().number
        self.resolver.join(number, self.cast.entities[self.author])
        return Choice([(self.author, QUOTED)])

    def _contents_about(self, span: Span) -> list[tuple[int, int, str]]:
        """The contents that share a character with a span, of the last ones that start before its end."""
        at = bisect_left(self.contents, (span.end,))
        return [each for each in self.contents[max(0, at - NEAR) : at] if each[1] > span.start]

    def _speaker_at(self, span: Span, *, but: Attribution | None) -> int | None:
        """The speaker of the innermost attribution whose content holds a span."""
        holders = sorted(
            (end - start, name)
            for start, end, name in self._contents_about(span)
            if start <= span.start and span.end <= end and (but is None or name != but.id)
        )
        return next((entity for _, name in holders if (entity := self.entity_of.get(name)) is not None), None)

    def _quoted_speaker(self, attribution: Attribution, quotation: Span) -> Choice:
        """Who speaks a quotation, by any other attribution of its words."""
        for _, _, name in self._contents_about(quotation):
            entity = self.entity_of.get(name)
            if name != attribution.id and entity is not None:
                return Choice([(entity, QUOTED)])
        return self._introduced(quotation)

    def _introduced(self, quotation: Span) -> Choice:
        """Who is named first in the paragraph before a quotation that stands by itself, or before it in its own."""
        resolver = self.resolver
        block = resolver.sentences.block_at(quotation.start)
        at = bisect_left(self.cast.mentions, quotation.start, key=lambda mention: mention.span.start)
        before = range(max(0, at - NEAR), at)
        for wanted in (block, block - 1):
            for number in before:
                entity = self.cast.of_mention[number]
                named = self.cast.forms[number].shape == "person" and resolver.block_of[number] == wanted
                if named and entity is not None and not resolver.in_quotes[number]:
                    return Choice([(entity, INTRODUCED)])
        return Choice([])

    def _hearsay(self, attribution: Attribution) -> int | None:
        """What "reports about ..." rests on where nobody is named: the reports themselves."""
        if attribution.source or len(attribution.cue) != 1:
            return None
        word = attribution.cue[0].of(self.article.text)
        if not word.islower() or not word.endswith("s") or noun_class(word) != "document":
            return None
        entity = self.resolver.create().number
        self.hearsay[entity] = attribution.cue[0]
        return entity

    def _without_source(self, attribution: Attribution) -> Choice:
        """A quotation that stands alone, or goes on without its speaker, is the last speaker's; no other is guessed."""
        if attribution.quotation == "indirect" or attribution.inside is not None:
            return Choice([])
        start = min(span.start for span in attribution.content)
        at = bisect_left(self.told, (_place(attribution), 0))
        if not at:
            return Choice([])
        place, entity = self.told[at - 1]
        blocks = self.resolver.sentences
        if blocks.block_at(start) - blocks.block_at(place[0]) > 1:
            return Choice([])
        return Choice([(entity, WENT_ON)])

    def _set(self, attribution: Attribution, choice: Choice) -> None:
        attribution.candidates = [
            Candidate(str(entity), chance) for entity, chance in choice.chances if chance >= SHOWN
        ][:4]
        self.entity_of[attribution.id] = None
        if attribution.candidates:
            first = attribution.candidates[0]
            second = attribution.candidates[1].score if len(attribution.candidates) > 1 else 0.0
            if first.score >= LEAST and first.score - second >= LEAD:
                self.entity_of[attribution.id] = int(first.speaker)
                if attribution.inside is None:
                    insort(self.told, (_place(attribution), int(first.speaker)))

    def _join_first_persons(self) -> None:
        """ "I" and "my" in a quotation are mentions of its speaker."""
        for number, form in enumerate(self.cast.forms):
            if form.party == "I" and self.cast.of_mention[number] is None:
                entity = self._speaker_at(self.cast.mentions[number].span, but=None)
                if entity is not None:
                    self.resolver.join(number, self.cast.entities[entity])


def _place(attribution: Attribution) -> tuple[int, int]:
    spans = attribution.spans()
    return (spans[0].start, spans[-1].end) if spans else (0, 0)
