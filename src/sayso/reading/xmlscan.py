"""XML as a tree of elements with their places in the text, scanned once and in linear time.

Nothing is fetched and no entity is expanded but characters by number and HTML's names: a document that declares
entities is refused. Names are local ones: agencies bind prefixes as they like.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from sayso.documents import Piece
from sayso.errors import TooLarge, UnreadableSource
from sayso.reading.limits import Limits
from sayso.reading.mapped import Mapped, entity_atoms

_TAG = re.compile(r"""<([^\W\d][\w:.\-]*+)((?:\s++[^\s=<>/"']++\s*+=\s*+(?:"[^"<]*+"|'[^'<]*+'))*+)\s*+(/?)>""")
_END_TAG = re.compile(r"</([^\W\d][\w:.\-]*+)\s*+>")
_ATTRIBUTE = re.compile(r"""([^\s=<>/"']++)\s*+=\s*+(?:"([^"<]*+)"|'([^'<]*+)')""")
_DOCTYPE = re.compile(r"""<!DOCTYPE(?:[^"'\[>]++|"[^"]*+"|'[^']*+')*+([\[>])""")
_SUBSET_PART = re.compile(r"""[^\]"'<]++|"[^"]*+"|'[^']*+'|<(?!!--)""")
_ENTITY_DECLARATION = re.compile(r"<!ENTITY\s+(?!%)")
_NAME_AHEAD = re.compile(r"</?[^\W\d][\w:.\-]{0,60}")


class BrokenMarkup(ValueError):
    """Text that is not well-formed XML; `root` holds what was whole before `at`."""

    def __init__(self, reason: str, at: int, root: Node, *, cut_off: bool = False) -> None:
        self.reason = reason
        self.at = at
        self.root = root
        self.cut_off = cut_off
        """Whether the text merely ends too early."""
        super().__init__(reason)


class Run(NamedTuple):
    """A stretch of character data; `literal` in a CDATA section, where `&` is only an ampersand."""

    start: int
    end: int
    literal: bool


class Attribute(NamedTuple):
    """An attribute's value, unescaped, and where it stands between its quotation marks."""

    value: str
    start: int
    end: int


@dataclass(slots=True, eq=False)
class Node:
    """An element: `[start, end)` with its tags, `[inside, inside_end)` without; `end` is 0 while it is not closed."""

    name: str
    start: int = 0
    inside: int = 0
    attributes: dict[str, Attribute] = field(default_factory=dict)
    """By local name: `lang` for `xml:lang`."""
    parent: Node | None = None
    parts: list[Node | Run] = field(default_factory=list)
    inside_end: int = 0
    end: int = 0

    def get(self, name: str) -> str:
        """The value of an attribute, stripped; empty where there is none."""
        found = self.attributes.get(name)
        return found.value.strip() if found else ""

    def children(self, *names: str) -> Iterator[Node]:
        """The elements right inside this one, of any of the names where some are given."""
        for part in self.parts:
            if isinstance(part, Node) and (not names or part.name in names):
                yield part

    def child(self, *path: str) -> Node | None:
        """The first element down a path of names."""
        node: Node | None = self
        for name in path:
            node = next(node.children(name), None) if node else None
        return node

    def walk(self, *, into: frozenset[str] | None = None) -> Iterator[Node]:
        """All elements inside, in document order; those named in `into` are given without their own insides."""
        stack = list(self.children())[::-1]
        while stack:
            node = stack.pop()
            yield node
            if into is None or node.name not in into:
                stack += list(node.children())[::-1]

    def atoms(self, text: str) -> Iterator[tuple[str, int, int]]:
        """The character data in this element and all inside it, as `Mapped.of` takes it."""
        stack: list[Node | Run] = self.parts[::-1]
        while stack:
            part = stack.pop()
            if isinstance(part, Node):
                stack += part.parts[::-1]
            else:
                yield from run_atoms(text, part)

    def words(self, text: str) -> str:
        """The character data with white space folded."""
        return Mapped.of(self.atoms(text)).text


def run_atoms(text: str, run: Run) -> Iterator[tuple[str, int, int]]:
    """The atoms of one stretch of character data."""
    if run.literal:
        yield text[run.start : run.end], run.start, run.end - run.start
    else:
        yield from entity_atoms(text, run.start, run.end)


def words_of(element: Node | None, text: str) -> str:
    """The character data of an element that may be missing, white space folded."""
    return element.words(text) if element is not None else ""


def part_of(element: Node | None, text: str) -> Mapped | None:
    """The same with the way back to its place; None where there is nothing."""
    part = Mapped.of(element.atoms(text)) if element is not None else None
    return part if part and part.text else None


def unfolded(atoms: Iterable[tuple[str, int, int]]) -> Mapped:
    """The text of some atoms exactly as it is, for text that is a source itself: markup inside a string."""
    parts: list[str] = []
    pieces: list[Piece] = []
    length = 0
    for text, origin, source_length in atoms:
        if text:
            pieces.append(Piece(length, origin, len(text), source_length))
            parts.append(text)
            length += len(text)
    return Mapped("".join(parts), pieces)


def scan(text: str, name: str, limits: Limits) -> Node:
    """The tree of a text: a root without a name that holds all of its elements, one in a document, any in a fragment.

    Raises BrokenMarkup where the text is not well-formed, TooLarge past the limits, UnreadableSource where it declares
    entities.
    """
    root = Node("", end=len(text), inside_end=len(text))
    node = root
    at = count = depth = 0
    while (sign := text.find("<", at)) >= 0:
        if sign > at:
            node.parts.append(Run(at, sign, False))
        if text.startswith("</", sign):
            closing = _END_TAG.match(text, sign)
            if not closing:
                raise _broken(text, sign, root)
            if closing[1].rsplit(":", 1)[-1] != node.name:
                within = f"inside <{node.name}>" if node.name else "that no tag opens"
                raise BrokenMarkup(f"there is </{closing[1]}> {within}", sign, root)
            assert node.parent is not None
            node.inside_end, node.end = sign, closing.end()
            node, at, depth = node.parent, closing.end(), depth - 1
            continue
        if text.startswith(("<!", "<?"), sign):
            at = _past_declaration(text, sign, node, root, name)
            continue
        opening = _TAG.match(text, sign)
        if not opening:
            raise _broken(text, sign, root)
        at = opening.end()
        count, depth = count + 1, depth + 1
        if count > limits.max_tags:
            raise TooLarge(name, f"it has over {limits.max_tags:,} XML tags", "Split it into its articles")
        if depth > limits.max_depth:
            raise TooLarge(name, f"XML tags are nested over {limits.max_depth} deep", "Give the article alone")
        child = Node(opening[1].rsplit(":", 1)[-1], sign, at, _attributes(text, opening, name, limits), node)
        node.parts.append(child)
        if opening[3]:
            child.inside_end, child.end, depth = at, at, depth - 1
        else:
            node = child
    if at < len(text):
        node.parts.append(Run(at, len(text), False))
    if node is not root:
        raise BrokenMarkup(f"it breaks off inside <{node.name}>", len(text), root, cut_off=True)
    return root


def _past_declaration(text: str, sign: int, node: Node, root: Node, name: str) -> int:
    """Where a comment, a CDATA section, a processing instruction or a DOCTYPE ends."""
    for mark, end in (("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>")):
        if not text.startswith(mark, sign):
            continue
        shut = text.find(end, sign + len(mark))
        if shut < 0:
            raise BrokenMarkup(f"it breaks off inside {mark}", sign, root, cut_off=True)
        if mark == "<![CDATA[":
            node.parts.append(Run(sign + len(mark), shut, True))
        return shut + len(end)
    doctype = _DOCTYPE.match(text, sign)
    if not doctype:
        raise _broken(text, sign, root)
    at = doctype.end()
    if doctype[1] == "[":
        # Comments are passed over by hand: a pattern would run to the text's end for each that is not closed.
        while not text.startswith("]", at):
            part = _SUBSET_PART.match(text, at)
            shut = text.find("-->", at) + 3 if not part and text.startswith("<!--", at) else 0
            if not part and shut < 3:
                raise BrokenMarkup("it breaks off inside <!DOCTYPE", sign, root, cut_off=True)
            at = part.end() if part else shut
        if _ENTITY_DECLARATION.search(text, sign, at):
            raise UnreadableSource(name, "it declares XML entities, which are not expanded", "Give it with plain text")
        at = text.find(">", at) + 1
        if not at:
            raise BrokenMarkup("it breaks off inside <!DOCTYPE", sign, root, cut_off=True)
    return at


def _attributes(text: str, opening: re.Match[str], name: str, limits: Limits) -> dict[str, Attribute]:
    found: dict[str, Attribute] = {}
    if opening.end(2) == opening.start(2):
        return found
    for count, each in enumerate(_ATTRIBUTE.finditer(text, opening.start(2), opening.end(2))):
        if count >= limits.max_attributes:
            raise TooLarge(
                name, f"a tag <{opening[1]}> has over {limits.max_attributes:,} attributes", "Give the article alone"
            )
        start, end = each.span(2) if each[2] is not None else each.span(3)
        if each[1].startswith("xmlns"):
            continue
        value = "".join(atom[0] for atom in entity_atoms(text, start, end))
        found.setdefault(each[1].rsplit(":", 1)[-1], Attribute(value, start, end))
    return found


def _broken(text: str, at: int, root: Node) -> BrokenMarkup:
    if text.find(">", at) < 0:
        return BrokenMarkup("it breaks off inside a tag", at, root, cut_off=True)
    named = _NAME_AHEAD.match(text, at)
    return BrokenMarkup(f"{named.group()}... is no whole tag" if named else "there is a bare <", at, root)


def refusal(broken: BrokenMarkup, text: str, name: str) -> UnreadableSource:
    """What to raise for a document that is not well-formed: what is wrong and in which line."""
    line = text.count("\n", 0, broken.at) + 1
    what = "cut off" if broken.cut_off else "damaged"
    return UnreadableSource(name, f"its XML is {what} at line {line:,}: {broken.reason}", "Ask for a whole copy")
