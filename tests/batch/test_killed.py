"""The driver killed at whatever moment: the same command goes on, and the same rows are there."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sayso.batch.digest import digest_of
from sayso.batch.events import read_events
from sayso.batch.layout import Folder
from sayso.batch.manifest import entries_of
from tests.batch.harmful import gone

ARTICLES = 130
KILLS = 3


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an input of three kinds, in which some articles cannot be read."""
    folder = tmp_path_factory.mktemp("killed")
    lines = [{"text": f'"Lock {number} is open," Mara Quill said on Monday.'} for number in range(ARTICLES - 20)]
    lines[7] = {"text": ""}
    lines[70] = {"text": "Der Hafen bleibt am Montag geschlossen, sagte der Sprecher der Stadt am Sonntag."}
    (folder / "wire.jsonl").write_text("".join(json.dumps(each) + "\n" for each in lines))
    (folder / "pages").mkdir()
    for number in range(20):
        text = f"The ferry to pier {number} will not sail, Tom Brann said."
        (folder / "pages" / f"{number}.txt").write_text(text if number else "")
    return folder


def start(desk: Path, output: str, *, workers: int = 2) -> subprocess.Popen[bytes]:
    inputs = ["wire.jsonl", "pages"]
    command = [sys.executable, "-m", "sayso", "batch", *inputs, "--output", output, "--workers", str(workers)]
    return subprocess.Popen(command, cwd=desk, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def finish(running: subprocess.Popen[bytes]) -> tuple[int, str, str]:
    out, err = running.communicate(timeout=300)
    return running.returncode, out.decode(), err.decode()


@pytest.fixture(scope="module")
def undisturbed(desk: Path) -> dict[str, str]:
    """The digests of the tables."""
    code, out, err = finish(start(desk, "undisturbed"))
    assert (code, err) == (
        0, "sayso: 3 failures (1 refused, 2 unreadable), each with its reason in undisturbed/failures\n",
    )  # fmt: skip
    assert out.startswith(f"undisturbed: {ARTICLES - 3} articles read, 3 failures\n")
    return digest_of(desk / "undisturbed")


def disturb(desk: Path, *, shards: int, later_s: float, by: signal.Signals) -> tuple[int, str, str]:
    """Sends a signal to a run a moment after so many shards are done, at whatever it is then."""
    running = start(desk, "disturbed", workers=1)
    until = time.monotonic() + 200
    while len(Folder(desk / "disturbed").entries()) < shards:
        assert running.poll() is None, "it was done before it could be disturbed"
        assert time.monotonic() < until
        time.sleep(0.01)
    time.sleep(later_s)
    children = children_of(running.pid)
    running.send_signal(by)
    ended = finish(running)
    assert by == signal.SIGKILL or children
    assert gone(children)
    return ended


def test_killed_and_interrupted_again_and_again_it_gives_the_same(desk: Path, undisturbed: dict[str, str]) -> None:
    moments = random.Random(17)
    folder = Folder(desk / "disturbed")
    for kill in range(KILLS):
        # The first before anything is read, the others once two more shards are done.
        later_s = moments.uniform(0.0, 0.2) if kill else moments.uniform(0.2, 1.0)
        code, _, _ = disturb(desk, shards=2 * kill, later_s=later_s, by=signal.SIGKILL)
        assert code == -signal.SIGKILL
    code, out, err = disturb(desk, shards=2 * KILLS, later_s=0.0, by=signal.SIGINT)
    assert (code, out) == (130, "")
    assert [line for line in err.splitlines() if line] == [
        "sayso: disturbed: what is done is kept; the same command goes on from there", "sayso: interrupted",
    ]  # fmt: skip
    assert list(read_events(folder.events))[-1]["event"] == "interrupted"

    assert finish(start(desk, "disturbed", workers=1))[0] == 0
    assert digest_of(folder.root) == undisturbed
    assert [entry.to_json() for entry in entries_of(folder)] == [
        entry.to_json() for entry in entries_of(Folder(desk / "undisturbed"))
    ]
    assert not folder.work.exists()
    hidden = [each.name for each in folder.root.rglob(".*") if each.name != ".lock"]
    assert not hidden, "what killed workers left is gone"


def children_of(pid: int) -> list[int]:
    found = [Path(each).read_text().split() for each in Path(f"/proc/{pid}/task").glob("*/children")]
    return [int(child) for each in found for child in each]
