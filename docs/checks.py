"""The tables of what the checks are made of: figures, transcripts, headlines, reckoning, passages by meaning.

`figures.json` and `transcripts.json` are written by their commands. Of the others `checks.json` has what a command
printed, put down by hand with the command and the day.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from training.tables import table

TOLD = ("articles", "headlines", "marks", "quotations", "reckoning", "reworded", "whole")
"""The sections of checks.json."""
_LEVELS = ("value, kind and unit", "value and kind", "value")


def figures_table(measured: dict[str, Any]) -> str:
    """F1 of each set, ours and the peer's, at each level of strictness."""
    rows = []
    for name, found in measured.items():
        for engine in (each for each in found if each != "sentences"):
            f1 = (f"{found[engine][level]['f1']:.3f}" for level in _LEVELS)
            rows.append([f"{name}, {engine}", f"{found['sentences']}", *f1])
    return table(["F1", "sentences", *_LEVELS], rows)


def transcripts_table(measured: dict[str, Any]) -> str:
    """Words with the right speaker, by corpus and by layout; exact turns where the corpus has them."""
    rows = []
    for kind in ("corpora", "layouts"):
        for name, each in measured.get(kind, {}).items():
            turns = f"{each['right_turns']:,} of {each['turns']:,}" if each["turns"] else ""
            words = f"{each['right_words']:,} of {each['words']:,}"
            rows.append([name, words, f"{each['right_words'] / each['words']:.2%}", turns])
    return table(["", "words with the right speaker", "share", "turns right to the character"], rows)


def told(section: str) -> Callable[[dict[str, Any]], str]:
    """The table of a section of checks.json, with the command and the day below."""

    def made(measured: dict[str, Any]) -> str:
        each = measured[section]
        return f"{table(each['columns'], each['rows'])}\n\n`{each['command']}`, {each['day']}."

    return made
