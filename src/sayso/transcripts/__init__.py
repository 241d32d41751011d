"""Transcripts: files, addresses, bytes and strings into a `Transcript`, with who said which words.

`read_transcript` takes a file, an address or `-`; `read_transcript_bytes` what somebody else fetched;
`read_transcript_text` a string; `read_transcripts` many files and folders.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

from sayso.documents import Source, Transcript
from sayso.errors import EmptySource, NoSuchSource, TooLarge, UnreadableSource
from sayso.reading.decoding import declared_charset, decode
from sayso.reading.limits import Limits
from sayso.transcripts.composing import Given, compose_transcript
from sayso.transcripts.draft import Draft
from sayso.transcripts.formats import READ_FROM_FOLDERS, Format, format_of_bytes, format_of_text

__all__ = [
    "Limits",
    "read_transcript",
    "read_transcript_bytes",
    "read_transcript_text",
    "read_transcripts",
    "transcript_names",
]

_DEFAULT = Limits()


def read_transcript(name: str | Path, *, date: date | None = None, limits: Limits = _DEFAULT) -> Transcript:
    """The transcript in a file, behind an http(s) address, or on standard input (`-`).

    `date` is its day where the caller knows it. Raises the subclasses of `UnreadableSource`: NotText, EmptySource,
    TooLarge, TookTooLong, NoSuchSource, and for addresses RefusedAddress and FetchFailed.
    """
    if str(name) == "-":
        return read_transcript_bytes(sys.stdin.buffer.read(limits.max_bytes + 1), "-", date=date, limits=limits)
    from sayso.reading import fetch

    if isinstance(name, str) and fetch.is_url(name):
        page = fetch.fetch(name, limits)
        return read_transcript_bytes(
            page.data, name, media_type=page.media_type, charset=page.charset, url=page.url, date=date, limits=limits
        )
    return read_transcript_bytes(_read_file(Path(name), limits), str(name), date=date, limits=limits)


def read_transcript_bytes(
    data: bytes, name: str, *, media_type: str | None = None, charset: str | None = None, url: str | None = None,
    date: date | None = None, limits: Limits = _DEFAULT,
) -> Transcript:  # fmt: skip
    """The transcript in some bytes. `media_type` and `charset` are what they were sent as; `name` may tell the format.

    Takes and raises what `read_transcript` does.
    """
    if len(data) > limits.max_bytes:
        raise TooLarge(name, f"it is over the limit of {limits.max_bytes:,} bytes", "Give the transcript alone")
    given = Given(date, url, limits)
    binary = format_of_bytes(data, name, media_type)
    if binary:
        from sayso.transcripts.office import read_office

        return compose_transcript(read_office(data, name, binary, limits), name, given)
    source = decode(data, name, charset=charset, inside=declared_charset(data))
    return compose_transcript(_draft(source, format_of_text(name, source.text, media_type), limits), name, given)


def read_transcript_text(
    text: str, name: str = "text", *, date: date | None = None, limits: Limits = _DEFAULT
) -> Transcript:
    """The transcript in a string of plain text; its text is that string, tidied (`reading.mapped.cleaned`).

    >>> transcript = read_transcript_text("MS. HOLM: Welcome.\\n\\nQ: Will you go?\\n\\nMS. HOLM: No. (Laughter.)")
    >>> [(turn.speaker, turn.role, turn.span.of(transcript.text)) for turn in transcript.turns][1:]
    [('Q', 'question', 'Will you go?'), ('MS. HOLM', 'speaker', 'No. (Laughter.)')]
    """
    from sayso.transcripts.plain import read_plain

    if not any(map(str.isalpha, text)):
        raise EmptySource(name, "there is no letter in it" if text.strip() else "there is nothing in it")
    return compose_transcript(read_plain(Source(name, text)), name, Given(date, None, limits))


def read_transcripts(
    arguments: Iterable[str | Path], *, limits: Limits = _DEFAULT
) -> Iterator[Transcript | UnreadableSource]:
    """The transcripts in files, folders and addresses, in order; the error in the place of one that cannot be read.

    A file in JSON Lines holds one transcript a line, named after the file with its line number.
    """
    for name in transcript_names([str(each) for each in arguments]):
        if name.lower().endswith((".jsonl", ".ndjson")):
            yield from _lines(name, limits)
            continue
        try:
            yield read_transcript(name, limits=limits)
        except UnreadableSource as error:
            yield error


def _lines(name: str, limits: Limits) -> Iterator[Transcript | UnreadableSource]:
    try:
        with Path(name).open("rb") as lines:
            for number, line in enumerate(lines, 1):
                if not line.strip():
                    continue
                try:
                    yield read_transcript_bytes(line, f"{name}:{number}", media_type="application/json", limits=limits)
                except UnreadableSource as error:
                    yield error
    except OSError as error:
        yield _unreadable(Path(name), error)


def transcript_names(arguments: Sequence[str]) -> list[str]:
    """The transcripts that the arguments stand for: folders are walked, sorted by path, hidden entries passed over.

    Raises UnreadableSource for a folder without a transcript in it.
    """
    names: list[str] = []
    for argument in arguments:
        if argument == "-" or not Path(argument).is_dir():
            names.append(argument)
            continue
        found = []
        for root, inner, files in os.walk(argument):
            inner[:] = [name for name in inner if not name.startswith(".")]
            found += [
                str(Path(root, file))
                for file in files
                if not file.startswith(".") and file.lower().endswith(READ_FROM_FOLDERS)
            ]
        if not found:
            suffixes = " ".join(READ_FROM_FOLDERS)
            raise UnreadableSource(argument, f"there is no transcript in this folder. It was searched for {suffixes}")
        names += sorted(found)
    return names


def _draft(source: Source, kind: Format, limits: Limits) -> Draft:
    # The reader of each format is imported where it is needed, so that plain text starts without the others.
    if kind == "html":
        from sayso.transcripts.pages import read_page

        return read_page(source, limits)
    if kind == "markdown":
        from sayso.transcripts.markdown import read_markdown

        return read_markdown(source)
    if kind in ("vtt", "srt"):
        from sayso.transcripts.captions import read_captions

        return read_captions(source)
    if kind == "json":
        from sayso.transcripts.segments import read_json

        return read_json(source)
    from sayso.transcripts.plain import read_plain

    return read_plain(source)


def _read_file(path: Path, limits: Limits) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(limits.max_bytes + 1)
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from None


def _unreadable(path: Path, error: Exception) -> UnreadableSource:
    if isinstance(error, FileNotFoundError):
        return NoSuchSource(str(path), "there is no such file", "Check the spelling")
    if isinstance(error, IsADirectoryError):
        return UnreadableSource(str(path), "it is a folder, not a file", "Name the files in it")
    reason = getattr(error, "strerror", None) or str(error)
    return UnreadableSource(str(path), f"it cannot be read ({reason})")
