"""Conversions: "500 miles (800 km)", "30C (86F)", and currencies, for which no rate is at hand; ranges."""

from __future__ import annotations

from collections.abc import Iterator

from sayso.checks.reckoning.amounts import Amount, Interval, half_unit
from sayso.checks.reckoning.changes import comparable
from sayso.checks.reckoning.findings import Finding, judged_by, shown, told
from sayso.checks.reckoning.patterns import matches
from sayso.checks.reckoning.sentences import Sentence
from sayso.checks.reckoning.slots import Slot, units

_DEGREES = {"degree Celsius": 1.8, "degree Fahrenheit": 1 / 1.8}
"""Degrees of the other scale to a degree."""
_LOOSELY = 0.02
"""What a conversion may be off beyond its own rounding: factors are rounded too (1.6 km to the mile)."""


def find_conversions(sentence: Sentence) -> Iterator[Finding]:
    """The second of two figures where it gives the first in another unit."""
    for match in matches(sentence, "conversion"):
        one, two = match["a"], match["b"]
        start = match.found.start("a")
        if sentence.plain[:start].rstrip("‹UT").rstrip().endswith("›"):
            continue  # The second half of "6ft 2in (1.88m)".
        finding = _converted(one, two)
        if finding:
            yield finding
    for match in matches(sentence, "points"):
        one, two = match["a"], match["b"]
        amount = one.amount()
        if amount and ("basis" in one.text) != ("basis" in two.text):
            text = f"{one.text} is {told(amount.value, 'percentage point')}"
            finding = judged_by("conversion", two, [one], amount, text)
            yield from [finding] if finding else []
    for match in matches(sentence, "currency"):
        one, two = match["a"], match["b"]
        if one.unit != two.unit:
            why = f"{shown(one)} in {two.unit} hangs on the rate of the day, which is not at hand."
            yield Finding("conversion", "unverifiable", two, [one], why)


def find_ranges(sentence: Sentence) -> Iterator[Finding]:
    """ "Between 60 and 40": the ends the wrong way round."""
    for match in matches(sentence, "range"):
        low, high = match["low"], match["high"]
        amounts = low.amount(), high.amount()
        if amounts[0] is None or amounts[1] is None or not comparable(low, high) or "T" in (low.letter, high.letter):
            continue
        if low.unit is None and high.unit is None and low.letter != high.letter:
            continue
        yield from reversed_range(low, high, amounts[0].value, amounts[1].value)
    for slot in sentence.slots:
        figure = slot.figure
        if figure.kind == "range" and figure.low is not None and figure.high is not None:
            yield from reversed_range(slot, slot, figure.low, figure.high)


def reversed_range(low: Slot, high: Slot, first: float, last: float) -> Iterator[Finding]:
    """The finding for a range whose first end is the greater; "2 to 1.5 million" leaves out a word and is none."""
    if first > last > 0 and first < 10 * last and low.figure.unit not in ("degree Celsius", "degree Fahrenheit"):
        why = f"{told(first, low.unit)} is more than {told(last, high.unit)}: the range runs backwards."
        doubt = "The ends may be told in the order of something else."
        yield Finding("range", "inconsistent", low, [] if low is high else [high], why, None, doubt=doubt)


def _converted(one: Slot, two: Slot) -> Finding | None:
    table = units()
    known, other = table.get(one.unit or ""), table.get(two.unit or "")
    if known is None or other is None or known[0] != other[0] or one.unit == two.unit:
        return None
    ends = _ends(one), _ends(two)
    if not ends[0] or not ends[1] or len(ends[0]) != len(ends[1]):
        return None
    kinds = (one.figure.kind, two.figure.kind)
    if "set" in kinds or "tolerance" in kinds:
        return None
    best = None
    for factor in (a / b for a in known[1] for b in other[1]):
        pairs = [(_into(first, one.unit, factor), second) for first, second in zip(*ends, strict=True)]
        agree = all(first.hard.meets(_widened(second, two.unit)) for first, second in pairs)
        if best is None or agree:
            best = agree, pairs
        if known[0] == "temperature" and not agree:
            # Two degrees warmer is 3.6 degrees Fahrenheit warmer: of differences the zero does not count.
            warmer = [(first.times(_DEGREES[one.unit or ""]), second) for first, second in zip(*ends, strict=True)]
            if all(first.hard.meets(_widened(second, two.unit)) for first, second in warmer):
                best = True, warmer
    if best is None:
        return None
    agree, pairs = best
    if not agree and known[2] == other[2] and known[0] != "time":
        return None  # "The 5 km (200 m of it uphill)" converts nothing.
    if known[0] == "time" and not agree:
        return None
    result = " to ".join(told(first.value, two.unit) for first, _ in pairs)
    why = f"{shown(one)} is {result}" + ("." if agree else f", not {shown(two)}.")
    return Finding("conversion", "consistent" if agree else "inconsistent", two, [one], why, pairs[-1][0].value)


def _ends(slot: Slot) -> list[Amount]:
    """What is converted: the number itself whatever its bound, or both ends of a range."""
    figure = slot.figure
    values = [figure.low, figure.high] if figure.kind == "range" else [figure.value]
    found = []
    for value in values:
        if value is None:
            return []
        half = half_unit(slot.text, value)
        if figure.approx or figure.kind == "approx":
            half = max(half, 0.05 * abs(value))
        found.append(Amount.within(value, value - half, value + half))
    return found


def _widened(amount: Amount, unit: str | None) -> Interval:
    # A temperature is reckoned in the head, a degree off, and its zero is no zero of warmth.
    slack = 0.5 if unit in _DEGREES else _LOOSELY * abs(amount.value)
    return Interval(amount.hard.low - slack, amount.hard.high + slack)


def _into(amount: Amount, unit: str | None, factor: float) -> Amount:
    if unit == "degree Celsius":
        return _mapped(amount, _DEGREES[unit], 32.0)
    if unit == "degree Fahrenheit":
        return _mapped(amount, _DEGREES[unit], -32 / 1.8)
    return amount.times(factor)


def _mapped(amount: Amount, factor: float, plus: float) -> Amount:
    low, high = (each * factor + plus for each in amount.hard)
    return Amount.within(amount.value * factor + plus, low, high)
