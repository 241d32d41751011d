"""What the words around a number make of it: a bound, an approximation, a tolerance."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple, cast

from sayso.figures.lexicon import DATA, words
from sayso.figures.numbers import number_starts
from sayso.figures.tokens import Tokens, tokens_of
from sayso.verdicts import FigureKind
from sayso.wordlists import read_rows

_LONGEST = 5
_DURATION = words("lasted")
_LONG = words("long")
_PHRASAL = frozenset(["over", "about"])
Key = tuple[str, ...]


class Bound(NamedTuple):
    """What the words between the tokens `start` and `end` say of a number."""

    kind: FigureKind
    inclusive: bool
    approx: bool
    start: int
    end: int
    during: bool = False
    """Whether it is no bound before a span of time."""
    measure: bool = False
    """Whether it is none before other things than measures."""


class _Entry(NamedTuple):
    place: str
    kind: FigureKind
    inclusive: bool
    approx: bool


@cache
def _tables() -> tuple[dict[Key, _Entry], dict[Key, _Entry], frozenset[str], frozenset[str]]:
    """Those before and those after a number, and the words that the former end and the latter begin with."""
    before: dict[Key, _Entry] = {}
    after: dict[Key, _Entry] = {}
    for phrase, place, kind, inclusive, approx in read_rows(DATA / "bounds.tsv"):
        tokens = tokens_of(phrase)
        entry = _Entry(place, cast(FigureKind, kind), inclusive == "yes", approx == "yes")
        (after if place == "after" else before)[tuple(tokens.forms[: tokens.size])] = entry
    return before, after, frozenset(key[-1] for key in before), frozenset(key[0] for key in after)


def bound_before(tokens: Tokens, at: int) -> Bound | None:
    """The bound whose words end right before a token; what may stand between is skipped."""
    end = at
    while neutral := _before(tokens, end, {"neutral"}):
        end -= len(neutral[0])
    found = _before(tokens, end, {"before", "during", "measure"})
    if found is None:
        return None
    key, entry = found
    start = end - len(key)
    if tokens.forms[start - 1] == "no" and entry.kind == "lower":
        return None
    if len(key) == 1 and key[0] in _PHRASAL and tokens.forms[start - 1] in words(f"with {key[0]}"):
        return None
    approx = entry.approx
    if entry.kind in {"lower", "upper"}:
        degree = _before(tokens, start, {"soft", "hard"})
        if degree:
            start -= len(degree[0])
            approx = approx or degree[1].approx
    during = entry.place == "during" and start == end - len(key) and tokens.forms[start - 1] not in _DURATION
    return Bound(entry.kind, entry.inclusive, approx, start, end, during, entry.place == "measure")


def _before(tokens: Tokens, end: int, places: set[str]) -> tuple[Key, _Entry] | None:
    table, _, lasts, _ = _tables()
    if tokens.forms[end - 1] not in lasts:
        return None
    for size in range(_LONGEST, 0, -1):
        if end - size < 0:
            continue
        key = tuple(tokens.forms[end - size : end])
        entry = table.get(key)
        if entry and entry.place in places:
            return key, entry
    return None


def bound_after(tokens: Tokens, at: int) -> Bound | None:
    """The bound whose words start at a token, behind a number or what it counts."""
    _, table, _, firsts = _tables()
    here = tokens.skip_hyphen(at)
    if tokens.forms[here] not in firsts:
        return None
    for size in range(3, 0, -1):
        entry = table.get(tuple(tokens.forms[here : here + size]))
        if entry is None:
            continue
        if size == 1 and not _is_suffix(tokens, here):
            return None
        # "50 articles and over 1,000 pictures": the bound of what follows.
        follows = here + size
        if size > 1 and (
            tokens.forms[follows] == "than"
            or tokens.numeric[follows]
            or tokens.forms[follows] in {"a", "half", *number_starts()}
        ):
            return None
        return Bound(entry.kind, entry.inclusive, entry.approx, here, here + size)
    return None


def _is_suffix(tokens: Tokens, at: int) -> bool:
    """Whether a single word behind a number belongs to it: "20-odd", "500+", "20 odd years"; not "20 plus 5"."""
    form = tokens.forms[at]
    if form in {"maximum", "minimum", "tops"}:
        return tokens.forms[at + 1] in {"", ".", ",", ")", ";", "\n"}
    if form == "odd":
        return True
    return tokens.touch(at - 1) and not tokens.numeric[at + 1]


def is_duration_bound(tokens: Tokens, end: int) -> bool:
    """Whether the words behind a span of time show that "over" before it is a bound: "over two hours late"."""
    return tokens.forms[end] in _LONG
