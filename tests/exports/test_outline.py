from __future__ import annotations

from datetime import date

import pytest

from sayso.documents import Article, Dateline, Span
from sayso.exports.outline import columns, flat, imprint, outline, printable, summary, title_of, words
from sayso.records import Attribution


def at(name: str, start: int, inside: str | None = None) -> Attribution:
    return Attribution(name, [], [], [Span(start, start + 3)], inside=inside)


@pytest.mark.parametrize(
    "attributions, expected",
    [
        pytest.param([at("b", 9), at("a", 0)], ["1 a", "2 b"], id="text-order-not-list-order"),
        pytest.param([at("a", 0), at("c", 5, "a"), at("b", 1, "a")], ["1 a", "1.1 b", "1.2 c"], id="nested-in-order"),
        pytest.param([at("a", 0), at("b", 1, "a"), at("c", 2, "b")], ["1 a", "1.1 b", "1.1.1 c"], id="two-deep"),
        pytest.param([at("a", 0, "gone"), at("b", 1)], ["1 a", "2 b"], id="outer-one-is-not-there"),
        pytest.param([at("a", 0, "b"), at("b", 1, "a")], ["1 a", "1.1 b"], id="round-in-a-circle"),
        pytest.param([at("z", 9), at("a", 0, "a")], ["1 z", "2 a"], id="inside-itself"),
    ],
)
def test_outline_numbers_every_attribution(attributions: list[Attribution], expected: list[str]) -> None:
    article = Article("x", "a text of some words", attributions=attributions)
    assert [f"{entry.number} {entry.attribution.id}" for entry in flat(outline(article))] == expected


def test_attribution_without_any_span_is_listed() -> None:
    article = Article("x", "text", attributions=[Attribution("a", [], [], [])])
    assert [entry.number for entry in outline(article)] == ["1"]


@pytest.mark.parametrize(
    "spans, expected",
    [
        pytest.param([], "", id="nothing"),
        pytest.param([Span(14, 19), Span(0, 5)], "“No,” … never", id="pieces-in-text-order-with-a-gap"),
        pytest.param([Span(0, 5), Span(6, 8)], "“No,” he", id="only-a-space-between"),
    ],
)
def test_words_of_spans(spans: list[Span], expected: str) -> None:
    assert words(spans, "“No,” he said never") == expected


@pytest.mark.parametrize(
    "text, expected",
    [
        pytest.param("a\x1b]0;owned\x07b", "a�]0;owned�b", id="terminal-title-escape"),
        pytest.param("a\u202eb", "a�b", id="reading-direction-override"),
        pytest.param("a\x9b31mb", "a�31mb", id="one-byte-escape"),
        pytest.param("a\ud800b", "a�b", id="lone-surrogate"),
        pytest.param("a\n\tb é 漢", "a\n\tb é 漢", id="text-stays"),
    ],
)
def test_printable(text: str, expected: str) -> None:
    assert printable(text) == expected


@pytest.mark.parametrize(
    "text, wide",
    [
        pytest.param("abc", 3, id="ascii"),
        pytest.param("漢字", 4, id="wide"),
        pytest.param("e\u0301", 1, id="combining"),
    ],
)
def test_columns(text: str, wide: int) -> None:
    assert columns(text) == wide


def test_summary_counts_nested_and_unnamed(article: Article) -> None:
    assert summary(article) == "5 attributions, 1 nested, 1 without a source"


def test_summary_of_one_and_of_none() -> None:
    one = Article("x", "text", attributions=[at("a", 0)])
    assert summary(one) == "1 attribution, 0 nested, 1 without a source"
    assert summary(Article("x", "text")) == "No attributions found"


def test_title_is_the_headline_else_the_source(article: Article) -> None:
    assert title_of(article) == "Harbour bridge to close, Courier learns"
    article.headline = None
    assert title_of(article) == "bridge.txt"


@pytest.mark.parametrize(
    "outlet, published, day, expected",
    [
        pytest.param("CWA", date(2026, 3, 12), date(2026, 3, 12), "CWA · Ellery, 12 March 2026", id="nothing-twice"),
        pytest.param("The Day", None, None, "The Day · Ellery · CWA", id="no-date-known"),
        pytest.param(
            "CWA", date(2026, 3, 13), date(2026, 3, 12), "CWA · Ellery, 12 March 2026 · published 13 March 2026",
            id="published-on-another-day",
        ),
    ],
)  # fmt: skip
def test_imprint(outlet: str, published: date | None, day: date | None, expected: str) -> None:
    dateline = Dateline(Span(0, 4), "Ellery", day, "CWA")
    assert imprint(Article("x", "text", outlet=outlet, published=published, dateline=dateline)) == expected
