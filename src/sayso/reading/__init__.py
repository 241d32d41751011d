"""Reading: bytes, files and addresses into an `Article`, with offsets back to the source.

read_source  a file, a URL, or "-" for standard input
read_bytes   bytes that somebody else fetched
read_text    a string of plain text
"""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

from sayso.documents import Article, OffsetMap, Piece, Source
from sayso.errors import EmptySource, NoSuchSource, TooLarge, UnreadableSource
from sayso.reading.decoding import decode
from sayso.reading.layout import Block, Layout, lay_out
from sayso.reading.limits import Limits
from sayso.reading.lines import blocks_of

__all__ = ["Limits", "read_bytes", "read_source", "read_text"]

_DEFAULT = Limits()


def read_source(
    name: str | Path, *, today: date | None = None, published: date | None = None, outlet: str | None = None,
    any_language: bool = False, limits: Limits = _DEFAULT,
) -> Article:  # fmt: skip
    """The article in a file, behind an http(s) address, or on standard input (`-`)."""
    data = _read_file(Path(name), limits) if str(name) != "-" else _read_stdin(limits)
    return read_bytes(data, str(name), published=published, outlet=outlet, any_language=any_language, limits=limits)


def read_bytes(
    data: bytes, name: str, *, media_type: str | None = None, charset: str | None = None, today: date | None = None,
    published: date | None = None, outlet: str | None = None, any_language: bool = False, limits: Limits = _DEFAULT,
) -> Article:  # fmt: skip
    """The article in some bytes."""
    if len(data) > limits.max_bytes:
        raise TooLarge(name, f"it has {len(data):,} bytes, over the limit of {limits.max_bytes:,}")
    return _plain(decode(data, name, charset=charset), published=published, outlet=outlet, limits=limits)


def read_text(
    text: str, *, name: str = "text", today: date | None = None, published: date | None = None,
    outlet: str | None = None, any_language: bool = False, limits: Limits = _DEFAULT,
) -> Article:  # fmt: skip
    """The article in a string of plain text."""
    if not text.strip():
        raise EmptySource(name, "there is nothing in it")
    return _plain(Source(name, text), published=published, outlet=outlet, limits=limits)


def _plain(source: Source, *, published: date | None, outlet: str | None, limits: Limits) -> Article:
    text, offsets = _clean(source.text)
    blocks = [Block(span) for span in blocks_of(text)]
    layout = lay_out(text, blocks, published=published)
    when = published or (layout.published.complete(None) if layout.published else None)
    return Article(
        id="a" + hashlib.sha256(text.encode()).hexdigest()[:12], text=text, source=source, offsets=offsets,
        language="en", headline=layout.headline, standfirst=layout.standfirst, byline=layout.byline,
        dateline=layout.dateline, sections=layout.sections, paragraphs=layout.paragraphs, outlet=outlet,
        published=when, warnings=list(source.notes),
    )  # fmt: skip


def _clean(source_text: str) -> tuple[str, OffsetMap | None]:
    """The text with one kind of line break and no lone surrogates; the map is None where nothing had to change."""
    text = re.sub("[\ud800-\udfff]", "\ufffd", source_text)
    if "\r" not in text:
        return text, None
    pieces: list[Piece] = []
    parts: list[str] = []
    at = start = 0
    for found in re.finditer(r"\r\n?", text):
        run = text[at : found.start()]
        if run:
            pieces.append(Piece(start, at, len(run), len(run)))
        pieces.append(Piece(start + len(run), found.start(), 1, len(found.group())))
        parts += [run, "\n"]
        start += len(run) + 1
        at = found.end()
    if at < len(text):
        pieces.append(Piece(start, at, len(text) - at, len(text) - at))
        parts.append(text[at:])
    return "".join(parts), OffsetMap(tuple(pieces))


def _read_file(path: Path, limits: Limits) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(limits.max_bytes + 1)
    except FileNotFoundError:
        raise NoSuchSource(str(path), "there is no such file", "Check the spelling") from None
    except IsADirectoryError:
        raise UnreadableSource(str(path), "it is a folder, not a file", "Name the files in it") from None
    except OSError as error:
        raise UnreadableSource(str(path), f"it cannot be read ({error.strerror})") from None
    return _within(data, str(path), limits)


def _read_stdin(limits: Limits) -> bytes:
    return _within(sys.stdin.buffer.read(limits.max_bytes + 1), "-", limits)


def _within(data: bytes, name: str, limits: Limits) -> bytes:
    if len(data) > limits.max_bytes:
        raise TooLarge(name, f"it is over the limit of {limits.max_bytes:,} bytes", "Give the article alone")
    return data
