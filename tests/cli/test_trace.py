from __future__ import annotations

import json
from pathlib import Path

import pytest

from .conftest import Say


def test_an_utterance_is_shown_with_its_articles_and_its_denial(say: Say, kept: Path) -> None:
    done = say("trace", "the bridge is not safe")
    assert (done.code, done.err) == (0, "")
    for told in ("check: verbatim", "Coastal Wire · 2026-03-14", "Northern Ledger · 2026-03-15",
                 "2 independent witnesses", "MARA QUILL · Press conference on the bridge",
                 "Tom Brann disputes Mara Quill"):  # fmt: skip
        assert told in done.out


def test_words_need_no_quotation_marks(say: Say, kept: Path) -> None:
    assert say("trace", "the", "bridge", "is", "not", "safe").out == say("trace", "the bridge is not safe").out


def test_a_statement_is_traced_by_its_number(say: Say, kept: Path) -> None:
    trace = json.loads(say("trace", "--statement", "3", "-f", "json").out)
    articles = {each["article"] for wording in trace["wordings"] for each in wording["occurrences"]}
    assert articles == {1, 2}
    assert trace["source"]["speaker"] == "MARA QUILL"


def test_the_output_s_name_asks_for_json(say: Say, kept: Path, desk: Path) -> None:
    assert say("trace", "the bridge is not safe", "-o", "trace.json").out == ""
    assert json.loads((desk / "trace.json").read_text(encoding="utf-8"))["asked"] == "the bridge is not safe"


@pytest.mark.parametrize(
    "arguments, articles",
    [
        pytest.param(["--since", "2026-03-15"], {2}, id="since"),
        pytest.param(["--until", "2026-03-14"], {1}, id="until"),
        pytest.param(["--speaker", "quill"], {1, 2}, id="speaker"),
    ],
)
def test_what_is_not_of_them_is_left_out(say: Say, kept: Path, arguments: list[str], articles: set[int]) -> None:
    trace = json.loads(say("trace", "the bridge is not safe", *arguments, "-f", "json").out)
    assert {each["article"] for wording in trace["wordings"] for each in wording["occurrences"]} == articles


def test_nothing_found_is_an_answer(say: Say, kept: Path) -> None:
    done = say("trace", "submarines surfaced off the northern lighthouse")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("No article of the archive carries this.\n")


@pytest.mark.parametrize(
    "arguments, message",
    [
        pytest.param([], "Name the WORDS to trace", id="nothing"),
        pytest.param(["a", "--statement", "1"], "Name the WORDS to trace, or a statement", id="both"),
        pytest.param(["--statement", "99"], "No statement '99'", id="no-such-statement"),
        pytest.param(["--statement", "0"], "0 is not in the range", id="no-number"),
        pytest.param(["a", "--since", "soon"], "'soon' is no date", id="no-date"),
        pytest.param(["a", "--archive", "other.db"], "there is none. Make it by adding something", id="no-archive"),
    ],
)
def test_what_cannot_be_is_one_line(say: Say, kept: Path, arguments: list[str], message: str) -> None:
    done = say("trace", *arguments)
    assert (done.code, done.out) == (2, "")
    assert message in done.err
    assert done.err.startswith("sayso: ") and done.err.count("\n") == 1
