"""The headline's figures against the body's: "500 jobs" above, "some 480 jobs" below."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sayso.checks.reckoning.amounts import compared
from sayso.checks.reckoning.findings import Finding, shown
from sayso.checks.reckoning.sentences import Sentence
from sayso.checks.reckoning.slots import Slot

_WORD = re.compile(r"[^\W\d_]{3,}")
_EMPTY = frozenset(
    "the and for with from that this will would after over into about more than have has had was were are its his her"
    " their they who which when says said say amid but not all per out off new some least nearly almost last first year"
    " years month week day monday tuesday wednesday thursday friday saturday sunday people person percent cent million"
    " billion".split()
)
_LEAD = 3
"""Sentences of the body in which a figure of the headline is looked for: further down, it is of something else."""
_ALIKE = 2.0
"""Figures that are further apart than this are of different things."""
_OTHER = re.compile(
    r"\b(?:further|another|other|extra|additional|last year|previous|earlier|since|already|each|per|so far|of them"
    r"|among|including|initially|originally|had|in \d{4}|ago)\b",
    re.IGNORECASE,
)


def find_repeats(heads: Sequence[Sentence], body: Sequence[Sentence]) -> Iterator[Finding]:
    """Figures of headline and standfirst that the first sentences of the body give otherwise, or alike.

    The same thing must be meant: a unit of its own, one figure of it in the lead, and two other words in common.
    """
    lead = body[:_LEAD]
    for sentence in heads:
        for slot in sentence.slots:
            finding = _repeated(sentence, slot, lead, body)
            if finding:
                yield finding


def _repeated(head: Sentence, slot: Slot, lead: Sequence[Sentence], body: Sequence[Sentence]) -> Finding | None:
    claim = slot.amount(claimed=True)
    if not _is_specific(slot) or claim is None:
        return None
    same = [(sentence, other) for sentence in body for other in sentence.slots if _same_thing(slot, other)]
    if len([other for other in head.slots if _same_thing(slot, other)]) > 1 or not same:
        return None
    for sentence, other in same:
        amount = other.amount(claimed=True)
        if (
            amount
            and sentence in lead
            and compared(claim, slot.figure.kind, amount) == "consistent"
            and _shared(head, sentence)
        ):
            near = amount.near.meets(claim.near) and abs(amount.value - claim.value) <= 0.02 * claim.value
            bound = "exact" not in (slot.figure.kind, other.figure.kind)
            if near or bound or slot.figure.kind != "exact":
                return Finding(
                    "repeat", "consistent", slot, [other], f"The body has {shown(other)}.", other.figure.value
                )
    if any((amount := other.amount(claimed=True)) and claim.value == amount.value for _, other in same):
        return None
    here = [(sentence, other) for sentence, other in same if sentence in lead]
    if len(here) != 1 or len(same) > 2:
        return None
    sentence, other = here[0]
    amount = other.amount(claimed=True)
    if amount is None or amount.value <= 0 or claim.value <= 0 or len(_shared(head, sentence)) < 2:
        return None
    if _OTHER.search(sentence.plain) or not 1 / _ALIKE < claim.value / amount.value < _ALIKE:
        return None
    if _adds_up(slot, sentence):
        return None
    value = compared(claim, slot.figure.kind, amount)
    if value == "inconsistent":
        return Finding(
            "repeat",
            value,
            slot,
            [other],
            f"The headline has {shown(slot)}, the body {shown(other)}.",
            other.figure.value,
        )
    why = f"The headline rounds: the body has {shown(other)}."
    return Finding("repeat", "loose", slot, [other], why, other.figure.value)


def _adds_up(slot: Slot, sentence: Sentence) -> bool:
    """Whether two or all of a sentence's counts make the headline's: "180 jobs in Orvik and 120 in Lund"."""
    counts = [other.figure.value or 0 for other in sentence.slots if other.letter == "C"]
    sums = {a + b for i, a in enumerate(counts) for b in counts[i + 1 :]} | {sum(counts)}
    return slot.figure.value in sums and len(counts) > 1


def _is_specific(slot: Slot) -> bool:
    """Whether the unit says what is counted; money, lengths and people are of many things."""
    return slot.letter == "C" and slot.unit not in (None, "person", "time", "thing", "other", "one") and slot.listed


def _same_thing(one: Slot, two: Slot) -> bool:
    return one.letter == two.letter and one.unit == two.unit


def _shared(head: Sentence, sentence: Sentence) -> set[str]:
    """Content words in common, by their first five letters, which is near enough to their stem."""
    return _stems(head) & _stems(sentence)


def _stems(sentence: Sentence) -> set[str]:
    words = (found.group().lower() for found in _WORD.finditer(sentence.plain))
    return {word[:5].removesuffix("s") for word in words if word not in _EMPTY}
