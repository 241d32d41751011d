"""What all cursors share: plain values as a word of letters, digits, `-` and `_`, bound to the list they are of.

What the values are, and what a place in a list is, each list knows for itself.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Sequence
from typing import Any

from sayso.errors import BadSetting


def word_of(values: Sequence[Any]) -> str:
    """Plain values as a word that a caller hands back unread."""
    data = json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def values_in(word: str) -> Any:
    """The values in such a word. Raises ValueError for what is none.

    >>> values_in(word_of([1, "a place"]))
    [1, 'a place']
    """
    try:
        return json.loads(base64.b64decode(word + "=" * (-len(word) % 4), altchars=b"-_", validate=True))
    except RecursionError:
        raise ValueError("it has no bottom") from None


def digest_of(text: str) -> str:
    """By what a cursor knows its list again; short, for it only has to tell a mistake."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def no_cursor(word: str) -> BadSetting:
    """The error for a word that is no cursor."""
    return BadSetting("after", word[:40], "the `next` of a page, as it was given")
