"""What a share is a share of: the words behind "of", or behind "three in ten"."""

from __future__ import annotations

import re

from sayso.documents import Span
from sayso.figures.lexicon import words
from sayso.figures.nouns import has_class, is_plural
from sayso.figures.tokens import Tokens

_FURTHEST = 14
_PAST = re.compile(r".{2,}[^e]ed$")
_ENDS = words("ends")
_OPENS = words("opens")


def base_at(tokens: Tokens, at: int, *, to: bool = False) -> Span | None:
    """The noun phrase that starts at a token; None where none does. `to`: whether it may go on with "to"."""
    end = at
    noun = False
    while end < at + _FURTHEST:
        form = tokens.forms[end]
        if tokens.numeric[end] or form in {"%", "$", "£", "€"}:
            end += 1
            continue
        if not tokens.is_word(end):
            if end > at and tokens.skip_hyphen(end) != end:
                end += 1
                continue
            if tokens.raw[end] in {"'", "’"} and tokens.forms[end - 1].endswith("s") and tokens.is_word(end + 1):
                end += 1
                continue
            break
        if form in _OPENS and (end == at or tokens.forms[end - 1] in {"of", "to", "all", "both"}):
            end += 1
            continue
        if form == "of" and end > at:
            noun = False
            end += 1
            continue
        if (
            form == "to"
            and to
            and tokens.forms[end - 1] in words("takes to")
            and tokens.is_word(end + 1)
            and not has_class(tokens.forms[end + 1], "stop")
        ):
            end += 1
            continue
        if form in _ENDS or form.endswith("n't"):
            break
        if has_class(form, "stop") and not (form in {"dead", "killed", "injured"} and end == at):
            break
        if noun and (form in words("past") or (_PAST.match(form) and not _reduced(tokens, end))):
            break
        noun = noun or is_plural(form) or end > at
        end += 1
    while end > at and tokens.forms[end - 1] in {"of", "to", "the", "-"}:
        end -= 1
    return tokens.span(at, end) if end > at else None


def _reduced(tokens: Tokens, at: int) -> bool:
    """Whether a participle describes the noun before it ("people polled said") and does not go on with the sentence."""
    after = tokens.forms[at + 1]
    if tokens.forms[at] in words("asked"):
        return True
    return tokens.is_word(at + 1) and (has_class(after, "stop") and after in _ENDS - words("goes on"))


def pool_at(tokens: Tokens, at: int) -> tuple[int, int] | None:
    """Of "of the 27 members" at a token: where the words behind the article start and the number stands; else None."""
    if tokens.forms[at] != "of":
        return None
    here = at + 1 + (tokens.forms[at + 1] in _OPENS)
    if here == at + 1 and not tokens.numeric[here]:
        return None
    return (here, here) if tokens.is_word(here) or tokens.numeric[here] else None
