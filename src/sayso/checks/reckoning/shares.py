"""Shares: "23 of the 27 members, or 85%", "one in five of the 1,200, 240 people", "0.2% of Ukraine's territory"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sayso.checks.reckoning.amounts import Amount
from sayso.checks.reckoning.findings import Finding, judged_by, percent_like, plainly, shown, told
from sayso.checks.reckoning.lookup import References
from sayso.checks.reckoning.patterns import Match, matches
from sayso.checks.reckoning.sentences import Sentence
from sayso.checks.reckoning.slots import Slot, units
from sayso.checks.reference import Entry

_PERCENT = re.compile(r"%|per ?cent", re.IGNORECASE)
_DESCRIBED = re.compile(r"\b(?:with|whose|where|having|rate|turnout)\b", re.IGNORECASE)
_HUNDRED = Amount.exactly(100.0)


def find_shares(sentence: Sentence, references: References) -> Iterator[Finding]:
    """Shares of a whole that the sentence gives, and of one that a table gives."""
    for match in matches(sentence, "share"):
        yield from _given(match, "share")
    for match in matches(sentence, "part"):
        yield from _given(match, "part")
    for match in matches(sentence, "equal"):
        yield from _equal(match)
    for match in matches(sentence, "share of"):
        yield from _of_reference(match, sentence, references)


def _given(match: Match, judge: str) -> Iterator[Finding]:
    """Judges the share, or the part where that is told last."""
    part, whole, share = match["part"], match["whole"], match["share"]
    amounts = part.amount(), whole.amount()
    scale = same_measure(part, whole)
    if _describes(match):
        return
    if scale is None or None in amounts or not amounts[1] or amounts[1].hard.low <= 0:
        return
    assert amounts[0]
    if judge == "part":
        percent = share.amount()
        if percent is None:
            return
        found = (percent * amounts[1] / _HUNDRED).times(1 / scale)
        unit = part.unit if part.letter != "C" else None
        text = f"{shown(share)} of {shown(whole)} is {told(found.value, unit)}"
        finding = judged_by("share", part, [share, whole], found, text, sure=part.unit in (None, whole.unit))
    else:
        found = (amounts[0].times(scale) / amounts[1]) * _HUNDRED
        percent = share.amount()
        text = f"{plainly(part)} is {percent_like(share, found.value)} of {plainly(whole)}"
        would = _would_be(share, amounts[1].value / scale, part)
        sure = part.letter == whole.letter and part.unit == whole.unit
        finding = judged_by("share", share, [part, whole], found, text, would_be=would, sure=sure)
    tied = match.word("said") and part.unit is None and _is_rounded(share)
    accused = finding is not None and finding.value == "inconsistent"
    if accused and not tied and part.unit != whole.unit and _is_loose(match, part, share):
        return
    if finding:
        yield finding


def _is_loose(match: Match, part: Slot, share: Slot) -> bool:
    """Whether nothing but a comma or dash ties a share to a part of another kind: "198 matches, half of the 300"."""
    before, after = sorted((part, share), key=lambda slot: slot.span)
    between = match.sentence.text[before.span.end : after.span.start]
    return not re.search(
        r"\bor\b|\(|\b(?:which|that|is|was|are|were)\b|\bof\b|\b(?:amount|represent|account|equal|ma[dk]e)", between
    )


def _is_rounded(share: Slot) -> bool:
    """Whether a share is told as one that was reckoned: "about a third", "one in three"."""
    return share.figure.approx or bool(re.search(r"\b(?:in|out of)\b", share.text))


def _describes(match: Match) -> bool:
    """Whether the percentage tells of what the whole is like: "three of the four cantons with a turnout of — 75% —"."""
    if match.found.end("whole") > match.found.start("share"):
        return False
    between = match.sentence.plain[match.found.end("whole") : match.found.start("share")]
    return bool(_DESCRIBED.search(between)) and not re.search(r"\bor\b", between)


def _equal(match: Match) -> Iterator[Finding]:
    """A share in words or as "18 out of 60", and the same in per cent."""
    share, percent = match["share"], match["percent"]
    amount = share.amount()
    if amount is None or _PERCENT.search(share.text) or not _PERCENT.search(percent.text):
        return
    finding = judged_by("share", percent, [share], amount, f"{share.text} is {told(amount.value, 'percent')}")
    if finding:
        yield finding


def _of_reference(match: Match, sentence: Sentence, references: References) -> Iterator[Finding]:
    part, share = match["part"], match["share"]
    at = sentence.at(match.found.start("base"))
    entry = references.named_in(match.found["base"], at)
    amount = part.amount()
    if entry is None or amount is None:
        return
    scale = to_unit(part, entry.unit)
    if scale is None:
        return
    findings = []
    for whole, row in entry.amounts():
        reference = row.reference
        found = (amount.times(scale) / whole) * _HUNDRED
        source = f"{reference.source} {reference.year or ''}".strip()
        text = (
            f"{plainly(part)} is {percent_like(share, found.value)} of {told(reference.value, reference.unit)}"
            f" ({reference.name}, {row.quantity}, {source})"
        )
        would = _would_be(share, reference.value / scale, part)
        findings.append(judged_by("share", share, [part], found, text, would_be=would, references=[reference]))
    yield from kindest([finding for finding in findings if finding], entry)


def _would_be(share: Slot, whole: float, part: Slot) -> str:
    """How much the share that is claimed would be."""
    value = share.figure.value
    if value is None:
        return ""
    return f"{told(value, 'percent')} would be {told(value / 100 * whole, part.unit)}"


def kindest(findings: list[Finding], entry: Entry) -> list[Finding]:
    """Of findings by several sources the one that accuses least: a figure is right that agrees with one of them."""
    order = ("consistent", "loose", "unverifiable", "inconsistent")
    if not findings:
        return []
    found = min(findings, key=lambda finding: order.index(finding.value))
    found.silent = entry.unclear and found.value != "consistent"
    return [found]


def same_measure(part: Slot, whole: Slot) -> float | None:
    """By what the part is to be multiplied to be in the unit of the whole; None where the two are not of one kind."""
    if part.letter == whole.letter == "C":
        return 1.0
    if part.letter == whole.letter == "M" or part.unit == whole.unit:
        return 1.0 if part.unit == whole.unit else None
    if part.letter == "C" and part.unit is None and whole.letter in "MU":
        return 1.0
    if whole.letter == "C" and whole.unit is None and part.letter in "MU":
        return 1.0
    return to_unit(part, whole.unit) if part.letter in "UT" and whole.letter in "UT" else None


def to_unit(part: Slot, unit: str | None) -> float | None:
    """The factor from a figure's unit to another of its dimension; 1 between counts of people."""
    table = units()
    if part.letter == "C":
        return 1.0 if unit in (None, "", "person", part.unit) else None
    if part.unit == unit:
        return 1.0
    one, two = table.get(part.unit or ""), table.get(unit or "")
    if one is None or two is None or one[0] != two[0] or one[0] == "temperature":
        return None
    return one[1][0] / two[1][0]
