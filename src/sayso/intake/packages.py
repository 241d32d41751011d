"""Documents that hold several articles: news agencies' messages and packages, lists of ninjs, JSON-LD graphs.

Each article becomes an item of its own, the stretch of the file in which it stands. Of a document that broke off, what
was whole before the break is taken and the rest is a failure.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from sayso.documents import Source, Span
from sayso.errors import UnreadableSource
from sayso.intake.items import Failure, Item, ProblemKind
from sayso.reading.agencies import json_refusal
from sayso.reading.decoding import declared_charset, decode
from sayso.reading.formats import Format, format_of
from sayso.reading.jsonld import NESTING, facts_in_json, is_article_type
from sayso.reading.jsonscan import BrokenJson, Value, scan_json
from sayso.reading.limits import Limits
from sayso.reading.stories import Story
from sayso.reading.xmlscan import BrokenMarkup, refusal, scan

_DEFAULT = Limits()
# A message has several times the tags of one article; each article keeps to the limit when it is read.
_MORE_TAGS = 4
_MOST_NESTED = 8
_MARKS = {"utf-16-le": codecs.BOM_UTF16_LE, "utf-16-be": codecs.BOM_UTF16_BE,
          "utf-32-le": codecs.BOM_UTF32_LE, "utf-32-be": codecs.BOM_UTF32_BE}  # fmt: skip
_MEDIA_TYPES: dict[Format, str] = {"xml": "application/xml", "json": "application/json"}


def package_items(
    data: bytes, name: str, *, origin: str, media_type: str | None = None, charset: str | None = None,
    limits: Limits = _DEFAULT,
) -> list[Item | Failure] | None:  # fmt: skip
    """The articles of an agency's document or of JSON-LD, in order, and what of it is none; None for anything else.

    What of a message is no article and was not meant to be (pictures, the list of what it holds) is passed over where
    it has articles too. A story that its agency canceled or withholds is a failure of the kind `refused`.
    """
    try:
        source = decode(data, name, charset=charset, inside=declared_charset(data))
    except UnreadableSource:
        return None
    kind = format_of(name, source.text, media_type)
    if kind not in _MEDIA_TYPES:
        return None
    package = _Package(data, source, kind, origin)
    try:
        return package.of_xml(limits) if kind == "xml" else package.of_json(limits)
    except UnreadableSource as error:
        return [package.failure("refused", name, error.reason, error.advice)]


class _Package:
    """A document on its way to items."""

    def __init__(self, data: bytes, source: Source, kind: Format, origin: str) -> None:
        self.data, self.source, self.kind, self.origin = data, source, kind, origin
        self.name = source.name
        self.media_type = _MEDIA_TYPES[kind]

    def of_xml(self, limits: Limits) -> list[Item | Failure] | None:
        from sayso.reading.newsml import stories_of

        try:
            root = scan(self.source.text, self.name, replace(limits, max_tags=_MORE_TAGS * limits.max_tags))
        except BrokenMarkup as broken:
            stories = stories_of(broken.root, self.source.text, self.name, limits)
            return self.items(stories, self.rest(refusal(broken, self.source.text, self.name), broken.cut_off, stories))
        stories = stories_of(root, self.source.text, self.name, limits)
        return self.items(stories) if stories else None

    def of_json(self, limits: Limits) -> list[Item | Failure] | None:
        from sayso.reading.ninjs import stories_in_ninjs

        text = self.source.text
        try:
            root, broken = scan_json(text, self.name, limits), None
        except BrokenJson as error:
            root, broken = Value("list", 0, len(text), elements=error.elements), error
        stories = stories_in_ninjs(root, text, self.name, limits)
        rest = self.rest(json_refusal(broken, text, self.name), broken.cut_off, stories) if broken else None
        if stories:
            return self.items(stories, rest)
        found = list(_articles(root, 0))
        if not found:
            return [rest] if rest else None
        self.media_type = "application/ld+json"
        return self.items([self.story(each) for each in found], rest)

    def story(self, article: Value) -> Story:
        """The story of a JSON-LD article, as far as an item tells of it."""
        facts = facts_in_json(self.source.text[article.start : article.end])
        story = Story(Span(article.start, article.end), guid=article.say("@id", "identifier") or None)
        story.version = article.say("version") or None
        if facts is None or not facts.body:
            story.refused = "its NewsArticle has no articleBody"
        story.facts = facts or story.facts
        return story

    def items(self, stories: list[Story], rest: Failure | None = None) -> list[Item | Failure]:
        after = [rest] if rest else []
        meant = [story for story in stories if not story.refused or story.is_text]
        if not meant and stories:
            many = f"none of its {len(stories):,} items is an article: " if len(stories) > 1 else ""
            # One failure a name: where the document broke off, that is the reason.
            return [rest or self.failure("unreadable", self.name, many + stories[0].refused, stories[0].advice)]
        if len(meant) == 1 and not meant[0].refused and not rest:
            return [self.whole(meant[0])]
        # What is broken goes by the document's own name.
        names = self.names(meant) if len(stories) > 1 or rest else [self.name]
        return [*(self.item(story, name) for story, name in zip(meant, names, strict=False)), *after]

    def item(self, story: Story, name: str) -> Item | Failure:
        """The item of one story, or what is wrong with it."""
        item = self.part(story, name)
        if not story.refused:
            return item
        kind: ProblemKind = "refused" if story.refused.startswith("the agency") else "unreadable"
        return self.failure(kind, name, story.refused, story.advice, digest=item.digest)

    def whole(self, story: Story) -> Item:
        """The item of a document with one article: all of it, so that places in it are places in the file."""
        return replace(self.part(story, self.name), data=self.data)

    def part(self, story: Story, name: str) -> Item:
        stretch = story.span.of(self.source.text).encode(self.source.encoding, "surrogateescape")
        facts = story.facts
        return Item(
            name, self.origin, _MARKS.get(self.source.encoding, b"") + stretch, media_type=self.media_type,
            charset=self.source.encoding, url=facts.url, guid=story.guid, version=story.version, outlet=facts.outlet,
            published=facts.published,
        )  # fmt: skip

    def names(self, stories: list[Story]) -> list[str]:
        """A name for each story: the document's with the story's own identifier, or with its number."""
        own = [re.sub(r"\s+", " ", story.guid or "")[:200] for story in stories]
        often = Counter(own)
        labels = [label if often[label] == 1 and label else str(number) for number, label in enumerate(own, 1)]
        if len({*labels}) < len(labels):
            # An identifier that is the number of another one.
            labels = [str(number) for number in range(1, len(own) + 1)]
        return [f"{self.name}#{label}" for label in labels]

    def rest(self, error: UnreadableSource, cut_off: bool, stories: list[Story]) -> Failure:
        saved = f"; {len(stories):,} whole items stand before it" if stories else ""
        return self.failure("truncated" if cut_off else "damaged", self.name, error.reason + saved, error.advice)

    def failure(self, kind: ProblemKind, name: str, reason: str, advice: str = "", *, digest: str = "") -> Failure:
        return Failure(kind, name, self.origin, reason, advice, digest or Item(name, self.origin, self.data).digest)


def _articles(value: Value, depth: int) -> Iterator[Value]:
    """The articles of a JSON-LD text, outermost first; one without a body inside another is only a link to it."""
    if depth > _MOST_NESTED:
        return
    for each in value.elements:
        yield from _articles(each, depth + 1)
    if value.kind != "object":
        return
    inner = (found for key in NESTING if key in value.members for found in _articles(value.members[key], depth + 1))
    if _is_article(value):
        yield value
        inner = (found for found in inner if found.string("articleBody", "text"))
    yield from inner


def _is_article(value: Value) -> bool:
    types = value.members.get("@type")
    if types is None:
        return False
    return is_article_type([each.text for each in types.elements] if types.kind == "list" else types.text)
