"""JSON as a tree of values that know their places in the text, scanned once and in linear time.

As lenient as `json.loads(strict=False)`: line breaks inside strings are taken. Of a key that stands twice the last
counts, as everywhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from sayso.errors import TooLarge
from sayso.reading.limits import Limits

_SPACE = re.compile(r"[ \t\n\r\ufeff]*+")
_STRING = re.compile(r'"((?:[^"\\]++|\\.)*+)"', re.DOTALL)
# NaN and Infinity are what Python and JavaScript libraries write, against the standard.
_PLAIN = re.compile(r"true|false|null|NaN|-?Infinity|-?(?:0|[1-9]\d*+)(?:\.\d++)?(?:[eE][+-]?\d++)?")
_UNESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|(.))", re.DOTALL)
# A list of a thousand items has some 30,000 values; ten million brackets take minutes.
_VALUES_PER_TAG = 4
_SHUT = {"object": "}", "list": "]"}
_SHORT = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}


class BrokenJson(ValueError):
    """Text that is no JSON, and where it stops being so; `elements` are the whole ones of a list that broke off."""

    def __init__(self, reason: str, at: int, elements: list[Value] | None = None, *, cut_off: bool = False) -> None:
        self.reason = reason
        self.at = at
        self.elements = elements or []
        self.cut_off = cut_off
        super().__init__(reason)


@dataclass(slots=True, eq=False)
class Value:
    """A value: an object, a list, or `plain` text (a string without its quotation marks, still escaped)."""

    kind: str
    """`object`, `list`, `string`, `plain` (a number, true, false, null)."""
    start: int
    end: int = 0
    text: str = ""
    """Of a string what it says, of a number, true, false and null how they are written."""
    members: dict[str, Value] = field(default_factory=dict)
    elements: list[Value] = field(default_factory=list)
    _by_name: dict[str, Value] | None = None

    def get(self, *names: str) -> Value | None:
        """The first member by any of the names, regardless of capitals (ninjs 3 writes what ninjs 2 wrote small)."""
        if self._by_name is None:
            given = ((name.lower(), value) for name, value in self.members.items())
            self._by_name = {name: value for name, value in given if (value.kind, value.text) != ("plain", "null")}
        return next((self._by_name[name.lower()] for name in names if name.lower() in self._by_name), None)

    def string(self, *names: str) -> Value | None:
        """The first member of the names that is a string with something in it."""
        found = self.get(*names)
        return found if found and found.kind == "string" and found.text.strip() else None

    def say(self, *names: str) -> str:
        """What that string says, stripped; empty where there is none. A number counts as its digits."""
        found = self.get(*names)
        return found.text.strip() if found and found.kind in ("string", "plain") else ""

    def items(self, *names: str) -> list[Value]:
        """The objects of a list member, or of a member that is an object by names (associations in ninjs 1)."""
        found = self.get(*names)
        if found is None:
            return []
        each = found.elements if found.kind == "list" else list(found.members.values())
        return [value for value in each if value.kind == "object"]


def scan_json(text: str, name: str, limits: Limits) -> Value:
    """The value of a JSON text. Raises BrokenJson where it is none, TooLarge where it is too deep or too much."""
    root: Value | None = None
    stack: list[Value] = []
    keys: list[str] = []
    at, length, count = _skip(text, 0), len(text), 0

    def broken(reason: str, where: int) -> BrokenJson:
        cut_off = where >= length or (text.startswith('"', where) and not _STRING.match(text, where))
        whole = root.elements if root and root.kind == "list" else []
        return BrokenJson("it breaks off" if cut_off else reason, where, whole, cut_off=cut_off)

    def after_key(start: int) -> int:
        found = _STRING.match(text, start)
        if not found:
            raise broken("a key is missing", start)
        colon = _skip(text, found.end())
        if not text.startswith(":", colon):
            raise broken("a colon is missing", colon)
        keys.append(unescape(found[1]))
        return _skip(text, colon + 1)

    wants_value = True
    while True:
        if wants_value:
            value = _value_at(text, at)
            if value is None:
                raise broken("a value is missing", at)
            root = root or value
            count += 1
            if count > _VALUES_PER_TAG * limits.max_tags:
                raise TooLarge(name, f"its JSON has over {count - 1:,} values", "Split it into its articles")
            if value.end:
                at = value.end
                if stack:
                    _put(stack[-1], value, keys)
            else:
                # Not its parent's until it is closed: what broke off is not taken for whole.
                stack.append(value)
                if len(stack) > limits.max_depth:
                    raise TooLarge(name, f"its JSON is nested over {limits.max_depth} deep", "Give the article alone")
                at = _skip(text, at + 1)
                if not text.startswith(_SHUT[value.kind], at):
                    at = after_key(at) if value.kind == "object" else at
                    continue
        at = _skip(text, at)
        if not stack:
            if at < length:
                raise broken("something follows the value", at)
            return root or Value("plain", 0)
        top = stack[-1]
        if text.startswith(_SHUT[top.kind], at):
            top.end = at = at + 1
            stack.pop()
            if stack:
                _put(stack[-1], top, keys)
            wants_value = False
        elif text.startswith(",", at) and (top.members or top.elements):
            at = _skip(text, at + 1)
            at = after_key(at) if top.kind == "object" else at
            wants_value = True
        else:
            raise broken("a comma or a bracket is missing", at)


def _put(parent: Value, value: Value, keys: list[str]) -> None:
    if parent.kind == "object":
        parent.members[keys.pop()] = value
    else:
        parent.elements.append(value)


def _value_at(text: str, at: int) -> Value | None:
    sign = text[at : at + 1]
    if sign in ("{", "["):
        return Value("object" if sign == "{" else "list", at)
    if sign == '"':
        found = _STRING.match(text, at)
        return Value("string", at, found.end(), unescape(found[1])) if found else None
    plain = _PLAIN.match(text, at)
    return Value("plain", at, plain.end(), plain.group()) if plain else None


def _skip(text: str, at: int) -> int:
    space = _SPACE.match(text, at)
    return space.end() if space else at


def unescape(raw: str) -> str:
    """What a string says that is written like this between its quotation marks."""
    if "\\" not in raw:
        return raw
    said = _UNESCAPE.sub(lambda found: chr(int(found[1], 16)) if found[1] else _SHORT.get(found[2], found[2]), raw)
    # Characters past the sixteenth bit are written as two escapes.
    return said.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
