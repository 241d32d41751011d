"""What a quantity is reckoned by: "a litre", "per square kilometre", "/h", "per 100,000 people"."""

from __future__ import annotations

from sayso.figures.lexicon import words
from sayso.figures.nouns import counted_noun, has_class, singular, unit_name
from sayso.figures.numbers import read_number
from sayso.figures.tokens import Tokens
from sayso.figures.units import read_unit


def rate_at(tokens: Tokens, at: int) -> tuple[str, int] | None:
    """What a quantity before a token is reckoned by, and where those words end."""
    form = tokens.forms[at]
    if form == "-" and tokens.forms[at + 1] in {"a", "per"} and tokens.touch(at):
        at += 1
        form = tokens.forms[at]
    if form in {"/", "per"} or (form == "p" and tokens.raw[at + 1] == "/"):
        unit = read_unit(tokens, at + 1)
        if tokens.raw[at + 1] == "h":
            return "hour", at + 2
        if unit and not unit.money:
            return unit.name, unit.end
        word = tokens.forms[at + 1]
        if form == "/" and tokens.numeric[at + 1]:
            return None
        if word in {"capita", "head"}:
            return "person", at + 2
        if tokens.numeric[at + 1] and form == "per":
            return _per_number(tokens, at + 1)
        if tokens.is_word(at + 1) and form == "per" and not has_class(word, "stop"):
            return unit_name(singular(word)), at + 2
        return None
    skip = tokens.skip_hyphen(at + 1) if form in {"a", "an"} else at + 1
    if form in {"a", "an"} and tokens.forms[skip] in {"square", "cubic"} and (unit := read_unit(tokens, skip)):
        return unit.name, unit.end
    if form in {"a", "an", "every", "each"} and has_class(tokens.forms[skip], "rate"):
        word = tokens.forms[skip]
        if form in {"every", "each"} and word not in words("every"):
            return None
        if (
            word in {"second", "go", "throw"}
            and form == "a"
            and tokens.is_word(skip + 1)
            and not has_class(tokens.forms[skip + 1], "stop")
        ):
            return None
        if word in {"go", "throw", "time"}:
            return None
        unit = read_unit(tokens, skip)
        if unit and not unit.money:
            return (singular(word) if unit.times != 1 else unit.name), unit.end
        if word in {"head", "person"}:
            return "person", skip + 1
        return ("pound" if word == "pound" else singular(word)), skip + 1
    return None


def _per_number(tokens: Tokens, at: int) -> tuple[str, int] | None:
    """ "per 100,000 people" as "100000 person"."""
    number = read_number(tokens, at)
    if number is None:
        return None
    counted = counted_noun(tokens, number.end, number.value)
    name = f"{number.value:g}" if number.value < 1e5 else f"{number.value:.0f}"
    return (f"{name} {counted.name}", counted.end) if counted else (name, number.end)
