"""One linear pass over raw HTML: first to refuse bombs, then to give every block of visible text with its positions.

No parser's tree is built here: time is linear in the page's length whatever is in it. Which blocks are the article is
not decided here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from sayso.errors import TooLarge
from sayso.reading.limits import Limits
from sayso.reading.mapped import WHITE_SPACE, Mapped, entity_atoms

# A "<" before anything else is text. A tag whose quotation marks are never closed has no third group.
_TAG = re.compile(
    r"""<(?:(/?)([A-Za-z][^\s/>]{0,60})((?:[^"'>]++|"[^"]*+"|'[^']*+')*+>)?+|!--|[!?])""",
)
_ATTRIBUTE = re.compile(r"""([^\s"'>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?""")
_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)
_SELF_CLOSING = frozenset(["p", "li", "option", "optgroup", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot"])
_RAW = frozenset(["script", "style", "textarea", "title", "noscript", "iframe", "xmp", "noembed", "noframes"])
_SKIPPED = frozenset(["svg", "template", "select", "object", "head", "math", "datalist", "canvas", "video", "audio"])
OUTSIDE = frozenset(["nav", "aside", "footer", "figcaption", "button", "form"])
"""Elements whose text is hardly ever the body's."""
_BLOCK = frozenset([
    "address", "article", "aside", "blockquote", "body", "button", "caption", "center", "dd", "details", "dialog",
    "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5",
    "h6", "header", "hr", "html", "legend", "li", "main", "menu", "nav", "ol", "option", "p", "pre", "section",
    "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
])  # fmt: skip


class Token(NamedTuple):
    """A tag, or the text between two; `kind` is `open`, `close`, `text` or `raw` (the content of a script, say)."""

    kind: str
    name: str
    start: int
    end: int


@dataclass(slots=True)
class PageBlock:
    """A stretch of visible text with no block border inside, and the elements that it lies in."""

    text: Mapped
    tag: str
    """The innermost block element: `p`, `h1`, `li`; `title` for the page's title."""
    told: str | _Elements
    """Its hints, or where they stand: most blocks are never asked for them."""
    inside: frozenset[str]
    """Names of all open elements around it."""

    @property
    def hints(self) -> str:
        """Classes, ids, itemprop and rel of the block element and of the inline elements in it, in small letters."""
        if not isinstance(self.told, str):
            page, block, inline = self.told
            found = [_hints(page, block) if block else "", *filter(None, (_hints(page, each) for each in inline))]
            self.told = " ".join(found).lower()
        return self.told


_Elements = tuple[str, Token | None, tuple[Token, ...]]
"""A page, and of a block in it the block element and the inline elements."""


def tokens(page: str) -> Iterator[Token]:
    """The tags and texts of a page in order; comments and declarations are left out."""
    at, length = 0, len(page)
    while found := _TAG.search(page, at):
        opening, end = found.span()
        if opening > at:
            yield Token("text", "", at, opening)
        slash, name, rest = found.groups()
        if not name:
            at = _after(page, "-->", end) if end - opening == 4 else _after(page, ">", opening)
            continue
        if not rest:
            end = _after(page, ">", end)
        name = name.lower()
        yield Token("close" if slash else "open", name, opening, end)
        at = end
        if name in _RAW and not slash:
            shut = re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE).search(page, at)
            stop = shut.start() if shut else length
            yield Token("raw", name, at, stop)
            at = stop
    if at < length:
        yield Token("text", "", at, length)


def _after(page: str, mark: str, start: int) -> int:
    found = page.find(mark, start)
    return len(page) if found < 0 else found + len(mark)


def attributes(page: str, token: Token) -> dict[str, str]:
    """The attributes of an opening tag, at most the first fifty."""
    found: dict[str, str] = {}
    head = token.start + 1 + len(token.name)
    for attribute in _ATTRIBUTE.finditer(page, head, min(token.end, head + 20_000)):
        value = attribute[2] or attribute[3] or attribute[4] or ""
        found.setdefault(attribute[1].lower(), value)
        if len(found) >= 50:
            break
    return found


def refuse_bombs(page: str, name: str, limits: Limits) -> list[Token]:
    """The tokens of a page that is no bomb, for those who go on with it.

    Raises TooLarge where it has too many tags, too deep a nesting, or a tag with too many attributes.
    """
    count = depth = letters = 0
    unclosed: Counter[str] = Counter()
    advice = "Save the article alone, or as plain text"
    found: list[Token] = []
    for token in tokens(page):
        found.append(token)
        kind, tag, start, end = token
        if kind == "text":
            letters += end - start
            if letters > 3 * limits.max_characters:
                raise TooLarge(name, f"the page has over {3 * limits.max_characters:,} characters of text", advice)
            continue
        if kind == "raw":
            continue
        count += 1
        if count > limits.max_tags:
            raise TooLarge(name, f"the page has over {limits.max_tags:,} HTML tags", advice)
        # Only a long tag can hold too many attributes, each being one character and a space at the least.
        if end - start > 2 * limits.max_attributes:
            total = sum(1 for _, _ in zip(_ATTRIBUTE.finditer(page, start, end),
                                          range(limits.max_attributes + 2), strict=False))  # fmt: skip
            if total > limits.max_attributes + 1:
                raise TooLarge(name, f"a tag <{tag}> has over {limits.max_attributes:,} attributes", advice)
        if tag in _VOID or tag in _SELF_CLOSING:
            continue
        if kind == "open":
            unclosed[tag] += 1
            depth += 1
            if depth > limits.max_depth:
                raise TooLarge(name, f"HTML tags are nested over {limits.max_depth} deep", advice)
        elif unclosed[tag]:
            unclosed[tag] -= 1
            depth -= 1
    return found


def page_blocks(page: str, scanned: Iterable[Token] | None = None) -> list[PageBlock]:
    """The blocks of visible text of a page in order, the page's title first where it has one.

    `scanned` are the page's tokens where they are at hand.
    """
    blocks: list[PageBlock] = []
    atoms: list[tuple[str, int, int]] = []
    open_tags: list[_Open] = []
    inline: list[Token] = []
    breaks = 0

    def flush() -> None:
        if atoms:
            text = Mapped.of(atoms)
            if text.text:
                _, inside, block = open_tags[-1] if open_tags else _OUTERMOST
                told = (page, block, tuple(inline))
                blocks.append(PageBlock(text, block.name if block else "", told, inside))
            atoms.clear()
        inline.clear()

    skipping: str | None = None
    for token in tokens(page) if scanned is None else scanned:
        kind, name, start, end = token
        if kind == "raw":
            if name == "title" and skipping != "svg":
                blocks.append(PageBlock(Mapped.of(entity_atoms(page, start, end)), "title", "", frozenset(["head"])))
        elif skipping:
            if (kind == "close" and name == skipping) or (skipping == "head" and kind == "open" and name == "body"):
                skipping = None
        elif kind == "text":
            text = page[start:end]
            if not text.isspace():
                breaks = 0
            # Space at the start of a block is none.
            if atoms or text.strip(WHITE_SPACE):
                atoms += entity_atoms(page, start, end) if "&" in text else [(text, start, end - start)]
        elif kind == "open" and name in _SKIPPED:
            skipping = name
        elif name == "br":
            breaks += 1
            atoms.append(("\n", start, end - start))
            if breaks >= 2:
                flush()
        else:
            if name == "q":
                atoms.append(("“" if kind == "open" else "”", start, end - start))
            if name in _BLOCK:
                flush()
                breaks = 0
            if name in _VOID:
                continue
            if kind == "open":
                if name in _SELF_CLOSING and open_tags and open_tags[-1].token.name == name:
                    open_tags.pop()
                _, around, block = open_tags[-1] if open_tags else _OUTERMOST
                around = around if name in around else around | {name}
                if name in _BLOCK:
                    open_tags.append(_Open(token, around, token))
                else:
                    open_tags.append(_Open(token, around, block))
                    inline.append(token)
            else:
                _close(open_tags, name)
    flush()
    return blocks


class _Open(NamedTuple):
    """An element that is open."""

    token: Token
    inside: frozenset[str]
    """Its name, and those of all that it lies in."""
    block: Token | None
    """The innermost block element of these."""


_OUTERMOST: tuple[None, frozenset[str], Token | None] = (None, frozenset(), None)
"""As of an element: what stands in none."""


def _close(open_tags: list[_Open], name: str) -> None:
    """Takes an element off the stack with all that was left open in it; a stray end tag does nothing."""
    for back in range(1, min(len(open_tags), 40) + 1):
        if open_tags[-back].token.name == name:
            del open_tags[-back:]
            return


def _hints(page: str, token: Token) -> str:
    if token.end - token.start <= len(token.name) + 2:
        return ""
    found = attributes(page, token)
    return " ".join(found[key] for key in ("class", "id", "itemprop", "rel", "data-testid") if key in found)
