"""Attributions of whole articles, with the shipped model."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.documents import Span
from sayso.extraction import extract_attributions
from sayso.extraction.quotations import quotation_of
from sayso.reading import read_text
from tests.gold.markup import gold_files, read_gold

GOLD = [read_gold(path) for path in gold_files()]


def check_spans(text: str, attributions) -> None:
    ids = [each.id for each in attributions]
    assert len(set(ids)) == len(ids)
    by_id = {each.id: each for each in attributions}
    for each in attributions:
        assert each.cue and each.content
        assert 0 <= each.confidence <= 1
        for span in each.spans():
            assert 0 <= span.start < span.end <= len(text)
            assert text[span.start : span.end] == text[span.start : span.end].strip()
        if each.inside is not None:
            outer = by_id[each.inside]
            for span in [*each.cue, *each.content]:
                assert any(holder.contains(span) for holder in outer.content)


@pytest.mark.parametrize("gold", GOLD[::6], ids=lambda gold: gold.id)
def test_spans_slice_to_what_they_say(gold):
    check_spans(gold.text, extract_attributions(read_text(gold.text)))


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.sampled_from(["said", "“We", "lost”", "Ms. Ito", "that", "\n\n", '"', "believes", ".", "\u200b", "é", "—"]),
        max_size=40,
    )
)
def test_any_jumble_of_words_gives_sound_spans(words):
    text = "Harbour reopens, officials say. " + " ".join(words)
    article = read_text(text, any_language=True)
    check_spans(article.text, extract_attributions(article))


def test_a_plain_sentence_is_read():
    text = "The ferry service will return in May, harbour master Inês Duarte said on Friday."
    (found,) = extract_attributions(read_text(text))
    assert [span.of(text) for span in found.source] == ["harbour master Inês Duarte"]
    assert [span.of(text) for span in found.cue] == ["said"]
    assert [span.of(text) for span in found.content] == ["The ferry service will return in May"]
    assert found.quotation == "indirect"


def test_unseen_characters_change_nothing():
    text = "The ferry service will return in May, harbour master Inês Duarte said on Friday."
    hidden = text.replace("ferry", "fer\u00adry").replace("Duarte", "Duar\u200bte")
    plain, marked = read_text(text), read_text(hidden)
    found = [[each.spans() for each in extract_attributions(article)] for article in (plain, marked)]
    assert found[0] == found[1] != []
    assert marked.text == plain.text
    sources = [hidden[slice(*marked.source_span(span))] for span in found[1][0]]
    assert sources == ["The fer\u00adry service will return in May", "harbour master Inês Duar\u200bte", "said"]


@pytest.mark.parametrize(
    "text, quoted, kind",
    [
        pytest.param("“We won,”", [Span(0, 9)], "direct", id="direct"),
        pytest.param("that “we won” it", [Span(5, 13)], "mixed", id="mixed"),
        pytest.param("that we won it", [], "indirect", id="indirect"),
        pytest.param("42 – “!”", [Span(5, 8)], "indirect", id="no-word-in-the-marks"),
    ],
)
def test_quotation_of(text, quoted, kind):
    assert quotation_of(text, [Span(0, len(text))], quoted) == kind
