"""Passages that say much the same: which is nearest, whose turns count, and what is not called reworded."""

import subprocess
import sys

import pytest

from sayso.checks.meaning import REWORDED, Meaning
from sayso.documents import Span, Transcript, Turn
from training.reworded import read_cases

MEANING = Meaning()


def transcript(*turns: tuple[str, str], name: str = "t", roles: dict[str, str] | None = None) -> Transcript:
    """A transcript of (speaker, words)."""
    text, made = "", []
    for speaker, words in turns:
        start = len(text) + len(speaker) + 2
        text += f"{speaker}: {words}\n\n"
        made.append(Turn(Span(start, start + len(words)), speaker, role=(roles or {}).get(speaker, "speaker")))
    return Transcript(name, text, turns=made)


HARBOUR = transcript(
    (
        "MS. ORTEGA",
        "Good morning. We have closed the north quay because the piles are rotten. I am sorry for the shops.",
    ),
    ("Q", "When will it open again?"),
    (
        "MS. ORTEGA",
        "Not before spring. The divers found holes you could put an arm through. Nobody was hurt, thank God.",
    ),
    ("MR. BLOM", "The fishermen can land their catch at the south quay. We will not charge them for it."),
)

HARBOUR_OPENING = "Good morning. We have closed the north quay because the piles are rotten. I am sorry for the shops."


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param(
            "The northern pier was shut since its wooden pillars have decayed.",
            "We have closed the north quay because the piles are rotten.",
            id="other-words",
        ),
        pytest.param(
            "No person suffered injuries, fortunately.", "Nobody was hurt, thank God.", id="no-content-word-in-common"
        ),
        pytest.param(
            "The trawlers may unload at the southern wharf, and no fee is demanded of them.",
            "The fishermen can land their catch at the south quay. We will not charge them for it.",
            id="two-sentences",
        ),
        pytest.param(
            "Good morning to you. The northern quay was shut. Its piles had decayed. It pains me for the shops.",
            HARBOUR_OPENING,
            id="more-sentences-than-a-passage-has-else",
        ),
    ],
)
def test_a_retranslated_quote_finds_its_passage(text, said):
    nearest = MEANING.nearest(text, [HARBOUR])[0]
    assert said in nearest.span.of(HARBOUR.text) or nearest.span.of(HARBOUR.text) in said
    assert nearest.score >= REWORDED
    assert nearest.turn is HARBOUR.turn_at(nearest.span.start)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The mayor has promised eleven million for a new quay.", id="same-topic"),
        pytest.param("The champion withdrew from the tournament with a torn muscle.", id="another-topic"),
    ],
)
def test_what_nobody_said_is_not_called_reworded(text):
    assert MEANING.nearest(text, [HARBOUR])[0].score < REWORDED


def test_a_text_of_a_few_words_is_not_called_reworded():
    assert MEANING.nearest("Nobody got injured.", [HARBOUR])[0].score < REWORDED


def test_a_sentence_that_says_nothing_is_like_nothing():
    idle = transcript(("A", "Yeah."), ("B", "Over."), ("C", "Mm-hmm."))
    near = MEANING.nearest("She has a prosecutor's bearing and a governor's temperament.", [idle])
    assert all(each.score < REWORDED for each in near)


def test_only_turns_that_count_are_searched():
    text = "The northern pier was shut since its wooden pillars have decayed."
    nearest = MEANING.nearest(text, [HARBOUR], speaker_turns=lambda _, turn: turn.speaker == "MR. BLOM")
    assert {each.turn.speaker for each in nearest} == {"MR. BLOM"}
    assert nearest[0].score < REWORDED


def test_what_an_editor_wrote_is_not_searched():
    noted = transcript(("NOTE", "The north quay was closed."), ("MAYOR", "It rains."), roles={"NOTE": "editor"})
    assert [each.turn.speaker for each in MEANING.nearest("The north quay was closed.", [noted])] == ["MAYOR"]


def test_the_transcript_is_named_by_its_place():
    other = transcript(("COACH", "We trained in the rain. The boys ran well."), name="other")
    nearest = MEANING.nearest("The lads did good running.", [HARBOUR, other])
    assert nearest[0].transcript == 1
    assert nearest[0].span.of(other.text) == "The boys ran well."


def test_passages_are_ordered_and_do_not_overlap():
    nearest = MEANING.nearest("The quay is closed until the spring.", [HARBOUR], limit=5)
    assert len(nearest) == 5
    assert not any(one.span.overlaps(other.span) for one in nearest for other in nearest if one is not other)
    assert all(0 <= each.score <= 1 for each in nearest)


@pytest.mark.parametrize(
    ("text", "transcripts"),
    [
        pytest.param("", [HARBOUR], id="no-text"),
        pytest.param(" … ", [], id="no-transcript"),
        pytest.param("The quay is closed.", [Transcript("empty", "")], id="no-turns"),
        pytest.param("The quay is closed.", [HARBOUR] * 100, id="more-transcripts-than-can-be-searched"),
    ],
)
def test_nothing_near_is_an_answer(text, transcripts):
    assert MEANING.nearest(text, transcripts) == []


def test_a_second_question_finds_the_same_as_alone():
    texts = ["Nobody got injured.", "No fee will be taken from them."]
    one = Meaning()
    assert [one.nearest(text, [HARBOUR]) for text in texts] == [Meaning().nearest(text, [HARBOUR]) for text in texts]


def test_the_encoder_is_read_only_when_it_is_needed():
    code = (
        "import sys, sayso.checks.meaning as m, sayso.extraction.vectors as v; m.Meaning();"
        "assert v.load_encoder.cache_info().currsize == 0"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.fixture(scope="module")
def judged():
    """The kinds of the test cases, whether the nearest passage is the right one, and its score."""
    transcripts, cases = read_cases("test")
    found = []
    for case in cases:
        source = transcripts[case.transcript]
        nearest = MEANING.nearest(case.text, [source], limit=1)[0]
        found.append((case.kind, case.said is not None and nearest.span.overlaps(case.said), nearest.score))
    return found


def test_retranslated_quotes_keep_their_floor(judged):
    true = [(right, score) for kind, right, score in judged if kind == "="]
    assert sum(right for right, _ in true) / len(true) >= 0.94
    assert sum(right and score >= REWORDED for right, score in true) / len(true) >= 0.8


def test_quotes_on_the_same_topic_keep_their_ceiling(judged):
    false = [score for kind, _, score in judged if kind == "-"]
    assert sum(score >= REWORDED for score in false) / len(false) <= 0.05
