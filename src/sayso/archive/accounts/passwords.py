"""Passwords: hashed with Argon2id and held against their hash. The only module that imports argon2.

The parameters are the second recommended ones of RFC 9106 (64 MiB, 3 passes), which cost a guesser about as much
memory as they cost us; so only a few are worked on at a time.
"""

from __future__ import annotations

import threading
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from sayso.errors import BadRequest, TooManyRequests

LEAST = 12
MOST = 200
"""Characters of a password."""
AT_ONCE = 2
PATIENCE_S = 5
_HASHER = PasswordHasher(time_cost=3, memory_cost=65536, parallelism=2)
_ROOM = threading.BoundedSemaphore(AT_ONCE)


def hash_password(password: str) -> str:
    """What is kept of a password."""
    with _one_of_few():
        return _HASHER.hash(_plain(password))


def fits(password: str, kept: str | None) -> bool:
    """Whether a password is the one that was hashed. Without a hash it takes as long, and it is not."""
    with _one_of_few():
        try:
            found = _HASHER.verify(kept or _of_nobody(), _plain(password)[:MOST])
        except (VerificationError, InvalidHashError):
            return False
    return found and kept is not None


def is_outdated(kept: str) -> bool:
    """Whether a hash was made with weaker parameters than today's."""
    return _HASHER.check_needs_rehash(kept)


def refuse_weak(password: str, name: str) -> None:
    """Raises BadRequest for a password that is soon guessed: short, the user's name, or a few characters repeated.

    NIST SP 800-63B asks for length, and for no rules about kinds of characters.
    """
    text = _plain(password)
    if len(text) < LEAST:
        raise BadRequest(f"The password is too short: {LEAST} characters or more; a few words of your own will do")
    if len(text) > MOST:
        raise BadRequest(f"The password is too long: {MOST} characters or fewer")
    folded = text.casefold()
    if len(set(folded)) < 5 or folded.replace(name.casefold(), "") in ("", "1234", "2026") or "password" in folded:
        raise BadRequest("The password is too easy to guess; take a few words that only you would put together")


def _plain(password: str) -> str:
    # The same letters are written in more than one way by different keyboards.
    return unicodedata.normalize("NFC", password)


@cache
def _of_nobody() -> str:
    return _HASHER.hash("nobody has this password")


@contextmanager
def _one_of_few() -> Iterator[None]:
    if not _ROOM.acquire(timeout=PATIENCE_S):
        raise TooManyRequests("attempts to sign in", PATIENCE_S)
    try:
        yield
    finally:
        _ROOM.release()
