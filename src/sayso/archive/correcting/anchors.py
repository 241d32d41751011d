"""Where words of one text stand in another version of it: by the words themselves and what stands round them.

After the text quote selector of the W3C's Web Annotation Data Model (2017): the exact words, with a prefix and a
suffix that tell several places of them apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from sayso.documents import Span
from sayso.records import Attribution

_ROUND = 64
"""Characters before and after that are held against each other."""
_ENOUGH = 6
"""Characters of them that must agree where the words stand in several places."""


class Anchors:
    """The way from spans of an old text to those of a new one."""

    def __init__(self, old: str, new: str) -> None:
        self.old = old
        self.new = new
        self.same = old == new

    def span(self, span: Span) -> Span | None:
        """Where the words of a span stand; None where they do not, or nothing tells which of several places it is."""
        if self.same:
            return span
        places = self._places(span.of(self.old))
        if len(places) == 1:
            return places[0]
        scored = sorted(((self._agreement(span, each), -each.start) for each in places), reverse=True)
        if not scored or scored[0][0] < _ENOUGH or (len(scored) > 1 and scored[0][0] == scored[1][0]):
            return None
        start = -scored[0][1]
        return Span(start, start + span.end - span.start)

    def spans(self, some: Sequence[Span]) -> list[Span] | None:
        """All of them, in order and apart as they were; None where one is not found."""
        found = [self.span(each) for each in some]
        there = [each for each in found if each is not None]
        if len(there) < len(found) or any(one.end > other.start for one, other in pairwise(there)):
            return None
        return there

    def _places(self, words: str) -> list[Span]:
        found, start = [], self.new.find(words)
        while start >= 0:
            found.append(Span(start, start + len(words)))
            start = self.new.find(words, start + 1)
        return found

    def _agreement(self, span: Span, place: Span) -> int:
        before = self.old[max(0, span.start - _ROUND) : span.start][::-1]
        there = self.new[max(0, place.start - _ROUND) : place.start][::-1]
        after = self.old[span.end : span.end + _ROUND]
        behind = self.new[place.end : place.end + _ROUND]
        return _shared(before, there) + _shared(after, behind)


def _shared(one: str, other: str) -> int:
    """How many characters two strings begin with alike."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


def found_again(
    anchors: Anchors, attributions: Sequence[Attribution], content: Sequence[Span]
) -> Attribution | None:  # fmt: skip
    """The attribution of a new version whose content has the same words, at the same place where there are several."""
    moved = anchors.spans(content)
    texts = [span.of(anchors.old) for span in content]
    same = [each for each in attributions if [span.of(anchors.new) for span in each.content] == texts]
    at_place = [each for each in same if each.content == moved]
    # Two of one content are told apart by nothing else than their place in the record.
    if at_place:
        return at_place[0]
    return same[0] if len(same) == 1 else None
