"""A sentence as the rules read it: its figures are slots, and what lies between them is plain words.

"Some 240 of the 500 buses, nearly half." reads "‹C0› of the ‹C1› buses, ‹P2›." A slot's letter says what kind of
figure it holds: Percent, Q percentage points, Money, Unit of measure, Time, Count, Y year, R "doubled" and its kin,
O ordinal.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from sayso.checks.reckoning.bare import read_bare
from sayso.checks.reckoning.slots import Slot, letter_of, units
from sayso.documents import Span
from sayso.verdicts import Figure

_UNIT_END = re.compile(
    r"(?<=[\w%°])(?P<cut>,?\s+(?:(?<!\bout )of|per|each|every|apiece|ago|later|earlier|after|before|from|to|old"
    r"|an?\b(?=\s+[a-z]))\b|-old\b)"
)
_PERCENT = re.compile(
    r"%|\bper ?cent(?:age)?(?:[ -]points?)?\b|\bpercentage[ -]points?\b|[- ](?:points?|pts?)\b|pc\b|pp\b"
)
_LEAD = re.compile(r"(?:by|to|from|of|at(?!\s+(?:least|most)\b)|in|with|for|the|its)\s+", re.IGNORECASE)
_MAX = 1e18
"""Greater numbers are none that news tells of."""
_FROM = re.compile(r"\b(?:by|from(?: an? [a-z]+ of)?) (?:an? (?:average|total|mean|high|low|peak|record) of )?$")
_HEDGE = re.compile(
    r"(?:\b(?:about|around|roughly|approximately|some|nearly|almost|only|just|(?:an )?estimated|a mere|circa)\s)+$",
    re.IGNORECASE,
)
_ABOUT = re.compile(r"\b(?:about|around|roughly|approximately|some|nearly|almost|estimated|circa)\b", re.IGNORECASE)
_WORDS = (
    "half|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen"
    "|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million|billion|trillion"
    "|dozen|score|couple|hundreds|thousands|dozens|bn|mn|tn|k|m|crore|lakh|zero"
)
_COUNT = re.compile(
    rf"(?:\d[\d,.]*\d|\d)(?:[ -]?(?:{_WORDS})\b)*"
    rf"|\b(?:an?|no|{_WORDS})\b(?:(?:[ -]| and )(?:{_WORDS}|\d[\d,.]*)\b)*",
    re.IGNORECASE,
)
_PLAIN = str.maketrans({"’": "'", "‘": "'", "“": " ", "”": " ", '"': " ", "–": "—", "\u00a0": " ", "\n": " ", "−": "-"})


class Sentence:
    """A sentence of an article, with its slots in text order and its plain words.

    Where the words of the plain form lie in the article, `at` knows.
    """

    def __init__(self, text: str, span: Span, figures: Sequence[Figure]) -> None:
        self.text, self.span = text, span
        self.slots = _slots(text, span, figures)
        pieces: list[str] = []
        self._starts: list[int] = []
        self._origins: list[int] = []
        length, at = 0, span.start
        for number, slot in enumerate(self.slots):
            for piece, origin in ((text[at : slot.span.start], at), (f"‹{slot.letter}{number}›", slot.span.start)):
                self._starts.append(length)
                self._origins.append(origin)
                pieces.append(piece.translate(_PLAIN) if origin == at and piece[:1] != "‹" else piece)
                length += len(piece)
            at = slot.span.end
        self._starts.append(length)
        self._origins.append(at)
        pieces.append(text[at : span.end].translate(_PLAIN))
        self.plain = "".join(pieces)
        self.lower = self.plain.lower()
        self.letters = {slot.letter for slot in self.slots}

    def at(self, offset: int) -> int:
        """The place in the article of a character of `plain` that is in no slot."""
        found = bisect_right(self._starts, offset) - 1
        return self._origins[found] + offset - self._starts[found]

    def slot(self, number: str) -> Slot:
        """The slot that a pattern found."""
        return self.slots[int(number)]


def _in_points(figure: Figure) -> Figure:
    """Basis points as the percentage points that they are."""
    if figure.unit != "basis point":
        return figure
    value, low, high = (None if each is None else each / 100 for each in (figure.value, figure.low, figure.high))
    return replace(figure, value=value, low=low, high=high, unit="percentage point")


def _slots(text: str, span: Span, figures: Sequence[Figure]) -> list[Slot]:
    bare = read_bare(text, span, figures)
    # "Three times as many" is a ratio here, whatever else was counted.
    found = [slot for slot in bare if slot.letter == "R"]
    taken = [slot.span for slot in found]
    end = span.start
    for figure in figures:
        if figure.span.start < end or not all(
            abs(each) < _MAX for each in (figure.value, figure.low, figure.high) if each
        ):
            continue
        for slot in [_slot(text, span, half) for half in _halves(text, figure) or [_in_points(figure)]]:
            if slot.letter != "R" and slot.span.end > slot.span.start and not _overlap(slot.span, taken):
                found.append(slot)
                taken.append(slot.span)
                end = slot.span.end
    found += [slot for slot in bare if slot.letter != "R" and not _overlap(slot.span, taken)]
    return sorted(found, key=lambda slot: slot.span)


def _overlap(span: Span, taken: Sequence[Span]) -> bool:
    return any(span.overlaps(other) for other in taken)


def _halves(text: str, figure: Figure) -> list[Figure]:
    """The two figures of what looks like a range behind "by" or "from": "rose by 30 cents to $2.80"."""
    words = figure.span.of(text)
    middle = words.find(" to ")
    if (
        figure.kind != "range"
        or middle < 0
        or not _FROM.search(text, max(0, figure.span.start - 30), figure.span.start)
    ):
        return []
    start, end = figure.span
    first, last = Span(start, start + middle), Span(start + middle + 4, end)
    return [
        Figure(figure.id, place, value=value, approx=figure.approx, unit=figure.unit)
        for place, value in ((first, figure.low), (last, figure.high))
    ]


def _slot(text: str, sentence: Span, figure: Figure) -> Slot:
    """A slot without the words that the rules want to read: what is counted, "of ...", "a day", "ago"."""
    letter = letter_of(figure)
    start, end = figure.span
    words = figure.span.of(text)
    lead = _LEAD.match(words)
    if lead and not _COUNT.match(words):
        start += lead.end()
        words = text[start:end]
    number = _COUNT.search(words)
    if letter in "PQ":
        sign = _PERCENT.search(words)
        cut = _UNIT_END.search(words, number.end() if number else 0)
        end = start + (sign.end() if sign else cut.start() if cut else len(words))
    elif letter == "C":
        if number and re.fullmatch(r"(?:1[0-9]|20)\d\d", words) and figure.kind == "exact":
            letter = "Y"
        last = number
        for each in _COUNT.finditer(words) if figure.kind == "range" else ():
            last = each
        end = start + (last.end() if last else len(words))
    elif figure.unit not in units() or letter != "U":
        cut = _UNIT_END.search(words, number.end() if number else 0)
        end = start + cut.start() if cut else end
    hedge = _HEDGE.search(text, max(sentence.start, start - 40), start)
    if hedge:
        if figure.kind == "exact" and _ABOUT.search(hedge.group()):
            figure = Figure(
                figure.id, figure.span, "approx", figure.value, approx=True, unit=figure.unit, base=figure.base
            )
        start = hedge.start()
    return Slot(letter, Span(start, end), text[start:end], figure)
