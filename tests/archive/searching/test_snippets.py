from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.archive.folding import fold_words
from sayso.archive.matching import Phrase, Prefix, Word
from sayso.archive.searching.snippets import CUT, places_of, snippet_of

BRIDGE = Word(("bridge", "bridges"))


@pytest.mark.parametrize(
    "text, sought, marked",
    [
        pytest.param("The bridge and the bridges", [BRIDGE], ["bridge", "bridges"], id="all-forms"),
        pytest.param("A bri\u00addge’s toll", [BRIDGE], ["bri\u00addge"], id="soft-hyphen-without-the-possessive"),
        pytest.param("Ana Müller", [Word(("muller",))], ["Müller"], id="accents"),
        pytest.param("the “front‑line” crews", [Phrase(("front", "line"))], ["front‑line"], id="phrase-over-a-hyphen"),
        pytest.param("his “front‑line” crews", [Word(("frontline",))], ["front‑line"], id="word-over-a-hyphen"),
        pytest.param("an e-mail", [Prefix("ema")], ["e-mail"], id="prefix-over-a-hyphen"),
        pytest.param("line front line", [Phrase(("front", "line"))], ["front line"], id="phrase-in-its-order"),
        pytest.param("toll road tolls", [Prefix("tol")], ["toll", "tolls"], id="prefix"),
        pytest.param("a toll road, a road", [Prefix("roa", ("toll",))], ["toll road"], id="prefix-with-a-word-before"),
        pytest.param("toll toll toll", [Phrase(("toll", "toll"))], ["toll toll toll"], id="overlaps-are-joined"),
        pytest.param(
            "the bridge toll", [BRIDGE, Word(("toll",))], ["bridge", "toll"], id="several-in-the-text's-order"
        ),
        pytest.param("nothing of it", [BRIDGE], [], id="nothing"),
        pytest.param("oﬃce", [Word(("office",))], ["oﬃce"], id="ligature"),
    ],
)
def test_marks(text, sought, marked):
    found, _ = places_of(text, sought)
    assert [span.of(text) for span in found] == marked


def test_a_long_text_is_cut_round_what_was_found():
    text = "a long way before it " * 30 + "the bridge is closed " + "and a long way after it " * 30
    snippet = snippet_of(text, [], [BRIDGE])
    assert snippet.text.startswith(CUT) and snippet.text.endswith(CUT)
    assert [span.of(snippet.text) for span in snippet.found] == ["bridge"]
    assert len(snippet.text) <= 242
    assert text.find(f" {snippet.text.strip(CUT)} ") > 0, "cut between words"


def test_the_stretch_with_the_most_is_shown():
    text = "a bridge " + "and much else besides " * 30 + "the bridge has a toll for the bridge"
    snippet = snippet_of(text, [], [BRIDGE, Word(("toll",))])
    assert [span.of(snippet.text) for span in snippet.found] == ["bridge", "toll", "bridge"]
    assert snippet.text.endswith("for the bridge")


def test_a_short_text_is_shown_whole():
    assert snippet_of("It is closed", [], [BRIDGE]).text == "It is closed"


def test_another_wording_is_shown_where_it_has_more_of_what_is_sought():
    snippet = snippet_of("They will close it", ["the bridge will close"], [BRIDGE, Word(("close",))])
    assert snippet.text == "the bridge will close"
    assert [span.of(snippet.text) for span in snippet.found] == ["bridge", "close"]


@given(st.text(st.sampled_from("ab é\u00ad’-") | st.characters(), max_size=400), st.integers(10, 120))
def test_marks_lie_in_the_snippet_and_hold_what_is_sought(text, width):
    words = {folded.word for folded in fold_words(text)}
    some = tuple(sorted(words)[:2])
    snippet = snippet_of(text, [], [Word(some)], width=max(width, 80))
    assert len(snippet.text) <= max(width, 80) + 2
    last = 0
    for span in snippet.found:
        assert last <= span.start < span.end <= len(snippet.text)
        last = span.end
    if some:
        assert snippet.found
    if len(text) <= 80:
        assert snippet.text == text
