"""Shares in words: "three in ten", "a quarter of", "two thirds", "half the"; in percent."""

from __future__ import annotations

from typing import NamedTuple

from sayso.figures.numbers import Number, read_number, values_of
from sayso.figures.tokens import Tokens

_WHOLES = frozenset(
    [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 18, 20, 24, 25, 30, 40, 50, 60, 70, 75, 80, 90]
)
_POWERS = frozenset([100, 150, 200, 250, 300, 400, 500, 600, 700, 750, 800, 1000, 1e4, 1e5, 1e6])
_NOT_OF = frozenset(
    "game games match matches test tests inning innings over overs year years month months day days week weeks hour"
    " hours minute minutes season seasons start starts appearance appearances outing outings meeting meetings race"
    " races round rounds attempt attempts race".split()
)
"""Behind "three in five", they show that it happened three times in five of them."""
_BEFORE = frozenset(
    "by than about nearly almost over around roughly least under just only some to up approximately be is was were"
    " another a one for exactly still and or above below between".split()
)
"""Before "a third" or "half", they let it stand without an "of"."""
_BEHIND = frozenset(
    "said say says were was are is have had did do do not think believe believed thought felt feel want wanted of more"
    " less fewer higher lower bigger smaller larger off as in on at from to by since compared between this last and or"
    " but while when after before over during would will could who , . ; : ) ? ! ”".split()
)
_MORE = frozenset("more less fewer higher lower bigger smaller larger off cheaper faster slower longer shorter".split())
_MEASURED = frozenset(
    "hour mile century decade percent percentage per pound kilo kilogram kilometre kilometer tonne ton pint litre liter"
    " gallon second minute metre meter inch foot acre hectare day year month week degree point euro dollar ounce"
    " marathon lap cup teaspoon tablespoon millennium %".split()
)
_ORDINAL_BEFORE = frozenset(
    "first second third fourth last this that other better top bottom opening latter closing final each either"
    " every same entire whole previous next northern southern eastern western upper lower early late"
    " his her its their".split()
)


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
    elif noun and tokens.forms[here - 1] == "of" and tokens.forms[here] in {"a", "the"}:
        return None
    whole = read_number(tokens, here) or _bare_scale(tokens, here)
    if whole is None or not part.value < whole.value or whole.letter or whole.value not in _WHOLES | _POWERS:
        return None
    if not whole.words and part.words and part.value > 10:
        return None
    after = tokens.forms[whole.end]
    if after in _NOT_OF or (noun and after in {"years", "days"}) or tokens.raw[whole.end][:1] in {"%", "-", "°"}:
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
        number = values_of("small").get(form)
        count = number or (float(tokens.raw[at]) if tokens.raw[at] in {"1", "2", "3", "4"} else None)
        here = tokens.skip_hyphen(at + 1)
    if count is None or not tokens.is_word(here):
        return None
    word = tokens.forms[here]
    parts = values_of("part").get(word.removesuffix("s") if count > 1 else word)
    if parts is None or (count > 1) != word.endswith("s") or count >= parts:
        return None
    end = here + 1
    after = tokens.skip_hyphen(end)
    if count > 1 and parts == 4 and count == 2:
        return None
    if tokens.forms[after] == "of" and tokens.forms[after + 1] in {"a", "an"} and tokens.forms[after + 2] in _MEASURED:
        return Share(count / parts, after + 2, measure=True)
    if tokens.forms[after] in {"mile", "inch", "point"} or (
        count == 1 and parts == 4 and tokens.forms[after] in {"mile"}
    ):
        return Share(count / parts, after, measure=True)
    if tokens.forms[end] == "of":
        return Share(count * 100 / parts, end, end + 1)
    if count > 1:
        return Share(count * 100 / parts, end)
    if tokens.forms[end] in _MORE:
        return Share(count * 100 / parts, end)
    hyphened = here != at + 1
    bounded = tokens.forms[at - 1] in _BEFORE or hyphened
    followed = tokens.forms[end] in _BEHIND or tokens.forms[end] in {"", "\n"}
    if followed and (bounded or tokens.starts_sentence(at)):
        return Share(count * 100 / parts, end)
    return None


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
    if form in {"a", "an"} and tokens.forms[tokens.skip_hyphen(after + 1)] in _MEASURED:
        return Share(0.5, tokens.skip_hyphen(after + 1), measure=True)
    if form in {"mile", "hour", "inch"} or (here > at and form in _MEASURED):
        return Share(0.5, after, measure=True)
    if before in _ORDINAL_BEFORE or after != end:
        return None
    if form == "of" and before not in {"the"}:
        if tokens.forms[end + 1] in {"a", "an"} and tokens.forms[end + 2] in _MEASURED:
            return Share(0.5, end + 2, measure=True)
        return Share(50.0, end, end + 1)
    if form in {"the", "its", "his", "her", "their", "our", "all", "that", "those", "these"} and before != "the":
        return Share(50.0, end, end)
    if before in _BEFORE - {"and", "or", "another", "a", "one"} and form in _BEHIND | {"", "\n"}:
        return Share(50.0, end)
    return None
