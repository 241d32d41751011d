"""The record as one self-contained page: the article with its attributions marked, and a list of them beside it.

Invariant: every character from outside passes `_escaped`, and nothing on the page can load or run but the style and
the script whose hashes stand in its Content-Security-Policy. That rules out `style` and `on...` attributes here.
"""

from __future__ import annotations

import base64
import hashlib
from collections import deque
from collections.abc import Iterable, Iterator
from html import escape
from pathlib import Path
from string import Template

from sayso import __version__
from sayso.documents import Article, Span
from sayso.exports.outline import LOW_CONFIDENCE, Entry, flat, imprint, outline, printable, summary, title_of, words
from sayso.exports.segments import Block, Mark, Role, Segment, blocks, cut, share_out

_TAGS = {
    "headline": '<h1 class="text">{}</h1>',
    "standfirst": '<p class="standfirst text">{}</p>',
    "byline": '<p class="byline text">{}</p>',
    "heading": '<h2 class="text">{}</h2>',
    "paragraph": '<p class="text">{}</p>',
    "other": '<p class="text">{}</p>',
}
_MASTHEAD = ("headline", "standfirst", "byline")
_LETTERED: tuple[Role, ...] = ("source", "cue", "dateline")
"""The roles that show in the letters themselves; content shows behind and around them."""
_SAID = ("", "said", "said said2", "said said3")
_KEY = (
    '<p class="key"><span class="source">source</span> <span class="cue">cue</span> '
    '<span class="said opens closes">what is said</span></p>'
)


def render(articles: Iterable[Article], *, by_speaker: bool = False) -> Iterator[str]:
    """The page of all the articles, one below the other, in one chunk."""
    pages: list[_Page] = []
    first = 1
    for article in articles:
        pages.append(_Page(article, len(pages) + 1, first))
        first += len(article.attributions)
    titles = [title_of(page.article) for page in pages]
    title = titles[0] if len(titles) == 1 else f"{len(titles)} articles"
    count = summary(pages[0].article) if len(pages) == 1 else f"{len(pages)} articles, {first - 1} attributions"
    style, script = _part("page.css"), _part("page.js")
    yield Template(_part("page.html")).substitute(
        language=_escaped((pages[0].article.language if pages else None) or "en"),
        version=_escaped(__version__),
        title=_escaped(title),
        style=style,
        style_hash=_hash(style),
        script=script,
        script_hash=_hash(script),
        contents=_contents(titles) if len(titles) > 1 else "",
        articles="\n".join(page.html() for page in pages),
        summary=_escaped(count),
    )


class _Page:
    """One article; its attributions are numbered over the whole page from `first`, so that DOM ids are unique."""

    def __init__(self, article: Article, index: int, first: int) -> None:
        self.article = article
        self.index = index
        self.outline = outline(article)
        entries = list(flat(self.outline))
        self.numbers = {id(entry): first + place for place, entry in enumerate(entries)}
        # Outer before inner: the last number of a segment is then its innermost attribution.
        self.marks = [
            Mark(span, role, self.numbers[id(entry)])
            for entry in entries
            for role, spans in _roles(entry)
            for span in spans
        ]
        if article.dateline is not None:
            self.marks.append(Mark(article.dateline.span, "dateline", 0))
        self.refs = deque(sorted(((_ref_at(entry), entry) for entry in entries), key=lambda ref: ref[0]))

    def html(self) -> str:
        head: list[str] = []
        body: list[str] = []
        layout = blocks(self.article)
        for block, marks in zip(layout, share_out(self.marks, layout), strict=True):
            shown = _TAGS[block.kind].format(self._segments(block, marks, last=block is layout[-1]))
            (head if block.kind in _MASTHEAD else body).append(shown)
        if self.article.headline is None:
            head.insert(0, _TAGS["headline"].format(_escaped(title_of(self.article))))
        imprinted = self._imprint()
        if imprinted:
            head.insert(0, imprinted)
        if self.article.warnings:
            notes = "".join(f"<p>{_escaped(warning)}</p>" for warning in self.article.warnings)
            body.insert(0, f'<div class="notes" role="note">{notes}</div>')
        return "\n".join(
            [
                f'<article class="record" id="article{self.index}">',
                '<header class="masthead">',
                *head,
                "</header>",
                '<div class="body">',
                *body,
                "</div>",
                self._list(),
                "</article>",
            ]
        )

    def _imprint(self) -> str:
        line = _escaped(imprint(self.article))
        url = self.article.url or ""
        # Any other scheme (javascript:, data:) would run or show what the article chose.
        if url.lower().startswith(("https://", "http://")):
            line = f'<a href="{_escaped(url)}" rel="noopener noreferrer">{line or _escaped(url)}</a>'
        return f'<p class="imprint">{line}</p>' if line else ""

    def _segments(self, block: Block, marks: list[Mark], *, last: bool) -> str:
        shown: list[str] = []
        for segment in cut(block.span, marks):
            shown.append(self._segment(segment))
            shown.append(self._refs_until(segment.span.end))
        if last:
            shown.append(self._refs_until(len(self.article.text)))
        return "".join(shown)

    def _segment(self, segment: Segment) -> str:
        text = _escaped(segment.span.of(self.article.text))
        content = segment.numbers("content")
        classes = [_SAID[min(len(set(content)), 3)]]
        classes += [role for role in _LETTERED if segment.numbers(role)]
        contents = [mark.span for mark in segment.marks if mark.role == "content"]
        classes += ["opens"] * any(span.start == segment.span.start for span in contents)
        classes += ["closes"] * any(span.end == segment.span.end for span in contents)
        named = " ".join(each for each in classes if each)
        numbers = sorted({mark.number for mark in segment.marks if mark.number})
        data = "".join(
            f' data-{name}="{" ".join(map(str, each))}"'
            for name, each in (("a", numbers), ("source", segment.numbers("source")), ("cue", segment.numbers("cue")))
            if each
        )
        return f'<span class="{named}"{data}>{text}</span>' if named else text

    def _refs_until(self, offset: int) -> str:
        shown = ""
        while self.refs and self.refs[0][0] <= offset:
            entry = self.refs.popleft()[1]
            number = self.numbers[id(entry)]
            label = f"Attribution {entry.number}: {self._who(entry)}"
            shown += (
                f'<a class="ref" id="ref{number}" href="#card{number}" data-ref="{number}" '
                f'aria-label="{_escaped(label)}">{entry.number}</a>'
            )
        return shown

    def _list(self) -> str:
        shown = self._cards(self.outline)
        key = _KEY if shown else ""
        return (
            f'<aside class="attributions" aria-label="Attributions"><h2>{_escaped(summary(self.article))}</h2>'
            f"{key}{shown}</aside>"
        )

    def _cards(self, entries: list[Entry]) -> str:
        cards = [self._card(entry) for entry in entries]
        return "<ol>\n" + "\n".join(cards) + "\n</ol>" if cards else ""

    def _card(self, entry: Entry) -> str:
        attribution, text = entry.attribution, self.article.text
        number = self.numbers[id(entry)]
        source = _escaped(_line(attribution.source, text))
        cue = _escaped(_line(attribution.cue, text))
        source = f'<span class="source">{source}</span>' if source else '<span class="nobody">no source named</span>'
        cue = f'<span class="cue">{cue}</span>' if cue else ""
        tags: str = attribution.quotation
        if entry.depth:
            tags += f" · inside {entry.number.rpartition('.')[0]}"
        if attribution.confidence < LOW_CONFIDENCE:
            tags += f' · <span class="unsure">unsure, {attribution.confidence:.0%}</span>'
        return (
            f'<li class="card{" inner" if entry.depth else ""}" id="card{number}">'
            f'<div class="face" data-face="{number}">'
            f'<p><a class="number" href="#ref{number}" aria-label="{entry.number}, to the text">{entry.number}</a>'
            f"{source} {cue}</p>"
            f'<p class="words">{_escaped(words(attribution.content, text))}</p>'
            f'<p class="tags">{tags}</p></div>'
            f"{self._cards(entry.inner)}</li>"
        )

    def _who(self, entry: Entry) -> str:
        attribution, text = entry.attribution, self.article.text
        source = _line(attribution.source, text) or "no source named"
        return f"{source}, {_line(attribution.cue, text)}".rstrip(", ")


def _roles(entry: Entry) -> list[tuple[Role, list[Span]]]:
    attribution = entry.attribution
    return [("content", attribution.content), ("cue", attribution.cue), ("source", attribution.source)]


def _ref_at(entry: Entry) -> int:
    """Where the attribution's number stands in the text: behind its cue, or else its source, or else its content."""
    attribution = entry.attribution
    for spans in (attribution.cue, attribution.source, attribution.content):
        if spans:
            return min(spans).end
    return 0


def _line(spans: list[Span], text: str) -> str:
    return " ".join(words(spans, text).split())


def _contents(titles: list[str]) -> str:
    items = "".join(
        f'<li><a href="#article{place}">{_escaped(title)}</a></li>' for place, title in enumerate(titles, 1)
    )
    return f'<nav class="contents" aria-label="Articles"><h2>{len(titles)} articles</h2><ol>{items}</ol></nav>'


def _escaped(text: str) -> str:
    return escape(printable(text), quote=True)


def _part(name: str) -> str:
    return (Path(__file__).parent / name).read_text(encoding="utf-8").strip()


def _hash(part: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(part.encode()).digest()).decode()
