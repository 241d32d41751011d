"""The cues of a WebVTT or SRT file with the place of every character: own reading, since offsets into the file are kept
and damaged files are common (a timing line without words, words without a blank line before the next timing).

W3C, WebVTT: The Web Video Text Tracks Format (2019); SRT has no standard, and is read as widely written.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from sayso.reading.mapped import Mapped, entity_atoms
from sayso.transcripts.directions import seconds_of

_CODE = r"(?:\d+:)?\d{1,2}:\d\d(?:[.,]\d{1,3})?"
_TIMING = re.compile(
    rf"^[ \t]*(?P<start>{_CODE})[ \t]*-->[ \t]*(?P<end>{_CODE})[^\n]*$",
    re.MULTILINE,
)
_MARKUP = re.compile(
    r"<(?P<close>/)?v(?:\.[^\s>]*)?(?:[ \t]+(?P<voice>[^>\n]{1,200}))?>|<(?P<time>(?:\d+:)?\d{1,2}:\d\d[.,]\d{1,3})>"
    r"|</?[a-zA-Z][^<>\n]{0,200}>|\{\\[^{}\n]{0,80}\}|(?P<line>\r?\n|\r|\\N)"
)
_BLANK = re.compile(r"\n\r?\n|\r\r(?!\n)")
_NUMBER = re.compile(r"[ \t]*\d{1,6}[ \t]*\Z")


@dataclass(slots=True)
class CueLine:
    """One line of a cue that has words."""

    text: Mapped
    voice: str | None
    start_s: float
    end_s: float
    cue: int
    """Number of the cue in the file, from zero."""


@dataclass(slots=True)
class Cues:
    """What a subtitle file holds."""

    lines: list[CueLine] = field(default_factory=list)
    codes: list[tuple[int, float]] = field(default_factory=list)
    """Places inside cues from which on words were spoken so many seconds after the start."""
    count: int = 0
    head: str = ""
    """What stands in front of the first cue, and in notes."""


def read_cues(source: str) -> Cues:
    """The cues of a subtitle file, in the order of the file."""
    timings = list(_TIMING.finditer(source))
    cues = Cues(count=len(timings))
    cues.head = source[: timings[0].start()] if timings else source
    for number, timing in enumerate(timings):
        start = timing.end()
        last = number + 1 == len(timings)
        stop = len(source) if last else timings[number + 1].start()
        stop = _payload_end(source, start, stop, last=last, comma="," in timing["start"])
        began, ended = seconds_of(timing["start"]) or 0.0, seconds_of(timing["end"]) or 0.0
        voice: str | None = None
        atoms: list[tuple[str, int, int]] = []
        at = start
        for found in _MARKUP.finditer(source, start, stop):
            atoms += entity_atoms(source, at, found.start())
            at = found.end()
            if found["line"]:
                _keep(cues, atoms, voice, began, ended, number)
            elif found["time"]:
                cues.codes.append((found.end(), seconds_of(found["time"]) or began))
            elif found["voice"] or found["close"]:
                _keep(cues, atoms, voice, began, ended, number)
                voice = " ".join(found["voice"].split()) if found["voice"] else None
        atoms += entity_atoms(source, at, stop)
        _keep(cues, atoms, voice, began, ended, number)
    return cues


def _keep(
    cues: Cues, atoms: list[tuple[str, int, int]], voice: str | None, began: float, ended: float, number: int
) -> None:
    """Adds a line, if it has words, and begins the next."""
    text = Mapped.of(atoms)
    if text.text:
        cues.lines.append(CueLine(text, voice, began, ended, number))
    atoms.clear()


def _payload_end(source: str, start: int, stop: int, *, last: bool, comma: bool) -> int:
    """Where the words of a cue end: at a blank line in WebVTT, before the next cue's number in SRT."""
    if not comma:
        # A line with a space on it is none: YouTube's rolling captions begin with one.
        blank = _BLANK.search(source, start, stop)
        return blank.start() if blank else stop
    if last:
        return stop
    end = stop
    while end > start and source[end - 1] in "\r\n":
        end -= 1
    line = source.rfind("\n", start, end) + 1
    return line if line > start and _NUMBER.match(source[line:end]) else end
