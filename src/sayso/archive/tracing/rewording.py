"""Whether two wordings say much the same in other words: translated and back, or paraphrased.

Each piece of the one is held against its nearest in the other and the other way round (Zhang et al. 2020,
"BERTScore"); what counts is the direction in which less is met, sentence by sentence, so that a sentence on the same
topic with something else to say stays apart.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from sayso.archive.tracing.forms import Link, LinkKind, Utterance
from sayso.archive.tracing.linking import days_between, evidence_of
from sayso.archive.tracing.overlap import overlap, worded
from sayso.archive.tracing.pieces import pieces_of
from sayso.archive.tracing.rarity import frequencies
from sayso.archive.tracing.voices import one_voice
from sayso.checks.words import words_of
from sayso.extraction.vectors import Floats, load_encoder

SAME = 0.5
"""Score from which one speaker's two sentences of one week say the same. Chosen on training/reworded/dev, where three
of four retranslations are above and, of pairs of one occasion that say something else, one in 2,500."""
_LITERAL = 0.05
"""What words that both have literally add, by `Evidence.common`."""
FAINT = 0.28
"""The same by words without context, below which the encoder is not asked: of the retranslations of
training/reworded one in twenty is below 0.33."""
_UNSURE = 0.06
"""How much more it takes where the speaker is not known for sure, and for each ten days beyond a week."""
_WEEK = 7
_LONGEST = 30
"""Days apart from which other words are another occasion."""
_FEWEST = 4
"""Words of a sentence that is held against others."""
_MOST = 8
"""Sentences of a wording that are read."""


def reworded(a: Utterance, b: Utterance) -> Link | None:
    """Whether two wordings are of one utterance by what they say; None where they are not.

    Never across two speakers, nor a month apart.
    """
    voice, days = one_voice(a, b), days_between(a, b)
    if voice is False or (days is not None and days > _LONGEST):
        return None
    if not (is_english(a.text) and is_english(b.text)):
        return None
    needed = SAME + (0.0 if voice else _UNSURE) + max(0, (_WEEK if days is None else days) - _WEEK) * _UNSURE / 10
    if likeness(bare(a), bare(b)) < FAINT:
        return None
    shared = overlap(worded(a.text), worded(b.text))
    common = evidence_of(shared, voice, days).common
    score = sameness(bare(a), bare(b)) + _LITERAL * common
    if score < needed:
        return None
    kind: LinkKind = "translated" if a.quoted and b.quoted else "paraphrased"
    who = "the same speaker" if voice else "a speaker that is not known for sure"
    return Link(kind, min(1.0, score), shared.of_shorter, f"much the same in other words ({score:.2f}); {who}")


def is_english(text: str) -> bool:
    """Whether most words are English ones: the encoder knows no other language, and finds all of another alike."""
    keys = worded(text).keys
    return 2 * sum(key in frequencies() or key[0] in "#$%" for key in keys) >= len(keys)


def bare(utterance: Utterance) -> str:
    """The text without the speaker's own name, which all wordings of his share that have it."""
    name = utterance.speaker_name
    return (
        re.sub(rf"\b(?:{'|'.join(map(re.escape, name.split()))})\b:?", "", utterance.text) if name else utterance.text
    )


def sameness(one: str, other: str) -> float:
    """How much the most alike sentences of two texts say the same, 0 to 1: what less is met of either."""
    return _alike(readings(one), readings(other))


def likeness(one: str, other: str) -> float:
    """The same by words without context, roughly and fast: see `FAINT`."""
    return _alike(outlines(one), outlines(other))


def _alike(a: Reading | None, b: Reading | None) -> float:
    if a is None or b is None:
        return 0.0
    near = a.words @ b.words.T
    there = np.maximum.reduceat(np.where(b.weights > 0, near, -1.0), b.starts, axis=1)
    back = np.maximum.reduceat(np.where(a.weights[:, None] > 0, near, -1.0), a.starts, axis=0)
    told = np.add.reduceat(there * a.weights[:, None], a.starts, axis=0) / a.totals[:, None]
    tells = np.add.reduceat(back * b.weights, b.starts, axis=1) / b.totals
    return float(np.minimum(told, tells).max())


@dataclass(frozen=True, slots=True)
class Reading:
    """A text and its sentences as vectors, one after the other."""

    words: Floats
    """[pieces, 384]"""
    weights: Floats
    """[pieces] how much each tells"""
    starts: npt.NDArray[np.intp]
    """[parts] where each begins"""
    totals: Floats
    """[parts] the weight of each"""


# What is kept serves one trace and the next: some 40 KB each, so that a server would not come to an end of growing.
@lru_cache(maxsize=1 << 8)
def readings(text: str) -> Reading | None:
    """A text as the encoder reads it: as a whole, and its sentences; None where it has too few words."""
    return _stacked([_encoded(part) for part in _parts(text)])


@lru_cache(maxsize=1 << 9)
def _encoded(part: str) -> tuple[Floats, Floats]:
    """The pieces of a sentence in their context, and how much each says."""
    read = load_encoder().encode(part)
    return read.words, read.weights


@lru_cache(maxsize=1 << 9)
def outlines(text: str) -> Reading | None:
    """The same by its words without context, which costs a hundredth."""
    encoder = load_encoder()
    ids = [encoder.ids(part) for part in _parts(text)]
    return _stacked([(encoder.plain(each), encoder.says[each]) for each in ids])


def _parts(text: str) -> list[str]:
    if len(words_of(text)) < _FEWEST:
        return []
    spans = pieces_of(text)[:_MOST]
    parts = [span.of(text) for span in spans if len(words_of(text, [span])) >= _FEWEST]
    return [text] if len(parts) <= 1 else [text, *parts]


def _stacked(parts: Sequence[tuple[Floats, Floats]]) -> Reading | None:
    parts = [(words, weights) for words, weights in parts if weights.any()]
    if not parts:
        return None
    return Reading(
        np.concatenate([words for words, _ in parts]),
        np.concatenate([weights for _, weights in parts]),
        np.cumsum([0, *(len(weights) for _, weights in parts[:-1])]),
        np.array([weights.sum() for _, weights in parts], dtype=np.float32),
    )
