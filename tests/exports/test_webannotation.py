"""Annotation pages keep to the W3C Web Annotation Data Model (Recommendation, 23 February 2017)."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest

from sayso.documents import Article
from sayso.errors import UnreadableSource
from sayso.exports.interchange import render
from sayso.exports.webannotation import article_of, page_of
from sayso.verdicts import QuoteVerdict

IRI = {"type": "string", "pattern": r"^[a-z][a-z0-9+.-]*:[^\s<>\"{}|\\^`]+$"}
MOTIVATIONS = [
    *("assessing", "bookmarking", "classifying", "commenting", "describing", "editing", "highlighting", "identifying"),
    *("linking", "moderating", "questioning", "replying", "tagging"),
]
"""Section 3.3.5 of the model."""
SCHEMA: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    # 5.2: an annotation page has a context, an id, its type and a list of annotations.
    "type": "object",
    "required": ["@context", "id", "type", "items"],
    "additionalProperties": False,
    "properties": {
        "@context": {"const": "http://www.w3.org/ns/anno.jsonld"},
        "id": IRI,
        "type": {"const": "AnnotationPage"},
        "generator": {
            "type": "object",
            "required": ["id", "type"],
            "properties": {"id": IRI, "type": {"const": "Software"}, "name": {"type": "string"}},
        },
        "items": {"type": "array", "items": {"$ref": "#/$defs/annotation"}},
    },
    "$defs": {
        # 3.1: exactly one id, at least the type, any number of bodies, at least one target.
        "annotation": {
            "type": "object",
            "required": ["id", "type", "target"],
            "additionalProperties": False,
            "properties": {
                "id": IRI,
                "type": {"const": "Annotation"},
                "motivation": {"enum": MOTIVATIONS},
                "body": {"$ref": "#/$defs/oneOrMore"},
                "target": {"$ref": "#/$defs/oneOrMore"},
            },
        },
        "oneOrMore": {
            "anyOf": [
                {"$ref": "#/$defs/resource"},
                {"type": "array", "items": {"$ref": "#/$defs/resource"}, "minItems": 1},
            ]
        },
        "resource": {"anyOf": [IRI, {"$ref": "#/$defs/textual"}, {"$ref": "#/$defs/specific"}]},
        # 3.2.4: exactly one value.
        "textual": {
            "type": "object",
            "required": ["type", "value"],
            "additionalProperties": False,
            "properties": {
                "id": IRI,
                "type": {"const": "TextualBody"},
                "value": {"type": "string"},
                "purpose": {"enum": MOTIVATIONS},
                "format": {"type": "string", "pattern": "^[a-z]+/[a-z+.-]+$"},
                "language": {"type": "string", "pattern": "^[a-z]{2,3}(-[A-Za-z0-9]+)*$"},
            },
        },
        # 4: exactly one source; several selectors are several ways to the same stretch.
        "specific": {
            "type": "object",
            "required": ["type", "source"],
            "additionalProperties": False,
            "properties": {
                "type": {"const": "SpecificResource"},
                "source": IRI,
                "purpose": {"enum": MOTIVATIONS},
                "selector": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/selector"}},
            },
        },
        "selector": {
            "oneOf": [
                {
                    "type": "object",
                    "required": ["type", "exact"],
                    "additionalProperties": False,
                    "properties": {
                        "type": {"const": "TextQuoteSelector"},
                        "exact": {"type": "string", "minLength": 1},
                        "prefix": {"type": "string"},
                        "suffix": {"type": "string"},
                    },
                },
                {
                    "type": "object",
                    "required": ["type", "start", "end"],
                    "additionalProperties": False,
                    "properties": {
                        "type": {"const": "TextPositionSelector"},
                        "start": {"type": "integer", "minimum": 0},
                        "end": {"type": "integer", "minimum": 0},
                    },
                },
            ]
        },
    },
}


def problems(page: Any) -> list[str]:
    return [error.message for error in jsonschema.Draft202012Validator(SCHEMA).iter_errors(page)]


@pytest.mark.parametrize("url", [None, "https://courier.example/cracks?id=1", 'https://x.example/a b"<'])
def test_pages_keep_to_the_model(article: Article, layered: Article, url: str | None) -> None:
    for each in (article, layered, Article("x y", "")):
        each.url = url
        assert problems(page_of(each)) == []


def test_the_schema_refuses_what_the_model_does_not_have(article: Article) -> None:
    page = page_of(article)
    del page["items"][1]["target"]
    page["items"][2]["motivation"] = "shouting"
    assert len(problems(page)) == 2


def test_every_stretch_has_a_quote_and_a_position_of_the_same_words(layered: Article) -> None:
    stretches = []

    def walk(value: Any) -> None:
        if isinstance(value, dict):
            if "selector" in value:
                stretches.append(value["selector"])
            value = list(value.values())
        if isinstance(value, list):
            for each in value:
                walk(each)

    walk(page_of(layered))
    assert len(stretches) == sum(len(each.spans()) for each in layered.attributions)
    for quote, position in stretches:
        start, end = position["start"], position["end"]
        assert layered.text[start:end] == quote["exact"]
        assert layered.text[:start].endswith(quote["prefix"])
        assert layered.text[end:].startswith(quote["suffix"])
        assert len(quote["prefix"]) == min(32, start)


def test_divided_content_is_several_targets_and_nesting_a_link(article: Article) -> None:
    _, _, quill, _, union, nobody = page_of(article)["items"]
    assert [each["selector"][0]["exact"] for each in quill["target"]] == ["The bridge", "must close"]
    links = [each["source"] for each in union["body"] if each.get("purpose") == "linking"]
    assert links == ["urn:sayso:annotation:a0:hale"]
    assert not [
        each for each in nobody["body"] if each["type"] == "SpecificResource" and each["purpose"] == "identifying"
    ]


def test_speaker_classes_and_verdict_are_said_in_words(layered: Article) -> None:
    layered.verdicts = [QuoteVerdict("v1", [], "altered", "other words", "a poor recording", "a3")]
    said = [each["value"] for each in page_of(layered)["items"][3]["body"] if each["type"] == "TextualBody"]
    assert said == [
        "Mara Quill",
        "quotation: direct",
        "act: communication",
        "stance: neutral",
        "polarity: affirms",
        "confidence: 0.900",
        "verdict: altered, in doubt",
        "other words a poor recording",
    ]


def test_an_attribution_without_content_is_of_the_whole_article(article: Article) -> None:
    article.attributions[1].content = []
    page = page_of(article)
    assert page["items"][2]["target"] == "urn:sayso:article:a0"
    assert problems(page) == []
    assert article_of(page, name="x").attributions[1].content == []


def test_a_position_that_has_other_words_is_refused(article: Article) -> None:
    page = page_of(article)
    page["items"][0]["body"]["value"] = "Another text. " + article.text
    with pytest.raises(UnreadableSource, match="other words"):
        article_of(page, name="page.json")


@pytest.mark.parametrize("count", [0, 1, 3])
def test_several_articles_are_an_array_of_pages(article: Article, count: int) -> None:
    pages = json.loads("".join(render([article] * count, "webannotation")))
    assert len(pages) == count
    assert all(problems(page) == [] for page in pages)
