"""Pages of lists that the archive gives whole: a cursor names the last item, so that nothing comes twice.

Searches and other lists of the archive have cursors of their own, which are handed on.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from sayso.archive.cursors import digest_of, no_cursor, values_in, word_of
from sayso.errors import BadSetting

Item = TypeVar("Item")
FORM = 1
MOST = 1_000_000
"""No list is read further than this."""


def paged(
    most: Callable[[int], Sequence[Item]],
    *,
    limit: int,
    after: str | None,
    key: Callable[[Item], Any],
    of: str,
) -> dict[str, Any]:
    """One page: `{"items": [...], "next": cursor or None}`.

    `most` gives so many of the first items, or all; `key` tells an item from all others, in plain data; `of` names the
    list with all that narrows it, to which a cursor is bound. Raises BadSetting for a cursor that is none, or of
    another list.
    """
    offset, last = unpacked(after, of=of) if after else (0, None)
    wanted = offset + limit + 1
    found = most(wanted)
    start = offset
    if after and (offset > len(found) or not offset or key(found[offset - 1]) != last):
        # Something came or went before it meanwhile: the page goes on behind the item itself, where it still is there.
        found = most(wanted + limit)
        start = next((place + 1 for place, each in enumerate(found) if key(each) == last), min(offset, len(found)))
    items = list(found[start : start + limit])
    more = len(found) > start + limit
    return {"items": items, "next": packed(start + limit, key(items[-1]), of=of) if more else None}


def paged_whole(
    found: Sequence[Item], *, limit: int, after: str | None, key: Callable[[Item], Any], of: str
) -> dict[str, Any]:
    """One page of a list that is at hand, as `paged` has it, with how many there are in all (`total`)."""
    page = paged(lambda most: found, limit=limit, after=after, key=key, of=of)
    return {**page, "total": len(found)}


def packed(offset: int, last: Any, *, of: str) -> str:
    """A cursor behind an item, as a word of letters, digits, `-` and `_`."""
    return word_of([FORM, digest_of(of), offset, last])


def unpacked(word: str, *, of: str) -> tuple[int, Any]:
    """How many items come before the page, and the key of the last of them. Raises BadSetting."""
    try:
        form, digest, offset, last = values_in(word)
        if form != FORM or not isinstance(offset, int) or not 0 < offset <= MOST:
            raise ValueError
    except (ValueError, TypeError):
        raise no_cursor(word) from None
    if digest != digest_of(of):
        raise BadSetting("after", word[:40], "the `next` of a page of this very list; begin at its first page")
    return offset, last
