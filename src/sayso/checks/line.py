"""The tokens of a quote or of a passage in one line, with what stands between them.

A passage may be put together of several places, also of several transcripts; its tokens are numbered through.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from sayso.checks.canonical import Tokens
from sayso.checks.numerals import Numeral
from sayso.documents import Span, Transcript

_STOP = re.compile(r"[.?!…\n]")
_PAUSE = re.compile(r"[,;:.?!…()\n\[\]\"“”—–]|--| -|- ")
_DASH = re.compile(r"[—–]|-")
_NEXT_WORD = re.compile(r"[^\W_]")
_NEAR = 12
_CONJUNCTIONS = frozenset({"and", "but", "so"})
"""Words that no abbreviation comes before: "You got an A. So try again" is two sentences."""


@dataclass(slots=True)
class Line:
    """Tokens side by side; `gaps[at]` is the text between a token and the one before, with one more at the end."""

    keys: list[str] = field(default_factory=list)
    readings: list[tuple[str, ...]] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    gaps: list[str] = field(default_factory=list)
    raws: list[str] = field(default_factory=list)
    firsts: list[int] = field(default_factory=list)
    lasts: list[int] = field(default_factory=list)
    """The words of a token, end exclusive."""
    short: set[int] = field(default_factory=set)
    why: dict[int, str] = field(default_factory=dict)
    numerals: dict[int, Numeral] = field(default_factory=dict)
    places: list[int] = field(default_factory=list)
    """Of a passage: which of its places a token is of."""
    turns: list[int] = field(default_factory=list)
    """Of a passage: the turn in its transcript, -1 for none."""

    def __len__(self) -> int:
        return len(self.keys)

    def append(self, tokens: Tokens, place: int = 0) -> None:
        """Adds the tokens of one place."""
        base = len(self.keys)
        words = tokens.words
        text = words.text
        if self.gaps:
            self.gaps.pop()
        before = -1
        if (
            base and self.places[-1] == place and self.ends[-1] <= words.starts[tokens.firsts[0]]
            if tokens.keys
            else False
        ):
            before = max(self.ends[-2:])
        starts, ends = words.starts, words.ends
        for at, (first, end) in enumerate(zip(tokens.firsts, tokens.ends, strict=True)):
            start, stop = starts[first], ends[end - 1]
            self.gaps.append(text[before:start] if before >= 0 else _lead(text, start))
            self.starts.append(start)
            self.ends.append(stop)
            self.raws.append(text[start:stop])
            self.readings.append((tokens.keys[at], *tokens.also[at]) if at in tokens.also else (tokens.keys[at],))
            before = max(before, stop)
        self.keys += tokens.keys
        self.firsts += tokens.firsts
        self.lasts += tokens.ends
        self.gaps.append(_trail(text, before) if before >= 0 else "")
        self.short.update(base + at for at in tokens.short)
        self.why.update((base + at, why) for at, why in tokens.why.items())
        self.numerals.update((base + at, numeral) for at, numeral in tokens.numerals.items())
        self.places += [place] * len(tokens)

    def add_turns(self, transcript: Transcript, first: int) -> None:
        """Says of the tokens from `first` on in which turn they stand."""
        starts = self.starts[first:]
        if not starts:
            return
        at = bisect_right(transcript.turns, starts[0], key=lambda turn: turn.span.start) - 1
        turns = transcript.turns
        for start in starts:
            while at + 1 < len(turns) and turns[at + 1].span.start <= start:
                at += 1
            inside = at >= 0 and start < turns[at].span.end
            self.turns.append(at if inside else -1)

    def opens(self, at: int) -> bool:
        """Whether a token begins a sentence."""
        gap = self.gaps[at]
        if not _STOP.search(gap):
            return self.places[at] != self.places[at - 1] if 0 < at < len(self) else False
        # The point of an abbreviation ends no sentence: "Mr. Reyes", "U.S. troops".
        short = at and gap.strip() == "." and self._is_short(at - 1)
        return not short or (at < len(self) and self.keys[at] in _CONJUNCTIONS)

    def _is_short(self, at: int) -> bool:
        """Whether a token is an abbreviation or an initial; "No." before a word is a sentence."""
        raw = self.raws[at]
        return raw[0].isupper() and (
            (len(raw) == 1 and raw != "I") or (raw != "No" and len(raw) <= 5 and len(self.readings[at]) > 1)
        )

    def pauses(self, at: int) -> bool:
        """Whether something other than space stands before a token, as a speaker pauses."""
        return _PAUSE.search(self.gaps[at]) is not None

    def breaks_off(self, at: int) -> bool:
        """Whether a dash stands before a token."""
        return _DASH.search(self.gaps[at]) is not None

    def span(self, first: int, end: int) -> Span:
        """The characters of tokens; of none the place after the token before them."""
        if first < end:
            return Span(min(self.starts[first:end]), max(self.ends[first:end]))
        if first > 0:
            at = max(self.ends[max(first - 2, 0) : first])
            return Span(at, at)
        at = self.starts[0] if self.starts else 0
        return Span(at, at)

    def count(self, first: int, end: int) -> int:
        """How many words of the text tokens stand for."""
        return len({word for at in range(first, end) for word in range(self.firsts[at], self.lasts[at])})


def _lead(text: str, start: int) -> str:
    """What stands before the first token, back to the word before; a full stop where the text begins."""
    lead = text[max(0, start - _NEAR) : start]
    at = max((found.end() for found in _NEXT_WORD.finditer(lead)), default=0)
    return lead[at:] if start else "\n"


def _trail(text: str, end: int) -> str:
    trail = text[end : end + _NEAR]
    found = _NEXT_WORD.search(trail)
    if found:
        return trail[: found.start()]
    return trail if end + len(trail) < len(text) else trail + "\n"


def line_of(parts: Sequence[Tokens]) -> Line:
    """The tokens of several places in one line."""
    line = Line()
    for place, tokens in enumerate(parts):
        line.append(tokens, place)
    return line
