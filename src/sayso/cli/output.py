"""Where results go: standard output as it is, or a file that is there whole or not at all."""

from __future__ import annotations

import codecs
import os
import shutil
import stat
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

_TYPEWRITER = str.maketrans(
    {"›": ">", "─": "-", "·": "|", "…": "...", "—": "--", "–": "-", "“": '"', "”": '"', "‘": "'", "’": "'", "\xa0": " "}
)


def _typewriter(error: UnicodeError) -> tuple[str, int]:
    """An encoding error handler: characters that an old terminal lacks become what a typewriter has, else `?`."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    shown = error.object[error.start : error.end].translate(_TYPEWRITER)
    return "".join(char if char.isascii() else "?" for char in shown), error.end


codecs.register_error("sayso.typewriter", _typewriter)


@contextmanager
def standard_output(*, for_people: bool) -> Iterator[TextIO]:
    """Standard output, set so that no character of an article can make it fail.

    What is for people keeps the terminal's encoding; what is for programs is UTF-8 everywhere (RFC 8259 for JSON).
    """
    encoding = sys.stdout.encoding if for_people else "utf-8"
    errors = "sayso.typewriter" if for_people else "backslashreplace"
    sys.stdout.flush()
    try:
        descriptor = sys.stdout.fileno()
    except (OSError, AttributeError):
        # A stream without a descriptor: somebody calls us from Python and keeps what we write.
        yield sys.stdout
        return
    # Not sys.stdout itself: under PYTHONUNBUFFERED a write that a full disk or a closed pipe cuts short goes unnoticed.
    with open(descriptor, "w", encoding=encoding, errors=errors, newline="", closefd=False) as out:
        yield out


@contextmanager
def file_output(path: Path) -> Iterator[TextIO]:
    """A file to write that replaces `path` when all went well; until then, and after an error, `path` is untouched."""
    if path.exists() and not path.is_file():
        # A device or a pipe (/dev/stdout): there is nothing to replace.
        with path.open("w", encoding="utf-8", errors="backslashreplace") as out:
            yield out
        return
    target = path.resolve()
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".part", dir=target.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace", newline="\n") as out:
            yield out
        Path(name).chmod(target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask())
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def colours_wanted() -> bool:
    """Whether standard output is a terminal that shows colours; NO_COLOR (no-color.org) turns them off."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def is_file(stream: TextIO) -> bool:
    """Whether the stream ends in a file, not at a terminal or in another program."""
    try:
        return stat.S_ISREG(os.fstat(stream.fileno()).st_mode)
    except OSError:
        return False


def terminal_width() -> int:
    """Columns of the terminal, 80 where there is none; COLUMNS has the last word."""
    return shutil.get_terminal_size((80, 24)).columns


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
