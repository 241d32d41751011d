"""The generated crawls: seeded, whole, read as what they are, and of the size that news pages have."""

from __future__ import annotations

import io
from collections import Counter
from functools import cache
from itertools import islice

import pytest

from benchmarks.crawls import Stories, page_of, write_crawl
from benchmarks.crawls.layouts import LAYOUTS, layout_of
from sayso.intake.items import Item
from sayso.intake.warc import warc_items
from sayso.reading import Limits, read_bytes

ARTICLES = 40


@cache
def stories() -> Stories:
    return Stories(seed=1)


@cache
def told(number):
    return stories().story(number)


def written(*, articles=ARTICLES, packed=True, **given):
    file = io.BytesIO()
    return file, list(write_crawl(file, articles=articles, packed=packed, **given))


def test_a_crawl_begins_as_a_smaller_one():
    small, _ = written(articles=5, seed=3)
    large, _ = written(articles=9, seed=3)
    other, _ = written(articles=5, seed=4)
    assert large.getvalue().startswith(small.getvalue())
    assert other.getvalue()[:5_000] != small.getvalue()[:5_000]


@pytest.mark.parametrize("packed", [True, False], ids=["packed", "plain"])
def test_every_article_comes_out_where_it_was_written_and_nothing_else_does(packed):
    file, made = written(packed=packed)
    notes: list[str] = []
    items = list(warc_items(file, len(file.getvalue()), "crawl", limits=Limits(), on_note=notes.append))
    assert all(isinstance(each, Item) for each in items)
    assert [(each.name, each.url) for each in items] == [
        (each.known("crawl")["article"], each.story.url) for each in made
    ]
    assert "revisit" in notes[0] and "images" in notes[0] and "redirects" in notes[0]


def test_pages_are_of_every_layout_and_of_the_size_of_news_pages():
    made = [told(number) for number in range(150)]
    assert {layout_of(each) for each in made} == set(LAYOUTS)
    sizes = sorted(len(page_of(stories(), each)) for each in made)
    assert sizes[len(sizes) // 20] > 25_000
    assert sizes[-1] < 300_000


def test_some_stories_are_copies_of_earlier_ones():
    copies = [each for each in map(told, range(200)) if each.first != each.number]
    assert 15 <= len(copies) <= 60
    for each in copies:
        first = told(each.first)
        assert first.first == first.number < each.number
        assert list(each.paragraphs) == list(first.paragraphs)[: len(each.paragraphs)]
    assert max(Counter(each.first for each in map(told, range(200))).values()) < 8


@pytest.mark.parametrize("layout", list(LAYOUTS))
def test_most_pages_are_read_as_what_was_written(layout):
    made = list(islice((each for each in map(told, range(400)) if layout_of(each) == layout), 4))
    right = 0
    for story in made:
        article = read_bytes(page_of(stories(), story).encode(), "page", media_type="text/html")
        assert article.headline and article.headline.of(article.text) == story.headline
        assert article.url == story.url
        read = [span.of(article.text) for span in article.paragraphs]
        right += sum(each in read for each in story.paragraphs) >= 0.8 * len(story.paragraphs)
    # Of a page in tables the parser may take the teasers for the article.
    assert right >= (2 if layout == "tables" else 3)
