"""The word lists beside this room: tab-separated rows, `#` starts a comment line, each file read once."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from pathlib import Path


@cache
def rows_of(name: str) -> tuple[tuple[str, ...], ...]:
    """The rows of a list, each as its fields; comments and empty lines left out."""
    text = Path(__file__).with_name(name).read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if line.strip() and not line.startswith("#"))
    return tuple(tuple(field.strip() for field in line.split("\t")) for line in lines)


@cache
def classes_of(name: str) -> dict[str, frozenset[str]]:
    """The classes of each entry of a list whose rows are a class and its entries, separated by commas.

    >>> sorted(classes_of("occasion_words.tsv")["parliament"])
    ['forum']
    """
    found: dict[str, set[str]] = defaultdict(set)
    for label, entries in rows_of(name):
        for entry in entries.split(","):
            found[entry.strip()].add(label)
    return {entry: frozenset(labels) for entry, labels in found.items()}


@cache
def entries_of(name: str, label: str) -> tuple[str, ...]:
    """The entries of one class of such a list, the longest first, as a pattern needs them."""
    found = [entry for entry, labels in classes_of(name).items() if label in labels]
    return tuple(sorted(found, key=lambda entry: (-len(entry), entry)))
