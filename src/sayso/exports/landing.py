"""Where an export lands: a file or a folder that is there whole or not at all, under a name that no article chose.

Invariant: nothing is ever written outside of the target, and until all went well nothing stands under its name.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from sayso.errors import BadSetting

_LONGEST_NAME = 80
_UNSAFE = re.compile(r"[^a-z0-9._-]+")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?")
"""Names that Windows keeps for devices, whatever their suffix."""


def safe_name(name: str) -> str:
    """A file name for any string: lower case letters, digits, `.`, `_` and `-`, never hidden, never a path.

    A string that is no such name already gets a mark of its SHA-256, so that two strings never share a name.

    >>> safe_name("3f2a9c")
    '3f2a9c'
    >>> safe_name("../../etc/passwd")
    'etc-passwd-3754d6cb'
    """
    safe = _UNSAFE.sub("-", name.lower()).strip(".-_")[:_LONGEST_NAME].rstrip(".-_")
    if safe and safe == name and not _RESERVED.fullmatch(name):
        return safe
    mark = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{safe.replace('.', '-') or 'article'}-{mark}"


class Names:
    """Safe names for the articles of one folder, each given out once."""

    def __init__(self, folder: Path, suffix: str) -> None:
        self._folder = folder
        self._suffix = suffix
        # Only of names that come twice: a folder of a million articles costs no memory.
        self._times: dict[str, int] = {}

    def next(self, name: str) -> str:
        """The name, with a number where an article before has it already."""
        safe = safe_name(name)
        if not self._taken(safe):
            return safe
        while True:
            self._times[safe] = self._times.get(safe, 1) + 1
            numbered = f"{safe}-{self._times[safe]}"
            if not self._taken(numbered):
                return numbered

    def _taken(self, name: str) -> bool:
        return (self._folder / f"{name}{self._suffix}").exists()


@contextmanager
def file_to_write(target: Path) -> Iterator[BinaryIO]:
    """A file for bytes that replaces `target` when all went well; until then, and after an error, it is untouched."""
    if target.exists() and not target.is_file():
        if target.is_dir():
            raise BadSetting("output", str(target), "a file; this is a folder")
        # A device or a pipe (/dev/stdout): there is nothing to replace.
        with target.open("wb") as out:
            yield out
        return
    target = target.resolve()
    _has_parent(target)
    handle, name = tempfile.mkstemp(prefix=f".{target.name[:80]}.", suffix=".part", dir=target.parent)
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as out:
            yield out
        part.chmod(target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask())
        part.replace(target)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


@contextmanager
def folder_to_write(target: Path) -> Iterator[Path]:
    """An empty folder that becomes `target` when all went well, and is gone after an error.

    Raises BadSetting where `target` exists and is no empty folder: what lies in it is not ours to replace.
    """
    target = target.resolve()
    if target.exists() and not (target.is_dir() and not any(target.iterdir())):
        raise BadSetting("output", str(target), "a new folder or an empty one; this one has something in it")
    _has_parent(target)
    part = Path(tempfile.mkdtemp(prefix=f".{target.name[:80]}.", suffix=".part", dir=target.parent))
    try:
        yield part
        part.chmod(0o777 & ~_umask())
        if target.exists():
            target.rmdir()
        part.rename(target)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise


@contextmanager
def standard_output() -> Iterator[BinaryIO]:
    """Standard output for bytes."""
    sys.stdout.flush()
    try:
        descriptor = sys.stdout.fileno()
    except (OSError, AttributeError):
        # A stream without a descriptor: somebody calls us from Python and keeps what we write.
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    with open(descriptor, "wb", closefd=False) as out:
        yield out


def _has_parent(target: Path) -> None:
    if not target.parent.is_dir():
        raise BadSetting("output", str(target), "a place in a folder that exists")


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
