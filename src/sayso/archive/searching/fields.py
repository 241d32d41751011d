"""The fields of the query language and their values."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NoReturn, cast

from sayso.archive.bounds import MOST_ID
from sayso.archive.folding import words_in
from sayso.archive.marks import FAMILIES
from sayso.archive.searching.periods import BadPeriod, period_of
from sayso.archive.searching.terms import Address, Any, Days, Id, IdField, Like, Mark, Name, NameField, Node
from sayso.wordlists import read_rows

_OF_DAYS = ("since", "until", "published", "said")
_DATA = Path(__file__).parent / "data/fields.tsv"
_NUMBER = re.compile(r"#?(\d{1,18})")
Fail = Callable[[int, int, str, str], NoReturn]
"""Raises BadQuery for a stretch of the value, with what is wrong and what to write instead."""


@dataclass(frozen=True, slots=True)
class FieldForm:
    """A field as it is described to a reader."""

    name: str
    what: str
    example: str
    others: tuple[str, ...]
    """What readers may write instead by habit."""


FIELDS: dict[str, FieldForm] = {
    name: FieldForm(name, what, example, tuple(others.split(",")))
    for name, what, example, others in read_rows(_DATA, heading=True)
}


def fields_like(name: str, value: str = "", *, today: date | None = None) -> list[str]:
    """The fields that a reader may have meant by a name that is none, the likeliest first, as they are written.

    >>> fields_like("speeker"), fields_like("before"), fields_like("quot"), fields_like("xyzzy")
    (['speaker:'], ['until:'], ['quotation:'], [])
    >>> fields_like("from", "kestrel"), fields_like("from", "2026-03"), fields_like("headline", "bridge")
    (['speaker:'], ['since:'], ['in:headline'])
    """
    meant = [form.name for form in FIELDS.values() if name in form.others]
    if len(meant) > 1:
        # "from:2026-03" is a day, and "from:kestrel" somebody.
        meant = [field for field in meant if (field in _OF_DAYS) == _is_period(value, today or date.today())]
    begun = [field for field in FIELDS if field.startswith(name)]
    near = (meant or begun or difflib.get_close_matches(name, FIELDS, 2, cutoff=0.7))[:2]
    return [FIELDS[field].example if field == "in" else f"{field}:" for field in near]


def _is_period(value: str, today: date) -> bool:
    try:
        period_of(value, today=today)
    except BadPeriod:
        return False
    return True


def leaf_of(field: str, value: str, start: int, end: int, *, today: date, fail: Fail) -> Node:
    """What a field with a value asks for; what is no value of it goes to `fail`."""
    if field in ("speaker", "about", "outlet"):
        if not words_in(value):
            fail(0, len(value), f"{field}: needs a name", f"For example: {FIELDS[field].example}")
        return Name(cast(NameField, field), value.strip(), start, end)
    if field in FAMILIES or field == "in":
        return _marks(field, value, start, end, fail)
    if field in _OF_DAYS:
        return _days(field, value, start, end, today, fail)
    if field in ("article", "statement"):
        match = _NUMBER.fullmatch(value.strip())
        if match is None:
            fail(0, len(value), f"{field}: needs a number", f"For example: {FIELDS[field].example}")
        # No id is larger, and a database would refuse to compare with it.
        return Id(cast(IdField, field), min(int(match[1]), MOST_ID), start, end)
    if field == "url":
        return Address(value.strip(), start, end)
    if not words_in(value):
        fail(0, len(value), "like: needs words", f"For example: {FIELDS[field].example}")
    return Like(value.strip(), start, end)


def _days(field: str, value: str, start: int, end: int, today: date, fail: Fail) -> Node:
    try:
        first, last = period_of(value, today=today)
    except BadPeriod as error:
        fail(0, len(value), error.reason, error.advice)
    if field in ("since", "until") and ".." in value:
        fail(0, len(value), f"{field}: takes one day, month or year", f"For a stretch: published:{value}")
    if field == "since":
        return Days("published", first, None, start, end)
    if field == "until":
        return Days("published", None, last, start, end)
    return Days("said" if field == "said" else "published", first, last, start, end)


def _marks(field: str, value: str, start: int, end: int, fail: Fail) -> Node:
    """A mark, or any of some with commas between."""
    family = "is" if field == "in" else field
    names = ("headline",) if field == "in" else FAMILIES[field]
    found = []
    at = 0
    for written in value.split(","):
        name = _mark(written, names)
        if name is None:
            near = _near(written, names)
            known = ", ".join(f'"{each}"' if " " in each else each for each in names)
            advice = (
                f"Did you mean {' or '.join(near)}?" if near else f"There {'is' if len(names) == 1 else 'are'} {known}"
            )
            fail(at, at + max(len(written), 1), f"No value '{written.strip()}' of {field}:", advice)
        found.append(Mark(family, name, start, end))
        at += len(written) + 1
    return found[0] if len(found) == 1 else Any(tuple(found))


def _plain(name: str) -> str:
    return re.sub(r"[\s_-]+", "", name).casefold()


def _mark(written: str, names: tuple[str, ...]) -> str | None:
    return next((name for name in names if _plain(name) == _plain(written)), None)


def _near(written: str, names: tuple[str, ...]) -> list[str]:
    plain = {_plain(name): name for name in names}
    begun = [name for key, name in plain.items() if _plain(written) and key.startswith(_plain(written))]
    return begun or [plain[key] for key in difflib.get_close_matches(_plain(written), plain, 2, cutoff=0.6)]
