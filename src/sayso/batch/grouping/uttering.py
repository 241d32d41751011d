"""Which statements are of one utterance, among some that may be: as an archive's tracing links and gathers wordings.

Linked are wordings by their words (`sayso.archive.tracing.linking`), never by what they say in other words: reading
millions of pairs with the encoder costs too much. Groups are made by average linkage (`tracing.grouping`); where there
are more wordings than can all be compared, each goes to the fullest one that it is linked to best.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sayso.archive.tracing.cutting import cut_to
from sayso.archive.tracing.differing import beside, senses_of
from sayso.archive.tracing.forms import Utterance
from sayso.archive.tracing.grouping import group
from sayso.archive.tracing.linking import link
from sayso.archive.tracing.overlap import worded
from sayso.batch.grouping.connecting import Ties
from sayso.batch.grouping.pairing import likely_told, near_pairs
from sayso.batch.grouping.sketches import STATEMENT_TREES, sketch_told
from sayso.batch.grouping.told import Told
from sayso.batch.tables import Row

MOST = 40
"""Wordings that are all compared with one another."""
_COMPARED = 12
"""Fuller wordings with which each is compared where there are more: those that share most with it."""
_POSTED = 64
"""Fuller wordings that a word is looked up in."""
_FULL = 0.8
"""Share of the fullest wording's words from which another one is as full, as in a trace."""


@dataclass(slots=True)
class _Wording:
    """What one speaker is told to have said in the same words, in articles of one day."""

    utterance: Utterance
    members: list[int]
    """Places of statements, the first first."""


def utterances_among(told: Sequence[Told]) -> list[list[int]]:
    """Those of one utterance together, the first of each first, as their places; none that one article alone tells.

    A statement that runs two utterances together is in both.
    """
    wordings = _wordings(told)
    utterances = [each.utterance for each in wordings]
    found = []
    for each in _groups(utterances, [len(each.members) for each in wordings]):
        members = sorted((at for place in each for at in wordings[place].members), key=lambda at: told[at].order)
        if len({told[at].article for at in members}) > 1:
            found.append(members)
    return sorted(found, key=lambda members: [told[at].order for at in members])


def rows_of_utterance(told: Sequence[Told], members: Sequence[int], witnesses: Sequence[str], key: str) -> list[Row]:
    """The rows of one utterance, the first statement first; `witnesses` are the articles that theirs are copies of."""
    reference = _reference([told[at].utterance for at in members])
    compared: dict[tuple[object, ...], tuple[str, list[str]]] = {}
    counted, rows = len(set(witnesses)), []
    first = told[members[0]]
    for at, witness in zip(members, witnesses, strict=True):
        utterance = told[at].utterance
        alike = utterance.text, utterance.quoted
        if alike not in compared:
            compared[alike] = _beside(utterance, reference)
        wording, reverses = compared[alike]
        rows.append(
            {
                "article": told[at].article,
                "statement": told[at].statement,
                "utterance": key,
                "wording": wording,
                "reverses": reverses,
                "speaker_name": utterance.speaker_name,
                "outlet": utterance.outlet,
                "published": told[at].published,
                "witness": witness,
                "witnesses": counted,
                "statements": len(members),
                "first_seen": first.published,
            }
        )
    return rows


def keys_of(told: Sequence[Told], groups: Sequence[Sequence[int]]) -> Iterator[str]:
    """A key for each utterance: article and statement that told it first, of those that are no other utterance's."""
    taken: set[str] = set()
    for members in groups:
        names = [f"{told[at].article} {told[at].statement}" for at in members]
        key = next((name for name in names if name not in taken), f"{names[0]} +{len(taken)}")
        taken.add(key)
        yield key


def _wordings(told: Sequence[Told]) -> list[_Wording]:
    found: dict[tuple[object, ...], _Wording] = {}
    for at in sorted(range(len(told)), key=lambda at: told[at].order):
        utterance = told[at].utterance
        keys = worded(utterance.text).keys
        if not keys:
            continue
        alike = keys, utterance.speaker_name, utterance.day, utterance.said, utterance.quoted
        found.setdefault(alike, _Wording(utterance, [])).members.append(at)
    return list(found.values())


def _groups(utterances: Sequence[Utterance], times: Sequence[int]) -> Iterator[list[int]]:
    """The groups, as places of wordings: of those that hang together by links, where not all can be compared."""
    parts = [list(range(len(utterances)))] if len(utterances) <= MOST else _apart(utterances)
    for part in parts:
        its = [utterances[at] for at in part]
        groups = group(its, link, times=[times[at] for at in part]) if len(part) <= MOST else _led(its)
        yield from ([part[at] for at in each] for each in groups)


def _apart(utterances: Sequence[Utterance]) -> list[list[int]]:
    """The wordings that hang together by links; looked for, as among all, where their sketches are near."""
    records = sketch_told([Told("", "", None, each) for each in utterances], 0)
    ties = Ties(len(utterances))
    for pair in near_pairs(records, STATEMENT_TREES, likely_told):
        one, other = int(pair["one"]), int(pair["other"])
        if ties.root(one) != ties.root(other) and link(utterances[one], utterances[other]):
            ties.join(one, other)
    return ties.sets()


def _led(utterances: Sequence[Utterance]) -> list[list[int]]:
    """Each wording with the fullest that it is linked to best: so many comparisons for each, however many there are."""
    order = sorted(range(len(utterances)), key=lambda at: (-worded(utterances[at].text).total, at))
    posts: dict[str, list[int]] = defaultdict(list)
    groups: dict[int, list[int]] = {}
    for at in order:
        words = worded(utterances[at].text)
        tells = dict(zip(words.keys, words.weights, strict=True))
        shared: Counter[int] = Counter()
        for key, weight in tells.items():
            for leader in posts[key]:
                shared[leader] += round(1000 * weight)
        near = sorted(shared, key=lambda leader: (-shared[leader], leader))[:_COMPARED]
        links = [(found.score, -leader) for leader in near if (found := link(utterances[at], utterances[leader]))]
        if links:
            groups[-max(links)[1]].append(at)
            continue
        groups[at] = [at]
        for key in tells:
            if len(posts[key]) < _POSTED:
                posts[key].append(at)
    return list(groups.values())


def _reference(utterances: Sequence[Utterance]) -> Utterance:
    """The earliest of the fullest wordings, a quoted one where there is one."""
    pool = [each for each in utterances if each.quoted] or list(utterances)
    sizes = [len(worded(each.text).keys) for each in pool]
    return next(each for each, size in zip(pool, sizes, strict=True) if size >= _FULL * max(sizes))


def _beside(utterance: Utterance, reference: Utterance) -> tuple[str, list[str]]:
    """How a wording stands to the reference, as a trace tells it, and what of the sense its differences change."""
    if not utterance.quoted:
        # What a paper tells in its own words, it may: no word of it is altered.
        return "reported", []
    if worded(utterance.text).keys == worded(reference.text).keys:
        return "exact", []
    cut = cut_to(utterance, reference.text)
    if cut is None:
        return "altered", []
    if not cut.quoted:
        return "reported", []
    kind, judgement = beside(cut.text, cut.quoted, reference.text)
    return kind, list(senses_of(judgement)) if judgement is not None else []
