"""Whether a difference changes the sense: a negation, number, unit, name, modal, quantifier, the tense of a commitment.

Compared are the words of the difference on both sides together with their neighbours, which are the same on both: what
forms one expression with a neighbour ("a few", "at least") is seen, and the neighbours themselves cancel out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import NamedTuple

from sayso.checks.line import Line
from sayso.checks.sense_words import Unit, function_words, units_in
from sayso.statements.wording import stem
from sayso.verdicts import Sense
from sayso.wordlists import read_rows

_STATEMENTS = Path(__file__).parent.parent / "statements"
_NEGATING = ("un", "in", "im", "ir", "il", "dis", "non", "a")
_ORDER: tuple[Sense, ...] = ("negation", "condition", "number", "unit", "name", "modal", "tense", "quantifier")
_EDGE = 3
"""Tokens at either end of left-out words from which a negation still reaches the words that were kept."""
_LONG = 3


class Sides(NamedTuple):
    """A difference: tokens of the quote and tokens of the passage, and how far the same words go on around them."""

    quote: Line
    first: int
    end: int
    passage: Line
    other_first: int
    other_end: int
    before: int
    after: int


def changed(sides: Sides, *, marked: bool = False) -> Sense | None:
    """What of the sense a difference changes, the gravest; None if none that we know of.

    `marked` says that the article puts the words in brackets: who or what is meant may be told in other words there,
    and a verb may follow the article's tense.
    """
    quote, first, end, passage, other_first, other_end, before, after = sides
    ours = units_in(quote, first - before, end + after)
    theirs = units_in(passage, other_first - before, other_end + after)
    lost = _unmatched(theirs, ours, range(other_first, other_end))
    gained = _unmatched(ours, theirs, range(first, end))
    omitted = first == end
    if omitted:
        lost = [unit for unit in lost if _reaches(passage, unit, other_first, other_end)]
    elif other_first == other_end and not marked:
        gained = [unit for unit in gained if _reaches(quote, unit, first, end)]
    found: set[Sense] = set()
    if _negations(lost) + _prefixed(sides, ours=False) != _negations(gained) + _prefixed(sides, ours=True):
        found.add("negation")
    number = _number(sides)
    if number:
        found.add(number)
    units = (
        {unit.group for unit in lost if unit.sense == "unit"},
        {unit.group for unit in gained if unit.sense == "unit"},
    )
    if all(units) or (
        omitted and {"percent", "dollar", "euro", "sterling"} & units[0] and other_end - other_first <= 2
    ):
        found.add("unit")
    if _name(sides):
        found.add("name")
    modals = [unit for unit in lost if unit.sense == "modal"], [unit for unit in gained if unit.sense == "modal"]
    tense = _tense(sides, *modals)
    if tense:
        found.add("tense")
    elif any(modals):
        found.add("modal")
    if any(unit.sense == "condition" for unit in lost + gained):
        found.add("condition")
    if any(unit.sense == "quantifier" for unit in lost + gained) and not marked:
        found.add("quantifier")
    return next((sense for sense in _ORDER if sense in found), None)


def hidden(passage: Line, first: int, end: int) -> tuple[Sense, str] | None:
    """What an ellipsis hides of the words next to it: a negation, or a condition, with its words; None if nothing.

    Only what belongs to the words that were kept counts: no pause lies between.
    """
    for unit in units_in(passage, first, end):
        if unit.sense not in ("negation", "condition"):
            continue
        near_left = unit.first - first < _EDGE and not _parted(passage, first, unit.first)
        # What follows the last pause and runs on into the kept words; another clause may begin between.
        near_right = (
            end - unit.end <= 2 * _EDGE
            and not _parted(passage, unit.end, end, own=True)
            and not any(passage.keys[at] in ("and", "but", "because", "who", "which") for at in range(unit.end, end))
        )
        if near_left or near_right:
            words = " ".join(passage.raws[unit.first : unit.end])
            return unit.sense, words
    return None


def _parted(line: Line, first: int, end: int, *, own: bool = False) -> bool:
    """Whether a pause lies before any token from `first` to `end`; `own` leaves out the one before `first` itself."""
    return any(line.pauses(at) for at in range(first + own - (1 if own else 0), end + 1) if at < len(line.gaps))


def _unmatched(units: list[Unit], others: list[Unit], block: range) -> list[Unit]:
    """The units that the other side has none for; of equal ones those outside the block are matched first."""
    units = sorted(units, key=lambda unit: unit.first in block or unit.end - 1 in block)
    left = Counter((unit.sense, unit.group) for unit in others)
    found = []
    for unit in units:
        if left[unit.sense, unit.group]:
            left[unit.sense, unit.group] -= 1
        else:
            found.append(unit)
    return found


def _reaches(line: Line, unit: Unit, first: int, end: int) -> bool:
    """Whether what is left out with other words still concerns the words around them."""
    size = end - first
    if unit.sense == "condition":
        # Of a sentence that is kept, be it set off by commas; not where its own sentence went with it.
        began = any(line.opens(at) for at in range(first, unit.first + 1))
        return not (began and any(line.opens(at) for at in range(unit.end, min(end, len(line) - 1) + 1)))
    # "need to have a plan" without "to have" needs it still.
    if all(line.keys[at] == "to" for at in range(max(unit.first, first), min(unit.end, end))):
        return unit.end <= first or unit.first >= end
    if size > 2 and line.pauses(first) and line.pauses(end):
        return False
    if size <= _LONG:
        return True
    if unit.sense == "negation":
        return unit.first - first < _EDGE or end - unit.end < _EDGE
    if unit.sense == "quantifier":
        return end - unit.end < 1
    return False


def _negations(units: Iterable[Unit]) -> int:
    return sum(unit.sense == "negation" for unit in units)


def _prefixed(sides: Sides, *, ours: bool) -> int:
    """How many words of one side deny what the other side says: "unsatisfied" beside "satisfied"."""
    mine = sides.quote.keys[sides.first : sides.end]
    other = sides.passage.keys[sides.other_first : sides.other_end]
    if not ours:
        mine, other = other, mine
    return sum(_denies(word, other) for word in mine)


def _denies(word: str, others: list[str]) -> bool:
    bare = [
        word.removeprefix(prefix) for prefix in _NEGATING if word.startswith(prefix) and len(word) - len(prefix) > 3
    ]
    if any(each in others for each in bare):
        return True
    return word.endswith("less") and len(word) > 6 and f"{word[:-4]}ful" in others


def is_kin(sides: Sides) -> bool:
    """Whether both sides are like for like: numbers, names, modals and so on, forms of one word, or a word and its
    denial ("unsatisfied", "satisfied").
    """
    quote, first, end, passage, start, stop, _, _ = sides
    one, other = range(first, end), range(start, stop)
    if any(at in quote.numerals for at in one) and any(at in passage.numerals for at in other):
        return True
    if any(is_name(quote, at) for at in one) and any(is_name(passage, at) for at in other):
        return True
    senses = {unit.sense for unit in units_in(quote, first, end)}
    if not senses.isdisjoint(unit.sense for unit in units_in(passage, start, stop)):
        return True
    ours = sides.quote.keys[sides.first : sides.end]
    theirs = sides.passage.keys[sides.other_first : sides.other_end]
    if _prefixed(sides, ours=True) or _prefixed(sides, ours=False):
        return True
    return not {stem(word) for word in ours if len(word) > 3}.isdisjoint(stem(word) for word in theirs if len(word) > 3)


def _number(sides: Sides) -> Sense | None:
    ours = [sides.quote.numerals[at] for at in range(sides.first, sides.end) if at in sides.quote.numerals]
    places = [at for at in range(sides.other_first, sides.other_end) if at in sides.passage.numerals]
    theirs = [sides.passage.numerals[at] for at in places]
    if sorted(each.key for each in ours) == sorted(each.key for each in theirs):
        return None
    if ours and theirs:
        same = sorted(each.mantissa for each in ours) == sorted(each.mantissa for each in theirs)
        return "unit" if same and all(each.kind != "th" for each in ours) else "number"
    one_sided = ours or theirs
    both = sides.first < sides.end and sides.other_first < sides.other_end
    if all((each.kind == "th" and not both) or (each.value == 1 and not each.kind) for each in one_sided):
        return None
    if sides.first < sides.end:
        # Replaced or added: "two senators" for "senators"; a year that a gloss adds says no other number.
        return "number"
    last = places[-1]
    size = sides.other_end - sides.other_first
    leads = sides.passage.keys[sides.other_first] in ("in", "since", "by", "on", "from", "until", "during", "at")
    ends_with = sides.other_end - last <= 2
    return "number" if not leads and (size <= 2 or ends_with) else None


def is_name(line: Line, at: int) -> bool:
    """Whether a token is written as a name: with a capital that no start of a sentence gives it."""
    raw = line.raws[at]
    if not raw[0].isupper() or line.keys[at] in function_words() or at in line.numerals:
        return False
    if raw.isupper() and len(raw) > 1:
        return True
    return not (line.opens(at) or (at == 0 and line.gaps[0] == "\n"))


def _name(sides: Sides) -> bool:
    if sides.first == sides.end or sides.other_first == sides.other_end:
        return False
    ours = {sides.quote.keys[at] for at in range(sides.first, sides.end) if is_name(sides.quote, at)}
    theirs = {sides.passage.keys[at] for at in range(sides.other_first, sides.other_end) if is_name(sides.passage, at)}
    caseless = all(raw.islower() or raw.isupper() for raw in sides.passage.raws)
    if caseless:
        theirs = {
            key
            for key in sides.passage.keys[sides.other_first : sides.other_end]
            if key not in function_words() and len(key) > 2
        }
    ours, theirs = ours - theirs, theirs - ours
    if not ours or not theirs:
        return False
    # "Hillary Clinton" for "Mrs. Clinton" names the same person.
    return not (ours | theirs) <= _titles()


@cache
def _titles() -> frozenset[str]:
    return frozenset("mr mrs ms miss mister dr doctor senator governor president secretary congressman sir".split())


_PERFECT = {"have", "has", "had", "did", "was", "were"}


def _tense(sides: Sides, lost: list[Unit], gained: list[Unit]) -> bool:
    ours = sides.quote.keys[sides.first : sides.end]
    theirs = sides.passage.keys[sides.other_first : sides.other_end]
    coming = ("will", "would")
    plain_lost = [unit for unit in lost if unit.group in coming]
    plain_gained = [unit for unit in gained if unit.group in coming]
    if plain_lost and not gained and (_PERFECT & set(ours) or _past_of(ours, sides.passage, sides.other_end, theirs)):
        return True
    if plain_gained and not lost and (_PERFECT & set(theirs) or _past_of(theirs, sides.quote, sides.end, ours)):
        return True
    if lost or gained or not ours or not theirs:
        return False
    past, present = {"did", "was", "were", "had"}, {"do", "does", "am", "is", "are", "has", "have"}
    left, right = set(ours) - set(theirs), set(theirs) - set(ours)
    if (left & past and right & present) or (left & present and right & past):
        return True
    return any(_is_past(one) != _is_past(two) and stem(one) == stem(two) for one in left for two in right)


def _past_of(words: list[str], other: Line, end: int, others: list[str]) -> bool:
    """Whether a word is the past of a verb that the other side has with its "will"."""
    verbs = {stem(word) for word in (*others, *other.keys[end : end + 1])}
    return any(_is_past(word) and stem(word) in verbs for word in words)


@cache
def _strong_past() -> frozenset[str]:
    rows = read_rows(_STATEMENTS / "strong_verbs.tsv")
    return frozenset(form for _, forms in rows for form in forms.split(",")) | {
        form for form, base in read_rows(_STATEMENTS / "irregular.tsv", heading=True) if form != base
    }


def _is_past(word: str) -> bool:
    return word.endswith("ed") or word in _strong_past()


_BACKSHIFT = {("will", "would"), ("can", "could")}


def is_backshift(sides: Sides) -> bool:
    """Whether a verb only follows an article that tells of the past: "said they [would] go"."""
    pair = tuple(
        next((unit.group for unit in units_in(*each) if unit.sense == "modal"), "")
        for each in ((sides.passage, sides.other_first, sides.other_end), (sides.quote, sides.first, sides.end))
    )
    return pair in _BACKSHIFT
