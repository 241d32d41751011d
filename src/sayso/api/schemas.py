"""The schemas of answers, made from the archive's own forms: what a field is and says stands there once.

They follow `sayso.archive.json_form.as_json` to the letter: every field is written out, under its name in Python
without the underscore that keeps it from being a keyword.
"""

from __future__ import annotations

import ast
import inspect
import json
import textwrap
from collections import Counter
from collections.abc import Sequence
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import sayso
from sayso.archive.forms import Hit, Page
from sayso.archive.marks import FAMILIES
from sayso.documents import Span

REF = "#/components/schemas/"
_KINDS: dict[str, type] = {}
_OTHERS: dict[str, dict[str, Any]] = {}
_PLAIN: dict[Any, dict[str, Any]] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    NoneType: {"type": "null"},
    Any: {},
    date: {"type": "string", "format": "date"},
    datetime: {"type": "string", "format": "date-time"},
}


def schema_of(kind: Any) -> dict[str, Any]:
    """The schema of a type: of a form a reference to its component, which `components` then has."""
    origin, inner = get_origin(kind), get_args(kind)
    if isinstance(kind, dict):
        return kind
    if kind in _PLAIN:
        return _PLAIN[kind]
    if kind is Span:
        return {"type": "array", "items": {"type": "integer", "minimum": 0}, "minItems": 2, "maxItems": 2}
    if origin is Literal:
        return {"enum": list(inner)}
    if origin in (Union, UnionType):
        return {"anyOf": [schema_of(each) for each in inner]}
    if origin in (list, tuple):
        return {"type": "array", "items": schema_of(inner[0])}
    if origin is Counter:
        return {"type": "object", "additionalProperties": {"type": "integer"}}
    if origin is dict:
        return {"type": "object", "additionalProperties": schema_of(inner[1])}
    if isinstance(kind, type) and is_dataclass(kind):
        _KINDS[kind.__name__] = kind
        return {"$ref": REF + kind.__name__}
    raise TypeError(f"no schema of {kind!r}")


def named(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    """A reference to a component that is no dataclass."""
    _OTHERS[name] = schema
    return {"$ref": REF + name}


def part_of(kind: type, names: Sequence[str]) -> dict[str, Any]:
    """The schema of an object that has some fields of a form."""
    hints, told = _hints(kind), _told(kind)
    described = {name: {"description": told[name]} for name in names if name in told}
    properties = {name: {**schema_of(hints[name]), **described.get(name, {})} for name in names}
    return record(properties, inspect.cleandoc(kind.__doc__ or ""))


def listed(kind: Any, *, total: bool = False) -> dict[str, Any]:
    """The schema of one page of a list."""
    properties: dict[str, Any] = {
        "items": {"type": "array", "items": schema_of(kind)},
        "next": {"anyOf": [{"type": "string"}, {"type": "null"}], "description": "Cursor of the next page, if any."},
    }
    if total:
        properties["total"] = {"type": "integer", "description": "How many there are on all pages."}
    return record(properties)


def record(properties: dict[str, Any], description: str = "") -> dict[str, Any]:
    """The schema of an object that has these fields, all of them and no others."""
    schema = {
        "type": "object",
        "additionalProperties": False,
        "required": list(properties),
        "properties": properties,
    }
    return {**schema, "description": description} if description else schema


def components() -> dict[str, Any]:
    """The schemas of all forms that were asked for, and of those within them, by name."""
    made: dict[str, Any] = {}
    while left := [name for name in _KINDS if name not in made]:
        for name in left:
            made[name] = _form(_KINDS[name])
    return dict(sorted({**made, **_OTHERS, **_record_form()}.items()))


def _form(kind: type) -> dict[str, Any]:
    hints, told = _hints(kind), _told(kind)
    properties = {}
    for each in fields(kind):
        schema = dict(_special(kind, each.name) or schema_of(hints[each.name]))
        if each.name in told:
            # Beside a reference, a description stands in 3.1 as anywhere else.
            schema["description"] = told[each.name]
        properties[_written(kind, each.name)] = schema
    return record(properties, inspect.cleandoc(kind.__doc__ or ""))


def _special(kind: type, name: str) -> dict[str, Any] | None:
    """Where the JSON is not as the form: the marks of a statement found are written in words."""
    if kind is not Hit or name != "marks":
        return None
    return record(
        {family: {"type": "array", "items": {"enum": list(names)}} for family, names in FAMILIES.items()},
        "What its attributions are like, in words, by the fields of a query.",
    )


def _written(kind: type, name: str) -> str:
    # A list is a list everywhere in the API: what a search found as well.
    return "items" if kind is Page and name == "hits" else name.rstrip("_")


@cache
def _hints(kind: type) -> dict[str, Any]:
    module = inspect.getmodule(kind)
    # Given as locals too: a field called `date` would hide the class of that name.
    names = vars(module) if module else {}
    return get_type_hints(kind, names, dict(names))


@cache
def _told(kind: type) -> dict[str, str]:
    """What stands in the source below each field."""
    try:
        (tree,) = ast.parse(textwrap.dedent(inspect.getsource(kind))).body
    except (OSError, SyntaxError, ValueError):
        # Installed without its sources.
        return {}
    assert isinstance(tree, ast.ClassDef)
    found = {}
    for one, other in zip(tree.body, tree.body[1:], strict=False):
        match one, other:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(text))):
                found[name] = " ".join(text.split())
    return found


RECORD = {"$ref": REF + "Record"}
"""The record of an article, docs/format.md."""
VERDICT = {"$ref": REF + "Record_verdict"}


@cache
def _record_form() -> dict[str, Any]:
    """`record.schema.json` with its definitions as components."""
    text = (Path(sayso.__file__).parent / "record.schema.json").read_text(encoding="utf-8")
    whole = json.loads(text.replace('"#/$defs/', f'"{REF}Record_'))
    parts = whole.pop("$defs")
    for name in ("$schema", "$id"):
        whole.pop(name)
    return {"Record": whole, **{f"Record_{name}": part for name, part in parts.items()}}
