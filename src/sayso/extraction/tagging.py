"""The best sequences of tags under constraints, and the spans that they make."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import add

import numpy as np
import numpy.typing as npt

from sayso.extraction import labels

Floats = npt.NDArray[np.float32]


def _may_follow(before: int, after: int) -> bool:
    first, second = labels.TAGS[before], labels.TAGS[after]
    goes_on = first[0] in "BI"
    return goes_on == (second[0] in "IE") and (not goes_on or first[2:] == second[2:])


_MAY_START = [0.0 if name[0] in "OBS" else -math.inf for name in labels.TAGS]
_MAY_END = [0.0 if name[0] in "OES" else -math.inf for name in labels.TAGS]


@dataclass(frozen=True, slots=True)
class _Group:
    """Tags that may follow the same tags."""

    before: tuple[int, ...]
    tags: tuple[int, ...]


def _groups(count: int, may_follow: Callable[[int, int], bool]) -> list[_Group]:
    """The tags by what they may follow; `may_follow` is asked of the tag before and the tag after it."""
    found: dict[tuple[int, ...], list[int]] = defaultdict(list)
    for tag in range(count):
        found[tuple(before for before in range(count) if may_follow(before, tag))].append(tag)
    return [_Group(before, tuple(tags)) for before, tags in found.items()]


_GROUPS = _groups(len(labels.TAGS), _may_follow)


def best_tags(
    log_probabilities: Floats, groups: Sequence[_Group], may_start: Sequence[float], may_end: Sequence[float]
) -> list[int]:
    """The best sequence of tags under constraints (Viterbi 1967); [words].

    Word after word it takes a few sums: in plain numbers, which NumPy's calls would outweigh.
    """
    rows = log_probabilities.tolist()
    if not rows:
        return []
    best = list(map(add, rows[0], may_start))
    back: list[bytes] = []
    for row in rows[1:]:
        before = [0] * len(row)
        for group in groups:
            last = max(group.before, key=best.__getitem__)
            value = best[last]
            for tag in group.tags:
                row[tag] += value
                before[tag] = last
        best = row
        back.append(bytes(before))
    ends = list(map(add, best, may_end))
    chosen = [ends.index(max(ends))]
    for earlier in reversed(back):
        chosen.append(earlier[chosen[-1]])
    return chosen[::-1]


def flat_spans(tags: Floats, bonus: tuple[float, float, float]) -> list[tuple[int, int, int]]:
    """The spans (role, first, last) of the flat layer, in order."""
    scores = tags.copy()
    for role in range(3):
        for position in (labels.BEGIN, labels.SINGLE):
            scores[:, labels.tag(role, position)] += bonus[role]
    spans: list[tuple[int, int, int]] = []
    start = 0
    for word, number in enumerate(best_tags(scores, _GROUPS, _MAY_START, _MAY_END)):
        if not number:
            continue
        role, position = divmod(number - 1, 4)
        if position in (labels.BEGIN, labels.SINGLE):
            start = word
        if position in (labels.END, labels.SINGLE):
            spans.append((role, start, word + 1))
    return spans


def role_spans(roles: Floats, first: int) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Sources and contents of one nested cue, by the best BIO tagging of the words it sees."""
    logs = np.log(roles + np.float32(1e-9))
    chosen = best_tags(logs, _ROLE_GROUPS, _ROLES_MAY_START, [0.0] * 5)
    spans: tuple[list[tuple[int, int]], list[tuple[int, int]]] = ([], [])
    for word, number in enumerate(chosen):
        if not number:
            continue
        kind = 0 if number < 3 else 1
        if number in (1, 3):
            spans[kind].append((first + word, first + word + 1))
        else:
            spans[kind][-1] = (spans[kind][-1][0], first + word + 1)
    return spans


def _role_may_follow(before: int, after: int) -> bool:
    return after not in (2, 4) or before in (after - 1, after)


_ROLE_GROUPS = _groups(len(labels.ROLE_TAGS), _role_may_follow)
_ROLES_MAY_START = [0.0, 0.0, -math.inf, 0.0, -math.inf]
