"""The pages keep their word: commands run, links lead somewhere, samples work, tables are those that were measured."""

from __future__ import annotations

import doctest
import json
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from docs.pages import PART, write
from sayso import cli
from sayso.checks.contract import FIGURES, HEADLINES, QUOTES
from tests.sharing import made_once

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("training/*.md")])
README = (ROOT / "README.md").read_text(encoding="utf-8")
FENCE = re.compile(r"(?ms)^```(\w*)\n(.*?)^```$")


def blocks(text: str, language: str) -> list[str]:
    return [body for name, body in FENCE.findall(text) if name == language]


def named_command(name: str) -> str:
    """What the README has under `<!-- command: NAME -->`, where .ci/run takes it from."""
    found = re.search(rf"(?m)^<!-- command: {name} -->\n```sh\n(.*)\n```$", README)
    assert found, f"the README has no one-line command {name!r}"
    return found[1]


def page_id(path: Path) -> str:
    return str(path.relative_to(ROOT))


SERVED = ("sayso desk", "sayso serve")
"""They run until they are ended; tests/cli/test_serve.py does that."""
SAYSO_BLOCKS = [
    lines
    for block in blocks(README, "sh")
    if (
        lines := [
            line
            for line in block.splitlines()
            if line.startswith("sayso ") and "http" not in line and not line.startswith(SERVED)
        ]
    )
]
PRINTED = re.compile(r"(?ms)^<!-- printed by: (sayso .*?) -->\n```text\n(.*?)^```$")
"""What a page shows of a command's output; a line `[...]` stands for lines left out."""
SHOWN = [
    pytest.param(line, shown, id=f"{page_id(page)}-{number}")
    for page in PAGES
    for number, (line, shown) in enumerate(PRINTED.findall(page.read_text(encoding="utf-8")), 1)
]

NOT_RUN = re.compile(r"(?ms)^<!-- not run: .*? -->\n```sh\n.*?^```$")
"""Commands that need what the tests have not, a database server, say."""
RUN = {
    page: lines
    for page in sorted(ROOT.glob("docs/*.md"))
    if page.name not in ("commands.md", "recipes.md")
    and (
        lines := [
            line
            for block in blocks(NOT_RUN.sub("", page.read_text(encoding="utf-8")), "sh")
            for line in block.splitlines()
            if line.startswith("sayso ") and not line.startswith(SERVED)
        ]
    )
}
"""The command lines of each page; those of recipes.md have tests of their own."""


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the shipped examples in it, to run a page's samples in without leaving anything behind."""
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    shutil.copytree(ROOT / "examples" / "transcripts", tmp_path / "transcripts")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SAYSO_ARCHIVE", "news.db")
    return tmp_path


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of what the pages add to one, made once."""

    def make(path: Path) -> None:
        run_sayso(f"sayso add {ROOT}/examples/coverage.jsonl -t {ROOT}/examples/transcripts --check --archive {path}")

    return made_once(tmp_path_factory, "pages.db", make)


def expected_code(line: str) -> int:
    """The check of the example draft finds what it is there to find."""
    return 1 if line.startswith("sayso check ") else 0


def run_sayso(line: str) -> str:
    """What a command prints."""
    program = Path(sys.executable).with_name("sayso")
    done = subprocess.run(
        line.replace("sayso", str(program), 1), shell=True, capture_output=True, text=True, check=False
    )
    assert done.returncode == expected_code(line), done.stderr
    return done.stdout


@pytest.mark.parametrize("lines", SAYSO_BLOCKS, ids=lambda lines: lines[0])
def test_readme_command_lines_run_one_after_another(desk: Path, lines: list[str]) -> None:
    for line in lines:
        printed = run_sayso(line)
        written = re.search(r"-o (\S+)", line)
        if line.startswith(("sayso add ", "sayso batch ")):
            assert "8 articles" in printed
            continue
        if written and (desk / written[1]).is_dir():
            assert line.startswith("sayso index ")
            continue
        said = (desk / written[1]).read_text(encoding="utf-8") if written else printed
        assert "Askvold" in said


@pytest.mark.parametrize("page", RUN, ids=page_id)
def test_command_lines_of_a_page_run_one_after_another(page: Path, desk: Path, kept: Path) -> None:
    shutil.copy(kept, desk / "news.db")
    for line in RUN[page]:
        # Here, where the model is loaded once: the program itself is run by the tests of what it prints.
        assert cli._run(shlex.split(line)[1:]) == expected_code(line), line


@pytest.mark.parametrize("line, shown", SHOWN)
def test_what_a_page_shows_is_what_the_command_prints(
    line: str, shown: str, desk: Path, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copy(kept, desk / "news.db")
    monkeypatch.delenv("COLUMNS", raising=False)
    printed = run_sayso(line)
    at = 0
    for stretch in shown.split("[...]\n"):
        found = printed.find(stretch, at)
        assert found >= 0, f"not printed, or not in this order:\n{stretch}"
        at = found + len(stretch)


def test_the_readme_shows_what_a_check_prints() -> None:
    assert PRINTED.search(README)


def test_newcomer_command_reads_the_example(desk: Path) -> None:
    environment, install, read = named_command("read").split(" && ")
    assert (environment, install) == ("python3 -m venv .venv", ".venv/bin/pip install .")
    printed = run_sayso(read.removeprefix(".venv/bin/"))
    assert "Askvold" in printed


def test_ci_runs_the_readme_commands() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert re.findall(r'bash -euo pipefail -c "\$\(command_of (\w+)\)"', script) == ["read", "test"]
    assert named_command("test").endswith("-m pytest -q -n auto")


@pytest.mark.parametrize("page", PAGES, ids=page_id)
def test_local_links_lead_somewhere(page: Path) -> None:
    text = FENCE.sub("", page.read_text(encoding="utf-8"))
    targets = re.findall(r"\]\(([^)\s]+)\)", text)
    missing = [
        target
        for target in targets
        if not re.match(r"[a-z]+:|#", target) and not (page.parent / target.partition("#")[0]).exists()
    ]
    assert not missing


@pytest.mark.parametrize(
    "page", [page for page in PAGES if blocks(page.read_text(encoding="utf-8"), "python")], ids=page_id
)
def test_python_samples_run(page: Path, desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    names: dict[str, object] = {}
    for block in blocks(page.read_text(encoding="utf-8"), "python"):
        exec(compile(block, str(page), "exec"), names)
    if page.name == "README.md":
        assert "Askvold | said | direct" in capsys.readouterr().out


@pytest.mark.parametrize("page", [page for page in PAGES if ">>> " in page.read_text(encoding="utf-8")], ids=page_id)
@pytest.mark.usefixtures("desk")
def test_python_sessions_print_what_they_show(page: Path) -> None:
    failed, tried = doctest.testfile(str(page), module_relative=False, optionflags=doctest.ELLIPSIS, encoding="utf-8")
    assert tried
    assert not failed


def first_cells(text: str) -> set[str]:
    """What stands in code in the first column of a page's tables."""
    return {name for row in re.findall(r"(?m)^\| (`[^|]*) \|", text) for name in re.findall(r"`([^`]+)`", row)}


def test_the_page_on_checking_tells_every_verdict_and_no_other() -> None:
    page = (ROOT / "docs" / "checking.md").read_text(encoding="utf-8")
    assert first_cells(page) == {*QUOTES, *HEADLINES, *FIGURES}


def properties(schema: object) -> Iterator[str]:
    """The names of all properties anywhere in a JSON schema."""
    if isinstance(schema, dict):
        yield from schema.get("properties", {})
        for each in schema.values():
            yield from properties(each)
    elif isinstance(schema, list):
        for each in schema:
            yield from properties(each)


def test_the_page_on_the_json_form_tells_every_field() -> None:
    page = (ROOT / "docs" / "format.md").read_text(encoding="utf-8")
    schema = json.loads((ROOT / "src" / "sayso" / "record.schema.json").read_text(encoding="utf-8"))
    named = {name for code in re.findall(r"`([^`]+)`", page) for name in re.findall(r"\w+", code)}
    assert set(properties(schema)) - named == set()


@pytest.mark.parametrize("page", PAGES, ids=page_id)
def test_just_recipes_named_in_pages_exist(page: Path) -> None:
    recipes = set(
        re.findall(r"(?m)^([a-z][\w-]*)(?: \*\w+)?:(?: [\w-]+)*$", (ROOT / "Justfile").read_text(encoding="utf-8"))
    )
    named = set(re.findall(r"`just ([a-z][\w-]*)", page.read_text(encoding="utf-8")))
    assert named <= recipes


def test_measured_tables_are_there_and_up_to_date() -> None:
    stale = [page_id(page) for page in write(check=True)]
    assert not stale, "run: just docs"
    empty = [
        f"{page_id(page)}: {measurement} {name}"
        for page in PAGES
        for _, measurement, name, body, _ in PART.findall(page.read_text(encoding="utf-8"))
        if not body.strip()
    ]
    assert not empty, "run: just evaluate --write-docs, just bench --write-docs"
