"""A desk to run commands at: real reading of real files, and in place of the model something that finds `"..." X said`
and takes every X for a person.

What the command line does must not depend on what the model finds, nor on weights being there.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from sayso import adding, cli
from sayso.archive import open_archive
from tests.archive.built import Says, given, make_article, make_transcript
from tests.quoting import extract

SAYSO = """
import re, sys, time, types
from sayso.documents import Span
from sayso.records import Attribution, Speaker

def extract_attributions(article, **reading):
    if "FAULT" in article.text:
        raise KeyError("weights")
    if "SLOW" in article.text:
        time.sleep(0.15)
    found = re.finditer(r'("[^"]*") (\\w+ \\w+) (said)', article.text)
    return [
        Attribution(f"q{n}", *[[Span(*match.span(part))] for part in (2, 3, 1)], "direct", None, 0.9)
        for n, match in enumerate(found, 1)
    ]

def resolve_speakers(article, reading):
    for each in article.attributions:
        name = each.source[0].of(article.text)
        each.speaker = f"e-{name}"
        if all(known.id != each.speaker for known in article.speakers):
            article.speakers.append(Speaker(each.speaker, name, mentions=list(each.source)))

import sayso
for room, does in {
    "extraction": {
        "extract_attributions": extract_attributions,
        "read_scores": lambda article: None,
        "learned_classes": lambda attributions, reading: {},
    },
    "speakers": {"resolve_speakers": resolve_speakers},
}.items():
    # A package still: what needs no model inside the room is the real thing.
    stand_in = types.ModuleType(f"sayso.{room}")
    stand_in.__path__ = [f"{sayso.__path__[0]}/{room}"]
    vars(stand_in).update(does)
    sys.modules[stand_in.__name__] = stand_in
from sayso.cli import main
main()
"""

ARTICLE = """Bridge to close

PORT ELLERY, March 14 (CWA) - "The bridge is not safe," Mara Quill said on Monday, before the council met. It will be
closed for a year, and nobody knows what will become of the people on the north shore while it is.
"""

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that commands run in, with one article."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "bridge.txt").write_text(ARTICLE, encoding="utf-8")
    return tmp_path


@pytest.fixture
def program(desk: Path) -> list[str]:
    """The start of a command line that runs sayso with the stand-in."""
    return [sys.executable, "-c", SAYSO]


@pytest.fixture
def run(program: list[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs sayso with these arguments in the desk, with an environment that says nothing of terminals."""
    for name in ("COLUMNS", "NO_COLOR", "SAYSO_JOBS", "SAYSO_MAX_BYTES"):
        monkeypatch.delenv(name, raising=False)

    def run_it(*arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*program, *arguments], input=given, capture_output=True, encoding="utf-8", timeout=60, check=False
        )

    return run_it


@dataclass(frozen=True)
class Said:
    """What a command gave."""

    code: int
    out: str
    err: str


Say = Callable[..., Said]


@pytest.fixture
def say(desk: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Say:
    """Runs a command over archives in this process, without the model; the archive is `news.db` on the desk."""
    monkeypatch.setenv("SAYSO_ARCHIVE", "news.db")
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setattr(adding, "extracted", extract)

    def say_it(*arguments: str) -> Said:
        capsys.readouterr()
        code = cli._run(list(arguments))
        return Said(code, *capsys.readouterr())

    return say_it


@pytest.fixture(scope="session")
def kept_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The archive of `kept`, made once."""
    bridge = Says("Mara Quill", '"The bridge is not safe,"', "direct", titles=("engineer",), verdict="verbatim")
    denial = Says("Tom Brann", "the bridge was never unsafe", polarity="denies", stance="distancing")
    toll = Says("Mara Quill", "a toll on the ferry is due", titles=("goalkeeper",))
    articles = [
        make_article(bridge, denial, text=f"{bridge.content} Mara Quill said. Tom Brann said {denial.content}.",
                     headline="Bridge to close", outlet="Coastal Wire", url="https://wire.example/1",
                     published=date(2026, 3, 14), relations=[("disputes", 1, 0)]),
        make_article(bridge, text=f"{bridge.content} Mara Quill said again.", outlet="Northern Ledger",
                     url="https://ledger.example/2", published=date(2026, 3, 15)),
        make_article(toll, outlet="The Sandrey Mail", url="https://mail.example/3", published=date(2025, 7, 1)),
    ]  # fmt: skip
    path = tmp_path_factory.mktemp("kept") / "news.db"
    with open_archive(path, make=True) as archive:
        for number, article in enumerate(articles, 1):
            archive.save(article, given(f"{number}.txt"))
        archive.save_transcript(make_transcript(("MARA QUILL", "The bridge is not safe.")), given("talk.txt"))
    return path


@pytest.fixture
def kept(desk: Path, kept_once: Path) -> Path:
    """An archive with three articles, two speakers, a dispute, verdicts and a transcript."""
    return shutil.copy(kept_once, desk / "news.db")
