"""Who a pronoun or a description speaks of: the entities before it, and what their places say of each.

A mention looks back over a bounded number of others, so that the cost grows in step with the article.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right, insort
from collections.abc import Mapping

import numpy as np

from sayso.extraction.decoding import Floats
from sayso.speakers.entities import Entity
from sayso.speakers.forms import Form
from sayso.speakers.mentions import ORGANISATION, PERSON, PLACE, THING, link_scores
from sayso.speakers.ranking import Ranking, Seen, features_of, sort_of
from sayso.speakers.resolving import Choice, Resolver

AHEAD = {"title": 3, "nominal": 1}
"""Sentences after a description, by its sort, in which its name may come: "The minister ... Mr Lind said"."""
REACH = 100
"""Mentions, of those that may be somebody, that a pronoun or a description looks back over."""
_GENERAL = frozenset("company firm group organisation organization agency body man woman couple pair duo".split())
"""Nouns by which somebody may be called who was described by another, and has no name."""
_NEW = re.compile(
    r"(?i)(an?|some|several|many|most|other|another|no|any|one|two|three|\d+|everyone|everybody|anyone|anybody|nobody|"
    r"somebody|someone|people|those|dozens|hundreds|thousands)\b"
)


class LookingBack:
    """Ranks the mentions of one article that speak of somebody told of before; it learns who speaks as it goes."""

    def __init__(self, resolver: Resolver, ranking: Ranking, sources: Mapping[str, int]) -> None:
        self.resolver, self.ranking = resolver, ranking
        self.quoting = self._quoting(sources)
        self._links: dict[int, Floats] = {}
        self._starts = [each.span.start for each in resolver.mentions]
        self._ends = [each.span.end for each in resolver.mentions]
        self._relevant: list[int] = []
        self._place_among: dict[int, int] = {}
        self._spoken: list[tuple[int, int]] = []
        self.speaking: set[int] = set()
        """The entities that are a source anywhere."""

    def _quoting(self, sources: Mapping[str, int]) -> list[tuple[int, int, int]]:
        """The contents that stand in quotation marks as (start, end, mention of the source), in text order."""
        found = [
            (span.start, span.end, sources[each.id])
            for each in self.resolver.article.attributions
            if each.id in sources and each.quotation != "indirect"
            for span in each.content
        ]
        return sorted(found)

    def _own_speakers(self, number: int) -> set[int]:
        """Who speaks the quotations that a mention stands in: nobody says "he" of himself."""
        if not self.resolver.in_quotes[number]:
            return set()
        start = self.resolver.mentions[number].span.start
        at = bisect_right(self.quoting, (start, math.inf, 0))
        found = set()
        for low, high, source in self.quoting[max(0, at - 4) : at]:
            entity = self.resolver.cast.of_mention[source]
            if low <= start < high and entity is not None and source != number:
                found.add(entity)
        return found

    def prepare_ranking(self) -> None:
        """Links of all mentions that will be ranked, over those that may be somebody."""
        self._relevant = [number for number in range(len(self.resolver.mentions)) if self.resolver.relevant(number)]
        self._place_among = {number: place for place, number in enumerate(self._relevant)}
        asked = [number for number in self._relevant if self.is_asked(number)]
        among = [self.resolver.mentions[number] for number in self._relevant]
        places = [self._place_among[number] for number in asked]
        self._links = dict(zip(asked, link_scores(self.resolver.scores, among, places, reach=REACH), strict=True))

    def is_asked(self, number: int) -> bool:
        """Whether a mention has to be ranked: it is a pronoun of the third person, or a definite description."""
        form = self.resolver.forms[number]
        if self.resolver.cast.of_mention[number] is not None:
            return False
        if form.shape == "pronoun":
            return form.party in ("he", "she", "it", "they")
        return form.shape == "nominal" and self.may_refer_back(number)

    def may_refer_back(self, number: int) -> bool:
        """Whether a description can speak of somebody told of before: "the minister", "Secretary General" in a
        headline; not "a spokesman", "some critics"."""
        form = self.resolver.forms[number]
        if form.definite:
            return True
        return _NEW.match(form.text) is None

    def candidates(self, number: int) -> list[tuple[Entity, Seen]]:
        """The entities that a mention may speak of, with what their places say."""
        place = self._place_among[number]
        low = max(0, place - REACH)
        links = self._links[number]
        of_mention, entities = self.resolver.cast.of_mention, self.resolver.cast.entities
        raw = np.exp(np.minimum(links, 30.0))
        total = float(raw.sum()) + 1.0
        best: dict[int, float] = {}
        share: dict[int, float] = {}
        last: dict[int, int] = {}
        mention, form = self.resolver.mentions[number], self.resolver.forms[number]
        start, end = mention.span
        in_head = self.resolver.in_head[number]
        for other, value, chance in zip(self._relevant[low:place], links.tolist(), raw.tolist(), strict=True):
            earlier = of_mention[other]
            if earlier is None or (self._starts[other] <= start and end <= self._ends[other]):
                continue
            if earlier not in last:
                best[earlier], share[earlier] = value, chance / total
            else:
                best[earlier] = max(best[earlier], value)
                share[earlier] += chance / total
            last[earlier] = other
        sentence = self.resolver.sentence_of[number]
        ahead = AHEAD.get(sort_of(form), 0)
        for other in self._relevant[place + 1 : place + 16]:
            later = of_mention[other]
            if later is None or later in last or self.resolver.forms[other].shape not in ("person", "proper"):
                continue
            if (self.resolver.sentence_of[other] or 0) - (sentence or 0) <= ahead or in_head:
                last[later] = other
        if in_head:
            for entity_number, entity in enumerate(entities):
                if entity.mentions and entity_number not in last and (entity.proper or entity_number in self.speaking):
                    last[entity_number] = entity.mentions[0]
        if form.shape == "pronoun":
            for own in self._own_speakers(number):
                last.pop(own, None)
        spoke = self.spoke_before(mention.span.start)
        block = self.resolver.block_of[number]
        possible = [(each, other) for each, other in last.items() if _is_possible(form, entities[each])]
        nearest = max(((other, each) for each, other in possible if other < number), default=(-1, -1))[1]
        most: dict[int | None, int] = {}
        for entity in map(entities.__getitem__, last):
            if entity.proper:
                most[entity.kind] = max(most.get(entity.kind, 0), len(entity.mentions))
        found = []
        for entity_number, other in possible:
            entity = entities[entity_number]
            there = self.resolver.sentence_of[other]
            seen = Seen(
                link_best=best.get(entity_number, -math.inf),
                link_share=share.get(entity_number, 0.0),
                sentences_back=abs((sentence or 0) - (there or 0)),
                mentions_back=max(0, place - self._place_among.get(other, place)),
                spoke_last=bool(spoke) and spoke[-1] == entity_number,
                spoke_before_last=len(spoke) > 1 and spoke[-2] == entity_number,
                speaks=entity_number in self.speaking,
                opened_sentence=self._opened(other),
                only_later=other > number,
                same_quotation=self.resolver.in_quotes[number] == self.resolver.in_quotes[other],
                in_head=in_head,
                as_source=number in self.resolver.sources,
                nearest=entity_number == nearest,
                same_block=self.resolver.block_of[other] == block,
                most_named=entity.proper and len(entity.mentions) >= most.get(entity.kind, 0),
            )
            found.append((entity, seen))
        return found

    def _opened(self, number: int) -> bool:
        sentence = self.resolver.sentence_of[number]
        if sentence is None:
            return False
        return self.resolver.mentions[number].span.start - self.resolver.sentences.spans[sentence].start <= 3

    def spoke_before(self, offset: int) -> list[int]:
        """The entities of the two last sources before an offset, the last one last, each once."""
        at = bisect_left(self._spoken, (offset, 0))
        found: list[int] = []
        for _, entity in reversed(self._spoken[max(0, at - 12) : at]):
            if entity not in found:
                found.append(entity)
            if len(found) == 2:
                break
        return found[::-1]

    def spoke(self, offset: int, entity: int) -> None:
        """Learn who is the source at an offset."""
        insort(self._spoken, (offset, entity))
        self.speaking.add(entity)

    def asked(self) -> list[int]:
        """The mentions that have to be ranked."""
        return list(self._links)

    def rank(self, number: int) -> Choice:
        """The chances of all entities that a mention may speak of."""
        found = self.candidates(number)
        rows = [features_of(self.resolver.forms[number], entity, seen) for entity, seen in found]
        *chances, nobody = self.ranking.chances(sort_of(self.resolver.forms[number]), rows)
        ordered = sorted(
            ((entity.number, chance) for (entity, _), chance in zip(found, chances, strict=True)), key=_by_chance
        )
        return Choice(ordered, nobody)


def _by_chance(pair: tuple[int, float]) -> tuple[float, int]:
    return (-pair[1], pair[0])


def _is_possible(form: Form, entity: Entity) -> bool:
    if entity.conflicts_in_gender(form.gender, sure=form.gender_is_sure):
        return False
    kind = entity.kind
    if entity.proper and not entity.sure and kind in (PERSON, ORGANISATION, PLACE):
        kind = None
    if form.party in ("he", "she"):
        return kind in (PERSON, None) and not (entity.plural and not entity.proper)
    if form.party == "it":
        return not (kind == PERSON and (entity.proper or entity.gender_is_sure))
    if form.shape == "nominal":
        if not entity.proper and form.noun not in entity.nouns and form.noun not in _GENERAL:
            return False
        if form.owned and kind != PERSON and form.noun not in entity.nouns and not form.keys & entity.keys:
            return False
        if form.noun_class == "person" and kind not in (PERSON, None):
            return False
        if form.plural and entity.proper and (kind == PERSON or form.noun_class == "group"):
            return False
        if kind == PERSON and form.kind in (ORGANISATION, PLACE, THING) and form.noun_class != "person":
            return False
        if form.noun_class in ("organisation", "government") and kind == PERSON:
            return False
    return True
