"""JSON as the forms of the archive that it was written from, by the types of their fields.

The reverse of `sayso.archive.json_form`: nothing but the classes that are asked for can come out. A field that the JSON
lacks (an older server) is as the form has it by itself, one that the form lacks (a newer server) is passed over.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import fields, is_dataclass
from functools import cache
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from sayso.archive.forms import Hit, Page
from sayso.archive.marks import bits_of

Form = TypeVar("Form")


def form_of(kind: type[Form], data: Any) -> Form:
    """The form of that class in plain data. Raises KeyError, TypeError and ValueError for data that are of another."""
    made: Form = _value(kind, data)
    return made


def page_of(data: dict[str, Any]) -> Page:
    """The page of a search, whose statements are the items of a list."""
    return form_of(Page, {**data, "hits": data["items"]})


def _value(kind: Any, data: Any) -> Any:
    origin, inner = get_origin(kind), get_args(kind)
    if data is None or kind is Any:
        return data
    if origin in (Union, UnionType):
        (choice, *others) = [each for each in inner if each is not type(None)]
        return data if others else _value(choice, data)
    if origin is list:
        return [_value(inner[0], each) for each in data]
    if origin is tuple:
        return tuple(_value(inner[0], each) for each in data)
    if origin in (dict, Counter):
        return {name: _value(inner[-1], each) for name, each in data.items()}
    if isinstance(kind, type) and is_dataclass(kind):
        hints = _hints(kind)
        given = {each.name: data[each.name.rstrip("_")] for each in fields(kind) if each.name.rstrip("_") in data}
        if kind is Hit:
            # They are written in words.
            given["marks"] = bits_of((family, name) for family, names in data["marks"].items() for name in names)
        return kind(**{name: _value(hints[name], value) for name, value in given.items()})
    if isinstance(kind, type) and issubclass(kind, tuple):
        return kind(*data)
    return data


@cache
def _hints(kind: type) -> dict[str, Any]:
    import sys

    names = vars(sys.modules[kind.__module__])
    # Given as locals too: a field called `date` would hide the class of that name.
    return get_type_hints(kind, names, dict(names))
