"""The best sequences of tags under constraints, and the spans that they make."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from operator import add

import numpy as np
import numpy.typing as npt

from sayso.extraction import labels

Floats = npt.NDArray[np.float32]


def _transitions() -> Floats:
    """[13, 13] 0 where one tag may follow the other, minus infinity elsewhere."""
    allowed = np.full((len(labels.TAGS), len(labels.TAGS)), -np.inf, dtype=np.float32)
    for before, first in enumerate(labels.TAGS):
        for after, second in enumerate(labels.TAGS):
            goes_on = first[0] in "BI"
            same_span = second[0] in "IE" and first[2:] == second[2:]
            if goes_on == (second[0] in "IE") and (not goes_on or same_span):
                allowed[before, after] = 0
    return allowed


_MAY_START = [0.0 if name[0] in "OBS" else -math.inf for name in labels.TAGS]
_MAY_END = [0.0 if name[0] in "OES" else -math.inf for name in labels.TAGS]


@dataclass(frozen=True, slots=True)
class _Group:
    """Tags that may follow the same tags."""

    before: tuple[int, ...]
    tags: tuple[int, ...]


def _groups(allowed: Floats) -> list[_Group]:
    """The tags by what they may follow; `allowed` is 0 where one tag may follow the other."""
    found: dict[tuple[int, ...], list[int]] = {}
    for tag in range(len(allowed)):
        found.setdefault(tuple(np.flatnonzero(allowed[:, tag] == 0).tolist()), []).append(tag)
    return [_Group(before, tuple(tags)) for before, tags in found.items()]


_GROUPS = _groups(_transitions())


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


def _role_transitions() -> Floats:
    allowed = np.zeros((5, 5), dtype=np.float32)
    for inside, before in ((2, (1, 2)), (4, (3, 4))):
        allowed[[number for number in range(5) if number not in before], inside] = -np.inf
    return allowed


_ROLE_GROUPS = _groups(_role_transitions())
_ROLES_MAY_START = [0.0, 0.0, -math.inf, 0.0, -math.inf]
