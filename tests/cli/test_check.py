"""sayso check and sayso index, as a user meets them: processes with arguments, streams and exit codes."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from sayso.cli import check as checking
from sayso.cli.running import Run as Reading
from sayso.documents import Article, Source
from sayso.verdicts import Verdict

from .conftest import ARTICLE, Run

SAID = """Council meeting of March 14, 2026

CHAIR: Councillor Quill, please.

MARA QUILL: Thank you. The bridge is not safe, and we all know it. It will be closed for a year.

CHAIR: Thank you, councillor. The meeting is closed.
"""
BENT = ARTICLE.replace("not safe", "safe")
FIGURES = """Ferry hits ship

PORT ELLERY, March 14 (CWA) - The ferry was bound for Brennvik, population 5,200. It had 500 tonnes (1,100 pounds) of
fish on board when it struck another ship in the fog that lay over the sound, and nobody was hurt.
"""
TABLE = "name,quantity,value,unit,source,year\nBrennvik,population,4120,person,Register,2026\n"


@pytest.fixture(autouse=True)
def transcript(desk: Path) -> Path:
    """The transcript, and beside the article of the desk one that bends its quote, and one with bad figures."""
    (desk / "bent.txt").write_text(BENT, encoding="utf-8")
    (desk / "figures.txt").write_text(FIGURES, encoding="utf-8")
    (desk / "town.csv").write_text(TABLE, encoding="utf-8")
    (desk / "said.md").write_text(SAID, encoding="utf-8")
    return desk / "said.md"


def quotes(record: dict[str, Any]) -> list[str]:
    return [each["value"] for each in record["verdicts"] if each["check"] == "quote"]


@pytest.mark.parametrize(
    "arguments, code",
    [
        pytest.param(["bridge.txt", "-t", "said.md"], 0, id="sound"),
        pytest.param(["bent.txt", "-t", "said.md"], 1, id="bent"),
        pytest.param(["bridge.txt", "bent.txt", "-t", "said.md"], 1, id="one-of-two-is-bent"),
        pytest.param(["gone.txt", "-t", "said.md"], 2, id="no-such-article"),
        pytest.param(["gone.txt", "bent.txt", "-t", "said.md"], 2, id="unreadable-is-graver-than-bent"),
        pytest.param(["bent.txt", "-t", "said.md", "--fail-on", "none"], 0, id="fail-on-none"),
        pytest.param(["bent.txt", "-t", "said.md", "--fail-on", "trimmed,not-found"], 0, id="fail-on-others"),
        pytest.param(["bent.txt", "-t", "said.md", "--fail-on", "not_found, Altered"], 1, id="fail-on-as-people-write"),
        pytest.param(["bridge.txt", "-t", "said.md", "--fail-on", "verbatim"], 1, id="fail-on-what-is-sound"),
        pytest.param(["figures.txt"], 1, id="figures-need-no-transcript"),
        pytest.param(["figures.txt", "--fail-on", "altered"], 0, id="figures-that-nobody-asked-for"),
    ],
)
def test_exit_code_says_what_was_found(run: Run, arguments: list[str], code: int) -> None:
    assert run("check", *arguments).returncode == code


def test_text_shows_both_texts_and_what_differs(run: Run) -> None:
    done = run("check", "bent.txt", "--transcript", "said.md")
    assert done.stderr == ""
    lines = done.stdout.splitlines()
    assert lines[2:4] == ["1 quote: 1 altered", "Fails the check: 1 altered"]
    assert "     article     The bridge is safe," in lines
    assert "     transcript  The bridge is *not* safe (MARA QUILL, said.md)" in lines
    assert "\x1b" not in done.stdout
    contract = done.stdout.rpartition("─\n")[2]
    assert contract.startswith("altered: ") and "Same words: " in contract and "verbatim" not in contract


def test_without_a_transcript_nobody_is_led_to_think_that_quotes_were_checked(run: Run) -> None:
    done = run("check", "bent.txt")
    assert (done.returncode, done.stderr) == (0, "sayso: no --transcript: quotes are not checked\n")
    assert "Nothing to check was found" in done.stdout
    assert "Same words" not in done.stdout and not done.stdout.endswith("─\n\n")


@pytest.mark.parametrize(
    "arguments, kind",
    [
        pytest.param(["bent.txt"], dict, id="one-article-is-an-object"),
        pytest.param(["bent.txt", "bridge.txt"], list, id="two-are-an-array"),
    ],
)
def test_json_has_verdicts_and_which_transcript_they_rest_on(run: Run, arguments: list[str], kind: type) -> None:
    record = json.loads(run("check", *arguments, "-t", "said.md", "--format", "json").stdout)
    assert isinstance(record, kind)
    first = record[0] if isinstance(record, list) else record
    (verdict,) = first["verdicts"]
    assert (verdict["check"], verdict["value"], verdict["reverses"]) == ("quote", "altered", ["negation"])
    (heard,) = first["transcripts"]
    assert (heard["name"], heard["date"], heard["speakers"]) == ("said.md", "2026-03-14", ["CHAIR", "MARA QUILL"])
    passage = verdict["passages"][0]
    assert (passage["transcript"], passage["text"]) == (heard["id"], "The bridge is not safe")
    assert SAID[slice(*passage["span"])] == passage["text"]


def test_jsonl_has_a_line_an_article_in_order(run: Run) -> None:
    done = run("check", "bent.txt", "bridge.txt", "bent.txt", "-t", "said.md", "-f", "jsonl", "--jobs", "3")
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert [quotes(record) for record in records] == [["altered"], ["verbatim"], ["altered"]]


def test_page_has_article_and_transcript(run: Run, desk: Path) -> None:
    done = run("check", "bent.txt", "-t", "said.md", "-o", "check.html")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "sayso: 1 verdict that --fail-on names; see check.html\n"
    page = (desk / "check.html").read_text(encoding="utf-8")
    assert page.startswith("<!doctype html>")
    words = re.sub(r"<[^>]+>", "", page)
    assert "The bridge is‸ safe" in words and "The bridge is not safe, and we all know it." in words


def test_several_articles_are_told_apart(run: Run) -> None:
    done = run("check", "bridge.txt", "bent.txt", "-t", "said.md")
    assert re.findall(r"(?m)^(bridge\.txt|bent\.txt|1 quote: .*)$", done.stdout) == [
        "bridge.txt",
        "1 quote: 1 verbatim",
        "bent.txt",
        "1 quote: 1 altered",
    ]
    assert done.stdout.count("Same words: ") == 1


def test_one_bad_article_gets_a_line_and_the_others_go_on(run: Run, desk: Path) -> None:
    (desk / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR")
    done = run("check", "picture.txt", "bridge.txt", "-t", "said.md")
    assert done.returncode == 2
    assert done.stderr.startswith("sayso: picture.txt: ") and done.stderr.count("\n") == 1
    assert "1 quote: 1 verbatim" in done.stdout


def test_fault_of_ours_takes_one_line_and_spares_the_others(
    desk: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def check(article: Article, *_: object, **__: object) -> list[Verdict]:
        if article.text == BENT:
            raise KeyError("verdict")
        return []

    monkeypatch.setattr(checking, "check_article", check)
    reading = Reading(("bent.txt", "bridge.txt"), None)
    texts = {"bent.txt": BENT, "bridge.txt": ARTICLE}
    sources = [Article(name, text, source=Source(name, text)) for name, text in texts.items()]
    checked = checking._Judged(reading, None, [], ()).articles(iter(sources))
    assert [article.id for article in checked] == ["bridge.txt"]
    assert reading.failed
    assert capsys.readouterr().err.startswith("sayso: bent.txt: sayso failed on it (KeyError: 'verdict' at check, ")


@pytest.fixture
def transcripts(desk: Path) -> Path:
    """A folder with a transcript, one that is none, and the article of another desk."""
    folder = desk / "transcripts"
    (folder / "march").mkdir(parents=True)
    (folder / "march" / "council.txt").write_text(SAID, encoding="utf-8")
    (folder / "scan.pdf").write_bytes(b"%PDF-1.4\nno pages here\n%%EOF\n")
    return folder


@pytest.mark.usefixtures("transcripts")
def test_unreadable_transcript_in_a_folder_gets_a_line_and_the_others_count(run: Run) -> None:
    done = run("check", "bent.txt", "-t", "transcripts", "-f", "json")
    assert done.returncode == 1
    assert done.stderr.startswith("sayso: transcripts/scan.pdf: ") and done.stderr.count("\n") == 1
    record = json.loads(done.stdout)
    assert quotes(record) == ["altered"]
    assert [each["name"] for each in record["transcripts"]] == ["transcripts/march/council.txt"]


@pytest.mark.usefixtures("transcripts")
@pytest.mark.parametrize(
    "names, told",
    [
        pytest.param(["gone.txt"], "gone.txt: there is no such file", id="missing"),
        pytest.param(["gone/"], "gone: there is no such file", id="a-missing-folder"),
        pytest.param(["./gone.txt"], "gone.txt: there is no such file", id="missing-here"),
        pytest.param(["transcripts/scan.pdf"], "transcripts/scan.pdf: ", id="no-transcript"),
        pytest.param(["said.md", "gone.txt"], "gone.txt: there is no such file", id="one-of-two"),
        pytest.param(["empty"], "empty: ", id="folder-without-one"),
        pytest.param(["alone"], "alone: there is no transcript in it but what is checked", id="folder-of-articles"),
    ],
)
def test_transcript_that_is_named_must_be_readable(run: Run, desk: Path, names: list[str], told: str) -> None:
    (desk / "empty").mkdir()
    (desk / "alone").mkdir()
    (desk / "alone" / "draft.txt").write_text(BENT, encoding="utf-8")
    arguments = [part for name in names for part in ("-t", name)]
    done = run("check", "alone/draft.txt", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"sayso: {told}") and done.stderr.count("\n") == 1


def test_no_quote_is_found_in_its_own_article_or_in_a_report_on_it(run: Run, desk: Path, transcripts: Path) -> None:
    (transcripts / "draft.txt").write_text(BENT, encoding="utf-8")
    for _ in range(2):
        done = run("check", "transcripts/draft.txt", "-t", "transcripts", "-o", "transcripts/check.json")
        assert done.returncode == 1
        assert quotes(json.loads((transcripts / "check.json").read_text(encoding="utf-8"))) == ["altered"]


def test_several_transcripts_are_searched_together(run: Run, desk: Path) -> None:
    (desk / "other.txt").write_text(SAID.replace("The bridge", "The pier"), encoding="utf-8")
    done = run("check", "bridge.txt", "-t", "other.txt", "-t", "said.md", "-f", "json")
    assert done.returncode == 0
    assert quotes(json.loads(done.stdout)) == ["verbatim"]


@pytest.mark.parametrize(
    "arguments, given",
    [
        pytest.param(["-", "-t", "said.md"], BENT, id="article"),
        pytest.param(["bent.txt", "-t", "-"], SAID, id="transcript"),
    ],
)
def test_standard_input(run: Run, arguments: list[str], given: str) -> None:
    done = run("check", *arguments, "-f", "json", given=given)
    assert done.returncode == 1
    record = json.loads(done.stdout)
    assert quotes(record) == ["altered"]
    assert "-" in (record["article"]["source"]["name"], record["transcripts"][0]["name"])


@pytest.mark.parametrize(
    "arguments, message",
    [
        pytest.param(
            ["bent.txt", "-t", "said.md", "--fail-on", "alterd"],
            "'alterd' is no verdict; expected 'altered', perhaps",
            id="fail-on",
        ),
        pytest.param(
            ["bent.txt", "-t", "said.md", "--fail-on", ""],
            "'' is no verdict; expected some of: verbatim, ",
            id="fail-on-nothing",
        ),
        pytest.param(["bent.txt", "-t", "said.md", "-f", "pdf"], "'pdf' is not one of 'text', 'json'", id="format"),
        pytest.param(["-", "-t", "-"], "standard input is the article already", id="one-input-for-two"),
        pytest.param(
            ["bent.txt", "-t", "said.md", "-o", "said.md"],
            "'said.md' is what articles are held against",
            id="output-is-the-transcript",
        ),
        pytest.param(
            ["bent.txt", "-r", "town.csv", "-o", "town.csv"],
            "'town.csv' is what articles are held against",
            id="output-is-the-table",
        ),
        pytest.param(["bent.txt", "-t", "said.md", "-o", "bent.txt"], "is a source too", id="output-is-the-article"),
        pytest.param(
            ["bent.txt", "-t", "bent.txt"],
            "'bent.txt' is an article that is checked",
            id="article-is-its-own-transcript",
        ),
        pytest.param(["bent.txt", "-r", "gone.csv"], "'gone.csv' does not exist", id="no-such-table"),
        pytest.param(["-t", "said.md"], "Missing argument 'SOURCE...'", id="no-article"),
    ],
)
def test_wrong_usage_is_one_line_and_exit_code_2(run: Run, desk: Path, arguments: list[str], message: str) -> None:
    done = run("check", *arguments, given=BENT)
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr and done.stderr.count("\n") == 1
    assert (desk / "said.md").read_text(encoding="utf-8") == SAID
    assert (desk / "town.csv").read_text(encoding="utf-8") == TABLE


def figures(record: dict[str, Any]) -> set[tuple[str, str]]:
    return {(each["rule"], each["value"]) for each in record["verdicts"] if each["check"] == "figure"}


def test_figures_are_held_against_a_table_of_ones_own(run: Run) -> None:
    alone = json.loads(run("check", "figures.txt", "-f", "json").stdout)
    assert figures(alone) == {("conversion", "inconsistent")}
    done = run("check", "figures.txt", "--reference", "town.csv", "-f", "json")
    held = json.loads(done.stdout)
    assert figures(held) == {("conversion", "inconsistent"), ("reference", "inconsistent")}
    verdict = next(each for each in held["verdicts"] if each.get("rule") == "reference")
    assert (verdict["expected"], verdict["references"][0]["source"]) == (4120, "Register")


@pytest.mark.parametrize(
    "table, told",
    [
        pytest.param("name,value\nBrennvik,4120\n", "town.csv: line 1: no column quantity", id="no-such-column"),
        pytest.param(TABLE.replace("4120", "many"), "town.csv: line 2: the value 'many' is no number", id="no-number"),
        pytest.param("\x89PNG", "town.csv: line 1: no column", id="no-table"),
    ],
)
def test_table_that_cannot_be_read_is_told_before_anything_is_checked(
    run: Run, desk: Path, table: str, told: str
) -> None:
    (desk / "town.csv").write_text(table, encoding="utf-8")
    done = run("check", "figures.txt", "--reference", "town.csv")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"sayso: {told}") and done.stderr.count("\n") == 1


# ------------------------------------------------------------------ sayso index


def test_index_is_made_added_to_and_searched(run: Run, desk: Path) -> None:
    (desk / "other.txt").write_text(SAID.replace("The bridge", "The pier"), encoding="utf-8")
    made = run("index", "other.txt", "-o", "said.index")
    assert (made.returncode, made.stdout, made.stderr) == (0, "", "sayso: said.index holds 1 transcript\n")
    for _ in range(2):  # what it has already is passed over
        assert (
            run("index", "other.txt", "said.md", "-o", "said.index").stderr == "sayso: said.index holds 2 transcripts\n"
        )
    done = run("check", "bridge.txt", "bent.txt", "-t", "said.index", "-f", "jsonl")
    assert (done.returncode, done.stderr) == (1, "")
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert [quotes(record) for record in records] == [["verbatim"], ["altered"]]


@pytest.mark.usefixtures("transcripts")
def test_index_of_a_folder_goes_on_after_a_bad_file(run: Run) -> None:
    done = run("index", "transcripts", "-o", "said.index")
    assert done.returncode == 2
    bad, told = done.stderr.splitlines()
    assert bad.startswith("sayso: transcripts/scan.pdf: ")
    assert told == "sayso: said.index holds 1 transcript"
    assert run("check", "bridge.txt", "-t", "said.index").returncode == 0


def test_damaged_index_is_told_and_nothing_is_judged_by_it(run: Run, desk: Path) -> None:
    assert run("index", "said.md", "-o", "said.index").returncode == 0
    listed = desk / "said.index" / "library.json"
    listed.write_text(listed.read_text(encoding="utf-8")[:-40], encoding="utf-8")
    done = run("check", "bridge.txt", "-t", "said.index")
    assert (done.returncode, done.stdout) == (2, "")
    assert "damaged" in done.stderr and "build it again" in done.stderr and done.stderr.count("\n") == 1


def test_segment_cut_short_is_told(run: Run, desk: Path) -> None:
    assert run("index", "said.md", "-o", "said.index").returncode == 0
    (segment,) = (desk / "said.index").glob("segment-*.sayso")
    segment.write_bytes(segment.read_bytes()[:-64])
    done = run("check", "bridge.txt", "-t", "said.index")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("sayso: ") and done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    "arguments, message",
    [
        pytest.param(["index", "said.md"], "Missing option '-o'", id="nowhere-to"),
        pytest.param(["index", "-o", "said.index"], "Missing argument 'SOURCE...'", id="of-nothing"),
        pytest.param(["index", "said.md", "-o", "bent.txt"], "bent.txt", id="into-a-file"),
        pytest.param(
            ["check", "bent.txt", "-t", "said.index", "-t", "said.md"], "an index alone", id="index-and-a-file"
        ),
    ],
)
def test_wrong_use_of_an_index_is_one_line(run: Run, desk: Path, arguments: list[str], message: str) -> None:
    assert run("index", "said.md", "-o", "said.index").returncode == 0
    done = run(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr and done.stderr.count("\n") == 1
    assert (desk / "bent.txt").read_text(encoding="utf-8") == BENT
