"""Numbers that are no figures of the article's own, and yet reckoned with.

Years, ordinals, verbs that multiply, and numbers whose noun is told elsewhere ("12 men and eight women, 20 in all").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sayso.checks.reckoning.slots import Slot
from sayso.documents import Span
from sayso.reading.dates import MONTHS
from sayso.verdicts import Figure, FigureKind

_MAX = 1e18
_SMALL = (
    "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen"
    "|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
)
_NUMBERS = dict(zip(_SMALL.split("|"), [*range(2, 21), *range(30, 100, 10)], strict=True))
_SCALES = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "bn": 1e9, "trillion": 1e12}
_SCALE = r"(?: (?:thousand|million|billion|trillion|bn))?"
_BARE = re.compile(
    rf"(?<![\w.,:/$£€#+-])(?:\d{{1,3}}(?:,\d{{3}})+|\d+)(?:\.\d+)?{_SCALE}(?![\w%/°]|[.,:]\d|-\d| ?(?:a\.?m|p\.?m)\b)"
    rf"|(?<![\w-])(?:{_SMALL})(?:-(?:{_SMALL}))?{_SCALE}(?![\w-])",
    re.IGNORECASE,
)
_LABELLED = re.compile(
    rf"\b(?:(?:{'|'.join(MONTHS)}|Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec)\.?|No\.?|pages?|chapter|article|section|number|channel"
    r"|version|route|flight|room|lines?|grade|class|level|phase|group|day|week|at) $",
    re.IGNORECASE,
)
"""What a number behind it counts nothing of."""
_DATED = re.compile(rf" (?:of )?(?:{'|'.join(MONTHS)})\b", re.IGNORECASE)
_YEAR_FORM = r"(?:1[0-9]|20)\d\d"
_YEAR = re.compile(
    rf"(?<![\w.,$£€/:-]){_YEAR_FORM}(?![\w%:/]|[,.]\d|[-–]\d)"
    rf"|(?<=\(){_YEAR_FORM}(?=[-–])|(?<=\d{{4}}[-–]){_YEAR_FORM}(?=\))"
)
_RATIO = re.compile(
    r"\b(?P<word>doubl|trebl|tripl|quadrupl|quintupl|halv)(?:ed|es|e|ing)\b"
    rf"|\b(?P<fold>{_SMALL}|\d+)[- ]?fold\b"
    rf"|\b(?P<times>twice|thrice|(?:{_SMALL}|\d+(?:\.\d+)?) times)"
    r"(?= (?:as|the|that|its|his|her|their|last|more|higher|larger)\b)",
    re.IGNORECASE,
)
_TIMES = {"doubl": 2.0, "trebl": 3.0, "tripl": 3.0, "quadrupl": 4.0, "quintupl": 5.0, "halv": 0.5}
_TIMES |= {"twice": 2.0, "thrice": 3.0}
_SHARES = {"half": 50.0, "third": 100 / 3, "quarter": 25.0, "fifth": 20.0, "sixth": 100 / 6, "eighth": 12.5}
_SHARES["tenth"] = 10.0
_BOUNDS: dict[str, FigureKind] = {"more than": "lower", "over": "lower", "less than": "upper", "fewer than": "upper"}
_BOUNDS |= {"under": "upper", "nearly": "upper", "almost": "upper", "about": "approx", "roughly": "approx"}
_SHARE = re.compile(
    rf"(?<![\w-])(?:(?P<bound>{'|'.join(_BOUNDS)}|only|just|exactly) )?"
    r"(?P<times>an?|one|two|three|four|five|six|seven|nine)?[ -]?"
    rf"(?P<part>{'|'.join(_SHARES)}|halve)s?(?=\s*[,.;)—]|\s*$)",
    re.IGNORECASE,
)
"""A share that stands alone, as "a quarter," does."""
_ORDINAL = re.compile(r"\b\d{1,3}(?:st|nd|rd|th)\b", re.IGNORECASE)


def read_bare(text: str, span: Span, figures: Sequence[Figure]) -> list[Slot]:
    """Slots for years, ordinals, verbs that multiply and bare numbers of a sentence; they may overlap its figures.

    Such a slot has a figure's id where it lies in one.
    """
    slots: list[Slot] = []
    for letter, place, value in _found(text, span):
        if value < _MAX and not any(slot.span.overlaps(place) for slot in slots):
            slots.append(_slot(text, letter, Figure("", place, value=value), figures))
    return [*slots, *(_slot(text, "P", share, figures) for share in _shares(text, span))]


def _slot(text: str, letter: str, figure: Figure, figures: Sequence[Figure]) -> Slot:
    listed = next((each for each in figures if each.span.overlaps(figure.span)), None)
    figure.id = listed.id if listed else ""
    return Slot(letter, figure.span, figure.span.of(text), figure, listed is not None)


def _shares(text: str, span: Span) -> Iterator[Figure]:
    for found in _SHARE.finditer(text, *span):
        times, part = (found["times"] or "").lower(), found["part"].lower()
        if not times and part != "half":
            continue
        value = _SHARES.get(part, 50.0) * (_NUMBERS.get(times) or 1)
        kind = _BOUNDS.get((found["bound"] or "").lower(), "exact")
        low, high = value if kind == "lower" else None, value if kind == "upper" else None
        approx = kind == "approx" or (found["bound"] or "").lower() in ("nearly", "almost")
        yield Figure("", Span(*found.span()), kind, value, low, high, inclusive=False, approx=approx, unit="percent")


def _found(text: str, span: Span) -> Iterator[tuple[str, Span, float]]:
    for each in _YEAR.finditer(text, *span):
        yield "Y", Span(*each.span()), float(each.group())
    for each in _ORDINAL.finditer(text, *span):
        yield "O", Span(*each.span()), float(each.group()[:-2])
    for each in _RATIO.finditer(text, *span):
        word = (each["word"] or each["fold"] or each["times"]).lower().removesuffix(" times")
        yield "R", Span(*each.span()), float(_TIMES.get(word) or _NUMBERS.get(word) or word)
    for each in _BARE.finditer(text, *span):
        labelled = _LABELLED.search(text, max(0, each.start() - 12), each.start()) or _DATED.match(text, each.end())
        if not labelled:
            yield "C", Span(*each.span()), _value(each.group())


def _value(words: str) -> float:
    """The value of a number that stands alone, in digits or words."""
    number, *scale = words.lower().split()
    digits = number[0].isdigit()
    value = float(number.replace(",", "")) if digits else float(sum(_NUMBERS[word] for word in number.split("-")))
    return value * _SCALES[scale[0]] if scale else value
