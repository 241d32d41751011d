"""Where sentences end: a full stop after an abbreviation or an initial ends none."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from sayso.documents import Span
from sayso.wordlists import classes_of

_END = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s+[\"'“‘«„(\[]*(?P<next>[^\W_]))")
_LAST_WORD = re.compile(r"[^\s.!?…\"'“‘«„(\[]*$")


@cache
def _abbreviations() -> frozenset[str]:
    return frozenset(classes_of(Path(__file__).with_name("abbreviations.tsv")))


def sentences_in(text: str, block: Span) -> list[Span]:
    """The sentences of one block of a text, in order; what lies between two belongs to the later one.

    >>> text = "Dr. Ames left. Nobody asked."
    >>> [sentence.of(text) for sentence in sentences_in(text, Span(0, len(text)))]
    ['Dr. Ames left.', ' Nobody asked.']
    """
    sentences: list[Span] = []
    start = block.start
    for found in _END.finditer(text, *block):
        if found["next"].islower() or (
            text[found.start() : found.start() + 2].rstrip() == "." and _is_short(text, found.start())
        ):
            continue
        sentences.append(Span(start, found.end()))
        start = found.end()
    if text[start : block.end].strip():
        sentences.append(Span(start, block.end))
    return sentences


def _is_short(text: str, stop: int) -> bool:
    """Whether the word before a full stop is an abbreviation or an initial."""
    found = _LAST_WORD.search(text, max(0, stop - 12), stop)
    word = found.group() if found else ""
    return word in _abbreviations() or (len(word) == 1 and word.isupper() and word != "I")
