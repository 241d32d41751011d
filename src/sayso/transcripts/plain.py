"""Plain text: the text is the source, but for carriage returns and lone surrogates."""

from __future__ import annotations

import re
from itertools import pairwise

from sayso.documents import Source, Span, Timecode
from sayso.reading.mapped import cleaned
from sayso.transcripts.directions import seconds_of
from sayso.transcripts.draft import Draft

_NUMBERED = re.compile(r"^[ \t]*(\d{1,2})(?:[ \t]+|$)", re.MULTILINE)
_FEWEST_NUMBERED = 20
_TIMED = re.compile(r"^[ \t]*(\d{1,2}:\d\d(?::\d\d)?(?:[.,]\d{1,3})?)(?=\s)\s*", re.MULTILINE)
_FEWEST_TIMES = 4


def read_plain(source: Source) -> Draft:
    """The draft of a plain text."""
    text, offsets = cleaned(source.text)
    times, codes = _times_in_front(text)
    return Draft(text, source, offsets, unsaid=times or line_numbers(text), timecodes=codes)


def _times_in_front(text: str) -> tuple[list[Span], list[Timecode]]:
    """The times that stand in front of lines or on lines of their own, as transcripts of videos are copied."""
    found = list(_TIMED.finditer(text))
    if len(found) < _FEWEST_TIMES:
        return [], []
    seconds = [seconds_of(each[1]) or 0.0 for each in found]
    lines = sum(1 for line in text.split("\n") if line.strip())
    if len(found) * 4 < lines or any(after < before for before, after in pairwise(seconds)):
        return [], []
    return (
        [Span(*each.span(1)) for each in found],
        [Timecode(each.end(), second) for each, second in zip(found, seconds, strict=True)],
    )


def line_numbers(text: str) -> list[Span]:
    """The numbers that a court reporter's pages have in front of every line; empty where there are none."""
    found = list(_NUMBERED.finditer(text))
    if len(found) < _FEWEST_NUMBERED:
        return []
    numbers = [int(each[1]) for each in found]
    steps = sum(after == before + 1 or after == 1 for before, after in pairwise(numbers))
    lines = sum(1 for line in text.split("\n") if line.strip())
    if steps < 0.9 * (len(found) - 1) or len(found) < 0.6 * lines:
        return []
    return [Span(*each.span(1)) for each in found]
