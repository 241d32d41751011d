"""The word lists of the rooms: tab-separated rows, `#` starts a comment line; each file is read once."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from pathlib import Path


def read_rows(path: Path, *, heading: bool = False) -> list[list[str]]:
    """The rows of a list, each as its cells; comments, empty lines and a heading line left out."""
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip() and line[0] != "#"]
    return [line.split("\t") for line in lines[heading:]]


@cache
def classes_of(path: Path) -> dict[str, frozenset[str]]:
    """The classes of each entry of a list whose rows are a class and its entries, separated by commas.

    >>> sorted(classes_of(Path(__file__).parent / "statements/occasion_words.tsv")["parliament"])
    ['forum']
    """
    found: dict[str, set[str]] = defaultdict(set)
    for label, entries in read_rows(path):
        for entry in entries.split(","):
            found[entry.strip()].add(label.strip())
    return {entry: frozenset(labels) for entry, labels in found.items()}


@cache
def entries_of(path: Path, label: str) -> tuple[str, ...]:
    """The entries of one class of such a list, the longest first, as a pattern needs them."""
    found = [entry for entry, labels in classes_of(path).items() if label in labels]
    return tuple(sorted(found, key=lambda entry: (-len(entry), entry)))
