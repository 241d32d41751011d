"""Folders, walked in the order of their names, with nothing followed that could lead round in a circle or never end."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from sayso.intake.items import Failure
from sayso.intake.passing import told_of


def is_folder(name: str) -> bool:
    """Whether a folder has this name; False where nothing can have it (too long, say)."""
    try:
        return Path(name).is_dir()
    except (OSError, ValueError):
        return False


def is_there(name: str) -> bool:
    """Whether a file or a folder has this name."""
    try:
        return Path(name).exists()
    except (OSError, ValueError):
        return False


def walk(folder: str, *, wanted: Callable[[str], bool], passed: Counter[str]) -> Iterator[Path | Failure]:
    """The files below a folder whose names are `wanted`, sorted by name folder by folder, and what cannot be opened.

    Hidden entries are left out. Other files, links to folders, pipes, devices and the folders of batches below it,
    whose tables are no sources, are passed over and counted. At most one folder's names for each level are held in
    memory.
    """
    try:
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except OSError as error:
        reason = f"the folder cannot be read ({error.strerror})"
        yield Failure("unreadable", folder, folder, reason, "Allow it to be read")
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        try:
            if entry.is_dir(follow_symlinks=False) and has_tables(entry.path):
                passed["folders of sayso batch, to be named themselves"] += 1
            elif entry.is_dir(follow_symlinks=False):
                yield from walk(entry.path, wanted=wanted, passed=passed)
            elif entry.is_dir():
                passed["links to folders"] += 1
            elif not entry.is_file():
                passed["pipes, devices and broken links"] += 1
            elif wanted(entry.name):
                yield Path(entry.path)
            else:
                passed["files of other kinds"] += 1
        except OSError:
            passed["pipes, devices and broken links"] += 1


def nothing_in(folder: str, passed: Counter[str]) -> Failure:
    """The failure of a folder in which nothing but what was passed over is."""
    counted = told_of(passed)
    reason = "there is no article in this folder" + (f", only {counted}" if counted else "")
    return Failure("unreadable", folder, folder, reason, "Name the files in it")


def has_tables(folder: str) -> bool:
    """Whether a folder is that of a batch with tables of articles in it, whose texts must not be read as articles.

    A lone batch.json may be anybody's: in a folder that is walked it is passed over only beside shards.
    """
    return Path(folder, "batch.json").is_file() and Path(folder, "shards").is_dir()
