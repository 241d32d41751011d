"""A quote against the passage where it was said: the verdict, and every difference with its class.

Pure: texts and words in, a judgement out. The verdicts and what each forgives stand in `contract.py`; what is house
style, a filler or a contraction are lists in `data/`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from sayso.checks.aligning import Costs, align, find_run
from sayso.checks.brackets import Quoted, has_ellipsis, read_quoted
from sayso.checks.context import cut_off
from sayso.checks.doubting import doubt_of
from sayso.checks.explaining import Explainer, Part
from sayso.checks.fillers import fillers_in, stutters_in
from sayso.checks.line import Line, line_of
from sayso.checks.passage import Passage, Piece, directions_near, omission_costs, passage_of
from sayso.checks.sense import Sides, changed, function_words
from sayso.checks.turns import same_speaker
from sayso.checks.words import Words
from sayso.documents import Span, Transcript
from sayso.verdicts import Context, Difference, QuoteValue

TRIMMED = 15
"""Words that may be left out in one place before the stretches on both sides count as two."""
LEAST = 0.5
"""Share of a quote's words, by weight, below which a passage is not where it was said."""
_SCATTERED = 0.62
"""The same where no four words in a row agree."""
_MOST = 0.8
"""The same share from which the passage is the place though the words that say most differ."""
_BENT = 4
"""Tokens of a difference that was made where it stands."""
_WIDE = 600
"""Words around a place in which what stands behind an ellipsis is looked for."""
_FEW = 3
"""Tokens below which a stretch found elsewhere is chance."""
_LIGHT = 0.45
_RANK: tuple[QuoteValue, ...] = ("verbatim", "tidied", "marked", "trimmed", "altered", "spliced", "not found")


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
        if _RANK.index(wider.value) < _RANK.index(judgement.value):
            return wider
    return judgement


def _judge(text: str, spans: Sequence[Span], pieces: Sequence[Piece], more: int) -> Judgement:
    size = sum((span.end - span.start) // 5 + 1 for span in spans)
    passage = passage_of(pieces, size + more)
    if not len(passage.line):
        return Judgement("not found")
    unsaid = directions_near(passage)
    found: list[_Stretch] = []
    for span in spans:
        stretch = _Stretch(text, span, read_quoted(text, span, unsaid=unsaid), passage, found[-1] if found else None)
        if len(stretch.quote):
            found.append(stretch)
    if not found:
        return Judgement("not found")
    return _joined(text, found, passage, pieces)


class _Stretch:
    """One quoted stretch, aligned and explained."""

    def __init__(self, text: str, span: Span, quoted: Quoted, passage: Passage, before: _Stretch | None) -> None:
        self.text, self.span, self.quoted, self.passage = text, span, quoted, passage
        self.quote = line_of([quoted.tokens])
        self.parts: list[Part] = []
        self.pairs: list[tuple[int, int]] = []
        self.agreement = 0.0
        self.value: QuoteValue = "not found"
        if not len(self.quote):
            return
        self._align(before)
        if not self.pairs:
            return
        self._explain()

    def _explain(self) -> None:
        """Explains the differences and takes the verdict, without the stretches from elsewhere that are chance."""
        passage = self.passage
        self.explainer = Explainer(
            self.quoted,
            self.quote,
            passage.line,
            self.pairs,
            passage.corrections,
            passage.said_between(self.pairs),
        )
        self.parts = self.explainer.parts()
        splices = self._splices()
        self.chunks = self._chunks(splices)
        kept = [chunk for chunk in self.chunks if self._is_weighty(chunk)] if splices else self.chunks
        if len(kept) < len(self.chunks):
            self.pairs = [pair for chunk in kept or [max(self.chunks, key=len)] for pair in chunk]
            self._explain()
            return
        if self._is_found(self.parts):
            self.value = "spliced" if splices else self._value()
        else:
            self.parts = []

    # ------------------------------------------------------------------ aligning

    def _align(self, before: _Stretch | None) -> None:
        line = self.passage.line
        if before is not None and before.pairs:
            centre = before.pairs[-1][1] + 1
        else:
            place = self.passage.places[0]
            near = place.near[0] - place.first
            centre = min(max(near, 0), len(line) - 1)
        at = find_run(self.quote.keys, line.keys, centre) if not self.quoted.patched else None
        if at is not None:
            self.pairs = [(each, at + each) for each in range(len(self.quote))]
            return
        cut = self.passage.cut_at(self.quoted.tokens.words.forms)
        if cut is not None:
            self.passage = cut
            at = find_run(self.quote.keys, cut.line.keys, centre)
            if at is not None:
                self.pairs = [(each, at + each) for each in range(len(self.quote))]
                return
            line = cut.line
        self.pairs, _ = align(self.quote.readings, line.readings, self._costs(centre))

    def _costs(self, centre: int) -> Costs:
        quote, line, quoted = self.quote, self.passage.line, self.quoted
        added = [0.5] * len(quote)
        for at in fillers_in(quote, 0, len(quote)):
            added[at] = 0.2
        for at in quoted.aside:
            added[at] = 0.1
        for at in quoted.inserted:
            added[at] = 0.0
        match = [_weight(quote, at) for at in range(len(quote))]
        for at in quoted.inserted:
            match[at] *= 0.4
        prior = [min(abs(at - centre) * 0.004, 0.3) for at in range(len(line) + 1)]
        omitted = omission_costs(self.passage)
        return Costs(match, added, omitted, prior, quoted.breaks, far=None if len(self.passage.places) == 1 else 1.6)

    def _is_found(self, parts: list[Part]) -> bool:
        """Whether the passage is where it was said: enough words agree, those in another writing among them."""
        agreeing = {at for at, _ in self.pairs}
        longest = run = 1
        for (one, two), (three, four) in pairwise(self.pairs):
            run = run + 1 if three == one + 1 and four == two + 1 else 1
            longest = max(longest, run)
        idle = set(self.quoted.inserted)
        for part in parts:
            if part.class_ in ("filler", "stutter"):
                idle.update(range(part.first, part.end))
            elif part.moved or part.class_ not in ("wording", "bracket", "ellipsis"):
                agreeing.update(range(part.first, part.end))
        own = [at for at in range(len(self.quote)) if at not in idle]
        weights = {at: _weight(self.quote, at) for at in own}
        total = sum(weights.values())
        self.agreement = sum(weights.get(at, 0.0) for at in agreeing) / total if total else 0.0
        # A number or a verb that was changed where it stood speaks neither for nor against the place.
        bent = {
            at
            for part in parts
            if part.kin and part.kind == "replaced" and max(part.end - part.first, part.stop - part.start) <= _BENT
            for at in range(part.first, part.end)
        }
        left = [at for at in own if at in agreeing or at not in bent]
        if len(own) < _FEW:
            return agreeing.issuperset(left)
        if len(own) == _FEW:
            return sum(weights[at] for at in left if at in agreeing) > 0.55 * sum(weights[at] for at in left)
        content = [at for at in left if weights[at] >= 1.0]
        share = sum(at in agreeing for at in left) / max(len(left), 1)
        if content and sum(at in agreeing for at in content) * 2 < len(content) and share < _MOST:
            return False
        kept = sum(weights[at] for at in left) or 1.0
        weighted = sum(weights[at] for at in left if at in agreeing) / kept
        return max(weighted, share - 0.08) >= (LEAST if longest >= 4 else _SCATTERED)

    # ------------------------------------------------------------------- verdict

    def _value(self) -> QuoteValue:
        value: QuoteValue = "verbatim"
        for part in self.parts:
            value = _worse(value, _value_of(part))
        return value

    def _splices(self) -> set[int]:
        """Numbers of the pairs at which another stretch of the transcript begins without leave."""
        found = set()
        for number, ((left, one), (right, other)) in enumerate(pairwise(self.pairs), 1):
            marked = any(left < at <= right for at in self.quoted.breaks)
            if self._leaps(one, other, marked):
                found.add(number)
        return found

    def _leaps(self, one: int, other: int, marked: bool) -> bool:
        passage, line = self.passage, self.passage.line
        if line.places[one] != line.places[other]:
            first, second = passage.place(one), passage.place(other)
            if first.transcript is not second.transcript:
                dates = {first.transcript.date, second.transcript.date}
                return not marked or len(dates) > 1 or None in dates
            if passage.word(other) < passage.word(one):
                return self._apart(one, other) > TRIMMED
            if passage.word(other) - line.lasts[one] > TRIMMED and not marked:
                return True
        if line.turns[one] != line.turns[other]:
            first_turn, second_turn = passage.turn(one), passage.turn(other)
            if first_turn is None or second_turn is None:
                return False
            if not same_speaker(first_turn, second_turn):
                return True
            if not marked and self._others_between(one, other):
                return True
        if marked:
            return False
        return sum(part.words for part in self._unmarked(one, other)) > TRIMMED

    def _apart(self, one: int, other: int) -> int:
        """How many words lie between a stretch that ends at `one` and an earlier one that begins at `other`."""
        line = self.passage.line
        mine = [each for _, each in self.pairs if each <= one and line.places[each] == line.places[one]]
        his = [each for _, each in self.pairs if each >= other and line.places[each] == line.places[other]]
        return max(line.firsts[mine[0]] - line.lasts[his[-1]], 0)

    def _unmarked(self, one: int, other: int) -> list[Part]:
        return [
            part
            for part in self.parts
            if part.class_ == "wording"
            and not part.moved
            and one < part.start
            and part.stop <= other
            and part.start < part.stop
        ]

    def _others_between(self, one: int, other: int) -> bool:
        """Whether others say more than an interjection between two tokens of one speaker."""
        turns = self.passage.transcript(one).turns
        line = self.passage.line
        mine = self.passage.turn(one)
        assert mine is not None
        for number in range(line.turns[one] + 1, line.turns[other]):
            said = [at for at in range(one + 1, other) if line.turns[at] == number]
            own = mine.speaker is not None and turns[number].role == mine.role and same_speaker(mine, turns[number])
            if said and not own and not self.explainer.others.issuperset(said):
                return True
        return False

    def _chunks(self, splices: set[int]) -> list[list[tuple[int, int]]]:
        """The pairs, parted where another stretch begins."""
        chunks: list[list[tuple[int, int]]] = [[]]
        for number, pair in enumerate(self.pairs):
            if number in splices or (number and self._far(self.pairs[number - 1][1], pair[1])):
                chunks.append([])
            chunks[-1].append(pair)
        return chunks

    def _far(self, one: int, other: int) -> bool:
        line = self.passage.line
        return line.places[one] != line.places[other] or line.firsts[other] - line.lasts[one] > TRIMMED

    def _is_weighty(self, chunk: list[tuple[int, int]]) -> bool:
        content = sum(self.quote.keys[at] not in function_words() for at, _ in chunk)
        first, other = chunk[0]
        if len(chunk) >= _FEW and self.quote.opens(first) and self.passage.line.opens(other):
            return True
        return (len(chunk) >= _FEW and content >= 2) or len(chunk) >= 2 * _FEW

    # ------------------------------------------------------------------ evidence

    def passages(self) -> list[tuple[int, Span]]:
        """Where the words stand, with the place of each."""
        line = self.passage.line
        found = []
        for chunk in self.chunks if self.value != "not found" else [self.pairs] if self.pairs else []:
            first, last = chunk[0][1], chunk[-1][1]
            found.append(
                (line.places[first], Span(min(line.starts[first : last + 1]), max(line.ends[first : last + 1])))
            )
        return found

    def differences(self) -> list[Difference]:
        """The differences with their places in both texts."""
        return [self._difference(part) for part in self.parts]

    def _difference(self, part: Part) -> Difference:
        article = self.quote.span(part.first, part.end)
        if part.class_ == "bracket" and part.first < part.end:
            marks = [self.quoted.brackets[at] for at in range(part.first, part.end) if at in self.quoted.brackets]
            if marks:
                article = Span(min(article.start, marks[0].start), max(article.end, marks[-1].end))
            elif self.text[article.end : article.end + 1] == "]":
                article = Span(article.start, article.end + 1)
            elif self.text[article.start - 1 : article.start] == "[":
                article = Span(article.start - 1, article.end)
        transcript = self.passage.line.span(part.start, part.stop)
        return Difference(part.kind, article, transcript, part.class_, part.reverses, part.reason)


def _weight(line: Line, at: int) -> float:
    key = line.keys[at]
    if key == "not":
        return 0.8
    return _LIGHT if key in function_words() or key == "'s" else 1.0


def _value_of(part: Part) -> QuoteValue:
    if part.reverses:
        return "altered"
    match part.class_:
        case "filler" | "stutter" | "contraction":
            return "tidied"
        case "bracket" | "ellipsis":
            return "marked"
        case "wording" | "gap":
            return "trimmed" if part.kind == "omitted" else "altered"
    return "verbatim"


def _worse(one: QuoteValue, other: QuoteValue) -> QuoteValue:
    return max(one, other, key=_RANK.index)


def _joined(text: str, found: list[_Stretch], passage: Passage, pieces: Sequence[Piece]) -> Judgement:
    """One judgement of all stretches: the worst counts, and where one was not found, whether the others were."""
    value: QuoteValue = "verbatim"
    for stretch in found:
        value = _worse(value, stretch.value)
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
                value = _worse(value, _value_of(left_out))
                differences.append(stretch._difference(left_out))
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
            judgement.doubt = judgement.doubt or doubt_of(stretch.quote, passage, stretch.pairs, stretch.parts)
        if judgement.doubt:
            for stretch, part in ((each, part) for each in found for part in each.parts):
                if part.class_ == "gap":
                    same = stretch._difference(part)
                    for difference in differences:
                        if difference.article == same.article and difference.transcript == same.transcript:
                            difference.class_ = "gap"
    return judgement


def _between(before: _Stretch, stretch: _Stretch) -> Part | None:
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
