"""Quotes to measure the placing with: stretches of transcripts, as they were said or bent."""

from __future__ import annotations

import random
from collections.abc import Iterable
from typing import Any

from sayso.checks.words import words_of
from sayso.documents import Transcript

KINDS = ("as said", "a tenth changed", "a third changed", "words left out", "cut short")


def bend(forms: list[str], kind: str, chance: random.Random) -> list[str]:
    """A quote's words, bent in one of KINDS."""
    if kind.endswith("changed"):
        share = 0.1 if kind == KINDS[1] else 1 / 3
        return [chance.choice(forms) if chance.random() < share else form for form in forms]
    if kind == "words left out" and len(forms) > 10:
        at = chance.randrange(3, len(forms) - 6)
        return forms[:at] + forms[at + chance.randrange(1, 4) :]
    return forms[: 4 + len(forms) // 4] if kind == "cut short" else forms


def draw_quotes(transcripts: Iterable[Transcript], count: int, wanted: int, seed: int) -> list[dict[str, Any]]:
    """Quotes of 8 to 60 words out of `count` transcripts: their words, kind, and where they were drawn."""
    chance = random.Random(seed)
    numbers = sorted(chance.choices(range(count), k=wanted))
    quotes: list[dict[str, Any]] = []
    for number, transcript in enumerate(transcripts):
        while len(quotes) < wanted and numbers[len(quotes)] == number:
            words = words_of(transcript.text, [turn.span for turn in transcript.turns])
            length = min(chance.randrange(8, 60), len(words))
            first = chance.randrange(len(words) - length + 1)
            kind = KINDS[len(quotes) % len(KINDS)]
            forms = bend(words.forms[first : first + length], kind, chance)
            place = {"transcript": number, "first": first, "end": first + length}
            quotes.append({"forms": forms, "kind": kind, **place})
    return quotes


def is_found(quote: dict[str, Any], placements: list[Any]) -> bool:
    """Whether the place that a quote was drawn from is among the placements, or a better one."""
    return any(
        each.transcript == quote["transcript"] and each.first < quote["end"] and quote["first"] < each.end
        for each in placements
    ) or (bool(placements) and placements[0].score == 1.0)
