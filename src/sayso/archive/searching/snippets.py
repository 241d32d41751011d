"""A stretch of a statement round what a query looks for, with the places of what was found.

Words are compared as the index folds them: a word hidden by a soft hyphen, an accent or a curly quote is marked as the
text has it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sayso.archive.folding import BREAK, Folded, fold_words, joined_in
from sayso.archive.matching import Match, Phrase, Prefix, Word
from sayso.documents import Span

WIDTH = 240
"""Characters of a snippet, the dots at its ends not counted."""
LEAD = 60
"""Characters before what was found first."""
CUT = "…"


@dataclass(frozen=True, slots=True)
class Snippet:
    """A stretch of a wording, with dots where it was cut, and what was found in it."""

    text: str
    found: list[Span]


def snippet_of(text: str, others: Sequence[str], sought: Sequence[Match], *, width: int = WIDTH) -> Snippet:
    """The stretch that shows the most of what is sought, of the first wording that has the most of it.

    >>> snippet_of("The bud\\u00adget of Port Halvern", [], [Word(("budget", "budgets"))])
    Snippet(text='The bud\\xadget of Port Halvern', found=[Span(start=4, end=11)])
    """
    best, places, most = text, list[Span](), -1
    for wording in (text, *others):
        found, kinds = places_of(wording, sought)
        if kinds > most:
            best, places, most = wording, found, kinds
        if not sought or kinds == len(sought):
            break
    return _cut(best, places, width)


def places_of(text: str, sought: Sequence[Match]) -> tuple[list[Span], int]:
    """Where a text has what is sought, in its order and without overlaps, and how many of the sought it has."""
    if not sought:
        return [], 0
    words = fold_words(text)
    # As the index has them: "front-line" is found by "frontline" too.
    for joined in joined_in(text):
        words += [Folded(BREAK, joined.start, joined.start), joined]
    by_word: dict[str, list[int]] = {}
    for at, folded in enumerate(words):
        by_word.setdefault(folded.word, []).append(at)
    spans: list[Span] = []
    kinds = 0
    for match in sought:
        found = [Span(words[first].start, words[last].end) for first, last in _runs(match, words, by_word)]
        kinds += bool(found)
        spans += found
    return _joined(spans), kinds


def _runs(match: Match, words: Sequence[Folded], by_word: dict[str, list[int]]) -> Iterator[tuple[int, int]]:
    """The first and last word of each place that matches."""
    if isinstance(match, Word):
        for form in match.forms:
            for at in by_word.get(form, ()):
                yield at, at
    elif isinstance(match, Phrase):
        for at in by_word.get(match.words[0], ()) if match.words else ():
            last = at + len(match.words) - 1
            if tuple(folded.word for folded in words[at : last + 1]) == match.words:
                yield at, last
    elif isinstance(match, Prefix):
        size = len(match.before)
        for at, folded in enumerate(words):
            before = tuple(each.word for each in words[max(at - size, 0) : at])
            if folded.word.startswith(match.start) and before == match.before:
                yield at - size, at


def _joined(spans: list[Span]) -> list[Span]:
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and span.start < joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(span.end, joined[-1].end))
        else:
            joined.append(span)
    return joined


def _cut(text: str, places: list[Span], width: int) -> Snippet:
    if len(text) <= width:
        return Snippet(text, places)
    start = _densest(places, width) if places else 0
    start = max(0, min(start - LEAD, len(text) - width)) if start else 0
    end = min(len(text), start + width)
    # Whole words only, unless one is longer than all that is shown.
    if start and (space := text.find(" ", start, start + LEAD)) >= 0:
        start = space + 1
    if end < len(text) and (space := text.rfind(" ", start + width // 2, end)) >= 0:
        end = space
    head, tail = CUT * (start > 0), CUT * (end < len(text))
    shift = len(head) - start
    found = [Span(max(each.start, start) + shift, min(each.end, end) + shift) for each in places]
    found = [each for each in found if each.start < each.end]
    return Snippet(f"{head}{text[start:end]}{tail}", found)


def _densest(places: list[Span], width: int) -> int:
    """Where the place begins from which on a snippet has the most of the others."""
    room = width - LEAD
    return max(
        places,
        key=lambda place: (
            sum(place.start <= other.start and other.end <= place.start + room for other in places),
            -place.start,
        ),
    ).start
