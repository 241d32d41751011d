"""From mentions to entities: names first, over the whole article; then appositions; then pronouns and descriptions one
after another, each with the chances of the entities it may speak of.

The cost grows in step with the article: a mention looks back over a bounded number of others, and a name finds its
entity by its words.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sayso.documents import Article, Span
from sayso.extraction import Reading
from sayso.extraction.sentences import Sentences
from sayso.extraction.wordpiece import words_in
from sayso.speakers.entities import Entity
from sayso.speakers.forms import Form, plain_word, read_form
from sayso.speakers.lists import metonym
from sayso.speakers.mentions import ORGANISATION, PERSON, PLACE, TIME, Mention
from sayso.speakers.names import NameIndex

_BETWEEN = re.compile(r"\s*[,(—–-]\s*\Z")
_LOCATIVE = re.compile(r"(?i)\b(in|at|near|outside|around|into|across|through|inside|throughout|from|of)\s+(the\s+)?\Z")
_AT_PLACE = re.compile(r"(?i)\b(in|at|near|outside)\s+\Z")
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
    sources: set[int] = field(default_factory=set)
    """The mentions that are sources: their spans are the surest."""


class Resolver:
    """What the words of an article's mentions decide, and the tables about them that every later step reads."""

    def __init__(
        self, article: Article, reading: Reading, *, mentions: list[Mention], sources: Mapping[str, int]
    ) -> None:
        self.article = article
        self.scores = reading.scores.mentions
        self.text = article.text
        self.mentions = mentions
        self.sentences = Sentences(article)
        self.quoted = reading.layout.quoted
        self._quote_starts = [span.start for span in self.quoted]
        self._small = {word for word in set(words_in(self.text)) if word.islower()}
        """The words that the article writes in small letters somewhere."""
        self.head_ends = [reading.tokens.words[each.head].end for each in self.mentions]
        self.sentence_of = [self.sentences.number_at(each.span.start) for each in self.mentions]
        self.block_of = [self.sentences.block_at(each.span.start) for each in self.mentions]
        self.in_head = [self._in_head(each.span.start) for each in self.mentions]
        """Which mentions stand in the headline or the standfirst."""
        self.in_quotes = [self.quotation_at(each.span.start) is not None for each in self.mentions]
        self.forms = [self._form(number) for number in range(len(self.mentions))]
        self.sources = set(sources.values())
        self.parts = self._parts_of_names()
        self.cast = Cast(self.mentions, self.forms, [], [None] * len(self.mentions), sources=self.sources)
        self.names = NameIndex(self.create)
        self._countries: set[str] | None = None

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
        opens = sentence is not None and not self.text[self.sentences.spans[sentence].start : mention.span.start].strip(
            _OPENERS
        )
        return read_form(
            mention,
            self.text,
            head_end=self.head_ends[number],
            inner=inner,
            opens_sentence=opens,
            small=self._small,
        )

    def _parts_of_names(self) -> set[int]:
        """The mentions that are only a part of another's name or of the title before it: "Secretary", "Jens"."""
        found = set()
        for number, form in enumerate(self.forms):
            if form.shape != "person" or form.name_span is None:
                continue
            whole = self.mentions[number].span
            for other in range(max(0, number - 12), min(number + 4, len(self.mentions))):
                span = self.mentions[other].span
                if other == number or other in self.sources or not whole.contains(span) or span == whole:
                    continue
                before = self.text[max(0, span.start - 5) : span.start].lower()
                if span.overlaps(form.name_span) or not (
                    self.text[span.end : span.end + 2] in ("'s", "’s")
                    or before.endswith((" of ", " for ", " to ", " the "))
                ):
                    found.add(other)
        return found

    def create(self) -> Entity:
        """A new entity, with nothing known of it."""
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
        if form.party in ("I", "we", "you"):
            return False
        if number in self.sources:
            return True
        if number in self.parts:
            return False
        if form.shape == "pronoun":
            return form.party in ("he", "she", "it", "they")
        if form.shape in ("person", "proper"):
            return mention.kind != TIME
        return mention.kind in (PERSON, ORGANISATION) or form.noun_class is not None

    def resolve_names(self) -> None:
        """Every name finds its entity; full names before bare surnames, the body before the headline."""
        order = sorted(range(len(self.mentions)), key=self.in_head.__getitem__)
        order = [number for number in order if number not in self.parts]
        for number in order:
            if self.forms[number].shape == "person" and len(self.forms[number].name) > 1:
                self._name_person(number)
        for number in order:
            form = self.forms[number]
            if form.shape == "proper" and form.name:
                if len(form.name) == 1 and self.mentions[number].kind == PERSON and self.names.is_surname(form):
                    # Washington the actor, where an article has one
                    form.shape, form.kind = "person", PERSON
                    self._name_person(number)
                else:
                    self.join(number, self.names.proper(form, key=self.place_key(number)))
        for number in order:
            form = self.forms[number]
            if form.shape == "person" and len(form.name) == 1:
                named = self.names.known_proper(form) if not form.title and not self.names.is_surname(form) else None
                if named is not None:
                    self.join(number, named)
                else:
                    self._name_person(number)

    def _in_head(self, start: int) -> bool:
        heads = (self.article.headline, self.article.standfirst)
        return any(span is not None and span.start <= start < span.end for span in heads)

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
        # who was named last before is the likelier one
        rest = [each for _, each in before[1:]]
        clear = 0.9 if self.forms[number].gender_is_sure and nearest.gender == self.forms[number].gender else 0.6
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

    def tell_places(self) -> None:
        """A name that stands behind "in" or "at" somewhere is no person's, whatever the encoder took it for."""
        for entity in self.cast.entities:
            if entity.proper and not entity.sure and entity.kind == PERSON and len(entity.mentions) > 0:
                spans = [self.mentions[number].span for number in entity.mentions]
                if any(_AT_PLACE.search(self.text[max(0, span.start - 12) : span.start]) for span in spans):
                    entity.kind, entity.kinds = PLACE, Counter({PLACE: entity.kinds.total()})

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
        closed = after in ',.;)—–"”' or after == "" or self.text[self.mentions[other].span.end :][:2] == " ("
        if {one.shape, two.shape} == {"person", "nominal"}:
            described = two if one.shape == "person" else one
            if described.plural or (described.kind not in (PERSON,) and described.noun_class != "person"):
                return False
            if one.shape == "nominal":
                return one.noun_class == "person" and (closed or (one.definite and len(two.name) > 1))
            return closed or self.text[self.mentions[other].span.end :].lstrip()[:3] in ("who", "and")
        if one.shape == "proper" and two.shape == "nominal":
            return (
                closed and not two.plural and one.kind == two.kind == ORGANISATION
                and re.match(r"(?i)(an?|the|its|one of)\b", two.text) is not None
            )  # fmt: skip
        return False

    def join_same_words(self) -> None:
        """Definite descriptions in the same words speak of the same: "the coast guard ... the coast guard's"."""
        first: dict[str, int] = {}
        for number, form in enumerate(self.forms):
            if form.shape != "nominal" or not form.definite or form.possessed or number in self.parts:
                continue
            if len(form.keys) + len(form.noun.split()) < 2 or form.pair or not form.keys - {form.noun}:
                continue
            words = " ".join(plain_word(word).lower() for word in form.text.split())
            other = first.setdefault(words, number)
            if other != number and self.cast.of_mention[number] is None:
                if self.cast.of_mention[other] is None:
                    self.join(other, self.create())
                found = self.cast.of_mention[other]
                if found is not None:
                    self.join(number, self.cast.entities[found])

    def _unite(self, number: int, other: int) -> None:
        entities = self.cast.entities
        named = self.cast.of_mention[number], self.cast.of_mention[other]
        if named[0] is not None and named[1] is None:
            self.join(other, entities[named[0]])
        elif named[1] is not None and named[0] is None:
            self.join(number, entities[named[1]])
