"""Which format a transcript is in: by its first bytes, what it was sent as, how its name ends, what it looks like."""

from __future__ import annotations

import re
from typing import Literal

from sayso.reading.formats import LOOKS_LIKE_HTML

Format = Literal["plain", "markdown", "html", "vtt", "srt", "json", "pdf", "docx"]

_SUFFIXES: dict[str, Format] = {
    ".txt": "plain", ".text": "plain", ".md": "markdown", ".markdown": "markdown", ".html": "html", ".htm": "html",
    ".xhtml": "html", ".vtt": "vtt", ".srt": "srt", ".pdf": "pdf", ".docx": "docx", ".json": "json",
}  # fmt: skip
_MEDIA_TYPES: dict[str, Format] = {
    "text/html": "html", "application/xhtml+xml": "html", "text/markdown": "markdown", "text/vtt": "vtt",
    "application/x-subrip": "srt", "application/json": "json", "application/pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
}  # fmt: skip
READ_FROM_FOLDERS = (*_SUFFIXES, ".jsonl")
"""What is taken from a folder; a file that is named is read in any case."""
_TIMING = re.compile(r"^[ \t]*(?:\d+:)?\d{1,2}:\d\d[.,]\d{1,3}[ \t]*-->", re.MULTILINE)
_COMMA_TIMING = re.compile(r"^[ \t]*\d+:\d\d:\d\d,\d{1,3}[ \t]*-->", re.MULTILINE)


def format_of_bytes(data: bytes, name: str, media_type: str | None = None) -> Format | None:
    """The formats that are not text, by their first bytes; None for all others."""
    if data[:1024].lstrip().startswith(b"%PDF-"):
        return "pdf"
    if data.startswith(b"PK\x03\x04") and (b"word/" in data or _named(name, media_type) == "docx"):
        return "docx"
    return None


def format_of_text(name: str, text: str, media_type: str | None = None) -> Format:
    """The format to read a text as: subtitles and pages are known by their look, whatever their name.

    >>> format_of_text("talk.txt", "WEBVTT\\n\\n00:01.000 --> 00:02.000\\nYes"), format_of_text("a.txt", "Q: Yes?")
    ('vtt', 'plain')
    """
    named = _named(name, media_type)
    head = text[:4_000]
    if head.lstrip("\ufeff \r\n").startswith("WEBVTT"):
        return "vtt"
    if named in ("vtt", "srt") or (named in (None, "plain") and len(_TIMING.findall(head)) >= 2):
        return "srt" if _COMMA_TIMING.search(head) else "vtt" if named != "srt" else "srt"
    if named in ("html", "markdown", "json"):
        return named
    if LOOKS_LIKE_HTML.match(head):
        return "html"
    if re.match(r"\s*[\[{]\s*[\"\[{]", head) and re.search(
        r'"(?:text|speaker|turns|segments|transcript|results)"', text[:100_000]
    ):
        return "json"
    return "plain"


def _named(name: str, media_type: str | None) -> Format | None:
    if media_type and (sent := _MEDIA_TYPES.get(media_type.split(";")[0].strip().lower())):
        return sent
    suffix = re.search(r"\.[A-Za-z0-9]{1,8}$", re.sub(r"[?#].*", "", name) if "://" in name else name)
    return _SUFFIXES.get(suffix.group().lower()) if suffix else None
