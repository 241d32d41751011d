"""Transcripts that were named as such: everything that `sayso check` takes but an index of them."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from sayso.errors import UnreadableSource
from sayso.intake.failures import failure_at, failure_to_open
from sayso.intake.folders import is_folder, walk
from sayso.intake.items import Failure, Item
from sayso.reading.fetch import SessionMaker, fetch, is_url
from sayso.reading.limits import Limits
from sayso.transcripts.formats import READ_FROM_FOLDERS

_INDEX = "library.json"
_LINES = (".jsonl", ".ndjson")


def transcript_items(
    name: str, *, limits: Limits, make_session: SessionMaker | None = None
) -> Iterator[Item | Failure]:
    """The transcripts in a file, a folder, an address or `-`; of a file in JSON Lines one a line."""
    if name == "-":
        yield from _whole(sys.stdin.buffer, name, name, limits)
    elif is_url(name):
        try:
            page = fetch(name, limits, make_session=make_session)
        except UnreadableSource as error:
            yield failure_at(error, name, name)
            return
        yield Item(name, name, page.data, "transcript", media_type=page.media_type, charset=page.charset, url=page.url)
    elif is_folder(name) and (Path(name) / _INDEX).is_file():
        reason = "it is an index of transcripts, which has not their files"
        yield Failure("unreadable", name, name, reason, "Name the transcripts that it was made of")
    elif is_folder(name):
        yield from _folder(name, limits)
    else:
        yield from _file(Path(name), name, limits)


def _folder(name: str, limits: Limits) -> Iterator[Item | Failure]:
    found = False
    for path in walk(name, wanted=lambda file: file.lower().endswith(READ_FROM_FOLDERS), passed=Counter()):
        found = True
        if isinstance(path, Failure):
            yield path
        else:
            yield from _file(path, name, limits)
    if not found:
        suffixes = " ".join(READ_FROM_FOLDERS)
        reason = f"there is no transcript in this folder. It was searched for {suffixes}"
        yield Failure("unreadable", name, name, reason)


def _file(path: Path, origin: str, limits: Limits) -> Iterator[Item | Failure]:
    name = str(path)
    try:
        with path.open("rb") as file:
            yield from (_lines if name.lower().endswith(_LINES) else _whole)(file, name, origin, limits)
    except (OSError, ValueError) as problem:
        yield failure_to_open(problem, name, origin)


def _whole(file: BinaryIO, name: str, origin: str, limits: Limits) -> Iterator[Item | Failure]:
    data = file.read(limits.max_bytes + 1)
    if len(data) > limits.max_bytes:
        yield Failure("refused", name, origin, f"it is over the limit of {limits.max_bytes:,} bytes")
    else:
        yield Item(name, origin, data, "transcript")


def _lines(file: BinaryIO, name: str, origin: str, limits: Limits) -> Iterator[Item | Failure]:
    number = 0
    while line := file.readline(limits.max_bytes + 1):
        number += 1
        place = f"{name}:{number}"
        if len(line) > limits.max_bytes:
            while not line.endswith(b"\n") and (line := file.readline(65_536)):
                continue
            yield Failure("refused", place, origin, f"the line is over the limit of {limits.max_bytes:,} bytes")
        elif line.strip():
            yield Item(place, origin, line, "transcript", media_type="application/json")
