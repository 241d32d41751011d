"""The time of what is kept."""

from __future__ import annotations

from datetime import UTC, datetime


def now_text() -> str:
    """This moment as the archive writes it: ISO 8601 in UTC, to the millisecond."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")
