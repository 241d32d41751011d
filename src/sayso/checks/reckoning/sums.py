"""Parts and sums: "12 men and eight women, 20 in all", and shares that are all there are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from sayso.checks.reckoning.amounts import Amount, Interval, spoken
from sayso.checks.reckoning.findings import Finding, judged_by, told
from sayso.checks.reckoning.patterns import Match, matches
from sayso.checks.reckoning.sentences import Sentence
from sayso.checks.reckoning.shares import same_measure
from sayso.checks.reckoning.slots import Slot
from sayso.wordlists import read_rows

_MAY_DIFFER = 0.35
"""How far parts may be from a total that is not called one: further off, they are parts of something else."""
_ROUNDED = 1.0
"""What rounding adds or takes of a hundred per cent, for each share printed in whole numbers: half of it each way."""
_BEFORE = re.compile(r"(?:from|than|by|to|up|down|of|against|versus|below|above|least|another)\s+$", re.IGNORECASE)
_GROUPS = re.compile(
    r"\b(?:women|men|girls|boys|voters under|those under|over-\d|pensioners|students|last year|from|compared|up|down"
    r"|among)\b",
    re.IGNORECASE,
)


def find_sums(sentence: Sentence) -> Iterator[Finding]:
    """Totals of parts that the same sentence lists."""
    for match in matches(sentence, "sum"):
        total, parts = match["total"], match.listed()
        # The list may begin in the clause before: "for all over 65, eleven climbers and four guides, 15 in all".
        lists = [parts[first:] for first in range(len(parts) - 1) if _of_one_kind(total, parts[first:])]
        if total in parts or not lists:
            continue
        parts = lists[0]
        bare = match.word("loosely") or "partly" in match.found.groupdict()
        if bare and not _is_whole(total, parts, match):
            continue
        if match.word("loosely").strip() == "," and not _complete(match):
            continue
        if _BEFORE.search(sentence.plain[: match.found.start("list")]):
            continue
        tries = [_summed(total, each) for each in lists]
        finding = next((each for each in tries if each and each.value == "consistent"), tries[0])
        if finding and match.word("running"):
            # "Bringing the total to 48" may count what came before.
            finding.silent = finding.value != "consistent" and (total.figure.value or 0) > (finding.expected or 0)
        elif finding and "partly" in match.found.groupdict():
            # "Of the 40, 12 left at three and nine at four": some stayed, and some may have come back.
            over = total.letter == "M" and (total.figure.value or 0) < (finding.expected or 0)
            finding.silent = finding.value != "consistent" and not over
        if finding:
            yield finding


def _complete(match: Match) -> bool:
    """Whether the parts are of kinds that leave out nobody: men and women, boys and girls."""
    words = set(re.findall(r"[a-z]+", match.found["list"].lower()))
    return any(words >= {one, *others} for one, *others in _complements())


@cache
def _complements() -> list[list[str]]:
    return read_rows(Path(__file__).with_name("complements.tsv"))


def find_hundreds(sentence: Sentence) -> Iterator[Finding]:
    """Shares that should make up a hundred per cent: lists that end with the undecided or "the rest"."""
    for match in matches(sentence, "hundred"):
        two = "two" in match.found.groupdict()
        parts = [match["b"], match["last"]] if two else [match["a"], match["b"], match["last"]]
        inside = sentence.plain[match.found.start() : match.found.end()]
        if _GROUPS.search(inside) or _BEFORE.search(sentence.plain[: match.found.start()]):
            continue
        earlier = [slot for slot in sentence.slots if slot.letter == "P" and slot.span.start < parts[0].span.start]
        if earlier or (match.word("rest") and _goes_on(sentence, parts[0])):
            continue
        amounts = [part.amount(claimed=True) for part in parts]
        if None in amounts or any(part.figure.kind not in ("exact", "approx") for part in parts):
            continue
        whole = sum(amount.value for amount in amounts if amount)
        if match.word("rest") in ("", "other", "others") and whole < 100 - _ROUNDED:
            # Nobody says that there was no fourth answer, and "other" may leave out the unknown.
            continue
        *others, last = parts
        rest = 100 - (whole - (last.figure.value or 0))
        slack = sum((amount.hard.high - amount.hard.low) / 3 for amount in amounts if amount) + 1e-6
        found = Amount(rest, Interval(rest - slack, rest + slack), Interval(rest - slack, rest + slack))
        text = " and ".join(told(part.figure.value or 0, "percent") for part in others)
        finding = judged_by("hundred", last, others, found, f"{text} leave {told(rest, 'percent')} of 100%")
        if finding:
            yield finding


def _goes_on(sentence: Sentence, first: Slot) -> bool:
    """Whether shares were told in the sentences before, or "another" tells that there are more."""
    start = max(sentence.text.rfind("\n", 0, sentence.span.start), sentence.span.start - 300, 0)
    before = sentence.text[start : sentence.span.start]
    return bool(re.search(r"%|per ?cent|percent|third|half|quarter", before)) or bool(
        re.search(r"another|further", first.text + sentence.text[max(0, first.span.start - 12) : first.span.start])
    )


def _summed(total: Slot, parts: Sequence[Slot]) -> Finding | None:
    amounts = [part.amount() for part in parts]
    if None in amounts:
        return None
    found = Amount.exactly(0)
    for amount in amounts:
        if amount:
            found = found + amount
    unit = next((part.unit for part in parts if part.letter != "C"), None)
    text = " + ".join(spoken(amount.value) for amount in amounts if amount)
    exact = total.letter == "C" and all(part.letter == "C" for part in parts)
    claim = total.amount(claimed=not exact)
    return judged_by("sum", total, parts, found, f"{text} is {told(found.value, unit)}", claim=claim)


def _of_one_kind(total: Slot, parts: Sequence[Slot]) -> bool:
    if any(part.figure.kind in ("range", "set") for part in parts) or "P" in {part.letter for part in parts}:
        return False
    if total.unit and total.span > parts[-1].span and not any(part.unit for part in parts):
        return False  # "May 3, 10 and 17, 30 tickets in all."
    return all(same_measure(part, total) == 1.0 for part in parts)


def _is_whole(total: Slot, parts: Sequence[Slot], match: Match) -> bool:
    """Whether "30 people — 18 adults and 12 children" tells what the whole is made of: a dash alone leaves it open."""
    words = match.found["list"].lower()
    if re.search(r"\b(?:year-old|years|aged|injured|wounded|killed|dead|missing|hurt|more|other)\b", words):
        return False
    whole, values = total.figure.value or 0, [part.figure.value or 0 for part in parts]
    if max(values) >= whole or abs(sum(values) - whole) > _MAY_DIFFER * whole:
        return False
    if total.letter != "C":
        return True
    people = total.unit == "person"
    return (
        people or _complete(match) or any(part.unit == total.unit for part in parts) or abs(sum(values) - whole) < 1e-9
    )
