"""Articles read back from the formats that records are exported in, one at a time.

A file comes from anywhere: what is wrong with one is said with its name, and an article is whole or an error.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TextIO

from sayso.documents import Article
from sayso.errors import BadSetting, NoSuchSource, UnreadableSource
from sayso.exports.interchange import INTERCHANGES, interchange_of
from sayso.exports.reading_back import article_from_json

_CHUNK = 1 << 20
_SPACE = " \t\r\n\ufeff"


def read(path: Path, format_name: str | None = None) -> Iterator[Article]:
    """The articles of a file, or of a folder of brat or PARC files, one at a time and in order of their names.

    The format is that of the suffix where none is named; of a folder it is that of the files in it.

    Raises NoSuchSource where nothing is there, UnreadableSource for what the format does not have (the articles before
    it have come by then), BadSetting for a format that cannot be read back, or a suffix that says none.
    """
    if not path.exists():
        raise NoSuchSource(str(path), "there is no such file or folder")
    name = format_name or _format_at(path)
    if name not in INTERCHANGES or not INTERCHANGES[name].readable:
        readable = [each.name for each in INTERCHANGES.values() if each.readable]
        raise BadSetting("format", format_name or path.name, f"one of {', '.join(readable)}")
    return _READERS[name](path)


def _format_at(path: Path) -> str:
    if not path.is_dir():
        return interchange_of(path.name) or ""
    return "brat" if any(path.glob("*.ann")) else "parc" if any(path.glob("*.xml")) else ""


def _read_json(path: Path) -> Iterator[Article]:
    for number, record in enumerate(_values(path), 1):
        yield article_from_json(record, name=f"{path.name}#{number}")


def _read_json_lines(path: Path) -> Iterator[Article]:
    with _text(path) as lines:
        for number, line in _decoded(lines, path):
            if not line.strip(_SPACE):
                continue
            name = f"{path.name}#{number}"
            try:
                record = json.loads(line.lstrip("\ufeff"))
            except (ValueError, RecursionError) as error:
                raise UnreadableSource(name, f"the line is no JSON: {error}") from error
            yield article_from_json(record, name=name)


def _read_webannotation(path: Path) -> Iterator[Article]:
    from sayso.exports.webannotation import article_of

    for number, page in enumerate(_values(path), 1):
        yield article_of(page, name=f"{path.name}#{number}")


def _read_conll(path: Path) -> Iterator[Article]:
    from sayso.exports import conll

    with _text(path) as lines:
        yield from conll.read((line for _, line in _decoded(lines, path)), name=path.name)


def _read_brat(path: Path) -> Iterator[Article]:
    from sayso.exports import brat

    for file in _files(path, ".ann"):
        text = file.with_suffix(".txt")
        if not text.exists():
            raise NoSuchSource(file.name, f"the text that it annotates, {text.name}, is not there")
        yield brat.read(_whole(text), _whole(file), name=file.stem)


def _read_parc(path: Path) -> Iterator[Article]:
    from sayso.exports import parc

    for file in _files(path, ".xml"):
        text = file.with_suffix(".txt")
        yield parc.read(file.read_bytes(), _whole(text) if text.exists() else None, name=file.stem)


def _files(path: Path, suffix: str) -> list[Path]:
    return sorted(path.glob(f"*{suffix}")) if path.is_dir() else [path]


def _text(path: Path) -> TextIO:
    # Lines end with a newline and nothing else: text may hold what other readers take for the end of a line.
    return path.open(encoding="utf-8", newline="\n")


def _decoded(lines: TextIO, path: Path) -> Iterator[tuple[int, str]]:
    try:
        yield from enumerate(lines, 1)
    except UnicodeDecodeError as error:
        raise UnreadableSource(path.name, f"this is not UTF-8: {error.reason} at byte {error.start}") from error


def _whole(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise UnreadableSource(path.name, f"this is not UTF-8: {error.reason} at byte {error.start}") from error


def _values(path: Path) -> Iterator[Any]:
    """The one value of a JSON file, or those of its array one by one: an archive's array need not fit in memory."""
    with _text(path) as stream:
        try:
            yield from _Values(stream, path.name).all()
        except (UnicodeDecodeError, RecursionError) as error:
            raise UnreadableSource(path.name, f"this is no JSON in UTF-8: {error}") from error


class _Values:
    def __init__(self, stream: TextIO, name: str) -> None:
        self.stream = stream
        self.name = name
        self.buffer = ""
        self.at = 0
        self.ended = False
        self.decode = json.JSONDecoder().raw_decode

    def all(self) -> Iterator[Any]:
        if self._next_char() != "[":
            yield self._value()
            self._end()
            return
        self.at += 1
        if self._next_char() == "]":
            self.at += 1
            self._end()
            return
        while True:
            yield self._value()
            char = self._next_char()
            self.at += 1
            if char == "]":
                self._end()
                return
            if char != ",":
                raise UnreadableSource(self.name, "the array does not go on, and does not end")

    def _value(self) -> Any:
        self._next_char()
        size = _CHUNK
        while True:
            try:
                value, self.at = self.decode(self.buffer, self.at)
                break
            except ValueError as error:
                if self.ended:
                    raise UnreadableSource(self.name, f"this is no JSON: {error}") from error
                # Twice as much each time: a value is decoded again only so often as it doubles.
                self._more(size)
                size *= 2
        return value

    def _next_char(self) -> str:
        while True:
            while self.at < len(self.buffer) and self.buffer[self.at] in _SPACE:
                self.at += 1
            if self.at < len(self.buffer) or self.ended:
                return self.buffer[self.at : self.at + 1]
            self._more(_CHUNK)

    def _more(self, size: int) -> None:
        read = self.stream.read(size)
        self.ended = not read
        self.buffer = self.buffer[self.at :] + read
        self.at = 0

    def _end(self) -> None:
        if self._next_char():
            raise UnreadableSource(self.name, "there is something after the end of the JSON")


_READERS: dict[str, Callable[[Path], Iterator[Article]]] = {
    "json": _read_json,
    "jsonl": _read_json_lines,
    "webannotation": _read_webannotation,
    "brat": _read_brat,
    "conll": _read_conll,
    "parc": _read_parc,
}
