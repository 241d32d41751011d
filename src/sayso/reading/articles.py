"""From a decoded source to an `Article`: the format's reader gives blocks, the layout says what they are."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from sayso.documents import Article, OffsetMap, Source
from sayso.errors import EmptySource, NotEnglish, TooLarge, UnreadableSource
from sayso.reading.formats import Format
from sayso.reading.language import language_of
from sayso.reading.layout import Block, Kind, Layout, lay_out
from sayso.reading.limits import Limits
from sayso.reading.lines import blocks_of
from sayso.reading.mapped import Mapped, cleaned, joined, unplaced

if TYPE_CHECKING:
    from sayso.reading.jsonld import Facts
    from sayso.reading.stories import Story


@dataclass(frozen=True, slots=True)
class Given:
    """What the caller said about a source."""

    today: date | None = None
    published: date | None = None
    outlet: str | None = None
    any_language: bool = False
    url: str | None = None
    limits: Limits = field(default_factory=Limits)


def compose_article(source: Source, kind: Format, given: Given) -> Article:
    """The article in a decoded source of a known format. Raises the errors of `reading`."""
    article = _plain(source, given) if kind == "plain" else _from_parts(source, kind, given)
    _settle(article, given)
    return article


def _plain(source: Source, given: Given) -> Article:
    text, offsets = cleaned(source.text)
    _refuse_long(text, text.count("\n"), source.name, given.limits)
    blocks = [Block(span) for span in blocks_of(text)]
    layout = lay_out(text, blocks, published=given.published)
    article = _article(source, text, offsets, layout, given)
    if article.published is None and layout.published:
        article.published = layout.published.complete(None)
    return article


def _from_parts(source: Source, kind: Format, given: Given) -> Article:
    # The readers of the other formats are imported here, so that plain text starts without them.
    facts: Facts
    warnings: list[str] = []
    apart: int | None = None
    kinds: list[Kind | None]
    if kind == "html":
        from sayso.reading.pages import read_page

        parts = read_page(source.text, source.name, given.limits)
        texts, kinds, facts, warnings = parts.texts, parts.kinds, parts.facts, parts.warnings
    elif kind == "markdown":
        from sayso.reading.markdown import read_markdown

        texts, kinds, facts = read_markdown(source.text)
    elif story := _story(source, kind, given):
        from sayso.reading.stories import parts_of

        told = parts_of(story)
        texts, kinds, facts, warnings, apart = told.texts, told.kinds, story.facts, story.warnings, told.dateline
    else:
        texts, kinds, facts = _json_parts(source)
    if not texts:
        raise EmptySource(source.name, "there is no text in it", "Give a file with an article in it")
    text, offsets, spans = joined(texts)
    _refuse_long(text, len(texts), source.name, given.limits)
    blocks = [Block(span, each) for span, each in zip(spans, kinds, strict=True)]
    layout = lay_out(text, blocks, published=given.published or facts.published)
    if apart is not None:
        from sayso.reading.stories import dateline_apart

        layout.dateline = dateline_apart(text, spans[apart], published=given.published or facts.published)
    article = _article(source, text, offsets, layout, given)
    article.outlet = article.outlet or facts.outlet
    article.published = article.published or facts.published
    article.url = article.url or facts.url
    article.language = facts.language
    article.warnings += warnings
    if article.published is None and layout.published:
        article.published = layout.published.complete(None)
    return article


def _story(source: Source, kind: Format, given: Given) -> Story | None:
    from sayso.reading.agencies import one_story, stories_in

    stories = stories_in(source.text, kind, source.name, given.limits)
    return None if stories is None else one_story(stories, source.name)


def _json_parts(source: Source) -> tuple[list[Mapped], list[Kind | None], Facts]:
    from sayso.reading.jsonld import facts_in_json, located, located_paragraphs

    facts = facts_in_json(source.text)
    if facts is None:
        raise UnreadableSource(
            source.name,
            "it is JSON without a NewsArticle in it",
            "Give JSON-LD (schema.org NewsArticle), ninjs, HTML or text",
        )
    if not facts.body:
        raise EmptySource(source.name, "its NewsArticle has no articleBody", "Give a file with the article's text")
    texts: list[Mapped] = []
    kinds: list[Kind | None] = []
    heads: tuple[tuple[Kind, str | None], ...] = (("headline", facts.headline), ("standfirst", facts.description))
    for kind, value in heads:
        # A description that the body opens with is the lead again, not a standfirst.
        if value and not (kind == "standfirst" and facts.body.startswith(value.rstrip(".…")[:80])):
            texts.append(located(source.text, value) or unplaced(value))
            kinds.append(kind)
    names = [located(source.text, name) or unplaced(name) for name in facts.authors]
    if names:
        text, offsets, _ = joined(names, between=", ")
        texts.append(Mapped(text, list(offsets.pieces)))
        kinds.append("byline")
    body = located_paragraphs(source.text, facts.body)
    body = body or [unplaced(line) for line in facts.body.splitlines() if line.strip()]
    return [*texts, *body], [*kinds, *([None] * len(body))], facts


def _article(source: Source, text: str, offsets: OffsetMap | None, layout: Layout, given: Given) -> Article:
    return Article(
        id="a" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12],
        text=text,
        source=source,
        offsets=offsets,
        headline=layout.headline,
        standfirst=layout.standfirst,
        byline=layout.byline,
        dateline=layout.dateline,
        sections=layout.sections,
        paragraphs=layout.paragraphs,
        outlet=given.outlet,
        published=given.published,
        url=given.url,
        warnings=list(source.notes),
    )


def _settle(article: Article, given: Given) -> None:
    """Language and last doubts, the same for every format."""
    name = article.source.name if article.source else article.id
    body = "\n".join(span.of(article.text) for span in article.paragraphs) or article.text
    # The text's own words count, not a label: pages in other languages are often labelled "en".
    article.language = language_of(body) or (article.language if article.language == "en" else None) or "en"
    if article.language != "en":
        if not given.any_language:
            raise NotEnglish(name, article.language)
        article.warnings.append(
            f"the language looks like '{article.language}'; the model was trained on English, so expect little of it"
        )
    day = article.published
    if given.today and day and (day.date() if hasattr(day, "date") else day) > given.today:
        article.warnings.append(f"the publication date {day:%Y-%m-%d} lies in the future")


def _refuse_long(text: str, blocks: int, name: str, limits: Limits) -> None:
    if blocks > limits.max_blocks:
        raise TooLarge(name, f"it has over {limits.max_blocks:,} lines", "Split it into its articles")
    if len(text) > limits.max_characters:
        raise TooLarge(
            name,
            f"the text has {len(text):,} characters, over the limit of {limits.max_characters:,}",
            "Split it into its articles",
        )
