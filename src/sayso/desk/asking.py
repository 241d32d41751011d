"""What the parameters of pages take; what no archive can hold is refused before it is asked for."""

from __future__ import annotations

from typing import Annotated

from fastapi import Form, Path, Query

MOST_ID = 2**31 - 1
"""No id of an archive is larger on either database."""
NO_NUL = r"^[^\x00]*$"
"""Databases hold no text with a character NUL."""

Id = Annotated[int, Path(ge=1, le=MOST_ID)]
Number = Annotated[int | None, Query(ge=1, le=MOST_ID)]
Text = Annotated[str, Query(pattern=NO_NUL)]
FormText = Annotated[str, Form(pattern=NO_NUL, max_length=2_000)]
"""A line or two of a form."""
