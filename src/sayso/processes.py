"""A process of ours seen from the one that started it: begun afresh, looked at, and killed with all that it began."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import BinaryIO

_LENT = (
    *("PATH", "HOME", "LANG", "LANGUAGE", "LC_ALL", "LC_CTYPE", "TZ", "TMPDIR", "TEMP", "TMP", "SYSTEMROOT"),
    *("LD_LIBRARY_PATH", "SSL_CERT_FILE", "SSL_CERT_DIR", "PYTHONHASHSEED"),
    *("SAYSO_MAX_BYTES", "SAYSO_PARSE_TIMEOUT_S", "SAYSO_PARSE_MEMORY_MB", "SAYSO_FETCH_TIMEOUT_S"),
)
"""What a child sees of our environment: no address of an archive, which may have a password, and no token."""
START_S = 90.0
"""A child imports its libraries and loads the model, on a machine that may be busy."""
_TIMED_OUT = {getattr(signal, name, None) for name in ("SIGALRM", "SIGPROF", "SIGXCPU")} - {None}


def start(
    module: str, arguments: Sequence[str] = (), *, folder: Path | None = None, more: Mapping[str, str] | None = None
) -> subprocess.Popen[bytes]:
    """`python -m MODULE ARGUMENTS` in a fresh interpreter, with pipes to it and from it, in a group of its own.

    `more` goes into its environment beside what every child sees.
    """
    # No fork: this process may run threads. -P keeps the working folder off its path.
    return subprocess.Popen(
        [sys.executable, "-P", "-m", module, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**environment(), **(more or {})},
        cwd=folder or os.sep,
        # Of a group of its own: so it ends with all that it started, and an interrupt at the terminal is ours.
        start_new_session=True,
    )


def environment() -> dict[str, str]:
    """What a child sees of our environment."""
    lent = {name: os.environ[name] for name in _LENT if name in os.environ}
    path = os.pathsep.join(str(Path(each).absolute()) for each in sys.path if each)
    # Each thread's own arena takes 64 MB of the addresses that are limited.
    return {**lent, "PYTHONPATH": path, "MALLOC_ARENA_MAX": "2", "PYTHONUTF8": "1"}


def pipes(process: subprocess.Popen[bytes]) -> tuple[BinaryIO, BinaryIO]:
    """The pipes to a process and from it."""
    assert process.stdin is not None and process.stdout is not None
    return process.stdin, process.stdout  # type: ignore[return-value]


def kill(process: subprocess.Popen[bytes]) -> None:
    """Kills a process and what it started; whoever waits for its answer is told."""
    # Not waited for yet, so the number is still its own.
    if process.returncode is None:
        with contextlib.suppress(OSError):
            if hasattr(os, "killpg"):
                os.killpg(process.pid, signal.SIGKILL)
            else:
                process.kill()


def end(process: subprocess.Popen[bytes]) -> None:
    """Kills a process and clears up after it; of whoever has it."""
    kill(process)
    process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with contextlib.suppress(OSError, ValueError):
                pipe.close()


def how_it_ended(code: int) -> str:
    """The return code of a process in words: the name of the signal that ended it, or its exit code.

    >>> how_it_ended(-11), how_it_ended(3)
    ('SIGSEGV', 'exit code 3')
    """
    if code >= 0:
        return f"exit code {code}"
    try:
        return signal.Signals(-code).name
    except ValueError:
        return f"signal {-code}"


def timed_out(code: int) -> bool:
    """Whether the return code of a process says that the system ended it for the time that it took."""
    return -code in _TIMED_OUT


def cpu_s_of(pid: int) -> float | None:
    """Seconds of a processor that a process and its children took so far, those it has waited for and those it has.

    Also of one that has ended and was not waited for. None where the system does not say (proc(5)).
    """
    own = _cpu_s(pid)
    if own is None:
        return None
    for thread in _numbers(Path(f"/proc/{pid}/task")):
        with contextlib.suppress(OSError):
            for child in Path(f"/proc/{pid}/task/{thread}/children").read_text(encoding="ascii").split():
                own += _cpu_s(int(child)) or 0.0
    return own


def _cpu_s(pid: int) -> float | None:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
    except OSError:
        return None
    # utime, stime, cutime, cstime: fields 14 to 17, of which the first two stand before the bracket.
    return sum(int(each) for each in fields[11:15]) / os.sysconf("SC_CLK_TCK")


def _numbers(folder: Path) -> list[str]:
    try:
        return [each.name for each in folder.iterdir()]
    except OSError:
        return []
