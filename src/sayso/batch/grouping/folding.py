"""Which articles are copies of one text, among some that may be: by the words that they share, all of them compared.

The measure is that of `sayso.archive.keeping.copies`, there estimated from signatures, here counted: runs of three
words, of which 40% of both texts together are shared, or 70% of the shorter one. Copies of copies belong together.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from rapidfuzz.distance import LCSseq

from sayso.archive.keeping.copies import CONTAINED, SAME, SHORT, runs_of
from sayso.archive.tracing.overlap import Worded, worded
from sayso.batch.grouping.told import Report
from sayso.batch.tables import Row
from sayso.checks.words import words_of

_POSTED = 32
"""Texts, the longest, that a run of words is looked up in: every copy of a text that more have is one of theirs too."""
_WHOLE = 0.95
"""Share of a text's runs that the other one has, from which it is a cut of it, or that one of it."""
_GAP = 12
"""Words that may stand in the place of others."""
_FIGURES = "#%$"
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
    order = sorted(range(len(texts)), key=lambda at: (-len(texts[at].forms), texts[at].forms))
    posts: dict[int, list[int]] = defaultdict(list)
    parents = list(range(len(texts)))

    def root(at: int) -> int:
        while parents[at] != at:
            parents[at] = at = parents[parents[at]]
        return at

    for at in order:
        text = texts[at]
        shared = Counter(chain.from_iterable(posts[run] for run in text.runs))
        for other, both in shared.items():
            if _are_copies(text, texts[other], both):
                parents[root(other)] = root(at)
        for run in text.runs:
            if len(posts[run]) < _POSTED:
                posts[run].append(at)
    groups: dict[int, list[int]] = defaultdict(list)
    for at, text in enumerate(texts):
        groups[root(at)] += text.reports
    found = [sorted(group, key=lambda at: reports[at].order) for group in groups.values() if len(group) > 1]
    return sorted(found, key=lambda group: reports[group[0]].order)


def rows_of_copies(reports: Sequence[Report], group: Sequence[int]) -> Iterator[Row]:
    """The rows of copies of one text, the first of them first."""
    first = reports[group[0]]
    forms = words_of(first.text).forms
    runs = frozenset(runs_of(forms))
    compared: Worded | None = None
    for at in group:
        own_forms = words_of(reports[at].text).forms
        own = frozenset(runs_of(own_forms))
        both = len(own & runs)
        row: Row = {
            "article": reports[at].article,
            "original": first.article,
            "kind": "first" if at == group[0] else "same" if own_forms == forms else "",
            "share": both / max(1, len(own)),
            "of_original": both / max(1, len(runs)),
            "changed": [],
            "copies": len(group),
        }
        if not row["kind"]:
            row["kind"] = "cut" if row["share"] >= _WHOLE else "longer" if row["of_original"] >= _WHOLE else "near"
            # Not kept: they are as long as articles.
            compared = compared or worded.__wrapped__(first.text)
            row["changed"] = changed_figures(first.text, compared, reports[at].text)
        row["share"], row["of_original"] = round(row["share"], 4), round(row["of_original"], 4)
        yield row


def changed_figures(text: str, words: Worded, other: str) -> list[str]:
    """The numbers that another text has in the place of a text's, each with its words: `12 dead → 14 dead`.

    House style is no change, as "four" for "4".
    """
    others = worded.__wrapped__(other)
    found = []
    start = other_start = None
    for block in LCSseq.opcodes(words.keys, others.keys):
        if block.tag != "equal":
            continue
        if start is not None and other_start is not None:
            ours, theirs = range(start, block.src_start), range(other_start, block.dest_start)
            if ours and theirs and max(len(ours), len(theirs)) <= _GAP:
                one = [words.keys[at] for at in ours if words.keys[at][0] in _FIGURES]
                two = [others.keys[at] for at in theirs if others.keys[at][0] in _FIGURES]
                if one != two:
                    found.append(f"{_written(text, words, ours)} → {_written(other, others, theirs)}")
        start, other_start = block.src_end, block.dest_end
    return found


def _written(text: str, words: Worded, places: range) -> str:
    return " ".join(text[words.starts[places[0]] : words.ends[places[-1]]].split())


def _texts(reports: Sequence[Report]) -> list[_Text]:
    """The texts that differ in their words, each once."""
    numbers: dict[str, int] = {}
    texts: dict[tuple[str, ...], _Text] = {}
    for at, report in enumerate(reports):
        forms = tuple(words_of(report.text).forms)
        if forms not in texts:
            runs = frozenset(numbers.setdefault(run, len(numbers)) for run in runs_of(forms))
            texts[forms] = _Text(forms, runs, [])
        texts[forms].reports.append(at)
    return [text for forms, text in texts.items() if forms]


def _are_copies(one: _Text, other: _Text, both: int) -> bool:
    if min(len(one.forms), len(other.forms)) <= SHORT:
        return False
    shorter = min(len(one.runs), len(other.runs))
    return both >= CONTAINED * shorter or both >= SAME * (len(one.runs) + len(other.runs) - both)
