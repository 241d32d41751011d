"""HTML pages: the blocks of the page's main part, with what is bold, struck out, or marked as a speaker's name.

Which part of the page is its content is asked of the same extraction that articles are read with; of what lies between
its first and its last block nothing is left out, since it drops short lines, and a transcript is full of them.
"""

from __future__ import annotations

import re
from collections import defaultdict

from sayso.documents import Source, Span
from sayso.errors import EmptySource
from sayso.reading.alignment import align
from sayso.reading.dates import day_of, parse_published
from sayso.reading.extractor import extract_main_text
from sayso.reading.htmlscan import OUTSIDE, PageBlock, Token, attributes, page_blocks, refuse_bombs, tokens
from sayso.reading.jsonld import Facts, facts_in_page, located_paragraphs
from sayso.reading.limits import Limits
from sayso.reading.mapped import joined
from sayso.transcripts.draft import Draft
from sayso.transcripts.places import Places, with_line_breaks

_OUTSIDE = OUTSIDE | {"figure"}
_AROUND = re.compile(
    r"related|share|social|comment|newsletter|promo|cookie|breadcrumb|subscribe|advert|sidebar|footer|menu"
)
_NAME_HINT = re.compile(r"(?:^|[\s_-])(?:speaker|speaker-?name|transcript-?speaker|person|participant)(?=$|[\s_-])")
_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)")
_BOLD = frozenset(["strong", "b", "h2", "h3", "h4", "h5", "h6"])
_STRUCK = frozenset(["del", "s", "strike"])


def read_page(source: Source, limits: Limits) -> Draft:
    """The draft of a page. Raises TooLarge for a bomb, TookTooLong past the limits, EmptySource without text."""
    page, name = source.text, source.name
    refuse_bombs(page, name, limits)
    found = extract_main_text(page, name, limits)
    facts = facts_in_page(page) or Facts()
    blocks = page_blocks(page)
    chosen = _main_part(blocks, str(found.get("text") or ""))
    warnings: list[str] = []
    marks = _Marks(page)
    parts = [with_line_breaks(block.text, marks.breaks_in(block)) for block in chosen]
    if facts.body and 2 * sum(len(part.text) for part in parts) < len(facts.body):
        parts = located_paragraphs(page, facts.body)
        warnings.append("the text was taken from the page's JSON-LD, not from what it shows")
    if not parts:
        raise EmptySource(name, "no text was found on the page", "Save the transcript alone")
    text, offsets, _ = joined(parts)
    places = Places(offsets)
    return Draft(
        text,
        source,
        offsets,
        labels=places.spans(marks.names),
        bold=places.spans(marks.bold),
        struck=places.spans(marks.struck),
        inserted=places.spans(marks.inserted),
        title=_title(blocks, facts, found.get("title")),
        date=day_of(facts.published or parse_published(found.get("date"))),
        url=facts.url or found.get("url") or None,
        language=facts.language,
        warnings=warnings,
    )


def _title(blocks: list[PageBlock], facts: Facts, extracted: object) -> str | None:
    heading = next((block.text.text for block in blocks if block.tag == "h1" and not block.inside & _OUTSIDE), None)
    shown = next((block.text.text for block in blocks if block.tag == "title"), None)
    return heading or facts.headline or (extracted if isinstance(extracted, str) and extracted else None) or shown


def _main_part(blocks: list[PageBlock], extracted: str) -> list[PageBlock]:
    """The blocks of the page's content, short ones between them included."""
    body = [index for index, block in enumerate(blocks) if block.tag != "title" and not block.inside & _OUTSIDE]
    chosen, _ = align(blocks, [line for line in extracted.splitlines() if line.strip()])
    chosen = [index for index in chosen if index in set(body)]
    long = sum(len(blocks[index].text.text) for index in chosen)
    whole = sum(len(blocks[index].text.text) for index in body)
    marked = [index for index in body if blocks[index].inside & {"article", "main"}]
    if not chosen or long * 4 < whole:
        # The extraction found little of what the page holds: it knows articles, not dialogues.
        return [blocks[index] for index in marked or body]
    first, last = chosen[0], chosen[-1]
    around = blocks[last].inside
    while last + 1 < len(blocks) and blocks[last + 1].inside == around and not _AROUND.search(blocks[last + 1].hints):
        last += 1
    around = blocks[first].inside
    while first > 0 and blocks[first - 1].inside == around and not _AROUND.search(blocks[first - 1].hints):
        first -= 1
    return [blocks[index] for index in body if first <= index <= last]


class _Marks:
    """Where a page has bold, struck, inserted words, speakers' names, and line breaks."""

    def __init__(self, page: str) -> None:
        self.bold: list[Span] = []
        self.struck: list[Span] = []
        self.inserted: list[Span] = []
        self.names: list[Span] = []
        self._breaks: list[int] = []
        opened: dict[str, list[tuple[int, list[Span] | None]]] = defaultdict(list)
        for token in tokens(page):
            if token.kind == "open" and token.name == "br":
                self._breaks.append(token.start)
            elif token.kind == "open":
                opened[token.name].append((token.end, self._list_for(page, token)))
                del opened[token.name][:-200]
            elif token.kind == "close" and opened[token.name]:
                start, kept = opened[token.name].pop()
                if kept is not None and start < token.start:
                    kept.append(Span(start, token.start))

    def _list_for(self, page: str, token: Token) -> list[Span] | None:
        if token.name in _BOLD:
            return self.bold
        if token.name in _STRUCK:
            return self.struck
        if token.name == "ins":
            return self.inserted
        if token.name == "dt":
            return self.names
        if token.end - token.start > len(token.name) + 8:
            found = attributes(page, token)
            hints = " ".join(found.get(key, "") for key in ("class", "id", "itemprop", "data-speaker"))
            if _NAME_HINT.search(hints.lower()):
                return self.names
            if token.name in ("span", "p", "font") and _BOLD_STYLE.search(found.get("style", "").lower()):
                return self.bold
        return None

    def breaks_in(self, block: PageBlock) -> list[int]:
        """The places of a block's text where the page breaks the line."""
        from bisect import bisect_left

        found = []
        for piece in block.text.pieces:
            if block.text.text[piece.start : piece.start + piece.length] == " ":
                at = bisect_left(self._breaks, piece.origin)
                if at < len(self._breaks) and self._breaks[at] < piece.origin + piece.source_length:
                    found.append(piece.start)
        return found
