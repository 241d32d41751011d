"""Markdown and JSON-LD files: their parts, their facts, and the way back to the source."""

from __future__ import annotations

import json
from datetime import date

import pytest

from sayso.documents import Span
from sayso.errors import EmptySource, UnreadableSource
from sayso.reading import read_bytes

MARKDOWN = """---
title: "Mill to close"
outlet: Alder Post
date: 2030-05-03
---
# Mill to *close* in June

By Ann Lee

The **mill** at [Garn](https://mill.example) will close in June,
its owner said. "We tried \\*everything\\*," said Per Moe &amp; his_wife_too.

## What comes next

> "Nobody was told," said [Ida Falk][1].

* a loan of 3 million
* a longer lease

![A photo](mill.jpg)

[1]: https://falk.example
"""


def test_markdown() -> None:
    article = read_bytes(MARKDOWN.encode(), "mill.md")
    text = article.text
    assert article.headline is not None
    assert article.headline.of(text) == "Mill to close in June"
    assert article.byline is not None
    assert article.byline.of(text) == "By Ann Lee"
    assert [section.heading.of(text) for section in article.sections] == ["What comes next"]
    assert [span.of(text) for span in article.paragraphs] == [
        'The mill at Garn will close in June, its owner said. "We tried *everything*," said Per Moe & his_wife_too.',
        '"Nobody was told," said Ida Falk.',
        "a loan of 3 million",
        "a longer lease",
    ]
    assert (article.outlet, article.published) == ("Alder Post", date(2030, 5, 3))


@pytest.mark.parametrize("word", ["Garn", "close", "everything", "Falk", "lease", "Ann"])
def test_markdown_maps_back(word: str) -> None:
    article = read_bytes(MARKDOWN.encode(), "mill.md")
    start = article.text.index(word)
    there = article.source_span(Span(start, start + len(word)))
    assert there is not None
    assert there.of(MARKDOWN) == word


def test_underlined_headings() -> None:
    raw = b"Mill to close\n=============\n\nIt will close in June, they said.\n\nNext\n----\n\nNobody knows."
    article = read_bytes(raw, "a.md")
    assert article.headline == Span(0, 13)
    assert [section.heading.of(article.text) for section in article.sections] == ["Next"]


BODY = "The mill will close, said “Per” Moe.\n\nNobody was told of it, the union said."
NEWS = {
    "@type": "NewsArticle", "headline": "Mill to close", "description": "Owner blames the price of power",
    "author": {"@type": "Person", "name": "Ann Lee"}, "publisher": {"name": "Alder Post"},
    "datePublished": "2030-05-03", "url": "https://post.example/mill", "articleBody": BODY,
}  # fmt: skip


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(NEWS, id="object"),
        pytest.param([{"@type": "WebSite"}, NEWS], id="array"),
        pytest.param({"@context": "https://schema.org", "@graph": [{"@type": "Person"}, NEWS]}, id="graph"),
        pytest.param({"@type": "WebPage", "mainEntity": {**NEWS, "@type": ["Thing", "Article"]}}, id="main-entity"),
        pytest.param({**NEWS, "articleBody": "<p>The mill will close, said “Per” Moe.</p><p>Nobody was told of it, "
                                             "the union said.</p>"}, id="markup-in-the-body"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("ascii_only", [True, False], ids=["escaped", "raw"])
def test_json_ld(data: object, ascii_only: bool) -> None:
    raw = json.dumps(data, ensure_ascii=ascii_only)
    article = read_bytes(raw.encode(), "mill.json")
    text = article.text
    assert text == f"Mill to close\n\nOwner blames the price of power\n\nAnn Lee\n\n{BODY}"
    assert article.headline is not None
    assert article.headline.of(text) == "Mill to close"
    assert article.standfirst is not None
    assert article.byline is not None
    assert article.byline.of(text) == "Ann Lee"
    assert len(article.paragraphs) == 2
    assert (article.outlet, article.published, article.url) == ("Alder Post", date(2030, 5, 3), NEWS["url"])
    start = text.index("“Per”")
    there = article.source_span(Span(start, start + 5))
    assert there is not None
    assert json.loads(f'"{there.of(raw)}"') == "“Per”"


@pytest.mark.parametrize(
    "raw, error",
    [
        pytest.param('{"@type": "Person", "name": "Ann"}', UnreadableSource, id="no-article"),
        pytest.param('{"@type": "NewsArticle", "headline": "Mill"}', EmptySource, id="no-body"),
        pytest.param('{"@type": "NewsArticle", ', UnreadableSource, id="damaged"),
        pytest.param("[" * 200_000 + '"NewsArticle"', UnreadableSource, id="nested-bomb"),
    ],
)
def test_json_that_is_no_article(raw: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        read_bytes(raw.encode(), "mill.json")


@pytest.mark.parametrize(
    "name, raw, media_type, paragraphs",
    [
        pytest.param(
            "-", "<!doctype html><p>The mill will close in June, they said on Monday.</p>", None, 1, id="sniffed"
        ),
        pytest.param("a.txt", "The mark <p> opens a paragraph in HTML.", None, 1, id="stray-tag-is-text"),
        pytest.param("a", "# Mill to close\n\nIt will close, they said.", "text/markdown", 1, id="media-type"),
        pytest.param("-", json.dumps({"@context": "https://schema.org", **NEWS}), None, 2, id="json-sniffed"),
    ],
)
def test_formats_are_told_apart(name: str, raw: str, media_type: str | None, paragraphs: int) -> None:
    article = read_bytes(raw.encode(), name, media_type=media_type)
    assert len(article.paragraphs) == paragraphs
