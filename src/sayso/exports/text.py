"""The record for people at a terminal.

Source and cue are told apart by their place (`source › cue`) as well as by colour, so that a pipe loses nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sayso.documents import Article, Span
from sayso.exports.outline import (
    LOW_CONFIDENCE,
    Entry,
    columns,
    flat,
    imprint,
    outline,
    printable,
    summary,
    title_of,
    words,
)

_STYLES = {"title": "1", "source": "1;36", "cue": "33", "dim": "2", "unsure": "35"}
_NUMBER_WIDTH = 5
_NARROWEST = 36
_WIDEST = 100
"""A line longer than this is hard to read, however wide the terminal."""

Word = tuple[str, str]
"""A word and its style."""


def render(articles: Iterable[Article], *, many: bool = False, width: int = 80, colour: bool = False) -> Iterator[str]:
    """The records of the articles one after another, each ready as soon as its article is read.

    With `many` each says which source it was read from.
    """
    page = _Page(width, colour)
    for index, article in enumerate(articles):
        name = article.source.name if many and article.source is not None else ""
        yield ("\n\n" if index else "") + "\n".join(_record(article, name, page)) + "\n"


class _Page:
    """Lines of a given width, with colours or without."""

    def __init__(self, width: int, colour: bool) -> None:
        self.width = min(max(width, _NARROWEST), _WIDEST)
        self.colour = colour

    def styled(self, text: str, style: str) -> str:
        return f"\x1b[{_STYLES[style]}m{text}\x1b[0m" if self.colour and style and text else text

    def lines(self, wrapped: list[Word], indent: int) -> list[str]:
        """The words broken into lines that start after `indent` columns."""
        lines: list[list[Word]] = [[]]
        used = indent
        for word, style in wrapped:
            wide = columns(word)
            if lines[-1] and used + 1 + wide > self.width:
                lines.append([])
                used = indent
            used += wide + bool(lines[-1])
            lines[-1].append((word, style))
        return [" " * indent + self._join(line) for line in lines if line]

    def _join(self, line: list[Word]) -> str:
        """The words of a line with spaces; neighbours of one style are styled as one run."""
        runs: list[Word] = []
        for word, style in line:
            if runs and runs[-1][1] == style:
                runs[-1] = (f"{runs[-1][0]} {word}", style)
            else:
                runs.append((word, style))
        return " ".join(self.styled(text, style) for text, style in runs)

    def bare_columns(self, line: str) -> int:
        for code in {*_STYLES.values(), "0"} if self.colour else ():
            line = line.replace(f"\x1b[{code}m", "")
        return columns(line)


def _record(article: Article, name: str, page: _Page) -> Iterator[str]:
    yield from page.lines(_words(title_of(article), "title"), 0)
    byline = article.byline.of(article.text) if article.byline else ""
    for line in (imprint(article), byline, name):
        yield from page.lines(_words(line, "dim"), 0)
    yield page.styled("─" * page.width, "dim")
    sections = sorted(article.sections, key=lambda section: section.span)
    for top in outline(article):
        spans = top.attribution.spans()
        while sections and spans and sections[0].span.start <= spans[0].start:
            section = sections.pop(0)
            if not sections or sections[0].span.start > spans[0].start:
                yield ""
                yield from page.lines(_words(section.heading.of(article.text), "title"), 0)
        for entry in flat([top]):
            yield ""
            yield from _entry(entry, article, page)
    yield ""
    yield page.styled("─" * page.width, "dim")
    yield from page.lines(_words(summary(article), ""), 0)


def _entry(entry: Entry, article: Article, page: _Page) -> Iterator[str]:
    attribution = entry.attribution
    # Deeper than this the indent would eat the line on a narrow terminal.
    indent = _NUMBER_WIDTH + min(entry.depth, page.width // 14) * 4
    source = _words(words(attribution.source, article.text), "source") or [("(no source)", "dim")]
    cue = _words(words(attribution.cue, article.text), "cue") or [("(no cue)", "dim")]
    head = page.lines([*source, ("›", "dim"), *cue], indent)
    number = f"{entry.number:>{indent - 2}}"
    head[0] = page.styled(number, "dim") + head[0][len(number) :]
    tag, style = _tag(entry, article)
    room = page.width - page.bare_columns(head[-1]) - columns(tag)
    if room >= 2:
        head[-1] += " " * room + page.styled(tag, style)
    else:
        head.append(" " * max(page.width - columns(tag), indent) + page.styled(tag, style))
    yield from head
    for paragraph in words(attribution.content, article.text).splitlines():
        yield from page.lines(_words(paragraph, ""), indent)


def _tag(entry: Entry, article: Article) -> tuple[str, str]:
    attribution = entry.attribution
    parts: list[str] = [attribution.quotation]
    for name, place in (("headline", article.headline), ("standfirst", article.standfirst)):
        if place is not None and attribution.content and _inside(attribution.content, place):
            parts.insert(0, name)
    if attribution.confidence < LOW_CONFIDENCE:
        return " · ".join([*parts, f"unsure ({attribution.confidence:.0%})"]), "unsure"
    return " · ".join(parts), "dim"


def _inside(spans: list[Span], place: Span) -> bool:
    return all(place.contains(span) for span in spans)


def _words(text: str, style: str) -> list[Word]:
    return [(word, style) for word in printable(text).split()]
