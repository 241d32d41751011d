"""What befell how many, above and below: "Nine dead in blast" over "at least eight people were killed".

The words differ as a rule, so figures are matched by what befell those who are counted. Bounds that can both be true
agree. Only a body with one such figure, told of the same thing, contradicts the headline for certain.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

from sayso.checks.reckoning.amounts import FAR, Amount, compared
from sayso.checks.reckoning.findings import Finding, shown
from sayso.checks.reckoning.repeats import OTHERWISE, adds_up, stems
from sayso.checks.reckoning.sentences import Sentence
from sayso.checks.reckoning.slots import Slot
from sayso.wordlists import read_rows

_CUT = re.compile(
    r"[‹›,;:.()—]|\b(?:and|or|but|after|when|while|as|in|at|on|by|near|who|that|which|because|including|during|with|from|for|since"
    r"|if|than|whose)\b"
)
_DOUBTFUL = frozenset("not never feared believed presumed may might could if no".split())
_FILLS = frozenset(
    "the a lives of deaths rises rose climbs climbed hits reaches reached stands at up to toll all".split()
)
_PASSIVE = frozenset("were was are been be is being".split())
_LATER = re.compile(r"\s*(?:$|[,;:.()—]|\w+day\b|early|late|today|yesterday|overnight|this|last|instantly|there|so)")
_SOURCE = re.compile(
    r"\b(?:said|says?|told|according to|reported|reports|claimed|claims|announced|confirmed|put the (?:toll|number))\b"
)
_CHANGING = re.compile(
    r"\b(?:initially|at first|originally|earlier|later|revised|but other|other reports|conflicting)\b"
)
_COUNTED = re.compile(
    r"\b(?:toll|number of (?:people |those |the )?(?P<what>[a-z]+))\b[^‹›;:]{0,60}"
    r" (?:to|at|is|was|reached|hit|of) $"
)
_END = re.compile(r"[.!?][”\"’']?\s")
_ANYBODY = frozenset([None, "person"])
_JOBS = frozenset(["job", "post", "position", "role"])
_LEAD, _NEAR = 2, 5
"""Sentences of the body whose figure is the headline's whatever it says; further down they must share a word."""


class _Toll(NamedTuple):
    kind: str
    sentence: Sentence
    slot: Slot
    amount: Amount


def find_tolls(heads: Sequence[Sentence], body: Sequence[Sentence]) -> Iterator[Finding]:
    """How many were killed, hurt, held and so on by headline or standfirst, against the body."""
    for head in heads:
        claims = _tolls(head)
        for claim in claims:
            if sum(other.kind == claim.kind for other in claims) > 1:
                continue
            told = [(_place(heads, toll), toll) for each in body for toll in _tolls(each) if toll.kind == claim.kind]
            finding = _held(claim, told, body) if told else None
            if finding:
                yield finding


def _place(heads: Sequence[Sentence], toll: _Toll) -> int:
    """How many sentences of the body stand before a figure's."""
    return len(_END.findall(toll.sentence.text, heads[-1].span.end, toll.sentence.span.start))


def _held(claim: _Toll, told: Sequence[tuple[int, _Toll]], body: Sequence[Sentence]) -> Finding | None:
    for _, toll in told:
        if _agrees(claim, toll):
            why = f"The body has {shown(toll.slot)}."
            return Finding("repeat", "consistent", claim.slot, [toll.slot], why, toll.amount.value)
    if claim.amount.value in _values(body) or _adds_up(claim, [toll for _, toll in told]):
        return None
    meant = [toll for place, toll in told if _is_meant(claim, toll, place)]
    if not meant:
        return None
    toll = meant[0]
    if claim.amount.hard.meets(toll.amount.hard) and toll.slot.figure.kind in ("exact", "approx"):
        why = f"The headline rounds: the body has {shown(toll.slot)}."
        return Finding("repeat", "loose", claim.slot, [toll.slot], why, toll.amount.value)
    if claim.amount.hard.meets(toll.amount.hard):
        why = f"The headline has {shown(claim.slot)}; {shown(toll.slot)} of the body is true, but far from it."
        return Finding("repeat", "loose", claim.slot, [toll.slot], why, toll.amount.value)
    why = f"The headline has {shown(claim.slot)}, the body {shown(toll.slot)}."
    doubt = _doubt(claim, meant, toll)
    return Finding("repeat", "inconsistent", claim.slot, [toll.slot], why, toll.amount.value, doubt=doubt)


def _agrees(claim: _Toll, toll: _Toll) -> bool:
    """Whether both can be true, and tell of about as many."""
    one, two = claim.amount, toll.amount
    if one.value == two.value:
        return True
    if claim.slot.figure.kind == "exact" and toll.slot.figure.kind in ("exact", "approx"):
        return False
    near = one.value < FAR * two.value and two.value < FAR * one.value
    return near and one.hard.meets(two.hard) and compared(one, claim.slot.figure.kind, two) != "inconsistent"


def _is_meant(claim: _Toll, toll: _Toll, place: int) -> bool:
    """Whether the body's figure is told of what the headline tells of."""
    # "Had" tells of another time, unless it only reports what was said.
    words = toll.sentence.span.of(toll.sentence.text)
    if _SOURCE.search(words):
        words = words.replace(" had ", " ")
    if OTHERWISE.search(words) or adds_up(claim.slot, toll.sentence):
        return False
    if not _same_people(claim, toll):
        return False
    shared = _topic(claim.sentence) & _topic(toll.sentence)
    return (place < _LEAD and claim.kind != "jobs") or (place < _NEAR and bool(shared))


def _same_people(claim: _Toll, toll: _Toll) -> bool:
    """Whether the one count may be held against the other: three children may be some of nine, but not of two."""
    one, two = claim.slot.unit, toll.slot.unit
    if one == two or {one, two} <= _JOBS or {one, two} <= _ANYBODY:
        return True
    if one in _ANYBODY:
        return toll.amount.value > claim.amount.value
    return two in _ANYBODY and toll.amount.value < claim.amount.value


def _topic(sentence: Sentence) -> set[str]:
    counted = {word for slot in sentence.slots for word in (slot.unit or "", f"{slot.unit}s")}
    return stems(sentence) - counted - {word[:5] for words in _classes().values() for word in words}


def _doubt(claim: _Toll, meant: Sequence[_Toll], toll: _Toll) -> str | None:
    """Why the body may not contradict the headline after all."""
    others = {shown(each.slot) for each in meant}
    sentence, head = toll.sentence.lower, claim.sentence.lower
    if len(others) > 1:
        return f"The body gives more than one such figure: {', '.join(sorted(others))}."
    if claim.amount.value % 10 == 0 and abs(claim.amount.value - toll.amount.value) <= 0.05 * toll.amount.value:
        return "The headline may round."
    if not 1 / FAR < toll.amount.value / claim.amount.value < FAR:
        return "The two are so far apart that they may tell of different things."
    if _CHANGING.search(sentence) or len(_SOURCE.findall(sentence)) > 1:
        return "The body's figure may have been revised, or is one of several sources."
    if _SOURCE.search(head) and not (_SOURCE.search(sentence) and _topic(claim.sentence) & _topic(toll.sentence)):
        return "The headline may rest on another source than the body."
    return None


def _values(body: Sequence[Sentence]) -> set[float]:
    return {slot.figure.value for each in body for slot in each.slots if slot.figure.value is not None}


def _adds_up(claim: _Toll, tolls: Sequence[_Toll]) -> bool:
    """Whether some of the body's figures together make the headline's: "three children and six adults"."""
    values = [toll.amount.value for toll in tolls][:8]
    whole = claim.amount.value
    return any(sum(some) == whole for size in range(2, len(values) + 1) for some in combinations(values, size))


def _tolls(sentence: Sentence) -> list[_Toll]:
    found = []
    for number, slot in enumerate(sentence.slots):
        amount = slot.amount(claimed=_is_round(slot)) if slot.letter == "C" and slot.listed else None
        kind = _kind(sentence, number, slot) if amount and amount.value > 0 else None
        if amount and kind:
            found.append(_Toll(kind, sentence, slot, amount))
    return found


def _is_round(slot: Slot) -> bool:
    """Whether a count may be rounded: people are counted one by one, and a headline tells "100" of 97."""
    value = slot.figure.value or 0
    return value >= 50 and value % 10 == 0


def _kind(sentence: Sentence, number: int, slot: Slot) -> str | None:
    """What befell those who a slot counts; None where the words say nothing of it, or several things."""
    mark = f"‹{slot.letter}{number}›"
    at = sentence.lower.find(mark.lower())
    kinds = _behind(sentence.lower[at + len(mark) :]) | _before(sentence.lower[:at])
    jobs = slot.unit in _JOBS
    fitting = {kind for kind in kinds if (kind == "jobs") == jobs}
    return fitting.pop() if len(fitting) == 1 else None


def _behind(text: str) -> set[str]:
    """Of "‹C0› people were killed in"; not of "‹C0› soldiers killed the boy", who did it themselves."""
    cut = _CUT.search(text)
    rest = text[cut.start() :] if cut else ""
    words = text[: cut.start() if cut else None].split()[:9]
    if not _DOUBTFUL.isdisjoint(words):
        return set()
    kinds = set()
    for place, word in enumerate(words):
        passive = not _PASSIVE.isdisjoint(words[:place])
        last = place == len(words) - 1
        free = (last and not rest.startswith("‹")) or (not last and bool(_LATER.match(" ".join(words[place + 1 :]))))
        kinds |= {
            kind for kind, forms in _classes().items() if forms.get(word) or (word in forms and (passive or free))
        }
    return kinds


def _before(text: str) -> set[str]:
    """Of "killed ‹C0›", "the deaths of ‹C0›", "the toll rises to ‹C0›"."""
    cuts = [cut.end() for cut in re.finditer(r"[‹›,;:.()—]|\b(?:and|but|after|when|while|as|who|that)\b", text)]
    counted = _COUNTED.search(text)
    if counted:
        return {kind for kind, forms in _classes().items() if (counted["what"] or "toll") in forms}
    words = text[cuts[-1] if cuts else 0 :].split()[-7:]
    if not _DOUBTFUL.isdisjoint(words):
        return set()
    kinds: set[str] = set()
    while words:
        word = words.pop()
        kinds |= {kind for kind, forms in _classes().items() if word in forms}
        if kinds or word not in _FILLS:
            break
    return kinds


@cache
def _classes() -> dict[str, dict[str, bool]]:
    """By class its words, and of each whether it never takes an object."""
    rows = read_rows(Path(__file__).with_name("tolls.tsv"))
    return {kind: {word.rstrip("!"): word.endswith("!") for word in words.split(",")} for kind, words in rows}
