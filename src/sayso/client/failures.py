"""The errors of a server as those that its archive would have raised here."""

from __future__ import annotations

import inspect
import re
from typing import Any

from sayso import errors
from sayso.errors import SaysoError


class ServerFailed(SaysoError):
    """An error of a server for which there is no class here: of a newer one, or a fault of its own."""

    status = 500


def error_of(body: dict[str, Any]) -> SaysoError:
    """The error of the body of an answer: of the same class, with the values it speaks of and the same message."""
    found: Any = getattr(errors, str(body["type"]), None)
    kind = found if isinstance(found, type) and issubclass(found, SaysoError) else ServerFailed
    message, details = str(body["message"]), dict(body["details"])
    error: Any = kind.__new__(kind)
    Exception.__init__(error, message)
    if kind.status != body["status"]:
        error.status = int(body["status"])
    for name, value in details.items():
        setattr(error, name, tuple(value) if isinstance(value, list) else value)
    _fill_in(error, message)
    return error  # type: ignore[no-any-return]


def _fill_in(error: Any, message: str) -> None:
    """What the class always has and the body does not write out: what is empty, and the reason within the message."""
    known: dict[str, dict[str, Any]] = {
        "NoSuchEntry": {"nearest": (), "advice": ""},
        "BadQuery": {"query": "", "advice": ""},
        "RefusedDecision": {"decision": None, "advice": ""},
        "BadRequest": {"fields": ()},
    }
    defaults = known.get(type(error).__name__, {"advice": ""} if isinstance(error, errors.UnreadableSource) else {})
    for name, value in defaults.items():
        if not hasattr(error, name):
            setattr(error, name, value)
    if _has_reason(type(error)) and not hasattr(error, "reason"):
        name, advice = getattr(error, "name", ""), getattr(error, "advice", "")
        reason = message.removeprefix(f"{name}: ").removesuffix(f". {advice}")
        error.reason = re.sub(r", at character \d+ of the query$", "", reason)


def _has_reason(kind: type) -> bool:
    ours = (base for base in kind.__mro__ if base.__module__ == errors.__name__ and "__init__" in vars(base))
    return any("reason" in inspect.signature(vars(base)["__init__"]).parameters for base in ours)
