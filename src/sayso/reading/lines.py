"""Lines into blocks: which line breaks end a paragraph and which only broke a sentence to fit a page or a terminal.

Three layouts are met: one paragraph a line; paragraphs wrapped at some width, a blank line or an indent between them;
and one paragraph a line with a stray break in mid-sentence. Nothing is rewritten: a block is a stretch of the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from sayso.documents import Span

_LINE = re.compile(r"[^\n\u2028\u2029]+")
_SENTENCE_END = re.compile(r"""[.!?:;…][)\]"'”’»›“‘]*$""")
# "iPhone" and "eBay" begin a line without continuing one.
_LOWER_START = re.compile(r"""["'“‘(\[]?[a-zà-öø-ÿ][a-zà-öø-ÿ'’,.;:\-–—"”)]*(?=\s|$)""")
_PARTICLE_AND_NAME = re.compile(r"(?:de|del|della|van|von|den|der|al|el|bin|ibn|da|di|du|la|le)[\s\-]+[A-ZÀ-Þ]")
_BULLET = re.compile(r"(?:[-*•‣◦▪–—]|\(?\d{1,2}[.)])\s+\S")
# Words that no headline and no sentence ends with.
_OPEN_END = re.compile(r"(?:,|\b(?:the|of|and|to|in|a|an|for|with|that|by|from|as|but|or|who|which|was|were|his|her))$")
_WIDEST_WRAP = 130


@dataclass(frozen=True, slots=True)
class Line:
    """One line without the white space around it."""

    span: Span
    indent: int
    """Columns of white space before it; a tab counts as eight."""
    after_blank: bool
    """Whether a blank line, or nothing, stands before it."""


def blocks_of(text: str) -> list[Span]:
    """The paragraphs, headings and other blocks of a plain text in order, with line breaks inside sentences healed.

    >>> text = "He was clear.\\n“We will go, so\\nthey can stay,” he said.\\nNobody left."
    >>> [block.of(text) for block in blocks_of(text)]
    ['He was clear.', '“We will go, so\\nthey can stay,” he said.', 'Nobody left.']
    """
    lines = _lines(text)
    width = _wrap_width(text, lines)
    blocks: list[Span] = []
    for index, line in enumerate(lines):
        if index and _continues(text, lines[index - 1], line, width):
            blocks[-1] = Span(blocks[-1].start, line.span.end)
        else:
            blocks.append(line.span)
    return blocks


def _lines(text: str) -> list[Line]:
    lines: list[Line] = []
    last_end = 0
    for found in _LINE.finditer(text):
        raw = found.group()
        body = raw.strip()
        if not body:
            continue
        start = found.start() + raw.index(body[0])
        blank = not lines or text.count("\n", last_end, found.start()) > 1
        indent = len(text[found.start() : start].expandtabs(8))
        lines.append(Line(Span(start, start + len(body)), indent, blank))
        last_end = start + len(body)
    return lines


def _wrap_width(text: str, lines: list[Line]) -> int | None:
    """The column at which the text is wrapped; None where a line is a paragraph.

    The evidence is that lines which have a neighbour below keep breaking off before a small letter.
    """
    lengths = sorted((line.span.end - line.span.start for line in lines), reverse=True)
    if len(lengths) < 4:
        return None
    # A long headline or address may stick out of a wrapped text: up to two lines that are alone in their length.
    for _ in range(2):
        if len(lengths) > 4 and lengths[0] > lengths[1] + 15:
            lengths = lengths[1:]
    pairs = [(upper, lower) for upper, lower in pairwise(lines) if not lower.after_blank]
    broken = sum(1 for upper, lower in pairs if _mid_sentence(text, upper, lower))
    if lengths[0] > _WIDEST_WRAP or len(pairs) < 3 or broken < max(0.3 * len(pairs), 2):
        return None
    return lengths[0]


def _mid_sentence(text: str, upper: Line, lower: Line) -> bool:
    above = upper.span.of(text)
    below = text[lower.span.start : min(lower.span.end, lower.span.start + 60)]
    if _SENTENCE_END.search(above[-6:]) or not _LOWER_START.match(below):
        return False
    # "Lowering costs" over "de Vries said": a short line and a name's particle are a heading and a new paragraph.
    return not (len(above) <= 60 and _PARTICLE_AND_NAME.match(below))


def _continues(text: str, upper: Line, lower: Line, width: int | None) -> bool:
    """Whether the lower line goes on with the upper one's paragraph."""
    if lower.after_blank or _BULLET.match(text, lower.span.start):
        return False
    if _mid_sentence(text, upper, lower):
        return True
    above = upper.span.of(text)
    if width is None:
        return len(above) > 40 and bool(_OPEN_END.search(above[-8:]))
    if lower.indent >= upper.indent + 2:
        return False
    # Wrapped text: the break was forced only if the next word would not have fitted.
    word = text[lower.span.start : lower.span.end].split(None, 1)[0]
    return upper.indent + len(above) + 1 + len(word) > width - 2
