from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from sayso.archive import open_archive
from sayso.cli import commands

from .conftest import Say


def test_without_a_command_the_help_is_shown(say: Say) -> None:
    done = say("archive")
    assert (done.code, done.err) == (0, "")
    assert done.out == say("archive", "--help").out
    assert "suggestions" in done.out


def test_info_says_what_there_is(say: Say, kept: Path) -> None:
    lines = dict(line.split(maxsplit=1) for line in say("archive", "info").out.splitlines())
    assert lines["articles"] == "3 in 3 versions, 3 outlets, 2025-07-01 to 2026-03-15"
    assert (lines["statements"], lines["speakers"], lines["transcripts"]) == ("4", "2", "1")
    assert lines["problems"] == "none"


@pytest.mark.parametrize(
    "arguments, one",
    [
        (["info"], {"articles": 3, "kind": "sqlite"}),
        (["speakers"], {"id": 1, "name": "Mara Quill", "statements": 3}),
        (["versions", "1"], {"number": 1, "headline": "Bridge to close", "newest": True}),
        (["disputes"], {"kind": "disputes", "by": "Tom Brann", "of": "Mara Quill", "article": 1}),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else "",
)
def test_answers_are_given_in_json_too(say: Say, kept: Path, arguments: list[str], one: dict[str, object]) -> None:
    given = json.loads(say("archive", *arguments, "-f", "json").out)
    first = given[0] if isinstance(given, list) else given
    assert first.items() >= one.items()


@pytest.mark.parametrize("name", ["problems", "suggestions", "decisions", "disputes"])
def test_none_of_them_says_so(say: Say, desk: Path, name: str) -> None:
    with open_archive("news.db", make=True):
        pass
    assert say("archive", name).out == f"no {name.removesuffix('s') if name == 'disputes' else name}\n"
    assert json.loads(say("archive", name, "-f", "json").out) == []


def test_an_article_is_shown_as_read_and_as_checked(say: Say, kept: Path, desk: Path) -> None:
    read = say("archive", "show", "1")
    assert read.out.startswith("Bridge to close\n") and "Who is heard" in read.out
    assert read.err == "sayso: it was checked; for the verdicts add: --checked\n"
    assert "verbatim" in say("archive", "show", "1", "--checked").out
    record = json.loads(say("archive", "show", "1", "-f", "json").out)
    assert record["article"]["outlet"] == "Coastal Wire"
    say("archive", "show", "1", "-o", "one.html")
    assert (desk / "one.html").read_text(encoding="utf-8").startswith("<!doctype html>")


def test_an_article_that_was_not_checked_says_how_to(say: Say, kept: Path) -> None:
    assert "sayso archive check 3" in say("archive", "show", "3", "--checked").err


def test_an_older_version_is_shown_by_its_number(say: Say, desk: Path) -> None:
    (desk / "bridge.txt").write_text('Old\n\n"It will not hold," Mara Quill said of the bridge on Monday.' + " x" * 30)
    say("add", "bridge.txt", "--any-language")
    (desk / "bridge.txt").write_text('New\n\n"It will hold," Mara Quill said of the bridge on Monday.' + " x" * 30)
    say("add", "bridge.txt", "--any-language")
    assert "It will not hold" in say("archive", "show", "1", "--version", "1").out
    assert "It will hold" in say("archive", "show", "1").out
    assert len(re.findall(r"(?m)^version \d · ", say("archive", "versions", "1").out)) == 2


def test_all_articles_are_checked_against_what_is_there_by_now(say: Say, kept: Path) -> None:
    done = say("archive", "check")
    assert (done.code, done.out) == (0, "3 articles checked\n")
    assert "verdict:altered" in done.err
    assert say("archive", "check", "2").out == "1 article checked\n"
    assert say("search", "verdict:verbatim").out.startswith("2 statements ")


def test_checking_without_transcripts_says_what_is_missing(say: Say, desk: Path) -> None:
    say("add", "bridge.txt")
    assert "sayso add -t FILE" in say("archive", "check").err


def test_disputes_of_what_a_query_finds(say: Say, kept: Path) -> None:
    assert "Tom Brann disputes Mara Quill" in say("archive", "disputes").out
    assert "Tom Brann disputes Mara Quill" in say("archive", "disputes", "speaker:quill").out
    assert say("archive", "disputes", "ferry").out == "no dispute\n"


def test_decisions_are_taken_listed_and_undone(say: Say, kept: Path) -> None:
    taken = say("archive", "merge", "1", "#2", "--reason", "one engineer", "--by", "ed")
    assert taken.out.startswith("decision 1: merge #1, #2\n") and "by ed: one engineer" in taken.out
    assert "4 statements in 3 articles" in say("archive", "speakers").out
    assert say("archive", "undo", "1", "--reason", "two after all").code == 0
    assert "decision 1: merge #1, #2 (undone by decision 2)" in say("archive", "decisions").out
    assert len(say("archive", "speakers").out.splitlines()) == 3
    assert say("archive", "split", "1", "--article", "3", "--reason", "the goalkeeper").code == 0
    assert say("archive", "apart", "1", "2", "--reason", "two").code == 0
    refused = say("archive", "merge", "1", "2", "--reason", "one")
    assert refused.code == 2 and "sayso archive undo 4" in refused.err
    assert say("archive", "stands-for", "2", "the council", "--reason", "its words").code == 0
    assert "Tom Brann (person for the council)" in say("archive", "speakers", "brann").out
    kinds = [each["kind"] for each in json.loads(say("archive", "decisions", "-f", "json").out)]
    assert kinds == ["stands for", "apart", "split", "undo", "merge"]


def test_speakers_are_found_by_name_and_kind(say: Say, kept: Path) -> None:
    assert [line.split()[0] for line in say("archive", "speakers", "mara", "quill").out.splitlines()] == [
        "#1", "titles:",
    ]  # fmt: skip
    assert say("archive", "speakers", "--kind", "group").out == "no speakers\n"
    assert say("archive", "speakers", "-n", "1").out.count("#") == 1


def test_a_copy_is_made_and_made_an_archive_again(say: Say, kept: Path, desk: Path) -> None:
    assert say("archive", "verify").out == "news.db: no damage found\n"
    assert say("archive", "backup", "monday.db").out.startswith("monday.db: ")
    kept.unlink()
    assert say("search").code == 2
    assert say("archive", "restore", "monday.db").out == "news.db: 3 articles, 4 statements\n"
    assert say("search").out.startswith("4 statements\n")


def test_damage_is_exit_code_1(say: Say, kept: Path) -> None:
    whole = bytearray(kept.read_bytes())
    # A page of what is in the archive: without those that say which tables there are it is none.
    page = whole.index(b"Bridge to close") // 4096 * 4096
    whole[page : page + 4096] = b"x" * 4096
    kept.write_bytes(whole)
    done = say("archive", "verify")
    assert done.code == 1 and done.out
    assert "found; restore a backup: sayso archive restore FILE" in done.err
    assert "Traceback" not in done.err


@pytest.mark.parametrize(
    "arguments, message",
    [
        pytest.param(["show", "99"], "No article '99'", id="no-such-article"),
        pytest.param(["show", "1", "--version", "9"], "No version '9'. See: sayso archive versions 1", id="no-version"),
        pytest.param(["show", "one"], "'one' is not a valid", id="no-number"),
        pytest.param(["show", "1", "-o", "news.db"], "is a database, perhaps the archive", id="over-the-archive"),
        pytest.param(["versions", "99"], "No article '99'", id="no-versions"),
        pytest.param(["check", "99"], "No article '99'", id="no-such-article-to-check"),
        pytest.param(["check", "-r", "gone.csv"], "'gone.csv' does not exist", id="no-such-table"),
        pytest.param(["disputes", "speeker:x"], "No field 'speeker'", id="no-such-field"),
        pytest.param(["speakers", "zzz"], "No speaker 'zzz'", id="nobody-of-that-name"),
        pytest.param(["speakers", "--kind", "robot"], "'robot' is not one of 'person'", id="no-such-kind"),
        pytest.param(["merge", "1", "99", "--reason", "x"], "No speaker '99'", id="no-such-speaker"),
        pytest.param(["merge", "1", "1", "--reason", "x"], "are one already", id="one-and-the-same"),
        pytest.param(["merge", "1", "2"], "Missing option '--reason'", id="no-reason"),
        pytest.param(["merge", "quill", "2", "--reason", "x"], "'quill' is no number of the archive", id="a-name"),
        pytest.param(["split", "1", "--article", "99", "--reason", "x"], "99", id="not-in-that-article"),
        pytest.param(["undo", "9", "--reason", "x"], "No decision '9'. See: sayso archive decisions", id="no-decision"),
        pytest.param(["backup", "news.db"], "there is a file already", id="backup-over-itself"),
        pytest.param(["backup", "no/monday.db"], "its folder is not there", id="backup-to-nowhere"),
        pytest.param(["restore", "gone.db"], "'gone.db' does not exist", id="no-backup"),
        pytest.param(
            ["restore", "bridge.txt", "--archive", "b.db"], "that file is no archive", id="no-archive-to-restore"
        ),
        pytest.param(["sweep"], "No such command 'sweep'", id="no-such-command"),
    ],
)
def test_what_cannot_be_is_one_line(say: Say, kept: Path, arguments: list[str], message: str) -> None:
    before = kept.read_bytes()
    done = say("archive", *arguments)
    assert (done.code, done.out) == (2, "")
    assert message in done.err
    assert done.err.startswith("sayso: ") and done.err.count("\n") == 1
    assert kept.read_bytes() == before


GROUP = commands.commands["archive"]
ASKING = {
    "show": ["1"], "versions": ["1"], "merge": ["1", "2", "--reason", "x"], "apart": ["1", "2", "--reason", "x"],
    "correct": ["1", "confirmed", "a1"], "undo-correction": ["1"],
    "split": ["1", "--article", "1", "--reason", "x"], "stands-for": ["1", "--reason", "x"],
    "undo": ["1", "--reason", "x"], "backup": ["b.db"],
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(set(GROUP.commands) - {"restore"}))  # type: ignore[attr-defined]
def test_where_there_is_no_archive_each_says_how_to_make_one(say: Say, desk: Path, name: str) -> None:
    done = say("archive", name, *ASKING.get(name, []))
    assert (done.code, done.out) == (2, "")
    assert done.err == "sayso: The archive news.db: there is none. Make it by adding something: sayso add SOURCE\n"
    assert not (desk / "news.db").exists()
