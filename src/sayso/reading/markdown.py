"""Markdown into blocks of clean text, each character mapped to its place in the source; the subset that articles use.

Headings (# and underlined), paragraphs, lists, block quotes, rules, emphasis, links, images, code, escapes, entities,
and front matter with the article's facts. Not a full CommonMark parser: what it does not know stays as it is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from sayso.reading.dates import parse_published
from sayso.reading.jsonld import Facts
from sayso.reading.layout import Kind
from sayso.reading.mapped import Mapped, entity_atoms

_FRONT_MATTER = re.compile(r"\s*---[ \t]*\r?\n(.{0,20000}?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|$)", re.DOTALL)
_FIELD = re.compile(r"""^([A-Za-z_]+)[ \t]*:[ \t]*["']?(.*?)["']?[ \t]*\r?$""", re.MULTILINE)
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|$)")
_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*$")
_UNDERLINE = re.compile(r" {0,3}(=+|-+)[ \t]*$")
_RULE = re.compile(r" {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$")
_ITEM = re.compile(r" {0,6}(?:[-*+]|\d{1,3}[.)])[ \t]+")
_QUOTE = re.compile(r" {0,3}>[ \t]?")
_FENCE = re.compile(r" {0,3}(?:```|~~~)")
_DEFINITION = re.compile(r" {0,3}\[[^\]]+\]:[ \t]+\S+")
# In order: escape, image, link, reference link, address, HTML tag, strong and emphasis marks, code, hard break.
_INLINE = re.compile(
    r"\\(?P<escape>[!-/:-@\[-`{-~])"
    r"|(?P<image>!\[[^\]\n]{0,300}\]\([^)\n]{0,2000}\))"
    r"|\[(?P<link>[^\]\[\n]{1,500})\](?:\([^)\n]{0,2000}\)|\[[^\]\n]{0,200}\])"
    r"|(?P<tag></?[a-zA-Z][^<>\n]{0,500}>)"
    r"|(?P<open>(?<![\w*])\*{1,3}(?=[^\s*])|(?<![\w_])_{1,3}(?=[^\s_]))"
    r"|(?P<close>(?<=[^\s*])\*{1,3}(?!\w)|(?<=[^\s_])_{1,3}(?!\w))"
    r"|(?P<code>`+)"
)


def read_markdown(source: str) -> tuple[list[Mapped], list[Kind | None], Facts]:
    """The blocks of a Markdown text with what their marks say of them, and the facts of its front matter."""
    facts = Facts()
    start = 0
    if front := _FRONT_MATTER.match(source):
        facts = _front_facts(front.group(1))
        start = front.end()
    texts: list[Mapped] = []
    kinds: list[Kind | None] = []
    for kind, stretches in _blocks(source, start):
        mapped = Mapped.of(_atoms(source, stretches))
        if not mapped.text:
            continue
        texts.append(mapped)
        kinds.append(("heading" if "headline" in kinds else "headline") if kind == "title" else kind)
    return texts, _one_headline(kinds), facts


def _one_headline(kinds: list[Kind | None]) -> list[Kind | None]:
    """Without a first-level heading, a heading that opens the text is its headline."""
    if "headline" not in kinds and kinds and kinds[0] == "heading":
        return ["headline", *kinds[1:]]
    return kinds


def _front_facts(front: str) -> Facts:
    fields = {found[1].lower(): found[2].strip() for found in _FIELD.finditer(front) if found[2].strip()}
    author = fields.get("author") or fields.get("authors")
    return Facts(
        headline=fields.get("title") or fields.get("headline"),
        description=fields.get("description") or fields.get("standfirst") or fields.get("subtitle"),
        authors=[author] if author else [],
        outlet=fields.get("outlet") or fields.get("publisher") or fields.get("source"),
        published=parse_published(fields.get("date") or fields.get("published")),
        url=fields.get("url") or fields.get("canonical"),
    )


def _blocks(source: str, start: int) -> Iterator[tuple[Kind | Literal["title"] | None, list[tuple[int, int]]]]:
    """Each block as its kind and the stretches of the source that its lines' text lies in."""
    pending: list[tuple[int, int]] = []
    kind: Kind | None = None
    fenced = False
    for found in _LINE.finditer(source, start):
        begin = found.start()
        line = found.group().rstrip("\r\n")
        if not found.group():
            break
        if _FENCE.match(line):
            fenced = not fenced
            continue
        quote = _QUOTE.match(line)
        if quote and not fenced:
            begin, line = begin + quote.end(), line[quote.end() :]
        heading = None if fenced else _HEADING.match(line)
        item = None if fenced else _ITEM.match(line)
        underline = _UNDERLINE.match(line) if pending and kind is None and len(pending) == 1 and not fenced else None
        if underline:
            yield ("title" if "=" in line else "heading"), pending
            pending = []
            continue
        if heading or item or not line.strip() or _RULE.match(line) or _DEFINITION.match(line):
            if pending:
                yield kind, pending
            pending, kind = [], None
        if heading:
            yield ("title" if heading[1] == "#" else "heading"), [(begin + heading.start(2), begin + heading.end(2))]
        elif item and not _RULE.match(line):
            pending, kind = [(begin + item.end(), begin + len(line))], "paragraph"
        elif line.strip() and not _RULE.match(line) and not _DEFINITION.match(line):
            pending.append((begin, begin + len(line)))
    if pending:
        yield kind, pending


def _atoms(source: str, stretches: list[tuple[int, int]]) -> Iterator[tuple[str, int, int]]:
    for order, (start, end) in enumerate(stretches):
        if order:
            before = stretches[order - 1][1]
            yield "\n", before, max(start - before, 1)
        # Two spaces or a backslash before a line break force one; neither is text.
        stop = end - 1 if source[end - 1 : end] == "\\" else end
        yield from _inline(source, start, stop)


def _inline(source: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    at = start
    for found in _INLINE.finditer(source, start, end):
        if found.start() < at:
            continue
        if found.start() > at:
            yield from entity_atoms(source, at, found.start())
        at = found.end()
        if found["escape"]:
            yield found["escape"], found.start() + 1, 1
        elif found["link"]:
            # Marks inside a link's words go the same way; links do not nest, so this is one level deep.
            yield from _inline(source, found.start("link"), found.end("link"))
    if at < end:
        yield from entity_atoms(source, at, end)
