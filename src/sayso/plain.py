"""An article or a transcript as plain data and back again, complete: its source and the way back to it included.

This is no format for others (the JSON form is), it is for carrying an article from one process to another. Plain data
are read back by the types of the fields, so nothing but the classes of the record can come out of them.
"""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import date, datetime
from functools import cache
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from sayso import documents, records, verdicts
from sayso.documents import Article, Correction, Transcript
from sayso.verdicts import FigureVerdict, HeadlineVerdict, QuoteVerdict, Verdict

_VERDICTS = {each.check: each for each in (Verdict, QuoteVerdict, HeadlineVerdict, FigureVerdict)}


def to_plain(value: Any) -> Any:
    """A value of the record as dictionaries, lists, strings and numbers."""
    if isinstance(value, Verdict):
        # One list holds those of all checks.
        return {"check": value.check, **{each.name: to_plain(getattr(value, each.name)) for each in fields(value)}}
    if is_dataclass(value) and not isinstance(value, type):
        return {each.name: to_plain(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, list | tuple):
        return [to_plain(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value


def article_from_plain(data: dict[str, Any]) -> Article:
    """The article that `to_plain` made these data of."""
    article: Article = _from_plain(Article, data)
    return article


def transcript_from_plain(data: dict[str, Any]) -> Transcript:
    """The transcript that `to_plain` made these data of."""
    transcript: Transcript = _from_plain(Transcript, data)
    return transcript


def verdicts_from_plain(data: list[dict[str, Any]]) -> list[Verdict]:
    """The verdicts that `to_plain` made these data of."""
    return [_from_plain(Verdict, each) for each in data]


def _from_plain(kind: Any, data: Any) -> Any:
    origin, inner = get_origin(kind), get_args(kind)
    if data is None or kind is Any:
        return data
    if origin in (Union, UnionType):
        # None is done; of a day and a time, the longer text is a time.
        choices = [each for each in inner if each is not type(None)]
        if datetime in choices:
            return (datetime if len(data) > 10 else date).fromisoformat(data)
        return _from_plain(choices[0], data)
    if origin is list:
        return [_from_plain(inner[0], each) for each in data]
    if origin is tuple:
        return tuple(_from_plain(inner[0], each) for each in data)
    if kind is Verdict:
        kind = _VERDICTS[data["check"]]
    if isinstance(kind, type) and is_dataclass(kind):
        return kind(**{name: _from_plain(each, data[name]) for name, each in _hints(kind).items()})
    if isinstance(kind, type) and issubclass(kind, tuple):
        # Spans and pieces are many, and of numbers; only a correction has spans in it.
        return kind(*(map(_from_plain, _hints(kind).values(), data) if kind is Correction else data))
    return date.fromisoformat(data) if kind is date else data


@cache
def _hints(kind: type) -> dict[str, Any]:
    # The documents name the record's classes for type checkers only.
    names = {**vars(documents), **vars(records), **vars(verdicts)}
    # Given as locals too: a field called `date` would hide the class of that name.
    return get_type_hints(kind, names, names)
