"""Figures against reference values: "Portugal, a country of 10 million people", "Kenya's area is 224,000 sq miles"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from sayso.checks.reckoning.findings import Finding, judged_by, told
from sayso.checks.reckoning.lookup import References
from sayso.checks.reckoning.patterns import Match, matches
from sayso.checks.reckoning.sentences import Sentence
from sayso.checks.reckoning.shares import kindest, to_unit
from sayso.checks.reckoning.slots import Slot
from sayso.checks.reference import Entry
from sayso.speakers.tables import plain_form

_PEOPLE = re.compile(
    r"\s*(?:[,.;:!?)—-]|$|(?:people|inhabitants|residents|citizens|souls|persons|is|was|has|have|are|were|will|would|and|but|in"
    r"|by|at|as|according|that|which|who|when|while|since|lives?|now|today|last)\b)",
    re.IGNORECASE,
)
_SOULS = re.compile(r"\s*(?:people|inhabitants|residents|citizens|souls|persons)\b", re.IGNORECASE)
_BEFORE = frozenset(
    "that and but while as because where whereas than whose says said say if although though when with like".split()
)
_PLACE_BEFORE = re.compile(r"\b[A-Z][\w.'-]*,\s*$")
"""Of "Lagos, Nigeria, has a population of" it is Lagos."""
_SLIPS = {1000.0: "a thousand times", 1e6: "a million times", 10.0: "ten times", 100.0: "a hundred times"}


def find_known(sentence: Sentence, references: References) -> Iterator[Finding]:
    """Figures for what a table has a value of."""
    for match in matches(sentence, "reference"):
        slot = match["value"]
        what = match.word("what") or ("population" if slot.letter == "C" else "area")
        entry = _entry(match, what, references)
        if entry and _is_whole(match, slot, entry, sentence):
            told = [slot.figure.value or 0 for slot in sentence.slots if slot.letter == "Y"]
            # "In 1900 Norway had 2.2 million people."
            yield from _held(slot, replace(entry, year=int(told[0])) if told else entry)
    if references.own:
        yield from _own(sentence, references)


def _entry(match: Match, what: str, references: References) -> Entry | None:
    """What the longest ending of the words before names; what stands in front of a name may make it another's."""
    words = match.found["who"].strip().split()
    if _PLACE_BEFORE.search(match.sentence.plain[: match.found.start()]):
        return None
    for first in range(len(words)):
        name = " ".join(words[first:])
        entry = references.find(name, what) if name[:1].isupper() or name[:4] == "the " else None
        if entry:
            before = words[first - 1].lower() if first else ""
            if first == 0 or before in _BEFORE or (before == "the" and first == 1):
                return entry
            return None
    return None


def _is_whole(match: Match, slot: Slot, entry: Entry, sentence: Sentence) -> bool:
    """Whether the figure is for the thing as a whole: "a population of 12,000 Muslims" is not."""
    if entry.unit != "person":
        return True
    after = sentence.plain[match.found.end() :]
    return bool((_SOULS if not match.word("what") else _PEOPLE).match(after))


def _held(slot: Slot, entry: Entry) -> Iterator[Finding]:
    scale = to_unit(slot, entry.unit)
    if scale is None:
        return
    findings = []
    for amount, row in entry.amounts():
        reference = row.reference
        dated = f" {reference.year}" if reference.year else ""
        text = f"{reference.name}, {row.quantity}: {told(reference.value, reference.unit)} ({reference.source}{dated})"
        if scale != 1:
            text += f", which is {told(reference.value / scale, slot.unit)}"
        slip = next((words for factor, words in _SLIPS.items() if _is_slip(slot, reference.value / scale, factor)), "")
        would = f"it is off by {slip} or a little more or less" if slip else ""
        finding = judged_by(
            "reference", slot, [], amount.times(1 / scale), text, would_be=would, references=[reference]
        )
        if finding:
            findings.append(finding)
    yield from kindest(findings, entry)


def _is_slip(slot: Slot, value: float, factor: float) -> bool:
    """Whether the number is right but for its zeros."""
    times = (slot.figure.value or 0) / value if value else 0
    return any(abs(each / factor - 1) < 0.15 for each in (times, 1 / times if times else 0))


def _own(sentence: Sentence, references: References) -> Iterator[Finding]:
    """Figures for what the user's tables have: the name in the sentence, the quantity's words right by the figure."""
    plain = sentence.plain
    folded = plain_form(plain)
    for table in references.own:
        for alias, name in table.names.items():
            if not re.search(rf"(?<!\w){re.escape(alias)}(?!\w)", folded):
                continue
            for quantity, words in table.words.items():
                entry = table.entry(name, words[0], year=references.year)
                if entry is None or (name, quantity) not in table.rows:
                    continue
                slot = _by(sentence, words, entry)
                if slot:
                    yield from _held(slot, entry)


def _by(sentence: Sentence, words: list[str], entry: Entry) -> Slot | None:
    """The one figure of the quantity's unit that stands by its words."""
    fitting = [slot for slot in sentence.slots if to_unit(slot, entry.unit) is not None or _is_bare(slot, entry.unit)]
    if len(fitting) != 1:
        return None
    number = sentence.slots.index(fitting[0])
    mark = rf"‹{fitting[0].letter}{number}›"
    named = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    near = r"(?:\s+(?!and\b|but\b)[^\s‹›,;:.()]+){0,5}\s*"
    found = re.search(rf"\b(?:{named})\b{near}{mark}|{mark}{near}\b(?:{named})\b", sentence.plain, re.IGNORECASE)
    return fitting[0] if found else None


def _is_bare(slot: Slot, unit: str) -> bool:
    """Whether a plain count may be in a unit that is none of measure: "nurse", or none at all."""
    return slot.letter == "C" and (not unit or slot.unit in (None, unit))
