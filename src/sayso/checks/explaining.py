"""What a difference between a quote and a passage is: house style, a filler, a mark of the article, or another wording.

The alignment leaves blocks of words that one side has and the other has not. Each is taken to pieces here; what no rule
explains is `wording`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from sayso.checks.brackets import Quoted
from sayso.checks.equating import MOST, same_words
from sayso.checks.fillers import fillers_in, stutters_in
from sayso.checks.line import Line
from sayso.checks.sense import Sides, changed, function_words, hidden, is_backshift, is_kin, is_name, units_in
from sayso.verdicts import DifferenceClass, DifferenceKind, Sense

BRACKET = 10
"""Words of the transcript that a bracket may stand for."""
MOVED = 15
"""Words within which a word that stands elsewhere has been moved."""


@dataclass(slots=True)
class Part:
    """One difference, by tokens of the quote and of the passage, end exclusive."""

    first: int
    end: int
    start: int
    stop: int
    class_: DifferenceClass
    reason: str | None = None
    reverses: Sense | None = None
    moved: bool = False
    kin: bool = False
    """Whether both sides of it are of one word, or of one sense: it was changed where it stands."""
    backshift: bool = False
    """Whether a bracket only puts a verb into the article's past."""
    crossing: bool = False
    """Whether the words that are left out reach from one place or turn into another."""
    words: int = 0
    """Words of the passage that it leaves out."""

    @property
    def kind(self) -> DifferenceKind:
        """How the two sides differ."""
        if self.moved:
            return "moved"
        if self.first == self.end:
            return "omitted"
        return "added" if self.start == self.stop else "replaced"


@dataclass(slots=True)
class Corrections:
    """What a transcript corrects within a passage, by tokens: struck ones, and those that stand instead."""

    pairs: list[tuple[set[int], set[int]]] = field(default_factory=list)


def surface(quoted: Quoted, quote: Line, passage: Line, pairs: list[tuple[int, int]]) -> list[Part]:
    """The differences of matched tokens that are written otherwise: house style and contractions."""
    differing = [
        (at, other)
        for at, other in pairs
        if quote.raws[at] != passage.raws[other] and _form(quote.raws[at]) != _form(passage.raws[other])
    ]
    if not differing:
        return []
    joined: list[tuple[set[int], set[int]]] = []
    partner = dict(pairs)
    for at, _ in differing:
        ours = _sharing(quote, at)
        theirs = {each for one in ours if one in partner for each in _sharing(passage, partner[one])}
        ours |= {one for one in range(max(at - 4, 0), min(at + 5, len(quote))) if partner.get(one) in theirs}
        if joined and joined[-1][0] & ours:
            joined[-1][0].update(ours)
            joined[-1][1].update(theirs)
        else:
            joined.append((ours, theirs))
    found = []
    for ours, theirs in joined:
        if any(each not in partner for each in ours) or len(theirs) != sum(each in partner for each in ours):
            # A part of the word is missing on the other side: that difference tells it all.
            continue
        short = any(each in quote.short for each in ours) != any(each in passage.short for each in theirs)
        patched = bool(quoted.patched & ours)
        class_: DifferenceClass = "bracket" if patched else "contraction" if short else "style"
        why = [quote.why.get(each) for each in sorted(ours)] + [passage.why.get(each) for each in sorted(theirs)]
        reason = next((each for each in why if each), "a spelling")
        if patched and {quote.keys[each] for each in ours} == {passage.keys[each] for each in theirs}:
            continue
        found.append(Part(min(ours), max(ours) + 1, min(theirs), max(theirs) + 1, class_, reason))
    return found


def _form(raw: str) -> str:
    return raw.casefold().replace("’", "'").rstrip(".")


def _sharing(line: Line, at: int) -> set[int]:
    """The tokens that share a word with one."""
    first, last = line.firsts[at], line.lasts[at]
    near = range(max(at - 3, 0), min(at + 4, len(line)))
    return {
        each
        for each in near
        if line.firsts[each] < last
        and first < line.lasts[each]
        and (not line.places or line.places[each] == line.places[at])
    }


class Explainer:
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

    def parts(self) -> list[Part]:
        """All differences in the order of the quote."""
        found: list[Part] = []
        borders: list[tuple[int, int | None]] = [(-1, None), *self.pairs, (len(self.quote), None)]
        for (left, before), (right, after) in pairwise(borders):
            if before is None and after is None:
                continue
            if before is None or after is None:
                if right - left > 1:
                    found += self._edge(left + 1, right, before, after)
            elif self.passage.places[before] != self.passage.places[after]:
                found += self._crossing(left + 1, right, before, after)
            elif right - left > 1 or after - before > 1:
                found += self._block(left + 1, right, before + 1, after)
        found += surface(self.quoted, self.quote, self.passage, self.pairs)
        found.sort(key=lambda part: (part.first, part.start))
        return self._merge_moved(found)

    # -------------------------------------------------------------------- edges

    def _edge(self, first: int, end: int, before: int | None, after: int | None) -> list[Part]:
        """Words at the quote's edge that no match holds: the words next to the passage may be what they stand for."""
        size = end - first
        for count in range(min(size + 2, MOST), 0, -1):
            start, stop = self._next_to(before, after, count)
            if stop - start != count:
                continue
            for ours in range(min(size, MOST), 0, -1):
                low, high = (end - ours, end) if before is None else (first, first + ours)
                why = same_words(self.quote, low, high, self.passage, start, stop)
                if why:
                    rest = (first, low) if before is None else (high, end)
                    at = start if before is None else stop
                    more = self._block(*rest, at, at) if rest[0] < rest[1] else []
                    return [Part(low, high, start, stop, *why), *more]
        start, stop = self._next_to(before, after, size)
        if stop > start and not self.quoted.inserted.issuperset(range(first, end)):
            sides = Sides(self.quote, first, end, self.passage, start, stop, 0, 0)
            if self._stands_for(sides):
                return self._block(first, end, start, stop)
        beside = after if before is None else before + 1
        assert beside is not None
        return self._block(first, end, beside, beside)

    def _next_to(self, before: int | None, after: int | None, count: int) -> tuple[int, int]:
        """The tokens of the passage before or after the matched ones, within their sentence and turn."""
        passage = self.passage
        if before is None:
            assert after is not None
            start: int = after
            while (
                start > 0 and after - start < count and not passage.opens(start) and self._same_turn(start - 1, after)
            ):
                start -= 1
            return start, after
        stop = before + 1
        while (
            stop < len(passage)
            and stop - before - 1 < count
            and not passage.opens(stop)
            and self._same_turn(stop, before)
        ):
            stop += 1
        return before + 1, stop

    def _same_turn(self, at: int, other: int) -> bool:
        passage = self.passage
        return passage.places[at] == passage.places[other] and passage.turns[at] == passage.turns[other]

    def _stands_for(self, sides: Sides) -> bool:
        """Whether words at the edge replace the ones next to the passage: both are of one kind, or look alike."""
        quote, first, end, passage, start, stop, _, _ = sides
        for at in range(first, end):
            for other in range(start, stop):
                if (at in quote.numerals and other in passage.numerals) or (
                    is_name(quote, at) and is_name(passage, other)
                ):
                    return True
                one, two = quote.keys[at], passage.keys[other]
                if len(one) > 3 and len(two) > 3 and (one[:4] == two[:4] or one[-4:] == two[-4:]):
                    return True
        ours = {unit.sense for unit in units_in(quote, first, end)}
        return changed(sides) is not None or not ours.isdisjoint(unit.sense for unit in units_in(passage, start, stop))

    # ------------------------------------------------------------------- blocks

    def _block(self, first: int, end: int, start: int, stop: int) -> list[Part]:
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
        repeated = stutters_in(self.quote, first, end, ours)
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
                found.append(self._judged(Part(run[0], run[-1] + 1, start, start, "bracket"), marked=True))
            if breaks and left:
                found += self._ellipsis(first, first, left[0], left[-1] + 1, set())
                left = []
            found += self._wording(more, left, first, start)
        return found

    def _crossing(self, first: int, end: int, before: int, after: int) -> list[Part]:
        """What lies where the quote goes on in another place, which may stand before the first one."""
        found = self._block(first, end, before + 1, before + 1) if first < end else []
        if any(first <= at <= end for at in self.quoted.breaks):
            found.append(Part(end, end, before + 1, before + 1, "ellipsis", "goes on in another place at an ellipsis"))
        elif self.passage.firsts[after] < self.passage.firsts[before]:
            run = self._run_from(after)
            ours = [at for at, other in self.pairs if other in run]
            part = Part(ours[0], ours[-1] + 1, run[0], run[-1] + 1, "wording", moved=True)
            found.append(part)
        return found

    def _run_from(self, at: int) -> list[int]:
        """The matched tokens of one place from a token on."""
        return [
            other for _, other in self.pairs if other >= at and self.passage.places[other] == self.passage.places[at]
        ]

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
            found.append(self._judged(Part(run[0], run[-1] + 1, start, start, "bracket"), marked=True))
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
            return [self._judged(Part(run[0], run[-1] + 1, at, at, "bracket"), marked=True) for run in runs]
        low, high = left[0], left[-1] + 1
        found = [Part(run[0], run[-1] + 1, low, low, "bracket") for run in runs[:-1]]
        found = [self._judged(part, marked=True) for part in found]
        last = runs[-1]
        most = BRACKET + len(last)
        if self.passage.count(low, high) <= most:
            found.append(self._judged(Part(last[0], last[-1] + 1, low, high, "bracket"), marked=True))
        else:
            found.append(self._judged(Part(last[0], last[-1] + 1, low, low, "bracket"), marked=True))
            found.append(self._judged(Part(last[-1] + 1, last[-1] + 1, low, high, "wording")))
        return found

    def _place_of(self, at: int) -> int:
        """The token of the passage after the one that is matched before a token of the quote."""
        return next(
            (other + 1 for ours, other in reversed(self.pairs) if ours < at), self.pairs[0][1] if self.pairs else 0
        )

    def _wording(self, more: list[int], left: list[int], first: int, start: int) -> list[Part]:
        """The differences that nothing explains."""
        if more and left:
            return [self._judged(Part(more[0], more[-1] + 1, left[0], left[-1] + 1, "wording"))]
        if more:
            return [
                self._judged(Part(run[0], run[-1] + 1, start, start, "wording"))
                for run in _runs_of(more, bridge=set(range(more[0], more[-1])))
            ]
        if left:
            bridge = set(range(left[0], left[-1])) if len(left) <= 20 else set()
            return [
                self._judged(Part(first, first, run[0], run[-1] + 1, "wording"))
                for run in _runs_of(left, bridge=bridge)
            ]
        return []

    def _judged(self, part: Part, *, marked: bool = False) -> Part:
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
        part.kin = part.reverses is not None or is_kin(sides)
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

    # -------------------------------------------------------------------- moved

    def _merge_moved(self, parts: list[Part]) -> list[Part]:
        """Joins words that are added in one place and left out near it: they were moved."""
        found = list(parts)
        for part in parts:
            if part.kind != "added" or part.class_ != "wording":
                continue
            keys = Counter(self.quote.keys[part.first : part.end])
            if set(keys) <= function_words():
                continue
            for other in parts:
                near = abs(other.start - part.start) <= MOVED
                if (
                    other.kind == "omitted"
                    and other.class_ == "wording"
                    and near
                    and other in found
                    and Counter(self.passage.keys[other.start : other.stop]) == keys
                ):
                    found.remove(other)
                    part.start, part.stop, part.moved = other.start, other.stop, True
                    numbers = any(at in self.quote.numerals for at in range(part.first, part.end))
                    part.reverses = "negation" if part.reverses == "negation" else "number" if numbers else None
                    break
            else:
                self._look_outside(part)
        return found

    def _look_outside(self, part: Part) -> None:
        """Words added inside or at the edge of a quote may stand just outside its passage."""
        if not self.pairs:
            return
        keys = self.quote.keys[part.first : part.end]
        size = len(keys)
        low, high = self.pairs[0][1], self.pairs[-1][1] + 1
        places = [
            *range(max(low - MOVED, 0), low - size + 1),
            *range(high, min(high + MOVED, len(self.passage) - size + 1)),
        ]
        for at in places:
            if self.passage.keys[at : at + size] == keys and self._same_turn(at, low):
                part.start, part.stop, part.moved = at, at + size, True
                part.reverses = part.reverses if part.reverses in ("negation", "number") else None
                return


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
