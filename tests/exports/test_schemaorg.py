"""JSON-LD by schema.org's vocabulary: its types, its properties where it has them, and no more than is known."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from sayso.documents import Article, Source, Span, Transcript
from sayso.exports.interchange import render
from sayso.exports.schemaorg import graph_of
from sayso.verdicts import Passage, QuoteVerdict
from tests.exports.conftest import find

PARENTS = {
    "NewsArticle": "Article", "Article": "CreativeWork", "Quotation": "CreativeWork", "Claim": "CreativeWork",
    "ClaimReview": "Review", "Review": "CreativeWork", "CreativeWork": "Thing", "Person": "Thing",
    "Organization": "Thing", "GovernmentOrganization": "Organization", "Rating": "Thing",
    "SoftwareApplication": "CreativeWork",
}  # fmt: skip
PROPERTIES = {
    "Thing": ["name", "alternateName", "description", "url"],
    "CreativeWork": [
        *("headline", "alternativeHeadline", "datePublished", "dateCreated", "inLanguage", "publisher", "text"),
        *("creator", "author", "isPartOf", "citation", "genre", "sourceOrganization"),
    ],
    "NewsArticle": ["dateline"],
    "Quotation": ["spokenByCharacter"],
    "Claim": ["appearance", "firstAppearance", "claimInterpreter"],
    "Review": ["itemReviewed", "reviewRating", "reviewAspect"],
    "ClaimReview": ["claimReviewed"],
    "Rating": ["ratingExplanation"],
    "Person": ["jobTitle"],
    "SoftwareApplication": ["softwareVersion"],
}
"""From the definitions at schema.org, version 29; only what we use."""


def allowed(kind: str) -> set[str]:
    found: set[str] = set()
    at: str | None = kind
    while at is not None:
        found |= set(PROPERTIES.get(at, []))
        at = PARENTS.get(at)
    return found


def check(document: Any) -> None:
    """Raises AssertionError for a type or property that schema.org does not have there, and a reference to nothing."""
    assert set(document) == {"@context", "@graph"}
    ids = [node["@id"] for node in document["@graph"]]
    assert len(set(ids)) == len(ids)

    def walk(value: Any) -> None:
        if isinstance(value, list):
            assert value
            for each in value:
                walk(each)
        elif isinstance(value, dict) and set(value) == {"@id"}:
            assert value["@id"] in ids
        elif isinstance(value, dict):
            assert value["@type"] == "Thing" or value["@type"] in PARENTS
            names = {name for name in value if not name.startswith("@")}
            assert names <= allowed(value["@type"]), value
            for name in names:
                walk(value[name])
        else:
            assert isinstance(value, str)
            assert value

    for node in document["@graph"]:
        walk(node)


def of_type(article: Article, kind: str) -> list[dict[str, Any]]:
    return [node for node in graph_of(article)["@graph"] if node["@type"] == kind]


@pytest.fixture
def checked(layered: Article) -> Article:
    """The layered article with a verdict of each sort: found, altered, in doubt, not checked, indirect."""
    transcript = Transcript(
        "t1", "We slept on it.", Source("questions.txt", ""), title="Questions", date=date(2026, 3, 9)
    )
    other = Transcript("t2", "", Source("more.txt", ""))
    layered.transcripts = [transcript, other]
    at = [Passage("t1", Span(0, 8))]
    spans = [find(layered.text, "We slept")]
    layered.verdicts = [
        QuoteVerdict("v1", spans, "verbatim", "word for word", None, "a3", passages=at),
        QuoteVerdict("v2", [layered.attributions[4].content[0]], "altered", "other words", None, "a5", passages=at),
        QuoteVerdict("v3", spans, "altered", "other words", "a poor recording", "a9", passages=at),
        QuoteVerdict("v4", spans, "unchecked", "no transcript", None, "a9"),
        QuoteVerdict("v5", spans, "reworded", "", None, "a2", passages=at, indirect=True),
    ]
    return layered


def test_documents_keep_to_the_vocabulary(article: Article, checked: Article) -> None:
    for each in (article, checked, Article("x", "")):
        check(graph_of(each))


def test_claims_have_who_makes_them_and_where_they_appear(layered: Article) -> None:
    claims = {each["@id"].rsplit(":", 1)[1]: each for each in of_type(layered, "Claim")}
    assert claims["s1"]["text"] == "The council knew for years that the harbour bridge was cracked"
    assert claims["s1"]["creator"] == {"@id": "urn:sayso:speaker:layered:quill"}
    assert claims["s1"]["appearance"] == {"@id": "urn:sayso:article:layered"}
    assert [each["@id"] for each in claims["s2"]["appearance"]] == [
        "urn:sayso:article:layered",
        "urn:sayso:quotation:layered:a3",
    ]
    assert "creator" not in claims["s5"]


def test_what_somebody_denies_is_no_claim_of_his(layered: Article) -> None:
    texts = [each["text"] for each in of_type(layered, "Claim")]
    assert "Velmark denied any offer" in texts
    assert "any offer" not in texts


def test_speakers_by_kind_and_metonyms_by_what_they_stand_for(layered: Article) -> None:
    kinds = {each["name"]: each["@type"] for each in graph_of(layered)["@graph"] if ":speaker:" in each["@id"]}
    assert kinds == {
        "Mara Quill": "Person",
        "Otto Hale": "Person",
        "senior official": "Person",
        "government of Velmark": "GovernmentOrganization",
    }


def test_a_transcript_is_cited_where_it_has_the_words(checked: Article) -> None:
    quotations = {each["@id"].rsplit(":", 1)[1]: each for each in of_type(checked, "Quotation")}
    assert quotations["a3"]["citation"] == {"@id": "urn:sayso:transcript:t1"}
    assert "citation" not in quotations["a5"]
    assert [each["name"] for each in of_type(checked, "CreativeWork")] == ["Questions"]


def test_a_transcript_that_has_half_the_words_is_not_cited(checked: Article) -> None:
    checked.verdicts[1].attribution = "a3"
    quotations = {each["@id"].rsplit(":", 1)[1]: each for each in of_type(checked, "Quotation")}
    assert "citation" not in quotations["a3"]


def test_a_quotation_has_the_words_without_marks_and_the_articles_comma(layered: Article) -> None:
    assert [each["text"] for each in of_type(layered, "Quotation")] == [
        "We slept",
        "That is pure invention",
        "Nobody asked us.",
    ]


def test_what_somebody_reports_in_his_own_quoted_words_is_no_quotation(layered: Article) -> None:
    layered.attributions[4].inside = "a3"
    assert [each["@id"].rsplit(":", 1)[1] for each in of_type(layered, "Quotation")] == ["a3", "a9"]
    check(graph_of(layered))


def test_a_review_is_of_the_articles_claim_and_only_where_nothing_is_in_doubt(
    checked: Article, layered: Article
) -> None:
    reviews = of_type(checked, "ClaimReview")
    assert [each["reviewRating"]["alternateName"] for each in reviews] == ["verbatim", "altered"]
    assert reviews[0]["claimReviewed"] == "Mara Quill said: “We slept”"
    assert reviews[0]["itemReviewed"]["author"]["name"] == "The Tidewater Courier"
    assert "not whether they are true" in reviews[0]["reviewAspect"]
    assert all("ratingValue" not in each["reviewRating"] for each in reviews)
    layered.verdicts = []
    assert of_type(layered, "ClaimReview") == []


@pytest.mark.parametrize("count", [0, 2])
def test_several_articles_are_an_array(article: Article, count: int) -> None:
    assert len(json.loads("".join(render([article] * count, "schemaorg")))) == count
