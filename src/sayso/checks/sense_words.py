"""The expressions that carry the sense of what is said: negations, modals, quantifiers, units."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

from sayso.checks.canonical import keys_of
from sayso.checks.line import Line
from sayso.verdicts import Sense
from sayso.wordlists import classes_of, read_rows

_DATA = Path(__file__).parent / "data"
_STOPWORDS = Path(__file__).parent.parent / "statements" / "stopwords.tsv"


class Unit(NamedTuple):
    """An expression that carries sense, at tokens `first` to before `end`."""

    first: int
    end: int
    sense: Sense
    group: str


class _Entry(NamedTuple):
    words: tuple[str, ...]
    sense: Sense
    group: str
    condition: str


@cache
def _entries() -> dict[str, list[_Entry]]:
    """By their first word, the longest first."""
    found: dict[str, list[_Entry]] = {}
    for row in read_rows(_DATA / "sense.tsv", heading=True):
        sense, group, condition, words = row
        for entry in words.split(","):
            parts = keys_of(entry)
            found.setdefault(parts[0], []).append(_Entry(parts, sense, group, condition))  # type: ignore[arg-type]
    for each in found.values():
        each.sort(key=lambda entry: -len(entry.words))
    return found


@cache
def function_words() -> frozenset[str]:
    """Words that are no names, numbers or things."""
    return frozenset(classes_of(_STOPWORDS))


def units_in(line: Line, first: int, end: int) -> list[Unit]:
    """The expressions that carry sense among tokens, the longest where one holds another."""
    found: list[Unit] = []
    at = max(first, 0)
    end = min(end, len(line))
    while at < end:
        for entry in _entries().get(line.keys[at], ()):
            stop = at + len(entry.words)
            if stop <= end and tuple(line.keys[at:stop]) == entry.words and _counts(line, entry, at, stop):
                found.append(Unit(at, stop, entry.sense, entry.group))
                at = stop - 1
                break
        at += 1
    return found


def _counts(line: Line, entry: _Entry, at: int, stop: int) -> bool:
    if entry.condition == "number":
        return stop in line.numerals or (stop < len(line) and line.keys[stop] in ("a", "half", "$", "€", "£"))
    if entry.condition == "particle":
        return not line.pauses(stop)
    if entry.words == ("not",):
        # "whether or not" denies nothing.
        return not (at and line.keys[at - 1] == "or" and "whether" in line.keys[max(at - 6, 0) : at])
    return True
