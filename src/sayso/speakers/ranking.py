"""How likely a pronoun or a description speaks of each of the entities before it.

A linear model over features of the pair, with weights of its own for each sort of mention, and a softmax over the
entities and "nobody yet" (mention ranking; Denis and Baldridge 2008). `python -m training.rank` fits the weights, on
GUM's training documents, our own articles and PolNeAR.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sayso.speakers.entities import Entity
from sayso.speakers.forms import Form
from sayso.speakers.mentions import ORGANISATION, PERSON, PLACE

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


class Seen(NamedTuple):
    """What the places of a mention and of an entity's mentions say of the two."""

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
    """This one is a definite description; of those with a name and of its kind it has most mentions."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """The weights [features] of each sort. Nobody yet scores 0."""

    weights: Mapping[str, npt.NDArray[np.float64]] = field(default_factory=dict)

    def chances(self, sort: str, rows: list[list[float]]) -> list[float]:
        """The chance of each entity by its features, and last that of nobody yet; they add up to 1."""
        if not rows:
            return [1.0]
        scores = np.append(np.array(rows, dtype=np.float64) @ self.weights[sort], 0.0)
        raw = np.exp(scores - scores.max())
        chances: list[float] = (raw / raw.sum()).tolist()
        return chances


def sort_of(form: Form) -> str:
    """Which weights a mention is ranked by."""
    if form.shape == "pronoun":
        return {"he": "he", "she": "he", "it": "it", "they": "they"}.get(form.party or "", "they")
    return "title" if form.noun_class == "person" else "nominal"


def rows_of(form: Form, pairs: list[tuple[Entity, Seen]]) -> list[list[float]]:
    """The features of a mention with each of some entities, in the order of `FEATURES`; what is true counts as 1."""
    gender = form.gender if form.gender in ("m", "f") else None
    noun, noun_class, keys, plural = form.noun, form.noun_class, form.keys, form.plural
    personal = form.party in ("he", "she")
    described = form.shape == "nominal"
    definite = described and form.definite
    person_noun, organisation_noun = noun_class == "person", noun_class == "organisation"
    rows: list[list[float]] = []
    for entity, (
        link_best, link_share, sentences_back, mentions_back, spoke_last, spoke_before_last, speaks, opened_sentence,
        only_later, same_quotation, in_head, as_source, nearest, same_block, most_named,
    ) in pairs:  # fmt: skip
        known = gender is not None and entity.gender in ("m", "f")
        agrees, conflicts = known and gender == entity.gender, known and gender != entity.gender
        sure, kind, proper, mentions = entity.gender_is_sure, entity.kind, entity.proper, len(entity.mentions)
        person, organisation = kind == PERSON, kind in (ORGANISATION, PLACE)
        same_noun = described and noun in entity.nouns
        other_noun = described and not same_noun
        rows.append(
            [
                1.0,
                0.0 if link_best == -math.inf else max(-8.0, min(8.0, link_best)),
                math.log(link_share + 0.01),
                link_best == -math.inf,
                math.log1p(sentences_back),
                math.log1p(mentions_back),
                sentences_back == 0 and not only_later,
                sentences_back == 1,
                spoke_last,
                spoke_before_last,
                speaks,
                math.log1p(mentions),
                agrees and sure,
                conflicts and sure,
                agrees and not sure,
                conflicts and not sure,
                plural and entity.plural,
                (plural and proper and person) or (not plural and entity.plural and personal),
                form.kind == kind,
                proper,
                opened_sentence,
                same_noun,
                other_noun and bool(entity.nouns),
                len(keys & entity.keys) / (1 + len(keys)) if keys else 0.0,
                only_later,
                same_quotation,
                person,
                organisation,
                form.possessed,
                definite,
                organisation_noun and proper and organisation,
                person_noun and proper and person,
                in_head,
                most_named,
                described and person_noun and proper and person and not entity.nouns - _HONORIFICS,
                other_noun and _is_related(noun, entity),
                as_source,
                as_source and proper,
                nearest,
                same_block,
                as_source and spoke_last,
                mentions == 1,
            ]
        )
    return rows


_HONORIFICS = frozenset("mr mrs ms miss dr sir dame lord lady mx prof".split())


def _is_related(noun: str, entity: Entity) -> bool:
    """Whether a noun shares its first six letters with a word about the entity: "prosecutor", "prosecuting"."""
    start = noun[:6]
    return len(start) == 6 and any(word[:6] == start for words in (entity.keys, entity.nouns) for word in words)
