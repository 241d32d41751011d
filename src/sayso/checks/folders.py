"""An index of transcripts in a folder: segment files, and a list of those that count.

Invariant: `library.json` names only whole files that were seen to the disk, and takes the place of the one before in
one step, so that a build that is killed leaves the index as it was. What it leaves behind, the next build clears away.
"""

from __future__ import annotations

import json
import os
import secrets
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

from sayso.checks.index import Gathering, join
from sayso.checks.storing import KEY_BYTES, VERSION, SegmentWriter, StoredSegment, open_segment, packed, sync
from sayso.checks.words import words_of
from sayso.documents import Transcript
from sayso.errors import DamagedIndex

LIST = "library.json"
LOCK = "library.lock"
SEGMENT_WORDS = 4_000_000
"""A segment is closed at so many words: building one takes about 300 MB of memory."""
MERGED = 4
"""So many segments of about one size at the end of the list become one, so that adding often leaves few of them."""
PROBE = "“We won’t -- we CAN'T -- pay 1,100 U.S. dollars (7.7%) for the air-conditioner at 10:30 a.m.” É ﬁ x.y @ #1"
"""Where this is divided into other words than it was, places in the index would be of other words than meant."""


def is_index(folder: Path) -> bool:
    """Whether a folder holds an index, whole or not."""
    return (folder / LIST).is_file()


def list_segments(folder: Path) -> list[StoredSegment]:
    """The segments of an index, open. Raises DamagedIndex where there is none or it cannot be used."""
    for last in (False, True):
        try:
            return [_open(folder, entry) for entry in _read_list(folder)]
        except FileNotFoundError as error:
            # A build that ended just now may have put other files in the place of those listed.
            if last:
                raise DamagedIndex(str(folder), f"its file {Path(error.filename).name} is missing") from error
    raise AssertionError


def add_transcripts(folder: Path, transcripts: Iterable[Transcript]) -> None:
    """Add those transcripts to the index in a folder whose text is not in it, in their order; all of them or none.

    Makes folder and index where there are none. Raises DamagedIndex where there is one that cannot be used, or where
    another build is at work.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with _alone(folder):
        old = list_segments(folder) if (folder / LIST).exists() else []
        _clear(folder, keep={each.path.name for each in old})
        try:
            segments = [*old, *_write_new(folder, transcripts, {key for each in old for key in each.keys})]
            while merged := _merged(folder, segments):
                segments = merged
            if segments != old or not (folder / LIST).exists():
                _write_list(folder, segments)
        finally:
            kept = _read_list(folder) if (folder / LIST).exists() else []
            _clear(folder, keep={entry["file"] for entry in kept})


def _write_new(folder: Path, transcripts: Iterable[Transcript], known: set[bytes]) -> Iterator[StoredSegment]:
    writer: SegmentWriter | None = None
    gathering = Gathering()
    try:
        for transcript in transcripts:
            key = sha256(transcript.text.encode("utf-8", "surrogatepass")).digest()[:KEY_BYTES]
            if key in known:
                continue
            known.add(key)
            writer = writer or SegmentWriter(_new_name(folder))
            writer.add(key, packed(transcript))
            gathering.add(transcript)
            if gathering.word_count >= SEGMENT_WORDS:
                yield _finished(writer, gathering)
                writer, gathering = None, Gathering()
        if writer is not None:
            yield _finished(writer, gathering)
            writer = None
    finally:
        if writer is not None:
            writer.abandon()


def _finished(writer: SegmentWriter, gathering: Gathering) -> StoredSegment:
    writer.finish(gathering.segment())
    return open_segment(writer.path)


def _merged(folder: Path, segments: Sequence[StoredSegment]) -> list[StoredSegment] | None:
    """The segments with the last few put together, where they are many and small; else None."""
    tiers = [max(len(each.segment.words), 1).bit_length() // 2 for each in segments]
    for tier in sorted(set(tiers)):
        first = len(segments)
        while first and tiers[first - 1] <= tier:
            first -= 1
        last = segments[first:]
        if len(last) >= MERGED and sum(len(each.segment.words) for each in last) <= SEGMENT_WORDS:
            writer = SegmentWriter(_new_name(folder))
            try:
                for each in last:
                    for number, key in enumerate(each.keys):
                        writer.add(key, each.blob(number))
                writer.finish(join([each.segment for each in last]))
            finally:
                writer.abandon()
            return [*segments[:first], open_segment(writer.path)]
    return None


def _new_name(folder: Path) -> Path:
    return folder / f"segment-{secrets.token_hex(8)}.sayso"


def _clear(folder: Path, *, keep: set[str]) -> None:
    """Take away what builds that came to nothing left behind, and what others put together."""
    for path in folder.glob("segment-*.sayso"):
        if path.name not in keep:
            try:
                path.unlink()
            except OSError:  # On Windows a file that somebody has open stays until the next build.
                continue


def _words_check() -> int:
    return zlib.crc32("\n".join(words_of(PROBE).forms).encode())


def _write_list(folder: Path, segments: Sequence[StoredSegment]) -> None:
    listed: dict[str, Any] = {
        "sayso_index": VERSION,
        "words": _words_check(),
        "segments": [{"file": each.path.name, "bytes": each.size, "check": each.check} for each in segments],
    }
    listed["check"] = _check_of(listed)
    path = folder / f"{LIST}.new"
    with path.open("w", encoding="utf-8") as file:
        json.dump(listed, file, indent=1)
        file.flush()
        sync(file.fileno())
    path.replace(folder / LIST)
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            sync(descriptor)
        finally:
            os.close(descriptor)


def _check_of(listed: dict[str, Any]) -> int:
    return zlib.crc32(json.dumps({**listed, "check": None}, sort_keys=True).encode())


def _read_list(folder: Path) -> list[dict[str, Any]]:
    name = str(folder)
    try:
        listed = json.loads((folder / LIST).read_bytes())
        version = listed["sayso_index"]
    except FileNotFoundError as error:
        raise DamagedIndex(name, f"there is none ({LIST} is missing)", "Build one: sayso index") from error
    except (KeyError, TypeError, ValueError) as error:
        raise DamagedIndex(name, f"its {LIST} is damaged") from error
    if version != VERSION:
        raise DamagedIndex(name, f"its format is version {version}, and this sayso reads {VERSION}", "Upgrade sayso")
    if listed.get("check") != _check_of(listed):
        raise DamagedIndex(name, f"its {LIST} is damaged")
    if listed["words"] != _words_check():
        raise DamagedIndex(name, "it was made by a sayso that divides a text into other words")
    entries: list[dict[str, Any]] = listed["segments"]
    return entries


def _open(folder: Path, entry: dict[str, Any]) -> StoredSegment:
    path = folder / entry["file"]
    segment = open_segment(path)
    if (segment.size, segment.check) != (entry["bytes"], entry["check"]):
        raise DamagedIndex(str(path), "it is not the file that was written")
    return segment


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """While this is held, no other build in the folder begins; where the system has no such locks, nothing is held."""
    try:
        import fcntl
    except ImportError:
        yield
        return
    with (folder / LOCK).open("ab") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise DamagedIndex(str(folder), "another build is at work in it", "Try again when it is done") from error
        yield
