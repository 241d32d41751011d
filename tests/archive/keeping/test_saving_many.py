"""Many articles in one transaction: as one after another, and all of them or none; on both databases."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from sayso.archive.archive import Archive
from sayso.archive.forms import Problem
from sayso.archive.keeping import saving
from sayso.archive.keeping.saving import prepare
from sayso.records import article_to_json
from tests.archive.built import Says, given, make_article

ARTICLES = [
    (make_article(Says("Mara Venn", "the bridge closes", titles=("mayor",))), given("one.txt")),
    (make_article(Says("Mara Venn", "the bridge stays"), Says("Otto Reed", "nobody knows")), given("two.txt")),
    # The same place a second time, with another text: a new version of what came in by the same transaction.
    (make_article(Says("Mara Venn", "the bridge closed")), given("one.txt", digest="0" * 64)),
    (make_article(Says("Mara Venn", "the bridge stays"), Says("Otto Reed", "nobody knows")), given("two.txt")),
]
PROBLEMS = [Problem("refused", "three.txt", "it is not in English"), Problem("truncated", "two.txt", "it ends early")]


def content(archive: Archive) -> Any:
    return (
        [(number, article_to_json(each), archive.versions(number)[0].text_id) for number, each in archive.articles()],
        [(each.name, each.articles, each.statements) for each in archive.speakers()],
        sorted((each.name, each.kind, each.times) for each in archive.problems()),
        sorted((hit.text, hit.article) for hit in archive.search("bridge").hits),
    )


def test_many_come_in_as_one_after_another_would(archive: Archive, make_archive: Callable[[], Archive]) -> None:
    one_by_one = make_archive()
    for problem in PROBLEMS:
        one_by_one.note(problem)
    expected = [one_by_one.save(*each) for each in ARTICLES]
    found = archive.save_many([prepare(*each) for each in ARTICLES], problems=PROBLEMS)
    assert found == expected
    assert [each.outcome for each in found] == ["added", "added", "new version", "unchanged"]
    assert content(archive) == content(one_by_one)
    assert archive.verify() == []


def test_all_of_them_are_in_or_nothing(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    put_in, calls = saving.put_in_relations, iter(range(9))

    def fails(*given: Any) -> None:
        if next(calls) == 2:
            raise RuntimeError("no such relation")
        put_in(*given)

    monkeypatch.setattr(saving, "put_in_relations", fails)
    with pytest.raises(RuntimeError):
        archive.save_many([prepare(*each) for each in ARTICLES], problems=PROBLEMS)
    assert content(archive) == ([], [], [], [])
    assert archive.known_many([each[1] for each in ARTICLES]) == [None] * 4


def test_what_is_known_is_told_at_once(archive: Archive) -> None:
    archive.save(*ARTICLES[0])
    asked = [given("two.txt"), ARTICLES[0][1], given("one.txt", digest="1" * 64), given("-", digest=None)]
    assert archive.known_many(asked) == [archive.known(each) for each in asked]
    assert [each is not None for each in archive.known_many(asked)] == [False, True, False, False]
    assert archive.known_many([]) == archive.save_many([]) == []
