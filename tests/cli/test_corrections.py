from __future__ import annotations

import json
from pathlib import Path

import pytest

from .conftest import Say


def test_a_correction_is_made_listed_undone_and_exported(say: Say, kept: Path, desk: Path) -> None:
    done = say("archive", "correct", "1", "stance", "at1", "endorsing", "--reason", "so it reads", "--by", "Ada")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("correction 1: article 1, stance of at1\n")
    assert "by Ada: so it reads" in done.out
    after = json.dumps({"name": "Tom Brann", "kind": "person"})
    assert say("archive", "correct", "1", "speaker", "at1", after).code == 0
    assert '"speaker": ' in say("archive", "corrections").out
    listed = json.loads(say("archive", "corrections", "-f", "json").out)
    assert [(each["field"], each["by"] == "Ada") for each in listed] == [("speaker", False), ("stance", True)]
    record = json.loads(say("archive", "show", "1", "--corrected", "-f", "json").out)
    assert record["attributions"][0]["stance"]["value"] == "endorsing"
    assert json.loads(say("archive", "show", "1", "-f", "json").out)["attributions"][0]["stance"]["value"] == "neutral"
    assert "Tom Brann" in say("export", "--article", "1", "--format", "csv").out
    assert say("archive", "undo-correction", "1").out.startswith("correction 3: article 1, undoes correction 1\n")
    assert "(undone)" in say("archive", "corrections", "--all").out
    say("archive", "correct", "1", "confirmed", "article")
    assert say("archive", "corrections", "--export", "out.jsonl").err == (
        "sayso: 1 article written, 1 of them confirmed as a whole\n"
    )
    assert json.loads((desk / "out.jsonl").read_text())["complete"] is True


@pytest.mark.parametrize(
    "arguments, told",
    [
        pytest.param(["correct", "1", "stance", "q9", "neutral"], "No attribution 'q9'", id="no-such-attribution"),
        pytest.param(["correct", "1", "stance", "at1", "cheering"], "is no stance", id="no-such-stance"),
        pytest.param(["correct", "1", "spans", "at1", '{"content"'], "begins like JSON", id="half-a-JSON"),
        pytest.param(["correct", "1", "mood", "at1", "x"], "'mood' is none; one of spans, ", id="no-such-field"),
        pytest.param(["undo-correction", "9"], "No correction '9'", id="no-such-correction"),
        pytest.param(["show", "1", "--corrected", "--version", "1"], "newest version", id="an-old-version-corrected"),
    ],
)
def test_what_will_not_do_is_told(say: Say, kept: Path, arguments: list[str], told: str) -> None:
    done = say("archive", *arguments)
    assert done.code == 2
    assert told in done.err


def test_what_is_uncertain_is_listed(say: Say, kept: Path) -> None:
    listed = json.loads(say("archive", "review-queue", "-f", "json").out)
    assert [each["score"] for each in listed] == sorted((each["score"] for each in listed), reverse=True)
    assert say("archive", "corrections").out == "no corrections\n"
