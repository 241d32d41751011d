"""An input gone through once, without reading an article: which items are where."""

from __future__ import annotations

import errno
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from stat import S_ISFIFO
from typing import BinaryIO

from sayso.errors import RefusedAddress
from sayso.intake.failures import device_failure, failure_at, failure_to_open, packed_failure
from sayso.intake.folders import is_folder, nothing_in, walk
from sayso.intake.inputs import is_piecewise
from sayso.intake.items import Failure
from sayso.intake.jsonl import lines_of, no_line
from sayso.intake.kinds import kind_of, taken_from_folders
from sayso.intake.opening import UNPACKING, is_packed, looked_into, unpacked, unpacked_head
from sayso.intake.parquet import Unreadable, rows_in
from sayso.intake.parts import FailurePart, FilesPart, LinesPart, Listed, MemberPart, Part, RowsPart, Seen, WarcPart
from sayso.intake.passing import passed_over
from sayso.intake.records import Loss, Record, records_of
from sayso.intake.sources import file_items, is_device
from sayso.intake.spooling import place_for, spool_lines, spool_member, spool_whole
from sayso.intake.warc import most_of, no_page, pages_in, wanted
from sayso.reading.fetch import is_url
from sayso.reading.limits import Limits

Note = Callable[[str], None]
_OURS = (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EFBIG)
"""What only writing can end in: it is not the input that is at fault, but the place where it is unpacked."""
_NO_FEEDS = "Use sayso add, which follows feeds and keeps what they have"


class Scan:
    """An input on its way to parts, as small as they can be; `every`: a gzip member may have so many items."""

    def __init__(self, name: str, limits: Limits, every: int, spool: Path, on_note: Note | None) -> None:
        self.name = name
        self.limits = limits
        self.every = every
        self.spool = spool
        self.on_note = on_note

    def parts(self) -> Iterator[Part]:
        """They, in order, of which some may be joined. Raises OSError where nothing can be unpacked."""
        name = self.name
        if name == "-":
            yield from self.stream(sys.stdin.buffer)
        elif is_url(name):
            yield _failed(failure_at(RefusedAddress(name, "a batch reads files", "Use sayso add"), name, name))
        elif is_folder(name):
            yield from self.folder()
        else:
            yield from self.file(Path(name), name, name)

    def note(self, told: str) -> None:
        if self.on_note and told:
            self.on_note(told)

    def folder(self) -> Iterator[Part]:
        """Of the files in a folder that are no containers by their names."""
        passed: Counter[str] = Counter()
        found = False
        for path in walk(self.name, wanted=taken_from_folders, passed=passed):
            if isinstance(path, Failure):
                found = True
                yield _failed(replace(path, origin=self.name))
            elif is_piecewise(path.name):
                found = True
            else:
                for part in self.file(path, str(path), self.name, passed=passed):
                    found = True
                    yield part
        self.note(passed_over(self.name, passed))
        if not found:
            yield _failed(nothing_in(self.name, passed))

    def stream(self, file: BinaryIO) -> Iterator[Part]:
        """Of what cannot be sought in."""
        copy = place_for(self.spool, self.name, "whole")
        spool_whole(file, copy)
        yield from self.stored(copy, self.name, self.name, Seen.of(copy, self.name, spooled=True))

    def file(self, path: Path, name: str, origin: str, *, passed: Counter[str] | None = None) -> Iterator[Part]:
        try:
            if is_device(path):
                yield _failed(device_failure(name, origin))
            elif S_ISFIFO(path.stat().st_mode):
                with path.open("rb") as file:
                    yield from self.stream(file)
            else:
                yield from self.stored(path, name, origin, Seen.of(path, name), passed=passed)
        except (OSError, ValueError) as problem:
            if isinstance(problem, OSError) and problem.errno in _OURS:
                raise
            yield _failed(failure_to_open(problem, name, origin))

    def stored(
        self, path: Path, name: str, origin: str, seen: Seen, *, passed: Counter[str] | None = None
    ) -> Iterator[Part]:
        """Of a file that can be sought in; `passed` where only its folder was named."""
        with path.open("rb") as file:
            head, _ = looked_into(file)
            packed = is_packed(head)
            kind = kind_of(unpacked_head(head), name)
            if kind == "warc":
                yield from self.warc(file, name, seen)
            elif kind == "lines":
                yield from self.lines(file, name, seen, packed=packed)
            elif kind == "parquet":
                yield from self.rows(file, name, origin, seen, packed=packed)
            elif kind == "feed":
                reason = "it is a feed, and a batch reads files"
                yield _failed(Failure("refused", name, origin, reason, _NO_FEEDS))
            else:
                items = file_items(path, name, origin, limits=self.limits, in_folder=passed is not None, passed=passed)
                if count := sum(1 for _ in items):
                    yield FilesPart(count, (Listed(origin, passed is not None, seen, count),))

    def warc(self, file: BinaryIO, name: str, seen: Seen) -> Iterator[Part]:
        passed: Counter[str] = Counter()
        found = False
        at: int | None = 0
        while at is not None:
            start, at = at, None
            for offset, count in self.members(file, name, seen, start, passed):
                found = True
                if count <= self.every:
                    yield WarcPart(count, seen, offset)
                    continue
                target = place_for(self.spool, self.name, f"{offset}.warc")
                member = spool_member(file, offset, seen.size, target, limits=self.limits)
                yield from self.member(MemberPart(0, member, name, seen.size, 0), passed)
                at = member.until
        self.note(passed_over(name, passed))
        if not found:
            yield _failed(no_page(name, passed))

    def members(
        self, file: BinaryIO, name: str, seen: Seen, start: int, passed: Counter[str]
    ) -> Iterator[tuple[int, int]]:
        """Where each record or gzip member begins that gives items, and how many; the last may give more than that.

        It is the last where there are too many in it. What it passed over is not counted then.
        """
        at, count = start, 0
        counted: Counter[str] = Counter()

        def by_offset() -> Iterator[Record | Loss]:
            begun = start
            for record in records_of(file, seen.size, most=most_of(self.limits), wanted=wanted, start=start):
                if record.offset != begun:
                    passed.update(counted)
                    counted.clear()
                    begun = record.offset
                yield record

        for record, _ in pages_in(by_offset(), seen.size, name, limits=self.limits, passed=counted):
            if record.offset != at:
                if count:
                    yield at, count
                at, count = record.offset, 0
            count += 1
            if count > self.every:
                yield at, count
                return
        if count:
            yield at, count
        passed.update(counted)

    def member(self, whole: MemberPart, passed: Counter[str]) -> Iterator[Part]:
        with Path(whole.member.path).open("rb") as file:
            for record, _ in whole.pages(file, self.limits, passed):
                yield MemberPart(1, whole.member, whole.name, whole.size, record.place)

    def lines(self, file: BinaryIO, name: str, seen: Seen, *, packed: bool) -> Iterator[Part]:
        error = None
        if packed:
            copy = place_for(self.spool, name, "lines")
            error = spool_lines(unpacked(file), copy, limits=self.limits)
            file, seen = copy.open("rb"), Seen.of(copy, name, spooled=True)
        found = any_line = False
        with file:
            for line in lines_of(file, name, limits=self.limits):
                any_line = True
                if count := sum(1 for _ in line.items):
                    found = True
                    yield LinesPart(count, seen, line.at, line.number)
        if error:
            yield _failed(packed_failure(error, name, name))
        elif not found:
            yield _failed(no_line(name, any_line))

    def rows(self, file: BinaryIO, name: str, origin: str, seen: Seen, *, packed: bool) -> Iterator[Part]:
        if packed:
            copy = place_for(self.spool, name, "rows")
            try:
                spool_whole(unpacked(file), copy)
            except UNPACKING as error:
                yield _failed(packed_failure(error, name, origin))
                return
            seen = Seen.of(copy, name, spooled=True)
        try:
            rows = rows_in(Path(seen.path), name)
        except Unreadable as error:
            yield _failed(error.failure)
            return
        for at in range(0, rows, self.every):
            yield RowsPart(min(self.every, rows - at), seen, at)


def _failed(failure: Failure) -> Part:
    return FailurePart(1, failure)
