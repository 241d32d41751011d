"""Who a pronoun or a description speaks of: the entities before it, and what their places say of each.

A mention looks back over a bounded number of others, so that the cost grows in step with the article.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right, insort
from collections.abc import Collection, Mapping

import numpy as np

from sayso.extraction.decoding import Floats
from sayso.speakers.entities import Entity
from sayso.speakers.forms import Form
from sayso.speakers.mentions import ORGANISATION, PERSON, PLACE, THING, link_scores
from sayso.speakers.ranking import Ranking, Seen, rows_of, sort_of
from sayso.speakers.resolving import Choice, Resolver

AHEAD = {"title": 3, "nominal": 1}
"""Sentences after a description, by its sort, in which its name may come: "The minister ... Mr Lind said"."""
REACH = 100
"""Mentions, of those that may be somebody, that a pronoun or a description looks back over."""
LOOKED_AHEAD = 15
"""Mentions behind a description, of those that may be somebody, among which its name is looked for."""
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
        self._opens = [self._opens_sentence(number) for number in range(len(resolver.mentions))]
        self._relevant: list[int] = []
        self._place_among: dict[int, int] = {}
        self._named: list[int] = []
        """The places among the relevant ones of those that are names."""
        self._around: dict[int, list[int]] = {}
        """The relevant mentions within which a later one stands, by that one."""
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

    def _opens_sentence(self, number: int) -> bool:
        sentence = self.resolver.sentence_of[number]
        if sentence is None:
            return False
        return self.resolver.mentions[number].span.start - self.resolver.sentences.spans[sentence].start <= 3

    def prepare_ranking(self) -> None:
        """Links of all mentions that will be ranked, over those that may be somebody."""
        self._relevant = [number for number in range(len(self.resolver.mentions)) if self.resolver.relevant(number)]
        self._place_among = {number: place for place, number in enumerate(self._relevant)}
        forms = self.resolver.forms
        self._named = [place for place, each in enumerate(self._relevant) if forms[each].shape in ("person", "proper")]
        self._around = _around([(each, *self.resolver.mentions[each].span) for each in self._relevant])
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
        resolver = self.resolver
        entities, sentence_of = resolver.cast.entities, resolver.sentence_of
        form, in_head, as_source = resolver.forms[number], resolver.in_head[number], number in resolver.sources
        place = self._place_among[number]
        low = max(0, place - REACH)
        earlier = self._relevant[low:place]
        spoken_of = self._entities_of(earlier, but=number)
        # as a dictionary has it: in the order of their first mentions, each with its last
        last = dict(zip(spoken_of, earlier, strict=True))
        last.pop(-1, None)
        last.update(self._named_behind(number, place, last))
        if in_head:
            for entity in entities:
                if entity.mentions and entity.number not in last and (entity.proper or entity.number in self.speaking):
                    last[entity.number] = entity.mentions[0]
        if form.shape == "pronoun":
            for own in self._own_speakers(number):
                last.pop(own, None)
        told = [entities[each] for each in last]
        possible = possible_among(form, told)
        best, share = self._links_to({each.number for each in possible}, number, spoken_of)
        nearest = max([other for each in possible if (other := last[each.number]) < number], default=-1)
        most: dict[int | None, int] = {}
        if form.definite and form.shape == "nominal":
            for entity in told:
                if entity.proper and len(entity.mentions) > most.get(entity.kind, 0):
                    most[entity.kind] = len(entity.mentions)
        *_, second, latest = -1, -1, *self.spoke_before(resolver.mentions[number].span.start)
        sentence, block, in_quotes = sentence_of[number] or 0, resolver.block_of[number], resolver.in_quotes[number]
        found = []
        for entity in possible:
            name = entity.number
            other = last[name]
            seen = Seen(
                best.get(name, -math.inf),
                share.get(name, 0.0),
                abs(sentence - (sentence_of[other] or 0)),
                max(0, place - self._place_among.get(other, place)),
                name == latest,
                name == second,
                name in self.speaking,
                self._opens[other],
                other > number,
                in_quotes == resolver.in_quotes[other],
                in_head,
                as_source,
                other == nearest,
                resolver.block_of[other] == block,
                entity.proper and entity.kind in most and len(entity.mentions) >= most[entity.kind],
            )
            found.append((entity, seen))
        return found

    def _entities_of(self, mentions: list[int], *, but: int) -> list[int]:
        """The entity of each of some mentions in a row; -1 of those that have none yet, and of those around one."""
        of_mention = self.resolver.cast.of_mention
        found = [-1 if (entity := of_mention[each]) is None else entity for each in mentions]
        for each in self._around.get(but, ()):
            at = bisect_left(mentions, each)
            if at < len(mentions) and mentions[at] == each:
                found[at] = -1
        return found

    def _named_behind(self, number: int, place: int, known: Collection[int]) -> dict[int, int]:
        """The entities whose name comes soon behind a description, but for those known, with the mention."""
        resolver = self.resolver
        furthest = (resolver.sentence_of[number] or 0) + AHEAD.get(sort_of(resolver.forms[number]), 0)
        found: dict[int, int] = {}
        at = bisect_right(self._named, place)
        for other_place in self._named[at : at + LOOKED_AHEAD]:
            if other_place > place + LOOKED_AHEAD:
                break
            other = self._relevant[other_place]
            entity = resolver.cast.of_mention[other]
            if entity is None or entity in known or entity in found:
                continue
            if (resolver.sentence_of[other] or 0) <= furthest or resolver.in_head[number]:
                found[entity] = other
        return found

    def _links_to(
        self, entities: set[int], number: int, spoken_of: list[int]
    ) -> tuple[dict[int, float], dict[int, float]]:
        """The strongest link of a mention to each of some entities, and the share of all that goes to it; `spoken_of`
        are the entities of the mentions that it looks back over."""
        links = self._links[number]
        raw = np.exp(np.minimum(links, 30.0))
        total = float(raw.sum()) + 1.0
        best: dict[int, float] = {}
        share: dict[int, float] = {}
        for entity, link, chance in zip(spoken_of, links.tolist(), raw.tolist(), strict=True):
            if entity not in entities:
                continue
            if entity not in best:
                best[entity], share[entity] = link, chance / total
                continue
            share[entity] += chance / total
            best[entity] = max(best[entity], link)
        return best, share

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
        form, found = self.resolver.forms[number], self.candidates(number)
        *chances, nobody = self.ranking.chances(sort_of(form), rows_of(form, found))
        ordered = [(-chance, entity.number) for (entity, _), chance in zip(found, chances, strict=True)]
        ordered.sort()
        return Choice([(entity, -chance) for chance, entity in ordered], nobody)


def _around(spans: list[tuple[int, int, int]]) -> dict[int, list[int]]:
    """The earlier ones within which each stands; given by name, start and end, in the order of their heads."""
    found: dict[int, list[int]] = {}
    near: list[tuple[int, int, int]] = []
    for name, start, end in spans:
        # what ends before this one holds no later one either, whose head comes later still
        near = [each for each in near if each[2] > start]
        around = [other for other, first, last in near if first <= start and end <= last]
        if around:
            found[name] = around
        near.append((name, start, end))
    return found


_MISTAKABLE = frozenset({PERSON, ORGANISATION, PLACE})
"""What a name of which nothing else is known may be taken for by mistake."""


def possible_among(form: Form, entities: list[Entity]) -> list[Entity]:
    """Those of some entities that a pronoun or a description may speak of, by what is known of them."""
    if form.gender_is_sure:
        entities = [each for each in entities if not each.conflicts_in_gender(form.gender, sure=True)]
    if form.party in ("he", "she"):
        return [
            each
            for each in entities
            if each.kind == PERSON or each.kind is None or (each.proper and not each.sure and each.kind in _MISTAKABLE)
            if each.proper or not each.plural
        ]
    if form.party == "it":
        return [
            each for each in entities if each.kind != PERSON or not (each.sure if each.proper else each.gender_is_sure)
        ]
    if form.shape == "nominal":
        noun = form.noun
        if noun not in _GENERAL:
            entities = [each for each in entities if each.proper or noun in each.nouns]
        return [each for each in entities if _may_be_described(form, each)]
    return entities


def _may_be_described(form: Form, entity: Entity) -> bool:
    kind = entity.kind
    if entity.proper and not entity.sure and kind in _MISTAKABLE:
        kind = None
    if form.owned and kind != PERSON and form.noun not in entity.nouns and not form.keys & entity.keys:
        return False
    if form.noun_class == "person" and kind not in (PERSON, None):
        return False
    if form.plural and entity.proper and (kind == PERSON or form.noun_class == "group"):
        return False
    if kind == PERSON and form.kind in (ORGANISATION, PLACE, THING) and form.noun_class != "person":
        return False
    return not (form.noun_class in ("organisation", "government") and kind == PERSON)
