"""What goes to a child and comes back, as plain data: items, failures and errors."""

from __future__ import annotations

from dataclasses import fields
from datetime import date, datetime
from typing import Any

from sayso import errors
from sayso.errors import BadSetting, DamagedModel, NotEnglish, SaysoError, UnreadableSource
from sayso.intake.items import Failure, Item

_KINDS = {
    each.__name__: each
    for each in (
        *(UnreadableSource, errors.NotText, errors.EmptySource, errors.TooLarge, errors.TookTooLong),
        *(errors.NoSuchSource, errors.RefusedAddress, errors.FetchFailed),
    )
}
_LONGEST_REASON = 2_000


class FailedInside(RuntimeError):
    """A fault of ours in a child, in the words of its exception; the log has where it happened."""


def error_to_plain(error: SaysoError) -> dict[str, Any] | None:
    """An error of reading; None for any other, which is a fault of ours."""
    if isinstance(error, NotEnglish):
        return {"type": "NotEnglish", "name": error.name, "language": error.language}
    if isinstance(error, UnreadableSource):
        reason = error.reason[:_LONGEST_REASON]
        return {"type": type(error).__name__, "name": error.name, "reason": reason, "advice": error.advice}
    if isinstance(error, BadSetting):
        return {"type": "BadSetting", "name": error.name, "value": str(error.value), "expected": error.expected}
    if isinstance(error, DamagedModel):
        return {"type": "DamagedModel", "path": error.path, "expected": error.expected, "found": error.found}
    return None


def error_from_plain(told: dict[str, Any]) -> Exception:
    """The error again, of one of the kinds that a child may tell of."""
    kind = told.get("type")
    if kind == "NotEnglish":
        return NotEnglish(str(told.get("name")), str(told.get("language")))
    if kind == "BadSetting":
        return BadSetting(str(told.get("name")), told.get("value"), str(told.get("expected")))
    if kind == "DamagedModel":
        found = told.get("found")
        return DamagedModel(str(told.get("path")), str(told.get("expected")), None if found is None else str(found))
    if kind in _KINDS:
        return _KINDS[kind](str(told.get("name")), str(told.get("reason")), str(told.get("advice") or ""))
    return FailedInside(str(told.get("reason"))[:_LONGEST_REASON])


def item_to_plain(item: Item) -> dict[str, Any]:
    """An item without its bytes, which go beside it."""
    told = {each.name: getattr(item, each.name) for each in fields(item) if each.name != "data"}
    told["published"] = item.published.isoformat() if item.published else None
    return told


def item_from_plain(told: dict[str, Any], data: bytes) -> Item:
    """The item again."""
    return Item(**{**told, "data": data, "published": day_from_plain(told.get("published"))})


def failure_to_plain(failure: Failure) -> dict[str, Any]:
    """A failure of intake."""
    return {each.name: getattr(failure, each.name) for each in fields(failure)}


def failure_from_plain(told: dict[str, Any]) -> Failure:
    """The failure again."""
    return Failure(**told)


def day_from_plain(text: str | None) -> datetime | date | None:
    """A day, or a day with a time, from its ISO 8601 form."""
    if text is None:
        return None
    return (datetime if len(text) > 10 else date).fromisoformat(text)
