from __future__ import annotations

import csv
import io
import json
from datetime import date
from importlib import util
from pathlib import Path

import polars
import pytest
from hypothesis import given, settings

from sayso.documents import Article
from sayso.errors import MissingPackage
from sayso.exports import tables
from sayso.exports.interchange import export
from sayso.exports.tables import COLUMNS, render_csv
from tests.exports.written import articles


def read_csv(*given: Article) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO("".join(render_csv(given)), newline="")))


def test_a_row_an_attribution_with_the_facts_of_its_article(article: Article) -> None:
    article.url, article.published = "https://courier.example/1", date(2026, 3, 12)
    rows = read_csv(article)
    assert [row["attribution"] for row in rows] == [each.id for each in article.attributions]
    assert (rows[1]["content"], rows[1]["content_spans"]) == ("The bridge … must close", "[[84, 94], [113, 123]]")
    assert {(row["outlet"], row["published"], row["url"], row["headline"]) for row in rows} == {
        ("The Tidewater Courier", "2026-03-12", "https://courier.example/1", "Harbour bridge to close, Courier learns")
    }
    assert rows[4]["source"] == ""


def test_columns_are_there_without_a_row() -> None:
    assert "".join(render_csv([])) == ",".join(COLUMNS) + "\r\n"


def test_a_cell_is_never_a_formula(article: Article) -> None:
    article.outlet = '=HYPERLINK("https://evil.example","Courier")'
    assert read_csv(article)[0]["outlet"] == '\'=HYPERLINK("https://evil.example","Courier")'


@settings(max_examples=80, deadline=None)
@given(article=articles(wild=True))
def test_any_text_stays_in_its_cell(article: Article) -> None:
    rows = read_csv(article)
    assert len(rows) == len(article.attributions)
    for row, each in zip(rows, article.attributions, strict=True):
        assert json.loads(row["cue_spans"]) == [list(span) for span in each.cue]
        assert row["attribution"].removeprefix("'") == each.id


def test_parquet_has_the_same_rows_and_types_of_their_own(article: Article, layered: Article, tmp_path: Path) -> None:
    article.outlet = "=Courier"
    export([article, layered], "parquet", tmp_path / "all.parquet")
    frame = polars.read_parquet(tmp_path / "all.parquet")
    assert tuple(frame.columns) == COLUMNS
    assert frame["attribution"].to_list() == [each.id for each in (*article.attributions, *layered.attributions)]
    assert frame["content_spans"].to_list()[1] == [[84, 94], [113, 123]]
    assert frame["outlet"].to_list()[0] == "=Courier"
    assert frame.schema["confidence"] == polars.Float64


def test_parquet_without_a_row_has_its_columns(tmp_path: Path) -> None:
    export([], "parquet", tmp_path / "none.parquet")
    frame = polars.read_parquet(tmp_path / "none.parquet")
    assert (frame.height, tuple(frame.columns)) == (0, COLUMNS)


def test_parquet_in_pieces_is_the_same(article: Article, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    several = [Article("none", ""), *[article] * 7, Article("none", "")]
    export(several, "parquet", tmp_path / "whole.parquet")
    monkeypatch.setattr(tables, "_ROWS_A_PIECE", 10)
    export(several, "parquet", tmp_path / "pieces.parquet")
    whole, pieces = (polars.read_parquet(tmp_path / f"{name}.parquet") for name in ("whole", "pieces"))
    assert whole.height == 35
    assert pieces.equals(whole)


def test_parquet_takes_half_a_surrogate_pair(tmp_path: Path) -> None:
    article = Article("x\ud800", "")
    article.outlet = "\ud800"
    export([article], "parquet", tmp_path / "x.parquet")


def test_parquet_without_polars_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "find_spec", lambda name: None if name == "polars" else util.find_spec(name))
    with pytest.raises(MissingPackage, match="pip install polars"):
        export([], "parquet", tmp_path / "x.parquet")
    assert list(tmp_path.iterdir()) == []
