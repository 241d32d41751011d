from __future__ import annotations

import pytest

from sayso.documents import Article, Span
from sayso.exports.tags import occasion_line, place_of, shown_date, tags
from sayso.records import Attribution, Occasion, Stance

TEXT = "Asked about the dam on Monday, he told Reuters"


def at(words: str) -> Span:
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


@pytest.mark.parametrize(
    "occasion, line",
    [
        pytest.param(Occasion(), "", id="nothing-known"),
        pytest.param(Occasion([at("on Monday")], "2026-03-09"), "on Monday · 9 March 2026", id="words-and-date"),
        pytest.param(Occasion(date="02-29"), "29 February", id="leap-day-without-a-year"),
        pytest.param(Occasion([at("Reuters")], addressee="Reuters"), "to Reuters", id="addressee"),
        pytest.param(Occasion(medium="a statement", place="Ellery"), "a statement, Ellery", id="no-words"),
        pytest.param(
            Occasion([at("on Monday"), at("Asked about the dam")], question=[at("Asked about the dam")]),
            "Asked about the dam, on Monday", id="question-once-in-text-order",
        ),
        pytest.param(
            Occasion([at("the dam on Monday"), at("on Monday")]), "the dam on Monday", id="words-inside-others-once"
        ),
    ],
)  # fmt: skip
def test_occasion_line(occasion: Occasion, line: str) -> None:
    assert occasion_line(occasion, TEXT) == line


def test_date_that_is_none_is_shown_as_it_stands() -> None:
    assert [shown_date(value) for value in (None, "Monday", "2026-13-01")] == ["", "Monday", "2026-13-01"]


def test_only_what_is_out_of_the_ordinary_is_a_tag() -> None:
    article = Article("x", TEXT, headline=Span(0, 5), paragraphs=[Span(6, len(TEXT))])
    plain = Attribution("a", [], [], [Span(8, 10)], act="communication", polarity="affirms", confidence=0.9)
    assert tags(plain, article) == [("quotation", "indirect")]
    loud = Attribution("a", [], [], [Span(0, 5)], act="control", polarity="denies", confidence=0.2)
    loud.stance = Stance("distancing", [Span(0, 5), Span(12, 15)])
    assert tags(loud, article) == [
        ("place", "headline"),
        ("polarity", "denies"),
        ("stance", "distancing (“Asked … the”)"),
        ("act", "control"),
        ("quotation", "indirect"),
        ("unsure", "unsure (20%)"),
    ]


@pytest.mark.parametrize(
    "content, place",
    [
        pytest.param([Span(0, 3)], "headline", id="headline"),
        pytest.param([Span(6, 8)], "lead", id="lead"),
        pytest.param([Span(12, 14), Span(15, 16)], "paragraph 2", id="body"),
        pytest.param([Span(6, 8), Span(12, 14)], "", id="over-two-paragraphs"),
        pytest.param([], "", id="nowhere"),
    ],
)
def test_place_of(content: list[Span], place: str) -> None:
    article = Article("x", TEXT, headline=Span(0, 5), paragraphs=[Span(6, 11), Span(12, 40)])
    assert place_of(Attribution("a", [], [], content), article) == place
