"""From what stands on the command line to the list of sources."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

READ_FROM_FOLDERS = (
    ".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml", ".jsonld", ".xml", ".nitf", ".ninjs",
)  # fmt: skip
"""A folder holds other things too (most `.json` files are no articles); a file that is named is read in any case."""


@dataclass(slots=True)
class Sources:
    """The sources in the order in which they are read, and what was wrong with the folders."""

    names: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    many: bool = False
    """Whether several were asked for: several arguments, or a folder, however little it holds."""


def expand(arguments: Sequence[str], *, leave_out: Path | None = None) -> Sources:
    """The sources that the arguments stand for: folders are walked, sorted by path, hidden entries passed over.

    `leave_out` is the file we are about to write: it is no source of itself.
    """
    sources = Sources(many=len(arguments) > 1)
    for argument in arguments:
        if argument != "-" and Path(argument).is_dir():
            sources.many = True
            _walk(argument, sources, leave_out)
        else:
            sources.names.append(argument)
    return sources


def _walk(folder: str, sources: Sources, leave_out: Path | None) -> None:
    found: list[Path] = []

    def unreadable(error: OSError) -> None:
        sources.complaints.append(f"{error.filename}: the folder cannot be read ({error.strerror})")

    before = len(sources.complaints)
    for root, inner, files in os.walk(folder, onerror=unreadable):
        inner[:] = [name for name in inner if not name.startswith(".")]
        found += [
            Path(root, name) for name in files if not name.startswith(".") and name.lower().endswith(READ_FROM_FOLDERS)
        ]
    names = [str(path) for path in sorted(found) if leave_out is None or path.resolve() != leave_out]
    if not names and len(sources.complaints) == before:
        suffixes = " ".join(READ_FROM_FOLDERS)
        sources.complaints.append(f"{folder}: there is no article in this folder. It was searched for {suffixes}")
    sources.names += names
