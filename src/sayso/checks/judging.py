"""A quote against the passage where it was said: the verdict, and every difference with its class.

Pure: texts and words in, a judgement out. The verdicts and what each forgives stand in `contract.py`; what is house
style, a filler or a contraction are lists in `data/`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from sayso.checks.brackets import has_ellipsis, read_quoted
from sayso.checks.context import cut_off
from sayso.checks.doubting import doubt_of
from sayso.checks.fillers import fillers_in, stutters_in
from sayso.checks.parts import Part
from sayso.checks.passage import Passage, Piece, directions_near, passage_of
from sayso.checks.ranking import RANK, value_of, worse
from sayso.checks.sense import Sides, changed
from sayso.checks.stretch import TRIMMED, Stretch
from sayso.checks.words import Words
from sayso.documents import Span, Transcript
from sayso.verdicts import Context, Difference, QuoteValue

_WIDE = 600
"""Words around a place in which what stands behind an ellipsis is looked for."""


@dataclass(slots=True)
class Judgement:
    """What became of a quote's words."""

    value: QuoteValue
    passages: list[Span] = field(default_factory=list)
    """Where the words were said, in the quote's order."""
    differences: list[Difference] = field(default_factory=list)
    context: list[Context] = field(default_factory=list)
    doubt: str | None = None
    agreement: float = 0.0
    """Share of the quote's words that the passage has in order, by weight, 0 to 1."""
    pieces: list[int] = field(default_factory=list)
    """Of each passage, which of the pieces that were given holds it."""


def judge(text: str, spans: Sequence[Span], transcript: Transcript, words: Words, near: tuple[int, int]) -> Judgement:
    """The judgement of the quoted stretches `spans` of a text against the words around `near` of a transcript.

    `words` are the said words of the transcript, `near` a range of them, roughly.
    """
    return judge_pieces(text, spans, [(transcript, words, near)])


def judge_pieces(text: str, spans: Sequence[Span], pieces: Sequence[Piece]) -> Judgement:
    """The same for words that stand in several places, given in the quote's order."""
    judgement = _judge(text, spans, pieces, 0)
    if judgement.value in ("trimmed", "altered", "not found") and any(has_ellipsis(text, span) for span in spans):
        # What follows an ellipsis may stand far from what was found.
        wider = _judge(text, spans, pieces, _WIDE)
        if RANK.index(wider.value) < RANK.index(judgement.value):
            return wider
    return judgement


def _judge(text: str, spans: Sequence[Span], pieces: Sequence[Piece], more: int) -> Judgement:
    size = sum((span.end - span.start) // 5 + 1 for span in spans)
    passage = passage_of(pieces, size + more)
    if not len(passage.line):
        return Judgement("not found")
    unsaid = directions_near(passage)
    found: list[Stretch] = []
    for span in spans:
        stretch = Stretch(text, span, read_quoted(text, span, unsaid=unsaid), passage, found[-1] if found else None)
        if len(stretch.quote):
            found.append(stretch)
    if not found:
        return Judgement("not found")
    return _joined(text, found, passage, pieces)


def _joined(text: str, found: list[Stretch], passage: Passage, pieces: Sequence[Piece]) -> Judgement:
    """One judgement of all stretches: the worst counts, and where one was not found, whether the others were."""
    value: QuoteValue = "verbatim"
    for stretch in found:
        value = worse(value, stretch.value)
    total = sum(len(stretch.quote) for stretch in found)
    agreement = sum(stretch.agreement * len(stretch.quote) for stretch in found) / total
    if value == "not found":
        known = [stretch for stretch in found if stretch.value != "not found"]
        if len(known) < len(found) and sum(len(stretch.quote) for stretch in known) * 2 >= total:
            value = "altered"
    differences: list[Difference] = []
    for before, stretch in zip([None, *found], found, strict=False):
        if before is not None:
            left_out = _between(before, stretch)
            if left_out is not None:
                value = worse(value, value_of(left_out))
                differences.append(stretch.difference_of(left_out))
        differences += stretch.differences()
    spots = [each for stretch in found for each in stretch.passages()]
    judgement = Judgement(value, [span for _, span in spots], differences, agreement=round(agreement, 4))
    judgement.pieces = [_piece_of(passage, place, span, pieces) for place, span in spots]
    if value != "not found" and spots:
        first, last = spots[0], spots[-1]
        judgement.context = cut_off(passage.places[first[0]].transcript, first[1], text, found[0].span)
        if last != first:
            more = cut_off(passage.places[last[0]].transcript, last[1], text, found[-1].span)
            judgement.context += [each for each in more if last[0] == first[0] and each not in judgement.context]
    if value in ("trimmed", "altered", "spliced"):
        for stretch in found:
            judgement.doubt = judgement.doubt or doubt_of(
                stretch.quoted, stretch.quote, passage, stretch.pairs, stretch.parts
            )
        if judgement.doubt:
            for stretch, part in ((each, part) for each in found for part in each.parts):
                if part.class_ == "gap":
                    same = stretch.difference_of(part)
                    for difference in differences:
                        if difference.article == same.article and difference.transcript == same.transcript:
                            difference.class_ = "gap"
    return judgement


def _between(before: Stretch, stretch: Stretch) -> Part | None:
    """What is left out where the article interrupts a sentence of the quote: "We will," he said, "sell"."""
    if not before.pairs or not stretch.pairs or "not found" in (before.value, stretch.value):
        return None
    line = stretch.passage.line
    if before.passage is not stretch.passage:
        return None
    start, stop = before.pairs[-1][1] + 1, stretch.pairs[0][1]
    if start >= stop or line.places[start - 1] != line.places[stop] or line.turns[start - 1] != line.turns[stop]:
        return None
    tail = before.span.of(before.text).rstrip(" \"'”’")[-1:]
    head = stretch.span.of(stretch.text).lstrip(" \"'“‘…[")[:1]
    if tail in (".", "?", "!", "…") or not head.islower() or line.count(start, stop) > TRIMMED:
        return None
    skip = fillers_in(line, start, stop)
    skip |= stutters_in(line, start, stop, skip)
    left = [at for at in range(start, stop) if at not in skip]
    if not left or any(line.opens(at) for at in range(start, stop + 1)):
        return None
    part = Part(0, 0, left[0], left[-1] + 1, "wording", words=line.count(left[0], left[-1] + 1))
    part.reverses = changed(Sides(stretch.quote, 0, 0, line, part.start, part.stop, 0, min(2, len(stretch.quote))))
    return part


def _piece_of(passage: Passage, place: int, span: Span, pieces: Sequence[Piece]) -> int:
    """Which of the given pieces is nearest to a passage."""
    transcript = passage.places[place].transcript
    own = [number for number, (each, _, _) in enumerate(pieces) if each is transcript]

    def distance(number: int) -> int:
        _, words, (first, _) = pieces[number]
        return abs(words.starts[min(first, len(words) - 1)] - span.start)

    return min(own, key=distance)
