"""One wording of a trace held against the reference: its words with what was added, left out or put in their place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from sayso.archive.tracing.forms import LinkKind, Occurrence, Trace, Wording
from sayso.desk import plots
from sayso.documents import Span
from sayso.wordlists import read_rows

_KINDS = Path(__file__).parent / "data/kinds.tsv"
_MARKS = " .,;:!?\"'”’"
_TOLD = ("wording", "gap", "correction")
"""The classes of differences that are shown: house style and what the article marks itself are none."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of an aligned wording. Of `omitted`, `text` are words of the reference that it lacks."""

    kind: Literal["same", "added", "omitted", "moved"]
    text: str
    reverses: str = ""
    """What of the sense it changes."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of wording as the page tells it."""

    name: str
    label: str
    meaning: str
    weight: str


@dataclass(frozen=True, slots=True)
class Report:
    """An article that has a wording, with those that copied it."""

    first: Occurrence
    copies: list[Occurrence]
    original: str | None
    """Of which outlet's report it is a copy, where that one has another wording."""


@dataclass(frozen=True, slots=True)
class Row:
    """One wording with all that the page shows of it."""

    number: int
    wording: Wording
    kind: Kind
    pieces: list[Piece]
    whole: list[tuple[str, bool]]
    """The statement in stretches, those that tell the utterance apart; nothing where that is all of it."""
    start: float
    """Of the reference, where it begins to have it, 0 to `plots.WIDTH`."""
    width: float
    share: float
    """Of the reference, how much lies between its first and its last word of it."""
    reports: list[Report]


@dataclass(frozen=True, slots=True)
class Print:
    """One article on the time line of a trace."""

    occurrence: Occurrence
    number: int
    """Of its wording."""
    kind: Kind
    x: float | None
    """Between the first and the last of them, 0 to `plots.WIDTH`; None without a day."""


@cache
def kinds() -> dict[str, Kind]:
    """The kinds of wordings by their names."""
    return {row[0]: Kind(*row) for row in read_rows(_KINDS)}


def rows(trace: Trace) -> list[Row]:
    """The wordings of a trace in its order."""
    outlets = {each.article: each.outlet or "" for wording in trace.wordings for each in wording.occurrences}
    return [_row(number, each, trace.reference, outlets) for number, each in enumerate(trace.wordings, 1)]


def prints(trace: Trace) -> list[Print]:
    """All articles of a trace by the moment at which they were published, those without a day last."""
    found = [
        (each, number, wording.kind) for number, wording in enumerate(trace.wordings, 1) for each in wording.occurrences
    ]
    dated = sorted(each.published for each, _, _ in found if each.published)
    first, last = (dated[0], dated[-1]) if dated else ("", "")
    shown = [
        Print(each, number, kinds()[kind], plots.place(each.published or "", first, last))
        for each, number, kind in found
    ]
    return sorted(shown, key=lambda each: (each.x is None, each.x or 0.0, each.occurrence.article, each.number))


def aligned(text: str, reference: str, wording: Wording) -> list[Piece]:
    """A wording in pieces, with what it lacks where that would stand.

    Words that are another's place are shown both: what the reference has as `omitted`, then what is there as `added`.
    """
    found: list[Piece] = []
    at = 0
    for each in sorted(wording.differences, key=lambda each: (each.article, each.transcript)):
        start, end = each.article
        if each.class_ not in _TOLD or start < at:
            continue
        found.append(Piece("same", text[at:start]))
        sense = each.reverses or ""
        here, there = text[start:end], reference[slice(*each.transcript)]
        if each.kind == "moved":
            found.append(Piece("moved", here, sense))
        else:
            found += [Piece("omitted", there, sense), Piece("added", here, sense)]
        at = end
    return [
        each for each in (*found, Piece("same", text[at:])) if each.text.strip() or (each.text and each.kind == "same")
    ]


def _row(number: int, wording: Wording, reference: str, outlets: dict[int, str]) -> Row:
    # Of a paraphrase nearly every word is another one: nothing is learnt from marking them all.
    is_compared = wording.kind in _COMPARED
    shown = aligned(wording.text, reference, wording) if is_compared else [Piece("same", wording.text)]
    covers = _covers(wording, reference) if is_compared else wording.covers or Span(0, 0)
    size = len(reference) or 1
    return Row(
        number=number,
        wording=wording,
        kind=kinds()[wording.kind],
        pieces=shown,
        whole=_whole(wording),
        start=round(covers.start / size * plots.WIDTH, 1),
        width=round((covers.end - covers.start) / size * plots.WIDTH, 1),
        share=(covers.end - covers.start) / size,
        reports=list(_reports(wording, outlets)),
    )


def _covers(wording: Wording, reference: str) -> Span:
    """The stretch of the reference that it has, words that it has in another form among them."""
    if wording.covers is None:
        return Span(0, 0)
    start, end = wording.covers
    changed = [each for each in wording.differences if each.class_ in _TOLD and each.kind == "replaced"]
    for each in sorted(changed, key=lambda each: each.article):
        start, end = min(start, each.transcript.start), max(end, each.transcript.end)
        # A single word behind it is no run of words, yet it is there.
        rest = wording.text[each.article.end :].rstrip(_MARKS)
        if reference[each.transcript.end :].casefold().startswith(rest.casefold()):
            end = max(end, each.transcript.end + len(rest))
    return Span(start, end)


_COMPARED: tuple[LinkKind, ...] = ("exact", "cut", "altered")


def _whole(wording: Wording) -> list[tuple[str, bool]]:
    """The statement round the stretch, where it says more than that."""
    if not wording.stretch or wording.whole.strip() == wording.text.strip():
        return []
    found: list[tuple[str, bool]] = []
    at = 0
    for span in wording.stretch:
        found += [(wording.whole[at : span.start], False), (wording.whole[span.start : span.end], True)]
        at = span.end
    found.append((wording.whole[at:], False))
    rest = "".join(text for text, told in found if not told)
    return [each for each in found if each[0]] if any(sign.isalnum() for sign in rest) else []


def _reports(wording: Wording, outlets: dict[int, str]) -> Iterator[Report]:
    """The articles with a wording, copies folded into the first of the report that they copy."""
    folded: dict[int, Report] = {}
    for each in wording.occurrences:
        report = each.copy_of or each.article
        if report in folded:
            folded[report].copies.append(each)
        else:
            original = outlets.get(report, "another outlet") if each.copy_of else None
            folded[report] = Report(each, [], original or None)
    yield from folded.values()
