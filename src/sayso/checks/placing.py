"""Where the words of a quote stand in transcripts: word by word where they are the same, else where most of them agree
in order.

Two steps: `seeding` names the stretches that share the quote's rare words and runs of words, `local` aligns the quote
with them. A place is evidence and no verdict: whether its words are the quote's is judged elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from sayso.checks.index import GAP, Numbers, Segment, hashes_of
from sayso.checks.local import align, gains_of
from sayso.checks.seeding import Sought, Window, exact_places, seek, windows_of
from sayso.checks.spelling import mend

LEAST_SCORE = 0.2
"""A place that has less of the quote is none."""
CELLS = 120_000
"""So many cells of alignment are worth one quote: few windows for a long one, many for a short one."""
LONGEST = 1_000
"""Words that are aligned in one go; a longer quote is placed by so many at a time."""

FEW_WORDS = 12
"""Of a quote of so few words each counts: one that no transcript has is taken for the word one slip away from it."""

Prefer = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Placement:
    """Words `[first, end)` of a transcript's said words are where words `[quote_first, quote_end)` of the quote stand.

    Both begin and end with a word that agrees: a first or last word of the quote that the transcript writes otherwise
    has its like just outside of them.
    """

    transcript: int
    first: int
    end: int
    quote_first: int
    quote_end: int
    score: float
    """The share of all the quote's words that agree there, in order; one with a slip of spelling does not."""


@dataclass(frozen=True, slots=True)
class _Found:
    """A place in a segment's own terms, with what ranks it."""

    segment: int
    first: int
    end: int
    quote_first: int
    quote_end: int
    agreeing: int
    gained: int
    preferred: bool = False


def place(
    segments: Sequence[Segment], forms: Sequence[str], *, limit: int = 8, prefer: Prefer | None = None
) -> list[Placement]:
    """The places of a quote in the transcripts of some segments, the best first, at the most `limit`.

    First come those with the most of its words, the rarer counting more and words between them less; of equally good
    ones those in turns whose label `prefer` says yes to, then in the order of the transcripts.
    """
    if not forms or limit < 1 or not segments:
        return []
    if len(forms) > LONGEST:
        return _place_long(segments, forms, limit=limit, prefer=prefer)
    hashes = hashes_of(forms)
    sought = seek(segments, hashes)
    mended: list[int] = []
    if len(forms) <= FEW_WORDS and not sought.counts[0].all():
        hashes, mended = mend(segments, forms, hashes, sought)
        sought = seek(segments, hashes) if mended else sought
    gains = gains_of(sought.counts[0], sought.total)
    preferred = None if prefer is None else [_preferred(segment, prefer) for segment in segments]
    found = _exact(segments, sought, int(gains.sum()), limit=limit, preferred=preferred)
    if len(found) < limit and len(forms) > 1:
        found += _near(segments, sought, gains, limit=limit, least=0 if found else limit, preferred=preferred)
    found.sort(key=lambda each: (-each.gained, not each.preferred, each.segment, each.first))
    return _placements(segments, _apart(found, len(forms), limit), len(forms), mended)


def _place_long(
    segments: Sequence[Segment], forms: Sequence[str], *, limit: int, prefer: Prefer | None
) -> list[Placement]:
    """The places of a quote by its parts: those that follow each other in a transcript are one."""
    chains: list[Placement] = []
    for start in range(0, len(forms), LONGEST):
        part = forms[start : start + LONGEST]
        for each in place(segments, part, limit=limit, prefer=prefer):
            first, end, score = start + each.quote_first, start + each.quote_end, each.score * len(part) / len(forms)
            here = replace(each, quote_first=first, quote_end=end, score=score)
            before = next((chain for chain in chains if _follows(chain, here)), None)
            if before is None:
                chains.append(here)
            else:
                joined = replace(
                    before, end=here.end, quote_end=here.quote_end, score=min(before.score + here.score, 1.0)
                )
                chains[chains.index(before)] = joined
    found = sorted(chains, key=lambda chain: -chain.score)
    return [chain for chain in found if chain.score >= LEAST_SCORE][:limit]


def _follows(before: Placement, after: Placement) -> bool:
    apart = after.first - before.end
    return before.transcript == after.transcript and before.quote_end <= after.quote_first and 0 <= apart <= LONGEST


def _preferred(segment: Segment, prefer: Prefer) -> NDArray[np.bool_]:
    return np.array([prefer(label) for label in segment.labels], bool)


def _prefers(segment: Segment, preferred: NDArray[np.bool_], positions: Numbers) -> NDArray[np.bool_]:
    labels = segment.labels_at(positions)
    if not len(preferred):
        return np.zeros(len(positions), bool)
    return preferred[labels] & (labels >= 0)


def _exact(
    segments: Sequence[Segment],
    sought: Sought,
    gained: int,
    *,
    limit: int,
    preferred: Sequence[NDArray[np.bool_]] | None,
) -> list[_Found]:
    """The places that have the quote word by word; of each segment and preference as many as could be of use."""
    found: list[_Found] = []
    length = len(sought)
    for which, places in enumerate(exact_places(segments, sought)):
        likes = np.zeros(len(places), bool)
        if preferred is not None and places.size:
            likes = _prefers(segments[which], preferred[which], places)
        for liked in (True, False):
            # Those of "no, no" in "no, no, no" overlap, and one of them will go.
            for at in places[likes == liked][: 2 * limit].tolist():
                found.append(_Found(which, at, at + length, 0, length, length, gained, liked))
    return found


def _near(
    segments: Sequence[Segment],
    sought: Sought,
    gains: Numbers,
    *,
    limit: int,
    least: int,
    preferred: Sequence[NDArray[np.bool_]] | None,
) -> list[_Found]:
    """The places that have most of the quote's words."""
    length = len(sought)
    most = max(2 * limit, min(64, CELLS // (length * (2 * length + 80))))
    windows = windows_of(segments, sought, least=least, most=most, preferred=preferred)
    if not windows:
        return []
    quotes = np.stack([sought.numbers[window.segment] for window in windows])
    aligned = align(quotes, _words_in(segments, windows), gains)
    found = []
    for at, window in enumerate(windows):
        agreeing = int(aligned.agreeing[at])
        if agreeing:
            which, first = window.segment, window.first + int(aligned.first[at])
            liked = preferred is not None and bool(_prefers(segments[which], preferred[which], np.array([first]))[0])
            found.append(
                _Found(
                    which,
                    first,
                    window.first + int(aligned.end[at]),
                    int(aligned.quote_first[at]),
                    int(aligned.quote_end[at]),
                    agreeing,
                    int(aligned.gained[at]),
                    liked,
                )
            )
    return found


def _words_in(segments: Sequence[Segment], windows: Sequence[Window]) -> Numbers:
    """The words of windows, one a row, filled up with what no quote has."""
    rows = np.full((len(windows), max(window.end - window.first for window in windows)), GAP, np.int64)
    for row, window in zip(rows, windows, strict=True):
        row[: window.end - window.first] = segments[window.segment].words[window.first : window.end]
    return rows


def _apart(found: Sequence[_Found], length: int, limit: int) -> list[_Found]:
    """The first of those that overlap, without those that have too little of the quote."""
    kept: list[_Found] = []
    for each in found:
        if len(kept) == limit:
            break
        if each.agreeing < LEAST_SCORE * length:
            continue
        if all(one.segment != each.segment or one.end <= each.first or each.end <= one.first for one in kept):
            kept.append(each)
    return kept


def _placements(
    segments: Sequence[Segment], found: Sequence[_Found], length: int, mended: Sequence[int]
) -> list[Placement]:
    bases = np.cumsum([0, *(len(segment) for segment in segments)]).tolist()
    placements = []
    for each in found:
        segment = segments[each.segment]
        transcript = int(segment.transcripts_at(np.array([each.first]))[0])
        start = int(segment.starts[transcript])
        placements.append(
            Placement(
                transcript=bases[each.segment] + transcript,
                first=each.first - start,
                end=each.end - start,
                quote_first=each.quote_first,
                quote_end=each.quote_end,
                score=max(each.agreeing - sum(each.quote_first <= at < each.quote_end for at in mended), 0) / length,
            )
        )
    return placements
