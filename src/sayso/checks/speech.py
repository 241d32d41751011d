"""The words of a quote as one utterance: joined where the article interrupts them, with the way back to the article."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from sayso.checks.words import words_of
from sayso.documents import Span
from sayso.verdicts import Difference

_INSERTED = re.compile(r"\[[^\[\]]*\]")


@dataclass(frozen=True, slots=True)
class Speech:
    """A quote read in one go."""

    text: str
    forms: tuple[str, ...]
    """The words to look for: what stands in brackets is the article's."""
    _starts: tuple[int, ...]
    _origins: tuple[int, ...]

    def in_article(self, difference: Difference) -> Difference:
        """The difference with its place in the article instead of in this text."""
        start, end = difference.article
        difference.article = Span(self._back(start), self._back(end, end=end > start))
        return difference

    def _back(self, offset: int, *, end: bool = False) -> int:
        part = max(bisect_right(self._starts, offset - end) - 1, 0)
        return self._origins[part] + offset - self._starts[part]


def speech_of(text: str, spans: Sequence[Span]) -> Speech:
    """The words in the spans of a text, a space between two of them.

    >>> speech = speech_of("“We will,” he said, “not [ever] sell.”", [Span(1, 9), Span(21, 36)])
    >>> speech.text, speech.forms
    ('We will, not [ever] sell.', ('we', 'will', 'not', 'sell'))
    """
    starts, at = [], 0
    for span in spans:
        starts.append(at)
        at += span.end - span.start + 1
    joined = " ".join(span.of(text) for span in spans)
    inserted = [Span(*found.span()) for found in _INSERTED.finditer(joined)]
    forms = tuple(words_of(joined, without=inserted).forms) or tuple(words_of(joined).forms)
    return Speech(joined, forms, tuple(starts), tuple(span.start for span in spans))
