"""What review shows and takes, without a browser: words found again, passages, forms as corrections."""

from __future__ import annotations

import json
from typing import Any

import pytest

from sayso.desk.reviewing.changes import Change, ReviewForm, changes_of
from sayso.desk.reviewing.item import NEW, Item
from sayso.desk.reviewing.passage import PARTS, find, passage, written
from sayso.documents import Article, Span
from sayso.errors import BadRequest
from sayso.records import Attribution, Speaker

TEXT = 'Pier shut\n\n"We shut the pier," she said. The rest … opens, he says.\n\nNo word came on Sunday.'
SAID = Attribution("a1", [Span(31, 34)], [Span(35, 39)], [Span(11, 30)], speaker="s1", act="communication")


def _article() -> Article:
    article = Article("t", TEXT, headline=Span(0, 9), paragraphs=[Span(11, 67), Span(69, 92)])
    article.speakers = [Speaker("s1", "Tove Ulrik"), Speaker("s2", "Osk Brandvik")]
    article.attributions = [SAID]
    return article


def _item(target: str = "a1", now: Attribution | None = SAID) -> Item:
    article = _article()
    spans = {part: getattr(now, part) for part in PARTS} if now else {}
    return Item(1, target, article, now, now, [], {}, [], passage(article, spans), seen="0")


@pytest.mark.parametrize(
    "words, near, found",
    [
        pytest.param("she said", 30, ["she said"], id="as-it-stands"),
        pytest.param("shut the\n pier", 0, ["shut the pier"], id="other-spaces"),
        pytest.param("We … pier", 11, ["We", "pier"], id="two-stretches"),
        pytest.param("The rest … opens", 40, ["The rest … opens"], id="an-ellipsis-of-the-article"),
        pytest.param("he", 0, ["he"], id="a-whole-word-before-a-part-of-one"),
        pytest.param("he saw", 0, None, id="words-that-are-not-there"),
    ],
)
def test_words_are_found_again(words: str, near: int, found: list[str] | None) -> None:
    spans = find(words, TEXT, within=Span(0, len(TEXT)), near=near)
    assert (spans and [span.of(TEXT) for span in spans]) == found
    if words == "he":
        assert spans == [Span(TEXT.index("he says"), TEXT.index("he says") + 2)]


def test_a_passage_is_the_lines_with_their_neighbours_and_loses_nothing() -> None:
    article = _article()
    lines = passage(article, {"content": [Span(12, 14)], "source": [Span(13, 16)]})
    assert [(line.kind, line.near) for line in lines] == [
        ("headline", False), ("paragraph", True), ("paragraph", False)
    ]  # fmt: skip
    for line in lines:
        assert "".join(piece.text for piece in line.pieces) == line.span.of(TEXT)
    # A span may begin and end inside a word.
    parts = {piece.text: piece.parts for piece in lines[1].pieces if piece.parts}
    assert parts == {"W": ("content",), "e": ("source", "content"), " ": ("source",), "s": ("source",)}


@pytest.mark.parametrize(
    "fields, changes",
    [
        pytest.param({}, [], id="nothing"),
        pytest.param({"speaker": "s1", "stance": "neutral", "act": "communication"}, [], id="all-as-it-stands"),
        pytest.param({"speaker": ""}, [("speaker", {"speaker": None})], id="nobody"),
        pytest.param({"speaker": "s2"}, [("speaker", {"speaker": "s2"})], id="somebody-else"),
        pytest.param(
            {"speaker": "s1", "speaker_name": " Mara  Quill "},
            [("speaker", {"name": "Mara Quill", "kind": "person"})],
            id="a-name-that-was-typed-counts",
        ),
        pytest.param({"stance": "distancing"}, [("stance", {"value": "distancing"})], id="stance"),
        pytest.param({"content": "We shut the pier", "source": "she", "cue": "said"},
                     [("spans", {"source": [[31, 34]], "cue": [[35, 39]], "content": [[12, 28]]})], id="words"),
        pytest.param({"spans": json.dumps({"source": [], "cue": [[35, 39]], "content": [[11, 30]]})},
                     [("spans", {"source": [], "cue": [[35, 39]], "content": [[11, 30]]})], id="picked"),
        pytest.param({"do": "confirm"}, [("confirmed", {})], id="all-right"),
        pytest.param({"do": "remove", "stance": "distancing"}, [("removed", {})], id="none"),
    ],
)  # fmt: skip
def test_a_form_is_the_corrections_of_what_is_not_as_it_stands(
    fields: dict[str, Any], changes: list[tuple[str, Any]]
) -> None:
    assert changes_of(ReviewForm(**fields), _item()) == [Change(field, "a1", after) for field, after in changes]


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"content": "words of nobody"}, id="words-that-are-not-there"),
        pytest.param({"content": ""}, id="no-content"),
        pytest.param({"speaker": "+"}, id="somebody-new-without-a-name"),
        pytest.param({"spans": "[[1"}, id="no-json"),
        pytest.param({"spans": json.dumps({"content": [[5, 900]]})}, id="beyond-the-article"),
        pytest.param({"spans": json.dumps({"content": [["a", "b"]]})}, id="no-numbers"),
        pytest.param({"spans": '{"content": [[1e400, 2]]}'}, id="an-endless-number"),
        pytest.param({"spans": '{"content": ' + "[" * 50_000}, id="too-deep"),
    ],
)
def test_a_form_that_will_not_do_is_refused_with_its_field(fields: dict[str, str]) -> None:
    with pytest.raises(BadRequest) as refused:
        changes_of(ReviewForm(**fields), _item())
    assert refused.value.fields


def test_a_new_attribution_has_the_words_that_were_picked() -> None:
    picked = json.dumps({"source": [[59, 61]], "cue": [[62, 66]], "content": [[41, 57]]})
    (added,) = changes_of(ReviewForm(spans=picked, speaker="s2"), _item(NEW, None))
    assert added == Change(
        "added",
        "",
        {"source": [[59, 61]], "cue": [[62, 66]], "content": [[41, 57]], "speaker": "s2", "inside": None},
    )


def test_words_that_were_written_out_are_read_back() -> None:
    spans = [Span(12, 14), Span(24, 28)]
    assert find(written(spans, TEXT), TEXT, within=Span(0, len(TEXT)), near=0) == spans
