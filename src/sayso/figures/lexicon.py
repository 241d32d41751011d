"""The classes of words that the grammar of figures asks for, as the lists in data/ give them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from sayso.wordlists import classes_of

DATA = Path(__file__).parent / "data"


def words(label: str) -> frozenset[str]:
    """The words of a class of words.tsv."""
    return _members("words.tsv", label)


def names(label: str) -> frozenset[str]:
    """Those of a class of names.tsv, by which a number is no quantity."""
    return _members("names.tsv", label)


def nouns(label: str) -> frozenset[str]:
    """Those of a class of nouns.tsv."""
    return _members("nouns.tsv", label)


@cache
def _members(file: str, label: str) -> frozenset[str]:
    found = frozenset(entry for entry, labels in classes_of(DATA / file).items() if label in labels)
    if not found:
        raise KeyError(label)
    return found


def noun_classes(form: str) -> frozenset[str]:
    """The classes of nouns.tsv that a word in lower case belongs to."""
    return _noun_classes().get(form, _NONE)


_NONE: frozenset[str] = frozenset()


@cache
def _noun_classes() -> dict[str, frozenset[str]]:
    return classes_of(DATA / "nouns.tsv")
