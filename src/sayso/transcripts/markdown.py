"""Markdown: the text without its marks, with what is bold and what is struck out.

The blocks and their clean text are those of `sayso.reading`; here the marks are looked up again in the source, since
they are what labels and corrections are written with.
"""

from __future__ import annotations

import re

from sayso.documents import Source, Span
from sayso.reading.dates import day_of
from sayso.reading.mapped import Mapped, joined
from sayso.reading.markdown import read_markdown as read_blocks
from sayso.transcripts.draft import Draft
from sayso.transcripts.places import Places, with_line_breaks

_BOLD = re.compile(r"(?<![\\*])(\*\*\*?|__)(?=[^\s*_])([^\n]{1,600}?)(?<=[^\s\\])\1")
_STRUCK = re.compile(r"~~(?=\S)([^~\n]{1,400}?)(?<=\S)~~|<(del|s|strike)>([^<\n]{1,400})</\2>", re.IGNORECASE)
_INSERTED = re.compile(r"<ins>([^<\n]{1,400})</ins>", re.IGNORECASE)
_BREAK = re.compile(r"(?:[ ]{2,}|\\)\r?\n|\n(?=[ \t]*(?:[*_]{2}|[A-Z][A-Z.'’ \-]{1,40}:|Q[:. ]))")


def read_markdown(source: Source) -> Draft:
    """The draft of a Markdown text."""
    texts, kinds, facts = read_blocks(source.text)
    parts = [_with_breaks(source.text, each) for each in texts]
    text, offsets, spans = joined(parts)
    places = Places(offsets)
    title = next((span.of(text) for span, kind in zip(spans, kinds, strict=True) if kind == "headline"), None)
    return Draft(
        text,
        source,
        offsets,
        bold=[
            *places.spans(Span(*found.span(2)) for found in _BOLD.finditer(source.text)),
            *(span for span, kind in zip(spans, kinds, strict=True) if kind == "heading"),
        ],
        struck=places.spans(
            Span(*found.span(1 if found.start(1) >= 0 else 3)) for found in _STRUCK.finditer(source.text)
        ),
        inserted=places.spans(Span(*found.span(1)) for found in _INSERTED.finditer(source.text)),
        unsaid=places.spans(Span(*found.span()) for found in re.finditer("~~", source.text)),
        title=facts.headline or title,
        date=day_of(facts.published),
        url=facts.url,
    )


def _with_breaks(source: str, mapped: Mapped) -> Mapped:
    """A block with the line breaks kept that part turns: forced ones, and those before what looks like a label."""
    breaks = []
    for piece in mapped.pieces:
        if mapped.text[piece.start : piece.start + piece.length] == " ":
            there = source[piece.origin : piece.origin + piece.source_length + 45]
            before = source[max(piece.origin - 2, 0) : piece.origin]
            if "\n" in there[: piece.source_length] and (
                there.startswith(("  ", "\\")) or before.endswith(("  ", "\\")) or _BREAK.match(there.lstrip(" \t\r"))
            ):
                breaks.append(piece.start)
    return with_line_breaks(mapped, breaks)
