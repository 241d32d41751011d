"""Which format a source is in: what it was sent as, what its name ends with, and what it looks like, in that order."""

from __future__ import annotations

import re
from typing import Literal

Format = Literal["plain", "markdown", "html", "json"]

_MEDIA_TYPES: dict[str, Format] = {
    "text/html": "html", "application/xhtml+xml": "html", "text/markdown": "markdown",
    "application/json": "json", "application/ld+json": "json",
}  # fmt: skip
_SUFFIXES: dict[str, Format] = {
    ".html": "html", ".htm": "html", ".xhtml": "html", ".md": "markdown", ".markdown": "markdown",
    ".json": "json", ".jsonld": "json",
}  # fmt: skip
_LOOKS_LIKE_HTML = re.compile(
    r"\s*(?:<!--.{0,2000}?-->\s*)*<(?:!doctype html|html|head|body|article)\b", re.I | re.DOTALL
)
_LOOKS_LIKE_JSON = re.compile(r"\s*[\[{]\s*[\"\[{]")


def format_of(name: str, text: str, media_type: str | None = None) -> Format:
    """The format to read a source as. A page that was saved as `.txt` is HTML all the same; stray tags are not.

    >>> format_of("notes.md", "# Title"), format_of("-", "<!doctype html><p>One"), format_of("a.txt", "One.")
    ('markdown', 'html', 'plain')
    """
    if media_type and (sent := _MEDIA_TYPES.get(media_type.split(";")[0].strip().lower())):
        return sent
    suffix = re.search(r"\.[A-Za-z0-9]{1,8}$", re.sub(r"[?#].*", "", name) if "://" in name else name)
    named = _SUFFIXES.get(suffix.group().lower()) if suffix else None
    if named:
        return named
    if _LOOKS_LIKE_HTML.match(text[:4_000]):
        return "html"
    if _LOOKS_LIKE_JSON.match(text[:200]) and '"@context"' in text[:100_000]:
        return "json"
    return "plain"
