"""Whether two wordings are of one utterance, and how.

What speaks for it: how much of the one stands in the other, and how much the words in a row tell; who is said to have
said it; how many days lie between. A few words that everybody says link nothing. What was fitted on which pairs stands
in `training.traces`, with what it reaches.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from itertools import pairwise
from typing import NamedTuple

from sayso.archive.tracing.forms import Link, LinkKind, Utterance
from sayso.archive.tracing.overlap import ALONE, Overlap, Worded, overlap, worded
from sayso.archive.tracing.voices import one_voice


class Evidence(NamedTuple):
    """What is known of two wordings."""

    common: float
    """How much of both is in both, 0 to 2: the share of the shorter one, and the balance of both shares."""
    telling: float
    """The logarithm of what their heaviest run tells."""
    voice: float
    """1 for one speaker, -1 for two, 0 where it cannot be told."""
    days: float
    """The logarithm of the days between; a week where a day is not known."""


BIAS = -4.13
WEIGHTS = Evidence(common=2.75, telling=2.06, voice=0.67, days=-0.53)
"""Fitted by `training.traces --fit`."""
LINKED = 0.5
UNKNOWN_DAYS = 7
_FEWEST = 2
"""Words that have to be shared at the least."""


def evidence_of(shared: Overlap, voice: bool | None, days: int | None) -> Evidence:
    """What is known of two wordings, as numbers."""
    return Evidence(
        shared.of_shorter + math.sqrt(shared.of_shorter * shared.of_longer),
        math.log(shared.heaviest + 0.1),
        {True: 1.0, False: -1.0, None: 0.0}[voice],
        math.log1p(UNKNOWN_DAYS if days is None else days),
    )


def score_of(evidence: Evidence) -> float:
    """How likely two wordings are of one utterance, 0 to 1."""
    return 1 / (1 + math.exp(-(BIAS + sum(weight * value for weight, value in zip(WEIGHTS, evidence, strict=True)))))


def days_between(a: Utterance, b: Utterance) -> int | None:
    """Days from one to the other: those on which they were said, where both tell, else on which they were published."""
    if a.said is not None and b.said is not None:
        return abs(a.said - b.said)
    one, other = (a.day if a.day is not None else a.said), (b.day if b.day is not None else b.said)
    return None if one is None or other is None else abs(one - other)


def link(a: Utterance, b: Utterance) -> Link | None:
    """Whether two wordings are of one utterance by their words, and how; None where they are not.

    >>> a = Utterance("We will not sell the ferry to anyone", speaker_name="Ada Brandt", day=100)
    >>> link(a, Utterance("not sell the ferry", speaker_name="Brandt", day=101)).kind
    'cut'
    """
    one, other = worded(a.text), worded(b.text)
    voice, days = one_voice(a, b), days_between(a, b)
    if not _may_be(one, other, voice, days):
        return None
    shared = overlap(one, other)
    if sum(size for _, _, size in shared.runs) < min(_FEWEST, len(one.keys), len(other.keys)) or not shared.runs:
        return None
    score = score_of(evidence_of(shared, voice, days))
    if score < LINKED:
        return None
    kind = kind_of(one, other, shared)
    return Link(kind, score, shared.of_shorter, _reason(kind, shared, voice, days))


def _may_be(one: Worded, other: Worded, voice: bool | None, days: int | None) -> bool:
    """Whether the words that both have could link them in the best of orders: most could not, and are not aligned."""
    if len(one.keys) > len(other.keys):
        one, other = other, one
    if one.keys == other.keys:
        return True
    met, run = met_at_best(one.keys, one.weights, other.bag, set(pairwise(other.keys)))
    return at_best(met, run, one.total, other.total, voice, days) >= LINKED


def met_at_best(
    words: Sequence[str],
    weights: Sequence[float],
    bag: Collection[str],
    pairs: Collection[tuple[str, str]],
) -> tuple[float, float]:
    """What words tell at the most of which another text has some, and some next to each other; and the heaviest run."""
    met = run = heaviest = 0.0
    before = False
    for at, (word, weight) in enumerate(zip(words, weights, strict=True)):
        if word not in bag:
            before = False
            continue
        after = at + 1 < len(words) and (word, words[at + 1]) in pairs
        met += weight if after or before else weight * ALONE
        run = run + weight if before else weight
        heaviest = max(heaviest, run)
        before = after
    return met, heaviest


def at_best(met: float, run: float, one: float, other: float, voice: bool | None, days: int | None) -> float:
    """How likely two wordings are of one utterance by what they share, of the weights of both, and its heaviest run."""
    shares = sorted(min(1.0, met / max(each, 1e-6)) for each in (one, other))
    return score_of(evidence_of(Overlap((), shares[1], shares[0], run), voice, days))


def kind_of(one: Worded, other: Worded, shared: Overlap) -> LinkKind:
    """How two wordings that share words differ.

    >>> one, other = worded("we will not sell the ferry"), worded("we will never sell the ferry")
    >>> kind_of(one, other, overlap(one, other))
    'altered'
    """
    if one.keys == other.keys:
        return "exact"
    solid = [run for run in shared.runs if run[2] > 1] or list(shared.runs)
    first, last = solid[0], solid[-1]
    # Between the first and the last words that both have, in either text.
    spans = [(first[side], last[side] + last[2]) for side in (0, 1)]
    matched = sum(run[2] for run in shared.runs if first[0] <= run[0] <= last[0])
    changed = max(end - start for start, end in spans) > matched
    # Words of both that lie beyond, on the same side, are two tellings of one sentence, not two cuts.
    before = min(first[0], first[1])
    after = min(len(one.keys) - spans[0][1], len(other.keys) - spans[1][1])
    return "altered" if changed or before or after else "cut"


def _reason(kind: LinkKind, shared: Overlap, voice: bool | None, days: int | None) -> str:
    words = {
        "exact": "the same words",
        "cut": "the same words, cut differently",
        "altered": f"{shared.of_shorter:.0%} of the words of the shorter one",
    }[kind]
    who = {True: "the same speaker", False: "another speaker", None: "a speaker that is not known for sure"}[voice]
    when = "on days not known" if days is None else "on the same day" if days == 0 else f"{days} days apart"
    return f"{words}; {who}; {when.replace('1 days', 'a day') if days == 1 else when}"
