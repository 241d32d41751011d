"""Speakers' labels: told from ordinary words in front of a colon, over the whole text."""

from __future__ import annotations

import pytest

from sayso.documents import Transcript
from sayso.transcripts import read_transcript_text
from sayso.transcripts.edges import unlabelled


def turns_of(text: str) -> list[tuple[str | None, str]]:
    transcript = read_transcript_text(text)
    return [(turn.speaker, turn.span.of(transcript.text)) for turn in transcript.turns if turn.role != "editor"]


DIALOGUE = [("HOLM", "Good morning."), ("Q", "Will you go?"), ("HOLM", "No.")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("HOLM: Good morning.\n\nQ: Will you go?\n\nHOLM: No.", DIALOGUE, id="colons"),
        pytest.param("HOLM: Good morning.\nQ: Will you go?\nHOLM: No.", DIALOGUE, id="no-blank-lines"),
        pytest.param(
            "   HOLM:  Good morning.\n\n   Q    Will you go?\n\n   HOLM:  No.", DIALOGUE, id="Q-with-a-gap-and-no-colon"
        ),
        pytest.param("HOLM: Good morning.\n\nQ Will you go?\n\nHOLM: No.", DIALOGUE, id="Q-with-one-space"),
        pytest.param(
            "HOLM\nGood morning.\n\nQ\nWill you go?\n\nHOLM\nNo.", DIALOGUE, id="labels-on-lines-of-their-own"
        ),
        pytest.param("HOLM - Good morning.\n\nQ - Will you go?\n\nHOLM - No.", DIALOGUE, id="dashes"),
        pytest.param("**HOLM:** Good morning.\n\n**Q:** Will you go?\n\n**HOLM:** No.", DIALOGUE, id="marks-of-bold"),
        pytest.param(
            "MR. ZANDT: One.\n\nTHE PRESIDENT: Two.\n\nMS. HOLM-BERG: Three.\n\nREP. D’ARCY: Four.",
            [("MR. ZANDT", "One."), ("THE PRESIDENT", "Two."), ("MS. HOLM-BERG", "Three."), ("REP. D’ARCY", "Four.")],
            id="titles-that-come-once",
        ),
        pytest.param(
            "Jens Holm (Secretary General of the Sound Council): Welcome.\n\nMarta Lind (Radio Nord): Why?\n\n"
            "Jens Holm: Because.",
            [
                ("Jens Holm (Secretary General of the Sound Council)", "Welcome."),
                ("Marta Lind (Radio Nord)", "Why?"),
                ("Jens Holm", "Because."),
            ],
            id="name-with-its-post-in-brackets",
        ),
        pytest.param(
            "MARA HOLM (I-NORD), FORMER MINISTER OF HARBOURS: Thank you.\n\nLUND: You are welcome.\n\nHOLM: Well.",
            [
                ("MARA HOLM (I-NORD), FORMER MINISTER OF HARBOURS", "Thank you."),
                ("LUND", "You are welcome."),
                ("HOLM", "Well."),
            ],
            id="party-and-post-behind-the-first-label",
        ),
        pytest.param(
            "Ada Holm (00:01):\nHello [inaudible 00:00:02] there.\n\nSpeaker 2 (00:05):\nHi.",
            [("Ada Holm", "Hello [inaudible 00:00:02] there."), ("Speaker 2", "Hi.")],
            id="times-behind-names",
        ),
        pytest.param(
            "    The Chairman. Order.\n    Senator Holm. Thank you, Mr. Chairman.\n    Mr. Lund. I agree.\n"
            "    Senator Holm. Good.",
            [
                ("The Chairman", "Order."),
                ("Senator Holm", "Thank you, Mr. Chairman."),
                ("Mr. Lund", "I agree."),
                ("Senator Holm", "Good."),
            ],
            id="points-as-in-hearings",
        ),
        pytest.param(
            "CHAIR HOLM. Good afternoon.\n\nMICHELLE DAHL. Let us go to Steve.\n\nSTEVE LINDEN. Is it over?\n\n"
            "CHAIR HOLM. No.\n\nNICK T. BERG. When then?\n\nCHAIR HOLM. We will see.",
            [
                ("CHAIR HOLM", "Good afternoon."),
                ("MICHELLE DAHL", "Let us go to Steve."),
                ("STEVE LINDEN", "Is it over?"),
                ("CHAIR HOLM", "No."),
                ("NICK T. BERG", "When then?"),
                ("CHAIR HOLM", "We will see."),
            ],
            id="capitals-and-points",
        ),
        pytest.param(
            "[20:00:05] LENA BERG, HOST: Good evening.\n\nJON DAHL (voice-over): It was quiet.\n\nBERG: Thanks.",
            [("LENA BERG, HOST", "Good evening."), ("JON DAHL", "It was quiet."), ("BERG", "Thanks.")],
            id="broadcast-with-times-and-notes",
        ),
        pytest.param(
            "TIME: Are you there?\n\nHOLM: Yes.\n\nTIME: Still?\n\nHOLM: Yes.\n\nTIME: Now?\n\nHOLM: Yes.\n\n"
            "TIME: And now?\n\nHOLM: No.",
            [pair for asked in ("Are you there?", "Still?", "Now?") for pair in (("TIME", asked), ("HOLM", "Yes."))]
            + [("TIME", "And now?"), ("HOLM", "No.")],
            id="a-magazine-that-asks",
        ),
        pytest.param(
            "Ada Holm: I was there.\nKai Lund: I was not.\nLena Berg: Who was?\nJon Dahl: Nobody knows.",
            [
                ("Ada Holm", "I was there."),
                ("Kai Lund", "I was not."),
                ("Lena Berg", "Who was?"),
                ("Jon Dahl", "Nobody knows."),
            ],
            id="a-word-each",
        ),
        pytest.param(
            "I: Where?\n\nR: In Halvern.\n\nI: When?\n\nR: In May.\n\nI: Why?\n\nR: For work.\n\nI: And?\n\nR: So.",
            [
                ("I", "Where?"),
                ("R", "In Halvern."),
                ("I", "When?"),
                ("R", "In May."),
                ("I", "Why?"),
                ("R", "For work."),
                ("I", "And?"),
                ("R", "So."),
            ],
            id="single-letters",
        ),
        pytest.param(
            ">> HOLM: Good morning.\n>> Will you go?\n>> HOLM: No.",
            [("HOLM", "Good morning."), (None, "Will you go?"), ("HOLM", "No.")],
            id="arrows-with-and-without-names",
        ),
        pytest.param(
            "- Will you go?\n- No, I will not.\n- Why not?\n- I am tired.",
            [(None, "Will you go?"), (None, "No, I will not."), (None, "Why not?"), (None, "I am tired.")],
            id="dashes-without-names",
        ),
        pytest.param(
            "Q. State your name.\nA. Kai Lund.\nQ. Where do you live?\nA. A few miles from here.",
            [
                ("Q", "State your name."),
                ("A", "Kai Lund."),
                ("Q", "Where do you live?"),
                ("A", "A few miles from here."),
            ],
            id="answers-with-a-letter",
        ),
        pytest.param(
            "HOLM: Good morning.\n\nQ    Why?\n\nA few of us asked.\n\nHOLM: I see.",
            [("HOLM", "Good morning."), ("Q", "Why?\n\nA few of us asked."), ("HOLM", "I see.")],
            id="the-article-A-is-no-label",
        ),
    ],
)
def test_labels_in_all_their_shapes(text: str, expected: list[tuple[str | None, str]]) -> None:
    assert turns_of(text) == expected


@pytest.mark.parametrize(
    "line",
    [
        "The truth is: it is over.",
        "The bottom line: nobody knew.",
        "Note: the figures are preliminary.",
        "Time: 10:20",
        "Lebanon: there the talks go on.",
        "Remember: they knew it.",
        "One: we build. Two: we pay.",
        "Here is what I saw in 2019: nothing.",
        "https://harbour.example/plan",
        "First: the ships.",
        "In Syria: nothing has changed.",
        "Chairman Lund, Councillor Berg — you know them — were there.",
        "10:30 a.m.: doors open.",
        "WARNING: wet paint, it said on the wall.",
    ],
    ids=lambda line: line.split(":")[0].replace(" ", "-"),
)
def test_words_before_a_colon_that_are_no_label(line: str) -> None:
    text = f"HOLM: Good morning.\n\nQ: Will you go?\n\nHOLM: I said it.\n{line}\nThat is all.\n\nQ: Why?\n\nHOLM: No."
    assert (turns_of(text)[2]) == ("HOLM", f"I said it.\n{line}\nThat is all.")


def test_a_label_written_twice_is_one() -> None:
    text = "LUND: Lund: Well, thank you.\n\nAudience Member: We want Lund!\n\nLund: So I see."
    assert turns_of(text) == [
        ("LUND", "Well, thank you."),
        ("Audience Member", "We want Lund!"),
        ("LUND", "So I see."),
    ]


def test_a_label_inside_a_paragraph_is_one_where_its_bearer_is_known() -> None:
    text = "HOLM: Is it safe?\n\nLUND: It is.\n\nHOLM: But, Captain... LUND: It is, I said.\n\nHOLM: Good."
    assert turns_of(text)[2:] == [("HOLM", "But, Captain..."), ("LUND", "It is, I said."), ("HOLM", "Good.")]


def test_a_slip_in_a_label_is_a_label_still() -> None:
    text = "HOLM: One.\n\nLUND: Two.\n\nHOLM: Three.\n\nLUNND: Four.\n\nHOLM: Five."
    assert turns_of(text)[3] == ("LUNND", "Four.")


def test_the_turn_before_takes_a_direction_in_front_of_a_label() -> None:
    text = "HOLM: One.\n\n(APPLAUSE) LUND: Two.\n\nHOLM: Three."
    assert turns_of(text) == [("HOLM", "One.\n\n(APPLAUSE)"), ("LUND", "Two."), ("HOLM", "Three.")]


@pytest.mark.parametrize(
    ("label", "role"),
    [
        ("Q", "question"),
        ("QUESTION", "question"),
        ("REPORTER", "question"),
        ("MODERATOR", "question"),
        ("BBC REPORTER", "question"),
        ("Marta Lind (Radio Nord)", "question"),
        ("Marta Lind, Halvern Times", "question"),
        ("AUDIENCE", "audience"),
        ("PARTICIPANT", "audience"),
        ("Audience Member", "audience"),
        ("SYSTEM", "editor"),
        ("THE PRESIDENT", "speaker"),
        ("Jens Holm (Press Secretary)", "speaker"),
        ("UNIDENTIFIED MALE", "speaker"),
    ],
)
def test_roles(label: str, role: str) -> None:
    text = f"KAI LUND: Welcome to all.\n\n{label}: Four more years!\n\nKAI LUND: Thank you.\n\n{label}: No!"
    assert [turn.role for turn in read_transcript_text(text).turns] == ["speaker", role] * 2


def test_moderators_whom_the_heading_names_ask() -> None:
    text = (
        "PARTICIPANTS: Kai Lund and Ada Holm\n\nMODERATOR: Lena Berg\n\nBERG: Welcome.\n\nLUND: Thank you.\n\n"
        "HOLM: Thanks.\n\nBERG: Let us begin."
    )
    turns = read_transcript_text(text).turns
    assert [turn.role for turn in turns if turn.speaker == "BERG"] == ["question", "question"]


def test_lists_of_who_takes_part_are_nobodys_words() -> None:
    text = (
        "PARTICIPANTS:\nFormer Minister Ada Holm and\nMayor Kai Lund\n\nMODERATOR:\nLena Berg (Radio Nord)\n\n"
        "BERG: Good evening.\n\nLUND: Thank you.\n\nHOLM: Thanks.\n\nLUND: Well.\n\nBERG: Let us begin."
    )
    turns = read_transcript_text(text).turns
    assert [turn.role for turn in turns] == [
        "editor",
        "editor",
        "question",
        "speaker",
        "speaker",
        "speaker",
        "question",
    ]


def test_a_host_keeps_the_role_that_his_first_label_gives_him() -> None:
    text = "LENA BERG, RADIO NORD HOST: Good evening.\n\nLUND: Thank you.\n\nBERG: Let us begin.\n\nLUND: Yes."
    assert [turn.role for turn in read_transcript_text(text).turns] == ["question", "speaker"] * 2


def test_a_long_answer_without_a_label_is_nobodys() -> None:
    answer = "I will tell you what we did. " * 30
    text = f"HOLM: Welcome.\n\nQUESTION: What did you do?\n{answer}\n\nQUESTION: And then?\n\nHOLM: Nothing."
    assert [speaker for speaker, _ in turns_of(text)] == ["HOLM", "QUESTION", None, "QUESTION", "HOLM"]


ARTICLE = (
    "OSLO, 3 May 2030 - The mill will close, its owner said on Friday.\n\n\"We can not go on,\" he said.\n\n"
    "\"It is over,\" said Lund.\n\nNote: this story was updated.\n\n\"No,\" she said."
)  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(ARTICLE, id="dateline-with-a-dash"),
        pytest.param("KYIV: " + ARTICLE, id="dateline-with-a-colon"),
        pytest.param("Kai Lund: The Harbour Will Never Close Again\n\n" + ARTICLE, id="headline"),
        pytest.param("Kai Lund: Never\n\n" + ARTICLE + "\n\nKai Lund: We Will See", id="headline-of-a-related-article"),
        pytest.param(
            "Dear Ada:\n\nThank you for the boots, which fit. I am well and so is the dog.\n\nKai", id="letter"
        ),
        pytest.param("Editor's Note: this is an extract from a book.\n\nThe sea was calm that day.", id="a-note-alone"),
    ],
)
def test_an_article_is_one_turn_and_says_that_it_has_no_speakers(text: str) -> None:
    transcript = read_transcript_text(text)
    assert [turn.speaker for turn in transcript.turns if turn.role == "speaker"] == [None]
    assert "no speakers were found" in transcript.warnings[0]


def test_a_speech_of_one_speaker_has_one_label() -> None:
    transcript: Transcript = read_transcript_text("LUND: Thank you all.\n\nIt is a great day.\nThe bridge is built.")
    assert [(turn.speaker, turn.span.start) for turn in transcript.turns] == [("LUND", 6)]


def test_unlabelled_text_without_prose_is_one_turn() -> None:
    assert [turn.role for turn in unlabelled("Roses are red\nViolets are blue")] == ["speaker"]
