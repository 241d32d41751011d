"""What a stretch of input is made of: parts that can each be read without what stands before them.

A part says which file it is read from, as it was when it was looked through: where that has changed, or is gone, the
part's items are no longer the ones that were counted, and reading it raises.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, Self, cast

from sayso.errors import NoSuchSource, SourceChanged
from sayso.intake.items import Failure, Item
from sayso.intake.jsonl import lines_of
from sayso.intake.parquet import row_items
from sayso.intake.records import Loss, Record, member_loss, member_records, most_kept, records_of
from sayso.intake.sources import file_items
from sayso.intake.spooling import Member, SpooledStream
from sayso.intake.streams import Damaged
from sayso.intake.warc import most_of, pages_in, wanted
from sayso.reading.limits import Limits


@dataclass(frozen=True, slots=True)
class Seen:
    """A file as it was when it was looked through."""

    name: str
    """As the user named it, or the folder that it is in."""
    path: str
    size: int
    mtime_ns: int | None
    """When it was last written to, in nanoseconds; None where that does not matter: a copy of our own."""

    @classmethod
    def of(cls, path: Path, name: str, *, spooled: bool = False) -> Self:
        """The file at a path. Raises OSError."""
        found = path.stat()
        return cls(name, str(path.absolute()), found.st_size, None if spooled else found.st_mtime_ns)

    def check(self) -> None:
        """Raises NoSuchSource where the file is gone, SourceChanged where it is another now."""
        try:
            found = Path(self.path).stat()
        except OSError as error:
            what = f"the file is gone since it was looked through ({error.strerror})"
            raise NoSuchSource(self.name, what, "Put it back, or begin again in another folder") from None
        if found.st_size != self.size or self.mtime_ns not in (None, found.st_mtime_ns):
            raise SourceChanged(self.name)


@dataclass(frozen=True, slots=True)
class Part(ABC):
    """Neighbouring items of one file."""

    count: int
    """How many items and failures."""

    @abstractmethod
    def items(self, limits: Limits) -> Iterator[Item | Failure]:
        """They themselves. Raises UnreadableSource where they cannot be had."""

    def check(self) -> None:  # noqa: B027 - what has no one file of its own has none to look at
        """Raises NoSuchSource or SourceChanged where its file is not as it was."""

    def with_next(self, part: Part) -> Part | None:
        """This part and the one after it as one; None where they stay two."""
        return None

    def to_json(self) -> dict[str, Any]:
        """As plain data."""
        return {"kind": KINDS[type(self)], **asdict(self)}


@dataclass(frozen=True, slots=True)
class FilePart(Part):
    """Of a file, from a place in it on."""

    file: Seen
    at: int

    def check(self) -> None:
        self.file.check()

    def with_next(self, part: Part) -> Part | None:
        same = isinstance(part, type(self)) and part.file == self.file
        return replace(self, count=self.count + part.count) if same else None


@dataclass(frozen=True, slots=True)
class WarcPart(FilePart):
    """Of a WARC file, from the record that begins at byte `at`, or the gzip member that does, on."""

    def items(self, limits: Limits) -> Iterator[Item | Failure]:
        with Path(self.file.path).open("rb") as file:
            records = records_of(file, self.file.size, most=most_of(limits), wanted=wanted, start=self.at)
            for _, each in pages_in(records, self.file.size, self.file.name, limits=limits, passed=Counter()):
                yield each


@dataclass(frozen=True, slots=True)
class MemberPart(Part):
    """Of a WARC file's gzip member with many records, unpacked, from byte `place` of it on."""

    member: Member
    name: str
    size: int
    """Of the WARC file, as its name."""
    place: int

    def items(self, limits: Limits) -> Iterator[Item | Failure]:
        with Path(self.member.path).open("rb") as file:
            for _, each in self.pages(file, limits, Counter()):
                yield each

    def pages(
        self, file: BinaryIO, limits: Limits, passed: Counter[str]
    ) -> Iterator[tuple[Record | Loss, Item | Failure]]:
        """The items to the member's end, each with its record."""
        return pages_in(self._records(file, most_of(limits)), self.size, self.name, limits=limits, passed=passed)

    def _records(self, file: BinaryIO, most: int) -> Iterator[Record | Loss]:
        stream = SpooledStream(file, self.member, self.place, most_kept=most_kept(most))
        try:
            yield from member_records(stream, self.member.at, most=most, wanted=wanted)
        except Damaged as error:
            yield member_loss(error, self.member.at, self.member.until)

    def check(self) -> None:
        Seen(self.name, self.member.path, self.member.length, None).check()

    def with_next(self, part: Part) -> Part | None:
        same = isinstance(part, MemberPart) and part.member == self.member
        return replace(self, count=self.count + part.count) if same else None


@dataclass(frozen=True, slots=True)
class LinesPart(FilePart):
    """Of a file in JSON Lines, from byte `at` on, before which `number` lines stand."""

    number: int

    def items(self, limits: Limits) -> Iterator[Item | Failure]:
        with Path(self.file.path).open("rb") as file:
            file.seek(self.at)
            for line in lines_of(file, self.file.name, limits=limits, at=self.at, number=self.number):
                yield from line.items


@dataclass(frozen=True, slots=True)
class RowsPart(FilePart):
    """Of a Parquet file, from row `at` on."""

    def items(self, limits: Limits) -> Iterator[Item | Failure]:
        yield from row_items(Path(self.file.path), self.file.name, limits=limits, start=self.at, count=self.count)


@dataclass(frozen=True, slots=True)
class Listed:
    """A file that is read whole."""

    origin: str
    in_folder: bool
    """Whether only its folder was named."""
    file: Seen
    count: int


@dataclass(frozen=True, slots=True)
class FilesPart(Part):
    """Files that are read whole."""

    files: tuple[Listed, ...]

    def items(self, limits: Limits) -> Iterator[Item | Failure]:
        for each in self.files:
            each.file.check()
            made = file_items(
                Path(each.file.path), each.file.name, each.origin, limits=limits, in_folder=each.in_folder
            )
            yield from counted(made, each.count, each.file.name)
            each.file.check()

    def with_next(self, part: Part) -> Part | None:
        if not isinstance(part, FilesPart):
            return None
        return replace(self, count=self.count + part.count, files=self.files + part.files)


@dataclass(frozen=True, slots=True)
class FailurePart(Part):
    """What did not come in at all."""

    failure: Failure

    def items(self, limits: Limits) -> Iterator[Item | Failure]:
        yield self.failure


KINDS: dict[type[Part], str] = {
    WarcPart: "warc", MemberPart: "member", LinesPart: "lines", RowsPart: "rows", FilesPart: "files",
    FailurePart: "failure",
}  # fmt: skip


def part_from_json(data: dict[str, Any]) -> Part:
    """The part that `to_json` made these data of."""
    given = dict(data)
    wanted = given.pop("kind")
    kind = next(kind for kind, name in KINDS.items() if name == wanted)
    if "file" in given:
        given["file"] = Seen(**given["file"])
    if "member" in given:
        given["member"] = Member(**given["member"])
    if "failure" in given:
        given["failure"] = Failure(**given["failure"])
    if "files" in given:
        given["files"] = tuple(Listed(**{**each, "file": Seen(**each["file"])}) for each in given["files"])
    return cast(Any, kind)(**given)  # type: ignore[no-any-return]


def counted(items: Iterator[Item | Failure], count: int, name: str) -> Iterator[Item | Failure]:
    """The first so many. Raises SourceChanged where there are fewer, which can only be where the input has changed."""
    came = 0
    for each in islice(items, count):
        came += 1
        yield each
    if came < count:
        raise SourceChanged(name)
