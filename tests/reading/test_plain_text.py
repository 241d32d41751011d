"""Plain text in the layouts it comes in: what is headline, standfirst, byline, heading and paragraph."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.documents import Article, Span
from sayso.errors import EmptySource
from sayso.reading import read_bytes, read_source, read_text
from training.evaluate import SHARED

ACCEPTANCE = SHARED / "acceptance" / "press-conference" / "article.txt"

LEAD = "The mill at Garn will close in June, its owner said on Tuesday, after two years without a profit."
MORE = "Some 240 people work there, most of them from the valley, according to the union."


def shape(article: Article) -> dict[str, object]:
    text = article.text

    def words(span: Span | None) -> str | None:
        return span.of(text) if span else None

    return {
        "headline": words(article.headline),
        "standfirst": words(article.standfirst),
        "byline": words(article.byline),
        "headings": [each.heading.of(text) for each in article.sections],
        "paragraphs": [span.of(text) for span in article.paragraphs],
    }


def expected(paragraphs: list[str], headline: str | None = None, standfirst: str | None = None,
             byline: str | None = None, headings: list[str] | None = None) -> dict[str, object]:  # fmt: skip
    return {
        "headline": headline, "standfirst": standfirst, "byline": byline, "headings": headings or [],
        "paragraphs": paragraphs,
    }  # fmt: skip


@pytest.mark.parametrize(
    "text, read",
    [
        pytest.param(f"{LEAD}\n{MORE}\n", expected([LEAD, MORE]), id="no-headline"),
        pytest.param(f"Mill to close in June\n{LEAD}\n{MORE}", expected([LEAD, MORE], "Mill to close in June"),
                     id="headline-and-a-paragraph-a-line"),
        pytest.param(f"Garn Mill Will Close in June.\n\n{LEAD}\n\n{MORE}",
                     expected([LEAD, MORE], "Garn Mill Will Close in June."), id="headline-with-a-full-stop"),
        pytest.param(f"Mill to close\n\nBy Ann Lee and Raj Rao\n\n{LEAD}",
                     expected([LEAD], "Mill to close", byline="By Ann Lee and Raj Rao"), id="byline"),
        pytest.param(f"Mill to close\nThe owner blames the price of power and of pulp.\nBy Ann Lee\n{LEAD}\n{MORE}",
                     expected([LEAD, MORE], "Mill to close", "The owner blames the price of power and of pulp.",
                              "By Ann Lee"), id="standfirst-above-the-byline"),
        pytest.param(f"Mill to close\nOwner blames the price of power\nOSLO, 3 May (NTB) - {LEAD}\n{MORE}",
                     expected([f"OSLO, 3 May (NTB) - {LEAD}", MORE], "Mill to close",
                              "Owner blames the price of power"),
                     id="standfirst-above-the-dateline"),
        pytest.param(f"Mill to close\n{LEAD}\nWhat comes next\n{MORE}\n{LEAD}",
                     expected([LEAD, MORE, LEAD], "Mill to close", headings=["What comes next"]), id="section-heading"),
        pytest.param(f"{LEAD}\nHe said they would \"stay until\nthe end\" of it.\n{MORE}",
                     expected([LEAD, "He said they would \"stay until\nthe end\" of it.", MORE]),
                     id="line-broken-inside-a-sentence"),
        pytest.param(f"Mill to close\n{LEAD}\niPhone makers are next in line for cheaper power, he said.",
                     expected([LEAD, "iPhone makers are next in line for cheaper power, he said."], "Mill to close"),
                     id="small-letter-that-starts-a-paragraph"),
        pytest.param(f"Mill to close\nPublished: 3 May 2030, 10:15 BST\n{LEAD}\n{MORE}",
                     expected([LEAD, MORE], "Mill to close"), id="date-line"),
        pytest.param(f"FOR IMMEDIATE RELEASE\n\nContact:\nJo Blank\n(555) 010-2244\njo@mill.example\n\n"
                     f"Mill to close in June\n\nGARN, Norvia, May 3, 2030 /PRNewswire/ -- {LEAD}\n\n{MORE}\n\n###\n",
                     expected([f"GARN, Norvia, May 3, 2030 /PRNewswire/ -- {LEAD}", MORE], "Mill to close in June"),
                     id="press-release"),
        pytest.param(f"Mill to close\n\n{LEAD}\n\n- ENDS -\n\nMedia contact: jo@mill.example",
                     expected([LEAD], "Mill to close"), id="ends-mark"),
        pytest.param("Mill to close", expected(["Mill to close"]), id="one-line-is-text"),
        pytest.param(f"PRESS RELEASE – EMBARGOED UNTIL 00:01 GMT, 22 MARCH\n\nMill to close\n\n{LEAD}",
                     expected([LEAD], "Mill to close"), id="embargo-line"),
        pytest.param(f"Mill to close\n{LEAD}\nQ: Who knew of it?\n{MORE}",
                     expected([LEAD, "Q: Who knew of it?", MORE], "Mill to close"), id="question-is-no-heading"),
        pytest.param(f"TIMBER!\n\nShock as Garn mill shuts\n\n{LEAD}\n\n{MORE}",
                     expected([LEAD, MORE], "TIMBER!", "Shock as Garn mill shuts"), id="line-below-the-headline"),
        pytest.param(f"{LEAD}\n© 2030 Alder Post\n(Reporting by Ann Lee; Editing by Raj Rao)",
                     expected([LEAD]), id="credits-are-no-paragraphs"),
        pytest.param(f"{LEAD}\n* a loan of 3 million\n* a longer lease\n{MORE}",
                     expected([LEAD, "* a loan of 3 million", "* a longer lease", MORE]), id="list"),
    ],
)  # fmt: skip
def test_layout(text: str, read: dict[str, object]) -> None:
    article = read_text(text)
    assert article.text == text
    assert shape(article) == read


def test_text_wrapped_at_seventy_columns() -> None:
    text = (
        "Mill to close in June\n\n"
        "The mill at Garn will close in June, its owner said on Tuesday, after\n"
        "two years without a profit. \"We have tried everything there was to\n"
        "try,\" said Per Moe, who runs the mill.\n\n"
        "Some 240 people work there, most of them from the valley, according to\n"
        "Union leader Ida Falk. She said that nobody had been told before the\n"
        "Tuesday meeting.\n"
    )  # fmt: skip
    article = read_text(text)
    assert [span.of(text).split()[0] for span in article.paragraphs] == ["The", "Some"]
    assert article.paragraphs[1].of(text).endswith("Tuesday meeting.")


def test_indented_paragraphs_in_wrapped_text() -> None:
    text = (
        "    The mill at Garn will close in June, its owner said on Tuesday,\n"
        "after two years without a profit. The union said that it would\n"
        "fight on for the jobs.\n"
        "    Some 240 people work there, most of them from the valley, and\n"
        "many more in the woods above it.\n"
        "    Nobody had been told before the meeting on Tuesday, said the\n"
        "union's leader.\n"
    )
    assert [span.of(text).split()[0] for span in read_text(text).paragraphs] == ["The", "Some", "Nobody"]


def test_published_from_the_date_line() -> None:
    article = read_text(f"Mill to close\nPublished: 3 May 2030, 10:15 BST\nOSLO, May 2 (NTB) - {LEAD}\n{MORE}")
    assert article.published == date(2030, 5, 3)
    assert article.dateline is not None
    assert article.dateline.date == date(2030, 5, 2)


def test_a_date_that_lies_ahead_is_warned_of() -> None:
    article = read_text(LEAD, published=date(2031, 1, 1), today=date(2030, 1, 1))
    assert any("future" in warning for warning in article.warnings)


@pytest.mark.shared
@pytest.mark.skipif(not ACCEPTANCE.exists(), reason="the acceptance case lies beside the project and is not here")
def test_acceptance_case() -> None:
    article = read_source(ACCEPTANCE, published=date(2023, 11, 28))
    text = article.text
    assert text == ACCEPTANCE.read_text(encoding="utf-8")
    lines = text.split("\n")
    assert (article.headline and article.headline.of(text)) == lines[0]
    assert (article.standfirst and article.standfirst.of(text)) == lines[1]
    assert article.dateline is not None
    dateline = article.dateline
    assert (dateline.place, dateline.date, dateline.agency) == ("BRUSSELS", date(2023, 11, 27), "TASS")
    assert [section.heading.of(text) for section in article.sections] == ["Equipment issues", "Lowering expecations"]
    assert any("systems, so\nthey can" in span.of(text) for span in article.paragraphs)
    undated = read_source(ACCEPTANCE)
    assert undated.dateline is not None
    assert undated.dateline.date is None


def test_carriage_returns_map_back_to_the_bytes() -> None:
    data = "Mill to close\r\n\r\nThe “mill” at Garn will close.\r\nNobody was told of it.".encode()
    article = read_bytes(data, "a.txt")
    assert article.text == data.decode().replace("\r\n", "\n")
    assert article.source is not None
    start = article.text.index("“mill”")
    there = article.source_span(Span(start, start + 6))
    assert there is not None
    at = article.source.to_bytes(there)
    assert data[at.start : at.end].decode() == "“mill”"


@pytest.mark.parametrize("text", [pytest.param("", id="nothing"), pytest.param(" \n\t", id="white-space"),
                                  pytest.param("12 — 3 …", id="no-letter")])  # fmt: skip
def test_nothing_to_read(text: str) -> None:
    with pytest.raises(EmptySource):
        read_text(text)


@given(st.text(alphabet=st.sampled_from(list("aB .,-—\n\r\t\"“”'’:;/()1é\ud800")), min_size=1, max_size=120))
def test_every_span_lies_in_the_text_in_order(text: str) -> None:
    try:
        article = read_text(text, any_language=True)
    except EmptySource:
        return
    assert article.text == text.replace("\r\n", "\n").replace("\r", "\n").replace("\ud800", "\ufffd")
    spans = [*article.paragraphs, *(section.heading for section in article.sections)]
    spans += [span for span in (article.headline, article.standfirst, article.byline) if span]
    ordered = sorted(spans)
    for span in ordered:
        assert 0 <= span.start < span.end <= len(article.text)
        assert span.of(article.text) == span.of(article.text).strip()
    for span, following in pairwise(ordered):
        assert span.end <= following.start


def test_the_id_follows_the_text_alone() -> None:
    assert read_text(LEAD).id == read_text(LEAD, name="other", outlet="Alder Post").id != read_text(MORE).id
