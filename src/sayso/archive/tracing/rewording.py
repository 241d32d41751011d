"""Whether two wordings say much the same in other words: translated and back, or paraphrased.

Each piece of the one is held against its nearest in the other and the other way round (Zhang et al. 2020,
"BERTScore"); what counts is the direction in which less is met, sentence by sentence, so that a sentence on the same
topic with something else to say stays apart.
"""

from __future__ import annotations

import re
from functools import lru_cache

from sayso.archive.tracing.forms import Link, LinkKind, Utterance
from sayso.archive.tracing.linking import days_between, evidence_of
from sayso.archive.tracing.overlap import overlap, worded
from sayso.archive.tracing.rarity import frequencies
from sayso.archive.tracing.voices import one_voice
from sayso.checks.likeness import Reading, likeness, read
from sayso.checks.words import words_of
from sayso.documents import Span
from sayso.extraction.vectors import load_encoder
from sayso.reading.sentences import sentences_in

SAME = 0.5
"""Score from which one speaker's two sentences of one week say the same. Chosen on training/reworded/dev, where three
of four retranslations are above and, of pairs of one occasion that say something else, one in 2,500."""
_LITERAL = 0.05
"""What words that both have literally add, by `Evidence.common`."""
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
    """How much the most alike sentences of two texts say the same, 0 to 1."""
    return max((_met(a, b) for a in readings(one) for b in readings(other)), default=0.0)


def _met(a: Reading, b: Reading) -> float:
    return min(likeness(a, [[b]]).plain[0].told, likeness(b, [[a]]).plain[0].told)


@lru_cache(maxsize=1 << 12)
def readings(text: str) -> tuple[Reading, ...]:
    """A text as the encoder reads it: as a whole, and its sentences."""
    encoder = load_encoder()
    spans = sentences_in(text, Span(0, len(text)))[:_MOST]
    parts = [span.of(text) for span in spans if len(words_of(text, [span])) >= _FEWEST]
    if len(words_of(text)) < _FEWEST:
        return ()
    texts = [text] if len(parts) <= 1 else [text, *parts]
    return tuple(each for each in (read(encoder, part) for part in texts) if each.vectors.weights.any())
