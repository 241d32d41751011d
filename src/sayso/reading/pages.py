"""HTML pages: what trafilatura and JSON-LD say is the article, found again among the page's own blocks.

The parser works in a child process (`extractor`) and only after a linear scan has refused bombs (`htmlscan`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from sayso.errors import EmptySource
from sayso.reading.alignment import align, key_of
from sayso.reading.dates import parse_published
from sayso.reading.extractor import Metadata, extract_main_text
from sayso.reading.htmlscan import OUTSIDE, PageBlock, attributes, page_blocks, refuse_bombs, tokens
from sayso.reading.jsonld import Facts, facts_in_page, located_paragraphs
from sayso.reading.layout import Kind, is_byline
from sayso.reading.limits import Limits
from sayso.reading.mapped import Mapped, unplaced

_STANDFIRST_HINT = re.compile(
    r"standfirst|strapline|(?:^|[\s_-])(?:dek|deck|sub-?title|sub-?head(?:line|ing)?|subhed|summary|excerpt|sell)(?=$|[\s_-])"
)
_BYLINE_HINT = re.compile(r"by-?line|(?:^|[\s_-])(?:authors?|contributors?|writers?|reporters?)(?=$|[\s_-])")
_NO_BYLINE = re.compile(r"follow|subscribe|sign up|share|comment|min(?:ute)?s? read|published|updated", re.IGNORECASE)
_FROM_JSON_LD = "the text was taken from the page's JSON-LD, not from what it shows"
_HEADINGS = ("h2", "h3", "h4", "h5", "h6")


@dataclass(slots=True)
class Parts:
    """The parts of an article in reading order, each with what is known of it, and the facts around it."""

    texts: list[Mapped]
    kinds: list[Kind | None]
    facts: Facts
    warnings: list[str] = field(default_factory=list)


def read_page(page: str, name: str, limits: Limits) -> Parts:
    """The parts of the article on an HTML page.

    Raises TooLarge for a bomb, TookTooLong where parsing ran past its limits, EmptySource where no article is found.
    """
    scanned = refuse_bombs(page, name, limits)
    facts = facts_in_page(page, scanned) or Facts()
    blocks = page_blocks(page, scanned)
    found = extract_main_text(page, name, limits, metadata=_missing(facts), enough=_enough(page, blocks))
    _complete(facts, page, found)
    warnings: list[str] = []
    chosen = _body(page, blocks, str(found.get("text") or ""), facts, warnings)
    if isinstance(chosen, list) and not chosen:
        raise EmptySource(name, "no article was found on the page", "Save the article's text alone")
    if not isinstance(chosen, list):
        texts, body_start, indexes = chosen.texts, len(blocks), set[int]()
    else:
        texts, body_start, indexes = [], chosen[0], set(chosen)
    head = _head(page, blocks, body_start, indexes, facts, has_page_body=isinstance(chosen, list))
    parts = Parts([], [], facts, warnings)
    for kind in ("headline", "standfirst", "byline"):
        if kind in head:
            parts.texts.append(head[kind][1])
            parts.kinds.append(kind)
    used = {index for index, _ in head.values() if index is not None}
    for text in texts:
        parts.texts.append(text)
        parts.kinds.append(None)
    for index in sorted(indexes - used):
        block = blocks[index]
        if block.tag == "h1" or "figcaption" in block.inside:
            continue
        parts.texts.append(block.text)
        parts.kinds.append("heading" if block.tag in _HEADINGS else "paragraph" if block.tag == "li" else None)
    return parts


@dataclass(slots=True)
class _Elsewhere:
    """A body that is not among the visible blocks: it stands in the page's JSON-LD, or could not be placed."""

    texts: list[Mapped]


def _body(
    page: str, blocks: list[PageBlock], extracted: str, facts: Facts, warnings: list[str]
) -> list[int] | _Elsewhere:
    lines = [line for line in extracted.splitlines() if line.strip()]
    chosen, share = align(blocks, lines)
    if facts.body and len(key_of(extracted)) < 0.6 * len(key_of(facts.body)):
        # The extraction missed most of what the page states is its article: a page drawn by a script, for one.
        stated, stated_share = align(blocks, re.split(r"\n+|(?<=[.!?”\"])\s+(?=[A-Z“\"])", facts.body))
        if stated_share > 0.6:
            return _with_headings(blocks, stated)
        if located := located_paragraphs(page, facts.body):
            warnings.append(_FROM_JSON_LD)
            return _Elsewhere(located)
    if chosen and share >= 0.5:
        return _with_headings(blocks, chosen)
    if facts.body and (located := located_paragraphs(page, facts.body)):
        # The extraction looks into JSON-LD too, where the page shows nothing.
        warnings.append(_FROM_JSON_LD)
        return _Elsewhere(located)
    if lines and len(extracted) > 200:
        warnings.append("the text could not be found again on the page: it has no offsets back to the source")
        return _Elsewhere([unplaced(line) for line in lines])
    paragraphs = [
        index
        for index, block in enumerate(blocks)
        if block.tag == "p" and not block.inside & OUTSIDE and len(block.text.text) >= 40
    ]
    if paragraphs:
        warnings.append("no article was marked out on the page: all its longer paragraphs were taken")
    return paragraphs


def _with_headings(blocks: list[PageBlock], chosen: list[int]) -> list[int]:
    """Also the section headings that the extraction left out: those right before a chosen paragraph."""
    taken = set(chosen)
    missed = [
        index - 1
        for index in chosen[1:]
        if index - 1 not in taken
        and blocks[index - 1].tag in ("h2", "h3", "h4")
        and not blocks[index - 1].inside & OUTSIDE
        and len(blocks[index - 1].text.text) <= 120
    ]
    return sorted([*chosen, *missed])


def _head(
    page: str, blocks: list[PageBlock], body_start: int, body: set[int], facts: Facts, *, has_page_body: bool
) -> dict[Kind, tuple[int | None, Mapped]]:
    """Headline, standfirst and byline with their block's index (None where they are no block of their own)."""
    head: dict[Kind, tuple[int | None, Mapped]] = {}
    top = _headline(blocks, body_start, facts)
    if top is not None:
        head["headline"] = top
    first = top[0] if top and top[0] is not None else max(body_start - 8, 0)
    description = key_of(facts.description or "")
    between = range(first, min(body_start + 3, len(blocks)) if has_page_body else len(blocks))
    for index in between:
        block = blocks[index]
        words = len(block.text.text.split())
        if (top and index == top[0]) or block.tag == "title" or block.inside & {"nav", "aside", "footer"}:
            continue
        text = block.text.text
        hinted = bool(_STANDFIRST_HINT.search(block.hints)) and block.tag != "li"
        described = bool(description) and key_of(text) == description and index < body_start
        second_line = block.tag == "h2" and index == first + 1 and index < body_start
        if "standfirst" not in head and 4 <= words <= 90 and (hinted or described or second_line):
            head["standfirst"] = (index, block.text)
        elif "byline" not in head and words <= 25 and _is_page_byline(block, facts.authors):
            head["byline"] = (index, block.text)
    return head


def _is_page_byline(block: PageBlock, authors: list[str]) -> bool:
    text = block.text.text
    if is_byline(text):
        return True
    named = any(author in text and len(text) <= len(author) + 60 for author in authors)
    hinted = bool(_BYLINE_HINT.search(block.hints)) and any(letter.isupper() for letter in text)
    return (named or hinted) and not _NO_BYLINE.search(text) and not re.search(r"[.!?][\"”]?$", text)


def _headline(blocks: list[PageBlock], body_start: int, facts: Facts) -> tuple[int | None, Mapped] | None:
    stated = facts.headline or ""
    wanted = set(re.findall(r"\w+", stated.casefold()))

    def likeness(index: int) -> float:
        words = set(re.findall(r"\w+", blocks[index].text.text.casefold()))
        return len(words & wanted) / max(len(words | wanted), 1)

    first_headings = [
        index
        for index, block in enumerate(blocks)
        if block.tag == "h1" and index <= body_start and not block.inside & {"nav", "footer"}
    ]
    if first_headings:
        best = max(first_headings, key=lambda index: (likeness(index), index)) if wanted else first_headings[-1]
        return best, blocks[best].text
    key = key_of(stated)
    if not key:
        return None
    for index, block in enumerate(blocks[: body_start + 1]):
        if block.tag != "title" and key_of(block.text.text) == key:
            return index, block.text
    for block in blocks:
        at = block.text.text.find(stated.strip())
        if block.tag == "title" and at >= 0:
            return None, block.text.slice(at, at + len(stated.strip()))
    return None, unplaced(stated)


def _missing(facts: Facts) -> Metadata:
    """What has to be looked for in the page's meta elements, since its JSON-LD does not say it."""
    if facts.published is None:
        return "all"
    known = facts.headline and facts.description and facts.authors and facts.outlet and facts.url
    return "none" if known else "undated"


def _enough(page: str, blocks: list[PageBlock]) -> int:
    """How long a text must be for there to be no other on the page that trafilatura would take in its place.

    It takes that of a fallback (readability, jusText) where this is over twice as long, or its own is short: under 250
    characters, or under 3,000 and a fifth of all that is shown. What readability may come to is at most what is not in
    menus, side bars and such lists as readers' comments are. 0, for there may be one whatever its length, where the
    page does not mark what is its article, or has teasers, which trafilatura keeps if nothing is to be compared with.
    """
    shown = prose = marked = 0
    for block in blocks:
        length = len(block.text.text)
        shown += length
        listed = "li" in block.inside and "article" not in block.inside and (block.tag != "li" or length < 80)
        if length >= _PROSE and not listed and block.inside.isdisjoint(OUTSIDE):
            prose += length
            marked += 0 if block.inside.isdisjoint(("article", "main")) else length
    if 2 * marked < prose or "teaser" in page or "Teaser" in page:
        return 0
    return max(500, prose // 2 + 1, min(3_100, shown // 5 + 1))


_PROSE = 25
"""Characters: readability passes over shorter paragraphs."""


def _complete(facts: Facts, page: str, found: dict[str, Any]) -> None:
    """Completes JSON-LD's facts by what trafilatura read from the page's meta elements."""
    facts.headline = facts.headline or found.get("title") or None
    facts.description = facts.description or found.get("description") or None
    if not facts.authors and found.get("author"):
        facts.authors = [name.strip() for name in str(found["author"]).split(";") if name.strip()]
    facts.outlet = facts.outlet or found.get("sitename") or None
    facts.published = facts.published or parse_published(found.get("date"))
    facts.url = facts.url or found.get("url") or None
    if facts.language is None:
        html_tag = next(
            (token for token in tokens(page[:20_000]) if token.kind == "open" and token.name == "html"), None
        )
        stated = attributes(page, html_tag).get("lang", "") if html_tag else ""
        facts.language = stated.split("-")[0].lower() or None
