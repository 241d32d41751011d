"""Each format: turns, places in the source, corrections, times; and what is refused."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date
from pathlib import Path

import pytest

from sayso.documents import Transcript
from sayso.errors import EmptySource, NoSuchSource, SaysoError, TooLarge, UnreadableSource
from sayso.transcripts import (
    Limits,
    read_transcript,
    read_transcript_bytes,
    read_transcripts,
    transcript_names,
)

from .making import docx_of, pdf_of


def turns_of(transcript: Transcript) -> list[tuple[str | None, str]]:
    return [(turn.speaker, turn.span.of(transcript.text)) for turn in transcript.turns if turn.role != "editor"]


def read(text: str, name: str) -> Transcript:
    return read_transcript_bytes(text.encode(), name)


PAGE = """<!doctype html><html lang="en"><head><title>Interview | Radio Nord</title></head><body>
<nav><a href="/">Home</a> <a href="/news">News</a></nav>
<main><article><h1>Transcript: interview with Ada Holm</h1><p class="date">May 3, 2030</p>
<p><strong>RADIO NORD:</strong> Welcome, &amp; thanks for coming in on such a wet and windy morning.</p>
<p><strong>ADA HOLM:</strong> Thank you. We have <del>200</del> [300] beds for the winter, and we need every one.</p>
<p>And I mean it.</p>
<p><b>RADIO NORD:</b> Why?<br><b>ADA HOLM:</b> Because of the flood.<br>(Laughs)</p></article></main>
<aside><p>Most read: ten beaches that nobody knows and everybody should see before they die</p></aside>
<footer><p>Copyright Radio Nord. All rights reserved.</p></footer></body></html>"""


def test_page() -> None:
    transcript = read(PAGE, "p.html")
    assert turns_of(transcript) == [
        ("RADIO NORD", "Welcome, & thanks for coming in on such a wet and windy morning."),
        ("ADA HOLM", "Thank you. We have 200 [300] beds for the winter, and we need every one.\n\nAnd I mean it."),
        ("RADIO NORD", "Why?"),
        ("ADA HOLM", "Because of the flood.\n(Laughs)"),
    ]
    assert (transcript.title, transcript.date) == ("Transcript: interview with Ada Holm", date(2030, 5, 3))
    [correction] = transcript.corrections
    assert correction.struck.of(transcript.text) == "200"
    assert correction.instead is not None and correction.instead.of(transcript.text) == "300"
    assert transcript.source is not None
    there = transcript.source_span(transcript.turns[1].span)
    assert there is not None and there.of(transcript.source.text).startswith("Welcome, &amp; thanks")


def test_page_with_a_definition_list() -> None:
    page = (
        "<html><body><main><h1>Debate</h1><dl><dt>Kai Lund</dt><dd>Build it now.</dd>"
        "<dt>Ada Holm</dt><dd>We cannot.</dd></dl></main></body></html>"
    )
    assert turns_of(read(page, "p.html")) == [("Kai Lund", "Build it now."), ("Ada Holm", "We cannot.")]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        pytest.param(
            "<main><h1>Talk</h1><h3>Ada Holm</h3><p>We begin now.</p><h3>Kai Lund</h3><p>Why so?</p>"
            "<h3>Ada Holm</h3><p>It is late.</p><h3>Kai Lund</h3><p>I see.</p></main>",
            "p.html",
            id="headings-of-a-page",
        ),
        pytest.param(
            "# Talk\n\n## Ada Holm\n\nWe begin now.\n\n## Kai Lund\n\nWhy so?\n\n## Ada Holm\n\nIt is late.\n\n"
            "## Kai Lund\n\nI see.",
            "a.md",
            id="headings-of-markdown",
        ),
        pytest.param(
            "<main><h1>Talk</h1><table><tr><td>Ada Holm</td><td>We begin now.</td></tr><tr><td>Kai Lund</td><td>Why so?"
            "</td></tr><tr><td>Ada Holm</td><td>It is late.</td></tr><tr><td>Kai Lund</td><td>I see.</td></tr></table>"
            "</main>",
            "p.html",
            id="cells-of-a-table",
        ),
        pytest.param(
            "Ada Holm:\u00a0 We begin now.\n\n\u200bKai Lund:\u00a0Why so?\n\n"
            "\u00a0\u00a0Ada Holm:\u00a0 It is late.\n\nKai Lund: I see.",
            "a.txt",
            id="odd-spaces",
        ),
    ],
)  # fmt: skip
def test_labels_by_layout(text: str, name: str) -> None:
    expected = [
        ("Ada Holm", "We begin now."),
        ("Kai Lund", "Why so?"),
        ("Ada Holm", "It is late."),
        ("Kai Lund", "I see."),
    ]
    assert turns_of(read(f"<html><body>{text}</body></html>" if name == "p.html" else text, name)) == expected


def test_page_with_questions_in_bold_and_no_names() -> None:
    paragraphs = "".join(
        f"<p><b>What did you do in year {number} of the war?</b></p><p>I went to sea, as we all did then.</p>"
        for number in range(4)
    )
    transcript = read(f"<html><body><article><h1>An interview</h1>{paragraphs}</article></body></html>", "p.html")
    assert [turn.role for turn in transcript.turns] == ["editor", *["question", "speaker"] * 4]


def test_markdown() -> None:
    text = "# A briefing\n\n**MAYOR HOLM:** We have ~~200~~ [300] beds.\n\n**Q** Why?\n**MAYOR HOLM:** Because."
    transcript = read(text, "a.md")
    assert turns_of(transcript) == [
        ("MAYOR HOLM", "We have ~~200~~ [300] beds."), ("Q", "Why?"), ("MAYOR HOLM", "Because."),
    ]  # fmt: skip
    assert [each.struck.of(transcript.text) for each in transcript.corrections] == ["200"]
    assert transcript.title == "A briefing"
    there = transcript.source_span(transcript.turns[1].span)
    assert there is not None and there.of(text) == "We have ~~200~~ [300] beds."


VOICES = """WEBVTT - Breakfast

1
00:01.000 --> 00:03.000
<v Lena Berg>Welcome to the programme.

2
00:03.000 --> 00:05.000 align:start
<v.loud Lena Berg>Our guest is &quot;Ada&quot; Holm.</v>

3
00:05.500 --> 00:08.000
<v Ada Holm>Thank you. <i>Really</i>.
It is late. [laughs]
"""


def test_voice_tags() -> None:
    transcript = read(VOICES, "v.vtt")
    assert turns_of(transcript) == [
        ("Lena Berg", 'Welcome to the programme. Our guest is "Ada" Holm.'),
        ("Ada Holm", "Thank you. Really. It is late. [laughs]"),
    ]
    at = transcript.text.index
    assert [transcript.seconds_at(at(word)) for word in ("Welcome", "Our", "Thank")] == [1, 3, 5.5]
    assert transcript.title == "Breakfast"
    there = transcript.source_span(transcript.turns[1].span)
    assert there is not None and there.of(VOICES) == "Thank you. <i>Really</i>.\nIt is late. [laughs]"


def cues(*lines: str, comma: str = ".") -> str:
    head = "WEBVTT\n\n" if comma == "." else ""
    return head + "\n\n".join(
        f"{number}\n00:00:{number:02}{comma}000 --> 00:00:{number + 1:02}{comma}000\n{line}"
        for number, line in enumerate(lines, 1)
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            cues("Lena Berg: Welcome to the", "Lena Berg: programme.", "Ada Holm: Thank you.", "Ada Holm: It is late."),
            [("Lena Berg", "Welcome to the programme."), ("Ada Holm", "Thank you. It is late.")],
            id="named-anew-in-every-cue",
        ),
        pytest.param(
            cues(">> LENA BERG: WELCOME TO THE\nPROGRAMME.", ">> THANK YOU.", ">> LENA BERG: WELL?", comma=","),
            [("LENA BERG", "WELCOME TO THE PROGRAMME."), (None, "THANK YOU."), ("LENA BERG", "WELL?")],
            id="arrows-and-capitals",
        ),
        pytest.param(
            cues("- Will you go?\n- No.", "- Why not?\n- I am tired."),
            [(None, "Will you go?"), (None, "No."), (None, "Why not?"), (None, "I am tired.")],
            id="two-speakers-a-cue",
        ),
        pytest.param(
            cues("we begin", "we begin\nwith the harbour", "with the harbour\nand its bridge", "and its bridge\ntoday"),
            [(None, "we begin with the harbour and its bridge today")],
            id="rolling-up",
        ),
        pytest.param(
            "WEBVTT\nKind: captions\n\n00:00:00.160 --> 00:00:02.470 align:start\n \nhello<00:00:00.480><c> and</c>\n\n"
            "00:00:02.470 --> 00:00:02.480 align:start\nhello and\n \n\n"
            "00:00:02.480 --> 00:00:04.870 align:start\nhello and\nwelcome<00:00:02.720><c> to</c>\n\n"
            "00:00:04.870 --> 00:00:04.880 align:start\nwelcome to\n \n",
            [(None, "hello and welcome to")],
            id="rolling-up-word-by-word",
        ),
        pytest.param(cues("Yes.", "Yes.", "Yes!"), [(None, "Yes. Yes. Yes!")], id="said-three-times"),
    ],
)
def test_captions(text: str, expected: list[tuple[str | None, str]]) -> None:
    name = "a.vtt" if text.startswith("WEBVTT") else "a.srt"
    assert turns_of(read(text, name)) == expected


@pytest.mark.parametrize(
    ("text", "words", "warning"),
    [
        pytest.param(
            "00:01.000 --> 00:02.000\nYes.\n\n00:03.000 --> 00:04.000\nNo.", "Yes. No.", "no WEBVTT line", id="no-head"
        ),
        pytest.param(cues("Yes.", "", "No.", comma=","), "Yes. No.", "1 of 3 cues", id="a-cue-without-words"),
        pytest.param(
            "WEBVTT\n\n00:01.000 --> 00:02.000\n00:01.000 --> 00:02.000\nYes.", "Yes.", "1 of 2 cues", id="timing-twice"
        ),
        pytest.param(
            "WEBVTT\n\n00:09.000 --> 00:10.000\nYes.\n\n00:01.000 --> 00:02.000\nNo.",
            "Yes. No.",
            "go forward",
            id="backwards",
        ),
    ],
)
def test_damaged_captions_are_read_and_say_so(text: str, words: str, warning: str) -> None:
    transcript = read(text, "a.srt" if "," in text else "a.vtt")
    assert transcript.text == words
    assert any(warning in each for each in transcript.warnings)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        pytest.param(
            [{"speaker": "Lena", "text": "Hé.", "start": 1.5}, {"speaker": "Lena", "text": "Ho."},
             {"speaker": "Q", "text": "Why?", "start": "00:00:09"}],
            [("Lena", "Hé. Ho."), ("Q", "Why?")],
            id="a-list",
        ),
        pytest.param(
            {"segments": [{"start": 0.0, "end": 2.0, "speaker": "SPEAKER_00", "text": " Hello."},
                          {"start": 9.0, "end": 10.0, "speaker": "SPEAKER_01", "text": " Yes."}]},
            [("SPEAKER_00", "Hello."), ("SPEAKER_01", "Yes.")],
            id="whisper-with-speakers",
        ),
        pytest.param(
            {"text": " Hello. Yes.", "segments": [{"start": 0.0, "text": " Hello."}, {"start": 9.0, "text": " Yes."}]},
            [(None, "Hello. Yes.")],
            id="whisper-without-speakers",
        ),
        pytest.param(
            {"results": {"utterances": [{"speaker": 0, "transcript": "Hello.", "start": 0.1},
                                        {"speaker": 1, "transcript": "Yes.", "start": 9.0}]}},
            [("Speaker 0", "Hello."), ("Speaker 1", "Yes.")],
            id="numbers-for-speakers",
        ),
        pytest.param(
            {"speakers": [{"id": 0, "name": "Lena"}], "monologues": [{"speaker": 0, "elements": [
                {"type": "text", "value": "Hello", "ts": 1.0}, {"type": "punct", "value": "."}]}]},
            [("Lena", "Hello.")],
            id="monologues-of-elements",
        ),
        pytest.param({"transcript": "HOLM: One.\n\nQ: Two?\n\nHOLM: Three."},
                     [("HOLM", "One."), ("Q", "Two?"), ("HOLM", "Three.")], id="a-text-with-labels"),
        pytest.param({"text": "HOLM: One.\n\nQ: Two?", "turns": [[6, 10, "HOLM"], [15, 19, "Q"]]},
                     [("HOLM", "One."), ("Q", "Two?")], id="a-text-with-the-places-of-its-turns"),
    ],
)  # fmt: skip
def test_json(data: object, expected: list[tuple[str | None, str]]) -> None:
    transcript = read(json.dumps(data), "a.json")
    assert turns_of(transcript) == expected


def test_json_keeps_times_and_places() -> None:
    source = '[{"speaker": "Lena", "text": "H\\u00e9 \\"you\\".", "startMs": 1500}, {"speaker": "Q", "text": "Yes?"}]'
    transcript = read(source, "a.json")
    there = transcript.source_span(transcript.turns[0].span)
    assert there is not None and there.of(source) == 'H\\u00e9 \\"you\\".'
    assert transcript.seconds_at(0) == 1.5


def test_pdf() -> None:
    data = pdf_of(
        [
            [
                "Ministry of Harbours     3 May 2030",
                "",
                "MS. HOLM:  Good morning. We will re-",
                "build the well-known quay.",
                "Q    When?",
                "Page 1 of 2",
            ],
            [
                "Ministry of Harbours     3 May 2030",
                "MS. HOLM:  In autumn, well-",
                "known as it is.",
                "Q    Why?",
                "MS. HOLM:  Because. (Laughter.)",
                "Page 2 of 2",
            ],
        ]
    )
    transcript = read_transcript_bytes(data, "a.pdf")
    assert [(speaker, " ".join(words.split())) for speaker, words in turns_of(transcript)] == [
        ("MS. HOLM", "Good morning. We will rebuild the well-known quay."),
        ("Q", "When?"),
        ("MS. HOLM", "In autumn, well-known as it is."),
        ("Q", "Why?"),
        ("MS. HOLM", "Because. (Laughter.)"),
    ]
    assert transcript.date == date(2030, 5, 3)


def test_times_in_front_of_lines() -> None:
    transcript = read("0:00\nwelcome to the show\n0:04\ntoday we talk\n0:07\nabout the bridge\n0:10\nand why", "a.txt")
    assert [span.of(transcript.text) for span in transcript.directions] == ["0:00", "0:04", "0:07", "0:10"]
    assert transcript.seconds_at(transcript.text.index("bridge")) == 7


def test_court_pages_with_numbered_lines() -> None:
    lines = [
        f"{number}  {'Q.  Were you there?' if number % 3 == 1 else 'A.  I was.' if number % 3 == 2 else 'I saw it.'}"
        for number in range(1, 25)
    ]
    transcript = read("\n".join(lines), "a.txt")
    assert [turn.speaker for turn in transcript.turns][:4] == ["Q", "A", "Q", "A"]
    numbers = [span.of(transcript.text) for span in transcript.directions]
    assert numbers[:2] == ["3", "6"]


def test_docx() -> None:
    data = docx_of(
        [
            [("Interview with Kai Lund", "b")],
            [("HOST: ", "b"), ("Welcome. We have ", ""), ("20", "s"), ("0", "s"), (" [300] guests.", "")],
            [("KAI LUND: ", "b"), ("Thank you.", "")],
            [("HOST:", "b"), (" Bye.", "")],
        ],
        title="An evening with Kai Lund",
    )
    transcript = read_transcript_bytes(data, "a.docx")
    assert turns_of(transcript) == [
        ("HOST", "Welcome. We have 200 [300] guests."), ("KAI LUND", "Thank you."), ("HOST", "Bye."),
    ]  # fmt: skip
    [correction] = transcript.corrections
    assert correction.struck.of(transcript.text) == "200"
    assert transcript.title == "An evening with Kai Lund"


def zipped(parts: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "error", "reason"),
    [
        pytest.param(pdf_of([[], []]), "a.pdf", EmptySource, "it is a scan", id="scanned-pdf"),
        pytest.param(b"%PDF-1.4\nfoo", "a.pdf", UnreadableSource, "damaged", id="damaged-pdf"),
        pytest.param(b"PK\x03\x04 word/ foo", "a.docx", UnreadableSource, "damaged", id="damaged-docx"),
        pytest.param(zipped({"word/document.xml": b"<a/>"}), "a.docx", UnreadableSource, "damaged", id="half-a-docx"),
        pytest.param(
            zipped({"word/document.xml": b" " * 70_000_000}), "a.docx", TooLarge, "70,000,000", id="docx-bomb"
        ),
        pytest.param(docx_of([]), "a.docx", EmptySource, "no words", id="empty-docx"),
        pytest.param(b"WEBVTT\n\n", "a.vtt", UnreadableSource, "no cue", id="vtt-without-cues"),
        pytest.param(b"WEBVTT\n\n00:01.000 --> 00:02.000\n\n", "a.vtt", EmptySource, "no words", id="empty-cues"),
        pytest.param(b'{"a": "no transcript"}', "a.json", UnreadableSource, "without a transcript", id="other-json"),
        pytest.param(b'{"a": ', "a.json", UnreadableSource, "no sound JSON", id="damaged-json"),
        pytest.param(b'["a' + b"[" * 200_000, "a.json", UnreadableSource, "no sound JSON", id="deep-json"),
        pytest.param(b" \n", "a.txt", EmptySource, "nothing in it", id="blank"),
        pytest.param(b"\x89PNG\r\n\x1a\n", "a.txt", UnreadableSource, "PNG", id="image"),
        pytest.param(b"<html><body></body></html>", "a.html", EmptySource, "no letter|no text", id="empty-page"),
    ],
)
def test_what_cannot_be_read_says_why(data: bytes, name: str, error: type[SaysoError], reason: str) -> None:
    with pytest.raises(error, match=reason):
        read_transcript_bytes(data, name)


def test_limits() -> None:
    with pytest.raises(TooLarge):
        read_transcript_bytes(b"HOLM: " + b"yes " * 100, "a.txt", limits=Limits(max_bytes=100))
    with pytest.raises(TooLarge):
        read_transcript_bytes(b"HOLM: " + b"yes " * 100, "a.txt", limits=Limits(max_characters=100))


def test_folders_and_files(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text("HOLM: One.\n\nQ: Two?\n\nHOLM: Three.", encoding="utf-8")
    (tmp_path / "a.vtt").write_text(VOICES, encoding="utf-8")
    (tmp_path / "picture.png").write_bytes(b"x")
    (tmp_path / ".hidden.txt").write_text("x", encoding="utf-8")
    (tmp_path / "in").mkdir()
    (tmp_path / "in/c.jsonl").write_text('{"text": "HOLM: One.\\n\\nQ: Two?"}\n\n{"a": 1}\n', encoding="utf-8")
    names = transcript_names([str(tmp_path)])
    assert [Path(name).name for name in names] == ["a.vtt", "b.txt", "c.jsonl"]
    found = list(read_transcripts([tmp_path]))
    assert [type(each) for each in found] == [Transcript, Transcript, Transcript, UnreadableSource]
    assert read_transcript(tmp_path / "b.txt").turns == found[1].turns  # type: ignore[union-attr]
    with pytest.raises(NoSuchSource):
        read_transcript(tmp_path / "none.txt")
    with pytest.raises(UnreadableSource, match="folder"):
        read_transcript(tmp_path)
    (tmp_path / "empty").mkdir()
    with pytest.raises(UnreadableSource, match="no transcript in this folder"):
        transcript_names([str(tmp_path / "empty")])


@pytest.mark.parametrize("text", ["HOLM: One.\r\n\r\nQ: Two?\r\n\r\nHOLM: Three.", "HOLM: One.\rQ: Two?\rHOLM: Three."])
def test_carriage_returns(text: str) -> None:
    transcript = read(text, "a.txt")
    assert turns_of(transcript) == [("HOLM", "One."), ("Q", "Two?"), ("HOLM", "Three.")]
    there = transcript.source_span(transcript.turns[2].span)
    assert there is not None and there.of(text) == "Three."
