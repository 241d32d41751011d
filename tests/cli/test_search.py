from __future__ import annotations

import json
import re
import shlex
import subprocess
from pathlib import Path

import pytest

from sayso.archive.searching.facets import FACETS
from sayso.archive.searching.search import SORTS
from sayso.cli import search
from sayso.cli.archived import query_of

from .conftest import Say


def test_statements_are_shown_with_what_was_found_marked(say: Say, kept: Path) -> None:
    done = say("search", "bridge", "quotation:direct", "--sort", "oldest")
    assert done.code == 0 and done.err == ""
    assert done.out == (
        "2 statements · bridge quotation:direct\n\n"
        "  1. Mara Quill · Coastal Wire · 2026-03-14\n"
        '     "The *bridge* is not safe,"\n'
        "     quoted · disputed · verbatim · Bridge to close [article 1, statement 1]\n\n"
        "  2. Mara Quill · Northern Ledger · 2026-03-15\n"
        '     "The *bridge* is not safe,"\n'
        "     quoted · verbatim · https://ledger.example/2 [article 2, statement 3]\n"
    )


def test_pages_follow_one_another_to_the_end(say: Say, kept: Path) -> None:
    seen: list[str] = []
    more: list[str] = []
    while True:
        done = say("search", "--limit", "3", *more)
        seen += re.findall(r"(?m)^ +(\d+)\. .*\n.*\n.*statement (\d+)\]", done.out)
        if not done.err:
            break
        assert re.fullmatch(r"sayso: 1 more; for the next page add: --after [\w-]+\n", done.err)
        more = shlex.split(done.err.split("add: ")[1])
    assert [number for number, _ in seen] == ["1", "2", "3", "4"]
    assert {statement for _, statement in seen} == {"1", "2", "3", "4"}


def test_json_is_a_page_and_json_lines_its_hits(say: Say, kept: Path, desk: Path) -> None:
    page = json.loads(say("search", "bridge", "-n", "2", "--facets", "speaker, year", "-f", "json").out)
    assert (page["total"], len(page["hits"]), list(page["facets"])) == (3, 2, ["speaker", "year"])
    done = say("search", "bridge", "-n", "2", "-f", "jsonl")
    assert [json.loads(line) for line in done.out.splitlines()] == page["hits"]
    assert "1 more" in done.err
    say("search", "bridge", "-n", "2", "-o", "hits.jsonl")
    assert (desk / "hits.jsonl").read_text(encoding="utf-8") == done.out


def test_counts_alone_are_asked_for_with_no_hits(say: Say, kept: Path) -> None:
    done = say("search", "-n", "0", "--facets", "outlet")
    assert done.out == (
        "4 statements\n\noutlet: Coastal Wire (2), Northern Ledger (1), The Sandrey Mail (1)\n"
    )  # fmt: skip


@pytest.mark.parametrize(
    "arguments, statements",
    [
        pytest.param(["--speaker", "Tom Brann"], {2}, id="a-name-of-two-words"),
        pytest.param(["--speaker", "#2"], {2}, id="a-number"),
        pytest.param(["--speaker", 'Tom "Brann"'], {2}, id="a-name-with-quotation-marks"),
        pytest.param(["--outlet", "coastal wire"], {1, 2}, id="outlet"),
        pytest.param(["--since", "2026-03-15"], {3}, id="since"),
        pytest.param(["--until", "2025"], {4}, id="until"),
        pytest.param(["--stance", "distancing,endorsing"], {2}, id="one-of-several"),
        pytest.param(["--quotation", "direct"], {1, 3}, id="quotation"),
        pytest.param(["--verdict", "verbatim,not-found"], {1, 3}, id="verdict-of-two-words"),
        pytest.param(["bridge", "--speaker", "brann"], {2}, id="with-a-word"),
        pytest.param(["bridge", "never unsafe"], {2}, id="a-phrase-quoted-in-the-shell"),
        pytest.param(["never bridge"], {2}, id="one-argument-is-the-query"),
        pytest.param(["ferry OR unsafe"], {2, 4}, id="either"),
        pytest.param(["bridge -unsafe"], {1, 3}, id="left-out"),
    ],
)
def test_options_and_words_make_one_query(say: Say, kept: Path, arguments: list[str], statements: set[int]) -> None:
    done = say("search", *arguments, "-f", "jsonl")
    assert {json.loads(line)["statement"] for line in done.out.splitlines()} == statements


@pytest.mark.parametrize(
    "words, query",
    [
        (("speaker:quill", "defective radar"), 'speaker:quill "defective radar"'),
        (("defective radar",), "defective radar"),
        (("ferry", "speaker:quill radar"), "ferry speaker:quill radar"),
        (("ferry", 'x "y z"'), 'ferry x "y z"'),
        (("ferry", "radar -sonar"), "ferry radar -sonar"),
        ((), ""),
    ],
)
def test_what_was_quoted_in_the_shell(words: tuple[str, ...], query: str) -> None:
    assert query_of(words) == query


@pytest.mark.parametrize(
    "arguments, message",
    [
        pytest.param(["a", "--facets", "colour"], "'colour' cannot be counted; expected speaker, outlet", id="facet"),
        pytest.param(["a", "--sort", "best"], "'best' is not one of 'relevance', 'newest'", id="sort"),
        pytest.param(["a", "--after", "xyz"], "after: 'xyz' will not do; expected the `next` of a page", id="cursor"),
        pytest.param(["a", "-n", "5000"], "not in the range", id="limit"),
        pytest.param(["a", "-f", "xml"], "'xml' is not one of 'text', 'json', 'jsonl'", id="format"),
        pytest.param(["bridge", "-union"], "To leave a word out, quote the query: '... -union'", id="left-out-word"),
        pytest.param(["bridge", "-ferry"], "To leave a word out, quote the query: '... -ferry'", id="looks-like-f"),
        pytest.param(["-is:named -ferry"], "needs -- before it: -- '-is:named -ferry'", id="nothing-but-left-out"),
        pytest.param(["a", "-o", "no/hits.json"], "there is no folder 'no' to write to", id="missing-folder"),
        pytest.param(["a", "-o", "news.db"], "is a database, perhaps the archive", id="over-the-archive"),
        pytest.param(
            ["a", "--archive", "other.db"], "there is none. Make it by adding something: sayso add", id="none"
        ),
    ],
)
def test_what_cannot_be_is_one_line(say: Say, kept: Path, arguments: list[str], message: str) -> None:
    before = kept.read_bytes()
    done = say("search", *arguments)
    assert (done.code, done.out) == (2, "")
    assert message in done.err
    assert done.err.startswith("sayso: ") and done.err.count("\n") == 1
    assert kept.read_bytes() == before


def test_a_cursor_of_another_query_is_refused(say: Say, kept: Path) -> None:
    cursor = say("search", "bridge", "-n", "1").err.split("--after ")[1].strip()
    done = say("search", "ferry", "--after", cursor)
    assert done.code == 2 and "begin at the first page" in done.err


@pytest.mark.parametrize("query", [
    pytest.param("bridge speeker:quill", id="unknown-field"),
    pytest.param('ferry "never closed', id="open-quotation-mark"),
])  # fmt: skip
def test_a_query_that_cannot_be_read_is_pointed_at(say: Say, kept: Path, query: str) -> None:
    done = say("search", query)
    assert (done.code, done.out) == (2, "")
    message, shown, marks = done.err.splitlines()
    assert message.startswith("sayso: ") and "at character" in message
    assert shown == f"  {query}"
    place = int(re.search(r"character (\d+)", message)[1])  # type: ignore[index]
    assert marks.index("^") == place + 1


def test_nothing_found_is_an_answer(say: Say, kept: Path) -> None:
    done = say("search", "submarine")
    assert (done.code, done.err) == (0, "")
    assert done.out == "no statement · submarine\nIn no statement: submarine\n"


def test_notes_of_json_lines_go_beside_them(say: Say, kept: Path) -> None:
    done = say("search", "submarine", "-f", "jsonl")
    assert (done.code, done.out, done.err) == (0, "", "sayso: In no statement: submarine\n")


def test_a_reader_that_goes_away_ends_it_quietly(program: list[str], say: Say, kept: Path) -> None:
    line = shlex.join([*program, "search", "--archive", "news.db"])
    done = subprocess.run(["bash", "-c", f"{line} | head -0; echo ${{PIPESTATUS[0]}}"], capture_output=True,
                          encoding="utf-8", check=False)  # fmt: skip
    assert (done.stdout, done.stderr) == ("141\n", "")


def test_what_the_help_names_is_what_there_is() -> None:
    assert (search.SORTS, set(search.FACETS)) == (SORTS, set(FACETS))
