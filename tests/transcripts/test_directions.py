"""Brackets: directions, gaps, an editor's words, corrections, and speech."""

from __future__ import annotations

import pytest

from sayso.transcripts import read_transcript_text


@pytest.mark.parametrize(
    ("bracket", "kind"),
    [
        ("(Applause.)", "direction"),
        ("[laughter and applause]", "direction"),
        ("(LAUGHTER)", "direction"),
        ("(laughs)", "direction"),
        ("[sic]", "direction"),
        ("\\[sic\\]", "direction"),
        ("[00:12:03]", "direction"),
        ("(BEGIN VIDEO CLIP)", "direction"),
        ("[chants of Lund, Lund, Lund]", "direction"),
        ("(Via teleconference.)", "direction"),
        ("(The oath is administered.)", "direction"),
        ("(Points at the map.)", "direction"),
        ("[Editor's note: the minister meant Tuesday.]", "direction"),
        ("(inaudible)", "gap"),
        ("[crosstalk 00:12:03]", "gap"),
        ("(Cross-talk by reporters.)", "gap"),
        ("(audio drops)", "gap"),
        ("(Speaks Ruritanian.)", "gap"),
        ("[…]", "gap"),
        ("[off-mike]", "gap"),
        ("[the Ruritanians]", "insert"),
        ("[Arabian]", "insert"),
        ("(at least thirty thousand of them)", "speech"),
        ("(and I mean it)", "speech"),
        ("(dollars)", "speech"),
        ("(This is what my mother taught us.)", "speech"),
        ("(NATO)", "speech"),
        ("(k)", "speech"),
    ],
)
def test_what_a_bracket_is(bracket: str, kind: str) -> None:
    text = f"HOLM: We know it. (Applause.) They said {bracket} so.\n\nQ: Why?\n\nHOLM: Ask them."
    transcript = read_transcript_text(text)
    here = [span for span in transcript.directions if span.of(text) == bracket]
    assert bool(here) == (kind in ("direction", "gap"))
    assert [span.of(text) for span in transcript.gaps] == ([bracket] if kind == "gap" else [])
    assert [span.of(text) for span in transcript.inserts] == ([bracket] if kind == "insert" else [])


def test_directions_on_lines_of_their_own() -> None:
    text = "HOLM: One.\n\nAPPLAUSE\n\n* * *\n\nTwo.\n\nQ: Why?\n\nHOLM: Well."
    transcript = read_transcript_text(text)
    assert [span.of(text) for span in transcript.directions] == ["APPLAUSE", "* * *"]


@pytest.mark.parametrize(
    ("said", "corrections"),
    [
        pytest.param("We have ~~200~~ [300] beds.", [("200", "300")], id="struck-and-bracket"),
        pytest.param(
            "We have ~~two hundred~~ \\[three hundred\\] beds.", [("two hundred", "three hundred")], id="words"
        ),
        pytest.param("We have ~~not~~ come.", [("not", None)], id="struck-and-nothing-instead"),
        pytest.param("We saw ~~him~~ (laughter) run.", [("him", None)], id="a-direction-is-no-correction"),
        pytest.param(
            "across gender [genres], cultures", [("gender", "genres")], id="the-line-through-the-words-was-lost"
        ),
        pytest.param(
            "for the assistant impact [to assist impacted] towns",
            [("the assistant impact", "to assist impacted")],
            id="several-words",
        ),
        pytest.param("of two [three] winters", [("two", "three")], id="two-numbers"),
        pytest.param("as Berg [Dahl] told us", [("Berg", "Dahl")], id="two-names"),
        pytest.param("because you [we] wanted it", [("you", "we")], id="two-small-words"),
        pytest.param("We have ~~200~~ [300] and two [three] more", [("200", "300")], id="struck-words-are-shown"),
        pytest.param("LUND: This is [Lund]. I am glad", [], id="not-beyond-its-phrase"),
        pytest.param("all of [the] city", [], id="an-article-is-added"),
        pytest.param("to [the] city", [], id="an-insert-that-is-like-nothing-before-it"),
        pytest.param("Grand[town] is here", [], id="an-ending-of-a-word"),
        pytest.param("from 5~10 and ~5 on", [], id="single-tildes"),
    ],
)
def test_corrections(said: str, corrections: list[tuple[str, str | None]]) -> None:
    text = f"HOLM: {said}\n\nQ: Why?\n\nHOLM: Ask them."
    found = read_transcript_text(text).corrections
    assert [(each.struck.of(text), each.instead and each.instead.of(text)) for each in found] == corrections


def test_an_interpreter_speaks_for_who_spoke_before() -> None:
    text = (
        "PRESIDENT HOLM: Welcome.\n\nPRIME MINISTER VARGA: (Speaks Ruritanian.)\n\nINTERPRETER: We are glad.\n\n"
        "Q: Why?\n\nINTERPRETER: Because.\n\nPRIME MINISTER VARGA: (As interpreted.) It was late. "
        "(In English.) Thank you."
    )
    turns = read_transcript_text(text).turns
    assert [(turn.speaker, turn.interpreted, turn.span.of(text)) for turn in turns[2:]] == [
        ("PRIME MINISTER VARGA", True, "We are glad."),
        ("Q", False, "Why?"),
        ("INTERPRETER", True, "Because."),
        ("PRIME MINISTER VARGA", True, "(As interpreted.) It was late."),
        ("PRIME MINISTER VARGA", False, "(In English.) Thank you."),
    ]


def test_a_label_may_say_that_the_words_are_interpreted() -> None:
    text = "VARGA (through interpreter): It was late.\n\nQ: Why?\n\nVARGA (through interpreter): The train."
    turns = read_transcript_text(text).turns
    assert [(turn.speaker, turn.interpreted) for turn in turns] == [("VARGA", True), ("Q", False), ("VARGA", True)]


def test_times_are_kept() -> None:
    transcript = read_transcript_text("Ada Holm (01:05):\nOne. [00:01:10] Two.\n\nKai Lund (01:12):\nThree.")
    text = transcript.text
    assert [transcript.seconds_at(text.index(word)) for word in ("One", "Two", "Three")] == [65, 70, 72]
