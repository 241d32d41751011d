"""An article whose parts came apart (a row, a feed's entry) as bytes that `reading` takes."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import date, datetime

from sayso.reading.htmlscan import refuse_bombs
from sayso.reading.limits import Limits
from sayso.reading.lines import blocks_of

_DEFAULT = Limits()

_MARKUP = re.compile(r"</?(?:p|br|div|h[1-6]|ul|ol|li|blockquote|article|section)\b[^<>]{0,2000}>", re.IGNORECASE)
_PAGE = re.compile(r"\s*+(?:(?><!--.{0,2000}?-->)\s*+)*+<(?:!doctype html|html|head|body)\b", re.IGNORECASE | re.DOTALL)


def composed(
    text: str, *, headline: str | None = None, standfirst: str | None = None, authors: Sequence[str] = (),
    published: datetime | date | None = None, name: str = "text", limits: Limits = _DEFAULT,
) -> tuple[bytes, str]:  # fmt: skip
    """The bytes of an article with these parts, and their media type.

    A whole page stays a page, and a text that comes alone stays plain; else they are schema.org's NewsArticle, in which
    each part is known for what it is. A headline that opens the text too stands there once. Raises TooLarge for markup
    that would take too long to read.

    >>> composed("Mill to close\\n\\nThe mill will close in June.", headline="Mill to close")[1]
    'application/ld+json'
    """
    if _PAGE.match(text):
        return text.encode("utf-8", "replace"), "text/html"
    has_markup = bool(_MARKUP.search(text))
    if has_markup:
        refuse_bombs(text, name, limits)
    if not (headline or standfirst or authors or has_markup):
        return text.encode("utf-8", "replace"), "text/plain"
    body = text if has_markup else "\n".join(_paragraphs(text, headline))
    said = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": " ".join(headline.split()) if headline else None,
        "description": standfirst,
        "author": [{"@type": "Person", "name": author} for author in authors],
        "datePublished": published.isoformat() if published else None,
        "articleBody": body,
    }
    kept = {name: value for name, value in said.items() if value}
    return json.dumps(kept, ensure_ascii=False, indent=1).encode("utf-8", "replace"), "application/ld+json"


def _paragraphs(text: str, headline: str | None) -> list[str]:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    found = [" ".join(span.of(text).split()) for span in blocks_of(text)]
    return found[1:] if headline and len(found) > 1 and _same(found[0], headline) else found


def _same(one: str, other: str) -> bool:
    return re.sub(r"\W+", "", one).casefold() == re.sub(r"\W+", "", other).casefold()
