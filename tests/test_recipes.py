"""docs/recipes.md as a newsroom would use it: each recipe is cut out of the page and run."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "recipes.md").read_text(encoding="utf-8")
SOUND = """Ministry to publish findings

HALVERN, March 14 (CWA) - "Whether that is so, the recorder will tell us," Elin Askvold said on Saturday.
"""
BENT = SOUND.replace("will tell us", "will never tell us")


def recipe(name: str) -> str:
    found = re.search(rf"(?ms)^<!-- recipe: {name} -->\n```\w+\n(.*?)^```$", PAGE)
    assert found, f"docs/recipes.md has no recipe {name!r}"
    return found[1]


@pytest.fixture
def newsroom(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a transcript, `sayso` on the path, and git that knows who commits."""
    (tmp_path / "drafts").mkdir()
    (tmp_path / "transcripts").mkdir()
    shutil.copy(ROOT / "examples" / "transcripts" / "halvern.txt", tmp_path / "transcripts")
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{role}_NAME", "Desk")
        monkeypatch.setenv(f"GIT_{role}_EMAIL", "desk@example.org")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def shell(line: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(line, shell=True, capture_output=True, text=True, check=False, timeout=120)


def test_the_hook_refuses_a_bent_quote_and_lets_a_sound_one_pass(newsroom: Path) -> None:
    assert shell("git init --quiet .").returncode == 0
    hook = newsroom / ".git" / "hooks" / "pre-commit"
    hook.write_text(recipe("pre-commit"), encoding="utf-8")
    hook.chmod(0o755)

    (newsroom / "notes.md").write_text("No draft.\n", encoding="utf-8")
    assert shell("git add notes.md && git commit --quiet -m notes").returncode == 0

    draft = newsroom / "drafts" / "the sound.txt"
    draft.write_text(BENT, encoding="utf-8")
    refused = shell("git add drafts && git commit --quiet -m draft")
    assert refused.returncode != 0
    assert "altered" in refused.stdout + refused.stderr

    draft.write_text(SOUND, encoding="utf-8")
    passed = shell("git add drafts && git commit --quiet -m draft")
    assert passed.returncode == 0, passed.stdout + passed.stderr


def test_the_ci_job_checks_and_leaves_a_page(newsroom: Path) -> None:
    runs = re.findall(r"(?m)^\s+- run: (sayso .*)$", recipe("ci"))
    assert len(runs) == 1
    (newsroom / "drafts" / "one.txt").write_text(SOUND, encoding="utf-8")
    assert shell(runs[0]).returncode == 0
    (newsroom / "drafts" / "two.txt").write_text(BENT, encoding="utf-8")
    assert shell(runs[0]).returncode == 1
    assert "will never tell us" in re.sub(r"<[^>]+>", "", (newsroom / "check.html").read_text(encoding="utf-8"))


def test_a_system_in_any_language_reads_verdicts(newsroom: Path) -> None:
    (newsroom / "draft.txt").write_text(BENT, encoding="utf-8")
    assert shell(recipe("cms-shell")).returncode == 1
    record = json.loads((newsroom / "verdicts.json").read_text(encoding="utf-8"))
    (quote,) = [each for each in record["verdicts"] if each["check"] == "quote"]
    assert (quote["value"], quote["reverses"]) == ("altered", ["negation"])


def test_a_system_in_python_asks_the_library(newsroom: Path) -> None:
    names: dict[str, object] = {}
    exec(compile(recipe("cms-python"), "docs/recipes.md", "exec"), names)
    problems = names["problems"]
    assert callable(problems)
    assert problems(SOUND) == []
    (found,) = problems(BENT)
    assert found.startswith("altered: ")


def test_the_index_is_made_and_searched(newsroom: Path) -> None:
    (newsroom / "draft.txt").write_text(SOUND, encoding="utf-8")
    done = shell("set -e\n" + recipe("index"))
    assert done.returncode == 0, done.stderr
    assert "1 verbatim" in done.stdout
