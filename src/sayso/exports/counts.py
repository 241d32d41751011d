"""Counts as people read them."""

from __future__ import annotations


def counted(count: int, noun: str, plural: str | None = None) -> str:
    """A count with its noun.

    >>> counted(1, "article"), counted(2048, "article"), counted(2, "witness", "witnesses")
    ('1 article', '2,048 articles', '2 witnesses')
    """
    return f"{count:,} {noun if count == 1 else plural or noun + 's'}"
