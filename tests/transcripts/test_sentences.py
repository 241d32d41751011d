"""Sentences of transcripts: wrapped lines, directions and captions."""

import pytest

from sayso.documents import Span, Transcript, Turn
from sayso.transcripts.sentences import LONGEST_WORDS, sentences_of


def sentences(text: str, directions: tuple[str, ...] = ()) -> list[str]:
    """The sentences of a transcript of one turn."""
    marked = [Span(text.index(each), text.index(each) + len(each)) for each in directions]
    turn = Turn(Span(0, len(text)), "A")
    transcript = Transcript("t", text, turns=[turn], directions=marked)
    return [span.of(text) for span in sentences_of(transcript, turn)]


@pytest.mark.parametrize(
    ("text", "directions", "expected"),
    [
        pytest.param("We met Dr. Ames. He left.", (), ["We met Dr. Ames.", "He left."], id="abbreviation"),
        pytest.param("We shut\nthe quay. It rots.", (), ["We shut\nthe quay.", "It rots."], id="wrapped-line"),
        pytest.param("We shut the quay\n\nIt rots", (), ["We shut the quay", "It rots"], id="empty-line"),
        pytest.param("We won. (Applause.) Thank you.", ("(Applause.)",), ["We won.", "Thank you."], id="direction"),
        pytest.param("(Laughter.)", ("(Laughter.)",), [], id="nothing-but-a-direction"),
        pytest.param("—", (), [], id="no-word"),
    ],
)
def test_sentences_of_a_turn(text, directions, expected):
    assert sentences(text, directions) == expected


def test_captions_without_full_stops_are_cut():
    words = " ".join(f"word{number}" for number in range(3 * LONGEST_WORDS))
    found = sentences(words)
    assert " ".join(found) == words
    assert max(len(each.split()) for each in found) <= LONGEST_WORDS
