from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from sayso.exports.interchange import INTERCHANGES
from sayso.exports.restoring import read

from .conftest import Say


def test_the_whole_archive_is_one_article_a_line(say: Say, kept: Path) -> None:
    done = say("export")
    assert (done.code, done.err) == (0, "sayso: 3 articles written\n")
    assert [json.loads(line)["article"]["outlet"] for line in done.out.splitlines()] == [
        "Coastal Wire", "Northern Ledger", "The Sandrey Mail",
    ]  # fmt: skip


def test_a_query_s_articles_come_with_what_it_found_alone(say: Say, kept: Path) -> None:
    done = say("export", "denied", "OR", "speaker:brann")
    assert done.err == "sayso: 1 article with 1 statement found written\n"
    (record,) = map(json.loads, done.out.splitlines())
    assert [each["text"] for each in record["statements"]] == ["the bridge was never unsafe"]
    assert [each["name"] for each in record["speakers"]] == ["Tom Brann"]


@pytest.mark.parametrize(
    "arguments, many",
    [
        pytest.param([], True, id="the-whole"),
        pytest.param(["speaker:brann"], True, id="a-query-that-finds-one"),
        pytest.param(["submarine"], True, id="a-query-that-finds-none"),
        pytest.param(["--article", "2"], False, id="one-article"),
        pytest.param(["--article", "2", "--article", "3"], True, id="two-articles"),
        pytest.param(["speaker:brann", "--article", "2"], True, id="a-query-and-an-article"),
    ],
)
def test_one_article_alone_is_an_object_and_all_else_a_list(
    say: Say, kept: Path, arguments: list[str], many: bool
) -> None:
    assert isinstance(json.loads(say("export", *arguments, "-f", "json").out), list) == many


@pytest.mark.parametrize("name", INTERCHANGES)
@pytest.mark.parametrize("query, articles", [("", 3), ("speaker:quill bridge", 2), ("submarine", 0)])
def test_every_format_takes_all_that_was_found(
    say: Say, kept: Path, desk: Path, name: str, query: str, articles: int
) -> None:
    form = INTERCHANGES[name]
    target = desk / ("folder" if form.folder else f"out{form.suffixes[0]}")
    done = say("export", *([query] if query else []), "-f", name, "-o", str(target))
    assert (done.code, done.out) == (0, "")
    assert done.err.startswith(f"sayso: {articles} articles" if articles else "sayso: nothing was found")
    assert target.exists()
    if form.readable and articles:
        assert len(list(read(target, name))) == articles


def test_the_output_s_name_asks_for_a_format(say: Say, kept: Path, desk: Path) -> None:
    say("export", "-o", "table.csv")
    assert (desk / "table.csv").read_text(encoding="utf-8").startswith("article,")


def test_formats_are_listed_without_an_archive(say: Say, desk: Path) -> None:
    done = say("export", "--list")
    assert [line.split()[0] for line in done.out.splitlines()] == list(INTERCHANGES)


@pytest.mark.parametrize(
    "arguments, message",
    [
        pytest.param(["-f", "docx"], "'docx' is none; expected json, jsonl, csv", id="no-format"),
        pytest.param(["-f", "brat"], "brat makes several files: name a folder", id="a-folder-to-a-pipe"),
        pytest.param(["-f", "brat", "-o", "full"], "a new folder or an empty one", id="a-folder-with-something-in-it"),
        pytest.param(["-o", "no/out.csv"], "there is no folder 'no' to write to", id="missing-folder"),
        pytest.param(["-o", "full"], "a file; this is a folder", id="a-folder-for-a-file"),
        pytest.param(["-o", "news.db"], "is a database, perhaps the archive", id="over-the-archive"),
        pytest.param(["--article", "99"], "No article '99'", id="no-such-article"),
        pytest.param(["speeker:x"], "No field 'speeker'", id="no-such-field"),
        pytest.param(["bridge", "-union"], "To leave a word out, quote the query", id="left-out-word"),
        pytest.param(["--archive", "other.db"], "there is none. Make it by adding something", id="no-archive"),
    ],
)
def test_what_cannot_be_is_one_line(say: Say, kept: Path, desk: Path, arguments: list[str], message: str) -> None:
    (desk / "full").mkdir()
    (desk / "full" / "mine.txt").write_text("mine", encoding="utf-8")
    before = kept.read_bytes()
    done = say("export", *arguments)
    assert (done.code, done.out) == (2, "")
    assert message in done.err
    assert done.err.startswith("sayso: ") and done.err.count("\n") == 1
    assert kept.read_bytes() == before
    assert [each.name for each in desk.iterdir() if each.name.endswith(".part")] == []


def test_a_full_disk_is_one_line(program: list[str], say: Say, kept: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no full device here")
    done = subprocess.run(
        [*program, "export", "--archive", "news.db", "-o", "/dev/full"], capture_output=True, encoding="utf-8",
        check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (2, "sayso: standard output: No space left on device\n")
