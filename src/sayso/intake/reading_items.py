"""One item read: its bytes into an article or a transcript, with what its container says where itself does not say."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from urllib.parse import urlsplit

from sayso.documents import Article, Span, Transcript
from sayso.intake.items import Item
from sayso.reading import read_bytes
from sayso.reading.alignment import key_of
from sayso.reading.datelines import find_dateline
from sayso.reading.dates import day_of
from sayso.reading.limits import Limits
from sayso.transcripts import read_transcript_bytes

_DEFAULT = Limits()
_HEAD_CHARACTERS = 4_000


def read_item(
    item: Item, *, limits: Limits = _DEFAULT, any_language: bool = False, published: date | None = None,
    outlet: str | None = None,
) -> Article | Transcript:  # fmt: skip
    """The article or the transcript of an item. `published` and `outlet` are the user's word, which counts most.

    Date, outlet, address and headline are the source's own where it says them, else its container's. Raises
    UnreadableSource.
    """
    if item.kind == "transcript":
        return read_transcript_bytes(
            item.data, item.name, media_type=item.media_type, charset=item.charset, url=item.url,
            date=published or day_of(item.published), limits=limits,
        )  # fmt: skip
    plain = item.media_type == "text/plain"
    article = read_bytes(
        item.data, item.name, media_type=item.media_type, charset=item.charset, any_language=any_language,
        # A plain text says its day in a dateline without a year, which the container's date completes.
        published=published or (day_of(item.published) if plain else None), outlet=outlet, limits=limits,
    )  # fmt: skip
    if item.published is not None and published is None and (plain or article.published is None):
        article.published = item.published
        _complete_dateline(article)
    article.outlet = article.outlet or item.outlet
    article.url = _address(article.url, item.url)
    if article.headline is None and item.headline:
        _set_headline(article, item.headline)
    return article


def _complete_dateline(article: Article) -> None:
    line = article.dateline
    if line is None or line.date is not None or not article.paragraphs:
        return
    found = find_dateline(article.text, article.paragraphs[0], published=day_of(article.published))
    if found is not None and found.span == line.span:
        article.dateline = replace(line, date=found.date)


def _address(stated: str | None, fetched: str | None) -> str | None:
    """The page's own address for itself, unless it names another site, or the front page for every article."""
    if not stated or not fetched:
        return stated or fetched
    try:
        own, other = urlsplit(stated), urlsplit(fetched)
    except ValueError:
        return fetched
    front_page = own.path in ("", "/") and not own.query
    return stated if _site(own.hostname) == _site(other.hostname) and not front_page else fetched


def _site(host: str | None) -> str:
    return re.sub(r"^(?:www|m|mobile|amp)\.", "", (host or "").lower())


def _set_headline(article: Article, headline: str) -> None:
    """Take for the headline the paragraph near the top that says what the container has as one."""
    wanted = key_of(headline)
    for index, span in enumerate(article.paragraphs):
        if span.start > _HEAD_CHARACTERS or not wanted:
            return
        if key_of(span.of(article.text)) == wanted:
            article.headline = Span(*span)
            del article.paragraphs[index]
            return
