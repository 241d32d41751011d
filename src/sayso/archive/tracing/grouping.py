"""Wordings gathered: those of one utterance in one group.

A group is as alike as its members are on the whole (average linkage, Sokal and Michener 1958), so that a wording which
runs two utterances together does not make one of them; such a wording belongs to both.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sayso.archive.tracing.forms import Link, Utterance
from sayso.archive.tracing.kindred import translated
from sayso.archive.tracing.linking import link
from sayso.archive.tracing.rewording import reworded

JOINED = 0.4
"""Share of the pairs between two groups that must be linked for them to be one."""
Linking = Callable[[Utterance, Utterance], Link | None]


def related(a: Utterance, b: Utterance) -> Link | None:
    """How two wordings are of one utterance, by their words or, where those differ, by what they say."""
    return link(a, b) or reworded(a, b) or translated(a, b)


def group(
    utterances: Sequence[Utterance], linking: Linking = related, *, times: Sequence[int] | None = None
) -> list[list[int]]:
    """The utterances that wordings tell, each as the places of its wordings, in their order; a splice is in several.

    `times` says how often each is there, where the same ones are given once.
    """
    count = len(utterances)
    linked = [[0] * count for _ in range(count)]
    weights = [1] * count if times is None else times
    for one in range(count):
        for other in range(one):
            linked[one][other] = linked[other][one] = int(linking(utterances[one], utterances[other]) is not None)
    groups = _merged([[place] for place in range(count)], linked, weights)
    return [sorted([*members, *_touching(members, groups, linked, weights)]) for members in groups]


def _merged(groups: list[list[int]], linked: list[list[int]], weights: Sequence[int]) -> list[list[int]]:
    while True:
        best: tuple[float, int, int] | None = None
        for at, one in enumerate(groups):
            for before in range(at):
                share = _share(one, groups[before], linked, weights)
                if share >= JOINED and (best is None or share > best[0]):
                    best = (share, before, at)
        if best is None:
            return groups
        _, stays, goes = best
        groups[stays] = sorted([*groups[stays], *groups[goes]])
        del groups[goes]


def _share(one: Sequence[int], other: Sequence[int], linked: list[list[int]], weights: Sequence[int]) -> float:
    pairs = sum(weights[a] for a in one) * sum(weights[b] for b in other)
    return sum(linked[a][b] * weights[a] * weights[b] for a in one for b in other) / pairs


def _touching(
    members: list[int], groups: list[list[int]], linked: list[list[int]], weights: Sequence[int]
) -> list[int]:
    """The wordings of other groups that are linked to most of one: they tell both."""
    whole = sum(weights[member] for member in members)
    if whole < 2:
        return []
    return [
        each
        for other in groups
        if other is not members
        for each in other
        if 2 * sum(linked[each][member] * weights[member] for member in members) > whole
    ]
