"""Shares in words: "three in ten", "a quarter of", "two thirds", "half the"; in percent."""

from __future__ import annotations

from typing import NamedTuple

from sayso.figures.lexicon import words
from sayso.figures.numbers import Number, read_number, values_of
from sayso.figures.tokens import Tokens

_TENS = frozenset([*range(2, 17), 18, 20, 24, 25, 30, 40, 50, 60, 70, 75, 80, 90])
_WHOLES = _TENS | {100, 150, 200, 250, 300, 400, 500, 600, 700, 750, 800, 1e3, 1e4, 1e5, 1e6}
"""What shares are usually told of; "three in 2,014" is none."""
_BEFORE = words("before share")
_BEHIND = words("behind share")
_MEASURED = words("part of")


class Share(NamedTuple):
    """A share of something, or a part of a unit of measure, up to before the token `end`."""

    value: float
    """In percent; of a measure, the part itself."""
    end: int
    of: int | None = None
    """Where the words begin that it is a share of."""
    measure: bool = False
    """Whether a unit of measure stands at `end` ("half a mile")."""
    noun: tuple[int, int] | None = None
    """Of "one person in five", the noun."""


def read_share(tokens: Tokens, at: int) -> Share | None:
    """The share that starts at a token; None where none does."""
    return _read_half(tokens, at) or _read_fraction(tokens, at) or _read_in(tokens, at)


def _read_in(tokens: Tokens, at: int) -> Share | None:
    """ "three in ten", "nine out of 10", "1 in every 1,000", "one person in five", "1-in-5"."""
    part = read_number(tokens, at)
    if part is None or part.value < 0 or part.letter:
        return None
    here = part.end
    noun = None
    if (
        tokens.is_word(here)
        and tokens.forms[here] not in {"in", "out", "of"}
        and tokens.forms[here + 1] in {"in", "out"}
    ):
        noun = (here, here + 1)
        here += 1
    here = tokens.skip_hyphen(here)
    if tokens.forms[here] == "out" and tokens.forms[here + 1] == "of":
        here += 2
    elif tokens.forms[here] == "in":
        here = tokens.skip_hyphen(here + 1)
    else:
        return None
    if tokens.forms[here] == "every":
        here += 1
    whole = read_number(tokens, here) or _bare_scale(tokens, here)
    if whole is None or not part.value < whole.value or whole.letter or whole.value not in _WHOLES:
        return None
    if not whole.words and part.words and part.value > 10:
        return None
    after = tokens.forms[whole.end]
    if after in words("happened") or (after == "of" and tokens.forms[whole.end + 1] in words("happened")):
        return None
    if tokens.raw[whole.end][:1] in {"%", "-", "°"} or (noun and tokens.forms[noun[0]] in words("happened")):
        return None
    of = whole.end + 1 if after == "of" else whole.end if tokens.is_word(whole.end) else None
    return Share(part.value * 100 / whole.value, whole.end, of, noun=noun)


def _bare_scale(tokens: Tokens, at: int) -> Number | None:
    """The thousand of "nine in every thousand"."""
    worth = values_of("scale").get(tokens.forms[at])
    return Number(worth, at + 1, words=True) if worth and tokens.forms[at - 1] == "every" else None


def _read_fraction(tokens: Tokens, at: int) -> Share | None:
    """ "a quarter of", "two thirds", "three-quarters", "a third more", "one-fifth"."""
    form = tokens.forms[at]
    if form in {"a", "an"}:
        count: float | None = 1
        here = at + 1
    else:
        count = values_of("small").get(form) or (float(form) if form in {"1", "2", "3", "4"} else None)
        here = tokens.skip_hyphen(at + 1)
    if count is None or not tokens.is_word(here):
        return None
    word = tokens.forms[here]
    parts = values_of("part").get(word.removesuffix("s") if count > 1 else word)
    if parts is None or (count > 1) != word.endswith("s") or count >= parts or (count, parts) == (2, 4):
        return None
    end = here + 1
    if part := _part_of_measure(tokens, count / parts, end):
        return part
    if tokens.forms[end] == "of":
        if tokens.forms[end + 1] in {"a", "an"} and tokens.forms[end + 2] in {*values_of("scale"), "dozen"}:
            return None
        return Share(count * 100 / parts, end, end + 1)
    if count > 1 or tokens.forms[end] in words("more"):
        return Share(count * 100 / parts, end)
    bounded = tokens.forms[at - 1] in _BEFORE or here != at + 1
    if (bounded or tokens.starts_sentence(at)) and _stands_alone(tokens, end):
        return Share(count * 100 / parts, end)
    return None


def _part_of_measure(tokens: Tokens, part: float, end: int) -> Share | None:
    """A part of a unit of measure: "a quarter of a mile", "three-quarter inch", "one-eighth of 1 percent"."""
    after = tokens.skip_hyphen(end)
    if tokens.forms[after] == "of" and tokens.forms[after + 2] in _MEASURED:
        if tokens.forms[after + 1] in {"a", "an", "one", "1"}:
            return Share(part, after + 2, measure=True)
    elif (
        tokens.forms[after] in {"mile", "inch", "point"}
        or tokens.forms[after : after + 2] == ["percentage", "point"]
        or (after != end and tokens.forms[after] == "century" and tokens.forms[end - 2] == "a")
    ):
        return Share(part, after, measure=True)
    return None


def _stands_alone(tokens: Tokens, end: int) -> bool:
    """Whether nothing is counted behind a share: "by a third, ...", "a third said"."""
    if tokens.skip_hyphen(end) != end:
        return False
    return tokens.forms[end] in _BEHIND or not (tokens.is_word(end) or tokens.numeric[end])


def _read_half(tokens: Tokens, at: int) -> Share | None:
    """ "half of", "half the", "half a mile", "more than half", "by half"."""
    here = at + 1 if tokens.forms[at] in {"a", "one"} else at
    if here > at:
        here = tokens.skip_hyphen(here)
    if tokens.forms[here] != "half":
        return None
    before = tokens.forms[at - 1]
    end = here + 1
    after = tokens.skip_hyphen(end)
    form = tokens.forms[after]
    measured = tokens.skip_hyphen(after + 1)
    if form in {"a", "an"} and tokens.forms[measured] in _MEASURED:
        return Share(0.5, measured, measure=True)
    if form.removesuffix("s") in {"mile", "hour", "inch", "point"} or (here > at and form in _MEASURED):
        return Share(0.5, after, measure=True)
    if before in words("ordinal before") or after != end:
        return None
    if form == "of" and before != "the":
        return _part_of_measure(tokens, 0.5, end) or Share(50.0, end, end + 1)
    if form in words("whose") and before != "the":
        return Share(50.0, end, end)
    if before in words("before half") and _stands_alone(tokens, end):
        return Share(50.0, end)
    return None
