"""What no archive can hold, on either database: whoever asks for it is refused before a database is asked."""

from __future__ import annotations

MOST_ID = 2**31 - 1
"""No id is larger."""
NO_NUL = r"^[^\x00]*$"
"""A pattern of texts without a character NUL, which PostgreSQL cannot keep."""
