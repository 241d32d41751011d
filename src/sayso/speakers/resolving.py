"""From mentions to entities: names first, over the whole article; then appositions; then pronouns and descriptions one
after another, each with the chances of the entities it may speak of.

The cost grows in step with the article: a mention looks back over a bounded number of others, and a name finds its
entity by its words.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from sayso.documents import Article, Span
from sayso.extraction import Reading
from sayso.extraction.decoding import Floats
from sayso.speakers.entities import Entity
from sayso.speakers.forms import Form, read_form
from sayso.speakers.lists import metonym
from sayso.speakers.mentions import ORGANISATION, PERSON, PLACE, THING, TIME, Mention, find_mentions, link_scores
from sayso.speakers.names import NameIndex
from sayso.speakers.ranking import Ranking, Seen, features_of, sort_of
from sayso.extraction.sentences import Sentences

REACH = 100
"""Mentions, of those that may be somebody, that a pronoun or a description looks back over."""
_BETWEEN = re.compile(r"\s*[,(—–-]\s*\Z")
_LOCATIVE = re.compile(r"(?i)\b(in|at|near|outside|around|into|across|through|inside|throughout|from|of)\s+(the\s+)?\Z")
_OPENERS = " \t\n\"'“‘«("


@dataclass(slots=True)
class Choice:
    """The entities that a mention may speak of with their chances, the likeliest first; `nobody` is the chance that it
    is none of them."""

    chances: list[tuple[int, float]]
    nobody: float = 0.0


@dataclass(slots=True)
class Cast:
    """The entities of an article, and which each mention speaks of."""

    mentions: list[Mention]
    forms: list[Form]
    entities: list[Entity]
    of_mention: list[int | None]
    """[mentions] number of the entity"""
    choices: dict[int, Choice] = field(default_factory=dict)
    """By mention: of those that were ranked or have alternatives."""


class Resolver:
    """Resolves the mentions of one article. `speakers_at` grows while attributions are read: who spoke where."""

    def __init__(
        self, article: Article, reading: Reading, ranking: Ranking, *, mentions: list[Mention] | None = None,
        sources: Iterable[int] = (),
    ) -> None:  # fmt: skip
        self.article, self.ranking = article, ranking
        self.scores = reading.scores.mentions
        self.text = article.text
        self.mentions = mentions if mentions is not None else find_mentions(reading.scores.mentions, reading.tokens)
        self.sentences = Sentences(article)
        self.quoted = reading.layout.quoted
        self._quote_starts = [span.start for span in self.quoted]
        self._small = self._small_words(reading)
        self.head_ends = [reading.tokens.words[each.head].end for each in self.mentions]
        self.sentence_of = [self.sentences.number_at(each.span.start) for each in self.mentions]
        self.in_quotes = [self.quotation_at(each.span.start) is not None for each in self.mentions]
        self.forms = [self._form(number) for number in range(len(self.mentions))]
        self.sources = set(sources)
        self.cast = Cast(self.mentions, self.forms, [], [None] * len(self.mentions))
        self.names = NameIndex(self.create)
        self._links: dict[int, Floats] = {}
        self._countries: set[str] | None = None
        self._relevant: list[int] = []
        self._place_among: dict[int, int] = {}
        self._spoken_at: list[int] = []
        self._spoken: list[int] = []
        self.speaking: set[int] = set()
        """The entities that are a source anywhere."""

    def _small_words(self, reading: Reading) -> set[str]:
        """The words that the article writes in small letters somewhere."""
        return {word for span in reading.tokens.words if (word := span.of(self.text)).islower()}

    def quotation_at(self, offset: int) -> Span | None:
        """The stretch in quotation marks that a character lies in; None where it lies in none."""
        at = bisect_right(self._quote_starts, offset) - 1
        return self.quoted[at] if at >= 0 and offset < self.quoted[at].end else None

    def _form(self, number: int) -> Form:
        mention = self.mentions[number]
        inner = [
            other.span
            for other in self.mentions[max(0, number - 12) : number]
            if mention.span.contains(other.span) and other.span != mention.span and other.kind not in (PERSON, TIME)
        ]
        sentence = self.sentence_of[number]
        opens = sentence is not None and not self.text[
            self.sentences.spans[sentence].start : mention.span.start
        ].strip(_OPENERS)
        head = self.text[mention.span.start : self.head_ends[number]].split()
        word = head[-1] if head else ""
        return read_form(
            mention,
            self.text,
            head_end=self.head_ends[number],
            inner=inner,
            opens_sentence=opens,
            common=word.lower() in self._small and mention.kind != PLACE,
        )

    def create(self) -> Entity:
        entity = Entity(len(self.cast.entities))
        self.cast.entities.append(entity)
        return entity

    def join(self, number: int, entity: Entity) -> None:
        """Let a mention speak of an entity."""
        if self.cast.of_mention[number] is None:
            self.cast.of_mention[number] = entity.number
            entity.learn(number, self.forms[number])

    def relevant(self, number: int) -> bool:
        """Whether a mention may be somebody who speaks or is spoken of."""
        form, mention = self.forms[number], self.mentions[number]
        if number in self.sources:
            return True
        if form.shape == "pronoun":
            return form.party in ("he", "she", "it", "they")
        if form.shape in ("person", "proper"):
            return mention.kind != TIME
        return mention.kind in (PERSON, ORGANISATION) or form.noun_class is not None

    # -- the steps, surest first ------------------------------------------------------------------------------------

    def resolve_names(self) -> None:
        """Every name finds its entity; full names before bare surnames, the body before the headline."""
        order = sorted(range(len(self.mentions)), key=lambda number: self.in_head(number))
        for full in (True, False):
            for number in order:
                form = self.forms[number]
                if form.shape == "person" and (len(form.name) > 1) == full:
                    self._name_person(number)
        for number in order:
            form = self.forms[number]
            if form.shape == "proper" and form.name:
                self.join(number, self.names.proper(form, key=self.place_key(number)))

    def in_head(self, number: int) -> bool:
        start = self.mentions[number].span.start
        article = self.article
        return any(span is not None and span.start <= start < span.end for span in (article.headline, article.standfirst))

    def _name_person(self, number: int) -> None:
        found = self.names.person(self.forms[number])
        if len(found) == 1:
            self.join(number, found[0])
            return
        start = self.mentions[number].span.start
        before = [
            (max((m for m in each.mentions if self.mentions[m].span.start < start), default=-1), each) for each in found
        ]
        before.sort(key=lambda pair: -pair[0])
        nearest = before[0][1]
        # the bearer named last before is meant about as often as the trade's rule of full names at first mention is kept
        rest = [each for _, each in before[1:]]
        if self.forms[number].gender_is_sure and nearest.gender == self.forms[number].gender:
            clear = 0.9
        else:
            clear = 0.6
        self.cast.choices[number] = Choice(
            [(nearest.number, clear), *((each.number, (1 - clear) / len(rest)) for each in rest)]
        )
        self.join(number, nearest)

    def place_key(self, number: int) -> str | None:
        """What stands for all spellings of a country, a capital or a seat of power, told apart by whether it acts or
        is a place."""
        form = self.forms[number]
        row = metonym(form.text) or metonym(" ".join(form.name))
        if row is None or row.place == "body":
            return None
        if row.place == "country":
            return f"{row.stands_for}/country"
        if self.is_place(number):
            return f"{row.stands_for}/place"
        if row.place == "city" and row.stands_for in self._speaking_countries():
            return f"{row.stands_for}/country"
        return f"{row.stands_for}/{row.place}"

    def _speaking_countries(self) -> set[str]:
        """What the countries that are sources themselves stand for: their capitals speak with the same voice."""
        if self._countries is None:
            rows = (metonym(self.forms[number].text) for number in self.sources)
            self._countries = {row.stands_for for row in rows if row is not None and row.place == "country"}
        return self._countries

    def is_place(self, number: int) -> bool:
        """Whether a capital or a seat of power stands in its place for a place: in, at, near it, or in the dateline."""
        mention = self.mentions[number]
        dateline = self.article.dateline
        if dateline is not None and dateline.span.overlaps(mention.span):
            return True
        if number in self.sources:
            return False
        before = self.text[max(0, mention.span.start - 16) : mention.span.start]
        return _LOCATIVE.search(before) is not None

    def join_appositions(self, beside: Iterable[tuple[int, int]] = ()) -> None:
        """A description beside a name with a comma or a bracket between them speaks of the one who is named; `beside`
        are the pairs that are known to stand so in one source."""
        for one, other in beside:
            if self._is_pair(self.forms[one], self.forms[other]):
                self._unite(one, other)
        for number in range(len(self.mentions) - 1):
            for other in range(number + 1, min(number + 6, len(self.mentions))):
                a, b = self.mentions[number], self.mentions[other]
                if b.span.start < a.span.end:
                    continue
                if _BETWEEN.match(self.text[a.span.end : b.span.start]) is None:
                    break
                if self._is_apposition(number, other):
                    self._unite(number, other)
                break

    @staticmethod
    def _is_pair(one: Form, two: Form) -> bool:
        """Whether two sides of one source can be a name and its description."""
        if {one.shape, two.shape} == {"person", "nominal"}:
            described = two if one.shape == "person" else one
            return not described.plural and described.noun_class not in ("organisation", "group", "document")
        if {one.shape, two.shape} == {"proper", "nominal"}:
            described = two if one.shape == "proper" else one
            return not described.plural and described.noun_class != "person" and described.kind != PERSON
        return False

    def _is_apposition(self, number: int, other: int) -> bool:
        one, two = self.forms[number], self.forms[other]
        bracket = "(" in self.text[self.mentions[number].span.end : self.mentions[other].span.start]
        if bracket:
            return (
                two.shape == "proper" and len(two.name) == 1 and two.name[0].isupper()
                and one.kind == two.kind and "".join(word[0] for word in one.name).upper() == two.name[0]
            )  # fmt: skip
        after = self.text[self.mentions[other].span.end : self.mentions[other].span.end + 1]
        closed = after in ",.;)—–\"”" or after == "" or self.text[self.mentions[other].span.end :][:2] == " ("
        if {one.shape, two.shape} == {"person", "nominal"}:
            described = two if one.shape == "person" else one
            if described.plural or (described.kind not in (PERSON,) and described.noun_class != "person"):
                return False
            if one.shape == "nominal":
                return one.noun_class == "person" and (one.definite or bool(one.title)) and closed
            return closed or self.text[self.mentions[other].span.end :].lstrip()[:3] in ("who", "and")
        if one.shape == "proper" and two.shape == "nominal":
            return (
                closed and not two.plural and one.kind == two.kind == ORGANISATION
                and re.match(r"(?i)(an?|the|its|one of)\b", two.text) is not None
            )  # fmt: skip
        return False

    def _unite(self, number: int, other: int) -> None:
        entities = self.cast.entities
        named = self.cast.of_mention[number], self.cast.of_mention[other]
        if named[0] is not None and named[1] is None:
            self.join(other, entities[named[0]])
        elif named[1] is not None and named[0] is None:
            self.join(number, entities[named[1]])

    # -- pronouns and descriptions ----------------------------------------------------------------------------------

    def prepare_ranking(self) -> None:
        """Links of all mentions that will be ranked, over those that may be somebody."""
        self._relevant = [number for number in range(len(self.mentions)) if self.relevant(number)]
        self._place_among = {number: place for place, number in enumerate(self._relevant)}
        asked = [number for number in self._relevant if self.is_asked(number)]
        among = [self.mentions[number] for number in self._relevant]
        places = [self._place_among[number] for number in asked]
        self._links = dict(zip(asked, link_scores(self.scores, among, places, reach=REACH), strict=True))

    def is_asked(self, number: int) -> bool:
        """Whether a mention has to be ranked: it is a pronoun of the third person, or a definite description."""
        form = self.forms[number]
        if self.cast.of_mention[number] is not None:
            return False
        if form.shape == "pronoun":
            return form.party in ("he", "she", "it", "they")
        return form.shape == "nominal" and self.may_refer_back(number)

    def may_refer_back(self, number: int) -> bool:
        """Whether a description can speak of somebody told of before: "the minister", "Secretary General" in a
        headline; not "a spokesman", "some critics"."""
        form = self.forms[number]
        if form.definite:
            return True
        return re.match(r"(?i)(an?|some|several|many|most|other|another|no|any|one|two|three|\d+)\b", form.text) is None

    def candidates(self, number: int) -> list[tuple[Entity, Seen]]:
        """The entities that a mention may speak of, with what their places say."""
        place = self._place_among[number]
        low = max(0, place - REACH)
        links = self._links[number]
        of_mention, entities = self.cast.of_mention, self.cast.entities
        raw = np.exp(np.minimum(links, 30.0))
        total = float(raw.sum()) + 1.0
        best: dict[int, float] = {}
        share: dict[int, float] = {}
        last: dict[int, int] = {}
        mention = self.mentions[number]
        for index, value, chance in zip(range(low, place), links.tolist(), raw.tolist(), strict=True):
            other = self._relevant[index]
            entity = of_mention[other]
            if entity is None or self.mentions[other].span.contains(mention.span):
                continue
            best[entity] = max(best.get(entity, -math.inf), value)
            share[entity] = share.get(entity, 0.0) + chance / total
            last[entity] = other
        sentence = self.sentence_of[number]
        for other in self._relevant[place + 1 : place + 8]:
            later = of_mention[other]
            if later is None or later in last or self.forms[other].shape not in ("person", "proper"):
                continue
            if self.sentence_of[other] == sentence or self.in_head(number):
                last[later] = other
        if self.in_head(number):
            for entity_number, entity in enumerate(entities):
                if entity.proper and entity_number not in last:
                    last[entity_number] = entity.mentions[0]
        spoke = self.spoke_before(mention.span.start)
        found = []
        for entity_number, other in last.items():
            entity = entities[entity_number]
            if not self._possible(number, entity):
                continue
            later = other > number
            there = self.sentence_of[other]
            back = max(0, (sentence or 0) - (there or 0)) if not later else 0
            found.append(
                (
                    entity,
                    Seen(
                        link_best=best.get(entity_number, -math.inf),
                        link_share=share.get(entity_number, 0.0),
                        sentences_back=back,
                        mentions_back=max(0, place - self._place_among.get(other, place)),
                        spoke_last=bool(spoke) and spoke[-1] == entity_number,
                        spoke_before_last=len(spoke) > 1 and spoke[-2] == entity_number,
                        speaks=entity_number in self.speaking,
                        opened_sentence=self._opened(other),
                        only_later=later,
                        same_quotation=self.in_quotes[number] == self.in_quotes[other],
                        in_head=self.in_head(number),
                    ),
                )
            )
        return found

    def _opened(self, number: int) -> bool:
        sentence = self.sentence_of[number]
        if sentence is None:
            return False
        return self.mentions[number].span.start - self.sentences.spans[sentence].start <= 3

    def spoke_before(self, offset: int) -> list[int]:
        """The entities of the two last sources before an offset, the last one last, each once."""
        at = bisect_right(self._spoken_at, offset - 1)
        found: list[int] = []
        for entity in reversed(self._spoken[max(0, at - 12) : at]):
            if entity not in found:
                found.append(entity)
            if len(found) == 2:
                break
        return found[::-1]

    def spoken(self) -> list[tuple[int, int]]:
        """Who spoke where, as far as known."""
        return list(zip(self._spoken_at, self._spoken, strict=True))

    def asked(self) -> list[int]:
        """The mentions that have to be ranked."""
        return list(self._links)

    def set_spoken(self, spoken: list[tuple[int, int]]) -> None:
        """Who spoke where, as far as known: (offset, entity), in text order."""
        self._spoken_at = [offset for offset, _ in spoken]
        self._spoken = [entity for _, entity in spoken]
        self.speaking = set(self._spoken)

    def _possible(self, number: int, entity: Entity) -> bool:
        form = self.forms[number]
        if entity.conflicts_in_gender(form.gender, sure=form.gender_is_sure):
            return False
        kind = entity.kind
        if form.party in ("he", "she"):
            return kind in (PERSON, None) and not (entity.plural and not entity.proper)
        if form.party == "it":
            return not (kind == PERSON and (entity.proper or entity.gender_is_sure))
        if form.shape == "nominal":
            if form.noun_class == "person" and kind not in (PERSON, None):
                return False
            if form.plural and entity.proper and kind == PERSON:
                return False
            if kind == PERSON and form.kind in (ORGANISATION, PLACE, THING) and form.noun_class != "person":
                return False
            if form.noun_class in ("organisation", "government") and kind == PERSON:
                return False
        return True

    def rank(self, number: int) -> Choice:
        """The chances of all entities that a mention may speak of."""
        found = self.candidates(number)
        rows = [features_of(self.forms[number], entity, seen) for entity, seen in found]
        *chances, nobody = self.ranking.chances(sort_of(self.forms[number]), rows)
        ordered = sorted(((entity.number, chance) for (entity, _), chance in zip(found, chances, strict=True)), key=_by_chance)
        return Choice(ordered, nobody)


def _by_chance(pair: tuple[int, float]) -> tuple[float, int]:
    return (-pair[1], pair[0])
