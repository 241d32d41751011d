"""Which verdict a difference makes, and which of two verdicts a quote gets."""

from __future__ import annotations

from sayso.checks.parts import Part
from sayso.verdicts import QuoteValue

RANK: tuple[QuoteValue, ...] = ("verbatim", "tidied", "marked", "trimmed", "altered", "spliced", "not found")
"""From what leaves the words as they were to what is found nowhere."""


def value_of(part: Part) -> QuoteValue:
    """The verdict that one difference alone makes of a quote."""
    if part.reverses:
        return "altered"
    match part.class_:
        case "filler" | "stutter" | "contraction":
            return "tidied"
        case "bracket" | "ellipsis":
            return "marked"
        case "wording" | "gap":
            return "trimmed" if part.kind == "omitted" else "altered"
    return "verbatim"


def worse(one: QuoteValue, other: QuoteValue) -> QuoteValue:
    """The one that stands further from the words as they were said."""
    return max(one, other, key=RANK.index)
