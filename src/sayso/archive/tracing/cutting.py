"""A wording cut to the stretch that tells what is asked for: other sentences of the same statement are left out.

A statement often holds several sentences, as of a quote that "she said" interrupts. Each sentence is aligned with what
is asked for on its own; what stands in the place of a word that is asked for belongs to the stretch, so that a changed
word at its edge is seen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from sayso.archive.tracing.forms import Utterance
from sayso.archive.tracing.overlap import Overlap, Worded, overlap, worded
from sayso.archive.tracing.pieces import pieces_of
from sayso.archive.tracing.rewording import sameness
from sayso.documents import Span
from sayso.reading.quotes import quoted_spans, without_marks

BETWEEN = " ... "
"""Between stretches that do not follow one another."""
_RUN = 3
_GAP, _LEFT_OUT = 0.05, 0.02
"""What a word between two shared runs takes from what they tell: a word of the wording's own, and one left out."""
_LEAST = 0.1
"""What a stretch tells at the least, of all that the sentence or what is asked for does."""
_NEW = 0.5
"""Share of what a further sentence has of what is asked for that no other one has,"""
_ITS = 0.5
"""and of the sentence itself that must be of what is asked for,"""
_OF_ASKED = 0.3
"""unless it is so much of that."""
_STOPS = tuple(".!?…")


@dataclass(frozen=True, slots=True)
class Cut:
    """The stretch of a wording that tells what is asked for."""

    spans: tuple[Span, ...]
    """In the wording."""
    text: str
    """The words there, with BETWEEN where they do not follow one another."""
    quoted: tuple[Span, ...]
    """What of `text` is quoted, without the marks."""
    open: tuple[bool, bool]
    """Whether `text` begins, and ends, inside quotation marks that stand outside of it, or are not written."""


def cut_to(utterance: Utterance, asked: str) -> Cut | None:
    """The stretch of a wording that has the words of what is asked for; None where it has none of them in a row."""
    spans = stretches_of(utterance.text, asked)
    return cut_at(utterance, spans) if spans else None


def cut_alike(utterance: Utterance, asked: str) -> Cut:
    """The sentence of a wording that is most alike in meaning to what is asked for."""
    pieces = pieces_of(utterance.text)
    if len(pieces) < 2:
        return cut_at(utterance, pieces or [Span(0, len(utterance.text))])
    whole = Span(pieces[0].start, pieces[-1].end)
    # All of it comes first: where no sentence alone is more alike, it takes them together to say what is asked for.
    best = max([whole, *pieces], key=lambda each: sameness(each.of(utterance.text), asked))
    return cut_at(utterance, [best])


def cut_at(utterance: Utterance, spans: Sequence[Span]) -> Cut:
    """A wording cut at given places."""
    text = utterance.text
    inner = [without_marks(text, each) for each in quoted_spans(text, [Span(0, len(text))])] if utterance.quoted else []
    if utterance.quoted and not inner:
        inner = [Span(0, len(text))]
        is_open = True, True
    else:
        first, last = spans[0].start, spans[-1].end
        is_open = (
            any(each.start <= first < each.end for each in inner),
            any(each.start < last <= each.end for each in inner),
        )
    quoted, at = list[Span](), 0
    for span in spans:
        for each in inner:
            start, end = max(each.start, span.start), min(each.end, span.end)
            if start < end and not any(one.start <= start + at - span.start < one.end for one in quoted):
                quoted.append(Span(start - span.start + at, end - span.start + at))
        at += span.end - span.start + len(BETWEEN)
    return Cut(tuple(spans), BETWEEN.join(span.of(text) for span in spans), tuple(quoted), is_open)


def cut_utterance(utterance: Utterance, cut: Cut) -> Utterance:
    """What a wording says of what is asked for, as a wording of its own."""
    return replace(utterance, text=cut.text, quoted=bool(cut.quoted))


@dataclass(frozen=True, slots=True)
class _Stretch:
    """What a sentence has of what is asked for."""

    piece: Span
    words: Worded
    first: int
    end: int
    """Its words, as a range."""
    met: frozenset[int]
    """The words of what is asked for that it has."""
    tells: float
    of_piece: float
    of_asked: float


@lru_cache(maxsize=1 << 12)
def stretches_of(text: str, asked: str) -> tuple[Span, ...]:
    """Where a text tells what is asked for, in order.

    >>> text = 'The lamp was lit. "We will not," "sell the ferry to anyone. Ask him."'
    >>> [span.of(text) for span in stretches_of(text, "We will not sell the ferry")]
    ['"We will not," "sell the ferry']
    """
    wanted = worded(asked)
    found = [each for each in (_stretch(text, piece, wanted) for piece in pieces_of(text)) if each is not None]
    chosen: list[_Stretch] = []
    met: set[int] = set()
    for each in sorted(found, key=lambda one: -one.tells):
        new = sum(wanted.weights[at] for at in each.met - met)
        if chosen and (
            new < _NEW * sum(wanted.weights[at] for at in each.met)
            or (each.of_piece < _ITS and each.of_asked < _OF_ASKED)
        ):
            continue
        chosen.append(each)
        met |= each.met
    bounds: list[tuple[int, int]] = []
    for each in sorted(chosen, key=lambda one: one.piece):
        start, end = (
            each.piece.start + each.words.starts[each.first],
            each.piece.start + each.words.ends[each.end - 1],
        )
        if bounds and not _has_words(text[bounds[-1][1] : start]):
            start = bounds.pop()[0]
        bounds.append((start, end))
    marked = quoted_spans(text, [Span(0, len(text))])
    return tuple(_written(text, start, end, marked) for start, end in bounds)


def _stretch(text: str, piece: Span, asked: Worded) -> _Stretch | None:
    words = worded(piece.of(text))
    shared = overlap(words, asked)
    runs = _chain(shared, words)
    if not runs or (sum(size for _, _, size in runs) < 2 and min(len(words.keys), len(asked.keys)) > 1):
        return None
    # In the place of what is asked for before and after the words that both have there may be others.
    first, end = runs[0][0], runs[-1][0] + runs[-1][2]
    before, after = runs[0][1], len(asked.keys) - runs[-1][1] - runs[-1][2]
    barriers = [edge - piece.start for each in quoted_spans(text, [Span(0, len(text))]) for edge in each]
    while before and first and not any(words.starts[first - 1] < each <= words.starts[first] for each in barriers):
        first, before = first - 1, before - 1
    while (
        after and end < len(words.keys) and not any(words.ends[end - 1] <= each < words.ends[end] for each in barriers)
    ):
        end, after = end + 1, after - 1
    met = frozenset(at + step for _, at, size in runs for step in range(size))
    tells = _told(runs, words)
    if tells < _LEAST * min(words.total, asked.total):
        return None
    return _Stretch(
        piece,
        words,
        first,
        end,
        met,
        tells,
        tells / max(words.total, 1e-6),
        tells / max(asked.total, 1e-6),
    )


def _chain(shared: Overlap, words: Worded) -> list[tuple[int, int, int]]:
    """The runs that hang together and tell most: a stray word that both have somewhere is none of them."""
    best: tuple[float, int, int] = (0.0, 0, 0)
    value, start = 0.0, 0
    for at, run in enumerate(shared.runs):
        if at:
            before = shared.runs[at - 1]
            own, left = run[0] - before[0] - before[2], run[1] - before[1] - before[2]
            value -= _GAP * own + _LEFT_OUT * left
        if value <= 0:
            value, start = 0.0, at
        value += _told([run], words)
        best = max(best, (value, start, at + 1), key=lambda each: each[0])
    return list(shared.runs[best[1] : best[2]])


def _told(runs: Sequence[tuple[int, int, int]], words: Worded) -> float:
    return sum(sum(words.weights[at : at + size]) * min(1.0, size / _RUN) for at, _, size in runs)


def _written(text: str, start: int, end: int, marked: Sequence[Span]) -> Span:
    """Words with the stop behind them and the marks round them: those of a quotation that they are all of."""
    first, last = start, end
    if text[end : end + 1] in _STOPS:
        last += 1
    for each in marked:
        if each.end <= start or each.start >= end:
            continue
        if not _has_words(text[each.start : start]) and not _has_words(text[end : each.end]):
            first, last = min(first, each.start), max(last, each.end)
    return Span(first, last)


def _has_words(text: str) -> bool:
    return any(char.isalnum() for char in text)
