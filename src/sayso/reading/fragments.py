"""The marked-up text of a story: NITF, XHTML, HTML or plain, as an element of a document or as a string in one.

Well-formed markup is read as XML (an empty `<title/>` is empty, `<p/>` is no open paragraph); what is not is HTML and
read as pages are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from sayso.documents import OffsetMap
from sayso.errors import TooLarge
from sayso.reading.htmlscan import PageBlock, page_blocks, refuse_bombs
from sayso.reading.limits import Limits
from sayso.reading.lines import blocks_of
from sayso.reading.mapped import Mapped
from sayso.reading.stories import Content
from sayso.reading.xmlscan import BrokenMarkup, Node, Run, run_atoms, scan

_BLOCKS = frozenset(
    "address article blockquote block body body.content bq caption center credit datasource dd details div dl dt h1 h2"
    " h3 h4 h5 h6 header hl1 hl2 hr html li main menu nitf note ol option p pre section summary table tbody td tfoot th"
    " thead tr ul".split()
)
_LEFT_OUT = frozenset(
    "aside audio body.head body.end button canvas figcaption figure footer form head iframe media nav nitf-table"
    " noscript object script select style svg template textarea title video".split()
)
_QUOTATION_MARKS = ('"', "'", "“", "”", "‘", "«", "»", "„", "‹")
_MARKUP = re.compile(r"<(?:/?[A-Za-z][^<>]{0,500}>|!--|!DOCTYPE|\?xml)")


def content_in_string(value: Mapped, media_type: str, name: str, limits: Limits) -> Content:
    """The content of a string, which `value` holds as it is (not folded), by what it is declared to be and looks like.

    Raises TooLarge for a bomb.
    """
    text = value.text
    declared_plain = media_type.split(";", maxsplit=1)[0].strip().lower() == "text/plain"
    if declared_plain or not _MARKUP.search(text):
        return Content([PageBlock(paragraph, "p", "", frozenset()) for paragraph in plain_paragraphs(value)])
    outer = OffsetMap(tuple(value.pieces))
    try:
        root = scan(text, name, limits)
    except BrokenMarkup:
        scanned = refuse_bombs(text, name, limits)
        # The page's title is no part of the text, a heading at its top is.
        blocks = [block for block in page_blocks(text, scanned) if block.tag != "title"]
        return Content([block for block in blocks if not block.inside & _LEFT_OUT]).through(outer)
    return content_in_element(text, root).through(outer)


def content_in_element(text: str, element: Node) -> Content:
    """The content of an element of a scanned text: of the NITF document inside it where there is one."""
    nitf = element if element.name == "nitf" else next((each for each in element.walk() if each.name == "nitf"), None)
    if nitf is None:
        return Content(element_blocks(text, element))
    from sayso.reading.nitf import content_of_nitf

    return content_of_nitf(nitf, text)


def element_blocks(text: str, element: Node) -> list[PageBlock]:
    """The blocks of text inside an element, in order, with their positions in `text`."""
    blocks: list[PageBlock] = []
    atoms: list[tuple[str, int, int]] = []
    open_blocks: list[Node] = []

    def flush() -> None:
        folded = Mapped.of(atoms)
        atoms.clear()
        if folded.text:
            inner = open_blocks[-1] if open_blocks else None
            hints = f"{inner.get('class')} {inner.get('id')}".strip().lower() if inner else ""
            blocks.append(
                PageBlock(folded, inner.name if inner else "", hints, frozenset(node.name for node in open_blocks))
            )

    breaks = 0
    # Depth is bounded by the scanner's limit; a stack of iterators keeps it off Python's.
    stack: list[tuple[Node, list[Node | Run]]] = [(element, element.parts[::-1])]
    while stack:
        node, left = stack[-1]
        if not left:
            stack.pop()
            if node.name == "q" and node is not element and not _is_quoted(text, node):
                atoms.append(("”", node.inside_end, max(node.end - node.inside_end, 1)))
            if open_blocks and open_blocks[-1] is node:
                flush()
                open_blocks.pop()
            continue
        part = left.pop()
        if isinstance(part, Run):
            atoms += run_atoms(text, part)
            breaks = 0 if text[part.start : part.end].strip() else breaks
            continue
        if part.name in _LEFT_OUT:
            continue
        if part.name == "br":
            breaks += 1
            atoms.append(("\n", part.start, part.inside - part.start))
            if breaks >= 2:
                flush()
            # It should be empty; what stands in it all the same is read.
        if part.name == "q" and not _is_quoted(text, part):
            atoms.append(("“", part.start, part.inside - part.start))
        if part.name in _BLOCKS:
            flush()
            open_blocks.append(part)
            breaks = 0
        stack.append((part, part.parts[::-1]))
    flush()
    return blocks


def refuse_escapes(text: str, mark: str, start: int, end: int, name: str, limits: Limits) -> None:
    """Raises TooLarge where a stretch is full of escapes, each of which costs a piece of the map."""
    count = text.count(mark, start, end)
    if count > 2 * limits.max_tags:
        raise TooLarge(
            name, f"a text in it has {count:,} escaped characters", "Give the article alone, or as plain text"
        )


def plain_paragraphs(value: Mapped) -> list[Mapped]:
    """The paragraphs of a plain string, lines that break inside a sentence healed."""
    return [
        paragraph for span in blocks_of(value.text) if (paragraph := folded(value.slice(span.start, span.end))).text
    ]


def folded(value: Mapped) -> Mapped:
    """A string as a line of an article's text: white space folded, invisible characters gone."""
    return Mapped.of(_atoms(value))


def _atoms(value: Mapped) -> Iterable[tuple[str, int, int]]:
    for piece in value.pieces:
        yield value.text[piece.start : piece.start + piece.length], piece.origin, piece.source_length


def _is_quoted(text: str, quotation: Node) -> bool:
    """Whether a `<q>` writes its quotation marks itself."""
    first = next((atom[0].lstrip() for atom in quotation.atoms(text) if atom[0].strip()), "")
    return first.startswith(_QUOTATION_MARKS)
