"""Takes to pieces what an alignment leaves unmatched: style, fillers, stutters, corrections, marks, other wording."""

from __future__ import annotations

from collections.abc import Iterable

from sayso.checks.brackets import Quoted
from sayso.checks.equating import MOST, same_words
from sayso.checks.fillers import fillers_in, stutters_in
from sayso.checks.line import Line
from sayso.checks.parts import Corrections, Part
from sayso.checks.sense import Sides, changed, hidden, is_backshift, is_kin
from sayso.verdicts import DifferenceClass

BRACKET = 10
"""Words of the transcript that a bracket may stand for."""


class Blocks:
    """Explains the blocks of one stretch against one passage."""

    def __init__(
        self,
        quoted: Quoted,
        quote: Line,
        passage: Line,
        pairs: list[tuple[int, int]],
        corrections: Corrections,
        others: set[int],
    ) -> None:
        self.quoted, self.quote, self.passage = quoted, quote, passage
        self.pairs = pairs
        self.corrected = self._corrected(corrections)
        self.others = others
        """Tokens of the passage that others said in between and that count for nothing."""

    def block(self, first: int, end: int, start: int, stop: int) -> list[Part]:
        """The differences of a block: tokens of the quote that are not matched, and of the passage."""
        found: list[Part] = []
        omitted = list(range(start, stop))
        cut = [at for at in omitted if at in self.corrected]
        found += self._runs(cut, "correction", "the transcript corrects itself", first)
        said_between = [at for at in omitted if at in self.others and at not in self.corrected]
        found += self._runs(said_between, "style", "an interjection", first)
        gone = self.corrected | self.others
        if not any(at in gone for at in omitted):
            first, end, start, stop, same = self._peel(first, end, start, stop)
            found += same
            if first == end and start == stop:
                return found
        breaks = [at for at in self.quoted.breaks if first <= at <= end]
        fillers = fillers_in(self.passage, start, stop, opening=first == end and self.quote.opens(first)) - gone
        stutters = (
            stutters_in(self.passage, start, stop, fillers | gone) - gone if not breaks or stop - start <= 6 else set()
        )
        ours = fillers_in(self.quote, first, end, opening=start == stop and self.passage.opens(start))
        repeated = stutters_in(self.quote, first, end, ours, spoken=False)
        marked = {at for at in range(first, end) if at in self.quoted.inserted}
        aside = {at for at in range(first, end) if at in self.quoted.aside}
        left = [at for at in range(start, stop) if at not in fillers | stutters | gone]
        more = [at for at in range(first, end) if at not in ours | repeated | marked | aside]
        if marked and not left:
            # What a bracket stands for is not cleared away, even where it was said twice.
            left, stutters = sorted(stutters), set()
        if not left or (aside and not more):
            marked |= aside
        else:
            more = sorted({*more, *aside})
        if breaks and start < stop and not more and not (marked and not left):
            # All that is left out lies at the ellipsis, fillers as well.
            found += self._ellipsis(first, end, start, stop, marked)
            return found
        found += self._runs(sorted(fillers), "filler", "a filler", first)
        found += self._runs(sorted(stutters), "stutter", "said twice, or begun anew", first)
        found += self._added(sorted(ours - marked), "filler", "a filler", start)
        found += self._added(sorted(repeated - ours - marked), "stutter", "said twice", start)
        if marked and not more:
            found += self._bracket(marked, left)
        else:
            for run in _runs_of(sorted(marked)):
                found.append(self.judged(Part(run[0], run[-1] + 1, start, start, "bracket"), marked=True))
            if breaks and left:
                found += self._ellipsis(first, first, left[0], left[-1] + 1, set())
                left = []
            found += self._wording(more, left, first, start)
        return found

    def _peel(self, first: int, end: int, start: int, stop: int) -> tuple[int, int, int, int, list[Part]]:
        """Takes the same words in another writing off both ends of a block."""
        found: list[Part] = []
        again = True
        while again:
            again = False
            for ours, theirs in _sizes(end - first, stop - start):
                ends = ((first, first + ours, start, start + theirs), (end - ours, end, stop - theirs, stop))
                for at, (low, high, other_low, other_high) in enumerate(ends):
                    why = same_words(self.quote, low, high, self.passage, other_low, other_high)
                    if why:
                        found.append(Part(low, high, other_low, other_high, *why))
                        if at == 0:
                            first, start = high, other_high
                        else:
                            end, stop = low, other_low
                        again = True
                        break
                if again:
                    break
            if first == end and start == stop:
                break
        return first, end, start, stop, found

    def _ellipsis(self, first: int, end: int, start: int, stop: int, marked: set[int]) -> list[Part]:
        found = []
        for run in _runs_of(sorted(marked)):
            found.append(self.judged(Part(run[0], run[-1] + 1, start, start, "bracket"), marked=True))
        words = self.passage.count(start, stop)
        reason = f"{words} {'word' if words == 1 else 'words'} left out at an ellipsis"
        part = Part(first if not marked else end, end, start, stop, "ellipsis", reason, words=words)
        if first < end and not marked:
            part.first = part.end
        behind = hidden(self.passage, start, stop)
        if behind is not None:
            part.reverses = behind[0]
            part.reason = f"{reason}, among them “{behind[1]}”"
        return [*found, part]

    def _bracket(self, marked: set[int], left: list[int]) -> list[Part]:
        runs = _runs_of(sorted(marked))
        if not left:
            at = self._place_of(runs[0][0])
            return [self.judged(Part(run[0], run[-1] + 1, at, at, "bracket"), marked=True) for run in runs]
        low, high = left[0], left[-1] + 1
        found = [Part(run[0], run[-1] + 1, low, low, "bracket") for run in runs[:-1]]
        found = [self.judged(part, marked=True) for part in found]
        last = runs[-1]
        most = BRACKET + len(last)
        if self.passage.count(low, high) <= most:
            found.append(self.judged(Part(last[0], last[-1] + 1, low, high, "bracket"), marked=True))
        else:
            found.append(self.judged(Part(last[0], last[-1] + 1, low, low, "bracket"), marked=True))
            found.append(self.judged(Part(last[-1] + 1, last[-1] + 1, low, high, "wording")))
        return found

    def _place_of(self, at: int) -> int:
        """The token of the passage after the one that is matched before a token of the quote."""
        return next(
            (other + 1 for ours, other in reversed(self.pairs) if ours < at), self.pairs[0][1] if self.pairs else 0
        )

    def _wording(self, more: list[int], left: list[int], first: int, start: int) -> list[Part]:
        """The differences that nothing explains."""
        if more and left:
            return [self.judged(Part(more[0], more[-1] + 1, left[0], left[-1] + 1, "wording"))]
        if more:
            return [
                self.judged(Part(run[0], run[-1] + 1, start, start, "wording"))
                for run in _runs_of(more, bridge=set(range(more[0], more[-1])))
            ]
        if left:
            bridge = set(range(left[0], left[-1])) if len(left) <= 20 else set()
            return [
                self.judged(Part(first, first, run[0], run[-1] + 1, "wording")) for run in _runs_of(left, bridge=bridge)
            ]
        return []

    def judged(self, part: Part, *, marked: bool = False) -> Part:
        before = after = 2
        at, other = part.first - 1, part.start - 1
        partner = dict(self.pairs)
        before = next((step for step in range(3) if partner.get(at - step, -2) != other - step), 3) if at >= 0 else 0
        after = next(
            (step for step in range(3) if partner.get(part.end + step, -2) != part.stop + step),
            3,
        )
        sides = Sides(
            self.quote, part.first, part.end, self.passage, part.start, part.stop, min(before, 2), min(after, 2)
        )
        part.reverses = changed(sides, marked=marked)
        part.kin = is_kin(sides)
        part.backshift = marked and part.reverses == "modal" and is_backshift(sides)
        if part.start < part.stop:
            part.words = self.passage.count(part.start, part.stop)
        return part

    def _runs(self, tokens: list[int], class_: DifferenceClass, reason: str, at: int) -> list[Part]:
        return [Part(at, at, run[0], run[-1] + 1, class_, reason) for run in _runs_of(tokens)]

    def _added(self, tokens: list[int], class_: DifferenceClass, reason: str, at: int) -> list[Part]:
        return [Part(run[0], run[-1] + 1, at, at, class_, reason) for run in _runs_of(tokens)]

    # ---------------------------------------------------------------- corrections

    def _corrected(self, corrections: Corrections) -> set[int]:
        """The tokens that a quote leaves out because it follows the other of two readings."""
        matched = {other for _, other in self.pairs}
        found: set[int] = set()
        for struck, instead in corrections.pairs:
            if struck and instead and bool(struck & matched) != bool(instead & matched):
                if struck <= matched or instead <= matched:
                    found |= (struck | instead) - matched
                continue
            kept = [self.passage.keys[at] for at in sorted((struck | instead) & matched)]
            readings = [[self.passage.keys[at] for at in sorted(each)] for each in (struck, instead)]
            if kept in readings:
                found |= (struck | instead) - matched
        return found


def _sizes(ours: int, theirs: int) -> Iterable[tuple[int, int]]:
    """How many tokens of either side to try together, the most first; one side may have none."""
    sizes = [
        (one, two) for one in range(min(ours, MOST), -1, -1) for two in range(min(theirs, MOST), -1, -1) if one or two
    ]
    return [each for each in sizes if min(each) > 0 or sum(each) == 1]


def _runs_of(tokens: list[int], *, bridge: set[int] | None = None) -> list[list[int]]:
    """Tokens as runs without a gap; `bridge` are tokens over which a run goes on."""
    runs: list[list[int]] = []
    for at in tokens:
        if runs and (at == runs[-1][-1] + 1 or (bridge and set(range(runs[-1][-1] + 1, at)) <= bridge)):
            runs[-1].append(at)
        else:
            runs.append([at])
    return runs
