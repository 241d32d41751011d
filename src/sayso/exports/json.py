"""The record for machines, as described in docs/format.md: whole documents, or one article a line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from sayso.documents import Article
from sayso.records import article_to_json

# A span over four lines is hard to read. Only layout holds a bare line break: inside JSON strings they are escaped.
_SPAN = re.compile(r"\[\n\s*(\d+),\n\s*(\d+)\n\s*\]")


def render(articles: Iterable[Article], *, many: bool = False) -> Iterator[str]:
    """One object, or an array of them where `many` is set, whatever the number of articles."""
    return documents(map(_pretty, articles), many=many)


def documents(written: Iterable[str], *, many: bool) -> Iterator[str]:
    """JSON documents as they are, or in an array of them."""
    if not many:
        for each in written:
            yield each + "\n"
        return
    opening = "[\n"
    for each in written:
        yield opening + each
        opening = ",\n"
    yield "[]\n" if opening == "[\n" else "\n]\n"


def render_lines(articles: Iterable[Article]) -> Iterator[str]:
    """One object a line, each as soon as its article is read."""
    for article in articles:
        yield json.dumps(record_of(article), ensure_ascii=False, separators=(",", ":")) + "\n"


def record_of(article: Article) -> dict[str, Any]:
    """The whole record in the JSON form, its profile included."""
    # Statements come with their word lists: not before there is something to count.
    from sayso.statements.profile import profile_of, profile_to_json

    return {**article_to_json(article), "profile": profile_to_json(profile_of(article))}


def _pretty(article: Article) -> str:
    return _SPAN.sub(r"[\1, \2]", json.dumps(record_of(article), ensure_ascii=False, indent=2))
