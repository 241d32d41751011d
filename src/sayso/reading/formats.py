"""Which format a source is in: what it was sent as, what its name ends with, and what it looks like, in that order."""

from __future__ import annotations

import re
from typing import Literal

Format = Literal["plain", "markdown", "html", "json", "xml"]

_MEDIA_TYPES: dict[str, Format] = {
    "text/html": "html", "application/xhtml+xml": "html", "text/markdown": "markdown",
    "application/json": "json", "application/ld+json": "json",
    "application/xml": "xml", "text/xml": "xml", "application/nitf+xml": "xml", "text/vnd.iptc.nitf": "xml",
    "application/vnd.iptc.g2.newsitem+xml": "xml", "application/vnd.iptc.g2.newsmessage+xml": "xml",
    "application/vnd.iptc.g2.packageitem+xml": "xml", "text/vnd.iptc.newsml": "xml",
}  # fmt: skip
_SUFFIXES: dict[str, Format] = {
    ".html": "html", ".htm": "html", ".xhtml": "html", ".md": "markdown", ".markdown": "markdown",
    ".json": "json", ".jsonld": "json",
    ".xml": "xml", ".nitf": "xml", ".newsml": "xml", ".ninjs": "json",
}  # fmt: skip
LOOKS_LIKE_HTML = re.compile(
    r"\s*+(?:(?><!--.{0,2000}?-->)\s*+)*+<(?:!doctype html|html|head|body|article)\b", re.I | re.DOTALL
)
_LOOKS_LIKE_JSON = re.compile(r"\s*[\[{]\s*[\"\[{]")
_NINJS = re.compile(r'"(?:versioncreated|body_(?:text|xhtml)|bodies|headlines|pubstatus)"', re.IGNORECASE)
_XML_ELEMENT = re.compile(
    # Nothing is gone back on: of many half-open comments there would be too many ways to read them.
    r"\s*+(?:(?><\?.{0,2000}?\?>|<!--.{0,2000}?-->|<!DOCTYPE[^<>]{0,2000}+>)\s*+)*+"
    r"<(?:[\w.\-]{1,40}:)?([A-Za-z][\w.\-]{0,40})",
    re.DOTALL,
)
_XML_ROOTS = frozenset(
    "newsItem newsMessage packageItem conceptItem knowledgeItem planningItem catalogItem NewsML NewsItem nitf".split()
)


def format_of(name: str, text: str, media_type: str | None = None) -> Format:
    """The format to read a source as. A page that was saved as `.txt` is HTML all the same; stray tags are not.

    >>> format_of("notes.md", "# Title"), format_of("-", "<!doctype html><p>One"), format_of("a.txt", "One.")
    ('markdown', 'html', 'plain')
    """
    if media_type and (sent := _MEDIA_TYPES.get(media_type.split(";")[0].strip().lower())):
        return _page_or_xml(text) if sent == "xml" else sent
    suffix = re.search(r"\.[A-Za-z0-9]{1,8}$", re.sub(r"[?#].*", "", name) if "://" in name else name)
    named = _SUFFIXES.get(suffix.group().lower()) if suffix else None
    if named:
        return _page_or_xml(text) if named == "xml" else named
    if LOOKS_LIKE_HTML.match(text[:4_000]):
        return "html"
    head = text[:100_000]
    if _LOOKS_LIKE_JSON.match(text[:200]) and ('"@context"' in head or ('"uri"' in head and _NINJS.search(head))):
        return "json"
    outermost = _XML_ELEMENT.match(text[:8_000])
    if outermost and (outermost[1] in _XML_ROOTS or text.lstrip("\ufeff \t\r\n").startswith("<?xml")):
        return _page_or_xml(text)
    return "plain"


def _page_or_xml(text: str) -> Format:
    """XHTML is a page, whatever it is sent or named as."""
    outermost = _XML_ELEMENT.match(text[:8_000])
    return "html" if outermost and outermost[1].lower() == "html" else "xml"
