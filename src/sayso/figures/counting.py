"""What a number without a unit counts: the noun behind it, people where somebody was hurt, years where it is an age."""

from __future__ import annotations

from dataclasses import dataclass

from sayso.documents import Span
from sayso.figures.bases import base_at, pool_at
from sayso.figures.bounds import bound_before
from sayso.figures.lexicon import words
from sayso.figures.names import is_address, is_named
from sayso.figures.nouns import Counted, counted_noun, has_class, is_plural, unit_name
from sayso.figures.numbers import read_number
from sayso.figures.operands import Operand
from sayso.figures.rates import rate_at
from sayso.figures.tokens import Tokens
from sayso.figures.units import read_unit

_BEFORE_BARE = words("before bare")
_AUXILIARY = words("auxiliary")
_SELF = words("I am")
_PRONOUNS = words("subject")
_NOT_BEFORE_ONE = words("before one")


@dataclass(slots=True)
class Count:
    """What is counted, where the words for it end, and whether the number may be a figure at all."""

    unit: str | None
    end: int
    stands: bool = True
    base: Span | None = None


def count(tokens: Tokens, last: Operand, value: float | None, *, bounded: bool, many: bool) -> Count:
    """What a number counts; `many`: whether it is the last of several."""
    end = last.end
    if last.unit is not None:
        base = _each(tokens, end)
        return Count(last.unit, end, base=base)
    numeral = tokens.numeric[last.start]
    if numeral and is_address(tokens, end):
        return Count(None, end, stands=False)
    hyphen = tokens.skip_hyphen(end)
    if hyphen != end:
        return _compound(tokens, hyphen, value)
    if value == 1 and (tokens.forms[last.start - 1] in _NOT_BEFORE_ONE or has_class(tokens.forms[end], "not one")):
        return Count(None, end, stands=False)
    if tokens.forms[last.start - 1] == "per" or (tokens.forms[last.start - 1] == "no" and last.words):
        return Count(None, end, stands=False)
    if _is_age(tokens, last, value):
        return Count("year", end)
    if numeral and tokens.touch(end - 1) and tokens.is_word(end):
        # 5G, 12A, 737s
        return Count(None, end + 1, stands=False)
    if pool := pool_at(tokens, end):
        return _of_pool(tokens, end, pool, bounded=bounded)
    counted = counted_noun(tokens, end, 2 if many else value)
    if counted is not None:
        if value == 1 and bounded and tokens.forms[last.start - 1] in {"about", "around"}:
            return Count(None, end, stands=False)
        if value == 1 and not bounded and _is_indefinite(tokens, last.start, counted):
            return Count(None, end, stands=False)
        if unit := _as_unit(tokens, counted.start, counted.end):
            return Count(unit, counted.end)
        name, stop = counted.name, counted.end
        if rate := rate_at(tokens, stop):
            name, stop = f"{name} per {rate[0]}", rate[1]
        return Count(name, stop, base=_each(tokens, stop))
    pooled = tokens.forms[last.start - 1] == "of" and tokens.forms[last.start - 2] in words("of people")
    if pooled and tokens.raw[last.start - 2] == "Group":
        return Count(None, end, stands=False)
    if pooled and (not tokens.is_word(end) or has_class(tokens.forms[end], "stop")):
        return Count("person", end)
    if _is_casualty(tokens, last, end):
        return Count("person", end)
    if last.value >= 200 and any(form in words("crowd") for form in tokens.forms[max(last.start - 7, 0) : last.start]):
        return Count("person", end)
    if rate := rate_at(tokens, end):
        return Count(None, rate[1], stands=bounded or numeral)
    return Count(None, end, stands=_may_stand(tokens, last, bounded=bounded))


def _as_unit(tokens: Tokens, start: int, end: int) -> str | None:
    """The unit of measure that a noun is ("consecutive years")."""
    unit = read_unit(tokens, start)
    return unit.name if unit and unit.end == end and unit.times == 1.0 and not unit.money else None


def _each(tokens: Tokens, end: int) -> Span | None:
    return tokens.span(end, end + 1) if tokens.forms[end] in {"each", "apiece"} else None


def _compound(tokens: Tokens, at: int, value: float | None) -> Count:
    """ "12-member", "four-bedroom"; no compound counts one."""
    form = tokens.forms[at]
    if not tokens.is_word(at) or value in {0, 1} or has_class(form, "not a compound") or has_class(form, "stop"):
        return Count(None, at + 1, stands=False)
    return Count(unit_name(form), at + 1)


def _of_pool(tokens: Tokens, end: int, pool: tuple[int, int], *, bounded: bool) -> Count:
    """ "Twenty-three of the 27 members": what the pool counts is what the number counts."""
    start, at = pool
    number = read_number(tokens, at)
    counted = counted_noun(tokens, number.end, number.value) if number else counted_noun(tokens, at, 2)
    if number and counted:
        return Count(counted.name, end, base=tokens.span(start, counted.end))
    base = base_at(tokens, end + 1)
    return Count(counted.name if counted else None, end, stands=counted is not None or bounded, base=base)


def _is_age(tokens: Tokens, last: Operand, value: float | None) -> bool:
    """Whether a bare number is somebody's age: "aged 61", "I am 61", "Ms Quill, 61,"."""
    if value is None:
        value = last.value
    if not 0 < value <= 115 or value != int(value):
        return False
    start, end = last.start, last.end
    before = tokens.forms[start - 1]
    if before in {"aged", "age", "ages"} or (before == "of" and tokens.forms[start - 2] == "age"):
        return True
    if before in {"to", "and", "or", "-", "between"} and any(
        form in {"aged", "ages"} for form in tokens.forms[max(start - 5, 0) : start]
    ):
        return not tokens.is_word(end) or has_class(tokens.forms[end], "stop")
    if before in {"over", "under", "above", "below"} and (
        not tokens.is_word(end) or has_class(tokens.forms[end], "stop")
    ):
        person = tokens.forms[start - 2]
        return is_plural(person) or has_class(person, "anyone")
    if last.bound and tokens.forms[last.bound.end - 1] in {"older", "younger"}:
        return True
    if before in {"turned", "turns", "turning"} and tokens.forms[end] in words("ends"):
        return True
    after = tokens.raw[end]
    if before == "," and _is_kin(tokens, start - 2):
        beside = tokens.is_word(end) and has_class(tokens.forms[end], "stop") and tokens.forms[end] != "of"
        return after == "," or (tokens.numeric[start] and (not tokens.is_word(end) or beside) and after != "%")
    alone = after in {"", ",", ".", ";", ")", "\n", "?", "!"} or tokens.forms[end] in {
        "now",
        "and",
        "when",
        "but",
        "next",
    }
    if not alone or not tokens.numeric[start]:
        return False
    if tokens.forms[start - 2] in {"older", "younger"} and before == "than":
        return True
    if before == "be" and (tokens.forms[start - 3] in _PRONOUNS or tokens.raw[start - 3][:1].isupper()):
        return value >= 18
    if before in _SELF:
        return True
    if before == "at" and tokens.forms[start - 2] in words("died at"):
        return True
    if before in {"am", "is", "was"} and tokens.forms[start - 2] in _PRONOUNS:
        return True
    named = tokens.raw[start - 2][:1].isupper() and not tokens.numeric[start - 2]
    if before == "," and after == "," and _is_person(tokens, start - 2):
        return value >= 10
    return before == "," and named and after in {",", "."} and value >= 10 and not _is_list(tokens, start, end)


def _is_kin(tokens: Tokens, at: int) -> bool:
    """Whether a word before a comma is a relation or a child, of whom an age is told: "her mother-in-law, 61"."""
    form = tokens.forms[at]
    return has_class(form, "kin") or (form == "law" and tokens.forms[at - 2] == "in" and tokens.raw[at - 1] == "-")


def _is_person(tokens: Tokens, at: int) -> bool:
    """Whether a common noun before a comma may be somebody with an age: "the suspect, 26, ..."."""
    form = tokens.forms[at]
    if not tokens.is_word(at) or is_plural(form) or form in words("sum") or has_class(form, "stop"):
        return False
    return any(each in {"the", "a", "an", "his", "her", "their"} for each in tokens.forms[max(at - 3, 0) : at])


def _is_list(tokens: Tokens, start: int, end: int) -> bool:
    """Whether numerals stand around a numeral, as in a list of results."""
    return tokens.numeric[end + 1] or tokens.numeric[start - 3]


def _is_indefinite(tokens: Tokens, at: int, counted: Counted) -> bool:
    """Whether "one" is no number: "one official said", "one policy that works", "one bad idea after another"."""
    after = tokens.forms[counted.end]
    if counted.name == "day" and tokens.starts_sentence(at):
        return True
    if has_class(after, "speaks") or after in {"that", "who", "which", "whose", "after"} or tokens.numeric[counted.end]:
        return True
    described = counted.start > at + 1
    return described and tokens.forms[at - 1] not in {"only", "just", "exactly", "least", "and", "or"}


def _is_casualty(tokens: Tokens, last: Operand, end: int) -> bool:
    before = tokens.forms[last.start - 1]
    bound = bound_before(tokens, last.start)
    holder = tokens.forms[bound.start - 1] if bound else before
    if has_class(holder, "holds") and tokens.numeric[last.start]:
        return not tokens.is_word(end) or has_class(tokens.forms[end], "stop")
    back = last.start - 1
    while back > last.start - 6 and back > 0 and not has_class(tokens.forms[back], "leads"):
        if not (tokens.is_word(back)):
            break
        back -= 1
    led = has_class(tokens.forms[back], "leads") and (
        back == last.start - 1 or before not in {"in", "on", "at", "by", "of"}
    )
    after = tokens.forms[end]
    if after in {"were", "are", "have", "had", "was", "been"}:
        after = tokens.forms[end + 1] if tokens.forms[end + 1] != "been" else tokens.forms[end + 2]
        after = (
            tokens.forms[end + 2]
            if after in {"also", "still", "reportedly", "feared", "confirmed", "seriously"}
            else after
        )
    if after == "held" and tokens.starts_sentence(last.start):
        return tokens.forms[end + 1] in words("held")
    return has_class(after, "follows") or (led and (not tokens.is_word(end) or has_class(tokens.forms[end], "stop")))


def _is_tally(tokens: Tokens, last: Operand) -> bool:
    """Whether it is one of the two numbers of a vote or a result: "by 5 to 4"."""
    at, end = last.start, last.end
    if "from" in tokens.forms[max(at - 6, 0) : at]:
        return False
    return (tokens.forms[at - 1] == "to" and tokens.numeric[at - 2]) or (
        tokens.forms[end] == "to" and tokens.numeric[end + 1]
    )


def _may_stand(tokens: Tokens, last: Operand, *, bounded: bool) -> bool:
    """Whether a number with nothing to count is a figure all the same."""
    if last.words and last.value in {0, 1}:
        return False
    if bounded or last.scale >= (12 if last.words else 1000):
        return True
    before, after = tokens.forms[last.start - 1], tokens.forms[last.end]
    if not tokens.numeric[last.start]:
        if before == "to" and "from" in tokens.forms[max(last.start - 5, 0) : last.start] and last.value > 1:
            return True
        return after in _AUXILIARY and tokens.starts_sentence(last.start) and last.value > 1 and after != "of"
    if is_named(tokens, last.start):
        return False
    raw = tokens.raw[last.start]
    if "." in raw or "," in raw:
        return tokens.raw[last.start - 1] not in {"(", "["} or "," in raw
    clause = tokens.starts_sentence(last.start) or before in {";", "and", "but"}
    if before == "of" and tokens.forms[last.start - 2] not in words("sum"):
        return False
    if _is_tally(tokens, last):
        return False
    if before == "at":
        before = tokens.forms[last.start - 2]
    return (before in _BEFORE_BARE and not is_plural(after)) or (clause and after in _AUXILIARY and last.value > 1)
