"""Changes: "from 10 to 15, up 40%", "rose five points to 45% from 41%", "doubled to", and differences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from math import inf
from pathlib import Path

from sayso.checks.reckoning.amounts import Amount, Interval, compared
from sayso.checks.reckoning.findings import Finding, judged_by, shown, told
from sayso.checks.reckoning.patterns import Match, matches
from sayso.checks.reckoning.sentences import Sentence
from sayso.checks.reckoning.slots import Slot, units
from sayso.wordlists import classes_of

_BANK = re.compile(
    r"\bbank\b[^.;‹]{0,40}\brates?\b|\b(?:benchmark|key|policy|base|repo|main|lending|deposit) rates?\b", re.IGNORECASE
)
_ONE, _HUNDRED = Amount.exactly(1.0), Amount.exactly(100.0)
_RANKS = ("rank", "place", "position", "league", "table", "list", "seed", "degree", "temperature", "deficit", "loss")


def find_changes(sentence: Sentence) -> Iterator[Finding]:
    """Changes that are told together with what was before and after them."""
    for match in matches(sentence, "change"):
        yield from _change(match)
    for match in matches(sentence, "ratio"):
        yield from _ratio(match)
    for match in matches(sentence, "direction"):
        yield from _direction(match, sentence)


def find_differences(sentence: Sentence) -> Iterator[Finding]:
    """Margins, leads, and "nine more than the 55"."""
    for match in matches(sentence, "difference"):
        gap, one, two = match["gap"], match["a"], match["b"]
        percents = one.letter == two.letter == "P"
        if not comparable(one, two) or gap.letter == "P" or (gap.letter == "Q") != percents:
            continue
        if not percents and not comparable(gap, one):
            continue
        less = match.word("word") in {"fewer", "less", "lower", "down", "below", "behind"}
        first, second = (two, one) if less else (one, two)
        amounts = first.amount(), second.amount()
        if amounts[0] is None or amounts[1] is None:
            continue
        found = amounts[0] - amounts[1]
        if not match.word("word") and found.value < 0:
            found, first, second = amounts[1] - amounts[0], second, first
        yield from _gap("difference", gap, first, second, found)
    for match in matches(sentence, "trade"):
        yield from _sold(match)


def _sold(match: Match) -> Iterator[Finding]:
    """What was gained or lost between buying and selling; a sum of another size is of another deal."""
    old, new, gap = match["old"], match["new"], match["gap"]
    paid, got, claim = old.amount(), new.amount(), gap.amount(claimed=True)
    relative = gap.letter == "P"
    if (
        not comparable(old, new)
        or not (relative or comparable(gap, old))
        or paid is None
        or got is None
        or claim is None
    ):
        return
    if relative:
        yield from _change(match)
        return
    loses = match.word("word") == "loss"
    more, less, found = (old, new, paid - got) if loses else (new, old, got - paid)
    if found.value < 0 and compared(claim, gap.figure.kind, less_amount(found)) != "inconsistent":
        way = "profit" if loses else "loss"
        why = f"{shown(old)} was paid and {shown(new)} was got: that is no {match.word('word')} but a {way}."
        yield Finding("difference", "inconsistent", gap, [old, new], why, -found.value)
    elif found.value > 0 and claim.value < 3 * found.value < 9 * claim.value:
        yield from _gap("difference", gap, more, less, found)


def less_amount(amount: Amount) -> Amount:
    """The amount with the other sign."""
    return Amount(-amount.value, _flipped(amount.hard), _flipped(amount.near))


def comparable(one: Slot, two: Slot) -> bool:
    """Whether one can be taken from the other: figures of one kind and unit; a bare number is of any unit."""
    if one.letter == two.letter:
        return one.unit == two.unit or None in (one.unit, two.unit)
    bare = one if one.letter == "C" else two
    return bare.letter == "C" and bare.unit is None and {one.letter, two.letter} <= set("CMUT")


@cache
def _directions() -> dict[str, frozenset[str]]:
    return classes_of(Path(__file__).with_name("directions.tsv"))


def _sign(match: Match) -> int:
    """1 for up, -1 for down, 0 where the words say neither or both: "rising costs cut profits by 20%"."""
    words = re.findall(r"[a-z]+", re.sub(r"‹.*?›", " ", match.found.group().lower()))
    pairs = [" ".join(pair) for pair in pairwise(words)]
    ways = {way for word in (*words, *pairs) for way in _directions().get(word, ())}
    if len(ways) != 1:
        return 0
    return 1 if "up" in ways else -1


def _change(match: Match) -> Iterator[Finding]:
    change, old, new = match["change" if "change" in match.found.groupdict() else "gap"], match["old"], match["new"]
    groups = match.found.groupdict()
    if groups.get("first") and (match["first"].figure.value or 0) > (match["last"].figure.value or 0):
        old, new = new, old
    before, after = old.amount(), new.amount()
    if not comparable(old, new) or before is None or after is None:
        return
    sign = _sign(match) or (1 if after.value >= before.value else -1)
    if change.letter == "Q" or (change.letter not in "P" and comparable(change, new)):
        if change.letter == "Q" and old.letter not in "PQ":
            return
        if change.letter != "Q" and old.letter == "P":
            return
        more, less = (new, old) if sign > 0 else (old, new)
        if change.letter == "Q" and _is_set(match.sentence):
            before, after = Amount.exactly(before.value), Amount.exactly(after.value)
        yield from _gap("change", change, more, less, (after - before) if sign > 0 else (before - after))
        return
    if change.letter != "P" or before.hard.low <= 0:
        return
    relative = (after / before - _ONE) * _HUNDRED
    if sign < 0:
        relative = less_amount(relative)
    way = "rise" if (relative.value >= 0) == (sign > 0) else "fall"
    text = f"from {shown(old)} to {shown(new)} is a {way} of {told(abs(relative.value), 'percent')}"
    finding = judged_by("change", change, [old, new], relative, text, sure=old.unit == new.unit)
    if finding and finding.value != "consistent" and old.letter == new.letter == "P":
        yield _points_for_percent(finding, before, after, sign)
    elif finding:
        yield finding


def _is_set(sentence: Sentence) -> bool:
    """Whether the percentages are those of a bank, which sets them to the quarter of a point."""
    return bool(_BANK.search(sentence.plain))


def _points_for_percent(finding: Finding, before: Amount, after: Amount, sign: int) -> Finding:
    """A rise "from 4% to 5%" called one of 1%: the number is that of the points."""
    points = (after - before) if sign > 0 else (before - after)
    claim = finding.judged.amount(claimed=True)
    if claim and compared(claim, finding.judged.figure.kind, points) != "inconsistent":
        finding.value = "loose"
        apart, relative = told(abs(points.value), "percentage point"), told(abs(finding.expected or 0), "percent")
        both = " and ".join(shown(slot) for slot in finding.others)
        finding.why = f"{both} are {apart} apart, which is {relative} of the first: per cent stands for points."
    return finding


def _flipped(interval: Interval) -> Interval:
    return Interval(-interval.high, -interval.low)


def _gap(rule: str, gap: Slot, more: Slot, less: Slot, found: Amount) -> Iterator[Finding]:
    unit = "percentage point" if gap.letter == "Q" else more.unit or gap.unit if more.letter != "C" else None
    text = f"{shown(more)} less {shown(less)} is {told(found.value, unit)}"
    sure = more.unit == less.unit and (gap.letter == "Q" or gap.unit in (None, more.unit))
    finding = judged_by(rule, gap, [more, less], found, text, strictly=True, sure=sure)
    if finding:
        yield finding


def _ratio(match: Match) -> Iterator[Finding]:
    ratio, old, new = match["ratio"], match["old"], match["new"]
    before, after = old.amount(), new.amount()
    if not comparable(old, new) or before is None or after is None or before.hard.low <= 0:
        return
    times = ratio.figure.value or 1.0
    if new.span.start > ratio.span.start and re.search(r"times|twice|thrice", ratio.text.lower()):
        return  # "Twice as much" has nothing to do with what goes from one figure to another behind it.
    found = after / before
    plain = match.sentence.plain[: match.found.start("ratio")].rstrip("‹R").rstrip().lower()
    # "Doubled" is said of ninety per cent more, and nobody is wrong.
    low, high, lowest, highest = 0.9, 1.12, 0.85, 1.2
    if plain.endswith(("more than", "over", "at least")):
        low, high, lowest, highest = 0.99, 1.6, 0.96, inf
    elif plain.endswith(("nearly", "almost", "about", "roughly", "virtually", "close to", "around")):
        low, high, lowest, highest = 0.8, 1.1, 0.7, 1.25
    if times < 1 and low > 0.95:
        low, high, lowest, highest = 0.6, 1.01, 0.0, 1.04
    if match.word("more"):
        # "Three times more than" is said of three and of four times as much.
        high, highest = high * (times + 1) / times, highest * (times + 1) / times
    claim = Amount(times, Interval(times * lowest, times * highest), Interval(times * low, times * high))
    text = f"from {shown(old)} to {shown(new)} is {told(found.value)} times as much"
    finding = judged_by("change", ratio, [old, new], found, text, claim=claim, sure=old.unit == new.unit)
    if finding:
        finding.why = finding.why.replace(f", not {shown(ratio)}", f", not {told(times)} times")
        if finding.value == "loose":
            finding.why = f"{text[0].upper()}{text[1:]}: “{ratio.text}” is said loosely."
        yield finding


def _direction(match: Match, sentence: Sentence) -> Iterator[Finding]:
    """A rise that goes down, or a fall that goes up."""
    old, new = match["old"], match["new"]
    before, after, sign = old.amount(), new.amount(), _sign(match)
    if sign == 0 or not comparable(old, new) or before is None or after is None:
        return
    if old.letter == "C" and None in (old.unit, new.unit) and max(before.value, after.value) < 100:
        return  # Ranks, scores and times of day look like this.
    if any(word in sentence.lower for word in _RANKS) or (old.letter == "U" and units()[old.unit or ""][0] == "length"):
        return  # A man falls from twelve metres to the ground.
    wrong = after.hard.high < before.hard.low if sign > 0 else after.hard.low > before.hard.high
    if wrong:
        way = "less" if sign > 0 else "more"
        why = f"“{match.word('verb')}” goes the other way: {shown(new)} is {way} than {shown(old)}."
        yield Finding("change", "inconsistent", new, [old], why)
