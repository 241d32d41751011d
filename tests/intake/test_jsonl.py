"""JSON Lines: whatever the fields are called, a bad line stands alone."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any, cast

import pytest

from sayso.documents import Article
from sayso.intake import Failure, Item, read_item
from sayso.intake.jsonl import line_items, parts_of
from sayso.reading import Limits
from tests.intake.making import SITE, sentences

BODY = "\n\n".join(sentences(1))


def items(text: str | bytes, *, limits: Limits = Limits()) -> list[Item | Failure]:  # noqa: B008
    data = text.encode() if isinstance(text, str) else text
    return list(line_items(io.BytesIO(data), "wire.jsonl", limits=limits))


def only(row: dict[str, Any]) -> Item:
    (item,) = items(json.dumps(row))
    assert isinstance(item, Item)
    return item


def read(item: Item) -> Article:
    article = read_item(item)
    assert isinstance(article, Article)
    return article


@pytest.mark.parametrize("row, part, value", [
    pytest.param({"Body": "Yes.", "source": {"name": "The Post"}}, "outlet", "The Post", id="publisher-object"),
    pytest.param({"articleBody": "Yes.", "datePublished": "2024-05-04"}, "published", "2024-05-04", id="schema-org"),
    pytest.param({"full_text": "Yes.", "pub_date": "2024-05-04"}, "published", "2024-05-04", id="underscores"),
    pytest.param({"text": "Yes.", "id": 17}, "guid", "17", id="number-for-an-id"),
    pytest.param({"text": "Yes.", "title": "One", "headline": "Two"}, "headline", "Two", id="the-more-telling-name"),
    pytest.param({"text": "", "content": "Yes."}, "text", "Yes.", id="an-empty-field-does-not-count"),
    pytest.param({"text": ["One.", "Two."]}, "text", "One.; Two.", id="list-of-short-texts"),
])  # fmt: skip
def test_parts_under_many_names(row: dict[str, Any], part: str, value: str) -> None:
    assert parts_of(row)[part] == value


def test_a_row_with_all_its_parts() -> None:
    item = only({
        "id": "a1", "title": "Ferry “Anna” to be sold", "body": BODY, "author": "Ann Lee; Raj Rao", "url": f"{SITE}/1",
        "publisher": "The Tidewater Courier", "date": "2024-05-04T10:00:00Z",
    })  # fmt: skip
    assert (item.name, item.origin, item.guid, item.url) == (
        "wire.jsonl:1", "wire.jsonl", "wire.jsonl#a1", f"{SITE}/1",
    )  # fmt: skip
    article = read(item)
    assert article.headline is not None
    assert article.headline.of(article.text) == "Ferry “Anna” to be sold"
    assert article.byline is not None
    assert article.byline.of(article.text) == "Ann Lee, Raj Rao"
    assert (article.outlet, article.url) == ("The Tidewater Courier", f"{SITE}/1")
    assert article.published == datetime(2024, 5, 4, 10, tzinfo=UTC)
    assert [span.of(article.text) for span in article.paragraphs] == sentences(1)


@pytest.mark.parametrize("stated, guid", [
    pytest.param("17", "wire.jsonl#17", id="number-of-the-file's-own"),
    pytest.param("urn:newsml:tidewater.example:17", "urn:newsml:tidewater.example:17", id="urn"),
    pytest.param("6f1c2a5e-0a6b-4a55-9d0c-2a3b4c5d6e7f", "6f1c2a5e-0a6b-4a55-9d0c-2a3b4c5d6e7f", id="uuid"),
])  # fmt: skip
def test_an_identifier_is_one_everywhere(stated: str, guid: str) -> None:
    assert only({"text": BODY, "id": stated}).guid == guid


def test_a_headline_that_opens_the_text_too_stands_there_once() -> None:
    article = read(only({"headline": "Ferry to be sold", "text": f"FERRY TO BE SOLD\n\n{BODY}"}))
    assert article.text.casefold().count("ferry to be sold") == 1


def test_a_text_wrapped_at_some_width_is_put_together() -> None:
    wrapped = "\n\n".join(sentence.replace(" and that ", "\nand that ") for sentence in sentences(1))
    article = read(only({"headline": "Ferry to be sold", "text": wrapped}))
    assert [span.of(article.text) for span in article.paragraphs] == sentences(1)


def test_markup_in_a_text_is_read_as_markup() -> None:
    article = read(only({"title": "Ferry to be sold", "content": "".join(f"<p>{each}</p>" for each in sentences(1))}))
    assert [span.of(article.text) for span in article.paragraphs] == sentences(1)


def test_a_text_alone_stays_as_it_is() -> None:
    article = read(only({"text": f"OSLO, May 2 (NTB) - {BODY}", "published": "2024-05-04"}))
    assert article.text == f"OSLO, May 2 (NTB) - {BODY}"
    assert article.dateline is not None
    assert article.dateline.date == date(2024, 5, 2)


@pytest.mark.parametrize("stated, moment", [
    pytest.param("2024-05-04", date(2024, 5, 4), id="day"),
    pytest.param(1714817000, datetime(2024, 5, 4, 10, 3, 20, tzinfo=UTC), id="seconds"),
    pytest.param(1714817000000, datetime(2024, 5, 4, 10, 3, 20, tzinfo=UTC), id="milliseconds"),
    pytest.param("some day", None, id="no-date"),
])  # fmt: skip
def test_dates(stated: Any, moment: datetime | None) -> None:
    assert only({"text": BODY, "published": stated}).published == moment


def test_schema_org_on_a_line_is_read_as_such() -> None:
    row = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": "Ferry to be sold",
        "articleBody": BODY,
    }
    article = read(only(row))
    assert article.headline is not None
    assert article.headline.of(article.text) == "Ferry to be sold"


@pytest.mark.parametrize("line, kind, words", [
    pytest.param('{"text": "It', "damaged", "not JSON", id="no-json"),
    pytest.param("[" * 100_000, "damaged", "not JSON", id="nested-without-end"),
    pytest.param("17", "unreadable", "no object", id="number"),
    pytest.param('{"headline": "One"}', "unreadable", "no text among its fields (headline)", id="no-text"),
    pytest.param('{"text": " ", "id": 1}', "unreadable", "its text is empty", id="empty-text"),
    pytest.param(b'{"text": "caf\xe9"}', "damaged", "not UTF-8 (at byte 14", id="latin-1"),
    pytest.param('{"text": "' + "word " * 60_000 + '"}', "refused", "over the limit", id="over-the-limit"),
])  # fmt: skip
def test_a_bad_line_is_a_failure_with_its_number_and_the_rest_goes_on(line: str | bytes, kind: str, words: str) -> None:
    good = json.dumps({"text": BODY}).encode() + b"\n"
    bad = line.encode() if isinstance(line, str) else line
    made = items(good + b"\n" + bad + b"\n" + good, limits=Limits(max_bytes=200_000))
    assert [(each.name, type(each)) for each in made] == [
        ("wire.jsonl:1", Item), ("wire.jsonl:3", Failure), ("wire.jsonl:4", Item),
    ]  # fmt: skip
    failure = made[1]
    assert isinstance(failure, Failure)
    assert failure.kind == kind
    assert words in failure.reason


def test_a_last_line_that_was_cut_off_is_told_as_such() -> None:
    line = json.dumps({"text": BODY})
    made = items(f"{line}\n{line[:50]}")
    assert [each.kind for each in made] == ["article", "truncated"]


def test_an_empty_file_is_no_success() -> None:
    assert [each.kind for each in items("")] == ["unreadable"]
    assert [each.kind for each in items("\n\n")] == ["unreadable"]


def test_lines_are_read_as_they_are_asked_for() -> None:
    line = json.dumps({"text": sentences(1)[0]}).encode() + b"\n"

    class Endless:
        lines = 0

        def readline(self, size: int = -1) -> bytes:
            self.lines += 1
            return line if self.lines <= 1_000_000 else b""

    endless = Endless()
    made: Iterator[Item | Failure] = line_items(cast(Any, endless), "wire.jsonl", limits=Limits())
    assert next(made).name == "wire.jsonl:1"
    assert endless.lines == 1
