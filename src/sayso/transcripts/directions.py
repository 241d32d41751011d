"""What stands in brackets: stage directions, gaps, timecodes, an interpreter's marks, an editor's words, or speech.

Not every bracket is a direction. Round brackets with an aside in small letters are speech; square brackets with other
words are an editor's. Doubt is settled for speech: words wrongly taken for a direction would count as never said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from sayso.documents import Span
from sayso.transcripts.lists import direction_entries

Kind = Literal["direction", "gap", "time", "interpreted", "own words", "insert"]

_BRACKETS = re.compile(r"\\?\[([^\[\]\n]{0,300}?)\\?\]|\(([^()\n]{0,300})\)|[♪♫][^♪♫\n]{0,200}[♪♫]?")
_TIME = re.compile(r"\W*(?:\d{1,2}:)?\d{1,3}:\d\d(?:[.,]\d{1,3})?(?:\W+(?:\d{1,2}:)?\d{1,3}:\d\d(?:[.,]\d{1,3})?)?\W*")
_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
_ONE_SELF = re.compile(r"\b(?:i|i['’]\w+|me|my|we|we['’]\w+|us|our|you|you['’]\w+|your)\b")
_SEEN_TO_ACT = re.compile(
    r"(?:an?|the|some|mr|mrs|ms|dr)\b\.?(?: [\w.'’\-]+){1,6}? (?:is|are|has|[a-z]+(?<![su])s)\b|[a-z]+ (?:is|are) \w+"
)
_BARE = re.compile(
    r"(?m)^[ \t]*[*_]*((?:[A-Z][A-Za-z\-]*+[ \t]?+){1,4}+)[.!]?[*_]*[ \t]*$|^[ \t]*(?:\\?[*#\-_=~•][ \t]?){3,}[ \t]*$"
)


@dataclass(frozen=True, slots=True)
class Bracket:
    """One pair of brackets of a transcript; `span` has the brackets in it, `inner` has not."""

    span: Span
    inner: Span
    kind: Kind
    seconds: float | None = None


def find_brackets(text: str) -> Iterator[Bracket]:
    """Every bracket that is not speech, in text order, and lines that are a direction without brackets."""
    with_sentences: bool | None = None
    for found in _BRACKETS.finditer(text):
        square = found.start(1) >= 0
        inner = Span(*found.span(1 if square else 2 if found.start(2) >= 0 else 0))
        said = inner.of(text)
        kind = _kind(said, square=square)
        if kind is None and not square and said[:1].isupper() and said[-1:] in ".!":
            # "(The oath is administered.)": told by its form alone where the transcript writes its directions so.
            if with_sentences is None:
                with_sentences = "(Applause.)" in text or "(Laughter.)" in text or "(Laughs.)" in text
            low = said.lower()
            if with_sentences and not _ONE_SELF.search(low) and len(low.split()) <= 20:
                kind = "direction"
        if kind is None and found.start(2) < 0 and not square:
            kind = "direction"
        if kind:
            yield Bracket(Span(*found.span()), inner, kind, _seconds(said) if kind == "time" else None)


def bare_directions(text: str) -> Iterator[Span]:
    """Lines that are a direction without brackets ("APPLAUSE"), or a row of signs ("* * *")."""
    for found in _BARE.finditer(text):
        words = (found[1] or "").strip()
        if not found[1] or (words.isupper() and _kind(words, square=True) in ("direction", "gap")):
            yield Span(*found.span())


def _kind(said: str, *, square: bool) -> Kind | None:
    low = said.lower().strip(' .,;:!?-–—*_\\"“”')
    if not low:
        return "gap" if "…" in said or ".." in said else None
    if _TIME.fullmatch(said):
        return "time"
    words = _WORD.findall(low)
    if not words:
        return "gap" if low.strip("…. ") == "" else None
    if low in direction_entries("own words"):
        return "own words"
    if low in direction_entries("interpreted") or (low.startswith(("through ", "via ")) and "translat" in low):
        return "interpreted"
    gap = _has(words, "gap")
    core = gap or _has(words, "sound") or _has(words, "note")
    if low in direction_entries("gap"):
        return "gap"
    if core and all(_known(word, low) for word in words):
        return "gap" if gap else "direction"
    capitals = said.isupper() and len(words) > 1
    noted = square or said[:1].isupper()
    if noted and len(words) <= 14:
        opening = any(" ".join(words[:count]) in direction_entries("opening") for count in (1, 2, 3))
        if gap or (core and (opening or capitals)):
            return "gap" if gap else "direction"
        if opening and (square or not _ONE_SELF.search(low)):
            return "gap" if "speaking" in words[0] or words[0] == "speaks" else "direction"
        if capitals and not square and _is_no_acronym(said):
            return "direction"
    if square and re.match(r"(?:editor|transcriber|translator)s?['’]?s? note|note:|correction:", low):
        return "direction"
    if (
        not square
        and _SEEN_TO_ACT.match(low)
        and re.match(r"(?:the (?:vice )?president|the first lady|mrs?\.|ms\.)", low)
    ):
        return "direction"
    return "insert" if square else None


def _is_no_acronym(said: str) -> bool:
    return len(said.split()) > 1


def _has(words: list[str], label: str) -> bool:
    entries = direction_entries(label)
    return any(
        " ".join(words[at : at + count]) in entries
        for at in range(len(words))
        for count in (1, 2, 3)
        if at + count <= len(words)
    )


def _known(word: str, whole: str) -> bool:
    if word.isdigit() or word in direction_entries("beside"):
        return True
    if any(word in direction_entries(label) for label in ("gap", "sound", "note")):
        return True
    # A word of a longer entry: "cross talk", "music playing".
    return any(
        word in entry.split() and entry in whole
        for label in ("gap", "sound", "note")
        for entry in direction_entries(label)
    )


def is_direction(words: str) -> bool:
    """Whether words that stand in brackets are a direction or a gap."""
    return _kind(words, square=True) in ("direction", "gap")


def seconds_of(code: str) -> float | None:
    """The seconds of a timecode `1:02:03.5`, `02:03`, `(00:12)`; None where it is none.

    >>> seconds_of("[01:02:03,500]"), seconds_of("2:03"), seconds_of("noon")
    (3723.5, 123.0, None)
    """
    found = re.search(r"(?:(\d{1,3}):)?(\d{1,3}):(\d\d)(?:[.,](\d{1,3}))?", code)
    if not found:
        return None
    hours, minutes, seconds, fraction = found.groups()
    whole = int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds)
    return whole + (int(fraction) / 10 ** len(fraction) if fraction else 0.0)


_seconds = seconds_of
