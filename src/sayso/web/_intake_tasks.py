"""What the child does that takes uploads apart: feeds, packages, WARC files. Runs in the child only, in a folder."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from sayso.intake.items import Failure, Item
from sayso.web.carrying import failure_to_plain, item_to_plain

Answer = tuple[dict[str, Any], bytes]
_MOST_NOTES = 50


def tasks() -> dict[str, Callable[[dict[str, Any], bytes], Answer]]:
    """The tasks by their names: `open` the sources, then `next` until the end."""
    taking = _Taking()
    return {"open": taking.open, "next": taking.next}


class _Taking:
    def __init__(self) -> None:
        self.items: Iterator[Item | Failure] = iter(())
        self.progress: tuple[int, int | None, str] | None = None
        self.notes: list[str] = []

    def open(self, told: dict[str, Any], body: bytes) -> Answer:
        """Begins with files of this folder and addresses."""
        from sayso.intake import items_of
        from sayso.pipeline import read_limits

        self.items = items_of(
            told["sources"], transcripts=told["transcripts"], limits=read_limits(), on_progress=self._progress,
            on_note=self.notes.append,
        )  # fmt: skip
        return {}, b""

    def next(self, told: dict[str, Any], body: bytes) -> Answer:
        """One item with its bytes, or one failure; neither at the end."""
        each = next(self.items, None)
        answer: dict[str, Any] = {"progress": self.progress, "notes": self.notes[:_MOST_NOTES]}
        self.notes.clear()
        if isinstance(each, Failure):
            return {**answer, "failure": failure_to_plain(each)}, b""
        if isinstance(each, Item):
            return {**answer, "item": item_to_plain(each)}, each.data
        return answer, b""

    def _progress(self, done: int, total: int | None, unit: str) -> None:
        self.progress = (done, total, unit)
