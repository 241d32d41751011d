"""The best sequences of tags under constraints, and the spans that they make."""

from __future__ import annotations

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


_ALLOWED = _transitions()
_MAY_START = np.array([0 if name[0] in "OBS" else -np.inf for name in labels.TAGS], dtype=np.float32)
_MAY_END = np.array([0 if name[0] in "OES" else -np.inf for name in labels.TAGS], dtype=np.float32)


def best_tags(log_probabilities: Floats, allowed: Floats, may_start: Floats, may_end: Floats) -> npt.NDArray[np.int64]:
    """The best sequence of tags under constraints [tags, tags] (Viterbi 1967); [words]."""
    count, width = log_probabilities.shape
    if not count:
        return np.zeros(0, dtype=np.int64)
    back = np.zeros((count, width), dtype=np.int64)
    best = log_probabilities[0] + may_start
    for word in range(1, count):
        paths = best[:, None] + allowed
        back[word] = paths.argmax(axis=0)
        best = paths[back[word], np.arange(width)] + log_probabilities[word]
    chosen = np.zeros(count, dtype=np.int64)
    chosen[-1] = int((best + may_end).argmax())
    for word in range(count - 1, 0, -1):
        chosen[word - 1] = back[word, chosen[word]]
    return chosen


def flat_spans(tags: Floats, bonus: tuple[float, float, float]) -> list[tuple[int, int, int]]:
    """The spans (role, first, last) of the flat layer, in order."""
    scores = tags.copy()
    for role in range(3):
        for position in (labels.BEGIN, labels.SINGLE):
            scores[:, labels.tag(role, position)] += bonus[role]
    spans: list[tuple[int, int, int]] = []
    start = 0
    for word, number in enumerate(best_tags(scores, _ALLOWED, _MAY_START, _MAY_END).tolist()):
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
    chosen = best_tags(logs, _ROLES_ALLOWED, _ROLES_MAY_START, np.zeros(5, dtype=np.float32)).tolist()
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


_ROLES_ALLOWED = _role_transitions()
_ROLES_MAY_START = np.array([0, 0, -np.inf, 0, -np.inf], dtype=np.float32)
