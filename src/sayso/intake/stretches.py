"""Input cut into stretches: runs of neighbouring items that can be read on their own, anywhere and more than once.

Invariant: the items of all stretches of an input, one after another, are exactly those that `items_of` gives for it,
names and failures included; of a folder's containers too, which are inputs of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sayso.intake.inputs import inputs_of
from sayso.intake.items import Failure, Item
from sayso.intake.parts import FailurePart, FilesPart, Part, counted, part_from_json
from sayso.intake.scanning import Note, Scan
from sayso.reading.limits import Limits

__all__ = ["EVERY", "Stretch", "follows", "inputs_of", "items_in", "join", "scan"]

EVERY = 16
"""Items in a stretch, where a place to cut comes often enough."""
_DEFAULT = Limits()


@dataclass(frozen=True, slots=True)
class Stretch:
    """Neighbouring items and failures of one input, as plain data."""

    input: str
    """What the user named: a file, or a file in the folder that was named."""
    first: int
    """How many items of the input stand before."""
    count: int
    """How many items and failures these are."""
    parts: tuple[Part, ...]

    @property
    def failure(self) -> Failure | None:
        """What is wrong with the input as a whole, where nothing came of it."""
        only = self.parts[0] if len(self.parts) == 1 else None
        return only.failure if isinstance(only, FailurePart) and only.failure.name == self.input else None

    def to_json(self) -> dict[str, Any]:
        """As JSON can hold it."""
        return {
            "input": self.input,
            "first": self.first,
            "count": self.count,
            "parts": [each.to_json() for each in self.parts],
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Stretch:
        """The stretch that `to_json` made these data of."""
        return cls(data["input"], data["first"], data["count"], tuple(map(part_from_json, data["parts"])))


def items_in(stretch: Stretch, *, limits: Limits = _DEFAULT) -> Iterator[Item | Failure]:
    """The items of a stretch, `stretch.count` of them, read from where it begins.

    Raises SourceChanged where its file is not the one that was looked through, NoSuchSource where it is gone, and
    UnreadableSource where it cannot be read any more.
    """
    for part in stretch.parts:
        part.check()
        yield from counted(part.items(limits), part.count, stretch.input)
        part.check()


def follows(stretch: Stretch, before: Stretch) -> bool:
    """Whether a stretch can be joined to the one before it: neighbours in one input, or files read whole."""
    if stretch.input == before.input:
        return stretch.first == before.first + before.count
    return all(isinstance(part, FilesPart) for part in (*stretch.parts, *before.parts))


def join(stretches: Iterable[Stretch]) -> Stretch:
    """Neighbours as one stretch. Raises ValueError where they are none."""
    found = list(stretches)
    if not found:
        raise ValueError("no stretch to join")
    parts: list[Part] = []
    for index, stretch in enumerate(found):
        if index and not follows(stretch, found[index - 1]):
            raise ValueError(f"{stretch.input}: these stretches are no neighbours")
        for part in stretch.parts:
            _add(parts, part)
    return Stretch(found[0].input, found[0].first, sum(each.count for each in found), tuple(parts))


def scan(
    path: str | Path, *, limits: Limits = _DEFAULT, every: int = EVERY, spool: Path, on_note: Note | None = None
) -> Iterator[Stretch]:
    """The stretches of an input, one of those that `inputs_of` gives, of about `every` items each, in order.

    What cannot be sought in (standard input, a pipe, packed JSON Lines, a gzip member with many records) is unpacked
    into files below `spool`, where the stretches look for it. What is wrong with the input as a whole is a stretch too.
    `on_note` is told in a sentence what was passed over because it is no article. Raises OSError where there is no room
    to unpack.
    """
    name = str(path)
    first = count = 0
    pending: list[Part] = []
    for part in Scan(name, limits, every, spool, on_note).parts():
        if pending and count + part.count > every:
            yield Stretch(name, first, count, tuple(pending))
            first, count, pending = first + count, 0, []
        _add(pending, part)
        count += part.count
    if pending:
        yield Stretch(name, first, count, tuple(pending))


def _add(parts: list[Part], part: Part) -> None:
    """Puts a part behind the others, joined to the last where the two can be one."""
    joined = parts[-1].with_next(part) if parts else None
    parts[-1:] = [joined] if joined else [*parts[-1:], part]
