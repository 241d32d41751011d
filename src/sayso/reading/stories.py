"""One story of an agency's document, whatever the format: its facts, its content, and the parts an article is made of.

Invariant: every `Mapped` of a `Story` leads back to the text that was scanned, through escapes in it where a story is
markup inside a string.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime

from sayso.documents import Dateline, OffsetMap, Span
from sayso.reading.alignment import key_of
from sayso.reading.datelines import find_dateline
from sayso.reading.dates import day_of
from sayso.reading.htmlscan import PageBlock
from sayso.reading.jsonld import Facts
from sayso.reading.layout import Kind
from sayso.reading.mapped import Mapped, joined

_HEADINGS = frozenset(["h2", "h3", "h4", "h5", "h6", "hl2"])
_LISTED = frozenset(["li", "dd", "td", "th"])
_PARAGRAPHS = frozenset(["p", "blockquote", "bq", "pre", "li", *_HEADINGS])
# A line that only says whose the text is: "(©NTB)".
_CREDIT = re.compile(r"\(?(?:©|\([cC]\))\s?[\w&.,\s/-]{2,40}\)?$")
# "bur-dar-gl/fz": the initials of those who wrote and edited it, at the end of an agency's report.
_SIGN_OFF = re.compile(r"[a-z]{2,5}(?:[-/][a-z]{2,5}){1,6}$")


@dataclass(slots=True)
class Content:
    """What the marked-up text of a story holds; a part that it does not mark is None."""

    blocks: list[PageBlock] = field(default_factory=list)
    headline: Mapped | None = None
    standfirst: list[Mapped] = field(default_factory=list)
    byline: Mapped | None = None
    dateline: Mapped | None = None
    title: Mapped | None = None
    facts: Facts = field(default_factory=Facts)
    """What the content says of itself: a NITF document has a head of its own."""

    def through(self, outer: OffsetMap) -> Content:
        """The same, mapped on to the text in which this content is a string."""

        def moved(part: Mapped | None) -> Mapped | None:
            return part.through(outer) if part else None

        return Content(
            [PageBlock(each.text.through(outer), each.tag, each.hints, each.inside) for each in self.blocks],
            moved(self.headline), [each.through(outer) for each in self.standfirst], moved(self.byline),
            moved(self.dateline), moved(self.title), self.facts,
        )  # fmt: skip

    def letters(self) -> int:
        """How much text it has."""
        return sum(len(block.text.text) for block in self.blocks)


def richest(found: list[tuple[int, Content]]) -> Content:
    """Of several renditions of one story, each with the rank of its format, the best one that is not much shorter."""
    longest = max((content.letters() for _, content in found), default=0)
    whole = [(rank, content) for rank, content in found if content.letters() >= 0.8 * longest]
    return max(whole, key=lambda each: each[0], default=(0, Content()))[1]


@dataclass(slots=True)
class Story:
    """One item of a document, as far as the item itself says; `content` is empty where it has no text of its own."""

    span: Span
    """Where the item stands in the text."""
    facts: Facts = field(default_factory=Facts)
    guid: str | None = None
    version: str | None = None
    headline: Mapped | None = None
    standfirst: list[Mapped] = field(default_factory=list)
    bylines: list[Mapped] = field(default_factory=list)
    dateline: Mapped | None = None
    located: Mapped | None = None
    content: Content = field(default_factory=Content)
    refused: str = ""
    """Why this is no article to take, as a clause about "it"; empty where it is one."""
    advice: str = ""
    is_text: bool = True
    """Whether the item means to be an article: a picture beside a story is no failure."""
    warnings: list[str] = field(default_factory=list)

    def take(self, content: Content) -> None:
        """Makes this the story's content, and believes it where the item itself says nothing."""
        self.content = content
        for name in ("outlet", "published", "language"):
            if getattr(self.facts, name) is None:
                setattr(self.facts, name, getattr(content.facts, name))


@dataclass(slots=True)
class StoryParts:
    """The parts of a story in reading order, each with what is known of it."""

    texts: list[Mapped] = field(default_factory=list)
    kinds: list[Kind | None] = field(default_factory=list)
    dateline: int | None = None
    """Which of the texts is the dateline, where that stands apart from the body."""

    def add(self, text: Mapped, kind: Kind | None) -> None:
        """One more part at the end."""
        self.texts.append(text)
        self.kinds.append(kind)


def parts_of(story: Story) -> StoryParts:
    """Headline, standfirst, byline, dateline and body of a story, nothing of it twice."""
    content, parts = story.content, StoryParts()
    headline = story.headline or content.headline or content.title
    blocks = _body(content.blocks, headline)
    if headline:
        parts.add(headline, "headline")
    opening = key_of(" ".join(block.text.text for block in blocks[:3]))
    for each in story.standfirst or content.standfirst:
        # What the body opens with is the lead again, not a standfirst.
        if key_of(each.text)[:60] not in opening and not (headline and key_of(each.text) == key_of(headline.text)):
            parts.add(each, "standfirst")
    if byline := content.byline or _together(story.bylines):
        parts.add(byline, "byline")
    dateline = story.dateline or content.dateline
    if not dateline and story.located and not _opens_with_dateline(blocks):
        dateline = story.located
    if dateline and blocks and not opening.startswith(key_of(dateline.text)):
        parts.dateline = len(parts.texts)
        parts.add(dateline, "aside")
    has_paragraphs = any(block.tag in _PARAGRAPHS for block in blocks)
    for index, block in enumerate(blocks):
        parts.add(block.text, _kind(block, has_paragraphs, is_last=index == len(blocks) - 1))
    return parts


def dateline_apart(text: str, span: Span, *, published: date | datetime | None) -> Dateline:
    """The dateline that a document gives apart from its body, as far as it can be read; else all of it is the place."""
    said = re.sub(r"[\s\-–—]+$", "", span.of(text))
    # Written as it would stand at the head of a report.
    found = find_dateline(f"{said} - Text", Span(0, len(said) + 7), published=day_of(published))
    return Dateline(span, found.place, found.date, found.agency) if found else Dateline(span, said)


def _body(blocks: list[PageBlock], headline: Mapped | None) -> list[PageBlock]:
    """The blocks below the headline, which the content may repeat at its top."""
    key = key_of(headline.text) if headline else ""
    for index, block in enumerate(blocks[:4]):
        if block.tag == "h1" or (key and key_of(block.text.text) == key):
            return blocks[index + 1 :]
    return blocks


def _kind(block: PageBlock, has_paragraphs: bool, *, is_last: bool) -> Kind | None:
    text = block.text.text
    if block.tag in _HEADINGS:
        return "heading"
    if block.tag in _LISTED:
        return "paragraph"
    if (is_last and _SIGN_OFF.match(text)) or _CREDIT.match(text) or "note" in block.inside:
        return "aside"
    # A label beside the paragraphs (the subject, the agency) is no sentence of the report.
    labelled = has_paragraphs and block.tag not in _PARAGRAPHS and len(text) <= 80
    return "aside" if labelled and text[-1:] not in tuple(".!?…”\"»’'") else None


def _opens_with_dateline(blocks: list[PageBlock]) -> bool:
    text = blocks[0].text.text if blocks else ""
    # "(New York, NY - October 21)" is one too, if not one that is read.
    return bool(text) and (text.startswith("(") or find_dateline(text, Span(0, len(text))) is not None)


def _together(names: list[Mapped]) -> Mapped | None:
    if not names:
        return None
    text, offsets, _ = joined(names, between=", ")
    return Mapped(text, list(offsets.pieces))


__all__ = ["Content", "Story", "StoryParts", "dateline_apart", "parts_of", "richest"]
