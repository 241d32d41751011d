"""By what an article or a transcript is known again: its address, its publisher's identifier, its file or its text."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from sayso.archive.forms import Given
from sayso.documents import Article, Transcript
from sayso.wordlists import read_rows

_TRACKING = Path(__file__).parent / "data" / "tracking_parameters.tsv"
_PORTS = {"http": 80, "https": 443}
_ADDRESS = re.compile(r"https?://", re.IGNORECASE)


def key_of(document: Article | Transcript, given: Given) -> str:
    """The key of a document: `url:`, else `guid:`, else `file:` with its full name, else `text:` with its id.

    An upload has no `file:`: two people's `article.txt` are two articles.

    >>> key_of(Article("a1", "Text", url="HTTPS://Tidewater.example/Bridge/?utm_source=x#top"), Given("page.html"))
    'url:https://tidewater.example/Bridge'
    """
    if document.url:
        return "url:" + canonical_url(document.url)
    if given.guid:
        return "guid:" + given.guid
    if _ADDRESS.match(given.name):
        return "url:" + canonical_url(given.name)
    if given.upload or given.name in ("", "-"):
        return "text:" + document.id
    return "file:" + str(Path(given.name).absolute())


def is_by_itself(key: str) -> bool:
    """Whether a key says nothing of what was published: the same text under another such key is the same article."""
    return key.startswith(("file:", "text:"))


def canonical_url(url: str) -> str:
    """One spelling for all addresses of the same page.

    Scheme and host in lower case, `http` as `https`, no port that goes without saying, no fragment, no parameters of
    advertisers, no slash at the end.

    >>> canonical_url("http://Tidewater.example:80/a/?b=1&fbclid=x&utm_medium=y#c")
    'https://tidewater.example/a?b=1'
    """
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        return url.strip()
    scheme, host = parts.scheme.lower(), (parts.hostname or "").lower()
    if not host:
        return url.strip()
    if port is not None and port != _PORTS.get(scheme):
        host += f":{port}"
    asked = [each for each in parts.query.split("&") if each and not _tracks(each.partition("=")[0])]
    # The same page is met under both schemes, and never are there two pages.
    scheme = "https" if scheme == "http" else scheme
    return urlunsplit((scheme, host, parts.path.rstrip("/"), "&".join(asked), ""))


def is_older(edition: str | None, than: str | None) -> bool:
    """Whether the publisher's number of a version comes before another; numbers as numbers, times as text.

    >>> is_older("9", "10"), is_older("2026-01-02", "2026-01-10"), is_older(None, "3")
    (True, True, False)
    """
    if edition is None or than is None:
        return False
    if edition.isdecimal() and than.isdecimal():
        return int(edition) < int(than)
    return edition < than


def _tracks(name: str) -> bool:
    whole, starts = _tracking()
    return name in whole or name.startswith(starts)


@cache
def _tracking() -> tuple[frozenset[str], tuple[str, ...]]:
    names = [row[0] for row in read_rows(_TRACKING)]
    return frozenset(names), tuple(name[:-1] for name in names if name.endswith("*"))
