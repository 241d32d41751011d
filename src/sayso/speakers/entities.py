"""Entities: mentions that speak of one, and what is known of him, her, it or them so far."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from sayso.speakers.forms import Form
from sayso.speakers.lists import Gender, expand_title, noun_class

PAIRS = frozenset("couple pair duo two both siblings spouses brothers sisters parents twins".split())
"""What two who were named together may be called."""


@dataclass(slots=True)
class Entity:
    """Somebody or something that an article speaks of; mentions by their numbers in text order of joining."""

    number: int
    mentions: list[int] = field(default_factory=list)
    names: list[tuple[str, ...]] = field(default_factory=list)
    """The names it goes by, the fullest first."""
    kind: int | None = None
    """What most of its names and descriptions are of, the first of several; None where pronouns are all there is."""
    kinds: Counter[int] = field(default_factory=Counter)
    gender: Gender | None = None
    gender_is_sure: bool = False
    plural: bool = False
    nouns: set[str] = field(default_factory=set)
    """Head nouns of its descriptions and of the titles before its names."""
    keys: set[str] = field(default_factory=set)
    """Content words of its descriptions and names."""
    proper: bool = False
    """Is it named at all."""
    sure: bool = False
    """One of its names shows what it is a name of."""

    def conflicts_in_gender(self, gender: Gender | None, *, sure: bool) -> bool:
        """Whether it is surely of another gender."""
        return (
            sure
            and self.gender_is_sure
            and gender in ("m", "f")
            and self.gender in ("m", "f")
            and gender != self.gender
        )

    def learn(self, number: int, form: Form) -> None:
        """Take in one more mention."""
        self.mentions.append(number)
        if form.gender in ("m", "f") and (form.gender_is_sure or not self.gender_is_sure):
            self.gender, self.gender_is_sure = form.gender, form.gender_is_sure or self.gender_is_sure
        if form.shape == "pronoun":
            self.plural |= form.party == "they" and not self.proper
            return
        self.kinds[form.kind] += 1
        if self.kind is None or self.kinds[form.kind] > self.kinds[self.kind]:
            self.kind = form.kind
        self.keys |= form.keys
        if form.shape == "nominal":
            self.plural |= form.plural
            if form.noun:
                self.nouns.add(form.noun)
            if form.pair:
                self.nouns |= PAIRS
            return
        self.proper = True
        self.sure |= form.sure
        if form.name not in self.names:
            self.names.append(form.name)
            self.names.sort(key=lambda name: (-len(name), -sum(map(len, name))))
        if form.shape == "proper" and form.name and noun_class(form.name[-1]) in ("organisation", "government"):
            self.nouns.add(form.name[-1].lower())
        if form.shape == "person":
            for word in form.title.split():
                bare = word.strip(".,").lower()
                self.nouns.add(bare)
                full = expand_title(word.strip(","))
                if full is not None:
                    self.nouns.add(full.split()[-1])
                    self.keys |= set(full.split())
