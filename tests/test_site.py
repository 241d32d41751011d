"""The site of the documentation: every page is in its contents, and a fault in what was built is told."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest

from docs.looking import faults_of
from docs.site import INDEX, ROOT, contents, fenced, unlisted
from sayso import cli
from tests.test_docs import named_command


def test_every_page_is_in_the_contents_once() -> None:
    assert not unlisted(contents())


def test_the_contents_are_in_their_order() -> None:
    titles = [section.title for section in contents()]
    assert titles[:5] == ["Start here", "The desk", "The command line", "The library and the API", "The record"]
    assert contents()[0].pages[0][1] == ROOT / "README.md"
    assert ROOT / "docs" / "newsroom.md" in [path for section in contents() for _, path in section.pages]


@pytest.mark.parametrize("text, told", [
    pytest.param("## One\n- [A](a.md): it\n- [B](b.md)\n", [], id="all"),
    pytest.param("## One\n- [A](a.md)\n", ["b.md: not in the contents"], id="forgotten"),
    pytest.param("## One\n- [A](a.md)\n- [B](b.md)\n## Two\n- [A again](a.md)\n", ["a.md: twice in the contents"],
                 id="twice"),
    pytest.param("## One\n- [A](a.md)\n- [B](b.md)\n- [Search](search.md)\n",
                 ["search.md: the site has a page of its own by that name", "search.md: there is no such page"],
                 id="as-sphinx-calls-its-own"),
    pytest.param("## One\n- [A](a.md)\n- [B](b.md)\n- [C](c.md)\n", ["c.md: there is no such page"], id="gone"),
])  # fmt: skip
def test_what_is_wrong_with_contents(tmp_path: Path, text: str, told: list[str]) -> None:
    for name in ("a.md", "b.md"):
        (tmp_path / name).write_text("# Page\n")
    (tmp_path / "index.md").write_text(text)
    found = unlisted(contents(tmp_path / "index.md"), tmp_path)
    assert [each.removeprefix(f"{tmp_path}/") for each in found] == told


@pytest.mark.parametrize("body, told", [
    pytest.param('<p id="a">x</p><a href="#a">y</a><a href="two.html#b">z</a>', [], id="sound"),
    pytest.param('<a href="https://tidewater.example/">elsewhere</a>', [], id="a-link-elsewhere-fetches-nothing"),
    pytest.param('<a href="three.html">z</a>', ["three.html leads nowhere"], id="no-such-page"),
    pytest.param('<a href="#c">z</a>', ["#c leads nowhere"], id="no-such-heading"),
    pytest.param('<a href="two.html#a">z</a>', ["two.html#a leads nowhere"], id="no-such-heading-on-another-page"),
    pytest.param('<img src="gone.png">', ["gone.png is not there"], id="no-such-picture"),
    pytest.param('<script src="https://cdn.example/x.js"></script>', ["fetches https://cdn.example/x.js"], id="script"),
    pytest.param('<link rel="stylesheet" href="//cdn.example/x.css">', ["fetches //cdn.example/x.css"],
                 id="style-sheet"),
    pytest.param('<link rel="canonical" href="https://tidewater.example/">', [], id="a-canonical-address"),
    pytest.param('<img srcset="https://badge.example/1.svg 2x">', ["fetches https://badge.example/1.svg"], id="badge"),
    pytest.param("<style>@import 'https://font.example/f'</style>", ["fetches https://font.example/f"], id="import"),
])  # fmt: skip
def test_what_is_wrong_with_a_built_page(tmp_path: Path, body: str, told: list[str]) -> None:
    (tmp_path / "one.html").write_text(body)
    (tmp_path / "two.html").write_text('<h2 id="b">two</h2>')
    assert faults_of(tmp_path) == [f"one.html: {each}" for each in told]


def test_a_style_sheet_that_fetches_a_font_is_told(tmp_path: Path) -> None:
    (tmp_path / "one.html").write_text("<p>one</p>")
    (tmp_path / "one.css").write_text("@font-face { src: url(https://font.example/f.woff2) }")
    assert faults_of(tmp_path) == ["one.css: fetches https://font.example/f.woff2"]


def test_a_python_session_is_told_to_be_one() -> None:
    page = "So:\n\n    >>> 1 + 1\n    2\n\nIn a shell:\n\n    sayso add news\n"
    assert fenced(page) == "So:\n\n```pycon\n>>> 1 + 1\n2\n```\n\nIn a shell:\n\n    sayso add news\n"


def test_the_front_page_reads_as_plain_markdown() -> None:
    assert "{toctree}" not in INDEX.read_text(encoding="utf-8")


def test_the_front_page_has_the_command_that_the_readme_has() -> None:
    assert named_command("read") in INDEX.read_text(encoding="utf-8")


NEWSROOM = (ROOT / "docs" / "newsroom.md").read_text(encoding="utf-8")
CALLED = re.findall(r"(?m)^(?:ExecStart=\S*/|docker compose run --rm desk )?(sayso .+|users .+|archive .+)$", NEWSROOM)


@pytest.mark.parametrize("line", CALLED)
def test_what_a_newsroom_is_told_to_run_are_commands_with_these_options(line: str) -> None:
    """Most of them need a server, a crawl or an administrator, and are run by nobody here."""
    words = shlex.split(line.removeprefix("sayso "))
    context = click.Context(cli.commands)
    command = cli.commands.get_command(context, words[0])
    while isinstance(command, click.Group):
        words = words[1:]
        command = command.get_command(context, words[0])
    assert command is not None
    command.make_context(words[0], words[1:])


def test_a_newsroom_is_told_of_all_that_it_runs() -> None:
    assert {line.split()[1] for line in CALLED if line.startswith("sayso")} >= {
        "users",
        "desk",
        "add",
        "batch",
        "archive",
    }
