"""What a file or a page is: by its first bytes before its name, by its name before what it was sent as."""

from __future__ import annotations

import json
import re
from typing import Literal

from sayso.transcripts.formats import format_of_text

Kind = Literal["warc", "parquet", "feed", "lines", "transcript", "other"]
"""`other` is an article, a package of a news agency, or nothing of ours: only the whole of it tells."""

_ROOT = re.compile(
    # Nothing is gone back on: of many half-open comments there would be too many ways to read them.
    rb"\s*+(?:(?><\?.{0,2000}?\?>|<!--.{0,4000}?-->|<!DOCTYPE[^<>\[]{0,2000}+(?:\[.{0,8000}?\]\s*+)?>)\s*+)*+"
    rb"<(?:[\w.-]{1,40}:)?([A-Za-z][\w.-]{0,40})",
    re.DOTALL | re.IGNORECASE,
)
_JSON_FEED = re.compile(rb'"version"\s*:\s*"https?:(?:\\?/){2}(?:www\.)?jsonfeed\.org')
_FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json")
_LINES_TYPES = ("application/x-ndjson", "application/jsonl", "application/x-jsonlines", "application/jsonlines")

ARTICLES = (".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml", ".jsonld")
PIECEWISE = (".warc", ".jsonl", ".ndjson", ".parquet")
"""What has such a name is always read as that, piece by piece."""
CONTAINERS = (*PIECEWISE, ".rss", ".atom", ".rdf", ".vtt", ".srt", ".nitf", ".newsml", ".ninjs")
LOOKED_AT = (".xml", ".json")
"""In a folder these may be anything: they are taken where their content is ours."""


def taken_from_folders(name: str) -> bool:
    """Whether a file in a folder may be of ours, by its name."""
    return bare(name).endswith((*ARTICLES, *CONTAINERS, *LOOKED_AT))


def bare(name: str) -> str:
    """A file's name in lower case, without what says that it is packed."""
    return re.sub(r"[?#].*", "", name.lower() if "://" in name else name.lower().replace("#", "")).removesuffix(".gz")


def kind_of(head: bytes, name: str, media_type: str | None = None) -> Kind:
    """What begins with these bytes (unpacked).

    >>> kind_of(b"<?xml version='1.0'?><rss><channel>", "news"), kind_of(b"Mill to close", "mill.txt")
    ('feed', 'other')
    """
    start = head.replace(b"\0", b"").removeprefix(b"\xef\xbb\xbf").lstrip(b"\xff\xfe \t\r\n")
    suffix = "." + bare(name).rpartition(".")[2]
    if start.startswith(b"WARC/") or suffix == ".warc" or media_type == "application/warc":
        return "warc"
    if head.startswith(b"PAR1\x15") or suffix == ".parquet" or media_type == "application/vnd.apache.parquet":
        return "parquet"
    if _is_feed(start, suffix, media_type):
        return "feed"
    if start.startswith((b"{", b"[")) or suffix in (".jsonl", ".ndjson"):
        lines = suffix in (".jsonl", ".ndjson") or media_type in _LINES_TYPES or _are_lines(start)
        return "lines" if lines else "other"
    if media_type in ("text/vtt", "application/x-subrip"):
        return "transcript"
    shape = format_of_text(bare(name), start.decode("utf-8", "replace"), None)
    return "transcript" if shape in ("vtt", "srt") else "other"


def _is_feed(start: bytes, suffix: str, media_type: str | None) -> bool:
    root = _ROOT.match(start)
    if root:
        name = root[1].lower()
        # RDF says other things too; a page that says it is sent as a feed is none.
        return name in (b"rss", b"feed") or (name == b"rdf" and (b"purl.org/rss" in start or b"netscape.com" in start))
    if start.startswith(b"{"):
        return bool(_JSON_FEED.search(start[:4096])) or media_type == "application/feed+json"
    return suffix in (".rss", ".atom", ".rdf") or media_type in _FEED_TYPES


def _are_lines(start: bytes) -> bool:
    """Whether these are objects one a line: the first line is one and the second begins one."""
    first, _, rest = start.partition(b"\n")
    if not first.startswith(b"{") or not rest.lstrip().startswith(b"{"):
        return False
    try:
        return isinstance(json.loads(first), dict)
    except (ValueError, RecursionError):
        return False
