"""The entries of a feed, parsed a few at a time, so that a feed of any length takes little memory."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, BinaryIO, Literal

from sayso.reading.dates import parse_published

AT_ONCE = 50
_BLOCK = 262_144
_MOST_ENTRY = 4_000_000
_MOST_TAGS = 20_000
"""Of one entry, or of what stands before the first: feedparser takes half a minute for 300,000."""
_MOST_HEAD = 1_000_000
_MARK = re.compile(
    rb"<!\[CDATA\[(?:.*?\]\]>)?|<!--(?:.*?-->)?|<(?P<close>/?)(?P<name>(?:[\w.-]+:)?(?:item|entry))(?=[\s>/])[^<>]*?(?P<empty>/?)>",
    re.DOTALL | re.IGNORECASE,
)
_TAG = re.compile(
    rb"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)|<\?.*?(?:\?>|\Z)|<!\w[^<>]*>|<(/?)([\w:.-]+)[^<>]*?(/?)>",
    re.DOTALL,
)
_HARMLESS = ("CharacterEncodingOverride", "NonXMLContentType")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a feed, as far as it says."""

    number: int
    """Its place in the feed, from 1."""
    guid: str | None
    link: str | None
    title: str | None
    published: datetime | date | None
    updated: str | None
    """When it was last changed, as the feed has it; None where it does not say."""
    content: str
    """The full text, as HTML or plain; empty where the feed has none. A summary is none, unless there is no link."""
    author: str | None
    outlet: str | None
    """The feed's title, or of an entry taken over from another feed, that one's."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a feed."""

    kind: Literal["damaged", "truncated", "refused"]
    reason: str


def xml_entries(file: BinaryIO, *, url: str, charset: str | None, most: int) -> Iterator[Entry | Fault]:
    """The entries of a feed in XML (RSS, Atom, RDF), and at the end what is wrong with it.

    Relative links are completed from `url`. `charset` is what it was sent as; an entry over `most` bytes ends it.
    """
    count = 0
    wrong: list[str] = []
    head = None
    batch: list[bytes] = []
    faults: dict[str, Fault] = {}
    for part in _parts(_recoded(file, charset, most), min(most, _MOST_ENTRY)):
        if isinstance(part, Fault):
            faults.setdefault(part.kind, part)
        elif part.count(b"<") > _MOST_TAGS:
            what = "what stands before the first entry" if head is None else "an entry"
            faults.setdefault("refused", Fault("refused", f"{what} has over {_MOST_TAGS:,} tags"))
            if head is None:
                break
        elif head is None:
            head = part
        else:
            batch.append(part)
        if len(batch) == AT_ONCE:
            yield from _parsed(head or b"", batch, url, count, wrong)
            count += len(batch)
            batch = []
    yield from _parsed(head or b"", batch, url, count, wrong)
    if wrong:
        yield Fault("damaged", f"it is not well-formed XML ({wrong[0]}); what could be read of it was")
    yield from faults.values()


def _parsed(head: bytes, batch: list[bytes], url: str, before: int, wrong: list[str]) -> Iterator[Entry]:
    import feedparser

    document = head + b"".join(batch) + _closing(head)
    headers = {"content-type": "application/xml; charset=utf-8", "content-location": url}
    # Markup in it is taken apart by our own reader, which passes over scripts and follows nothing.
    feed = feedparser.parse(document, response_headers=headers, sanitize_html=False, resolve_relative_uris=False)
    error = feed.get("bozo_exception")
    if feed.get("bozo") and type(error).__name__ not in _HARMLESS:
        among = f"entries {before + 1} to {before + len(batch)}" if batch else "its head"
        said = re.sub(r"^<unknown>:\d+:\d+: ", "", str(error))
        wrong.append(f"{said} among {among}" if batch else said)
    title = _plain(feed.feed.get("title"))
    for number, raw in enumerate(feed.entries[: len(batch)], before + 1):
        yield _entry(raw, number, title)


def _entry(raw: Any, number: int, feed_title: str | None) -> Entry:
    contents = [str(each.get("value") or "") for each in raw.get("content", [])]
    links = [raw.get("link"), *(each.get("href") for each in raw.get("links", []) if each.get("rel") != "enclosure")]
    link = next((each for each in links if isinstance(each, str) and not each.startswith("urn:")), None)
    source = raw.get("source")
    outlet = _plain(source.get("title")) if isinstance(source, dict) else None
    return Entry(
        number,
        guid=raw.get("id") or None,
        link=link.strip() if link else None,
        title=_plain(raw.get("title")),
        published=_moment(raw, "published") or _moment(raw, "created") or _moment(raw, "updated"),
        # Asked for by its name alone, feedparser gives the day of publication where there is none.
        updated=dict.get(raw, "updated") or None,
        content=max(contents, key=len, default="") or ("" if link else str(raw.get("summary") or "")),
        author=_plain(raw.get("author")),
        outlet=outlet or feed_title,
    )


def _moment(raw: Any, name: str) -> datetime | date | None:
    stated = dict.get(raw, name)
    found = parse_published(stated)
    if isinstance(found, datetime):
        return found
    # Mail's way of writing dates, and others that feedparser knows; in UTC.
    parsed = dict.get(raw, f"{name}_parsed")
    try:
        return datetime.fromtimestamp(calendar.timegm(parsed), UTC) if parsed and ":" in str(stated) else found
    except (ValueError, OverflowError, OSError):
        return found


def _plain(words: Any) -> str | None:
    if not isinstance(words, str):
        return None
    return " ".join(re.sub(r"<[^<>]*>", "", words).split()) or None


def _parts(blocks: Iterator[bytes], most: int) -> Iterator[bytes | Fault]:
    """The feed's head, and then each entry's own bytes; a Fault where it is cut off or one is too large."""
    window = b""
    tag = b""
    start: int | None = None
    for block in blocks:
        window += block
        at, unclosed = 0, False
        while mark := _MARK.search(window, at):
            at = mark.end()
            if mark["name"] is None:
                if mark.group() in (b"<![CDATA[", b"<!--"):
                    # It ends in a later block: all from the entry's beginning on is looked at again then.
                    at, unclosed = mark.start(), True
                    break
                continue
            if not tag:
                if mark["close"]:
                    continue
                tag = mark["name"]
                yield window[: mark.start()]
            if mark["name"] != tag or mark["empty"]:
                continue
            if mark["close"]:
                if start is not None:
                    yield window[start:at]
                start = None
            else:
                if start is not None:
                    yield Fault("damaged", "an entry has no end tag")
                    yield window[start : mark.start()] + b"</" + tag + b">"
                start = mark.start()
        if tag:
            # An entry that is not at its end is looked at again from its beginning, with the next block.
            keep = start if start is not None else at if unclosed else max(at, window.rfind(b"<"))
            window = window[keep:]
            start = None
        if len(window) > most + (0 if tag else _MOST_HEAD):
            yield Fault("refused", f"an entry, or what stands before the first, is over the limit of {most:,} bytes")
            return
    if not tag:
        yield window
    elif re.match(rb"<" + re.escape(tag) + rb"[\s>]", window):
        yield Fault("truncated", "it ends in the middle of an entry")
    elif not re.search(rb"</(?:[\w.-]+:)?(?:rss|feed|rdf)\s*>", window, re.IGNORECASE):
        yield Fault("truncated", "it ends before its last tag")


def _closing(head: bytes) -> bytes:
    """The end tags that a document which goes on after this head needs."""
    open_tags: list[bytes] = []
    for found in _TAG.finditer(head):
        name = found[2]
        if name is None or found[3]:
            continue
        if not found[1]:
            open_tags.append(name)
        elif name in open_tags:
            while open_tags.pop() != name:
                continue
    return b"".join(b"</" + name + b">" for name in reversed(open_tags))


def _recoded(file: BinaryIO, charset: str | None, most: int) -> Iterator[bytes]:
    """The feed's bytes in UTF-8, by the block; without its declaration of an encoding, which would be wrong now."""
    from sayso.intake.encodings import decoder_of

    first = file.read(min(most, 1_000_000))
    decoder, mark = decoder_of(first, charset)
    text = decoder.decode(first[mark:])
    yield re.sub(r"<\?xml\b[^<>]{0,300}\?>\s*", "", text, count=1).lstrip().encode("utf-8", "replace")
    while block := file.read(_BLOCK):
        yield decoder.decode(block).encode("utf-8", "replace")
    yield decoder.decode(b"", True).encode("utf-8", "replace")
