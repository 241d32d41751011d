"""Ages, anniversaries and spans of years."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sayso.checks.reckoning.amounts import Amount, amount_of
from sayso.checks.reckoning.findings import Finding, judged_by, shown, told
from sayso.checks.reckoning.patterns import matches
from sayso.checks.reckoning.sentences import Sentence
from sayso.checks.reckoning.slots import Slot, units

_NOW = re.compile(
    r"\b(?:marks|celebrates|marking|celebrating|will|today|this (?:week|month|year|weekend)|next|on \w+day)\b",
    re.IGNORECASE,
)


def find_ages(sentence: Sentence, year: int | None) -> Iterator[Finding]:
    """Ages and anniversaries; `year` is the article's, None where it has no date."""
    for match in matches(sentence, "age"):
        groups = match.found.groupdict()
        start = match["start"]
        judged = match["nth"] if groups.get("nth") is not None else match["years"]
        if judged.letter != "O" and not _in_years(judged):
            continue
        if groups.get("end") is not None:
            yield from _counted(judged, [start, match["end"]], _year(start), _year(match["end"]))
            continue
        told = [_year(slot) for slot in sentence.slots if slot.letter == "Y" and slot is not start]
        findings = [finding for now in (*told, year) if now for finding in _counted(judged, [start], _year(start), now)]
        agreeing = [finding for finding in findings if finding.value != "inconsistent"]
        # Of what is told of another year, or of some time in the past, the day to count to is not known.
        dated = not told and (judged.letter != "O" or _NOW.search(sentence.plain))
        yield from (agreeing or (findings if dated else []))[:1]
        if year is None and not told and " ago" in match.found.group():
            why = f"The article has no date to count from {start.text} to."
            yield Finding("age", "unverifiable", judged, [start], why)


def _counted(judged: Slot, others: list[Slot], start: int, end: int) -> Iterator[Finding]:
    past = end - start
    if past >= 0:
        # A birthday may be still to come; an anniversary is told of in the months around it.
        low, high = (past - 1, past + 1) if judged.letter == "O" else (past - 1, past)
        yield from _years("age", judged, others, f"From {start} to {end}", past, low, high)


def find_spans(sentence: Sentence) -> Iterator[Finding]:
    """ "From 1999 to 2007, eight years": both years may count, or neither."""
    for match in matches(sentence, "span"):
        start, end, years = match["start"], match["end"], match["years"]
        past = _year(end) - _year(start)
        if past > 0 and _in_years(years):
            told_as = f"From {start.text} to {end.text}"
            for finding in _years("span", years, [start, end], told_as, past, past - 1, past + 1):
                if match.word("ran") and finding.judged.figure.value and finding.judged.figure.value < past:
                    finding.doubt = "It may have stood still for some of the time."
                yield finding


def _years(
    rule: str, judged: Slot, others: list[Slot], told_as: str, past: int, low: int, high: int
) -> Iterator[Finding]:
    claim = _claim(judged)
    text = f"{told_as} is {told(past, 'year')}"
    finding = judged_by(rule, judged, others, Amount.within(past, low, high), text, claim=claim)
    if finding:
        finding.why = finding.why.replace(f", not {shown(judged)}", f", not {told(judged.figure.value or 0)}")
        yield finding


def _claim(slot: Slot) -> Amount | None:
    """Years as they are counted: whole ones exactly, decades within five years."""
    factor = _factor(slot)
    value = (slot.figure.value or 0) * factor
    exact = slot.figure.kind == "exact" and factor == 1 and not slot.figure.approx
    if exact and not any(word in slot.text.lower() for word in ("decade", "centur", "half", "quarter")):
        return Amount.exactly(value)
    amount = amount_of(slot.figure, slot.text)
    if amount and "decade" in slot.text.lower() and slot.figure.kind == "exact":
        return Amount.within(value, value - 5, value + 5)
    return amount.times(factor) if amount else None


def _factor(slot: Slot) -> float:
    if slot.unit is None or slot.letter != "T":
        return 1.0
    return units()[slot.unit][1][0] / units()["year"][1][0]


def _in_years(slot: Slot) -> bool:
    if slot.letter == "T":
        return slot.unit in ("year", "decade", "century")
    return slot.unit is None or slot.unit == "person"


def _year(slot: Slot) -> int:
    return int(slot.figure.value or 0)
