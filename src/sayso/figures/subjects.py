"""What a percentage is of where no "of" tells: "Sales fell 12%", "cut emissions by a fifth", "turnout was 52%"."""

from __future__ import annotations

from sayso.documents import Span
from sayso.figures.lexicon import names, words
from sayso.figures.nouns import has_class
from sayso.figures.tokens import Tokens

_FURTHEST = 9
_OBJECT = 6
"""So many words may stand between "cut" and "by 20%"."""
_BE = frozenset(["is", "was", "are", "were", "stood", "stands", "remains", "remained", "reached"])
_HELPS = frozenset(["has", "have", "had", "will", "would", "could", "may", "might", "is", "are", "was", "were", "been"])
_DETERMINERS = frozenset(["the", "its", "their", "his", "her", "our", "a", "an", "this", "that", "these", "those"])
_ADVERBS = frozenset(["already", "still", "also", "now", "only", "just", "further", "again", "even", "almost", "at"])


def subject_of(tokens: Tokens, start: int, end: int) -> Span | None:
    """What rose, fell or was a percentage whose words are the tokens from `start` to before `end`; None if unclear."""
    at = start - 1
    by = tokens.forms[at] == "by"
    at = _past_adverbs(tokens, at - by)
    form = tokens.forms[at]
    if _changes(form):
        at = _past_adverbs(tokens, at - 1)
        while tokens.forms[at] in _HELPS and at > 0:
            at = _past_adverbs(tokens, at - 1)
        return _phrase_before(tokens, at + 1)
    if by:
        return _object(tokens, at + 1)
    if form in _BE and tokens.forms[end] not in words("more") and tokens.forms[end] not in {"of", "up", "down"}:
        return _phrase_before(tokens, at)
    return None


def _changes(form: str) -> bool:
    return form in words("change") and form not in {"up", "down", "lower"}


def _past_adverbs(tokens: Tokens, at: int) -> int:
    while at > 0 and (tokens.forms[at] in _ADVERBS or tokens.forms[at].endswith("ly")):
        at -= 1
    return at


def _object(tokens: Tokens, end: int) -> Span | None:
    """Of "increase world food needs by 50 percent" the needs."""
    for at in range(end - 1, max(end - _OBJECT, 0) - 1, -1):
        if not tokens.is_word(at) or (has_class(tokens.forms[at], "stop") and tokens.forms[at] not in _DETERMINERS):
            return None
        if _changes(tokens.forms[at]):
            return tokens.span(at + 1, end) if end > at + 1 else None
    return None


def _phrase_before(tokens: Tokens, end: int) -> Span | None:
    start = end
    while start > max(end - _FURTHEST, 0):
        before = start - 1
        form = tokens.forms[before]
        if form == "of" and start < end and tokens.is_word(before - 1):
            start -= 1
        elif form in _DETERMINERS and start < end:
            start -= 1
            if tokens.forms[start - 1] != "of":
                break
        elif not tokens.is_word(before) or has_class(form, "stop") or _is_date(tokens.raw[before]):
            break
        else:
            start -= 1
    if start == end or tokens.numeric[start - 1] or tokens.forms[start] == "of":
        return None
    return tokens.span(start, end)


def _is_date(word: str) -> bool:
    return word in names("weekday") or word in names("month")
