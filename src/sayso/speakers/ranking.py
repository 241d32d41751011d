"""How likely a pronoun or a description speaks of each of the entities before it.

A linear model over features of the pair, with weights of its own for each sort of mention, and a softmax over the
entities and "nobody yet" (mention ranking; Denis and Baldridge 2008). `python -m training.rank` fits the weights, on
GUM's training documents, our own articles and PolNeAR.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from sayso.speakers.entities import Entity
from sayso.speakers.forms import Form
from sayso.speakers.mentions import ORGANISATION, PERSON, PLACE

Floats64 = npt.NDArray[np.float64]
SORTS = ("he", "it", "they", "nominal", "title")
"""The sorts of mention that have weights of their own; "title" is a description by an office or a profession."""
FEATURES = (
    "entity", "link", "link share", "no link", "sentences back", "mentions back", "same sentence", "sentence before",
    "spoke last", "spoke before last", "speaks", "mentions", "gender agrees", "gender conflicts", "given name agrees",
    "given name conflicts", "number agrees", "number conflicts", "kind", "named", "opened its sentence",
    "same noun", "other noun", "shared words", "only later", "in quotation", "is a person", "is an organisation",
    "possessed", "definite", "company of that name", "person of that name", "in the headline",
    "most spoken of", "title unknown", "related word", "as a source", "as a source of one named",
    "nearest", "same paragraph", "as a source of the last", "mentioned once",
)  # fmt: skip


@dataclass(slots=True)
class Seen:
    """What the place of a mention says about its entity."""

    link_best: float
    """The strongest link to one of its mentions; minus infinity where none is in reach."""
    link_share: float
    """The share of all link probability that goes to its mentions."""
    sentences_back: int
    mentions_back: int
    spoke_last: bool
    spoke_before_last: bool
    speaks: bool
    opened_sentence: bool
    only_later: bool
    """All its mentions stand after this one."""
    same_quotation: bool
    """Its last mention and this one both stand in quotation marks, or neither does."""
    in_head: bool
    """This one stands in headline or standfirst."""
    as_source: bool
    """This one is a source."""
    nearest: bool
    """Of those that are named or described as one of that kind, it was mentioned last."""
    same_block: bool
    """Its last mention stands in the same paragraph."""
    most_named: bool
    """Of those with a name and of its kind it has most mentions."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """The weights [features] of each sort. Nobody yet scores 0."""

    weights: Mapping[str, Sequence[float]] = field(default_factory=dict)
    _arrays: dict[str, Floats64] = field(default_factory=dict)

    def chances(self, sort: str, rows: list[list[float]]) -> list[float]:
        """The chance of each entity by its features, and last that of nobody yet; they add up to 1."""
        if not rows:
            return [1.0]
        if sort not in self._arrays:
            self._arrays[sort] = np.array(self.weights[sort])
        scores = np.append(np.array(rows, dtype=np.float64) @ self._arrays[sort], 0.0)
        raw = np.exp(scores - scores.max())
        chances: list[float] = (raw / raw.sum()).tolist()
        return chances


def sort_of(form: Form) -> str:
    """Which weights a mention is ranked by."""
    if form.shape == "pronoun":
        return {"he": "he", "she": "he", "it": "it", "they": "they"}.get(form.party or "", "they")
    return "title" if form.noun_class == "person" else "nominal"


def features_of(form: Form, entity: Entity, seen: Seen) -> list[float]:
    """The features of one pair, in the order of `FEATURES`; what is true counts as 1."""
    gender = form.gender if form.gender in ("m", "f") else None
    known = entity.gender if entity.gender in ("m", "f") else None
    agrees = gender is not None and gender == known
    conflicts = gender is not None and known is not None and gender != known
    kind = entity.kind
    person, organisation = kind == PERSON, kind in (ORGANISATION, PLACE)
    personal = form.party in ("he", "she")
    singular_person = entity.proper and person
    plural = form.plural
    no_link = seen.link_best == -math.inf
    shared = len(form.keys & entity.keys) / (1 + len(form.keys)) if form.keys else 0.0
    described = form.shape == "nominal"
    return [
        1.0,
        0.0 if no_link else max(-8.0, min(8.0, seen.link_best)),
        math.log(seen.link_share + 0.01),
        no_link,
        math.log1p(seen.sentences_back),
        math.log1p(seen.mentions_back),
        seen.sentences_back == 0 and not seen.only_later,
        seen.sentences_back == 1,
        seen.spoke_last,
        seen.spoke_before_last,
        seen.speaks,
        math.log1p(len(entity.mentions)),
        agrees and entity.gender_is_sure,
        conflicts and entity.gender_is_sure,
        agrees and not entity.gender_is_sure,
        conflicts and not entity.gender_is_sure,
        plural and entity.plural,
        (plural and singular_person) or (not plural and entity.plural and personal),
        form.kind == kind,
        entity.proper,
        seen.opened_sentence,
        described and form.noun in entity.nouns,
        described and bool(entity.nouns) and form.noun not in entity.nouns,
        shared,
        seen.only_later,
        seen.same_quotation,
        person,
        organisation,
        form.possessed,
        described and form.definite,
        form.noun_class == "organisation" and entity.proper and organisation,
        form.noun_class == "person" and entity.proper and person,
        seen.in_head,
        seen.most_named and described and form.definite,
        described and form.noun_class == "person" and singular_person and not entity.nouns - _HONORIFICS,
        described and form.noun not in entity.nouns and _is_related(form.noun, entity),
        seen.as_source,
        seen.as_source and entity.proper,
        seen.nearest,
        seen.same_block,
        seen.as_source and seen.spoke_last,
        len(entity.mentions) == 1,
    ]


_HONORIFICS = frozenset("mr mrs ms miss dr sir dame lord lady mx prof".split())


def _is_related(noun: str, entity: Entity) -> bool:
    """Whether a noun shares its first six letters with a word about the entity: "prosecutor", "prosecuting"."""
    return len(noun) >= 6 and any(word.startswith(noun[:6]) for words in (entity.keys, entity.nouns) for word in words)
