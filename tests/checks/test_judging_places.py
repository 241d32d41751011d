"""Turns, interjections, splices, several transcripts, doubts: where a quote's words stand."""

from __future__ import annotations

from datetime import date

import pytest

from sayso.documents import Span
from tests.checks.judged import judged, judged_pieces, said, transcript_of

COUNCIL = transcript_of(
    "MAYOR ORLEY: We will rebuild the old pier by the summer. It has stood there for ninety years, and it will stand "
    "there for ninety more if the town wants it to. I have asked the harbour board for a plan, and I will show you "
    "that plan on Friday. Nobody who works at the fish market will lose a stall.\n"
    "Q: Who is going to pay for all of that?\n"
    "MAYOR ORLEY: The county has promised us half of the money. We shall borrow the rest\n"
    "AUDIENCE: No!\n"
    "THE MAYOR: from the bank across the square.\n"
    "THE MAYOR: We have asked the bank and —\n"
    "MS. BRANDT: Your two minutes are over, sir.\n"
    "THE MAYOR: — the county.\n"
    "MS. BRANDT: The ferry company was never asked. We found out from the newspaper on Monday morning.\n"
)


@pytest.mark.parametrize(
    ("quote", "value"),
    [
        pytest.param(
            "We shall borrow the rest from the bank across the square", "verbatim", id="interjection-and-another-label"
        ),
        pytest.param(
            "We will rebuild the old pier by the summer. Nobody who works at the fish market will lose a stall",
            "spliced",
            id="far-apart-in-one-turn",
        ),
        pytest.param(
            "We will rebuild the old pier by the summer … Nobody who works at the fish market will lose a stall",
            "marked",
            id="far-apart-with-an-ellipsis",
        ),
        pytest.param(
            "Nobody who works at the fish market will lose a stall. The county has promised us half of the money",
            "spliced",
            id="two-turns-of-one-speaker",
        ),
        pytest.param(
            "Nobody who works at the fish market will lose a stall … The county has promised us half of the money",
            "marked",
            id="two-turns-with-an-ellipsis",
        ),
        pytest.param(
            "asked the bank and the county. The ferry company was never asked",
            "spliced",
            id="two-speakers",
        ),
        pytest.param(
            "We will rebuild the old pier by the summer // I will show you that plan on Friday",
            "verbatim",
            id="article-interrupts-far-apart",
        ),
        pytest.param(
            "I will show you that plan on Friday // We will rebuild the old pier by the summer",
            "verbatim",
            id="article-turns-two-quotes-round",
        ),
        pytest.param(
            "I have asked the harbour board // for a plan", "verbatim", id="article-interrupts-a-sentence"
        ),
        pytest.param("We have asked the bank and the county", "verbatim", id="interrupted-and-resumed"),
        pytest.param("We will rebuild // pier by the summer", "trimmed", id="article-interrupts-and-leaves-out"),
    ],
)  # fmt: skip
def test_stretches(quote: str, value: str) -> None:
    found = judged(quote, COUNCIL)
    assert found.judgement.value == value, (found.differences, found.judgement.passages)


def test_a_splice_has_its_passages_in_order() -> None:
    found = judged("We will rebuild the old pier by the summer. Nobody will lose a stall at the fish market", COUNCIL)
    assert found.judgement.value in ("spliced", "altered")
    found = judged("We will rebuild the old pier by the summer. Nobody who works at the fish market", COUNCIL)
    assert [span.of(COUNCIL.text) for span in found.judgement.passages] == [
        "We will rebuild the old pier by the summer",
        "Nobody who works at the fish market",
    ]


def test_pieces_in_turned_order_are_spliced() -> None:
    found = judged_pieces(
        "Nobody who works at the fish market will lose a stall. We will rebuild the old pier",
        (COUNCIL, "Nobody who works at the fish market will lose a stall"),
        (COUNCIL, "We will rebuild the old pier"),
    )
    assert found.value == "spliced"
    assert found.pieces == [0, 1]


def test_neighbours_in_turned_order_are_altered() -> None:
    found = judged_pieces(
        "The county has promised us half of the money. We shall borrow the rest".replace(
            "The county has promised us half of the money. We shall borrow the rest",
            "We shall borrow the rest. The county has promised us half of the money",
        ),
        (COUNCIL, "We shall borrow the rest"),
        (COUNCIL, "The county has promised us half of the money"),
    )
    assert found.value == "altered"
    assert [each.kind for each in found.differences] == ["moved"]


@pytest.mark.parametrize(
    ("day", "mark", "value"),
    [
        pytest.param(date(2024, 5, 2), ". ", "spliced", id="other-day"),
        pytest.param(date(2024, 5, 2), " … ", "spliced", id="other-day-with-an-ellipsis"),
        pytest.param(date(2024, 5, 1), " … ", "marked", id="same-day-with-an-ellipsis"),
        pytest.param(date(2024, 5, 1), ". ", "spliced", id="same-day"),
    ],
)
def test_two_transcripts(day: date, mark: str, value: str) -> None:
    one = transcript_of("We will rebuild the old pier by the summer. That is all.", day=date(2024, 5, 1))
    other = transcript_of("Good morning. Nobody will lose a stall at the fish market.", id="t2", day=day)
    found = judged_pieces(
        f"We will rebuild the old pier by the summer{mark}Nobody will lose a stall",
        (one, "We will rebuild the old pier by the summer"),
        (other, "Nobody will lose a stall"),
    )
    assert found.value == value
    assert found.pieces == [0, 1]


def test_a_word_found_far_off_by_chance_is_no_splice() -> None:
    found = judged_pieces(
        "We will rebuild the old pier by the town",
        (COUNCIL, "We will rebuild the old pier by the summer"),
        (COUNCIL, "the town"),
    )
    assert found.value == "altered"


def test_rough_places_are_made_exact() -> None:
    words = said(COUNCIL)
    at = words.forms.index("asked")
    for near in ((at - 9, at - 4), (at + 3, at + 9), (at, at + 1)):
        found = judged("I have asked the harbour board for a plan", COUNCIL, near)
        assert found.judgement.value == "verbatim"
        assert [span.of(COUNCIL.text) for span in found.judgement.passages] == [
            "I have asked the harbour board for a plan"
        ]


def test_what_follows_an_ellipsis_is_found_far_from_the_rough_place() -> None:
    words = said(COUNCIL)
    found = judged("We will rebuild the old pier … across the square", COUNCIL, (0, 6))
    assert found.judgement.value == "marked"
    assert len(words) > 100


@pytest.mark.parametrize(
    ("quote", "spoken", "more", "doubt"),
    [
        pytest.param(
            "We will pay the men of the old mill", "We will (inaudible) men of the old mill", {}, "lacks", id="gap"
        ),
        pytest.param(
            "We will pay the men for it all", "We will pay the men for", {}, "breaks off", id="turn-breaks-off"
        ),
        pytest.param(
            "We will never pay the men for it",
            "We will pay the men for it",
            {"version": "prepared"},
            "as prepared",
            id="prepared-version",
        ),
        pytest.param("We will pay the tuition for it", "We will pay the tuitoin for it", {}, "slip", id="typo"),
        pytest.param(
            "We will pay the men for it. Thank you, all of you",
            "We will pay the men for it.",
            {"partial": Span(0, 2)},
            "breaks off",
            id="partial-transcript",
        ),
    ],
)  # fmt: skip
def test_what_may_be_the_transcripts_fault_is_doubted(
    quote: str, spoken: str, more: dict[str, object], doubt: str
) -> None:
    found = judged(quote, transcript_of(spoken, **more))  # type: ignore[arg-type]
    assert found.judgement.value in ("trimmed", "altered")
    assert doubt in (found.judgement.doubt or "")


@pytest.mark.parametrize(
    ("quote", "spoken"),
    [
        pytest.param("The United States will pay for it", "The U.S. will pay for it", id="us-in-full"),
        pytest.param("The EU will pay for it all", "The European Union will pay for it all", id="eu-short"),
    ],
)
def test_a_name_written_short_is_doubted(quote: str, spoken: str) -> None:
    found = judged(quote, spoken)
    assert found.judgement.value == "altered"
    assert "short" in (found.judgement.doubt or "")


@pytest.mark.parametrize(
    ("quote", "spoken", "value"),
    [
        pytest.param("We have to be ready to stop him", "We have to be ready to", "altered", id="same-beginning"),
        pytest.param("It is a big day for the harbour", "This is a big part of the job", "not found", id="formula"),
    ],
)
def test_what_many_speeches_share_accuses_nobody(quote: str, spoken: str, value: str) -> None:
    found = judged(quote, f"{spoken}. That was all that I had to say on the matter of the pier.")
    assert found.judgement.value in (value, "not found")
    assert found.judgement.value == "not found" or "occasion" in (found.judgement.doubt or "")


def test_words_at_a_gap_have_the_class() -> None:
    found = judged("We will pay the men of the old mill", "We will (inaudible) men of the old mill")
    assert [each.class_ for each in found.judgement.differences] == ["gap"]


def test_a_difference_away_from_the_gap_is_not_doubted() -> None:
    found = judged("We will not pay the men for it", "We will pay the men for it. (inaudible) And so on.")
    assert found.judgement.value == "altered"
    assert found.judgement.doubt is None


def test_an_interpreters_words_are_doubted() -> None:
    transcript = transcript_of("MAYOR ORLEY: We will pay the men for it.")
    turn = transcript.turns[0]
    transcript.turns = [type(turn)(turn.span, turn.speaker, turn.label, turn.role, interpreted=True)]
    assert "interpreter" in (judged("We will not pay the men", transcript).judgement.doubt or "")
