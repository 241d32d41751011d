"""What of a folder or a file gave no item and was not meant to: counted by what it is, told in words."""

from __future__ import annotations

from collections import Counter


def told_of(passed: Counter[str]) -> str:
    """What was passed over, in words; empty where nothing was."""
    return ", ".join(f"{what} ({count:,})" for what, count in sorted(passed.items()))


def passed_over(name: str, passed: Counter[str]) -> str:
    """In a sentence, what of a folder or a file gave no item; empty where there is nothing to tell."""
    return f"{name}: passed over {told_of(passed)}" if passed else ""
