"""The shipped examples: each format is read as what it is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from .conftest import Run

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture
def read(run: Run) -> dict[str, Any]:
    """The records of all examples by file name."""
    done = run("read", str(EXAMPLES), "--format", "jsonl")
    assert (done.returncode, done.stderr) == (0, "")
    records = [json.loads(line) for line in done.stdout.splitlines()]
    return {Path(record["article"]["source"]["name"]).name: record["article"] for record in records}


def test_examples_are_read_as_what_they_are(read: dict[str, Any]) -> None:
    def words(name: str, part: str) -> str | None:
        span = read[name][part]
        return None if span is None else read[name]["text"][span[0] : span[1]]

    assert words("bridge.html", "headline") == "Harbour bridge to close for a year, council says"
    assert read["bridge.html"]["outlet"] == "The Tidewater Courier"
    assert read["bridge.html"]["published"] == "2026-03-12T06:30:00+01:00"
    assert "Ten best beaches" not in read["bridge.html"]["text"]
    assert words("clinic.md", "byline") == "By Tomas Verrier, The Lowmarket Herald"
    assert "**" not in read["clinic.md"]["text"]
    assert read["wire.txt"]["dateline"] == {"span": [166, 192], "place": "HALVERN", "date": None, "agency": "CWA"}
    assert len(read["wire.txt"]["sections"]) == 2
    assert read["release.txt"]["dateline"]["date"] == "2026-02-09"
