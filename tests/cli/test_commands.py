from __future__ import annotations

import importlib.metadata
import subprocess
import sys
from pathlib import Path

import pytest

import sayso
from sayso.cli.reference import reference

from .conftest import Run

ROOT = Path(__file__).parents[2]
HEAVY = (
    "numpy",
    "onnxruntime",
    "rich",
    "sqlalchemy",
    "alembic",
    "psycopg",
    "argon2",
    "fastapi",
    "jinja2",
    "limits",
    "uvicorn",
    "fastwarc",
    "feedparser",
    "polars",
    "trafilatura",
    "lxml",
    "requests",
    "sayso.reading",
    "sayso.extraction.encoder",
)


def test_command_reference_is_up_to_date() -> None:
    written = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    assert written == reference(), "make it anew: python -m sayso.cli.reference > docs/commands.md"


def test_reference_has_the_commands_inside_a_group_and_settings_of_both_kinds() -> None:
    written = reference()
    for told in (
        "## sayso archive merge",
        "`sayso archive merge [OPTIONS] KEEP OTHER`",
        "`SAYSO_ARCHIVE`",
        "`SAYSO_JOBS`",
    ):
        assert told in written


def test_no_arguments_show_the_help(run: Run) -> None:
    assert run().stdout == run("--help").stdout
    assert "read" in run().stdout


def test_version_is_the_package_s(run: Run) -> None:
    assert run("--version").stdout == f"sayso {sayso.__version__}\n"
    assert sayso.__version__ == importlib.metadata.version("sayso")


def test_module_runs_as_the_command(run: Run) -> None:
    done = subprocess.run([sys.executable, "-m", "sayso", "--help"], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout == run("--help").stdout


def test_unknown_command_is_one_line(run: Run) -> None:
    done = run("raed", "bridge.txt")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("sayso: No such command 'raed'.")
    assert done.stderr.endswith("See: sayso --help\n")
    assert done.stderr.count("\n") == 1


def test_help_of_read_has_examples(run: Run) -> None:
    assert "sayso read articles/ --format jsonl -o records.jsonl" in run("read", "--help").stdout


@pytest.mark.parametrize(
    "statement",
    [
        "import sayso",
        "import sayso.cli",
        "from sayso.cli.reference import reference; reference()",  # loads every command
        "from sayso.exports import text, html, json",
    ],
)
def test_nothing_heavy_is_imported_before_it_is_needed(statement: str) -> None:
    program = f"import sys\n{statement}\nprint(*sorted(set(sys.modules) & set({HEAVY!r})))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
