"""What only a terminal gets: colours, the width of the window, a progress bar for long work."""

from __future__ import annotations

import contextlib
import fcntl
import os
import re
import struct
import subprocess
import termios
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

pytest.importorskip("pty", reason="needs pseudo-terminals")

Show = Callable[..., str]


@pytest.fixture
def show(program: list[str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Show]:
    """Runs sayso on a terminal of some columns; gives what the terminal was sent."""
    for name in ("COLUMNS", "NO_COLOR", "FORCE_COLOR", "LC_ALL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    opened: list[int] = []

    def on_terminal(*arguments: str, columns: int = 80, stdout: Path | None = None) -> str:
        ours, theirs = os.openpty()
        opened.append(ours)
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        with contextlib.ExitStack() as stack:
            out = stack.enter_context(stdout.open("wb")) if stdout else theirs
            # env is given since readline, where it is loaded, sets COLUMNS behind the back of os.environ.
            running = subprocess.Popen(
                [*program, *arguments], stdin=theirs, stdout=out, stderr=theirs, env=dict(os.environ)
            )
        os.close(theirs)
        sent = b""
        # Linux ends a terminal whose other side has closed with an error instead of an end of file.
        with contextlib.suppress(OSError):
            while chunk := os.read(ours, 65536):
                sent += chunk
        assert running.wait(60) == 0
        return sent.decode()

    yield on_terminal
    for descriptor in opened:
        os.close(descriptor)


def test_terminal_gets_colours(show: Show) -> None:
    assert re.search(r"\x1b\[1[;0-9]*mMara Quill\x1b\[0m", show("read", "bridge.txt"))


@pytest.mark.parametrize("name, value", [("NO_COLOR", "1"), ("TERM", "dumb")])
def test_colours_can_be_declined(show: Show, monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    assert "\x1b" not in show("read", "bridge.txt")


@pytest.mark.parametrize("columns, rule", [(50, 50), (90, 90), (220, 100)])
def test_record_fits_the_window(show: Show, columns: int, rule: int) -> None:
    shown = show("read", "bridge.txt", columns=columns)
    assert "─" * rule in shown and "─" * (rule + 1) not in shown


def many(desk: Path, count: int) -> list[str]:
    """Sources of which each takes the stand-in a moment."""
    text = (desk / "bridge.txt").read_text(encoding="utf-8")
    for place in range(count):
        (desk / f"{place}.txt").write_text(f"{text}SLOW", encoding="utf-8")
    return [f"{place}.txt" for place in range(count)]


def test_long_work_shows_a_bar_that_goes_away(show: Show, desk: Path) -> None:
    shown = show("read", *many(desk, 12), "-j", "1", "-o", "record.json")
    assert "Reading" in shown and "/12" in shown
    assert shown.rstrip().endswith(("\x1b[2K", "\x1b[?25h"))


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(["bridge.txt", "-o", "record.json"], id="short-work"),
        pytest.param(["bridge.txt", "bridge.txt", "-f", "jsonl", "-o", "record.json"], id="short-work-on-two"),
    ],
)
def test_short_work_shows_none(show: Show, arguments: list[str]) -> None:
    assert show("read", *arguments) == ""


def test_bar_does_not_write_into_results_on_the_same_terminal(show: Show, desk: Path) -> None:
    assert "Reading" not in show("read", *many(desk, 12), "-j", "1")


@pytest.mark.skipif(os.name != "posix", reason="a shell closes no standard output there")
@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-"])
def test_started_without_a_stream_it_does_its_work(closed: str, program: list[str], tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text('"No," Mara Quill said.')
    command = ["sh", "-c", f'exec "$@" {closed}', "sh", *program, "read", "a.txt", "--jobs", "1"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert ("Mara Quill" in done.stdout) == (closed != ">&-")
