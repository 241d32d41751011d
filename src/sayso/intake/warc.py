"""WARC files: each page that a crawler was sent, as an item; what did not come in whole, as a failure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import PurePath
from typing import BinaryIO
from urllib.parse import urlsplit

from sayso.intake.http import BadBody, response_in
from sayso.intake.items import Failure, Item
from sayso.intake.passing import passed_over, told_of
from sayso.intake.records import Head, Loss, Record, records_of
from sayso.reading.limits import Limits

Progress = Callable[[int, int | None, str], None]

_PAGE_TYPES = ("text/html", "application/xhtml+xml", "text/plain", "application/ld+json", "application/json")
_ADVICE = "Crawl the page again, or get a whole copy of the file"
_HEADERS = 65_536


def warc_items(
    file: BinaryIO, size: int, name: str, *, limits: Limits, on_note: Callable[[str], None] | None = None,
    on_progress: Progress | None = None,
) -> Iterator[Item | Failure]:  # fmt: skip
    """The pages of a WARC file that can be sought in, as they stand in it.

    Responses and resources come out that are HTML, plain text, or JSON with an article in it, and were not refused by
    their server. Requests, revisits (their text is elsewhere), images and the like are passed over and counted for
    `on_note`. A file without a single page is a failure.
    """
    passed: Counter[str] = Counter()
    found = False

    def told(records: Iterator[Record | Loss]) -> Iterator[Record | Loss]:
        for each in records:
            if on_progress:
                on_progress(each.offset, size, "bytes")
            yield each

    records = records_of(file, size, most=most_of(limits), wanted=wanted)
    for _, made in pages_in(told(records), size, name, limits=limits, passed=passed):
        found = True
        yield made
    if on_progress:
        on_progress(size, size, "bytes")
    if on_note and (note := passed_over(name, passed)):
        on_note(note)
    if not found:
        yield no_page(name, passed)


def pages_in(
    records: Iterable[Record | Loss], size: int, name: str, *, limits: Limits, passed: Counter[str]
) -> Iterator[tuple[Record | Loss, Item | Failure]]:
    """The items and failures that the records of a file of this size give, each with its record or loss.

    What gives none is counted in `passed`.
    """
    for each in records:
        made = _lost(each, name, size) if isinstance(each, Loss) else _page(each, name, limits, passed)
        if made is not None:
            yield each, made


def most_of(limits: Limits) -> int:
    """The largest block of a record that is read, in bytes."""
    return limits.max_bytes + _HEADERS


def no_page(name: str, passed: Counter[str]) -> Failure:
    """The failure of a file without a single page."""
    only = f", only {told_of(passed)}" if passed else ", nor anything else"
    return Failure("unreadable", name, name, f"there is no page in it{only}")


def wanted(head: Head) -> bool:
    """Whether a record may be of a page, by its head."""
    return head["warc-type"].lower() in ("response", "resource", "conversion")


def _lost(loss: Loss, name: str, size: int) -> Failure:
    where = f"{loss.offset:,}" + (f" (unpacked: {loss.place:,})" if loss.place else "")
    reason = f"{loss.reason}; from byte {where} of {size:,} on, {loss.passed:,} bytes were passed over"
    return Failure(loss.kind, _place(loss, name), name, reason, _ADVICE)


def _place(part: Record | Loss, name: str) -> str:
    return f"{name}#{part.offset}" + (f"+{part.place}" if part.place else "")


def _page(record: Record, name: str, limits: Limits, passed: Counter[str]) -> Item | Failure | None:
    """What a record gives; None where it is none of a page, which is counted."""
    place = _place(record, name)
    kind = record.head["warc-type"].lower()
    if not wanted(record.head):
        passed[f"{kind[:30]} records"] += 1
        return None
    url = record.head.get("warc-target-uri", "").strip("<> ")
    try:
        if urlsplit(url).scheme.lower() not in ("http", "https", "file", "ftp", ""):
            passed["notes of the crawler's own"] += 1
            return None
    except ValueError:
        url = ""
    if record.block is None:
        return Failure("refused", place, name, f"it has {record.length:,} bytes, over the limit", "Add the page alone")
    media, charset, data = record.head.get("content-type", ""), None, record.block
    if kind == "response" or media.lower().startswith("application/http"):
        response = response_in(record.block)
        if response is None:
            if media.lower().startswith("application/http"):
                return Failure("damaged", place, name, "there is no HTTP response in it", _ADVICE)
            passed["responses other than HTTP"] += 1
            return None
        if not 200 <= response.status < 300:
            passed["redirects and pages that the server refused"] += 1
            return None
        media = response.head.get("content-type", "")
        if not _is_page(media, url):
            passed["images, scripts and other files"] += 1
            return None
        try:
            data = response.body(limits.max_bytes)
        except BadBody as error:
            return Failure(error.kind, place, name, str(error), _ADVICE)
    elif not _is_page(media, url):
        passed["images, scripts and other files"] += 1
        return None
    if len(data) > limits.max_bytes:
        return Failure("refused", place, name, f"it has {len(data):,} bytes, over the limit", "Add the page alone")
    if cut := record.head.get("warc-truncated"):
        return Failure("truncated", place, name, f"its crawler cut it off ({cut[:40]})", _ADVICE)
    media_type, charset = _content_type(media)
    if media_type == "application/json" and b'"@context"' not in data and b'"uri"' not in data:
        passed["answers to programs"] += 1
        return None
    if not data.strip():
        passed["empty pages"] += 1
        return None
    return Item(place, name, data, media_type=media_type or None, charset=charset, url=url or None)


def _is_page(media: str, url: str) -> bool:
    media_type, _ = _content_type(media)
    if media_type == "text/plain" and PurePath(urlsplit(url).path).suffix.lower() in (".js", ".css", ".log", ".csv"):
        return False
    return media_type in _PAGE_TYPES and not urlsplit(url).path.endswith("/robots.txt")


def _content_type(media: str) -> tuple[str, str | None]:
    first, _, rest = media.partition(";")
    label, _, charset = rest.partition("=")
    return first.strip().lower(), charset.strip("\"' ") or None if label.strip().lower() == "charset" else None
