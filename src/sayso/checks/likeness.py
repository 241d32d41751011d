"""How much alike in meaning a text and passages are: what is compared, and what it counts for.

The numbers to compare are made here and weighed here; what they count for was fitted by `training.reworded`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sayso.checks.numerals import numeral_at
from sayso.checks.words import words_of
from sayso.extraction.vectors import Encoder, Floats, Vectors, unit

_FEWEST_WORDS = 4
"""Of 59 quotes of two or three words out of other news, one in ten had a passage that seemed to say the same."""
_UNSURE = 0.49
_MANY = 10
"""Passages that the best is held against."""
_USUAL = 0.63
"""Their usual rank (mean of training/reworded/dev): it stands in where a speaker said too little to hold against."""
_FIRM = 0.25
"""`Vectors.weights` from which a piece must have its counterpart: left out are those that every third sentence has."""


class Features(NamedTuple):
    """What is known of one passage beside a text; all but the last two 0 to 1 or nearly so."""

    whole: float
    """Cosine of the vectors of both."""
    told: float
    """How well each word of the text is met by its nearest in the passage, on average."""
    tells: float
    """How well each word of the passage is met in the text."""
    least: float
    """Of the third of the text's words that are met worst: how well."""
    same: float
    """The share of the text's words that the passage has literally."""
    numbers: float
    """The share of the text's numbers that the passage has; half where the text has none."""
    ahead: float
    """How far its rank lies above the next passage's."""
    above: float
    """How far above that of the ten next on average."""


BIAS = -10.147
WEIGHTS = Features(
    whole=1.099, told=6.696, tells=6.396, least=7.727, same=-9.016, numbers=1.443, ahead=4.140, above=3.098
)
"""Fitted by `training.reworded --fit`. `same` counts against a passage because words that meet literally are in `told`
and `least` already, and tell less than words that meet in meaning: a quote on the same topic has the topic's words."""
WHOLE = 1.0
"""What `whole` counts for in a rank, beside the balance of `told` and `tells`."""


class Reading(NamedTuple):
    """A text and what of it is compared."""

    vectors: Vectors
    numbers: frozenset[str]
    words: int
    """How many words it has"""


def read(encoder: Encoder, text: str) -> Reading:
    """The reading of one text."""
    words = words_of(text)
    numbers: set[str] = set()
    at = 0
    while at < len(words):
        numeral = numeral_at(words, at, len(words))
        if numeral is None:
            at += 1
            continue
        if numeral.value != 1 and not numeral.kind:
            numbers.add(numeral.key)
        at = max(numeral.end, at + 1)
    return Reading(encoder.encode(text), frozenset(numbers), len(words))


@dataclass(frozen=True, slots=True)
class Likeness:
    """Passages beside one text."""

    words: int
    """Of the text"""
    plain: list[Features]
    """[passages] `ahead` and `above` zero"""
    ranks: Floats
    """[passages] the higher the nearer"""

    def features(self, number: int, others: Sequence[float]) -> Features:
        """What is known of a passage; `others` are the ranks of those that do not overlap it, the best first."""
        rank = float(self.ranks[number])
        rest = sorted([*others[:_MANY], *[_USUAL] * (_MANY - len(others))], reverse=True)
        return self.plain[number]._replace(ahead=rank - rest[0], above=rank - sum(rest) / len(rest))

    def score(self, number: int, others: Sequence[float]) -> float:
        """How likely a passage says much the same, 0 to 1; never as likely as not of a text of a few words."""
        weighed = BIAS + sum(map(float.__mul__, map(float, WEIGHTS), map(float, self.features(number, others))))
        return min(1 / (1 + math.exp(-weighed)), 1.0 if self.words >= _FEWEST_WORDS else _UNSURE)


def likeness(asked: Reading, passages: Sequence[Sequence[Reading]]) -> Likeness:
    """How much alike a text and passages are, each of one or more sentences."""
    sentences = list({id(each): each for passage in passages for each in passage}.values())
    place = {id(each): number for number, each in enumerate(sentences)}
    met = [_met(asked.vectors, each.vectors) for each in sentences]
    plain: list[Features] = []
    ranks: list[float] = []
    for passage in passages:
        numbers = [place[id(each)] for each in passage]
        features = _features(asked, passage, [met[number] for number in numbers])
        plain.append(features)
        there, back = max(features.told, 0.0), max(features.tells, 0.0)
        ranks.append(2 * there * back / max(there + back, 1e-6) + WHOLE * features.whole)
    return Likeness(asked.words, plain, np.array(ranks, dtype=np.float32))


class _Met(NamedTuple):
    """How the words of a text and those of one sentence meet."""

    told: Floats
    """[pieces of the text] the nearest in the sentence"""
    same: npt.NDArray[np.bool_]
    """[pieces of the text] whether the sentence has it literally"""
    tells: float
    """How well the sentence's pieces are met, summed with their weights"""
    weight: float
    """The sum of those weights"""


def _met(text: Vectors, sentence: Vectors) -> _Met:
    """Pieces that say nothing are nobody's counterpart."""
    near = text.words @ sentence.words.T
    told = np.where(sentence.weights > 0, near, -1).max(axis=1, initial=-1)
    tells = np.where(text.weights[:, None] > 0, near, -1).max(axis=0, initial=-1)
    return _Met(
        np.asarray(told, dtype=np.float32),
        np.isin(text.pieces, sentence.pieces),
        float(tells @ sentence.weights),
        float(sentence.weights.sum()),
    )


def _features(asked: Reading, passage: Sequence[Reading], met: Sequence[_Met]) -> Features:
    text = asked.vectors
    told = np.max([each.told for each in met], axis=0)
    same = np.any([each.same for each in met], axis=0)
    total = max(float(text.weights.sum()), 1e-6)
    firm = np.sort(told[text.weights >= _FIRM])
    average = float(told @ text.weights) / total
    whole = np.sum([each.vectors.whole * np.float32(each.vectors.count) for each in passage], axis=0)
    numbers = frozenset[str]().union(*(each.numbers for each in passage))
    return Features(
        whole=float(unit(whole) @ unit(text.whole)),
        told=average,
        tells=sum(each.tells for each in met) / max(sum(each.weight for each in met), 1e-6),
        least=float(firm[: max(1, len(firm) // 3)].mean()) if len(firm) else average,
        same=float(same @ text.weights) / total,
        numbers=len(asked.numbers & numbers) / len(asked.numbers) if asked.numbers else 0.5,
        ahead=0.0,
        above=0.0,
    )
