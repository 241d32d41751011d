"""Articles read side by side: each as if it were alone, in the order in which they came."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

import sayso
from sayso import pipeline
from sayso.documents import Article
from sayso.extraction import read_scores, read_scores_many
from sayso.extraction.model import Model
from sayso.pipeline import extracted_many
from sayso.reading import read_text
from tests.gold.markup import gold_files, read_gold

TEXTS = [read_gold(path).text for path in gold_files()[:11]]
LONG = "\n\n".join(TEXTS[:3])
"""Of several windows."""


def articles(texts: list[str]) -> Iterator[Article]:
    return (read_text(text, name=f"{number}", any_language=True) for number, text in enumerate(texts))


def records(results: Iterator[Article | Exception]) -> list[str]:
    return [json.dumps(sayso.article_to_json(each)) for each in results if isinstance(each, Article)]


@pytest.mark.parametrize(
    "texts",
    [
        pytest.param([LONG, "Nothing here.", *TEXTS], id="more-than-one-group-long-and-short"),
        pytest.param(["", TEXTS[0], TEXTS[0]], id="without-a-word-and-twice-the-same"),
    ],
)
def test_side_by_side_is_bit_for_bit_one_by_one(texts: list[str]) -> None:
    made = [Article(str(number), text) for number, text in enumerate(texts)]
    again = [Article(str(number), text) for number, text in enumerate(texts)]
    assert records(extracted_many(made)) == [json.dumps(sayso.article_to_json(pipeline.extracted(a))) for a in again]


def test_shorter_windows_come_first_whosever_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    lengths: list[int] = []
    run = Model._run

    def noted(self: Model, plan: Any, inputs: Any, raw: Any) -> None:
        lengths.append(len(inputs["pieces"]))
        run(self, plan, inputs, raw)

    monkeypatch.setattr(Model, "_run", noted)
    told: list[int] = []
    read_scores_many(list(articles([LONG, *TEXTS[:3]])), on_begin=told.append)
    assert len(lengths) > 4
    assert lengths == sorted(lengths)
    assert set(told) == {0, 1, 2, 3}


def test_an_article_that_fails_takes_no_other_along(monkeypatch: pytest.MonkeyPatch) -> None:
    run = Model._run

    def failing(self: Model, plan: Any, inputs: Any, raw: Any) -> None:
        if len(raw) == bad:
            raise RuntimeError("a window that cannot be read")
        run(self, plan, inputs, raw)

    three = list(articles(TEXTS[:3]))
    alone = records(extracted_many([*articles(TEXTS[:1]), *articles(TEXTS[2:3])]))
    bad = len(read_scores(three[1]).tokens.words)
    monkeypatch.setattr(Model, "_run", failing)
    results = list(extracted_many(three))
    assert isinstance(results[1], RuntimeError)
    assert [json.loads(each)["attributions"] for each in records(iter(results))] == [
        json.loads(each)["attributions"] for each in alone
    ]


def test_want_of_memory_is_nobodys_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    def starved(*_: Any) -> None:
        raise MemoryError

    monkeypatch.setattr(Model, "_run", starved)
    with pytest.raises(MemoryError):
        list(extracted_many(articles(TEXTS[:2])))


def test_no_more_is_taken_than_a_group(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "_TOGETHER_CHARACTERS", 120)
    taken: list[str] = []

    def endless() -> Iterator[Article]:
        while True:
            taken.append("It rained." if len(taken) < 8 else "It rained. " * 10)
            yield Article(str(len(taken)), taken[-1])

    results = extracted_many(endless())
    next(results)
    assert len(taken) == 8, "as many as are read side by side"
    for _ in range(8):
        next(results)
    assert len(taken) == 10, "two long ones are read apart, so the second was only looked at"


def test_work_on_each_is_told_of_before_it_is_given() -> None:
    told: list[int] = []
    for number, _ in enumerate(extracted_many(articles(TEXTS[:9]), on_begin=told.append)):
        assert told[-1] == number
    assert set(told[: told.index(8)]) == set(range(8))
