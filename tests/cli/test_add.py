from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sayso.adding import Added
from sayso.archive import open_archive
from sayso.archive.forms import Saved
from sayso.cli.archived import seconds_of
from tests.quoting import story

from .conftest import Run, Say
from .test_terminal import Show, show  # noqa: F401, a fixture


def write(name: str, text: str) -> str:
    Path(name).write_text(text, encoding="utf-8")
    return name


def many(name: str, count: int, *, slow: bool = False) -> str:
    """JSON Lines of articles, of which each takes the stand-in a moment if need be."""
    rows = [{"text": story(each) + "SLOW" * slow, "url": f"https://a.example/{each}"} for each in range(count)]
    return write(name, "".join(json.dumps(row) + "\n" for row in rows))


def test_the_first_time_makes_an_archive_and_says_where(say: Say, desk: Path) -> None:
    done = say("add", "bridge.txt")
    assert (done.code, done.out) == (0, "news.db: 1 article added\n")
    assert done.err == "sayso: a new archive: news.db\n"
    again = say("add", "bridge.txt", many("more.jsonl", 2))
    assert (again.code, again.out, again.err) == (0, "news.db: 2 articles added, 1 known already\n", "")


def test_an_archive_in_a_folder_that_is_not_there_yet(say: Say, desk: Path) -> None:
    assert say("add", "bridge.txt", "--archive", "deep/down/other.db").code == 0
    assert (desk / "deep/down/other.db").is_file()
    assert not (desk / "news.db").exists()


def test_a_changed_article_is_a_new_version(say: Say, desk: Path) -> None:
    say("add", write("one.txt", story(1)))
    done = say("add", write("one.txt", story(1, said="The bridge is safe by now")))
    assert done.out == "news.db: 0 articles added, 1 in a new version\n"
    told = say("archive", "versions", "1").out
    assert "version 2 · " in told
    assert '- Mara Quill: "The bridge is not safe,"\n    + Mara Quill: "The bridge is safe by now,"' in told


def test_what_does_not_come_in_is_told_and_listed(say: Say, desk: Path) -> None:
    (desk / "empty").mkdir()
    done = say("add", "gone.txt", "empty", "bridge.txt")
    assert done.code == 2
    assert done.out == "news.db: 1 article added, 2 with a problem (sayso archive problems)\n"
    gone, empty = done.err.splitlines()[-2:]
    assert gone == "sayso: gone.txt: unreadable: there is no such file. Check the spelling"
    assert empty.startswith("sayso: empty: unreadable: there is no article in this folder")
    assert "gone.txt" in say("archive", "problems").out
    write("gone.txt", story(4))
    assert say("add", "gone.txt").code == 0
    assert "gone.txt" not in say("archive", "problems").out
    assert "gone.txt" in say("archive", "problems", "--all").out


def test_each_outcome_is_a_line_of_json(say: Say, desk: Path) -> None:
    done = say("add", "bridge.txt", "gone.txt", "-f", "jsonl")
    lines = [json.loads(line) for line in done.out.splitlines()]
    assert [list(line) for line in lines] == [["name", "outcome", "saved", "problem", "warnings"]] * 2
    assert [(line["name"], line["outcome"]) for line in lines] == [("bridge.txt", "added"), ("gone.txt", "problem")]
    assert (lines[0]["saved"]["id"], lines[0]["problem"]) == (1, None)
    assert (lines[1]["saved"], lines[1]["problem"]["kind"]) == (None, "unreadable")
    assert done.err.endswith("sayso: news.db: 1 article added, 1 with a problem (sayso archive problems)\n")


def test_standard_input_is_a_source(run: Run, desk: Path) -> None:
    done = run("add", "-", "--archive", "news.db", given=story())
    assert (done.returncode, done.stdout) == (0, "news.db: 1 article added\n")


def test_checking_on_the_way_finds_what_was_said(say: Say, desk: Path) -> None:
    talk = write("talk.txt", "MARA QUILL: The bridge is not safe.\n\nTOM BRANN: We shall see about that.\n")
    say("add", "bridge.txt", "-t", talk, "--check")
    assert say("search", "verdict:verbatim").out.startswith("1 statement ")


def test_transcripts_that_come_later_say_how_to_check_what_is_in(say: Say, desk: Path) -> None:
    say("add", "bridge.txt")
    talk = write("talk.txt", "MARA QUILL: The bridge is not safe.\n\nTOM BRANN: We shall see about that.\n")
    done = say("add", "-t", talk, "--check")
    assert done.out == "news.db: 0 articles and 1 transcript added\n"
    assert done.err == "sayso: the articles that were in already are not checked: sayso archive check\n"


@pytest.mark.parametrize(
    "arguments, message",
    [
        pytest.param([], "Nothing to add", id="nothing"),
        pytest.param(["-", "-t", "-"], "Standard input can be one source only", id="standard-input-twice"),
        pytest.param(["x.txt", "--every", "15m"], "'x.txt' is no feed to follow", id="a-file-followed"),
        pytest.param(["-t", "x.txt", "--every", "15m"], "Nothing to follow", id="no-feed-followed"),
        pytest.param(["x", "--every", "soon"], "'soon' is no stretch of time", id="no-stretch-of-time"),
        pytest.param(["x", "--every", "0"], "'0' is no stretch of time", id="no-time-at-all"),
        pytest.param(["x", "--date", "today"], "'today' is no date", id="no-date"),
        pytest.param(["bridge.txt", "--archive", "."], "The archive .: that is a folder", id="a-folder-for-archive"),
        pytest.param(["bridge.txt", "--archive", "bridge.txt"], "that file is no archive", id="a-text-for-archive"),
        pytest.param(["bridge.txt", "--archive", "mysql://a/b"], "'mysql://...' will not do", id="another-database"),
        pytest.param(["bridge.txt", "--archive", "bridge.txt/a.db"], "it cannot be opened", id="a-file-for-folder"),
    ],
)
def test_what_cannot_be_is_one_line(say: Say, desk: Path, arguments: list[str], message: str) -> None:
    done = say("add", *arguments)
    assert (done.code, done.out) == (2, "")
    assert message in done.err
    assert done.err.startswith("sayso: ") and done.err.count("\n") == 1
    assert not (desk / "news.db").exists()


@pytest.mark.parametrize(
    "text, seconds", [("90s", 90), ("15m", 900), ("15", 900), ("2h", 7200), ("1d", 86400), (" 3M ", 180)]
)
def test_stretches_of_time(text: str, seconds: float) -> None:
    assert seconds_of(None, None, text) == seconds  # type: ignore[arg-type]


def following(monkeypatch: pytest.MonkeyPatch, *results: Added) -> dict[str, Any]:
    """Has feeds give these results and then somebody press Ctrl-C; what they were asked with."""
    asked: dict[str, Any] = {}

    def follow(feeds: Any, archive: Any, **how: Any) -> Iterator[Added]:
        asked.update(how, feeds=feeds)
        yield from results
        raise KeyboardInterrupt

    monkeypatch.setattr("sayso.cli.add.follow", follow)
    return asked


def test_feeds_are_followed_until_interrupted(say: Say, desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    results = [Added("https://a.example/1", "added", saved=Saved("added", "article", 1)),
               Added("https://a.example/0", "unchanged", saved=Saved("unchanged", "article", 2))]  # fmt: skip
    asked = following(monkeypatch, *results)
    done = say("add", "https://a.example/feed", "--every", "10m", "-j", "3", "--outlet", "Wire")
    assert (done.code, done.out) == (130, "")
    assert (asked["feeds"], asked["every_s"], asked["jobs"], asked["outlet"]) == (
        ("https://a.example/feed",), 600, 3, "Wire",
    )  # fmt: skip
    assert done.err.split("news.db\n", 1)[1] == (
        "sayso: https://a.example/1: added\nsayso: news.db: 1 article added, 1 known already\n\nsayso: interrupted\n"
    )


def test_what_feeds_bring_is_checked_as_it_comes(say: Say, desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    say("add", "bridge.txt")
    talk = write("talk.txt", "MARA QUILL: The bridge is not safe.\n\nTOM BRANN: We shall see about that.\n")
    following(monkeypatch, Added("https://a.example/1", "added", saved=Saved("added", "article", 1)))
    say("add", "https://a.example/feed", "-t", talk, "--every", "10m", "--check")
    assert say("search", "verdict:verbatim").out.startswith("1 statement ")


def test_an_interruption_ends_at_once_and_the_same_command_goes_on(program: list[str], run: Run, desk: Path) -> None:
    many("many.jsonl", 30, slow=True)
    running = subprocess.Popen(
        [*program, "add", "many.jsonl", "-j", "2", "-f", "jsonl", "--archive", "news.db"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8", env=dict(os.environ),
    )  # fmt: skip
    assert running.stdout is not None
    for _ in range(3):
        running.stdout.readline()
    began = time.monotonic()
    running.send_signal(signal.SIGINT)
    _, told = running.communicate(timeout=30)
    assert time.monotonic() - began < 5
    assert running.returncode == 130
    assert "articles added" in told and told.endswith("sayso: interrupted\n") and "Traceback" not in told
    with open_archive("news.db") as archive:
        kept = archive.info().articles
        assert 3 <= kept < 30
        assert [len(each.statements) for _, each in archive.articles()] == [1] * kept
    done = run("add", "many.jsonl", "--archive", "news.db")
    assert done.stdout == f"news.db: {30 - kept} articles added, {kept} known already\n"


def test_a_terminal_is_shown_how_far_it_is(show: Show, desk: Path) -> None:  # noqa: F811
    many("many.jsonl", 12, slow=True)
    shown = show("add", "many.jsonl", "-j", "1", "--archive", "news.db")
    assert "Adding" in shown and " texts" in shown
    assert shown.rstrip().endswith("news.db: 12 articles added")


@pytest.mark.skipif(sys.platform != "linux", reason="a full device is there on Linux only")
def test_a_full_disk_for_the_answer_is_one_line(program: list[str], desk: Path) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run([*program, "add", "bridge.txt", "--archive", "n.db"], stdout=full, stderr=subprocess.PIPE,
                              encoding="utf-8", check=False)  # fmt: skip
    assert done.returncode == 2
    assert done.stderr.endswith("sayso: standard output: No space left on device\n")
    assert "Traceback" not in done.stderr
