"""Where an accusation may be the transcript's fault: the sentence that says so."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from sayso.checks.brackets import Quoted
from sayso.checks.canonical import keys_of
from sayso.checks.evidence import differing, vocabulary
from sayso.checks.line import Line
from sayso.checks.parts import Part
from sayso.checks.passage import Passage
from sayso.checks.turns import breaks_off
from sayso.wordlists import read_rows

_SIGNS = frozenset("$£€¥%")
_TYPO = 2
UNLIKE = 0.4
"""Of what agrees, how much may differ, by rarity, before a quote may be of another occasion. Of real quotations that
were not said in the transcripts which have the likest words, 60 in 100 lie above it, of bent ones 2 in 100.
"""
OTHER_OCCASION = "So much differs that the quote may be of another occasion."
"""The doubt that falls away for whoever knows that the transcript is of the quote's own occasion."""


def doubt_of(
    quoted: Quoted, quote: Line, passage: Passage, pairs: list[tuple[int, int]], parts: list[Part]
) -> str | None:
    """Why the differences that count may be the transcript's fault; None if nothing speaks for it.

    Parts that lie at a gap of the transcript get the class `gap`.
    """
    counted = [part for part in parts if part.class_ in ("wording", "gap") or part.reverses]
    if not pairs:
        return None
    first = pairs[0][1]
    transcript = passage.transcript(first)
    turn = passage.turn(first)
    for part in counted:
        if _at_gap(passage, pairs, part):
            if part.class_ == "wording":
                part.class_ = "gap"
            return "The transcript lacks words there."
    if turn is not None and turn.interpreted:
        return "The transcript has an interpreter's words there, not the speaker's own."
    if transcript.version == "prepared":
        return "The transcript is of the speech as prepared; it may have been delivered otherwise."
    if counted and all(part.backshift for part in counted):
        return "The bracket may only put the verb into the article's tense."
    if counted and all(part.kind in ("added", "moved") and _is_sign(quote, part) for part in counted):
        return (
            "The transcript has the number without its unit there, which may have been plain from what was said before."
        )
    if counted and all(_is_short_name(quote, passage.line, part) for part in counted):
        return "The transcript may write a name short that was spoken in full, or the other way round."
    for part in counted:
        if _at_edge(quote, passage, pairs, part):
            return "The transcript breaks off there."
        if _is_typo(quote, passage.line, part):
            return f"“{passage.line.raws[part.start]}” may be a slip of the transcript."
    if differing(quoted, quote, passage.line, parts) > UNLIKE:
        return OTHER_OCCASION
    return None


def _at_gap(passage: Passage, pairs: list[tuple[int, int]], part: Part) -> bool:
    line = passage.line
    before = max((other for ours, other in pairs if ours < part.first), default=None)
    after = min((other for ours, other in pairs if ours >= part.end), default=None)
    if before is None and after is None:
        return False
    low = line.ends[before] if before is not None else (line.starts[after] - 3 if after is not None else 0)
    high = line.starts[after] if after is not None else low + 3
    if low > high or (before is not None and after is not None and line.places[before] != line.places[after]):
        return False
    at = before if before is not None else after
    assert at is not None
    return passage.gap_in(at, max(low, 0), high)


def _at_edge(quote: Line, passage: Passage, pairs: list[tuple[int, int]], part: Part) -> bool:
    """Whether words are added at the quote's edge where the turn breaks off or the transcript is partial."""
    line = passage.line
    if part.kind != "added":
        return False
    if part.end == len(quote):
        last = pairs[-1][1]
        turn = passage.turn(last)
        ends = (
            last + 1 >= len(line)
            or line.turns[last + 1] != line.turns[last]
            or line.places[last + 1] != line.places[last]
        )
        return (
            turn is not None
            and ends
            and (breaks_off(passage.transcript(last), turn) or passage.transcript(last).partial is not None)
        )
    if part.first == 0:
        first = pairs[0][1]
        starts = first == 0 or line.turns[first - 1] != line.turns[first]
        return starts and passage.transcript(first).partial is not None
    return False


@cache
def _short_names() -> frozenset[frozenset[tuple[str, ...]]]:
    rows = read_rows(Path(__file__).parent / "data" / "short_names.tsv", heading=True)
    return frozenset(frozenset((keys_of(short), keys_of(full))) for short, full in rows)


def _is_short_name(quote: Line, line: Line, part: Part) -> bool:
    """Whether one side has "U.S." for the other's "United States"."""
    sides = (tuple(quote.keys[part.first : part.end]), tuple(line.keys[part.start : part.stop]))
    return frozenset(sides) in _short_names()


def _is_sign(quote: Line, part: Part) -> bool:
    """Whether the quote only puts a sign to a number: "$60 million" for "sixty million"."""
    return part.first < part.end and all(raw in _SIGNS for raw in quote.raws[part.first : part.end])


def _is_typo(quote: Line, line: Line, part: Part) -> bool:
    """Whether the transcript has what is no word, a letter or two from the quote's."""
    if part.kind != "replaced" or part.end - part.first != 1 or part.stop - part.start != 1 or part.reverses:
        return False
    ours, theirs = quote.keys[part.first], line.keys[part.start]
    if min(len(ours), len(theirs)) < 4 or not theirs.isalpha() or theirs in vocabulary() or ours not in vocabulary():
        return False
    return Levenshtein.distance(ours, theirs, score_cutoff=_TYPO) <= _TYPO and not line.raws[part.start][0].isupper()
