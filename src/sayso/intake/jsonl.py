"""JSON Lines: an article a line, its parts under whatever names they have."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO

from sayso.errors import TooLarge
from sayso.intake.composed import composed
from sayso.intake.failures import failure_at
from sayso.intake.items import Failure, Item
from sayso.intake.packages import package_items
from sayso.reading.dates import parse_published
from sayso.reading.limits import Limits
from sayso.wordlists import read_rows

_KEYS = Path(__file__).parent / "data/keys.tsv"
_OVER = 65_536


def line_items(file: BinaryIO, name: str, *, limits: Limits) -> Iterator[Item | Failure]:
    """The articles of a file in JSON Lines, named after it with the line's number; read one line at a time.

    A line that is no JSON, has no text, or is over the limit is a failure, and the next is read.
    """
    found = any_line = False
    for line in lines_of(file, name, limits=limits):
        any_line = True
        for each in line.items:
            found = True
            yield each
    if not found:
        yield no_line(name, any_line)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a file, and where the file can be read on from there."""

    at: int
    """How many bytes stand before it."""
    number: int
    """How many lines stand before it."""
    items: Iterator[Item | Failure]
    """Of the line, to be taken before the next line is asked for."""


def lines_of(file: BinaryIO, name: str, *, limits: Limits, at: int = 0, number: int = 0) -> Iterator[Line]:
    """The lines of a file, of which `at` bytes and `number` lines were read already."""
    while line := file.readline(limits.max_bytes + 1):
        size, place = len(line), f"{name}:{number + 1}"
        items: Iterator[Item | Failure] = iter(())
        if size > limits.max_bytes and not line.endswith(b"\n"):
            size += sum(map(len, line_pieces(file)))
            reason = f"the line has {size:,} bytes, over the limit of {limits.max_bytes:,}"
            items = iter([Failure("refused", place, name, reason, "Give the article alone")])
        else:
            line = line if number else line.removeprefix(b"\xef\xbb\xbf")
            if line.strip():
                items = items_of_line(line, place, name, limits=limits, is_last=not line.endswith(b"\n"))
        yield Line(at, number, items)
        at, number = at + size, number + 1


def no_line(name: str, any_line: bool) -> Failure:
    """The failure of a file in which no line gives anything."""
    return Failure("unreadable", name, name, "there is no line in it" if any_line else "it is empty")


def line_pieces(file: BinaryIO) -> Iterator[bytes]:
    """The rest of a line, in pieces."""
    while part := file.readline(_OVER):
        yield part
        if part.endswith(b"\n"):
            return


def items_of_line(
    line: bytes, place: str, origin: str, *, limits: Limits, is_last: bool = False
) -> Iterator[Item | Failure]:
    """The article of one line, or the articles of one that is a package; a failure where there is none.

    `is_last` says that nothing follows, not even the line's end: a line that is no JSON was cut off.
    """
    try:
        text = line.decode("utf-8")
        row = json.loads(text, strict=False)
    except UnicodeDecodeError as error:
        yield Failure("damaged", place, origin, f"it is not UTF-8 (at byte {error.start + 1} of the line)")
        return
    except (ValueError, RecursionError) as error:
        where = f" (at character {error.colno} of the line)" if isinstance(error, json.JSONDecodeError) else ""
        yield Failure("truncated" if is_last else "damaged", place, origin, f"the line is not JSON{where}")
        return
    if not isinstance(row, dict):
        yield Failure("unreadable", place, origin, "the line is no object with an article's text in it")
        return
    parts = parts_of(row)
    text = parts.get("text") or ""
    if isinstance(row.get("@type"), str | list) or isinstance(row.get("uri"), str) or not text:
        whole = package_items(line, place, origin=origin, media_type="application/json", limits=limits)
        if whole is not None:
            yield from whole
            return
    if not any(map(str.isalpha, text)):
        known = ", ".join(map(str, list(row)[:8])) or "none"
        reason = "its text is empty" if "text" in parts else f"no text among its fields ({known[:200]})"
        yield Failure("unreadable", place, origin, reason, "Name the field text or body")
        return
    yield row_item(parts, place, origin, limits=limits)


def row_item(parts: dict[str, str], place: str, origin: str, *, limits: Limits) -> Item | Failure:
    """The item of a row with these parts; a failure where its markup would take too long to read."""
    published = _moment(parts.get("published"))
    authors = [name for name in re.split(r"\s*;\s*", parts.get("author", "")) if name]
    try:
        data, media_type = composed(
            parts["text"], headline=parts.get("headline"), standfirst=parts.get("standfirst"), authors=authors,
            published=published, name=place, limits=limits,
        )  # fmt: skip
    except TooLarge as error:
        return failure_at(error, place, origin)
    url = parts.get("url")
    return Item(
        place,
        origin,
        data,
        media_type=media_type,
        charset="utf-8",
        url=url if url and re.match(r"https?://", url) else None,
        guid=_everywhere(parts.get("guid"), origin),
        version=parts.get("version"),
        outlet=parts.get("outlet"),
        published=published,
        headline=parts.get("headline"),
    )


def _everywhere(guid: str | None, origin: str) -> str | None:
    """The identifier as it is where it is one everywhere (a URN, a UUID), else with what it is one in."""
    unique = not guid or ":" in guid or re.fullmatch(r"[0-9a-fA-F-]{32,}", guid)
    return guid if unique else f"{origin}#{guid}"


def parts_of(row: dict[str, Any]) -> dict[str, str]:
    """What a row says of each of an article's parts, the most telling name first.

    >>> parts_of({"Title": "Mill to close", "articleBody": "It will.", "publisher": {"name": "The Ferry Post"}})
    {'text': 'It will.', 'headline': 'Mill to close', 'outlet': 'The Ferry Post'}
    """
    named = {_plain_key(key): value for key, value in reversed(list(row.items()))}
    found: dict[str, str] = {}
    for part, names in _names().items():
        for name in names:
            value = _words(named.get(name))
            if value and part not in found:
                found[part] = value
        if part == "text" and part not in found and any(isinstance(named.get(name), str) for name in names):
            found[part] = ""
    return found


def names_of(part: str) -> tuple[str, ...]:
    """What fields with this part of an article are called, the more telling first."""
    return _names()[part]


def part_named(field: str) -> str | None:
    """The part of an article that a field of this name has, if any.

    >>> part_named("Article-Body"), part_named("embedding")
    ('text', None)
    """
    plain = _plain_key(field)
    return next((part for part, names in _names().items() if plain in names), None)


@cache
def _names() -> dict[str, tuple[str, ...]]:
    return {part: tuple(names.split(",")) for part, names in read_rows(_KEYS)}


def _plain_key(key: str) -> str:
    return re.sub(r"[\W_]", "", key).lower()


def _words(value: Any, depth: int = 0) -> str:
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool) or value is None or depth > 3:
        return ""
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, dict):
        return next(
            (words for key in ("name", "title", "value", "id") if (words := _words(value.get(key), depth + 1))), ""
        )
    if isinstance(value, list):
        between = "\n\n" if any(isinstance(each, str) and len(each) > 60 for each in value) else "; "
        return between.join(words for each in value[:10_000] if (words := _words(each, depth + 1)))
    return ""


def _moment(stated: str | None) -> datetime | date | None:
    if not stated:
        return None
    if re.fullmatch(r"\d{9,10}(?:\.\d+)?|\d{12,13}", stated):
        # Seconds or milliseconds since 1970, as programs write time.
        seconds = float(stated) / (1000 if len(stated) > 11 and "." not in stated else 1)
        return datetime.fromtimestamp(seconds, UTC)
    return parse_published(stated)
