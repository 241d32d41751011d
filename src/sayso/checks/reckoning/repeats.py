"""The headline's figures against the body's: "500 jobs" above, "some 480 jobs" below."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sayso.checks.reckoning.amounts import Amount, compared
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
"""Figures that are further apart than this are of different things, unless their digits changed places."""
OTHERWISE = re.compile(
    r"\b(?:further|another|other|extra|additional|last year|previous|earlier|since|already|each|per|so far|of them"
    r"|among|including|initially|originally|had|in \d{4}|ago)\b",
    re.IGNORECASE,
)
_ENDING = re.compile(r"(?:ing|ed|es|s)$")


def find_repeats(heads: Sequence[Sentence], body: Sequence[Sentence]) -> Iterator[Finding]:
    """Figures of headline and standfirst that the first sentences of the body give otherwise, or alike.

    The same thing must be meant: one figure of its unit in the lead, and the same word before it or other words in
    common, the more the less the unit says.
    """
    for sentence in heads:
        for slot in sentence.slots:
            finding = _repeated(sentence, slot, body) if slot.listed and slot.letter in "CMP" else None
            if finding:
                yield finding


def _repeated(head: Sentence, slot: Slot, body: Sequence[Sentence]) -> Finding | None:
    claim = slot.amount(claimed=True)
    if claim is None or claim.value <= 0 or len([each for each in head.slots if _same_thing(slot, each)]) > 1:
        return None
    same = [
        (sentence, other, amount)
        for sentence in body
        for other in sentence.slots
        if _same_thing(slot, other) and (amount := other.amount(claimed=True))
    ]
    for sentence, other, amount in same:
        if sentence in body[:_LEAD] and _is_same(claim, slot, amount, other) and _shared(head, sentence, slot):
            why = f"The body has {shown(other)}."
            return Finding("repeat", "consistent", slot, [other], why, other.figure.value)
    here = [found for found in same if found[0] in body[:_LEAD]]
    if len(here) != 1 or any(amount.value == claim.value for _, _, amount in same):
        return None
    sentence, other, amount = here[0]
    if not _is_meant(head, slot, sentence, other) or not _is_slip(claim.value, amount.value):
        return None
    value = compared(claim, slot.figure.kind, amount)
    if value == "inconsistent":
        why = f"The headline has {shown(slot)}, the body {shown(other)}."
        return Finding("repeat", value, slot, [other], why, other.figure.value)
    if slot.letter != "C":
        return None
    return Finding("repeat", "loose", slot, [other], f"The headline rounds: the body has {shown(other)}.", amount.value)


def _is_same(claim: Amount, slot: Slot, amount: Amount, other: Slot) -> bool:
    """Whether the body's figure is the headline's, bounds and two per cent aside."""
    if compared(claim, slot.figure.kind, amount) != "consistent":
        return False
    return slot.figure.kind != "exact" or abs(amount.value - claim.value) <= 0.02 * claim.value


def _is_slip(one: float, two: float) -> bool:
    if two <= 0:
        return False
    swapped = sorted(f"{one:g}") == sorted(f"{two:g}")
    return swapped or 1 / _ALIKE < one / two < _ALIKE


def _is_meant(head: Sentence, slot: Slot, sentence: Sentence, other: Slot) -> bool:
    """Whether the two sentences tell of the same figure."""
    if OTHERWISE.search(sentence.text, *sentence.span) or adds_up(slot, sentence):
        return False
    before = sentence.text[sentence.span.start : other.span.start]
    if re.search(r"\b(?:from|than|compared|against|below|above|to)\s*$", before):
        return False
    shared = _shared(head, sentence, slot)
    governed = _word_before(head, slot) == _word_before(sentence, other) != ""
    if slot.letter == "C":
        specific = slot.unit not in (None, "person", "time", "thing", "other", "one")
        return specific and len(shared - {f"{slot.unit}s"}) >= 1 + (not governed)
    if slot.letter == "M":
        return governed and len(shared) >= 3
    return len(shared) >= 2 and shared == stems(head) and "‹P" not in sentence.plain.replace("‹P", "", 1)


def _word_before(sentence: Sentence, slot: Slot) -> str:
    """The stem of the word that a figure hangs on: "cut" of "cut 300 jobs"."""
    words = _WORD.findall(sentence.text[sentence.span.start : slot.span.start])
    return _stem(words[-1].lower()) if words else ""


def adds_up(slot: Slot, sentence: Sentence) -> bool:
    """Whether two or all of a sentence's figures make the headline's: "180 jobs in Orvik and 120 in Lund"."""
    values = [other.figure.value or 0 for other in sentence.slots if other.letter in ("C", slot.letter)]
    sums = {a + b for i, a in enumerate(values) for b in values[i + 1 :]} | {sum(values)}
    return slot.figure.value in sums and len(values) > 1


def _same_thing(one: Slot, two: Slot) -> bool:
    return one.letter == two.letter and one.unit == two.unit


def _shared(head: Sentence, sentence: Sentence, slot: Slot) -> set[str]:
    """Content words in common by their stems, without what is counted."""
    return (stems(head) & stems(sentence)) - {_stem(slot.unit or "")}


def stems(sentence: Sentence) -> set[str]:
    """Its content words, by their stems."""
    return {_stem(word) for word in _WORD.findall(sentence.lower) if word not in _EMPTY}


def _stem(word: str) -> str:
    """Near enough to a word's stem: five letters without an ending."""
    return _ENDING.sub("", word)[:5] if len(word) > 4 else word
