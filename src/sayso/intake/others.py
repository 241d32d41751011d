"""Files that are read whole: an article, a transcript, or a news agency's package of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from sayso.intake.items import Failure, Item
from sayso.intake.jsonl import items_of_line
from sayso.intake.packages import package_items
from sayso.reading.limits import Limits


def other_items(
    file: BinaryIO, name: str, origin: str, *, limits: Limits, media_type: str | None = None,
    charset: str | None = None, url: str | None = None, is_transcript: bool = False, only_if_ours: bool = False,
) -> Iterator[Item | Failure] | None:  # fmt: skip
    """The article or transcript that a file is, or the articles that it holds.

    None where it is nothing of ours, which is only asked with `only_if_ours`: else it is taken for an article.
    """
    data = file.read(limits.max_bytes + 1)
    if len(data) > limits.max_bytes:
        advice = "Give the article alone, or a container that is read piece by piece (JSON Lines, WARC)"
        return iter([Failure("refused", name, origin, f"it is over the limit of {limits.max_bytes:,} bytes", advice)])
    if is_transcript:
        return iter([Item(name, origin, data, "transcript", media_type=media_type, charset=charset, url=url)])
    package = package_items(data, name, origin=origin, media_type=media_type, charset=charset, limits=limits)
    if package is not None:
        return iter(package)
    start = data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    if start == b"{" and (row := _row(data, name, origin, limits)):
        return iter([row])
    if only_if_ours:
        return None
    return iter([Item(name, origin, data, media_type=media_type, charset=charset, url=url)])


def _row(data: bytes, name: str, origin: str, limits: Limits) -> Item | None:
    """The article in a file with one JSON object that has a text; None where it has none."""
    made = list(items_of_line(data.strip(), name, origin, limits=limits))
    item = made[0] if len(made) == 1 else None
    return item if isinstance(item, Item) and len(item.data.split()) > 20 else None
