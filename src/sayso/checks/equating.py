"""Words that differ as tokens and are the same words spoken all the same: joined compounds, years in words, ranges.

Looked at only where an alignment left words unmatched.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from sayso.checks.line import Line
from sayso.checks.spellings import plain
from sayso.checks.word_forms import contractions
from sayso.verdicts import DifferenceClass
from sayso.wordlists import entries_of

_DATA = Path(__file__).parent / "data"
_RANGE = frozenset({"to", "through", "and"})
MOST = 5
"""Tokens of one side that are tried together."""


@cache
def _apart() -> frozenset[str]:
    """Words that are others when they are joined: "may be" is not "maybe"."""
    return frozenset(entries_of(_DATA / "joined.tsv", "apart"))


def same_words(
    quote: Line, first: int, end: int, passage: Line, start: int, stop: int
) -> tuple[DifferenceClass, str] | None:
    """Why tokens of the quote and tokens of the passage are the same words, as a class and a reason; None if not."""
    if first == end or start == stop:
        return _one_sided(quote, first, end, passage, start, stop)
    single = end - first == 1 == stop - start
    if single and quote.keys[first].endswith("!") != passage.keys[start].endswith("!"):
        # "us" is not the US.
        return None
    ours, theirs = _letters(quote, first, end), _letters(passage, start, stop)
    if ours and ours == theirs and ours not in _apart():
        return "style", "joined, hyphenated or apart"
    spelt_ours, spelt_theirs = _keys(quote, first, end), _keys(passage, start, stop)
    if spelt_ours == spelt_theirs and "#" not in spelt_ours and spelt_ours not in _apart():
        return "style", "a spelling"
    if _numbers(quote, first, end) & _numbers(passage, start, stop):
        return "style", "a number in words or digits"
    if (stop - start == 1 and _is_masked(quote, first, end, passage.raws[start])) or (
        end - first == 1 and _is_masked(passage, start, stop, quote.raws[first])
    ):
        return "style", "letters of a word masked"
    if single:
        if _dropped_g(quote, first, passage, start):
            return "contraction", "a casual form"
        if _name_spelt(quote, first, passage, start):
            return "style", "a spelling of a name"
    if _without_a(quote, first, end, passage, start, stop) or _without_a(passage, start, stop, quote, first, end):
        return "style", "a number in words or digits"
    if _casual(quote, first, end, passage.keys[start:stop]) or _casual(passage, start, stop, quote.keys[first:end]):
        return "contraction", "a casual form"
    return None


def _one_sided(
    quote: Line, first: int, end: int, passage: Line, start: int, stop: int
) -> tuple[DifferenceClass, str] | None:
    """Words that one side writes as a sign: the "to" of "10-15", the currency that a range names once."""
    line, other = (passage, quote) if first == end else (quote, passage)
    low, high = (start, stop) if first == end else (first, end)
    at = first if first == end else start
    if high - low != 1 or not (0 < at < len(other)):
        return None
    if line.keys[low] in _RANGE and at - 1 in other.numerals and at in other.numerals:
        return ("style", "a range in words or with a dash") if other.gaps[at].strip() in ("-", "–", "—", "‑") else None
    if line.keys[low] in ("have", "has") and other.raws[at].casefold() == "gotta":
        return "contraction", "a casual form"
    if line.keys[low] in ("$", "€", "£", "percent"):
        near = [key for key in line.keys[max(low - 4, 0) : low] + line.keys[high : high + 4] if key == line.keys[low]]
        linked = _RANGE | {"or"}
        around = line.keys[max(low - 3, 0) : high + 2]
        return ("style", "named once in a range") if near and linked & set(around) else None
    return None


def _letters(line: Line, first: int, end: int) -> str:
    parts: list[str] = []
    seen: set[int] = set()
    for at in range(first, end):
        if line.firsts[at] not in seen:
            seen.update(range(line.firsts[at], line.lasts[at]))
            parts.append(line.raws[at])
    return plain("".join(each for each in "".join(parts).casefold() if each.isalnum()))


def _keys(line: Line, first: int, end: int) -> str:
    return "".join(line.keys[first:end]).replace("!", "")


@cache
def _tens(key: str) -> int | None:
    return int(key[1:]) if key[0] == "#" and key[1:].isdigit() else None


def _numbers(line: Line, first: int, end: int) -> set[str]:
    """The numbers that tokens may stand for when they are read together: a year said in two parts, a fraction."""
    keys = line.keys[first:end]
    found: set[str] = set()
    if len(keys) == 1 and (keys[0][0] == "#"):
        found.update(line.readings[first])
    values = [_tens(key) for key in keys]
    if len(values) == 2 and 10 <= (values[0] or 0) <= 20 and 10 <= (values[1] or 0) < 100:
        found.add(f"#{(values[0] or 0) * 100 + (values[1] or 0)}")
    if len(keys) == 3 and keys[1] in ("oh", "o") and values[0] and values[2] is not None and values[2] < 10:
        found.add(f"#{values[0] * 100 + values[2]}")
    if len(keys) == 2 and values[0] is not None and keys[1] == "hundred":
        found.add(f"#{values[0] * 100}")
    if keys == ["half"]:
        found.add("#1/2")
    return found


_MASK = re.compile(r"[*_•]+|[-–—]{2,}")


def _is_masked(line: Line, first: int, end: int, word: str) -> bool:
    """Whether tokens are a word of which the article shows some letters: "s**t"."""
    shown = line.raws[first] + "".join(line.gaps[at] + line.raws[at] for at in range(first + 1, end))
    after = _MASK.match(line.gaps[end])
    shown = f"{shown}{after[0] if after else ''}".casefold()
    if not _MASK.search(shown) or " " in shown:
        return False
    parts = [re.escape(part) for part in _MASK.split(shown)]
    return re.fullmatch(r"\w+".join(parts), word.casefold()) is not None


def _without_a(line: Line, first: int, end: int, other: Line, start: int, stop: int) -> bool:
    """Whether one side has "billion" for the other's "a billion", which is one token."""
    one = end - first == 1 == stop - start
    return one and other.raws[start].casefold() == f"a {line.raws[first].casefold()}"


def _dropped_g(quote: Line, at: int, passage: Line, other: int) -> bool:
    one, two = sorted((quote.keys[at], passage.keys[other]), key=len)
    return two.endswith("ing") and one == two[:-1] and len(one) > 3


def _name_spelt(quote: Line, at: int, passage: Line, other: int) -> bool:
    """Whether two names differ in the letters of their transcription alone: "Zelensky", "Zelenskiy"."""
    one, two = quote.raws[at], passage.raws[other]
    if not (one[0].isupper() and two[0].isupper()) or min(len(one), len(two)) < 6:
        return False
    return _skeleton(one) == _skeleton(two) and abs(len(one) - len(two)) <= 2


def _skeleton(name: str) -> str:
    """A name with what transcriptions vary made one: final vowels, doubled letters, y and i."""
    letters = plain(name.casefold()).replace("y", "i").replace("j", "i").replace("ck", "k").replace("ph", "f")
    single = "".join(each for at, each in enumerate(letters) if at == 0 or each != letters[at - 1])
    return single.rstrip("i")


def _casual(line: Line, first: int, end: int, other: list[str]) -> bool:
    """Whether a casual form stands for the other side's words in a reading with more words ("gotta", "have got to")."""
    raws = {line.raws[at].casefold() for at in range(first, end)}
    if len(raws) != 1:
        return False
    return tuple(other) in contractions().get(raws.pop(), ())
