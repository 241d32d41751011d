"""Random secrets that somebody keeps, and what is kept of them here."""

from __future__ import annotations

import hashlib
import secrets
from datetime import UTC, datetime, timedelta

TOKEN = "sayso_"
"""With what each token begins, so that one that lies in a file or a log is known for what it is."""


def new_secret(prefix: str = "") -> str:
    """256 random bits in letters and digits."""
    return prefix + secrets.token_urlsafe(32)


def digest(secret: str) -> str:
    """SHA-256 in hexadecimal: enough of a secret that nobody can guess, where a password would need more."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def in_time(**much: float) -> str:
    """The moment that is so far away, as the archive writes it: `in_time(days=14)`, `in_time(hours=-1)`."""
    return (datetime.now(UTC) + timedelta(**much)).isoformat(timespec="milliseconds")
