"""One linear pass over raw HTML: first to refuse bombs, then to give every block of visible text with its positions.

No parser's tree is built here: time is linear in the page's length whatever is in it. Which blocks are the article is
not decided here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from sayso.errors import TooLarge
from sayso.reading.limits import Limits
from sayso.reading.mapped import Mapped, entity_atoms

# A "<" before anything else is text.
_TAG_START = re.compile(r"<(?=[A-Za-z!?]|/[A-Za-z])")
_NAME = re.compile(r"</?([A-Za-z][^\s/>]{0,60})")
_REST = re.compile(r"""(?:[^"'>]++|"[^"]*+"|'[^']*+')*+>""")
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


@dataclass(frozen=True, slots=True)
class Token:
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
    hints: str
    """Classes, ids, itemprop and rel of the block element and of the inline elements in it, in small letters."""
    inside: frozenset[str]
    """Names of all open elements around it."""


def tokens(page: str) -> Iterator[Token]:
    """The tags and texts of a page in order; comments and declarations are left out."""
    at, length = 0, len(page)
    while at < length:
        sign = _TAG_START.search(page, at)
        opening = sign.start() if sign else length
        if opening > at:
            yield Token("text", "", at, opening)
        if opening == length:
            return
        if page.startswith("<!--", opening):
            at = _after(page, "-->", opening + 4)
            continue
        if page.startswith(("<!", "<?"), opening):
            at = _after(page, ">", opening)
            continue
        named = _NAME.match(page, opening)
        assert named
        rest = _REST.match(page, named.end())
        end = rest.end() if rest else _after(page, ">", named.end())
        name = named.group(1).lower()
        closes = page[opening + 1] == "/"
        yield Token("close" if closes else "open", name, opening, end)
        at = end
        if name in _RAW and not closes:
            shut = re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE).search(page, at)
            stop = shut.start() if shut else length
            yield Token("raw", name, at, stop)
            at = stop


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


def refuse_bombs(page: str, name: str, limits: Limits) -> None:
    """Raises TooLarge where a page has too many tags, too deep a nesting, or a tag with too many attributes."""
    count = depth = letters = 0
    unclosed: Counter[str] = Counter()
    advice = "Save the article alone, or as plain text"
    for token in tokens(page):
        if token.kind == "text":
            letters += token.end - token.start
            if letters > 3 * limits.max_characters:
                raise TooLarge(name, f"the page has over {3 * limits.max_characters:,} characters of text", advice)
            continue
        if token.kind == "raw":
            continue
        count += 1
        if count > limits.max_tags:
            raise TooLarge(name, f"the page has over {limits.max_tags:,} HTML tags", advice)
        # Only a long tag can hold too many attributes, each being one character and a space at the least.
        if token.end - token.start > 2 * limits.max_attributes:
            total = sum(1 for _, _ in zip(_ATTRIBUTE.finditer(page, token.start, token.end),
                                          range(limits.max_attributes + 2), strict=False))  # fmt: skip
            if total > limits.max_attributes + 1:
                raise TooLarge(name, f"a tag <{token.name}> has over {limits.max_attributes:,} attributes", advice)
        if token.name in _VOID or token.name in _SELF_CLOSING:
            continue
        if token.kind == "open":
            unclosed[token.name] += 1
            depth += 1
            if depth > limits.max_depth:
                raise TooLarge(name, f"HTML tags are nested over {limits.max_depth} deep", advice)
        elif unclosed[token.name]:
            unclosed[token.name] -= 1
            depth -= 1


def page_blocks(page: str) -> list[PageBlock]:
    """The blocks of visible text of a page in order, the page's title first where it has one."""
    blocks: list[PageBlock] = []
    atoms: list[tuple[str, int, int]] = []
    open_tags: list[tuple[str, str]] = []
    inline_hints: list[str] = []
    breaks = 0

    def flush() -> None:
        if atoms:
            text = Mapped.of(atoms)
            if text.text:
                tag, hints = next(((tag, hints) for tag, hints in reversed(open_tags) if tag in _BLOCK), ("", ""))
                inside = frozenset(tag for tag, _ in open_tags)
                blocks.append(PageBlock(text, tag, " ".join([hints, *inline_hints]).lower(), inside))
            atoms.clear()
        inline_hints.clear()

    skipping: str | None = None
    for token in tokens(page):
        if token.kind == "raw":
            if token.name == "title" and skipping != "svg":
                blocks.append(
                    PageBlock(Mapped.of(entity_atoms(page, token.start, token.end)), "title", "", frozenset(["head"]))
                )
            continue
        if skipping:
            if (token.kind == "close" and token.name == skipping) or (
                skipping == "head" and token.kind == "open" and token.name == "body"
            ):
                skipping = None
            continue
        if token.kind == "text":
            if page[token.start : token.end].strip():
                breaks = 0
            atoms += entity_atoms(page, token.start, token.end)
            continue
        if token.kind == "open" and token.name in _SKIPPED:
            skipping = token.name
            continue
        if token.name == "br":
            breaks += 1
            atoms.append(("\n", token.start, token.end - token.start))
            if breaks >= 2:
                flush()
            continue
        if token.name == "q":
            atoms.append(("“" if token.kind == "open" else "”", token.start, token.end - token.start))
        if token.name in _BLOCK:
            flush()
            breaks = 0
        if token.name in _VOID:
            continue
        if token.kind == "open":
            hints = _hints(page, token)
            if token.name in _SELF_CLOSING and open_tags and open_tags[-1][0] == token.name:
                open_tags.pop()
            open_tags.append((token.name, hints))
            if hints and token.name not in _BLOCK:
                inline_hints.append(hints)
        else:
            _close(open_tags, token.name)
    flush()
    return blocks


def _close(open_tags: list[tuple[str, str]], name: str) -> None:
    """Takes an element off the stack with all that was left open in it; a stray end tag does nothing."""
    for back in range(1, min(len(open_tags), 40) + 1):
        if open_tags[-back][0] == name:
            del open_tags[-back:]
            return


def _hints(page: str, token: Token) -> str:
    if token.end - token.start <= len(token.name) + 2:
        return ""
    found = attributes(page, token)
    return " ".join(found[key] for key in ("class", "id", "itemprop", "rel", "data-testid") if key in found)
