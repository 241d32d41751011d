"""What the child does that takes uploads apart: feeds, packages, WARC files. Runs in the child only, in a folder."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from sayso.intake.items import Failure, Item
from sayso.intake.kinds import kind_of
from sayso.intake.opening import HEAD, unpacked_head
from sayso.reading.fetch import is_url
from sayso.web.carrying import failure_to_plain, item_to_plain

Answer = tuple[dict[str, Any], bytes]
_MOST_NOTES = 50


def tasks() -> dict[str, Callable[[dict[str, Any], bytes], Answer]]:
    """The tasks by their names: `open` the sources, then `next` until the end."""
    taking = _Taking()
    return {"open": taking.open, "next": taking.next}


def _is_feed(path: Path) -> bool:
    with path.open("rb") as file:
        head = file.read(HEAD)
    return kind_of(unpacked_head(head) if head.startswith(b"\x1f\x8b") else head, path.name) == "feed"


class _Taking:
    def __init__(self) -> None:
        self.items: Iterator[Item | Failure] = iter(())
        self.progress: tuple[int, int | None, str] | None = None
        self.notes: list[str] = []

    def open(self, told: dict[str, Any], body: bytes) -> Answer:
        """Begins with a file of this folder or an address, and says whether pages may be fetched for it."""
        from sayso.intake import items_of
        from sayso.pipeline import read_limits

        name = told["name"]
        self.items = items_of(
            [] if told["transcript"] else [name], transcripts=[name] if told["transcript"] else [],
            limits=read_limits(), on_progress=self._progress, on_note=self.notes.append,
        )  # fmt: skip
        return {"fetches": is_url(name) or _is_feed(Path(name))}, b""

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
