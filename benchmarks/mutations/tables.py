"""The outcome of an exam as figures, and the figures as tables for the terminal and the page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from math import sqrt
from typing import TYPE_CHECKING, Any, get_args

from benchmarks.mutations.kinds import KINDS
from sayso.verdicts import QuoteValue
from training.tables import table

if TYPE_CHECKING:
    from benchmarks.mutations.exam import Answer

VERDICTS: tuple[str, ...] = get_args(QuoteValue)
SHORT = {"misattributed": "misattr.", "reworded": "reworded", "not found": "not found"}


def wilson(hits: int, count: int) -> tuple[float, float]:
    """The 95% interval of a share (Wilson 1927).

    >>> [round(each, 3) for each in wilson(97, 100)]
    [0.915, 0.99]
    """
    if not count:
        return 0.0, 1.0
    z = 1.959964
    share = hits / count
    centre = share + z * z / (2 * count)
    spread = z * sqrt(share * (1 - share) / count + z * z / (4 * count * count))
    whole = 1 + z * z / count
    return max((centre - spread) / whole, 0.0), min((centre + spread) / whole, 1.0)


def tally(answers: Iterable[Answer]) -> dict[str, dict[str, Any]]:
    """What became of the cases of each kind, in the order of the kinds."""
    by_kind: dict[str, list[Answer]] = {name: [] for name in KINDS}
    for answer in answers:
        by_kind[answer.case.kind].append(answer)
    return {name: _counts(each) for name, each in by_kind.items() if each}


def _counts(answers: Sequence[Answer]) -> dict[str, Any]:
    verdicts = Counter[str](each.value for each in answers)
    named = [each.names_the_sense for each in answers if each.names_the_sense is not None]
    placed = [each.placed for each in answers if each.placed is not None]
    return {
        "cases": len(answers),
        "right": sum(each.is_right for each in answers),
        "caught": sum(each.is_caught for each in answers),
        "sound": sum(each.passes_as_sound for each in answers),
        "accused": sum(each.is_accusation for each in answers),
        "doubted": sum(each.doubt is not None for each in answers),
        "named": sum(named),
        "of named": len(named),
        "placed": sum(placed),
        "of placed": len(placed),
        "verdicts": {value: verdicts[value] for value in VERDICTS if verdicts[value]},
    }


def totals(kinds: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """The figures over all kinds that the exam is held to."""

    def over(names: Iterable[str], figure: str) -> int:
        return sum(kinds[name][figure] for name in names)

    sound = [name for name in kinds if KINDS[name].sound]
    sense = [name for name in kinds if KINDS[name].sense]
    return {
        "cases": over(kinds, "cases"),
        "right": over(kinds, "right"),
        "sound cases": over(sound, "cases"),
        "accused": over(sound, "accused"),
        "accused, with doubt": over(sound, "caught") - over(sound, "accused"),
        "sense cases": over(sense, "cases"),
        "caught": over(sense, "caught"),
        "passed as sound": over(sense, "sound"),
        "stopped": over(sense, "accused"),
        "named": over(sense, "named"),
        "of named": over(sense, "of named"),
        "placed": over(kinds, "placed"),
        "of placed": over(kinds, "of placed"),
    }


def summary_table(measured: dict[str, Any]) -> str:
    """One row a figure, for each split that was measured."""
    splits = measured["splits"]
    rows = [
        ("verdict right", "right", "cases"),
        ("sense-changing ones accused", "caught", "sense cases"),
        ("the same without a doubt, so that the check fails", "stopped", "sense cases"),
        ("sense-changing ones passed as sound", "passed as sound", "sense cases"),
        ("what is reversed is named", "named", "of named"),
        ("sound ones accused without a doubt", "accused", "sound cases"),
        ("sound ones accused with a doubt", "accused, with doubt", "sound cases"),
        ("held against the words that it comes from", "placed", "of placed"),
    ]
    return table(
        ["", *splits],
        [
            [name, *(_with_interval(each["totals"], hits, count) for each in splits.values())]
            for name, hits, count in rows
        ],
    )


def _with_interval(figures: dict[str, Any], hits: str, count: str) -> str:
    low, high = wilson(figures[hits], figures[count])
    if not figures[count]:
        return "none"
    share = figures[hits] / figures[count]
    return f"{figures[hits]:,} of {figures[count]:,}: {share:.2%} ({low:.2%} to {high:.2%})"


def confusion_tables(kinds: dict[str, dict[str, Any]]) -> str:
    """Kinds by verdicts: the sound ones, then the changed ones. The verdict meant is in brackets."""
    parts = []
    for title, wanted, last in (("Sound", True, "accused"), ("Changed", False, "caught")):
        names = [name for name in kinds if KINDS[name].sound == wanted]
        if not names:
            continue
        used = [value for value in VERDICTS if any(kinds[name]["verdicts"].get(value) for name in names)]
        rows = []
        for name in names:
            each = kinds[name]
            low, high = wilson(each["right"], each["cases"])
            cells = [_cell(each["verdicts"].get(value, 0), value in KINDS[name].right) for value in used]
            outcome = f"{each[last]}" if wanted else f"{each[last] / each['cases']:.1%}"
            if not wanted and not KINDS[name].sense:
                outcome = ""
            right = f"{each['right'] / each['cases']:.1%}"
            rows.append([name, f"{each['cases']}", *cells, right, f"{low:.1%} to {high:.1%}", outcome])
        head = [title, "cases", *(SHORT.get(value, value) for value in used), "right", "95% interval", last]
        parts.append(table(head, rows))
    return "\n\n".join(parts)


def _cell(count: int, right: bool) -> str:
    if not count:
        return ""
    return f"[{count}]" if right else f"{count}"


def page_tables(measured: dict[str, Any]) -> str:
    """The tables of docs/quotes.md, split by split."""
    about = f"sayso {measured['sayso']}, seed {measured['seed']}."
    parts = [about, summary_table(measured)]
    for split, each in measured["splits"].items():
        parts += [
            f"### {split}: {each['transcripts']} transcripts, {each['totals']['cases']:,} cases",
            confusion_tables(each["kinds"]),
        ]
    return "\n\n".join(parts)


def kinds_table(measured: dict[str, Any]) -> str:
    """What each kind does to a quote, and what is right for it."""
    rows = [
        [kind.name, ", ".join(kind.right), "yes" if kind.sense else "", kind.why.replace("|", "\\|")]
        for kind in KINDS.values()
    ]
    head = ["kind", "right", "sense changed", "what is done"]
    return "\n".join(["| " + " | ".join(row) + " |" for row in (head, ["---"] * 4, *rows)])
