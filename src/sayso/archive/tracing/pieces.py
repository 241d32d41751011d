"""The sentences of a wording, as outlets run them together."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sayso.documents import Span
from sayso.reading.sentences import sentences_in

_NEXT_QUOTE = re.compile(r"(?<=[^\s\"“«„][\"”»])\s+(?=[\"“«„][^\s\"”»])")


def pieces_of(text: str) -> list[Span]:
    """The sentences of a text, parted too where one quotation ends and the next one begins.

    >>> text = '"It was lit," "Ask him. We waited."'
    >>> [piece.of(text) for piece in pieces_of(text)]
    ['"It was lit,"', '"Ask him.', 'We waited."']
    """
    pieces = []
    for sentence in sentences_in(text, Span(0, len(text))):
        starts = [sentence.start, *(found.end() for found in _NEXT_QUOTE.finditer(text, *sentence))]
        for start, end in zip(starts, [*starts[1:], sentence.end], strict=True):
            words = text[start:end]
            if words.strip():
                pieces.append(Span(start + len(words) - len(words.lstrip()), start + len(words.rstrip())))
    return pieces


def sentences_round(text: str, stretches: Sequence[Span] | None) -> str:
    """The sentences of a text that have stretches of it, from the first to the last; all of it without any.

    >>> sentences_round("We waited. We will not sell. Ask him.", [Span(11, 20)])
    'We will not sell.'
    """
    touched = [piece for piece in pieces_of(text) if any(piece.overlaps(each) for each in stretches or ())]
    return text[touched[0].start : touched[-1].end] if touched else text
