"""What must be true of any transcript: turns in order, apart, each span inside the text; and never another error."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.documents import Span, Transcript
from sayso.errors import SaysoError
from sayso.transcripts import read_transcript_bytes, read_transcript_text

PIECES = st.sampled_from(
    [
        "HOLM:",
        "Q",
        "Q ",
        "Q:",
        "A.",
        "MR. LUND:",
        ">> ",
        "- ",
        "(Applause.)",
        "[inaudible]",
        "[00:01:02]",
        "~~",
        "**",
        "word",
        "Is it?",
        "It is.",
        "\n",
        "\n\n",
        "\r\n",
        " ",
        "[the",
        "]",
        "(",
        ")",
        "END",
        "00:00:01.000 --> 00:00:02.000\n",
        "WEBVTT\n\n",
        "<v Ada>",
        "</v>",
        "<strong>",
        "</strong>",
        "<p>",
        "<br>",
        "<del>",
        "</del>",
        "&amp;",
        "♪",
        "\ud800",
        "İ",
        "1\n",
        "Ada Holm (00:12):",
        "INTERPRETER:",
        "(As interpreted.)",
        "(In English.)",
        "“",
        "é",
        "\\",
        ":",
        "10:20",
    ]
)
TEXTS = st.lists(PIECES | st.text(max_size=8), max_size=40).map("".join)


def check(transcript: Transcript) -> None:
    text = transcript.text
    whole = Span(0, len(text))
    last = 0
    for turn in transcript.turns:
        assert last <= turn.span.start < turn.span.end <= len(text)
        assert turn.span.of(text).strip()
        assert turn.label is None or whole.contains(turn.label)
        assert turn.speaker is None or turn.speaker.strip()
        last = turn.span.end
    for spans in (transcript.directions, transcript.gaps, transcript.inserts):
        assert spans == sorted(spans)
        assert all(whole.contains(span) and span.start < span.end for span in spans)
    assert all(any(turn.span.contains(span) for turn in transcript.turns) for span in transcript.directions)
    assert set(transcript.gaps) <= set(transcript.directions)
    assert all(
        one.end <= other.start for one, other in zip(transcript.directions, transcript.directions[1:], strict=False)
    )
    assert all(whole.contains(each.struck) for each in transcript.corrections)
    offsets = [code.offset for code in transcript.timecodes]
    assert offsets == sorted(set(offsets)) and all(0 <= offset <= len(text) for offset in offsets)
    assert not any("\ud800" <= character <= "\udfff" for character in text)
    for turn in transcript.turns:
        there = transcript.source_span(turn.span)
        assert there is None or (transcript.source and 0 <= there.start < there.end <= len(transcript.source.text))


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_plain_text(text: str) -> None:
    try:
        transcript = read_transcript_text(text)
    except SaysoError:
        return
    check(transcript)


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.vtt", "a.srt", "a.json"])
@settings(max_examples=120, deadline=None)
@given(text=TEXTS)
def test_each_format(name: str, text: str) -> None:
    try:
        transcript = read_transcript_bytes(text.encode("utf-8", "surrogatepass"), name)
    except SaysoError:
        return
    check(transcript)


@settings(max_examples=25, deadline=None)
@given(TEXTS)
def test_pages(text: str) -> None:
    page = f"<html><body><article><p>{text}</p></article></body></html>"
    try:
        transcript = read_transcript_bytes(page.encode("utf-8", "surrogatepass"), "a.html")
    except SaysoError:
        return
    check(transcript)


SEGMENTS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXTS,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["text", "speaker", "start", "turns", "segments", "name", "elements", "x"]), inner
        )
    ),
    max_leaves=12,
)


@settings(max_examples=200, deadline=None)
@given(SEGMENTS)
def test_json(data: object) -> None:
    try:
        transcript = read_transcript_bytes(json.dumps(data).encode(), "a.json")
    except SaysoError:
        return
    check(transcript)


@settings(max_examples=10, deadline=None)
@given(st.binary(max_size=200))
def test_damaged_office_files(data: bytes) -> None:
    for head in (b"%PDF-1.7\n", b"PK\x03\x04word/"):
        try:
            read_transcript_bytes(head + data, "a.docx")
        except SaysoError:
            continue
