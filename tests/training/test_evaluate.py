from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import sayso
from sayso.documents import Article, OffsetMap, Piece, Span
from sayso.records import Attribution
from training import evaluate, tables
from training.evaluate import Annotated, measure_set, predict, read_jsonl


def test_spans_are_counted_in_the_text_as_given(monkeypatch: pytest.MonkeyPatch) -> None:
    given = "Late.\r\nAda said no."
    read = Article(
        "a", "Late.\nAda said no.", offsets=OffsetMap((Piece(0, 0, 5, 5), Piece(5, 5, 1, 2), Piece(6, 7, 12, 12)))
    )
    read.attributions = [Attribution("a1", [Span(6, 9)], [Span(10, 14)], [Span(15, 17)], inside="a0", confidence=0.5)]
    monkeypatch.setattr(sayso, "read_text", lambda text, **_: read)
    [said] = predict(Annotated("t", given, []))
    assert [span.of(given) for span in said.spans()] == ["Ada", "said", "no"]
    assert (said.inside, said.confidence) == ("a0", 0.5)


@pytest.mark.parametrize(
    "record",
    [
        pytest.param({"source": [[0, 3]], "cue": [[4, 8]], "content": [[9, 11]], "inside": "g1"}, id="ours"),
        pytest.param(
            {"source_spans": [[0, 3]], "cue_spans": [[4, 8]], "content_spans": [[9, 11]], "nested_in": ["g1"]}, id="gum"
        ),
    ],
)
def test_both_forms_of_gold_are_read(record: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps({"id": "t", "text": "Ada said no", "attributions": [record]}) + "\n", encoding="utf-8")
    [text] = read_jsonl(path)
    [attribution] = text.attributions
    assert attribution.spans() == [Span(0, 3), Span(4, 8), Span(9, 11)]
    assert attribution.inside == "g1"


GOLD = Annotated("t", "Ada said no", [Attribution("g1", [Span(0, 3)], [Span(4, 8)], [Span(9, 11)])])
RIGHT = Attribution("a1", [Span(0, 3)], [Span(4, 8)], [Span(9, 11)], confidence=0.9)
NESTED = Attribution("a2", [], [Span(4, 8)], [Span(0, 3)], inside="a1", confidence=0.4)


def test_a_flat_corpus_leaves_nested_predictions_out_of_its_main_figures() -> None:
    measured = measure_set("dev", [GOLD], lambda _: [RIGHT, NESTED])
    assert measured["figures"]["attribution"]["precision"] == 1.0
    assert measured["figures_all"]["attribution"]["precision"] == 0.5
    assert measured["reliability"]["count"] == 1
    assert measure_set("gold", [GOLD], lambda _: [RIGHT, NESTED])["figures"]["attribution"]["precision"] == 0.5


def test_a_comparison_names_what_fell_and_where() -> None:
    before = {"sets": {"dev": measure_set("dev", [GOLD], lambda _: [RIGHT])}}
    after = {"sets": {"dev": measure_set("dev", [GOLD], lambda _: [])}}
    lines = tables.comparison(before, after).splitlines()
    assert "dev, attribution: 1.000 -> 0.000 (-1.000)" in lines
    assert "dev, lost: t -1" in lines
    assert tables.comparison(before, before) == "Nothing changed."


def test_a_set_that_is_not_there_is_named(tmp_path: Path) -> None:
    measured, absent = evaluate.measure(["dev", "acceptance"], tmp_path)
    assert measured["sets"] == {}
    assert [line.partition(":")[0] for line in absent] == ["dev", "acceptance"]
