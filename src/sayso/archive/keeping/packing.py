"""Articles and transcripts as bytes and back again, complete: every span, the source and the way back to it.

A record is a byte that tells the form, then zlib over JSON with a dictionary of what most records have. The JSON holds
each object as a list of its fields' values, and once the fields' names by class: a class that gets or loses a field
reads older records all the same, a new field with its default. The source is packed apart, with the text as
dictionary: where the two are nearly alike it takes a few bytes, and none where they are the same.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from functools import cache
from operator import attrgetter
from pathlib import Path
from types import UnionType
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from sayso import documents, records, verdicts
from sayso.documents import Article, Document, Source, Transcript
from sayso.verdicts import FigureVerdict, HeadlineVerdict, QuoteVerdict, Verdict

D = TypeVar("D", bound=Document)
Encoder = Callable[[Any], Any] | None
"""None: the value is its own plain form."""
Decoder = Callable[[Any], Any] | None

FORM = b"\x01"
LEVEL = 6
WINDOW = 1 << 15
"""Bytes of a dictionary that zlib looks at."""
_TYPICAL = (Path(__file__).parent / "data" / "record-1.txt").read_bytes()
"""The dictionary of form 1: it must never change, or what was packed with it cannot be unpacked."""
_VERDICTS: dict[str, Any] = {each.check: each for each in (Verdict, QuoteVerdict, HeadlineVerdict, FigureVerdict)}
_APART = ("source", "transcripts")
"""What is not in the record: the source is packed apart, transcripts are kept as entries of their own."""


class DamagedRecord(ValueError):
    """Bytes that are not as they were packed."""


def pack(document: Article | Transcript) -> tuple[bytes, bytes | None]:
    """A document without its source and transcripts, and its source; None where it has none."""
    kind: Any = type(document)
    data = [_names_of(kind), _object_encoder(kind)(document)]
    record = FORM + _squeezed(_to_bytes(data), _TYPICAL)
    source = document.source
    if source is None:
        return record, None
    head = [source.name, source.encoding, source.byte_order_mark, list(source.notes), source.text == document.text]
    raw = _to_bytes(head) + b"\n" + (b"" if head[-1] else source.text.encode("utf-8", "surrogatepass"))
    return record, FORM + _squeezed(raw, _text_dictionary(document.text))


def unpack(kind: type[D], record: bytes, source: bytes | None) -> D:
    """The document that `pack` made these bytes of, without its transcripts. Raises DamagedRecord."""
    try:
        names, values = json.loads(_stretched(record, _TYPICAL))
        document: D = _Reader(names).object_decoder(kind)(values)
        if source is not None:
            head, _, text = _stretched(source, _text_dictionary(document.text)).partition(b"\n")
            name, encoding, mark, notes, same = json.loads(head)
            whole = document.text if same else text.decode("utf-8", "surrogatepass")
            document.source = Source(name, whole, encoding, mark, tuple(notes))
    except (zlib.error, ValueError, TypeError, KeyError, IndexError) as error:
        raise DamagedRecord(str(error)) from error
    return document


def _to_bytes(data: Any) -> bytes:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def _text_dictionary(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")[:WINDOW]


def _squeezed(data: bytes, dictionary: bytes) -> bytes:
    squeezer = zlib.compressobj(LEVEL, zdict=dictionary)
    return squeezer.compress(data) + squeezer.flush()


def _stretched(data: bytes, dictionary: bytes) -> bytes:
    if data[:1] != FORM:
        raise DamagedRecord("packed in a form that is not known")
    stretcher = zlib.decompressobj(zdict=dictionary)
    found = stretcher.decompress(data[1:]) + stretcher.flush()
    if not stretcher.eof:
        raise DamagedRecord("it ends too early")
    return found


def _fields_of(kind: type) -> tuple[str, ...]:
    return tuple(each.name for each in fields(kind) if not (issubclass(kind, Document) and each.name in _APART))


@cache
def _hints(kind: type) -> dict[str, Any]:
    # The documents name the record's classes for type checkers only; given as locals too, since a field called `date`
    # would hide the class of that name.
    known = {**vars(documents), **vars(records), **vars(verdicts)}
    return get_type_hints(kind, known, known)


@cache
def _names_of(kind: type) -> dict[str, list[str]]:
    """The fields by class of all classes that a document of that kind may have in it."""
    found: dict[str, list[str]] = {}

    def look_at(hint: Any) -> None:
        for inner in get_args(hint):
            look_at(inner)
        if hint is Verdict:
            for each in _VERDICTS.values():
                add(each)
        elif isinstance(hint, type) and is_dataclass(hint):
            add(hint)

    def add(each: type) -> None:
        if each.__name__ not in found:
            found[each.__name__] = list(_fields_of(each))
            for name in found[each.__name__]:
                look_at(_hints(each)[name])

    look_at(kind)
    return found


@cache
def _encoder(hint: Any) -> Encoder:
    """What makes plain data of a value of that type."""
    origin, inner = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        choices = [each for each in inner if each is not type(None)]
        if date in choices or datetime in choices:
            return _day_to_text
        within = _encoder(choices[0])
        return None if within is None else lambda value: None if value is None else within(value)
    if origin in (list, tuple):
        each_one = _encoder(inner[0])
        return None if each_one is None else lambda values: [each_one(value) for value in values]
    if hint is Verdict:
        by_check = {name: _object_encoder(each) for name, each in _VERDICTS.items()}
        return lambda value: [value.check, by_check[value.check](value)]
    if isinstance(hint, type) and is_dataclass(hint):
        return _object_encoder(hint)
    return _day_to_text if hint in (date, datetime) else None


@cache
def _object_encoder(kind: Any) -> Callable[[Any], list[Any]]:
    names = _fields_of(kind)
    values_of = attrgetter(*names)
    encoders = [(place, each) for place, name in enumerate(names) if (each := _encoder(_hints(kind)[name]))]
    single = len(names) == 1

    def encode(value: Any) -> list[Any]:
        values = [values_of(value)] if single else list(values_of(value))
        for place, encoder in encoders:
            values[place] = encoder(values[place])
        return values

    return encode


def _day_to_text(value: date | None) -> str | None:
    return None if value is None else value.isoformat()


def _day_from_text(value: str | None) -> date | None:
    # Of a day and a time, the longer text is a time.
    return None if value is None else (datetime if len(value) > 10 else date).fromisoformat(value)


class _Reader:
    """Reads plain data by the names of fields that their record has."""

    def __init__(self, names: dict[str, list[str]]) -> None:
        self._names = names
        self._known: dict[Any, Decoder] = {}

    def decoder(self, hint: Any) -> Decoder:
        """What makes a value of that type of plain data."""
        if hint not in self._known:
            self._known[hint] = self._decoder(hint)
        return self._known[hint]

    def _decoder(self, hint: Any) -> Decoder:
        origin, inner = get_origin(hint), get_args(hint)
        if origin in (Union, UnionType):
            choices = [each for each in inner if each is not type(None)]
            if date in choices or datetime in choices:
                return _day_from_text
            within = self.decoder(choices[0])
            return None if within is None else lambda value: None if value is None else within(value)
        if origin is Literal:
            return None
        if origin in (list, tuple):
            each_one = self.decoder(inner[0])
            if each_one is None:
                return None if origin is list else tuple
            if origin is list:
                return lambda values: [each_one(value) for value in values]
            return lambda values: tuple(each_one(value) for value in values)
        if hint is Verdict:
            return lambda value: self.object_decoder(_VERDICTS[value[0]])(value[1])
        if isinstance(hint, type) and is_dataclass(hint):
            return self.object_decoder(hint)
        if isinstance(hint, type) and issubclass(hint, tuple):
            parts = [self.decoder(each) for each in _hints(hint).values()]
            if not any(parts):
                return lambda values: hint(*values)
            return lambda values: hint(*(part(it) if part else it for part, it in zip(parts, values, strict=True)))
        return _day_from_text if hint in (date, datetime) else None

    def object_decoder(self, kind: type) -> Callable[[Any], Any]:
        if kind in self._known:
            return self._known[kind]  # type: ignore[return-value]
        now = _hints(kind)
        # A field that the class has no longer is passed over.
        plan = [
            (place, name, self.decoder(now[name]))
            for place, name in enumerate(self._names[kind.__name__])
            if name in now
        ]

        def decode(values: list[Any]) -> Any:
            return kind(
                **{name: values[place] if inner is None else inner(values[place]) for place, name, inner in plan}
            )

        self._known[kind] = decode
        return decode
