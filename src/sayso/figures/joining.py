"""Numbers that belong together: ranges ("1.2 to 1.5 million") and sets ("two or three", "5, 10 and 20 euros")."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sayso.figures.bounds import bound_before
from sayso.figures.lexicon import words
from sayso.figures.names import is_result, past_name
from sayso.figures.nouns import counted_noun
from sayso.figures.numbers import number_starts, values_of
from sayso.figures.operands import Operand, read_operand
from sayso.figures.tokens import Tokens
from sayso.figures.units import read_sign, read_unit

_DASHES = frozenset("-–—‑‐")
_RANGING = words("ranging")
_CHANGES = words("change")


@dataclass(slots=True)
class Joined:
    """Numbers that are one figure; of one number `kind` is empty."""

    operands: list[Operand]
    start: int
    kind: str = ""
    unit: str | None = None
    """What a number without a unit takes from the one that it is set against ("from 10 to 15 per cent")."""


def join(tokens: Tokens, first: Operand) -> Joined | None:
    """The numbers that start with one; None where two numbers with a dash are a score or a vote."""
    here = first.end
    raw, form = tokens.raw[here], tokens.forms[here]
    if raw == "-" and tokens.touch(here - 1) and tokens.forms[here + 1] in {"to", "or", "and"}:
        here += 1
        form = tokens.forms[here]
    between = tokens.forms[_bound_start(tokens, first) - 1] == "between"
    if raw in _DASHES and form == raw:
        return _dashed(tokens, first, here)
    if first.percent and first.words:
        return Joined([first], first.start)
    if form == "to" or (form == "and" and between):
        return _to(tokens, first, here, between=between)
    if form in {"or", ","} or (form == "and" and first.bare):
        return _listed(tokens, first, here)
    return Joined([first], first.start)


def _bound_start(tokens: Tokens, first: Operand) -> int:
    """Where the words of a bound before a number start; the number's own start if there are none."""
    bound = bound_before(tokens, first.start)
    return bound.start if bound else first.start


def _next(tokens: Tokens, at: int) -> Operand | None:
    """The number at a token, unless it is a date or a name."""
    if tokens.forms[at] in {"a", "an", "half"}:
        return None
    signed = read_sign(tokens, at)
    if not (tokens.numeric[at] or signed or tokens.forms[at] in number_starts()):
        return None
    if not signed and past_name(tokens, at):
        return None
    return read_operand(tokens, at)


def _dashed(tokens: Tokens, first: Operand, here: int) -> Joined | None:
    alone = Joined([first], first.start)
    tight = tokens.touch(here - 1) and tokens.touch(here)
    if not (tokens.numeric[here + 1] or read_sign(tokens, here + 1)):
        return alone
    if not tight and (tokens.touch(here - 1) or tokens.touch(here) or tokens.raw[here] == "—"):
        return alone
    second = _next(tokens, here + 1)
    if second is None:
        return None if tight else alone
    first, second = _share_unit(first, second, tokens)
    same = first.unit == second.unit and first.value < second.value
    if not tight:
        return Joined([first, second], first.start, "range") if same and not second.bare else alone
    if not same or is_result(tokens, second.end):
        return None if first.bare else alone
    if second.bare and counted_noun(tokens, second.end, 2) is None and tokens.raw[second.end] != "-":
        return None
    return Joined([first, second], first.start, "range")


def _to(tokens: Tokens, first: Operand, here: int, *, between: bool) -> Joined:
    alone = Joined([first], first.start)
    second = _next(tokens, here + 1)
    if second is None:
        return alone
    own = not first.bare
    shared, second = _share_unit(first, second, tokens)
    opening = _bound_start(tokens, first) - 1
    origin = tokens.forms[opening] == "from"
    if between:
        start = opening
        if shared.unit != second.unit or shared.value > second.value:
            return Joined([shared], first.start)
        return Joined([shared, second], start, "range")
    changes = any(form in _CHANGES for form in tokens.forms[max(first.start - 8, 0) : first.start])
    if origin and (changes or first.value > second.value) and tokens.forms[opening - 1] not in _RANGING:
        if first.bare and shared.bare:
            counted = counted_noun(tokens, second.end, second.value)
            return Joined([first], first.start, unit=counted.name if counted else None)
        return Joined([replace(shared, end=first.end)], first.start, unit=shared.unit)
    if first.bare and second.unit and not shared.value < second.value:
        # "by 52 to 48 per cent"
        return Joined([replace(shared, end=first.end)], first.start, unit=shared.unit)
    if shared.unit != second.unit or not shared.value < second.value or (own and second.bare):
        return alone
    if tokens.forms[first.start - 1] in _CHANGES and second.bare:
        return alone
    aged = tokens.forms[first.start - 1] in {"aged", "age", "ages"}
    many = tokens.numeric[first.start] and first.value >= 1000 and not changes
    if second.bare and counted_noun(tokens, second.end, 2) is None and not (origin or aged or many):
        return alone
    start = opening if origin and opening == first.start - 1 else first.start
    return Joined([shared, second], start, "range")


def _listed(tokens: Tokens, first: Operand, here: int) -> Joined:
    """ "two or three", "5, 10 and 20"; two with "and" are two figures."""
    alone = Joined([first], first.start)
    operands = [first]
    joints: list[str] = []
    hanging = here > first.end
    while len(operands) < 8:
        joint = tokens.forms[here]
        step = 2 if joint == "," and tokens.forms[here + 1] in {"or", "and"} else 1
        if joint not in {",", "or", "and"}:
            break
        second = _next(tokens, here + step)
        if second is None or (second.percent and second.words):
            break
        joints.append(tokens.forms[here + step - 1])
        operands.append(second)
        here = second.end
        if not second.bare or joints[-1] in {"or", "and"}:
            break
    if len(operands) < 2 or joints[-1] == ",":
        return alone
    if any(not each.bare for each in operands[:-1]) and not (first.money or joints == ["or"]):
        return alone
    last = operands[-1]
    if last.bare and counted_noun(tokens, last.end, 2) is None and not (first.money or first.unit):
        return alone
    shared = []
    for each in operands[:-1]:
        one, last = _share_unit(each, last, tokens)
        shared.append(one)
    shared.append(last)
    if len({each.unit for each in shared}) > 1:
        return alone
    if joints == ["and"] and not hanging:
        counted = None if last.unit else counted_noun(tokens, last.end, 2)
        if not (last.unit and tokens.numeric[first.start] == tokens.numeric[last.start]):
            return alone
        return Joined(
            [replace(shared[0], end=first.end)], first.start, unit=last.unit or (counted and counted.name) or None
        )
    if joints == ["or"] and tokens.forms[first.end] == ",":
        return alone
    if joints == ["or"] and not shared[0].value < shared[1].value:
        return alone
    return Joined(shared, first.start, "set")


def _share_unit(first: Operand, second: Operand, tokens: Tokens) -> tuple[Operand, Operand]:
    """Two numbers side by side, each with the unit and the scale that stand at one of them alone."""
    if first.unit and second.unit and second.unit.startswith(f"{first.unit} per "):
        first = replace(first, unit=second.unit)
    if first.money and (second.bare or (second.letter and not second.money)) and second.letter:
        worth = values_of("letter")[second.letter]
        number = float(tokens.raw[second.start].replace(",", ""))
        second = replace(
            second, value=number * worth, scale=worth, unit=first.unit, money=True, end=second.number_end + 1
        )
    elif first.money and second.bare:
        second = replace(second, unit=first.unit, money=True)
    elif first.bare and second.unit and not read_sign(tokens, second.start):
        unit = read_unit(tokens, tokens.skip_hyphen(second.number_end), scaled=second.scale > 1)
        times = unit.times if unit else 1.0
        first = replace(first, value=first.value * times, unit=second.unit, money=second.money, percent=second.percent)
        if second.scale > 1.0 and first.scale == 1.0 and first.value * second.scale <= second.value:
            first = replace(first, value=first.value * second.scale, scale=second.scale)
        return first, second
    elif first.bare and second.money:
        first = replace(first, unit=second.unit, money=True)
    if second.scale > 1.0 and first.scale == 1.0 and first.value * second.scale <= second.value:
        first = replace(first, value=first.value * second.scale, scale=second.scale)
    return first, second
