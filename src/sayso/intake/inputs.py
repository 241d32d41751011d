"""The inputs of a batch: which files it reads, each once."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from sayso.errors import RefusedAddress, UnreadableSource
from sayso.intake.folders import has_tables, is_folder, walk
from sayso.intake.kinds import PIECEWISE, bare, taken_from_folders
from sayso.reading.fetch import is_url


def inputs_of(names: Iterable[str | Path]) -> list[str]:
    """The inputs that names of files and folders stand for, sorted, each once, as the user wrote them.

    The containers in a folder are inputs of their own, all its other files one, which has the folder's name. Raises
    RefusedAddress for an address: a batch reads files. Raises UnreadableSource for the folder of another batch.
    """
    given = list(dict.fromkeys(str(each) for each in names))
    for name in given:
        if is_url(name):
            raise RefusedAddress(name, "a batch reads files", "Fetch it first, or use sayso add")
        if has_tables(name):
            # Its tables have columns of words, and each cell would be taken for an article.
            reason = "it is the folder of a batch, whose articles were read already"
            raise UnreadableSource(name, reason, "Go on with it by --output alone, or give it to sayso add")
    real = {name: _real(name) for name in given}
    folders = {name for name in given if is_folder(name)}
    roots = {Path(real[name]) for name in folders}
    found: dict[str, str] = {}
    for name in given:
        if name not in folders and not _is_in(real[name], roots):
            found.setdefault(real[name], name)
    for folder in sorted(folders):
        if _is_in(real[folder], roots):
            continue
        others = containers = 0
        for path in walk(folder, wanted=taken_from_folders, passed=Counter()):
            if isinstance(path, Path) and is_piecewise(path.name):
                containers += 1
                found.setdefault(_real(str(path)), str(path))
            else:
                others += 1
        if others or not containers:
            found.setdefault(real[folder], folder)
    return sorted(found.values())


def is_piecewise(name: str) -> bool:
    """Whether a file of this name is always read piece by piece."""
    return bare(name).endswith(PIECEWISE)


def _real(name: str) -> str:
    return name if name == "-" else os.path.realpath(name)


def _is_in(real: str, roots: set[Path]) -> bool:
    """Whether one of the folders has it in it, where it is found without being named."""
    path = Path(real)
    for root in path.parents:
        if root in roots:
            inside = path.relative_to(root).parts
            if not any(part.startswith(".") for part in inside) and (path.is_dir() or taken_from_folders(path.name)):
                return True
    return False
