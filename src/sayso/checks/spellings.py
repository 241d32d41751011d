"""US and other spellings of one word, compared as one: "colour", "organised", "travelling", "centre", "programme"."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path

from sayso.wordlists import read_rows

_DATA = Path(__file__).parent / "data" / "spelling.tsv"
_ISE = re.compile(r"(.{3,}[^e])is(e|es|ed|er|ers|ing|ation|ations|ational)")
_DOUBLED = re.compile(r"(.+)ll(ed|ing|er|ers|ation|ations|or|ors|ous|ist|ists)")


@cache
def _entries(rule: str) -> tuple[str, ...]:
    return tuple(
        entry for label, entries in read_rows(_DATA, heading=True) if label == rule for entry in entries.split(",")
    )


@cache
def _pairs() -> dict[str, str]:
    found = {}
    for label, entries in read_rows(_DATA, heading=True):
        if label == "pair":
            first, *others = (plain(entry) for entry in entries.split(","))
            found.update(dict.fromkeys(others, first))
    return found


@cache
def _stems(rule: str) -> re.Pattern[str]:
    return re.compile(
        "|".join(sorted((re.escape(entry.removesuffix(rule)) for entry in _entries(rule)), key=len, reverse=True))
    )


def plain(word: str) -> str:
    """A word without accents.

    >>> plain("naïve")
    'naive'
    """
    if word.isascii():
        return word
    parts = unicodedata.normalize("NFKD", word)
    return "".join(each for each in parts if not unicodedata.combining(each))


def spelt(word: str) -> str:
    """A lower-case word as its spellings are compared: a form that may be no word, shared by no other word.

    >>> [spelt(word) for word in ("colourful", "organisation", "travelled", "centres", "grey", "four", "advise")]
    ['colorful', 'organization', 'traveled', 'centers', 'gray', 'four', 'advise']
    """
    word = plain(word)
    pairs = _pairs()
    if word in pairs:
        return pairs[word]
    if "our" in word:
        found = re.search(rf"(?:{_stems('our').pattern})our", word)
        if found:
            word = word[: found.end() - 2] + word[found.end() - 1 :]
    if "re" in word[3:]:
        found = re.fullmatch(rf"(.*(?:{_stems('re').pattern}))re(s|d)?", word)
        if found:
            word = found[1] + "er" + ("ed" if found[2] == "d" else found[2] or "")
    if "ll" in word:
        found = _DOUBLED.fullmatch(word)
        if found and f"{found[1]}l" in _entries("double"):
            word = f"{found[1]}l{found[2]}"
    if "is" in word and len(word) > 5:
        found = _ISE.fullmatch(word)
        if found and word not in _kept():
            word = f"{found[1]}iz{found[2]}"
    return pairs.get(word, word)


@cache
def _kept() -> frozenset[str]:
    return frozenset(_entries("ize"))
