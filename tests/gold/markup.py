"""Reads the gold articles: text files in which sources, cues and contents are tagged (README.md has the guide).

    python tests/gold/markup.py FILE...     the attributions of each file as a table, to proofread by

Invariant: what comes out is sound. Every span slices the clean text (the article without its tags) to something that
neither starts nor ends in white space, every attribution has a cue and a content, and `inside` names one that is there.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, NamedTuple, TypedDict

HEADERS = ("id", "outlet", "style", "country")
STYLES = (
    *("wire", "newspaper", "broadcaster", "press release", "local", "business"),
    *("sport", "science", "opinion", "blog", "tabloid", "court report"),
)
TAG = re.compile(r"<(/?)([sqc])([1-9][0-9]*)>")
ROLES: dict[str, Literal["source", "cue", "content"]] = {"s": "source", "q": "cue", "c": "content"}
CLOSERS = {'"': '"', "“": "”", "'": "'", "‘": "’", "«": "»", "‹": "›", "„": "“”"}


class GoldAttribution(TypedDict):
    """One marked attribution; spans are `[start, end)` in characters of the clean text, in text order."""

    id: str
    source: list[list[int]]
    cue: list[list[int]]
    content: list[list[int]]
    inside: str | None
    quotation: Literal["direct", "indirect", "mixed"]


@dataclass(slots=True)
class GoldArticle:
    """One gold article: its headers, its clean text, and its attributions in the order of their numbers."""

    id: str
    outlet: str
    style: str
    text: str
    attributions: list[GoldAttribution] = field(default_factory=list)
    country: str = ""


class MarkupError(ValueError):
    """A gold file that cannot be read as marked; names the file and the line."""

    def __init__(self, path: Path, line: int, reason: str) -> None:
        self.path = path
        self.line = line
        self.reason = reason
        super().__init__(f"{path}:{line}: {reason}")


class _Open(NamedTuple):
    role: str
    number: int
    start: int
    line: int


def read_gold(path: Path | str) -> GoldArticle:
    """The article of one gold file, with its attributions "g1", "g2" and so on.

    Raises MarkupError, with file and line, for a missing header, a tag that is unknown, empty, unclosed or closed in
    the wrong order, white space at a tag's edge, numbers that leave a gap, and an attribution without cue or content.
    """
    path = Path(path)
    raw = path.read_text(encoding="utf-8")
    head, gap, body = raw.partition("\n\n")
    headers: dict[str, str] = {}
    for line, text in enumerate(head.split("\n"), start=1):
        key, colon, value = text.partition(":")
        if not colon or key not in HEADERS or key in headers or not value.strip():
            raise MarkupError(path, line, f"{text!r} is no header; expected one 'key: value' each of {HEADERS}")
        headers[key] = value.strip()
    lines_of_head = head.count("\n") + 1
    if not gap or len(headers) != len(HEADERS):
        missing = ", ".join(key for key in HEADERS if key not in headers) or "the blank line"
        raise MarkupError(path, lines_of_head, f"the header ends without {missing}")
    if headers["style"] not in STYLES:
        raise MarkupError(path, lines_of_head, f"unknown style {headers['style']!r}; one of {sorted(STYLES)}")
    text, attributions = parse_marked(body.rstrip("\n"), path=path, first_line=lines_of_head + 2)
    return GoldArticle(headers["id"], headers["outlet"], headers["style"], text, attributions, headers["country"])


def parse_marked(marked: str, *, path: Path = Path("-"), first_line: int = 1) -> tuple[str, list[GoldAttribution]]:
    """The clean text and the attributions of tagged text. Raises MarkupError like `read_gold`.

    >>> text, [outer, inner] = parse_marked("<s1>He</s1> <q1>said</q1> <c1><q2>fears of</q2> <c2>it</c2></c1>.")
    >>> text, inner["inside"], inner["content"]
    ('He said fears of it.', 'g1', [[17, 19]])
    """
    clean = ""
    at = 0
    stack: list[_Open] = []
    found: dict[int, GoldAttribution] = {}
    lines: dict[int, int] = {}

    def line_of(position: int) -> int:
        return first_line + marked.count("\n", 0, position)

    for tag in TAG.finditer(marked):
        clean += _plain(marked, at, tag.start(), path, line_of)
        at = tag.end()
        line = line_of(tag.start())
        closing, role, number = tag[1] == "/", tag[2], int(tag[3])
        if not closing:
            if any((each.role, each.number) == (role, number) for each in stack):
                raise MarkupError(path, line, f"{tag[0]} opens inside itself")
            stack.append(_Open(role, number, len(clean), line))
            continue
        if not stack or (stack[-1].role, stack[-1].number) != (role, number):
            last = f"<{stack[-1].role}{stack[-1].number}> of line {stack[-1].line}" if stack else "no tag"
            raise MarkupError(path, line, f"{tag[0]} closes where {last} is open")
        opened = stack.pop()
        span = clean[opened.start :]
        if not span or span != span.strip():
            raise MarkupError(path, line, f"{tag[0]} closes {span!r}: empty, or white space at its edge")
        lines.setdefault(number, opened.line)
        attribution = found.setdefault(number, _empty(number))
        attribution[ROLES[role]].append([opened.start, len(clean)])
        if role == "q":
            around = [each.number for each in stack if each.role == "c"]
            inside = f"g{around[-1]}" if around else None
            if number in around:
                raise MarkupError(path, line, f"the cue {span!r} lies in its own content")
            if len(attribution["cue"]) > 1 and attribution["inside"] != inside:
                raise MarkupError(path, line, f"the cue {span!r} lies at another depth than the rest of its cue")
            attribution["inside"] = inside
    clean += _plain(marked, at, len(marked), path, line_of)
    if stack:
        raise MarkupError(path, stack[-1].line, f"<{stack[-1].role}{stack[-1].number}> is never closed")
    for number, attribution in found.items():
        for role in ("cue", "content"):
            if not attribution[role]:  # type: ignore[literal-required]
                raise MarkupError(path, lines[number], f"attribution {number} has no {role}")
        if number > 1 and number - 1 not in found:
            raise MarkupError(path, lines[number], f"attribution {number} is there, {number - 1} is not")
    for attribution in found.values():
        outermost = attribution
        while outermost["inside"] is not None:
            outermost = found[int(outermost["inside"][1:])]
        holding = outermost["content"] if outermost is not attribution else None
        attribution["quotation"] = quotation_of(clean, attribution["content"], holding)
    return clean, [found[number] for number in sorted(found)]


def _plain(marked: str, start: int, end: int, path: Path, line_of: Callable[[int], int]) -> str:
    """The text between two tags. An angle bracket in it is a mistyped tag: no article here has one of its own."""
    text = marked[start:end]
    stray = re.search(r"[<>]", text)
    if stray:
        line = line_of(start + stray.start())
        near = text[max(stray.start() - 5, 0) : stray.end() + 10]
        raise MarkupError(path, line, f"{near!r} has an angle bracket that is no tag")
    return text


def _empty(number: int) -> GoldAttribution:
    return {"id": f"g{number}", "source": [], "cue": [], "content": [], "inside": None, "quotation": "indirect"}


def quoted_letters(text: str, spans: list[list[int]]) -> tuple[set[int], set[int]]:
    """The positions of a content's letters inside its quotation marks, and of those outside."""
    inside: set[int] = set()
    outside: set[int] = set()
    for start, end in spans:
        closers = ""
        for position in range(start, end):
            letter = text[position]
            before = text[position - 1] if position else " "
            after = text[position + 1] if position + 1 < len(text) else " "
            if closers and letter in closers and not after.isalnum():
                closers = ""
            elif not closers and letter in CLOSERS and not before.isalnum():
                closers = CLOSERS[letter]
            elif letter.isalnum():
                (inside if closers else outside).add(position)
    return inside, outside


def quotation_of(
    text: str, spans: list[list[int]], around: list[list[int]] | None = None
) -> Literal["direct", "indirect", "mixed"]:
    """How much of a content quotation marks enclose: all words, none, or some.

    A mark left open covers the rest of its span, as in each paragraph but the last of a long quotation. `around` is
    the content that a nested one lies in: its marks enclose what lies within them.

    >>> quotation_of("the 'Swan' sank", [[0, 15]]), quotation_of("the Swan's hull", [[0, 15]])
    ('mixed', 'indirect')
    >>> quotation_of('"He said no."', [[9, 11]], around=[[0, 13]])
    'direct'
    """
    inside, outside = quoted_letters(text, spans)
    enclosed = quoted_letters(text, around or [])[0]
    inside, outside = inside | (outside & enclosed), outside - enclosed
    if not inside:
        return "indirect"
    return "mixed" if outside else "direct"


def gold_files() -> list[Path]:
    """The files of the set, by name."""
    return sorted(Path(__file__).parent.glob("*.txt"))


def _print_table(path: Path) -> None:
    article = read_gold(path)
    print(f"== {article.id} ({article.style}), {len(article.text.split())} words")
    for each in article.attributions:
        parts = [" … ".join(article.text[s:e] for s, e in each[role]) for role in ("source", "cue", "content")]
        place = f"{each['id']:>4} {each['inside'] or '':>4} {each['quotation']:<8}"
        print(" | ".join([place, *parts]).replace("\n", " ⏎ "))


if __name__ == "__main__":
    for name in sys.argv[1:]:
        _print_table(Path(name))
