"""From scores to attributions: the pure step after the encoder. Nothing here knows the model, or the text.

First the flat layer: the best tagging under the BIOES constraints gives spans; then each cue, over the whole
article, chooses its source (or none), and each content its cue. Then the nested layer: cues inside contents, each
with the source and content seen from it, within the outermost content that holds it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from sayso.extraction import labels
from sayso.extraction.labels import CONTENT, CUE, SOURCE

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Scores:
    """What the encoder says of an article's words.

    tags [words, 13] and cue_tags [words, 3] are log-probabilities; from_cue and to_word [words, 5, 64] are the
    vectors whose product, over the root of 64 and plus `distance` [26, 5], scores a word's role for a cue.
    """

    tags: Floats
    cue_tags: Floats
    from_cue: Floats
    to_word: Floats
    distance: Floats


@dataclass(frozen=True, slots=True)
class Thresholds:
    """What it takes; chosen on PolNeAR's dev half by `python -m training.tune`."""

    span_bonus: tuple[float, float, float] = (0.0, 0.0, 0.0)
    """Added to the log-probability of each span of a source, cue, content: above 0 finds more of them."""
    source: float = 0.3
    """Least mean probability of a source's words being the cue's source."""
    content: float = 0.1
    """The same of a content's words."""
    spare_content: float = 0.5
    """Least probability for the words of a content that the flat layer missed."""
    nested_cue: float = 0.5
    nested_content: float = 0.5
    nested_source: float = 0.5
    reach: int = 320
    """Words to either side of a cue in which its source and content are looked for."""


@dataclass(slots=True)
class Found:
    """An attribution in words: `[first, last)` ranges, and the probabilities its confidence is made of."""

    cue: tuple[int, int]
    source: list[tuple[int, int]] = field(default_factory=list)
    content: list[tuple[int, int]] = field(default_factory=list)
    inside: int | None = None
    """Index of the attribution in whose content this one lies."""
    cue_probability: float = 0.0
    source_probability: float = 0.0
    """Of the source chosen, or of there being none."""
    content_probability: float = 0.0
    tag_probability: float = 0.0


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


def role_probabilities(scores: Scores, cue: int, first: int, last: int) -> Floats:
    """[last - first, 5] what each word is to one cue (given by its first word)."""
    vectors = scores.to_word[first:last]
    raw = np.einsum("wrd,rd->wr", vectors, scores.from_cue[cue]) / np.float32(np.sqrt(labels.PAIR_WIDTH))
    distance = np.searchsorted(labels.DISTANCES, np.arange(first, last) - cue, side="right")
    raw = raw + scores.distance[distance]
    raw = np.exp(raw - raw.max(axis=1, keepdims=True))
    return np.asarray(raw / raw.sum(axis=1, keepdims=True), dtype=np.float32)


def decode(scores: Scores, thresholds: Thresholds = Thresholds(), *, nested: bool = True) -> list[Found]:
    """The attributions of one article, in the order of their cues; nested ones only where asked for."""
    spans = flat_spans(scores.tags, thresholds.span_bonus)
    found, views = _bind(scores, spans, thresholds)
    if nested:
        found = _nest(scores, found, spans, thresholds)
    return found


_SOURCE_TAGS = slice(1, 3)
_CONTENT_TAGS = slice(3, 5)


@dataclass(slots=True)
class _View:
    """The article's words as one cue sees them, from word `first` on."""

    first: int
    source: Floats
    content: Floats
    tags: Floats

    def mean(self, values: Floats, span: tuple[int, int]) -> float:
        part = values[max(span[0] - self.first, 0) : max(span[1] - self.first, 0)]
        return float(part.mean()) if len(part) and span[0] >= self.first else 0.0


def _view(scores: Scores, cue: int, reach: int) -> _View:
    first, last = max(0, cue - reach), min(len(scores.tags), cue + reach)
    roles = role_probabilities(scores, cue, first, last)
    return _View(first, roles[:, _SOURCE_TAGS].sum(axis=1), roles[:, _CONTENT_TAGS].sum(axis=1), roles)


def _bind(scores: Scores, spans: list[tuple[int, int, int]], thresholds: Thresholds) -> tuple[list[Found], list[_View]]:
    """The flat attributions: every cue with the source and contents that are its own."""
    probabilities = np.exp(scores.tags)
    by_role: dict[int, list[tuple[int, int]]] = {role: [] for role in range(3)}
    for role, first, last in spans:
        by_role[role].append((first, last))
    found = [Found(cue) for cue in by_role[CUE]]
    views = [_view(scores, cue[0], thresholds.reach) for cue in by_role[CUE]]
    for each, view in zip(found, views, strict=True):
        chances = [(view.mean(view.source, span), span) for span in by_role[SOURCE]]
        best = max(chances, default=(0.0, (0, 0)))
        if best[0] >= thresholds.source:
            each.source = [best[1]]
            each.source_probability = best[0]
        else:
            each.source_probability = 1 - best[0]
        role_mass = probabilities[each.cue[0] : each.cue[1], 1 + 4 * CUE : 5 + 4 * CUE].sum(axis=1)
        each.cue_probability = float(role_mass.mean())
    taken = np.zeros(len(scores.tags), dtype=np.bool_)
    for span in by_role[CONTENT]:
        chances_of_cues = [(view.mean(view.content, span), number) for number, view in enumerate(views)]
        chance, number = max(chances_of_cues, default=(0.0, 0))
        if chance >= thresholds.content:
            found[number].content.append(span)
            found[number].content_probability += chance
            taken[span[0] : span[1]] = True
    for each, view in zip(found, views, strict=True):
        if each.content:
            each.content_probability /= len(each.content)
        else:
            span = _spare_content(view, taken, each.cue, thresholds.spare_content)
            if span is not None:
                each.content = [span]
                each.content_probability = view.mean(view.content, span)
                taken[span[0] : span[1]] = True
        mass = [probabilities[a:b, 1 + 4 * CONTENT : 5 + 4 * CONTENT].sum(axis=1) for a, b in each.content]
        each.tag_probability = float(np.concatenate(mass).mean()) if mass else 0.0
    kept = [index for index, each in enumerate(found) if each.content]
    return [found[index] for index in kept], [views[index] for index in kept]


def _spare_content(
    view: _View, taken: npt.NDArray[np.bool_], cue: tuple[int, int], least: float
) -> tuple[int, int] | None:
    """The longest stretch of free words that the cue sees as its content."""
    free = (view.content >= least) & ~taken[view.first : view.first + len(view.content)]
    free[cue[0] - view.first : cue[1] - view.first] = False
    edges = np.flatnonzero(np.diff(np.concatenate([[False], free, [False]])))
    runs = [(int(a) + view.first, int(b) + view.first) for a, b in zip(edges[::2], edges[1::2], strict=True)]
    return max(runs, key=lambda run: run[1] - run[0], default=None)


def _role_spans(roles: Floats, first: int, least_source: float) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
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


def _nest(
    scores: Scores, flat: list[Found], spans: list[tuple[int, int, int]], thresholds: Thresholds
) -> list[Found]:
    """The flat attributions with those inside their contents."""
    cue_chance = 1 - np.exp(scores.cue_tags[:, 0])
    begins = np.exp(scores.cue_tags[:, 1])
    nested: list[tuple[Found, Found]] = []
    for outer in flat:
        for low, high in outer.content:
            word = low
            while word < high:
                if cue_chance[word] < thresholds.nested_cue:
                    word += 1
                    continue
                end = word + 1
                while end < high and cue_chance[end] >= thresholds.nested_cue and begins[end] < 0.5:
                    end += 1
                inner = Found((word, end), cue_probability=float(cue_chance[word:end].mean()))
                word = end
                roles = role_probabilities(scores, inner.cue[0], low, high)
                sources, contents = _role_spans(roles, low, thresholds.nested_source)
                content_mass, source_mass = roles[:, _CONTENT_TAGS].sum(axis=1), roles[:, _SOURCE_TAGS].sum(axis=1)

                def mean(mass: Floats, span: tuple[int, int], low: int = low) -> float:
                    return float(mass[span[0] - low : span[1] - low].mean())

                inner.content = [s for s in contents if mean(content_mass, s) >= thresholds.nested_content]
                if not inner.content:
                    continue
                inner.content_probability = max(mean(content_mass, span) for span in inner.content)
                best = max(((mean(source_mass, span), span) for span in sources), default=None)
                if best and best[0] >= thresholds.nested_source:
                    inner.source, inner.source_probability = [best[1]], best[0]
                else:
                    inner.source_probability = 1 - float(source_mass.max(initial=0.0))
                inner.tag_probability = inner.content_probability
                nested.append((outer, inner))
    every = sorted([*flat, *(inner for _, inner in nested)], key=lambda each: each.cue)
    for number, each in enumerate(every):
        holders = [
            (sum(b - a for a, b in other.content), index)
            for index, other in enumerate(every)
            if index != number and any(a <= each.cue[0] and each.cue[1] <= b for a, b in other.content)
        ]
        each.inside = min(holders)[1] if holders else None
    return every
