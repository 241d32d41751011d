"""Reading: files, addresses, bytes and strings into an `Article`, with offsets back to the source.

`read_source` takes a file, an address or `-`; `read_bytes` what somebody else fetched; `read_text` a string.
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

from sayso.documents import Article, Source
from sayso.errors import EmptySource, NoSuchSource, TooLarge, UnreadableSource
from sayso.reading.articles import Given, compose_article
from sayso.reading.decoding import declared_charset, decode
from sayso.reading.formats import format_of
from sayso.reading.limits import Limits

__all__ = ["Limits", "read_bytes", "read_source", "read_text"]

_DEFAULT = Limits()


def read_source(
    name: str | Path, *, today: date | None = None, published: date | None = None, outlet: str | None = None,
    any_language: bool = False, limits: Limits = _DEFAULT,
) -> Article:  # fmt: skip
    """The article in a file, behind an http(s) address, or on standard input (`-`).

    `published` completes a dateline that gives no year and is the article's date; `today` only serves to warn of a
    date that lies ahead. Raises the subclasses of `UnreadableSource`: NotText, EmptySource, TooLarge, TookTooLong,
    NotEnglish (unless `any_language`), NoSuchSource, and for addresses RefusedAddress and FetchFailed.
    """
    given = Given(today, published, outlet, any_language, None, limits)
    if str(name) == "-":
        return _from_bytes(_within(sys.stdin.buffer.read(limits.max_bytes + 1), "-", limits), "-", given)
    from sayso.reading import fetch

    if isinstance(name, str) and fetch.is_url(name):
        page = fetch.fetch(name, limits)
        given = Given(today, published, outlet, any_language, page.url, limits)
        return _from_bytes(page.data, name, given, media_type=page.media_type, charset=page.charset)
    return _from_bytes(_read_file(Path(name), limits), str(name), given)


def read_bytes(
    data: bytes, name: str, *, media_type: str | None = None, charset: str | None = None, today: date | None = None,
    published: date | None = None, outlet: str | None = None, any_language: bool = False, limits: Limits = _DEFAULT,
) -> Article:  # fmt: skip
    """The article in some bytes. `media_type` and `charset` are what they were sent as; `name` may tell the format.

    Takes and raises what `read_source` does.
    """
    given = Given(today, published, outlet, any_language, None, limits)
    return _from_bytes(_within(data, name, limits), name, given, media_type=media_type, charset=charset)


def read_text(
    text: str, *, name: str = "text", today: date | None = None, published: date | None = None,
    outlet: str | None = None, any_language: bool = False, limits: Limits = _DEFAULT,
) -> Article:  # fmt: skip
    """The article in a string of plain text; its text is that string, tidied (`reading.mapped.cleaned`).

    >>> article = read_text("Mill to close\\n\\nOSLO, 3 May (NTB) - The mill will close.", published=date(2030, 5, 4))
    >>> article.headline.of(article.text), article.dateline.place, article.dateline.date.year
    ('Mill to close', 'OSLO', 2030)
    """
    if not any(map(str.isalpha, text)):
        raise EmptySource(name, "there is no letter in it" if text.strip() else "there is nothing in it")
    given = Given(today, published, outlet, any_language, None, limits)
    return compose_article(Source(name, text), "plain", given)


def _from_bytes(
    data: bytes, name: str, given: Given, *, media_type: str | None = None, charset: str | None = None
) -> Article:
    source = decode(data, name, charset=charset, inside=declared_charset(data))
    return compose_article(source, format_of(name, source.text, media_type), given)


def _read_file(path: Path, limits: Limits) -> bytes:
    try:
        with path.open("rb") as file:
            return _within(file.read(limits.max_bytes + 1), str(path), limits)
    except FileNotFoundError:
        raise NoSuchSource(str(path), "there is no such file", "Check the spelling") from None
    except IsADirectoryError:
        raise UnreadableSource(str(path), "it is a folder, not a file", "Name the files in it") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise UnreadableSource(str(path), f"it cannot be read ({reason})") from None


def _within(data: bytes, name: str, limits: Limits) -> bytes:
    if len(data) > limits.max_bytes:
        raise TooLarge(name, f"it is over the limit of {limits.max_bytes:,} bytes", "Give the article alone")
    return data
