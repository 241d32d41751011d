"""sayso read, as a user meets it: a process with arguments, streams and an exit code."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import time
from pathlib import Path

import pytest

from .conftest import ARTICLE, Run

SAID = '"The bridge is not safe,"'


def test_text_is_what_it_prints(run: Run) -> None:
    done = run("read", "bridge.txt")
    assert (done.returncode, done.stderr) == (0, "")
    assert "  1  Mara Quill › said" in done.stdout
    assert "\x1b" not in done.stdout


@pytest.mark.parametrize(
    "arguments, kind",
    [
        pytest.param(["bridge.txt"], dict, id="one-source-is-an-object"),
        pytest.param(["bridge.txt", "bridge.txt"], list, id="two-are-an-array"),
        pytest.param(["."], list, id="a-folder-is-an-array"),
        pytest.param(["bridge.txt", "gone.txt"], list, id="two-of-which-one-is-bad-are-an-array"),
    ],
)
def test_json_is_an_object_or_an_array_as_the_arguments_say(run: Run, arguments: list[str], kind: type) -> None:
    record = json.loads(run("read", *arguments, "--format", "json").stdout)
    assert isinstance(record, kind)
    first = record[0] if isinstance(record, list) else record
    start, end = first["attributions"][0]["content"][0]
    assert first["article"]["text"][start:end] == SAID


def test_by_speaker_groups_what_is_said(run: Run, desk: Path) -> None:
    plain, grouped = run("read", "bridge.txt").stdout, run("read", "bridge.txt", "--by", "speaker").stdout
    before = grouped.partition("  1  Mara Quill › said")[0].splitlines()
    assert before[-2].strip() and not before[-1], "a heading stands above, and an empty line"
    assert before[-2] not in plain.partition("  1  Mara")[0]
    assert run("read", "bridge.txt", "--by", "speaker", "-o", "record.html").returncode == 0
    page = (desk / "record.html").read_text(encoding="utf-8")
    assert page.count(" checked>") == 1 and re.search(r'class="pick-speakers"[^>]* checked>', page)


def test_standard_input(run: Run) -> None:
    done = run("read", "-", "--format", "json", given=ARTICLE)
    assert json.loads(done.stdout)["article"]["source"]["name"] == "-"


def test_date_and_outlet_reach_the_article(run: Run) -> None:
    done = run("read", "bridge.txt", "-f", "json", "--date", "2026-03-15", "--outlet", "The Tidewater Courier")
    article = json.loads(done.stdout)["article"]
    assert (article["published"], article["outlet"]) == ("2026-03-15", "The Tidewater Courier")
    assert article["dateline"]["date"] == "2026-03-14"


@pytest.mark.parametrize("jobs", ["1", "3"])
def test_bad_sources_get_a_line_each_and_the_rest_goes_on_in_order(run: Run, desk: Path, jobs: str) -> None:
    names = [f"{place}.txt" for place in range(7)]
    for name in names:
        (desk / name).write_text(ARTICLE.replace("Bridge", f"Bridge {name[0]}"), encoding="utf-8")
    (desk / "2.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR")
    (desk / "4.txt").write_text("", encoding="utf-8")
    done = run("read", *names, "gone.txt", "--format", "jsonl", "--jobs", jobs)
    assert done.returncode == 2
    read = [json.loads(line)["article"]["source"]["name"] for line in done.stdout.splitlines()]
    assert read == ["0.txt", "1.txt", "3.txt", "5.txt", "6.txt"]
    assert [line.split(": ")[:2] for line in done.stderr.splitlines()] == [
        ["sayso", "2.txt"],
        ["sayso", "4.txt"],
        ["sayso", "gone.txt"],
    ]


def test_fault_of_ours_takes_one_line_and_spares_the_others(run: Run, desk: Path) -> None:
    (desk / "fault.txt").write_text(ARTICLE + "FAULT", encoding="utf-8")
    done = run("read", "fault.txt", "bridge.txt")
    assert done.returncode == 2
    assert done.stderr.startswith("sayso: fault.txt: sayso failed on it (KeyError: 'weights' at extract_attributions")
    assert done.stderr.count("\n") == 1
    assert "Mara Quill" in done.stdout


def test_file_name_cannot_forge_a_second_line(run: Run) -> None:
    done = run("read", "gone\nsayso: all is well \x1b[2J.txt")
    assert done.stderr.count("\n") == 1
    assert "\x1b" not in done.stderr


def test_what_was_assumed_goes_to_standard_error_with_the_name(run: Run, desk: Path) -> None:
    (desk / "old.txt").write_bytes(ARTICLE.replace("Quill", "Quillé").encode("cp1252"))
    done = run("read", "old.txt")
    assert done.returncode == 0
    assert done.stderr.startswith("sayso: old.txt: warning: ")


@pytest.mark.parametrize(
    "arguments, message",
    [
        pytest.param(["bridge.txt", "--format", "xml"], "'xml' is not one of 'text', 'json'", id="format"),
        pytest.param(["bridge.txt", "--date", "14.3."], "'14.3.' is no date; expected a day", id="date"),
        pytest.param(["bridge.txt", "--date", "2026-02-30"], "'2026-02-30' is no date", id="no-such-day"),
        pytest.param([], "Missing argument 'SOURCE...'", id="no-source"),
        pytest.param(["bridge.txt", "-o", "gone/record.json"], "no folder 'gone' to write to", id="output-folder"),
        pytest.param(["bridge.txt", "-o", "bridge.txt"], "is a source too", id="output-is-a-source"),
        pytest.param(["bridge.txt", "--jobs", "-1"], "-1", id="jobs"),
        pytest.param(["bridge.txt", "--by", "outlet"], "'outlet' is not 'speaker'", id="by-what"),
        pytest.param(
            ["bridge.txt", "--by", "speaker", "-f", "json"], "json records are not grouped, only text and html are",
            id="json-by-speaker",
        ),
        pytest.param(
            ["bridge.txt", "--by", "speaker", "-o", "record.jsonl"], "jsonl records are not grouped",
            id="jsonl-by-speaker-as-the-file-name-says",
        ),
    ],
)  # fmt: skip
def test_wrong_usage_is_one_line_and_exit_code_2(run: Run, desk: Path, arguments: list[str], message: str) -> None:
    done = run("read", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    assert message in done.stderr
    assert (desk / "bridge.txt").read_text(encoding="utf-8") == ARTICLE


def test_bad_setting_is_told_once(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAYSO_MAX_BYTES", "lots")
    done = run("read", "bridge.txt", "bridge.txt")
    assert done.returncode == 2
    assert done.stderr == "sayso: SAYSO_MAX_BYTES: 'lots' will not do; expected a whole number of bytes, 1 or more\n"


def test_output_format_follows_the_file_name(run: Run, desk: Path) -> None:
    done = run("read", "bridge.txt", "-o", "record.html")
    assert (done.returncode, done.stdout) == (0, "")
    assert (desk / "record.html").read_text(encoding="utf-8").startswith("<!doctype html>")


def test_output_is_replaced_whole_and_keeps_its_mode(run: Run, desk: Path) -> None:
    record = desk / "record.json"
    record.write_text("old", encoding="utf-8")
    record.chmod(0o640)
    assert run("read", "bridge.txt", "-o", "record.json").returncode == 0
    assert json.loads(record.read_text(encoding="utf-8"))["sayso"] == "1"
    assert record.stat().st_mode & 0o777 == 0o640
    assert sorted(path.name for path in desk.iterdir()) == ["bridge.txt", "record.json"]


def test_output_stays_as_it_was_when_nothing_could_be_read(run: Run, desk: Path) -> None:
    (desk / "record.json").write_text("old", encoding="utf-8")
    assert run("read", "gone.txt", "-o", "record.json").returncode == 2
    assert (desk / "record.json").read_text(encoding="utf-8") == "old"
    assert sorted(path.name for path in desk.iterdir()) == ["bridge.txt", "record.json"]


def test_folder_is_no_source_of_its_own_record(run: Run, desk: Path) -> None:
    for _ in range(2):
        assert run("read", ".", "-o", "record.html").returncode == 0
    assert (desk / "record.html").read_text(encoding="utf-8").count('class="record"') == 1


OLD_TERMINAL = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}


def test_old_terminal_gets_typewriter_characters(run: Run, desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (desk / "gone.txt").write_text(ARTICLE.replace("Bridge", "“Brücke”"), encoding="utf-8")
    for name, value in OLD_TERMINAL.items():
        monkeypatch.setenv(name, value)
    done = run("read", "gone.txt")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith('"Br?cke" to close\n')
    assert "Mara Quill > said" in done.stdout


def test_json_is_utf8_on_an_old_terminal_too(run: Run, desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (desk / "b.txt").write_text(ARTICLE.replace("Bridge", "“Brücke”"), encoding="utf-8")
    for name, value in OLD_TERMINAL.items():
        monkeypatch.setenv(name, value)
    assert json.loads(run("read", "b.txt", "-f", "json").stdout)["article"]["text"].startswith("“Brücke”")


@pytest.mark.parametrize("name", ["text", "json", "jsonl", "html"])
def test_reader_that_goes_away_is_no_error_to_talk_about(desk: Path, program: list[str], name: str) -> None:
    (desk / "long.txt").write_text(ARTICLE * 900, encoding="utf-8")
    reading = subprocess.Popen(
        [*program, "read", "long.txt", "--format", name], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert reading.stdout is not None and reading.stderr is not None
    reading.stdout.read(10)
    reading.stdout.close()
    assert reading.stderr.read() == b""
    assert reading.wait(60) == 141


def test_full_disk_is_told(program: list[str]) -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("this system has no /dev/full")
    with full.open("w") as out:
        done = subprocess.run(
            [*program, "read", "bridge.txt"], stdout=out, stderr=subprocess.PIPE, encoding="utf-8", check=False
        )
    assert (done.returncode, done.stderr) == (2, "sayso: standard output: No space left on device\n")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs a pipe in the file system")
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_interrupt_leaves_one_line_and_no_half_written_file(desk: Path, program: list[str], jobs: str) -> None:
    os.mkfifo(desk / "never.txt")
    reading = subprocess.Popen(
        [*program, "read", "bridge.txt", "never.txt", "bridge.txt", "--jobs", jobs, "-o", "record.jsonl"],
        stderr=subprocess.PIPE,
    )
    deadline = time.monotonic() + 30
    while not any(path.suffix == ".part" for path in desk.iterdir()) and time.monotonic() < deadline:
        time.sleep(0.02)
    reading.send_signal(signal.SIGINT)
    _, complaints = reading.communicate(timeout=30)
    assert reading.returncode == 130
    assert complaints.decode().strip() == "sayso: interrupted"
    assert sorted(path.name for path in desk.iterdir()) == ["bridge.txt", "never.txt"]
