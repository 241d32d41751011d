"""What the parameters of pages take; what no archive can hold is refused before it is asked for."""

from __future__ import annotations

from typing import Annotated

from fastapi import Form, Path, Query

from sayso.archive.bounds import MOST_ID, NO_NUL

Id = Annotated[int, Path(ge=1, le=MOST_ID)]
Number = Annotated[int | None, Query(ge=1, le=MOST_ID)]
Text = Annotated[str, Query(pattern=NO_NUL)]
Line = Annotated[str, Form(pattern=NO_NUL, max_length=200)]
"""A name, or a choice."""
FormText = Annotated[str, Form(pattern=NO_NUL, max_length=2_000)]
"""A line or two of a form."""


def is_id(text: str) -> bool:
    """Whether a text is an id that an archive can have, where a route takes other texts as well.

    >>> [is_id(each) for each in ("12", "0", "²", "9" * 30, "")]
    [True, False, False, False, False]
    """
    return text.isascii() and text.isdecimal() and len(text) <= 12 and 1 <= int(text) <= MOST_ID
