"""One difference between a quote and a passage, and those that house style and contractions make of matched words."""

from __future__ import annotations

from dataclasses import dataclass, field

from sayso.checks.brackets import Quoted
from sayso.checks.line import Line
from sayso.verdicts import DifferenceClass, DifferenceKind, Sense


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
