"""What a difference between a quote and a passage is: house style, a filler, a mark of the article, or another wording.

The alignment leaves blocks of words that one side has and the other has not. Each is taken to pieces (`Blocks`); what
no rule explains is `wording`. Here are the ways in which blocks hang together: at the quote's edges, from one place to
another, and where words were moved.
"""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from sayso.checks.blocks import Blocks
from sayso.checks.equating import MOST, same_words
from sayso.checks.parts import Part, surface
from sayso.checks.sense import Sides, changed, is_name
from sayso.checks.sense_words import function_words, units_in

MOVED = 15
"""Words within which a word that stands elsewhere has been moved."""


class Explainer(Blocks):
    """Explains the differences of one stretch against one passage."""

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
                found += self.block(left + 1, right, before + 1, after)
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
                    more = self.block(*rest, at, at) if rest[0] < rest[1] else []
                    return [Part(low, high, start, stop, *why), *more]
        start, stop = self._next_to(before, after, size)
        if stop > start and not self.quoted.inserted.issuperset(range(first, end)):
            sides = Sides(self.quote, first, end, self.passage, start, stop, 0, 0)
            if self._stands_for(sides):
                return self.block(first, end, start, stop)
        beside = after if before is None else before + 1
        assert beside is not None
        return self.block(first, end, beside, beside)

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

    def _same_turn(self, at: int, other: int) -> bool:
        passage = self.passage
        return passage.places[at] == passage.places[other] and passage.turns[at] == passage.turns[other]

    def _crossing(self, first: int, end: int, before: int, after: int) -> list[Part]:
        """What lies where the quote goes on in another place, which may stand before the first one."""
        found = self.block(first, end, before + 1, before + 1) if first < end else []
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
