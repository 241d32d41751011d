"""The shipped transcripts: each format is read as what it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from sayso.transcripts import read_transcript

EXAMPLES = Path(__file__).parents[2] / "examples/transcripts"


@pytest.mark.parametrize(
    ("name", "speakers", "gaps"),
    [
        ("halvern.txt", {"PRESS OFFICER", "ELIN ASKVOLD", "CAPTAIN ROALD LUND", "Q"}, ["(inaudible)"]),
        ("clinic.vtt", {"Jonah Pell", "Imke Sorel"}, ["[crosstalk]"]),
        ("council.srt", {"CHAIR", "MARA QUILL", "OTTO BRANNIGAN", None}, ["(inaudible)"]),
    ],
)
def test_examples(name: str, speakers: set[str | None], gaps: list[str]) -> None:
    transcript = read_transcript(EXAMPLES / name)
    assert {turn.speaker for turn in transcript.turns if turn.role != "editor"} == speakers
    assert [span.of(transcript.text) for span in transcript.gaps] == gaps
    assert transcript.warnings == []
