"""Which articles are copies of one text, among some that may be: by the words that they share, all of them compared.

The measure is that of `sayso.archive.keeping.copies`, there estimated from signatures, here counted: runs of three
words, of which 40% of both texts together are shared, or 70% of the shorter one. Copies of copies belong together.
What an outlet prints under whatever it prints is left out: many short items with one long imprint are no copies.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from rapidfuzz.distance import LCSseq

from sayso.archive.keeping.copies import CONTAINED, SAME, SHORT, runs_of
from sayso.archive.tracing.overlap import worded
from sayso.batch.grouping.connecting import Ties
from sayso.batch.grouping.told import Report
from sayso.batch.tables import Row
from sayso.checks.words import Words, forms_of, words_of

_POSTED = 32
"""Texts, the longest, that a run of words is looked up in: every copy of a text that more have is one of theirs too."""
_WHOLE = 0.95
"""Share of a text's runs that the other one has, from which it has nothing of its own."""
_OFTEN, _DAYS = 10, 5
"""Texts of one outlet, and days on which they came out, from which what all have is standing text: a report that is
brought up to date over and over comes to ten versions, but not over five days."""
_GAP = 12
"""Words that may stand in the place of others."""
_NUMBERS = "#%$"
"""What the keys of numbers begin with."""


@dataclass(slots=True)
class _Text:
    forms: tuple[str, ...]
    runs: frozenset[int]
    """By their numbers"""
    reports: list[int]
    """Those that have it, as places in what was given."""


def copies_among(reports: Sequence[Report]) -> list[list[int]]:
    """Those that are copies of one text together, the first of each first, as their places; none that stands alone."""
    texts = _texts(reports)
    _leave_out_standing(texts, reports)
    order = sorted(range(len(texts)), key=lambda at: (-len(texts[at].forms), texts[at].forms))
    posts: dict[int, list[int]] = defaultdict(list)
    ties = Ties(len(texts))
    for at in order:
        text = texts[at]
        shared = Counter(chain.from_iterable(posts[run] for run in text.runs))
        for other, both in shared.items():
            if _are_copies(text, texts[other], both):
                ties.join(at, other)
        for run in text.runs:
            if len(posts[run]) < _POSTED:
                posts[run].append(at)
    groups = ([report for at in alike for report in texts[at].reports] for alike in ties.sets())
    found = [sorted(group, key=lambda at: reports[at].order) for group in groups if len(group) > 1]
    return sorted(found, key=lambda group: reports[group[0]].order)


def rows_of_copies(reports: Sequence[Report], group: Sequence[int]) -> Iterator[Row]:
    """The rows of copies of one text, the first of them first."""
    first = words_of(reports[group[0]].text)
    runs = frozenset(runs_of(first.forms))
    for at in group:
        forms = forms_of(reports[at].text)
        own = frozenset(runs_of(forms))
        both = len(own & runs)
        share, of_original = both / max(1, len(own)), both / max(1, len(runs))
        kind, changed = "first" if at == group[0] else "same", list[str]()
        if forms != first.forms:
            kind = _kind(share, of_original)
            changed = changed_figures(first, words_of(reports[at].text))
        yield {
            "article": reports[at].article,
            "original": reports[group[0]].article,
            "kind": kind,
            "share": round(share, 4),
            "of_original": round(of_original, 4),
            "changed": changed,
            "copies": len(group),
        }


def _kind(share: float, of_original: float) -> str:
    if share >= _WHOLE > of_original:
        return "cut"
    return "longer" if of_original >= _WHOLE > share else "near"


def changed_figures(words: Words, others: Words) -> list[str]:
    """The numbers that another text has in the place of a text's, each with its words: `12 dead → 14 dead`.

    House style is no change, as "four" for "4".
    """
    found = []
    end = other_end = None
    for block in LCSseq.opcodes(words.forms, others.forms):
        if block.tag != "equal":
            continue
        if end is not None and other_end is not None:
            ours, theirs = block.src_start - end, block.dest_start - other_end
            if 0 < ours <= _GAP and 0 < theirs <= _GAP:
                # With the word before and behind, by which a number is read.
                one = words.span(end - 1, block.src_start + 1).of(words.text)
                two = others.span(other_end - 1, block.dest_start + 1).of(others.text)
                if _figures(one) != _figures(two):
                    found.append(f"{' '.join(one.split())} → {' '.join(two.split())}")
        end, other_end = block.src_end, block.dest_end
    return found


def _figures(text: str) -> list[str]:
    return [key for key in worded(text).keys if key[0] in _NUMBERS]


def _texts(reports: Sequence[Report]) -> list[_Text]:
    """The texts that differ in their words, each once."""
    numbers: dict[str, int] = {}
    texts: dict[tuple[str, ...], _Text] = {}
    for at, report in enumerate(reports):
        forms = tuple(forms_of(report.text))
        if forms not in texts:
            runs = frozenset(numbers.setdefault(run, len(numbers)) for run in runs_of(forms))
            texts[forms] = _Text(forms, runs, [])
        texts[forms].reports.append(at)
    return [text for forms, text in texts.items() if forms]


def _leave_out_standing(texts: Sequence[_Text], reports: Sequence[Report]) -> None:
    """Takes away the runs that an outlet prints in many texts, on many days."""
    by_outlet: dict[str, dict[int, set[str]]] = defaultdict(dict)
    for number, text in enumerate(texts):
        for at in text.reports:
            outlet, published = reports[at].outlet, reports[at].published
            if outlet is not None and published is not None:
                by_outlet[outlet].setdefault(number, set()).add(published[:10])
    standing: set[int] = set()
    for its in by_outlet.values():
        if len(its) < _OFTEN:
            continue
        often = Counter(chain.from_iterable(texts[number].runs for number in its))
        for run in (run for run, times in often.items() if times >= _OFTEN):
            days = set().union(*(its[number] for number in its if run in texts[number].runs))
            if len(days) >= _DAYS:
                standing.add(run)
    if standing:
        for text in texts:
            text.runs -= standing


def _are_copies(one: _Text, other: _Text, both: int) -> bool:
    shorter = min(len(one.runs), len(other.runs))
    if min(len(one.forms), len(other.forms)) <= SHORT or not shorter:
        return False
    return both >= CONTAINED * shorter or both >= SAME * (len(one.runs) + len(other.runs) - both)
