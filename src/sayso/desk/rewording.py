"""What differs between two wordings of one statement, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import NamedTuple

_WORD = re.compile(r"\S+\s*")
_LONGEST = 400
"""Words of either wording up to which they are compared: the time grows with the product of the two."""


class Run(NamedTuple):
    """Some words of a wording, and whether the other one lacks them."""

    text: str
    changed: bool


def reworded(before: str, after: str) -> tuple[list[Run], list[Run]]:
    """Both wordings in runs of words that they share and of words that they do not.

    >>> reworded("It will cost a million", "It may cost a million")[1]
    [Run(text='It ', changed=False), Run(text='may ', changed=True), Run(text='cost a million', changed=False)]
    """
    ours, theirs = _WORD.findall(before), _WORD.findall(after)
    if max(len(ours), len(theirs)) > _LONGEST:
        return [Run(before, True)], [Run(after, True)]
    bare = [[word.strip() for word in words] for words in (ours, theirs)]
    steps = SequenceMatcher(None, bare[0], bare[1], autojunk=False).get_opcodes()
    first = [("".join(ours[start:end]), kind != "equal") for kind, start, end, _, _ in steps]
    second = [("".join(theirs[start:end]), kind != "equal") for kind, _, _, start, end in steps]
    return list(_runs(first)), list(_runs(second))


def _runs(pieces: list[tuple[str, bool]]) -> Iterator[Run]:
    yield from (Run(text, changed) for text, changed in pieces if text)
