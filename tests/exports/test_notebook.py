from __future__ import annotations

import re
from collections.abc import Callable

from sayso.documents import Article
from sayso.exports.notebook import _COLOURS, MOST_ROWS
from sayso.exports.speakers import COLOURS

from .test_html import HOSTILE, Page, channels, contrast


def test_fragment_shows_speakers_and_what_they_say(layered: Article) -> None:
    shown = Page(layered._repr_html_())
    text = shown.elements[0][2]
    assert "".join(text).startswith("Council knew of cracks, mayor says")
    rows = ["".join(each) for tag, _, each in shown.elements if tag == "tr"]
    assert len(rows) == 9
    assert rows[4] == "5OH he (Otto Hale) told“That is pure invention,”direct · to the Courier"
    assert "(Otto Hale 0.55 or Mara Quill 0.41)" in rows[5]
    titles = [attributes["title"] for _, attributes, _ in shown.elements if "title" in attributes]
    assert titles == [
        "person · Mayor",
        "person · port authority's chief engineer",
        "anonymous",
        "government · stands for the government of Velmark",
    ]


def test_fragment_is_self_contained_and_runs_nothing(layered: Article, build: Callable[..., Article]) -> None:
    hostile = build(HOSTILE, (HOSTILE[:20], HOSTILE[20:40], HOSTILE[40:]))
    hostile.headline, hostile.outlet = hostile.paragraphs[0], HOSTILE
    for article in (layered, hostile):
        shown = Page(article._repr_html_())
        assert {tag for tag, _, _ in shown.elements} <= set("div span b i table tr td".split())
        assert {name for _, attributes, _ in shown.elements for name in attributes} <= {"style", "title"}
        assert not re.search(r"url\(|http", article._repr_html_().replace("&#x27;", ""))


def test_long_article_is_cut_and_says_so(build: Callable[..., Article]) -> None:
    article = build("Ann said so", *[("Ann", "said", "so")] * (MOST_ROWS + 3))
    shown = article._repr_html_()
    assert shown.count("<tr") == MOST_ROWS
    assert "and 3 more" in shown


def test_article_without_anything_is_shown() -> None:
    assert "No attributions found" in Article("x", "Rain.")._repr_html_()


def test_badges_can_be_read() -> None:
    assert len(_COLOURS) == COLOURS
    assert all(contrast(channels("#ffffff"), channels(colour)) >= 4 for colour in _COLOURS)
