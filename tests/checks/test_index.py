"""The index: every one, two and three words in succession have their places, in memory and put together anew."""

from __future__ import annotations

from itertools import pairwise
from unittest.mock import patch

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sayso.checks import index
from sayso.checks.index import UNKNOWN, Gathering, Segment, hashes_of, join, said_words
from sayso.documents import Correction, Span, Transcript, Turn
from tests.checks.spoken import ALL, HARBOUR, spoken

FEW_WORDS = st.lists(st.lists(st.sampled_from("a b c d".split()), max_size=12), min_size=1, max_size=5)


def indexed(*transcripts: Transcript) -> Segment:
    gathering = Gathering()
    for transcript in transcripts:
        gathering.add(transcript)
    return gathering.segment()


def places(segment: Segment, *forms: str) -> list[tuple[int, int]]:
    """Transcript and word of every place where these stand in succession, as the index has them."""
    runs = segment.runs(segment.numbers(hashes_of(forms)))
    size = len(forms)
    found = segment.places(int(runs.low[size - 1, 0]), int(runs.high[size - 1, 0]))
    numbers = segment.transcripts_at(found)
    return sorted(zip(numbers.tolist(), (found - segment.starts[numbers]).tolist(), strict=True))


def plainly(transcripts: list[Transcript], *forms: str) -> list[tuple[int, int]]:
    return [
        (number, at)
        for number, transcript in enumerate(transcripts)
        for words in [said_words(transcript).forms]
        for at in range(len(words) - len(forms) + 1)
        if words[at : at + len(forms)] == list(forms)
    ]


@given(FEW_WORDS)
def test_every_run_of_words_has_the_places_that_it_has_in_the_text(texts: list[list[str]]) -> None:
    transcripts = [spoken(str(number), "X: " + " ".join(words)) for number, words in enumerate(texts)]
    runs = {tuple(words[at : at + size]) for words in texts for size in (1, 2, 3) for at in range(len(words))}
    # With a mark at every third place few words have many of them.
    with patch.object(index, "MARK", 3):
        segment = indexed(*transcripts)
        for forms in runs:
            assert places(segment, *forms) == plainly(transcripts, *forms)


@given(FEW_WORDS, FEW_WORDS)
def test_two_put_together_are_what_one_would_be(first: list[list[str]], second: list[list[str]]) -> None:
    transcripts = [spoken(str(number), "X: " + " ".join(words)) for number, words in enumerate(first + second)]
    whole = indexed(*transcripts)
    joined = join([indexed(*transcripts[: len(first)]), indexed(*transcripts[len(first) :])])
    for row in ("hashes", "words", "order", "marks", "heads", "starts", "turn_starts", "turn_labels"):
        assert np.array_equal(getattr(joined, row)[:], getattr(whole, row)[:]), row
    assert joined.labels == whole.labels


def test_no_run_goes_from_one_transcript_into_the_next() -> None:
    segment = indexed(spoken("1", "X: the last word"), spoken("2", "X: the first word"))
    assert places(segment, "word", "the") == []
    assert places(segment, "first", "word") == [(1, 1)]


def test_a_run_goes_on_in_the_next_turn() -> None:
    assert places(indexed(*ALL), "tax", "we", "will") == [(0, len(words_before("We will not raise it")) - 1)]


def words_before(text: str) -> list[str]:
    words = said_words(HARBOUR)
    return [form for form, start in zip(words.forms, words.starts, strict=True) if start < HARBOUR.text.index(text)]


def test_what_nobody_said_has_no_place() -> None:
    words = said_words(HARBOUR)
    assert words.forms[:2] == ["good", "morning"]
    assert places(indexed(HARBOUR), "council", "chamber") == []


def test_stage_directions_have_no_place_and_both_readings_of_a_correction_have() -> None:
    text = "We have (laughter) ~~200~~ [300] ships."
    transcript = Transcript(
        "t", text, turns=[Turn(Span(0, len(text)))], directions=[Span(8, 18)],
        corrections=[Correction(Span(19, 26), Span(27, 32))],
    )  # fmt: skip
    assert said_words(transcript).forms == ["we", "have", "200", "300", "ships"]


def test_who_speaks_at_a_word() -> None:
    segment = indexed(*ALL)
    at = np.array([int(segment.starts[1]), int(segment.starts[2]) - 2])
    assert [segment.labels[label] for label in segment.labels_at(at)] == ["MS. LINDQVIST", "MS. LINDQVIST"]


def test_one_transcript_by_itself_keeps_its_words_and_turns() -> None:
    whole = indexed(*ALL)
    for number, transcript in enumerate(ALL):
        alone = whole.only(number)
        words = said_words(transcript).forms
        assert (alone.words[1:-2] == alone.numbers(hashes_of(words))).all()
        labels = [alone.labels[label] for label in alone.labels_at(np.arange(1, len(words) + 1))]
        changes = [labels[0], *(after for before, after in pairwise(labels) if before != after)]
        assert changes == [turn.speaker for turn in transcript.turns if turn.role != "editor"] or number == 2


def test_an_index_of_nothing_has_no_places() -> None:
    for segment in (indexed(), indexed(spoken("silent", "X: ..."))):
        assert segment.numbers(hashes_of(["word"])).tolist() == [UNKNOWN]
        assert places(segment, "word") == []
