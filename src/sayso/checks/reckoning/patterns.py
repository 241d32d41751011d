"""The patterns of patterns.tsv, made ready to search sentences with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sayso.checks.reckoning.sentences import Sentence
from sayso.checks.reckoning.slots import Slot
from sayso.wordlists import read_rows

_LETTERS = {"N": "CMUT", "X": "CMUTPQ"}
_PIECES = {
    "np": r"(?:\s+(?![—-]+\s)[^\s‹›,;:.()—]+){0,7}(?:\s+‹Y\d+›)?",
    "np3": r"(?:\s+(?![—-]+\s)[^\s‹›,;:.()—]+){0,3}(?:\s+‹Y\d+›)?",
}
_SLOT = re.compile(r"\{([A-Z]+)\d?:(\w+)\}")
_PIECE = re.compile(r"\{([a-z]\w*)\}")
_SLOT_LETTER = re.compile(r"‹\[([A-Z]+)\]\(\?P")


@dataclass(frozen=True, slots=True)
class Match:
    """What a pattern found in a sentence: its slots by their names, and its words."""

    sentence: Sentence
    found: re.Match[str]

    def __getitem__(self, name: str) -> Slot:
        return self.sentence.slot(self.found[name])

    def word(self, name: str) -> str:
        """The words of a named group in lower case; empty where the pattern has none of that name."""
        groups = self.found.groupdict()
        return (groups.get(name) or "").lower()

    def listed(self) -> list[Slot]:
        """The slots of the group `list` in text order."""
        return [self.sentence.slot(number) for number in re.findall(r"‹[A-Z](\d+)›", self.found["list"])]


@dataclass(frozen=True, slots=True)
class _Pattern:
    needs: tuple[frozenset[str], ...]
    """Letters of which a sentence must have one each to be worth searching."""
    regex: re.Pattern[str]
    words: tuple[str, ...]
    """Words of which a sentence must have one, in lower case; none: any sentence will do."""


def matches(sentence: Sentence, rule: str) -> Iterator[Match]:
    """Where the patterns of a rule hold in a sentence, those of one pattern in text order."""
    letters, number = sentence.letters, len(sentence.slots)
    for pattern in _patterns()[rule]:
        if number < len(pattern.needs) or any(letters.isdisjoint(need) for need in pattern.needs):
            continue
        if not pattern.words or any(word in sentence.lower for word in pattern.words):
            for found in pattern.regex.finditer(sentence.plain):
                yield Match(sentence, found)


@cache
def _patterns() -> dict[str, list[_Pattern]]:
    pieces = dict(_PIECES)
    patterns: dict[str, list[_Pattern]] = {}
    for row in read_rows(Path(__file__).with_name("patterns.tsv")):
        if row[0] == "let":
            pieces[row[1]] = row[2]
        else:
            regex = _expanded(row[1], pieces)
            needs = tuple(frozenset(found) for found in _SLOT_LETTER.findall(regex))
            words = tuple(row[2].split("|")) if len(row) > 2 else ()
            patterns.setdefault(row[0], []).append(_Pattern(needs, re.compile(regex, re.IGNORECASE), words))
    return patterns


def _expanded(pattern: str, pieces: dict[str, str]) -> str:
    def slot(found: re.Match[str]) -> str:
        letters = _LETTERS.get(found[1]) or (pieces["D"] if found[1] == "D" else found[1])
        return rf"‹[{letters}](?P<{found[2]}>\d+)›"

    while _PIECE.search(pattern):
        pattern = _PIECE.sub(lambda found: pieces[found[1]], pattern)
    return _SLOT.sub(slot, pattern).replace(" ?", r"\s*").replace(" ", r"\s+")
