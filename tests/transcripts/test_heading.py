"""What a transcript says of itself, and what stands around the words that were said."""

from __future__ import annotations

from datetime import date

import pytest

from sayso.transcripts import read_transcript_text

TALK = "HOLM: Good morning, everybody, and thank you.\n\nQ: Will you go?\n\nHOLM: No."


@pytest.mark.parametrize(
    ("heading", "version", "partial"),
    [
        ("Remarks by Minister Holm\nAs Prepared for Delivery", "prepared", None),
        ("CHECK AGAINST DELIVERY", "prepared", None),
        ("*AS DELIVERED*", "delivered", None),
        ("Excerpts from the news conference", None, "Excerpts"),
        ("This is a partial transcript.", None, "partial transcript"),
        ("The interview has been edited and condensed.", None, "edited and condensed"),
        ("Below is the full transcript.", None, None),
        ("Town Hall\n10:20 A.M.", None, None),
    ],
)
def test_version_and_whether_it_is_whole(heading: str, version: str | None, partial: str | None) -> None:
    transcript = read_transcript_text(f"{heading}\n\n{TALK}")
    assert transcript.version == version
    assert (transcript.partial and transcript.partial.of(transcript.text)) == partial
    assert transcript.turns[0].role == "editor"


def test_words_of_the_speech_say_nothing_about_the_transcript() -> None:
    transcript = read_transcript_text(f"{TALK}\n\nQ: Were these only excerpts, as prepared for delivery?\n\nHOLM: Yes.")
    assert (transcript.version, transcript.partial) == (None, None)


@pytest.mark.parametrize(
    ("heading", "name", "expected"),
    [
        ("Press briefing, 3 May 2030", "a.txt", date(2030, 5, 3)),
        ("Press briefing\nMay 3, 2030", "a.txt", date(2030, 5, 3)),
        ("Press briefing", "2030-05-03-briefing.txt", date(2030, 5, 3)),
        ("Press briefing", "20300503_briefing.txt", date(2030, 5, 3)),
        ("Press briefing, 3 May", "a.txt", None),
    ],
)
def test_date(heading: str, name: str, expected: date | None) -> None:
    assert read_transcript_text(f"{heading}\n\n{TALK}", name).date == expected


def test_the_date_that_is_given_counts() -> None:
    assert read_transcript_text(f"3 May 2030\n\n{TALK}", date=date(2031, 1, 1)).date == date(2031, 1, 1)


def test_title() -> None:
    assert (
        read_transcript_text(f"Town Hall\nPress briefing by Ada Holm\n\n{TALK}").title == "Press briefing by Ada Holm"
    )


SPEECH = "\n\n".join(["Thank you all for coming to this great and beautiful hall of ours tonight.", "We won."])


@pytest.mark.parametrize(
    ("title", "speaker"),
    [
        ("Remarks by First Lady Ada Holm at the Town Hall", "First Lady Ada Holm"),
        ("Remarks as Prepared for Delivery by Minister Ada Holm", "Minister Ada Holm"),
        ("Keynote address at the Harbour Forum by Kai Lund", "Kai Lund"),
        ("Transcript: Kai Lund's victory speech", "Kai Lund"),
        ("Remarks by the minister", None),
    ],
)
def test_a_speech_without_labels_is_his_whom_its_title_names(title: str, speaker: str | None) -> None:
    transcript = read_transcript_text(f"{title}\n\n{SPEECH}")
    assert [turn.speaker for turn in transcript.turns if turn.role == "speaker"] == [speaker]
    assert bool(transcript.warnings) == (speaker is None)


@pytest.mark.parametrize(
    "closing",
    [
        "END 2:30 P.M. EST",
        "10:02 A.M. EST",
        "\\###",
        "# # #",
        "-30-",
        "* * *",
        "END",
        "(END OF TRANSCRIPT)",
        "10:02 A.M.",
    ],
)
def test_closing_lines_are_nobodys_words(closing: str) -> None:
    transcript = read_transcript_text(f"{TALK}\n{closing}\n")
    assert [(turn.role, turn.span.of(transcript.text)) for turn in transcript.turns[-2:]] == [
        ("speaker", "No."),
        ("editor", closing),
    ]


def test_a_long_speech_before_the_first_label_is_speech() -> None:
    speech = "Thank you. I want to tell you what we have done for our harbour this year. " * 12
    transcript = read_transcript_text(f"Town Hall\n10:20 A.M.\n\n{speech}\n\nQ: Why?\n\nHOLM: Well.\n\nQ: When?")
    assert [(turn.role, turn.speaker) for turn in transcript.turns[:3]] == [
        ("editor", None), ("speaker", None), ("question", "Q"),
    ]  # fmt: skip


def test_an_introduction_by_the_outlet_is_the_editors() -> None:
    note = "The following is a transcript of an interview with Ada Holm that aired on Sunday on Radio Nord."
    assert read_transcript_text(f"{note}\n\n{TALK}").turns[0].role == "editor"


def test_another_language_is_said() -> None:
    talk = (
        "HOLM: Guten Morgen, und vielen Dank, dass Sie gekommen sind.\n\nQ: Werden Sie gehen?\n\n"
        "HOLM: Nein, das werde ich nicht."
    )
    transcript = read_transcript_text(talk)
    assert transcript.language == "de" and "'de'" in transcript.warnings[-1]
