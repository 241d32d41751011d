"""JSON-LD: the facts that a page or a feed states about an article (schema.org NewsArticle and its kin)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sayso.documents import OffsetMap
from sayso.reading.dates import parse_published
from sayso.reading.htmlscan import Token, attributes, page_blocks, tokens
from sayso.reading.mapped import Mapped, joined

_ARTICLE_TYPES = frozenset([
    "NewsArticle", "Article", "ReportageNewsArticle", "AnalysisNewsArticle", "OpinionNewsArticle",
    "ReviewNewsArticle", "BackgroundNewsArticle", "AskPublicNewsArticle", "AdvertiserContentArticle", "BlogPosting",
    "LiveBlogPosting",
])  # fmt: skip
NESTING = ("@graph", "mainEntity", "mainEntityOfPage", "hasPart", "itemListElement", "item")
"""Under which keys an article may lie in an object."""
_STRING = re.compile(r'"((?:[^"\\]++|\\.)*+)"', re.DOTALL)
_ESCAPE = re.compile(r"(?:\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.)", re.DOTALL)
_MARKUP = re.compile(r"</?(?:p|br|div|h\d|ul|li|a|em|strong|blockquote)\b[^>]*>", re.IGNORECASE)


@dataclass(slots=True)
class Facts:
    """What metadata says of an article; each may be missing, and none is believed against the text itself."""

    headline: str | None = None
    description: str | None = None
    authors: list[str] = field(default_factory=list)
    outlet: str | None = None
    published: datetime | date | None = None
    url: str | None = None
    language: str | None = None
    body: str | None = None


def facts_in_json(text: str) -> Facts | None:
    """The facts of the first article in a JSON-LD text: an object, an array, or an `@graph`; None where there is none.

    Of several articles the outermost is taken, else the one with the longest body. Damaged JSON gives None.
    """
    try:
        data = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None
    found = [_facts(each) for each in _articles(data, 0)]
    if found and isinstance(data, dict) and is_article_type(data.get("@type")) and found[0].body:
        return found[0]
    return max(found, key=lambda facts: len(facts.body or ""), default=None)


def facts_in_page(page: str, scanned: Iterable[Token] | None = None) -> Facts | None:
    """The facts in a page's `<script type="application/ld+json">` elements; `scanned` are its tokens, if at hand."""
    best: Facts | None = None
    wanted = False
    for token in tokens(page) if scanned is None else scanned:
        if token.kind == "open":
            wanted = token.name == "script" and "ld+json" in attributes(page, token).get("type", "").lower()
        elif token.kind == "raw" and wanted:
            raw = page[token.start : token.end].strip().removeprefix("<!--").removesuffix("-->")
            facts = facts_in_json(raw.replace("//<![CDATA[", "").replace("//]]>", ""))
            if facts and (best is None or len(facts.body or "") > len(best.body or "")):
                best = facts
    return best


def _articles(data: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth > 6:
        return
    if isinstance(data, list):
        for each in data[:200]:
            yield from _articles(each, depth + 1)
    elif isinstance(data, dict):
        if is_article_type(data.get("@type")):
            yield data
        for key in NESTING:
            yield from _articles(data.get(key), depth + 1)


def is_article_type(types: Any) -> bool:
    """Whether an `@type`, one or a list, names some kind of article."""
    names = [str(each).rsplit("/", 1)[-1] for each in (types if isinstance(types, list) else [types])]
    return not _ARTICLE_TYPES.isdisjoint(names)


def _facts(article: dict[str, Any]) -> Facts:
    authors = [name for each in _as_list(article.get("author")) if (name := _name(each))]
    outlets = [name for each in _as_list(article.get("publisher")) if (name := _name(each))]
    page = article.get("url") or article.get("mainEntityOfPage") or article.get("@id")
    url = page.get("@id") or page.get("url") if isinstance(page, dict) else page
    return Facts(
        headline=_string(article.get("headline")) or _string(article.get("name")),
        description=_string(article.get("description")) or _string(article.get("alternativeHeadline")),
        authors=authors,
        outlet=outlets[0] if outlets else None,
        published=parse_published(article.get("datePublished")) or parse_published(article.get("dateCreated")),
        url=url if isinstance(url, str) and url.startswith(("http://", "https://")) else None,
        language=_language(article.get("inLanguage")),
        body=_string(article.get("articleBody")) or _string(article.get("text")),
    )


def _as_list(value: Any) -> list[Any]:
    return value[:50] if isinstance(value, list) else [] if value is None else [value]


def _string(value: Any) -> str | None:
    return value if isinstance(value, str) and value.strip() else None


def _name(value: Any) -> str | None:
    return _string(value.get("name")) if isinstance(value, dict) else _string(value)


def _language(value: Any) -> str | None:
    name = _name(value[0] if isinstance(value, list) and value else value)
    return name.split("-")[0].lower() if name and re.fullmatch(r"[A-Za-z]{2,3}(?:-\w+)*", name) else None


def located(source: str, value: str) -> Mapped | None:
    """A string value of a JSON text with the way back to its place in it; None where it is not found.

    The value comes out folded like HTML text; where it holds HTML itself, without the tags.
    """
    for found in _STRING.finditer(source):
        if len(found[1]) < len(value):
            continue
        atoms = list(string_atoms(source, found.start(1), found.end(1)))
        if "".join(atom[0] for atom in atoms) == value:
            return Mapped.of(atoms)
    return None


def located_paragraphs(source: str, value: str) -> list[Mapped]:
    """Like `located`, one for each paragraph of a body; empty where it is not found."""
    for found in _STRING.finditer(source):
        if len(found[1]) < len(value):
            continue
        atoms = list(string_atoms(source, found.start(1), found.end(1)))
        if "".join(atom[0] for atom in atoms) != value:
            continue
        if _MARKUP.search(value):
            _, outer, _ = joined([Mapped(value, _pieces(atoms))])
            return [block.text.through(outer) for block in page_blocks(value)]
        paragraphs: list[list[tuple[str, int, int]]] = [[]]
        for atom in atoms:
            if "\n" in atom[0] and len(atom[0]) == 1:
                paragraphs.append([])
            else:
                paragraphs[-1].append(atom)
        return [mapped for each in paragraphs if (mapped := Mapped.of(each)).text]
    return []


def _pieces(atoms: list[tuple[str, int, int]]) -> list[Any]:
    from sayso.documents import Piece

    pieces, length = [], 0
    for text, origin, source_length in atoms:
        pieces.append(Piece(length, origin, len(text), source_length))
        length += len(text)
    return pieces


def string_atoms(source: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    """The atoms of a JSON string's inside, each escape one of its own and each line break too."""
    at = start
    for found in _ESCAPE.finditer(source, start, end):
        if found.start() > at:
            yield from _split_lines(source, at, found.start())
        try:
            yield json.loads(f'"{found.group()}"'), found.start(), len(found.group())
        except ValueError:
            yield found.group(), found.start(), len(found.group())
        at = found.end()
    if at < end:
        yield from _split_lines(source, at, end)


def _split_lines(source: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    for found in re.compile(r"\n|[^\n]+").finditer(source, start, end):
        yield found.group(), found.start(), len(found.group())


__all__ = [
    "NESTING", "Facts", "OffsetMap", "facts_in_json", "facts_in_page", "is_article_type", "located",
    "located_paragraphs", "string_atoms",
]  # fmt: skip
