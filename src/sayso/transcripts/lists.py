"""The word lists of this room, and the questions that are asked of them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from sayso.wordlists import classes_of

_FOLDER = Path(__file__).with_name("data")
_NONE: frozenset[str] = frozenset()


@cache
def _label_list() -> dict[str, frozenset[str]]:
    return classes_of(_FOLDER / "labels.tsv")


@cache
def _other_list() -> dict[str, frozenset[str]]:
    return classes_of(_FOLDER / "not_labels.tsv")


def label_classes(words: str) -> frozenset[str]:
    """The classes of a label, or of a word of one, in small letters; empty where the list does not have it.

    >>> sorted(label_classes("moderator"))
    ['last question', 'question']
    """
    return _label_list().get(words, _NONE)


def is_no_label(words: str) -> str | None:
    """Why words before a colon are nobody's name: `furniture`, `address`, `heading`; None where the list lacks them."""
    found = _other_list().get(words, _NONE) - {"function"}
    return min(found) if found else None


def is_function_word(word: str) -> bool:
    """Whether a word opens clauses rather than names."""
    return "function" in _other_list().get(word, _NONE)


@cache
def direction_entries(label: str) -> frozenset[str]:
    """The entries of one class of the stage directions."""
    found = classes_of(_FOLDER / "directions.tsv")
    return frozenset(entry for entry, labels in found.items() if label in labels)
