"""The transcripts that quotes are drawn from: our own, and the shared ones where they lie beside the project.

They are read here, not by `sayso.transcripts`, so that a fault of the reader is no fault of the judge. Some numbers get
a struck-out reading beside them ("~~2,400~~ [2,040]"), as official transcripts print corrections.
"""

from __future__ import annotations

import hashlib
import json
import random
import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from pathlib import Path

from sayso.documents import Correction, Span, Transcript, Turn, TurnRole

OWN = Path(__file__).parent / "own"
SPLITS = ("dev", "held", "own", "all")
_LABEL = re.compile(r"(?m)^([A-Z][A-Za-z.'’ -]{0,40}): ")
_DIRECTION = re.compile(
    r"[(\[](?:[^()\[\]\n]*\b)?(?:applau|laugh|inaudible|cross-?talk|cheer|boo|pause|off-?mi[ck]|bell|ph\b"
    r"|as interpreted|commercial|video|audio|sneeze|cough|sigh|speaks?\b|sign of the cross|medal of freedom|voice"
    r"|noise|unintelligible)"
    r"[^()\[\]\n]*[)\]]",
    re.IGNORECASE,
)
_GAP = re.compile(r"inaudible|cross-?talk|off-?mi[ck]|unintelligible|audio", re.IGNORECASE)
_CORRECTION = re.compile(r"~~([^~\n]+)~~ \[([^\]\n]+)\]")
_NUMBER = re.compile(r"(?<![\w.,$£€-])[1-9]\d{0,2}(?:,\d{3})*(?![\w,-]|\.\d)(?= [a-z])")
_QUESTION = re.compile(
    r"(?i)^(?:q|question|moderator|reporter|operator|the chair|.*\b(?:holt|wallace|raddatz|cooper|quijano|blitzer|muir"
    r"|tapper|bash|todd|maddow|hewitt|baier|louis|dinan|price|fontan|wilk))$"
)
_AUDIENCE = re.compile(r"(?i)^(?:audience|participant|unidentified|crowd)")
_EDITOR = re.compile(r"(?i)^(?:system|candidates)$")
_NO_LABEL = re.compile(r"(?: [a-z]+){4}")
"""Words of a sentence before a colon, which a corpus took for a label."""
CORRECTED = 8
"""In so many of the fitting numbers one gets a struck-out reading beside it."""


def read_transcripts(split: str, shared: Path) -> list[Transcript]:
    """The transcripts of a split, by id; our own belong to `dev`. Of an event all versions are in one split."""
    found = list(_own()) if split in ("own", "dev", "all") else []
    if split != "own":
        found += [each for each, key in _shared(shared) if split == "all" or _split_of(key) == split]
    return sorted(found, key=lambda each: each.id)


def _split_of(key: str) -> str:
    return "held" if hashlib.sha256(key.encode()).digest()[0] % 2 else "dev"


def _own() -> Iterator[Transcript]:
    for path in sorted(OWN.glob("*.txt")):
        text = path.read_text(encoding="utf-8").rstrip("\n")
        marks = [*_LABEL.finditer(text)]
        ends = [each.start() for each in marks[1:]] + [len(text)]
        turns = [(each.end(), end, each[1]) for each, end in zip(marks, ends, strict=True)]
        day = next(datetime.strptime(line, "%B %d, %Y").date() for line in text.splitlines() if _is_day(line))
        yield transcript_of(path.stem, text, turns, day)


def _is_day(line: str) -> bool:
    return re.fullmatch(r"[A-Z][a-z]+ \d{1,2}, \d{4}", line) is not None


def _shared(shared: Path) -> Iterator[tuple[Transcript, str]]:
    for name in ("briefings", "campaign-2016"):
        path = shared / "corpora" / "transcripts" / f"{name}.jsonl"
        for line in path.read_text(encoding="utf-8").strip("\n").split("\n") if path.is_file() else []:
            row = json.loads(line)
            text, turns = _corrected(row["text"], [tuple(each) for each in row["turns"]], random.Random(row["id"]))
            yield (
                transcript_of(row["id"], text, turns, date.fromisoformat(row["date"])),
                row.get("event") or row["id"],
            )


def _corrected(
    text: str, turns: list[tuple[int, int, str]], rng: random.Random
) -> tuple[str, list[tuple[int, int, str]]]:
    """The text with struck-out readings beside some numbers, and where its turns lie then."""
    parts: list[str] = []
    done = 0
    moved = []
    grown = 0
    for start, end, label in turns:
        first = start + grown
        for found in _NUMBER.finditer(text, start, end):
            if rng.randrange(CORRECTED) or not label:
                continue
            other = _misread(found.group(), rng)
            parts += [text[done : found.start()], f"~~{other}~~ [{found.group()}]"]
            done = found.end()
            grown += len(other) + 7
        moved.append((first, end + grown, label))
    return "".join([*parts, text[done:]]), moved


def _misread(number: str, rng: random.Random) -> str:
    digits = [at for at, each in enumerate(number) if each.isdigit()]
    at = rng.choice(digits)
    other = rng.choice([each for each in "123456789" if each != number[at]])
    return number[:at] + other + number[at + 1 :]


def transcript_of(name: str, text: str, turns: Iterable[tuple[int, int, str]], day: date) -> Transcript:
    """A transcript from its text and its turns `(start, end, label)`; a turn without label that is short is a heading.

    >>> made = transcript_of("t", "A: We paid ~~30~~ [40]. (Laughter.)", [(3, 35, "A")], date(2025, 1, 2))
    >>> [each.of(made.text) for each in (*made.corrections[0], *made.directions)]
    ['30', '40', '(Laughter.)']
    """
    said = []
    for start, stop, label in turns:
        end = start + len(text[start:stop].rstrip())
        role: TurnRole = "speaker"
        if _EDITOR.match(label) or _NO_LABEL.search(label) or (not label and end - start < 400):
            role = "editor"
        elif _AUDIENCE.match(label):
            role = "audience"
        elif _QUESTION.match(label):
            role = "question"
        interpreted = text.startswith("(As interpreted", start)
        said.append(Turn(Span(start, end), label or None, None, role, interpreted))
    directions = [Span(*each.span()) for each in _DIRECTION.finditer(text)]
    return Transcript(
        id=name,
        text=text,
        turns=said,
        directions=directions,
        gaps=[each for each in directions if _GAP.search(each.of(text))],
        corrections=[Correction(Span(*each.span(1)), Span(*each.span(2))) for each in _CORRECTION.finditer(text)],
        title=name,
        date=day,
    )
