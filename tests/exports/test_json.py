from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from importlib.resources import files
from typing import Any

import jsonschema
import pytest

from sayso.documents import Article, Dateline, Span
from sayso.exports import format_of, render

SCHEMA = json.loads(files("sayso").joinpath("record.schema.json").read_text(encoding="utf-8"))


def problems(record: Any) -> list[str]:
    return [error.message for error in jsonschema.Draft202012Validator(SCHEMA).iter_errors(record)]


def test_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def bare() -> Article:
    return Article("x", "")


def dated() -> Article:
    dateline = Dateline(Span(0, 4), "Ellery", date(2026, 3, 12), None)
    return Article("x", "text", dateline=dateline, published=datetime(2026, 3, 12, 6, 30, tzinfo=UTC))


def test_full_record_keeps_to_the_schema(article: Article) -> None:
    record = json.loads("".join(render([article], "json")))
    assert problems(record) == []
    assert record["attributions"][1]["content"] == [[84, 94], [113, 123]]
    assert record["article"]["text"][84:94] == "The bridge"


def test_every_layer_keeps_to_the_schema(layered: Article) -> None:
    record = json.loads("".join(render([layered], "json")))
    assert problems(record) == []
    assert [each["id"] for each in record["speakers"]] == ["quill", "hale", "official", "velmark"]
    assert record["attributions"][1]["occasion"]["date"] == "03-09"
    relation = record["relations"][0]
    assert (relation["kind"], relation["from"], relation["to"]) == ("disputes", "s3", "s1")
    start, end = relation["evidence"][0]
    assert record["article"]["text"][start:end] == "rejected"
    heard = {
        each["speaker"]: (each["statements"], each["stances"]["distancing"]) for each in record["profile"]["speakers"]
    }
    assert heard == {"quill": (2, 0), "hale": (2, 0), "velmark": (1, 0), "official": (1, 1)}


@pytest.mark.parametrize("make", [bare, dated])
def test_sparse_records_keep_to_the_schema(make: Callable[[], Article]) -> None:
    assert problems(json.loads("".join(render([make()], "json")))) == []


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda record: record.pop("figures"), id="layer-missing"),
        pytest.param(lambda record: record.update(more=1), id="unknown-field"),
        pytest.param(lambda record: record["attributions"][0].update(confidence=1.2), id="confidence-over-one"),
        pytest.param(lambda record: record["attributions"][0].update(cue=[[1, 2, 3]]), id="span-of-three"),
        pytest.param(lambda record: record["attributions"][0].pop("inside"), id="null-not-written-out"),
        pytest.param(lambda record: record["article"].update(headline=5), id="headline-no-span"),
        pytest.param(lambda record: record["attributions"][0].update(act="shouting"), id="unknown-act"),
        pytest.param(lambda record: record["attributions"][0].update(stance=None), id="stance-not-written-out"),
        pytest.param(lambda record: record["attributions"][0]["occasion"].update(date="Monday"), id="date-in-words"),
        pytest.param(lambda record: record["speakers"][0].update(kind="dog"), id="unknown-kind"),
        pytest.param(lambda record: record["speakers"][0].pop("stands_for"), id="speaker-without-stands-for"),
        pytest.param(lambda record: record["statements"][0].update(attributions=[]), id="statement-never-reported"),
        pytest.param(lambda record: record["relations"][0].update(kind="likes"), id="unknown-relation"),
    ],
)
def test_schema_refuses_another_form(layered: Article, damage: Callable[[Any], Any]) -> None:
    record = json.loads("".join(render([layered], "json")))
    damage(record)
    assert problems(record)


@pytest.mark.parametrize(
    "count, many, expected",
    [
        pytest.param(1, False, dict, id="one-source-is-an-object"),
        pytest.param(1, True, list, id="folder-with-one-article-is-an-array"),
        pytest.param(3, True, list, id="several"),
        pytest.param(0, True, list, id="none-of-several"),
    ],
)
def test_object_or_array(article: Article, count: int, many: bool, expected: type) -> None:
    printed = json.loads("".join(render([article] * count, "json", many=many)))
    assert isinstance(printed, expected)
    assert expected is dict or len(printed) == count


def test_spans_stand_on_one_line_and_strings_are_left_alone() -> None:
    article = Article("x", "[\n  1,\n  2\n]", headline=Span(0, 3))
    printed = "".join(render([article], "json"))
    assert '"headline": [0, 3]' in printed
    assert json.loads(printed)["article"]["text"] == article.text


def test_jsonl_is_one_line_an_article(build: Callable[..., Article]) -> None:
    lines = list(render([build("one\ntwo"), build("drei\u2028vier")], "jsonl"))
    assert [line.count("\n") for line in lines] == [1, 1]
    assert [json.loads(line)["article"]["text"] for line in lines] == ["one\ntwo", "drei\u2028vier"]


@pytest.mark.parametrize(
    "name, expected",
    [("a.json", "json"), ("a.NDJSON", "jsonl"), ("page.htm", "html"), ("notes.txt", "text"), ("a.docx", None)],
)
def test_format_of_a_file_name(name: str, expected: str | None) -> None:
    assert format_of(name) == expected
