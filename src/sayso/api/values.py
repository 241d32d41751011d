"""What the parameters of routes take: each kind once, with what its description says and what it refuses.

Stricter than the framework is by itself, which takes "yes" for a truth and a number of seconds for a day.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any

from fastapi import Path, Query
from pydantic import BeforeValidator, Field

from sayso.archive.bounds import MOST_ID, NO_NUL


def whole(value: Any) -> Any:
    """A validator that takes no number but a whole one, in digits."""
    if isinstance(value, str) and not re.fullmatch(r"-?[0-9]{1,20}", value):
        raise ValueError("expected a whole number")
    return value


def _flag(value: Any) -> Any:
    if isinstance(value, bool):
        return value
    if value not in ("true", "false"):
        raise ValueError("expected true or false")
    return value == "true"


def _day(value: Any) -> Any:
    if isinstance(value, str) and not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        raise ValueError("expected a day written like 2026-03-14")
    return value


_Positive = Annotated[int, Field(ge=1, le=MOST_ID)]

# A validator stands last, round the bounds: one inside of them would hide them from the description.
Id = Annotated[int, Path(ge=1, le=MOST_ID, description="Its id in the archive."), BeforeValidator(whole)]
Number = Annotated[_Positive | None, Query(), BeforeValidator(whole)]
"""An id that a list can be narrowed to."""
Flag = Annotated[bool, Query(), BeforeValidator(_flag)]
Day = Annotated[date | None, Query(), BeforeValidator(_day)]
Text = Annotated[str, Query(pattern=NO_NUL)]
MaybeText = Annotated[str | None, Query(pattern=NO_NUL)]
Words = Annotated[str, Query(alias="q", pattern=NO_NUL, description="A query; docs/search.md describes the language.")]
Limit = Annotated[int, Query(ge=1, le=1000, description="Items on a page."), BeforeValidator(whole)]
LimitOf200 = Annotated[int, Query(ge=1, le=200, description="Items on a page."), BeforeValidator(whole)]
LimitOrNone = Annotated[
    int, Query(ge=0, le=1000, description="Items on a page; 0 where counts alone are wanted."), BeforeValidator(whole)
]
LimitOfIds = Annotated[int, Query(ge=1, le=10_000, description="Ids on a page."), BeforeValidator(whole)]
After = Annotated[
    str | None,
    Query(pattern=r"^[\x20-\x7e]*$", max_length=2000, description="The `next` of the page before, as it was given."),
]
Version = Annotated[
    _Positive | None, Query(description="Number of the version; else the newest."), BeforeValidator(whole)
]
