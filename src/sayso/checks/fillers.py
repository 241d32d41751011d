"""Words that a newspaper may leave out of speech, and repeat words and false starts that it may clear away."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sayso.checks.canonical import keys_of
from sayso.checks.line import Line
from sayso.wordlists import read_rows

_DATA = Path(__file__).parent / "data" / "fillers.tsv"
_STUTTER = 6
"""Words that are repeated at most; more is rhetoric, yet also then the same words."""
_FALSE_START = 5


@dataclass(frozen=True, slots=True)
class _Filler:
    words: tuple[str, ...]
    where: str
    not_after: frozenset[str]
    not_before: frozenset[str]


@cache
def _fillers() -> dict[str, list[_Filler]]:
    """By their first word, the longest first."""
    found: dict[str, list[_Filler]] = {}
    for row in read_rows(_DATA, heading=True):
        where, words, after, before = (cell.strip() for cell in [*row, "", "", ""][:4])
        for entry in words.split(","):
            parts = keys_of(entry)
            filler = _Filler(parts, where, frozenset(filter(None, after.split(","))), frozenset(before.split(",")))
            found.setdefault(parts[0], []).append(filler)
    for each in found.values():
        each.sort(key=lambda filler: -len(filler.words))
    return found


def filler_at(line: Line, at: int, limit: int, *, opening: bool = False) -> int:
    """How many tokens the filler that begins at a token and ends by `limit` has; 0 if none does.

    `opening` says that the other side begins a sentence there, if this one does not.
    """
    for filler in _fillers().get(line.keys[at], ()):
        end = at + len(filler.words)
        if end <= limit and tuple(line.keys[at:end]) == filler.words and _counts(line, filler, at, end, opening):
            return end - at
    return 0


def _counts(line: Line, filler: _Filler, at: int, end: int, opening: bool) -> bool:
    if at and not line.pauses(at) and line.keys[at - 1] in filler.not_after:
        return False
    if end < len(line) and not line.pauses(end) and line.keys[end] in filler.not_before:
        return False
    match filler.where:
        case "start":
            return opening or line.opens(at) or line.breaks_off(at) or ";" in line.gaps[at] or _before_not(line, end)
        case "opening":
            return (line.opens(at) or _after_filler(line, at)) and line.pauses(end)
        case "aside":
            return (line.pauses(at) or _after_filler(line, at)) and line.pauses(end)
        case "loose":
            return end < len(line) and end not in line.numerals and not line.pauses(end)
    return True


def _before_not(line: Line, at: int) -> bool:
    """Whether "not" follows: "families, (and) not just the rich"."""
    return at < len(line) and line.keys[at] == "not"


def _after_filler(line: Line, at: int) -> bool:
    """Whether nothing but "and" or "so" stands between a break and a token."""
    return at > 0 and line.keys[at - 1] in ("and", "but", "so", "oh") and (line.opens(at - 1) or line.pauses(at - 1))


def fillers_in(line: Line, first: int, end: int, *, opening: bool = False) -> set[int]:
    """The tokens from `first` to before `end` that are fillers; `opening` as of `filler_at`, for the first of them."""
    found: set[int] = set()
    at = first
    while at < end:
        size = filler_at(line, at, end, opening=opening and at == first)
        if size:
            found.update(range(at, at + size))
            at += size
        else:
            at += 1
    return found


def stutters_in(line: Line, first: int, end: int, skip: set[int], *, spoken: bool = True) -> set[int]:
    """The tokens from `first` to before `end` that are said again right after or were said right before.

    `skip` are fillers, which do not part a repeated word from itself. Where the line is no speech but a quote of it,
    `spoken` is false: a false start is nothing that an article adds.
    """
    found: set[int] = set()
    for at in range(end - 1, first - 1, -1):
        if at in skip:
            continue
        if _broken(line, at):
            found.add(at)
            continue
        for size in range(min(_STUTTER, end - at), 0, -1):
            run = [each for each in range(at, at + size) if each not in skip]
            if _again(line, run, at + size, skip | found) or _before(line, run, at):
                found.update(run)
                break
        else:
            if spoken and _false_start(line, at, end, skip | found):
                found.update(each for each in range(at, end) if each not in skip)
    return found


def _again(line: Line, run: list[int], after: int, skip: set[int]) -> bool:
    ahead = [each for each in range(after, min(after + len(run) + 6, len(line))) if each not in skip][: len(run)]
    if len(ahead) < len(run) or not run:
        return False
    *firsts, last = (line.keys[each] for each in run)
    *others, other = (line.keys[each] for each in ahead)
    return firsts == others and (
        last == other or (len(last) >= 1 and other.startswith(last) and _broken(line, run[-1]))
    )


def _before(line: Line, run: list[int], at: int) -> bool:
    size = len(run)
    return at >= size and [line.keys[each] for each in run] == line.keys[at - size : at]


def _broken(line: Line, at: int) -> bool:
    """Whether a word is broken off: "pro- — the programme"."""
    gap = line.gaps[at + 1]
    return gap[:1] in ("-", "‑") and gap[1:2] in (" ", "—", "–", "\n") and at + 1 < len(line)


def _false_start(line: Line, at: int, end: int, skip: set[int]) -> bool:
    """Whether a few words up to a dash are begun anew after it with the same word: "I was — I will"."""
    if end - at > _FALSE_START or end >= len(line) or not line.breaks_off(end):
        return False
    return line.keys[at] == line.keys[end] and (end - at > 1 or line.keys[at] != "not")
