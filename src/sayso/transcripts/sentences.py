"""The sentences of a transcript, turn by turn.

A line break ends a sentence only where a full stop does, since transcripts wrap their lines; an empty line ends one
always. Captions without full stops are cut where they grow longer than anybody's sentence.
"""

from __future__ import annotations

import re

from sayso.documents import Span, Transcript, Turn
from sayso.reading.sentences import sentences_in

LONGEST_WORDS = 80
"""Words of a sentence before it is cut."""
_CUT_WORDS = 40
_PARAGRAPH = re.compile(r"\S(?:(?!\n[^\S\n]*\n)[\s\S])*")
_WORD = re.compile(r"\S+")


def without_directions(transcript: Transcript) -> str:
    """The text with a space for every character that nobody said, so that offsets stay."""
    parts: list[str] = []
    at = 0
    for start, end in sorted(transcript.directions):
        parts += [transcript.text[at:start], " " * (end - max(start, at))]
        at = max(at, end)
    return "".join([*parts, transcript.text[at:]])


def sentences_of(transcript: Transcript, turn: Turn, *, text: str | None = None) -> list[Span]:
    """The sentences of one turn in order, trimmed; what stands in directions alone is none.

    `text` is what `without_directions` gave, for whoever asks for turn after turn.
    """
    text = without_directions(transcript) if text is None else text
    sentences: list[Span] = []
    for paragraph in _PARAGRAPH.finditer(text, *turn.span):
        for sentence in sentences_in(text, Span(*paragraph.span())):
            sentences += _cut(text, sentence)
    return sentences


def _cut(text: str, sentence: Span) -> list[Span]:
    """A sentence without the space round it, or the pieces of one that is too long; none where no word is left."""
    words = [Span(*found.span()) for found in _WORD.finditer(text, *sentence)]
    if not any(char.isalnum() for char in text[sentence.start : sentence.end]):
        return []
    size = len(words) if len(words) <= LONGEST_WORDS else _CUT_WORDS
    return [
        Span(words[first].start, words[min(first + size, len(words)) - 1].end) for first in range(0, len(words), size)
    ]
