"""One quoted stretch against a passage: where it stands there, what differs, and which verdict that is."""

from __future__ import annotations

from itertools import pairwise

from sayso.checks.aligning import Costs, align, find_run
from sayso.checks.brackets import Quoted
from sayso.checks.evidence import differing
from sayso.checks.explaining import Explainer
from sayso.checks.fillers import fillers_in
from sayso.checks.line import Line, line_of
from sayso.checks.parts import Part
from sayso.checks.passage import Passage, omission_costs
from sayso.checks.ranking import value_of, worse
from sayso.checks.sense_words import function_words
from sayso.checks.turns import same_speaker
from sayso.documents import Span
from sayso.verdicts import Difference, QuoteValue

TRIMMED = 15
"""Words that may be left out in one place before the stretches on both sides count as two."""
LEAST = 0.5
"""Share of a quote's words, by weight, below which a passage is not where it was said."""
_SCATTERED = 0.62
"""The same where no four words in a row agree."""
_UNLIKE = 1.6
"""Of what agrees, how much may differ, by rarity, in the place where a quote was said."""
_MOST = 0.8
"""The same share from which the passage is the place though the words that say most differ."""
_BENT = 4
"""Tokens of a difference that was made where it stands."""
_FEW = 3
"""Tokens below which a stretch found elsewhere is chance."""
_LIGHT = 0.45


class Stretch:
    """One quoted stretch, aligned and explained."""

    def __init__(self, text: str, span: Span, quoted: Quoted, passage: Passage, before: Stretch | None) -> None:
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
        if self._is_found(self.parts) and self._differing() <= _UNLIKE:
            self.value = "spliced" if splices else self._value()
        else:
            self.parts = []

    def _differing(self) -> float:
        """Of what agrees, how much differs; 0 without a look at the words where nothing does."""
        if all(part.class_ not in ("wording", "gap") for part in self.parts):
            return 0.0
        return differing(self.quoted, self.quote, self.passage.line, self.parts)

    # ------------------------------------------------------------------ aligning

    def _align(self, before: Stretch | None) -> None:
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
            value = worse(value, value_of(part))
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
        if len(chunk) >= _FEW and (first == 0 or self.quote.opens(first)) and self.passage.line.opens(other):
            return True
        return (len(chunk) >= _FEW and content >= 2) or len(chunk) >= 2 * _FEW

    # ------------------------------------------------------------------ evidence

    def passages(self) -> list[tuple[int, Span]]:
        """Where the words stand, with the place of each."""
        line = self.passage.line
        found = []
        for chunk in self.chunks if self.value != "not found" else [self.pairs] if self.pairs else []:
            first, last = self._with_edges(chunk[0][1], chunk[-1][1])
            found.append(
                (line.places[first], Span(min(line.starts[first : last + 1]), max(line.ends[first : last + 1])))
            )
        return found

    def _with_edges(self, first: int, last: int) -> tuple[int, int]:
        """The tokens of a passage with those at its edges for which the quote has others."""
        for part in self.parts:
            if part.first < part.end and part.start < part.stop and not part.moved:
                first = part.start if part.stop == first else first
                last = part.stop - 1 if part.start == last + 1 else last
        return first, last

    def differences(self) -> list[Difference]:
        """The differences with their places in both texts."""
        return [self.difference_of(part) for part in self.parts]

    def difference_of(self, part: Part) -> Difference:
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
