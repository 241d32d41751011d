"""Averages and rates: "3,000 over 30 days, or 100 a day", "six at $15,000 apiece", distance by time."""

from __future__ import annotations

from collections.abc import Iterator

from sayso.checks.reckoning.amounts import Amount
from sayso.checks.reckoning.changes import comparable
from sayso.checks.reckoning.findings import Finding, judged_by, shown, told
from sayso.checks.reckoning.patterns import Match, matches
from sayso.checks.reckoning.sentences import Sentence
from sayso.checks.reckoning.slots import Slot, units

_IN_ONE: dict[tuple[str, str], tuple[float, ...]] = {
    ("year", "month"): (12,),
    ("year", "week"): (52.18, 48, 50),
    ("year", "day"): (365.25, 360, 250, 260, 300, 200),
    ("year", "night"): (365.25,),
    ("year", "hour"): (8766, 2000),
    ("year", "minute"): (525_960,),
    ("month", "week"): (4.35, 4),
    ("month", "day"): (30.44, 28, 31, 20, 22),
    ("week", "day"): (7, 5, 6),
    ("week", "night"): (7, 5, 6),
    ("week", "hour"): (168, 35, 40, 50),
    ("day", "hour"): (24, 8, 10, 12, 16),
    ("day", "minute"): (1440, 480),
    ("night", "hour"): (8, 10, 12),
    ("hour", "minute"): (60,),
    ("hour", "second"): (3600,),
    ("minute", "second"): (60,),
    ("day", "second"): (86_400,),
    ("year", "second"): (31_557_600,),
}
"""How many of the second go into the first; of working days, weeks and hours as well."""


def find_rates(sentence: Sentence) -> Iterator[Finding]:
    """Averages and rates that are told together with what they are reckoned from."""
    for match in matches(sentence, "rate"):
        yield from _per_time(match)
    for match in matches(sentence, "each"):
        count, price, total = match["count"].amount(), match["price"].amount(), match["total"]
        if count and price and comparable(match["price"], total):
            found = count * price
            text = f"{shown(match['count'])} times {shown(match['price'])} is {told(found.value, total.unit)}"
            sure = match["price"].unit == total.unit
            yield from _one(judged_by("rate", total, [match["count"], match["price"]], found, text, sure=sure))
    for match in matches(sentence, "apiece"):
        number, whole, one = match["count"].amount(), match["total"].amount(), match["price"]
        if number and whole and number.hard.low > 0 and match["total"].unit == one.unit:
            found = whole / number
            text = f"{shown(match['total'])} by {shown(match['count'])} is {told(found.value, one.unit)}"
            yield from _one(judged_by("rate", one, [match["total"], match["count"]], found, text))
    for match in matches(sentence, "mean"):
        number, whole, one = match["count"].amount(), match["total"].amount(), match["price"]
        if number and whole and number.hard.low > 0 and comparable(match["total"], one):
            found = whole / number
            text = f"{shown(match['total'])} by {shown(match['count'])} is {told(found.value, one.unit)}"
            yield from _one(judged_by("rate", one, [match["total"], match["count"]], found, text, sure=False))
    for match in matches(sentence, "by unit"):
        yield from _by_unit(match)
    for match in matches(sentence, "speed"):
        yield from _speed(match)


def _by_unit(match: Match) -> Iterator[Finding]:
    """ "50 square metres sold for €250,000, or €5,000 a square metre"."""
    size, total, price = match["size"], match["total"], match["price"]
    number, amount = size.amount(), total.amount()
    if number and amount and number.hard.low > 0 and price.figure.unit == f"{total.unit} per {size.unit}":
        found = amount / number
        text = f"{shown(total)} by {shown(size)} is {told(found.value, price.unit)}"
        yield from _one(judged_by("rate", price, [total, size], found, text))


def _one(finding: Finding | None) -> Iterator[Finding]:
    if finding:
        yield finding


def _per_time(match: Match) -> Iterator[Finding]:
    groups = match.found.groupdict()
    total, rate, per = match["total"], match["rate"], match.word("per")
    amount = total.amount()
    if amount is None or not comparable(total, rate):
        return
    if groups.get("time") is not None:
        time = _counted(match["time"])
        unit, others = match["time"].figure.unit or "", [total, match["time"]]
    else:
        time, unit, others = Amount.exactly(1), match.word("first"), [total]
    if time is None or time.hard.low <= 0:
        return
    findings = []
    for factor in _factors(unit, per):
        found = amount / time.times(factor)
        by = f"{shown(match['time'])}" if groups.get("time") is not None else f"a {unit}"
        text = f"{shown(total)} over {by} is {told(found.value, total.unit if total.letter != 'C' else None)} a {per}"
        findings += list(_one(judged_by("rate", rate, others, found, text)))
    if not findings:
        return
    first, *rest = findings
    if first.value == "inconsistent" and any(other.value == "consistent" for other in rest):
        first.value = "loose"
        first.why = first.why.removesuffix(".") + f"; it is right if only working time counts as {unit} or {per}."
    yield first


def _counted(slot: Slot) -> Amount | None:
    """A stretch of time: days, months and years as they are counted, hours and minutes as they are rounded."""
    figure = slot.figure
    if figure.kind == "exact" and figure.value and figure.unit in ("day", "night", "week", "month", "year"):
        return Amount.exactly(figure.value)
    return slot.amount(claimed=True)


def _factors(unit: str, per: str) -> tuple[float, ...]:
    if unit == per or {unit, per} == {"day", "night"}:
        return (1.0,)
    if (unit, per) in _IN_ONE:
        return _IN_ONE[unit, per]
    if (per, unit) in _IN_ONE:
        return tuple(1 / each for each in _IN_ONE[per, unit])
    table = units()
    if unit in table and per in table:
        return (table[unit][1][0] / table[per][1][0],)
    return ()


def _speed(match: Match) -> Iterator[Finding]:
    way, time, speed = match["way"], match["time"], match["speed"]
    table = units()
    length, clock = table.get(way.unit or ""), table.get(time.unit or "")
    name = speed.figure.unit or ""
    if not match.word("hourly") and " per " not in name:
        return
    distance, hourly = name.partition(" per ")[0], name.partition(" per ")[2] or "hour"
    pace, per = table.get(distance), table.get(hourly)
    amounts = way.amount(), time.amount(claimed=True)
    if not (length and clock and pace and per) or length[0] != "length" or pace[0] != "length":
        return
    if amounts[0] is None or amounts[1] is None or amounts[1].hard.low <= 0:
        return
    hours = amounts[1].times(clock[1][0] / per[1][0])
    found = amounts[0].times(length[1][0] / pace[1][0]) / hours
    text = f"{shown(way)} in {shown(time)} is {told(found.value, distance)} per {hourly}"
    yield from _one(judged_by("rate", speed, [way, time], found, text))
