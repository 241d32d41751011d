from __future__ import annotations

import copy
import json

import jsonschema
import pytest

from sayso.documents import Article, Source, Span, Transcript
from sayso.errors import NoSuchEntry
from sayso.exports.cutting import only
from sayso.exports.interchange import render
from sayso.records import Attribution, Statement
from sayso.verdicts import Figure, FigureVerdict, HeadlineVerdict, Passage, QuoteVerdict
from tests.exports.test_json import SCHEMA


@pytest.fixture
def rich(layered: Article) -> Article:
    layered.attributions[3].inside = "a3"
    layered.verdicts = [
        QuoteVerdict("v1", [], "verbatim", "", None, "a3", passages=[Passage("t1", Span(0, 2))]),
        QuoteVerdict("v2", [], "verbatim", "", None, "a8", passages=[Passage("t2", Span(0, 2))]),
        HeadlineVerdict("v3", [], "supported", "", statement="s1"),
        FigureVerdict("v4", [], "loose", attribution="a8", figures=["f2"]),
    ]
    layered.transcripts = [Transcript(name, "No.", Source(name, "No.")) for name in ("t1", "t2")]
    place = layered.attributions[3].content[0].start
    layered.figures = [Figure("f1", Span(place, place + 3)), Figure("f2", Span(0, 1)), Figure("f3", Span(0, 1))]
    return layered


def ids(article: Article) -> dict[str, list[str]]:
    layers = ("attributions", "statements", "speakers", "mentioned", "figures", "verdicts", "transcripts")
    return {layer: [each.id for each in getattr(article, layer)] for layer in layers}


def test_a_statement_comes_with_what_it_lies_in(rich: Article) -> None:
    assert ids(only(rich, ["s3"])) == {
        "attributions": ["a3", "a4"],
        "statements": ["s2", "s3"],
        "speakers": ["quill", "hale"],
        "mentioned": [],
        "figures": ["f1"],
        "verdicts": ["v1"],
        "transcripts": ["t1"],
    }


def test_who_is_talked_about_and_comes_into_question_stays(rich: Article) -> None:
    assert ids(only(rich, ["s1"]))["mentioned"] == ["council", "bridge"]
    assert ids(only(rich, ["s5"]))["speakers"] == ["quill", "hale"]


def test_relations_stay_between_statements_that_stay(rich: Article) -> None:
    assert [(each.from_, each.to) for each in only(rich, ["s6", "s7"]).relations] == [("s7", "s6")]
    assert only(rich, ["s7"]).relations == []


def test_the_article_itself_and_its_text_stay(rich: Article) -> None:
    before = copy.deepcopy(rich)
    cut = only(rich, ["s7"])
    assert rich == before
    assert (cut.text, cut.headline, cut.outlet) == (rich.text, rich.headline, rich.outlet)


@pytest.mark.parametrize("wanted", [[], ["s1"], ["s3", "s8"], [f"s{number}" for number in range(1, 9)]])
def test_what_is_left_is_a_sound_record(rich: Article, wanted: list[str]) -> None:
    record = json.loads("".join(render([only(rich, wanted)], "json", many=False)))
    jsonschema.validate(record, SCHEMA)
    left = {each["id"] for each in record["attributions"]}
    assert {name for each in record["statements"] for name in each["attributions"]} == left


def test_all_statements_are_the_whole_record_but_for_loose_figures_and_speakers(rich: Article) -> None:
    rich.figures = rich.figures[:2]
    assert only(rich, [each.id for each in rich.statements]) == rich


def test_a_circle_of_nesting_ends() -> None:
    article = Article(
        "x", "a b", attributions=[Attribution(name, [], [], [], inside=other) for name, other in ("ab", "ba")]
    )
    article.statements = [Statement("s1", None, ["a"], "a"), Statement("s2", None, ["b"], "b")]
    assert ids(only(article, ["s1"]))["statements"] == ["s1", "s2"]


def test_a_statement_that_is_not_there_is_an_error(rich: Article) -> None:
    with pytest.raises(NoSuchEntry, match="No statement 's99'"):
        only(rich, ["s1", "s99"])
