"""The words of a text as checks compare them: without letter case, punctuation and typography, and nothing else.

A word keeps its place: `text[starts[i]:ends[i]]` is what is written there. Hyphens and dashes part words ("air-
conditioner" is two), an apostrophe and the point or comma of a number do not ("don't", "U.S.", "1,100", "7.7"), and
a sign that is spoken (`%`, `$`, `&`) is a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from sayso.documents import Span

_WORD = re.compile(
    r"(?:[^\W\d_]\.){2,}"  # U.S., p.m.: initials with their points
    r"|\d+(?:[.,:]\d+)*"
    r"|[^\W\d_]+(?:['’ʼ`´‘][^\W\d_]+)*['’ʼ]?(?<!['’ʼ])"
    r"|[%$£€¥&°§+=]"
)
APOSTROPHES = "'’ʼ`´‘"
"""All that is written for an apostrophe,"""
PLAIN_APOSTROPHES = str.maketrans(dict.fromkeys(APOSTROPHES, "'"))
"""and the table that makes it the plain one."""


@dataclass(slots=True)
class Words:
    """The words of a text in order: their forms, and where each stands."""

    text: str
    forms: list[str]
    starts: list[int]
    ends: list[int]

    def __len__(self) -> int:
        return len(self.forms)

    def span(self, first: int, end: int) -> Span:
        """The stretch from the word `first` to before the word `end`; empty, in front of `first`, if there is none."""
        if first >= end:
            at = self.starts[first] if first < len(self.starts) else (self.ends[-1] if self.ends else 0)
            return Span(at, at)
        return Span(self.starts[first], self.ends[end - 1])


def words_of(text: str, spans: Iterable[Span] | None = None, *, without: Iterable[Span] = ()) -> Words:
    """The words inside `spans` (None: all of the text), those that touch a stretch in `without` left out.

    >>> words_of("“We won’t -- we CAN’T -- pay 1,100 U.S. dollars.”").forms
    ['we', "won't", 'we', "can't", 'pay', '1,100', 'u.s', 'dollars']
    """
    forms, starts, ends = [], [], []
    barred = sorted(without)
    at = 0
    for start, end in [Span(0, len(text))] if spans is None else spans:
        for found in _WORD.finditer(text, start, end):
            while at < len(barred) and barred[at].end <= found.start():
                at += 1
            if at < len(barred) and barred[at].start < found.end():
                continue
            forms.append(form_of(found.group()))
            starts.append(found.start())
            ends.append(found.end())
    return Words(text, forms, starts, ends)


def forms_of(text: str) -> list[str]:
    """The forms of `words_of` alone, in half the time.

    >>> forms_of("“We won’t pay 1,100.”")
    ['we', "won't", 'pay', '1,100']
    """
    return list(map(form_of, _WORD.findall(text)))


@lru_cache(maxsize=1 << 16)
def form_of(word: str) -> str:
    """A word as it is compared: folded case, straight apostrophes, no closing point.

    >>> form_of("WON’T"), form_of("U.S.")
    ("won't", 'u.s')
    """
    return word.translate(PLAIN_APOSTROPHES).casefold().rstrip(".")
