"""What the user named, into single items: lazily, in order, and in memory that does not grow with what comes in."""

from __future__ import annotations

import io
import stat
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO, cast

from sayso.errors import UnreadableSource
from sayso.intake.failures import device_failure, failure_at, failure_to_open, packed_failure
from sayso.intake.feeds import Known, feed_items
from sayso.intake.folders import is_folder, is_there, nothing_in, walk
from sayso.intake.items import Failure, Item
from sayso.intake.jsonl import line_items
from sayso.intake.kinds import ARTICLES, LOOKED_AT, bare, kind_of, taken_from_folders
from sayso.intake.opening import UNPACKING, is_packed, looked_into, on_disk, sought_in, unpacked, unpacked_head
from sayso.intake.others import other_items
from sayso.intake.parquet import parquet_items
from sayso.intake.passing import passed_over
from sayso.intake.transcripts import transcript_items
from sayso.intake.warc import Progress, warc_items
from sayso.reading.fetch import SessionMaker, fetch, is_url
from sayso.reading.limits import Limits

_DEFAULT = Limits()


def items_of(
    sources: Iterable[str | Path], *, transcripts: Iterable[str | Path] = (), limits: Limits = _DEFAULT,
    known_feed: Known | None = None, make_session: SessionMaker | None = None, on_progress: Progress | None = None,
    on_note: Callable[[str], None] | None = None,
) -> Iterator[Item | Failure]:  # fmt: skip
    """Every article and transcript in files, folders, addresses and `-`, in order; a Failure for what did not come in.

    `transcripts` are sources too, all of them transcripts. Entries of a feed that `known_feed` says yes to are left
    out before anything is fetched for them. `make_session` replaces the filtered session in tests. `on_progress` is
    told how much is done, of how much (None where that is not known) and in which unit: of a single WARC file its
    bytes, else the files. `on_note` is told in a sentence what was passed over because it is no article.
    """
    named, apart = [str(each) for each in sources], [str(each) for each in transcripts]
    intake = _Intake(limits, known_feed, make_session, on_progress, on_note)
    alone = len(named) == 1 and not apart and not is_folder(named[0])
    intake.in_bytes = alone
    intake.apart = {Path(name).resolve() for name in apart if is_there(name)}
    total = None if alone or on_progress is None else sum(map(intake.count, named)) + len(apart)
    for name in named:
        for each in intake.source(name):
            if isinstance(each, _Done):
                intake.tell(total)
            else:
                yield each
    for name in apart:
        yield from transcript_items(name, limits=limits, make_session=make_session)
        intake.tell(total)


def file_items(
    path: Path, name: str, origin: str, *, limits: Limits = _DEFAULT, in_folder: bool = False,
    passed: Counter[str] | None = None,
) -> Iterator[Item | Failure]:  # fmt: skip
    """What a file holds, under a name that need not be its path; `in_folder`: only its folder was named."""
    intake = _Intake(limits, None, None, None, None)
    return intake.file(path, origin, in_folder=in_folder, passed=passed, name=name)


def is_device(path: Path) -> bool:
    """Whether there is something of this name that nobody can read to its end. Raises OSError."""
    mode = path.stat().st_mode
    return stat.S_ISCHR(mode) or stat.S_ISBLK(mode) or stat.S_ISSOCK(mode)


class _Done:
    """A file is done."""


class _Intake:
    def __init__(
        self, limits: Limits, known: Known | None, make_session: SessionMaker | None,
        on_progress: Progress | None, on_note: Callable[[str], None] | None,
    ) -> None:  # fmt: skip
        self.limits = limits
        self.known = known
        self.make_session = make_session
        self.on_progress = on_progress
        self.on_note = on_note
        self.in_bytes = False
        self.apart: set[Path] = set()
        """What is named as a transcript is no article where it lies in a folder of them."""
        self.done = 0

    def tell(self, total: int | None) -> None:
        self.done += 1
        if self.on_progress and not self.in_bytes:
            self.on_progress(self.done, total, "files")

    def count(self, name: str) -> int:
        """How many files a name stands for."""
        if name == "-" or not is_folder(name):
            return 1
        found = walk(name, wanted=taken_from_folders, passed=Counter())
        return sum(1 for each in found if not isinstance(each, Failure))

    def source(self, name: str) -> Iterator[Item | Failure | _Done]:
        if name == "-":
            yield from self.stream(sys.stdin.buffer, name, name)
        elif is_url(name):
            yield from self.address(name)
        elif is_folder(name):
            yield from self.folder(name)
            return
        else:
            yield from self.file(Path(name), name)
        yield _Done()

    def folder(self, name: str) -> Iterator[Item | Failure | _Done]:
        passed: Counter[str] = Counter()
        found = False
        for path in walk(name, wanted=taken_from_folders, passed=passed):
            if isinstance(path, Failure):
                found = True
                yield replace(path, origin=name)
                continue
            if self.apart and not self.apart.isdisjoint((path.resolve(), *path.resolve().parents)):
                continue
            for each in self.file(path, name, in_folder=True, passed=passed):
                found = True
                yield each
            yield _Done()
        if self.on_note and (note := passed_over(name, passed)):
            self.on_note(note)
        if not found:
            yield nothing_in(name, passed)

    def file(
        self, path: Path, origin: str, *, in_folder: bool = False, passed: Counter[str] | None = None, name: str = ""
    ) -> Iterator[Item | Failure]:
        name = name or str(path)
        try:
            if is_device(path):
                yield device_failure(name, origin)
                return
            with path.open("rb") as file:
                yield from self.stream(file, name, origin, in_folder=in_folder, passed=passed)
        except (OSError, ValueError) as problem:
            yield failure_to_open(problem, name, origin)

    def address(self, url: str) -> Iterator[Item | Failure]:
        try:
            page = fetch(url, self.limits, make_session=self.make_session)
        except UnreadableSource as error:
            yield failure_at(error, url, url)
            return
        data = cast(BinaryIO, io.BytesIO(page.data))
        yield from self.stream(data, url, url, media_type=page.media_type, charset=page.charset, url=page.url)

    def stream(
        self, file: BinaryIO, name: str, origin: str, *, media_type: str | None = None, charset: str | None = None,
        url: str | None = None, in_folder: bool = False, passed: Counter[str] | None = None,
    ) -> Iterator[Item | Failure]:  # fmt: skip
        """What a file holds. `in_folder`: it was not named itself, and is passed over where it is nothing of ours."""
        head, file = looked_into(file)
        packed = is_packed(head)
        kind = kind_of(unpacked_head(head), name, media_type)
        if kind == "warc":
            with sought_in(file) as (sought, size):
                told = self.on_progress if self.in_bytes else None
                yield from warc_items(sought, size, name, limits=self.limits, on_note=self.on_note, on_progress=told)
            return
        try:
            file = unpacked(file) if packed else file
            if kind == "parquet":
                with on_disk(file, "" if packed else name) as path:
                    yield from parquet_items(path, name, limits=self.limits)
            elif kind == "feed":
                yield from feed_items(
                    file, name, limits=self.limits, url=url, charset=charset, known=self.known,
                    make_session=self.make_session,
                )  # fmt: skip
            elif kind == "lines":
                yield from line_items(file, name, limits=self.limits)
            else:
                doubtful = in_folder and bare(name).endswith(LOOKED_AT) and not bare(name).endswith(ARTICLES)
                made = other_items(
                    file, name, origin, limits=self.limits, media_type=media_type, charset=charset, url=url,
                    is_transcript=kind == "transcript", only_if_ours=doubtful,
                )  # fmt: skip
                if made is None:
                    if passed is not None:
                        passed["files of other kinds"] += 1
                    return
                yield from made
        except UNPACKING as error:
            yield packed_failure(error, name, origin)
