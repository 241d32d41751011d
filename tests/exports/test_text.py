from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from sayso.documents import Article
from sayso.exports import render
from sayso.exports.outline import columns

ESCAPE = re.compile(r"\x1b\[[0-9;]*m")


def shown(*articles: Article, width: int = 80, colour: bool = False) -> str:
    return "".join(render(articles, "text", width=width, colour=colour))


def test_record_reads_as_a_page(article: Article) -> None:
    rule = "─" * 64
    assert (
        shown(article, width=64)
        == f"""\
Harbour bridge to close, Courier learns
The Tidewater Courier · Port Ellery · CWA
By Edda Marsh
{rule}

  1  Courier › learns                        headline · indirect
     Harbour bridge to close

  2  Mara Quill › said                                  indirect
     The bridge … must close

On the money

  3  Otto Hale › According to                              mixed
     the union's claim that the council slept is "mere noise"

    3.1  the union's › claim                            indirect
         that the council slept

  4  (no source) › added                   direct · unsure (31%)
     “We knew nothing,”

{rule}
5 attributions, 1 nested, 1 without a source
"""
    )


@pytest.mark.parametrize("width", [20, 36, 50, 80, 100, 300])
@pytest.mark.parametrize("colour", [False, True], ids=["plain", "colour"])
def test_no_line_is_wider_than_the_page(article: Article, width: int, colour: bool) -> None:
    lines = ESCAPE.sub("", shown(article, width=width, colour=colour)).splitlines()
    assert max(columns(line) for line in lines) <= min(max(width, 36), 100)


def test_colours_change_nothing_but_colours(article: Article) -> None:
    coloured = shown(article, colour=True)
    assert ESCAPE.sub("", coloured) == shown(article)
    assert "\x1b[1;36mMara Quill\x1b[0m" in coloured
    assert "\x1b[33msaid\x1b[0m" in coloured


def test_hostile_text_cannot_steer_the_terminal(build: Callable[..., Article]) -> None:
    article = build("\x1b[2Jwe go, Bob said", ("Bob", "said", "\x1b[2Jwe go"))
    assert "\x1b" not in shown(article)


def test_paragraphs_of_a_long_quotation_stay_apart(build: Callable[..., Article]) -> None:
    article = build("Bob said: “One.\n“Two.”", ("Bob", "said", "“One.\n“Two.”"))
    assert "     “One.\n     “Two.”\n" in shown(article)


def test_article_without_attributions_says_so() -> None:
    assert shown(Article("x", "Rain.")).endswith("No attributions found\n")


def test_each_article_comes_when_it_is_read(article: Article) -> None:
    def articles() -> object:
        yield article
        raise AssertionError("the second article was asked for before the first was shown")

    assert next(iter(render(articles(), "text"))).startswith("Harbour bridge")


def test_among_many_each_names_its_source(article: Article) -> None:
    assert "\nbridge.txt\n───" in "".join(render([article], "text", many=True))
    assert "bridge.txt" not in shown(article)
