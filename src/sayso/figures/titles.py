"""Headlines In Title Case: where a capital says nothing, "Four" is a number all the same."""

from __future__ import annotations

from sayso.figures.lexicon import noun_classes, words
from sayso.figures.tokens import Tokens

_LONGEST = 26
"""Tokens of a line that may be a headline."""
_FEWEST = 3
"""Words of four letters and more that must be there to tell."""


def is_titled(tokens: Tokens, at: int) -> bool:
    """Whether the line of a token is a headline whose words all have capitals."""
    start = end = at
    while tokens.raw[start - 1] not in {"", "\n"}:
        start -= 1
        if at - start > _LONGEST:
            return False
    while tokens.raw[end] not in {"", "\n"}:
        end += 1
        if end - start > _LONGEST:
            return False
    telling = [tokens.raw[index] for index in range(start, end) if len(tokens.raw[index]) > 3 and tokens.is_word(index)]
    return len(telling) >= _FEWEST and all(word[0].isupper() for word in telling)


def may_count(tokens: Tokens, at: int) -> bool:
    """Whether a number word with a capital counts something there: behind "After" or "Kills", not behind "Famous"."""
    before = tokens.forms[at - 1]
    if before in {"the", "of"}:
        return False
    leads = not noun_classes(before).isdisjoint({"stop", "leads"}) or before in words("headline verb")
    return leads and is_titled(tokens, at)


def plain_name(tokens: Tokens, at: int) -> str | None:
    """The word at a token in lower case where it has its capital from a headline; None where it is a name.

    "MPs" and "NHS" keep theirs.
    """
    word = tokens.raw[at]
    if not word[:1].isupper() or (word[1:2].isupper() and word != word.upper()) or not is_titled(tokens, at):
        return None
    shouted = word == word.upper() and not all(raw == raw.upper() for raw in tokens.raw[max(at - 3, 0) : at + 4])
    return None if shouted and len(word) > 1 else word.lower()
