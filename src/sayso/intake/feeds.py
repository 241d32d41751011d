"""Feeds: each entry as an item, its full text from the feed itself where it has it, else from the page it leads to."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import urljoin

from sayso.errors import TooLarge, UnreadableSource
from sayso.intake.composed import composed
from sayso.intake.entries import Entry, Fault, xml_entries
from sayso.intake.failures import failure_at
from sayso.intake.items import Failure, Item
from sayso.intake.opening import Rest
from sayso.reading.dates import parse_published
from sayso.reading.fetch import SessionMaker, fetch, is_url
from sayso.reading.limits import Limits
from sayso.wordlists import read_rows

FULL_TEXT_WORDS = 60
"""An entry's content with fewer words is an excerpt."""
_AFTER = " .…»>→"
_TEASERS = Path(__file__).parent / "data/teasers.tsv"

Known = Callable[["FeedEntry"], bool]


class FeedEntry:
    """An entry that may be known already, before anything is fetched for it."""

    __slots__ = ("guid", "name", "origin", "published", "title", "url", "version")

    def __init__(self, entry: Entry, origin: str) -> None:
        base = origin if is_url(origin) else ""
        link = urljoin(base, entry.link) if entry.link else None
        self.url = link if link and re.match(r"https?://", link, re.IGNORECASE) else None
        # A guid is often only the feed's own number for it.
        self.guid = _everywhere(entry.guid, origin) or self.url
        self.name = self.url or f"{origin}#{entry.guid or entry.number}"
        """As of the item that it gives."""
        self.origin = origin
        self.version = entry.updated
        self.title = entry.title
        self.published = entry.published


def _everywhere(guid: str | None, origin: str) -> str | None:
    return guid if not guid or ":" in guid else f"{origin}#{guid}"


def feed_items(
    file: BinaryIO, name: str, *, limits: Limits, url: str | None = None, charset: str | None = None,
    known: Known | None = None, make_session: SessionMaker | None = None,
) -> Iterator[Item | Failure]:  # fmt: skip
    """The articles of a feed (RSS, Atom, RDF, JSON Feed), those left out that `known` says yes to.

    `name` is what the user named, `url` where relative links begin. What is broken comes at the end, after what could
    be read; a feed without an entry is a failure.
    """
    any_entry = any_fault = False
    for each in entries_of(file, url=url or (name if is_url(name) else ""), charset=charset, limits=limits):
        if isinstance(each, Fault):
            any_fault = True
            yield Failure(each.kind, name, name, each.reason, "Look at the feed in a validator")
            continue
        any_entry = True
        entry = FeedEntry(each, name)
        if known is None or not known(entry):
            yield item_of(each, entry, limits=limits, make_session=make_session)
    if not (any_entry or any_fault):
        yield Failure("unreadable", name, name, "there is no entry in this feed", "Try again when it has news")


def entries_of(file: BinaryIO, *, url: str, charset: str | None, limits: Limits) -> Iterator[Entry | Fault]:
    """The entries of a feed in whatever format, and its faults."""
    start = file.read(4096)
    rest = Rest(start, file)
    if start.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{":
        yield from _json_entries(rest, limits.max_bytes)
    else:
        yield from xml_entries(rest, url=url, charset=charset, most=limits.max_bytes)


def item_of(
    entry: Entry, known_as: FeedEntry, *, limits: Limits, make_session: SessionMaker | None = None
) -> Item | Failure:
    """The article of an entry: the feed's own full text, or the page that its link leads to."""
    name, origin = known_as.name, known_as.origin
    if _is_full(entry.content):
        authors = [entry.author] if entry.author else []
        try:
            data, media_type = composed(
                entry.content,
                headline=entry.title,
                authors=authors,
                published=entry.published,
                name=name,
                limits=limits,
            )
        except TooLarge as error:
            return failure_at(error, name, origin)
        if len(data) > limits.max_bytes:
            return Failure("refused", name, origin, f"its text has {len(data):,} bytes, over the limit")
        item = Item(name, origin, data, media_type=media_type, charset="utf-8", url=known_as.url)
    elif known_as.url is None:
        reason = "the entry has neither its full text nor a link to it"
        return Failure("unreadable", name, origin, reason, "Add the article's page")
    else:
        try:
            page = fetch(known_as.url, limits, make_session=make_session)
        except UnreadableSource as error:
            return failure_at(error, name, origin)
        item = Item(name, origin, page.data, media_type=page.media_type, charset=page.charset, url=page.url)
    return replace(
        item, guid=known_as.guid, version=entry.updated, outlet=entry.outlet, published=entry.published,
        headline=entry.title,
    )  # fmt: skip


def _is_full(content: str) -> bool:
    words = re.sub(r"<[^<>]*>", " ", content).split()
    if len(words) <= FULL_TEXT_WORDS:
        return False
    end = " ".join(words[-8:]).casefold().rstrip(_AFTER)
    return not end.endswith(_teasers())


@cache
def _teasers() -> tuple[str, ...]:
    return tuple(teaser.rstrip(_AFTER) for (teaser,) in read_rows(_TEASERS))


def _json_entries(file: BinaryIO, most: int) -> Iterator[Entry | Fault]:
    """The entries of a JSON Feed (jsonfeed.org, versions 1 and 1.1)."""
    data = file.read(most + 1)
    if len(data) > most:
        yield Fault("refused", f"it is over the limit of {most:,} bytes")
        return
    try:
        feed = json.loads(data, strict=False)
    except (ValueError, RecursionError):
        yield Fault("damaged", "it is not JSON all through")
        return
    items = feed.get("items") if isinstance(feed, dict) else None
    for number, raw in enumerate(items if isinstance(items, list) else [], 1):
        if isinstance(raw, dict):
            yield _json_entry(raw, number, _text(feed.get("title")))
        else:
            yield Fault("damaged", f"item {number} is no object")


def _json_entry(raw: dict[str, Any], number: int, title: str | None) -> Entry:
    authors = raw.get("authors") if isinstance(raw.get("authors"), list) else [raw.get("author")]
    names = [_text(each.get("name")) for each in authors or [] if isinstance(each, dict)]
    return Entry(
        number,
        guid=_text(raw.get("id")),
        link=_text(raw.get("url")) or _text(raw.get("external_url")),
        title=_text(raw.get("title")),
        published=parse_published(raw.get("date_published")),
        updated=_text(raw.get("date_modified")),
        content=_text(raw.get("content_html")) or _text(raw.get("content_text")) or "",
        author=", ".join(name for name in names if name) or None,
        outlet=title,
    )


def _text(value: Any) -> str | None:
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return value.strip() or None if isinstance(value, str) else None
