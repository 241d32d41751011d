"""Pages in the layouts of three invented outlets: what is taken, what is left, and the way back to the source."""

from __future__ import annotations

import html
import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.documents import Article, Span
from sayso.errors import EmptySource, TookTooLong, TooLarge
from sayso.reading import Limits, read_bytes, read_source
from sayso.reading.extractor import extract_main_text
from sayso.reading.htmlscan import page_blocks

PAGES = Path(__file__).parent / "pages"


def words(article: Article, span: Span | None) -> str | None:
    return span.of(article.text) if span else None


def bare(text: str) -> str:
    """Letters and digits of a stretch of source, tags and entities resolved."""
    shown = html.unescape(re.sub(r"<[^>]*>", " ", text)).encode().decode("unicode_escape", "replace")
    return "".join(filter(str.isalnum, shown.encode("latin-1", "ignore").decode("utf-8", "ignore")))


def test_a_modern_page() -> None:
    article = read_source(PAGES / "harbour_courier.html")
    assert words(article, article.headline) == "Ferry strike to last ‘until the snow melts’, says union"
    assert words(article, article.standfirst) == (
        "Crews on the Velmore line walked out on Monday over night shifts & pay"
    )
    assert words(article, article.byline) == "By Ines Okafor and Tom Brandvold"
    assert [words(article, section.heading) for section in article.sections] == ["‘Nobody told us’"]
    assert [span.of(article.text).split()[0] for span in article.paragraphs] == [
        "Ferry", "“We", "Velmore", "Islanders", "The",
    ]  # fmt: skip
    assert article.outlet == "The Harbour Courier"
    assert article.published == datetime(2031, 2, 3, 17, 45, tzinfo=UTC)
    assert article.url == "https://courier.example/velmore/ferry-strike"
    assert article.language == "en"
    assert article.warnings == []


@pytest.mark.parametrize(
    "left_out",
    [
        "cookies",
        "Sport",
        "Photograph",
        "Read more",
        "Bridge tolls",
        "Advertisement",
        "Sign up",
        "rights reserved",
        "Copy",
    ],
)
def test_what_stands_round_an_article_is_left_out(left_out: str) -> None:
    assert left_out not in read_source(PAGES / "harbour_courier.html").text


def test_an_old_page_of_tables_and_unclosed_paragraphs() -> None:
    article = read_source(PAGES / "wire_service.htm")
    assert words(article, article.headline) == "Norvia rejects claims over border dam"
    assert article.dateline is not None
    assert (article.dateline.place, article.dateline.agency) == ("TARVO", "Meridian")
    assert article.dateline.date == date(2029, 5, 9)
    assert len(article.paragraphs) == 4
    assert 'réservoir was "not even half full."' in article.text
    assert "farmers’ wells" in article.text
    assert "Grain prices" not in article.text


def test_a_page_drawn_by_a_script_is_read_from_its_json_ld() -> None:
    article = read_source(PAGES / "script_drawn.html")
    assert words(article, article.headline) == "Council votes to keep night buses"
    assert len(article.paragraphs) == 3
    assert 'had called "a luxury we can’t afford."' in article.text
    assert article.outlet == "Alder Post"
    assert any("JSON-LD" in warning for warning in article.warnings)


@pytest.mark.parametrize("page", sorted(path.name for path in PAGES.iterdir()))
def test_every_word_leads_back_to_the_bytes_it_came_from(page: str) -> None:
    data = (PAGES / page).read_bytes()
    article = read_bytes(data, page)
    assert article.source is not None
    for found in re.finditer(r"[^\W_]+", article.text):
        there = article.source_span(Span(*found.span()))
        assert there is not None, found.group()
        at = article.source.to_bytes(there)
        assert bare(data[at.start : at.end].decode()) == found.group()


def test_entities_and_white_space_map_as_a_whole() -> None:
    page = "<p>Fish &amp;\n   chips&nbsp;cost <b>&pound;9</b>, he&#8217;d say</p>"
    (block,) = page_blocks(page)
    assert block.text.text == "Fish & chips cost £9, he’d say"
    pieces = {block.text.text[piece.start]: page[piece.origin : piece.origin + piece.source_length]
              for piece in block.text.pieces if piece.length == 1}  # fmt: skip
    assert pieces["&"] == "&amp;"
    assert pieces["£"] == "&pound;"
    assert pieces["’"] == "&#8217;"


_HTML = st.lists(
    st.sampled_from(["word", "two", " ", "\n", "&amp;", "&nbsp;", "&#8217;", "<b>", "</b>", "<p>", "</p>", "<br>", "é",
                     "<", ">", "&", "<!-- x -->", "<a href='y'>", "</a>", "\u200b", "  ", "<script>z</script>", "<q>"]),
    max_size=40,
)  # fmt: skip


@given(_HTML)
@settings(max_examples=200)
def test_blocks_of_any_page_map_back(parts: list[str]) -> None:
    page = "".join(parts)
    for block in page_blocks(page):
        end = last = 0
        for piece in block.text.pieces:
            assert piece.start >= end
            assert piece.origin >= last
            end, last = piece.start + piece.length, piece.origin + piece.source_length
            shown = block.text.text[piece.start : end]
            if piece.length == piece.source_length and shown != " ":
                assert page[piece.origin : last] == shown
        assert end == len(block.text.text)
        assert "  " not in block.text.text
        assert block.text.text == block.text.text.strip()


BODY = b"<html><body>"


@pytest.mark.parametrize(
    "page, error",
    [
        pytest.param(BODY + b"<div>" * 1_000_000 + b"word", TooLarge, id="a-million-nested-tags"),
        pytest.param(BODY + b"<div></div>" * 800_000 + b"word", TooLarge, id="a-million-closed-tags"),
        pytest.param(BODY + b"<p " + b"a=1 " * 1_000_000 + b">word</p>", TooLarge, id="a-million-attributes"),
        pytest.param(BODY + b"x" * 50_000_000, TooLarge, id="fifty-megabytes"),
        pytest.param(BODY + b"<" * 5_000_000 + b"word", TooLarge, id="brackets"),
        pytest.param(BODY + b"&amp" * 1_500_000 + b"word", TooLarge, id="entities"),
        pytest.param(BODY + b"<!--" * 1_000_000 + b"word", EmptySource, id="comments"),
        pytest.param(BODY + b"<a '\">" * 500_000 + b"word", TooLarge, id="unclosed-quotation-marks"),
        pytest.param(BODY + b"<nav>News Sport Weather</nav>", EmptySource, id="no-article"),
    ],
)
def test_hostile_pages_are_refused_before_a_parser_sees_them(page: bytes, error: type[Exception]) -> None:
    with pytest.raises(error):
        read_bytes(page, "page.html")


def test_parsing_that_takes_too_long_is_killed() -> None:
    page = "<html><body>" + "<p>Some words of text.</p>" * 20_000
    with pytest.raises(TookTooLong):
        extract_main_text(page, "page.html", Limits(parse_timeout_s=0.05, parse_memory_mb=1_400))


def test_parsing_past_its_memory_is_an_error_and_the_next_page_is_read() -> None:
    page = "<html><body>" + "<p>Some words of text, and a few more.</p>" * 40_000
    with pytest.raises(TookTooLong):
        extract_main_text(page, "page.html", Limits(parse_memory_mb=60))
    assert read_source(PAGES / "harbour_courier.html").headline is not None
