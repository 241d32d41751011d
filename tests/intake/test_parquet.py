"""Parquet: an article a row, under the names that JSON Lines have; a part that is damaged costs its own rows."""

from __future__ import annotations

import gzip
import io
import json
import re
import sys
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars
import pytest

from sayso.adding import add
from sayso.archive import open_archive
from sayso.intake import Failure, Item, items_of
from sayso.intake.parquet import parquet_items
from sayso.reading import Limits
from tests.intake.making import SITE, sentences

BODY = "\n\n".join(sentences(1))


def table(rows: dict[str, Any], **options: Any) -> bytes:
    out = io.BytesIO()
    polars.DataFrame(rows).write_parquet(out, **options)
    return out.getvalue()


def items(tmp_path: Path, data: bytes, *, limits: Limits = Limits()) -> list[Item | Failure]:  # noqa: B008
    path = tmp_path / "news.parquet"
    path.write_bytes(data)
    return list(parquet_items(path, "news.parquet", limits=limits))


def test_a_row_is_what_the_same_line_is(tmp_path: Path) -> None:
    row = {
        "id": "a1", "Title": "Ferry “Anna” to be sold", "body": BODY, "by-line": "Ann Lee; Raj Rao", "url": f"{SITE}/1",
        "publisher": {"name": "The Tidewater Courier"}, "date": "2024-05-04T10:00:00Z", "embedding": [0.1, 0.2],
    }  # fmt: skip
    (tmp_path / "news.jsonl").write_text(json.dumps({**row, "id": "urn:a1"}))
    (line,) = items_of([tmp_path / "news.jsonl"])
    (item,) = items(tmp_path, table({name: [value] for name, value in {**row, "id": "urn:a1"}.items()}))
    assert isinstance(line, Item)
    assert isinstance(item, Item)
    assert (item.name, item.origin, item.headline) == ("news.parquet:1", "news.parquet", "Ferry “Anna” to be sold")
    assert item.digest == line.digest


@pytest.mark.parametrize("column, value, field, expected", [
    pytest.param("published", date(2024, 5, 4), "published", date(2024, 5, 4), id="date"),
    pytest.param("published", datetime(2024, 5, 4, 10, tzinfo=UTC), "published", datetime(2024, 5, 4, 10, tzinfo=UTC),
                 id="moment"),
    pytest.param("timestamp", 1714816800, "published", datetime(2024, 5, 4, 10, tzinfo=UTC), id="seconds-since-1970"),
    pytest.param("published", None, "published", None, id="null"),
    pytest.param("outlet", b"The Ferry Post", "outlet", "The Ferry Post", id="bytes"),
    pytest.param("outlet", b"\xff\xfe\xff", "outlet", None, id="bytes-that-are-no-text"),
    pytest.param("source", {"name": "The Ferry Post", "country": "xx"}, "outlet", "The Ferry Post", id="struct"),
    pytest.param("version", Decimal("2.1"), "version", "2.1", id="decimal"),
    pytest.param("guid", 17, "guid", "news.parquet#17", id="number"),
])  # fmt: skip
def test_cells_of_every_type(tmp_path: Path, column: str, value: Any, field: str, expected: Any) -> None:
    (item,) = items(tmp_path, table({"text": [BODY], column: [value]}))
    assert getattr(item, field) == expected


def test_a_day_that_there_never_was_costs_no_article(tmp_path: Path) -> None:
    days = polars.Series([2**60, 0]).cast(polars.Datetime("us"))
    found = items(tmp_path, table({"text": [BODY, BODY], "published": days}))
    assert [each.published for each in found if isinstance(each, Item)] == [None, datetime(1970, 1, 1)]


@pytest.mark.parametrize("cell", [
    pytest.param(BODY.encode(), id="bytes"),
    pytest.param(["Ferry to be sold, the council was told.", BODY], id="list-of-paragraphs"),
    pytest.param([{"value": BODY}], id="list-of-structs"),
])  # fmt: skip
def test_a_text_of_every_type(tmp_path: Path, cell: Any) -> None:
    (item,) = items(tmp_path, table({"text": [cell]}))
    assert isinstance(item, Item)
    assert item.data.endswith(BODY.encode())


@pytest.mark.parametrize("rows, kind, words", [
    pytest.param({"text": ["  "]}, "unreadable", "its text is empty", id="no-letters"),
    pytest.param({"text": [None], "body": [None]}, "unreadable", "no text among its columns (text, body)", id="nulls"),
    pytest.param({"text": [b"\xff\xfe\xff"]}, "damaged", "its text is not UTF-8", id="not-utf-8"),
    pytest.param({"text": ["word " * 1_000]}, "refused", "4,999 bytes, over the limit", id="too-large"),
])  # fmt: skip
def test_a_row_without_an_article(tmp_path: Path, rows: dict[str, Any], kind: str, words: str) -> None:
    (failure,) = items(tmp_path, table(rows), limits=Limits(max_bytes=3_000))
    assert isinstance(failure, Failure)
    assert (failure.kind, failure.name) == (kind, "news.parquet:1")
    assert words in failure.reason


@pytest.mark.parametrize("data, kind, words", [
    pytest.param(table({"id": [1], "label": ["a"]}), "unreadable", "no text among its columns (id, label)",
                 id="no-text"),
    pytest.param(table({"text": []}), "unreadable", "there is no row in it", id="no-rows"),
    pytest.param(table({"text": [BODY]})[:-20], "damaged", "cannot be read as Parquet", id="cut-off"),
    pytest.param(b"", "damaged", "cannot be read as Parquet", id="empty"),
])  # fmt: skip
def test_a_file_without_an_article_is_one_failure(tmp_path: Path, data: bytes, kind: str, words: str) -> None:
    (failure,) = items(tmp_path, data)
    assert isinstance(failure, Failure)
    assert (failure.kind, failure.name) == (kind, "news.parquet")
    assert words in failure.reason


def test_a_row_group_that_is_damaged_costs_its_own_rows(tmp_path: Path) -> None:
    texts = ["\n\n".join(sentences(number)) for number in range(40)]
    data = bytearray(table({"text": texts}, row_group_size=10, compression="zstd"))
    pages = [found.start() for found in re.finditer(re.escape(b"\x28\xb5\x2f\xfd"), data)]
    at = pages[len(pages) // 4]
    data[at : at + 4] = b"\0\0\0\0"
    found = items(tmp_path, bytes(data))
    assert [each.name for each in found] == [f"news.parquet:{number}" for number in range(1, 41)]
    lost = [number for number, each in enumerate(found) if isinstance(each, Failure)]
    assert lost == list(range(10, 20))
    assert {each.kind for each in found if isinstance(each, Failure)} == {"damaged"}
    assert [each.data.decode() for each in found if isinstance(each, Item)] == texts[:10] + texts[20:]


def test_a_file_of_which_no_part_can_be_read_is_one_failure(tmp_path: Path) -> None:
    data = bytearray(table({"text": ["\n\n".join(sentences(number)) for number in range(40)]}, compression="zstd"))
    data[4:60] = bytes(56)
    (failure,) = items(tmp_path, bytes(data))
    assert isinstance(failure, Failure)
    assert (failure.kind, failure.name) == ("damaged", "news.parquet")
    assert "neither its first row nor its last" in failure.reason


def test_without_polars_it_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sayso.intake.parquet.find_spec", lambda name: None)
    (failure,) = items(tmp_path, table({"text": [BODY]}))
    assert isinstance(failure, Failure)
    assert (failure.kind, failure.advice) == ("unreadable", 'Install it: pip install "sayso[parquet]"')


@pytest.mark.parametrize(
    "name, packed", [("news.parquet", False), ("news.parquet.gz", True), ("news[1].parquet", False)]
)
def test_a_file_however_it_is_named(tmp_path: Path, name: str, packed: bool) -> None:
    data = table({"text": [BODY, BODY]})
    (tmp_path / name).write_bytes(gzip.compress(data) if packed else data)
    found = list(items_of([tmp_path / name]))
    assert [each.name for each in found] == [f"{tmp_path / name}:{number}" for number in (1, 2)]
    assert not [each for each in found if isinstance(each, Failure)]
    assert next(iter(items_of([tmp_path]))) == found[0]


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(table({"text": [BODY]}))))
    (item,) = items_of(["-"])
    assert (type(item), item.name) == (Item, "-:1")


def test_it_is_added_like_any_other_file(tmp_path: Path) -> None:
    (tmp_path / "news.parquet").write_bytes(table({"title": ["Ferry to be sold", None], "text": [BODY, ""]}))
    with open_archive(str(tmp_path / "archive.db"), make=True) as archive:
        made = list(add([tmp_path / "news.parquet"], archive))
    assert [(each.name.rpartition(":")[2], each.outcome) for each in made] == [("1", "added"), ("2", "problem")]
