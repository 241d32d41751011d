"""From scores to attributions: the pure step after the encoder. Nothing here knows the model, or the text.

First the flat layer: the best tagging under the BIOES constraints gives spans; then each cue, over the whole
article, chooses its source (or none), and each content its cue. Then the nested layer: cues inside contents, each
with the source and content seen from it, within the outermost content that holds it.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from sayso.extraction import labels
from sayso.extraction.labels import CONTENT, CUE
from sayso.extraction.tagging import flat_spans, role_spans

Floats = npt.NDArray[np.float32]
Range = tuple[int, int]
"""Words `[first, last)`."""

CLEARLY = 0.5
NESTED_REACH = 120
"""Words to either side of a nested cue that can be its source or content, within the content that holds it: farther
than that a window may end."""
MOST_DEPTH = 64
"""Contents that start before a cue and may hold it: far more than any article nests."""


@dataclass(frozen=True, slots=True)
class MentionScores:
    """What the encoder says of an article's words as mentions of somebody or something.

    tags [words, 6] are log-probabilities of `labels.MENTION_TAGS`; the other arrays are vectors [words, 64] and tables
    by distance: of a head and a word, whose product says whether the word belongs to the head's mention; of a mention
    and an earlier one, whose product says whether they speak of the same.
    """

    tags: Floats
    span_head: Floats
    span_word: Floats
    span_distance: Floats
    link_from: Floats
    link_to: Floats
    link_distance: Floats


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
    mentions: MentionScores
    act: Floats
    """[words, 4] log-probabilities of `labels.ACTS` for a cue that starts with the word"""
    stance: Floats
    """[words, 3] the same of `labels.STANCES`"""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """What it takes; chosen on PolNeAR's dev half by `python -m training.tune`."""

    span_bonus: tuple[float, float, float] = (0.0, 0.0, 0.0)
    """Added to the log-probability of each span of a source, cue, content: above 0 finds more of them."""
    source: float = 0.3
    """Least mean probability of a source's words being the cue's source."""
    content: float = 0.1
    """The same of a content's words."""
    nested_cue: float = 0.5
    nested_content: float = 0.5
    nested_source: float = 0.5
    reach: int = 50
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


def role_probabilities(scores: Scores, cue: int, first: int, last: int) -> Floats:
    """[last - first, 5] what each word is to one cue (given by its first word)."""
    vectors = scores.to_word[first:last]
    raw = np.einsum("wrd,rd->wr", vectors, scores.from_cue[cue]) / np.float32(np.sqrt(labels.PAIR_WIDTH))
    distance = np.searchsorted(labels.DISTANCES, np.arange(first, last) - cue, side="right")
    raw = raw + scores.distance[distance]
    raw = np.exp(raw - raw.max(axis=1, keepdims=True))
    return np.asarray(raw / raw.sum(axis=1, keepdims=True), dtype=np.float32)


def decode(
    scores: Scores,
    thresholds: Thresholds = Thresholds(),
    *,
    nested: bool = True,
    continued: frozenset[int] = frozenset(),
) -> list[Found]:
    """The attributions of one article, in the order of their cues; nested ones only where asked for.

    `continued` are the words with which a quotation of several paragraphs goes on: a content that starts there
    belongs to the cue of the content before.
    """
    found = _bind(scores, flat_spans(scores.tags, thresholds.span_bonus), thresholds, continued)
    return _with_nested(scores, found, thresholds) if nested else found


class _View:
    """The article's words near a cue as the cue sees them: how much each is its source, its content."""

    def __init__(self, scores: Scores, cue: int, first: int, last: int) -> None:
        self.first, self.last = max(0, first), min(len(scores.tags), last)
        self.roles = role_probabilities(scores, cue, self.first, self.last)
        self.source: Floats = self.roles[:, 1] + self.roles[:, 2]
        self.content: Floats = self.roles[:, 3] + self.roles[:, 4]
        self._source_sums = np.concatenate([[0.0], np.cumsum(self.source, dtype=np.float64)]).tolist()
        self._content_sums = np.concatenate([[0.0], np.cumsum(self.content, dtype=np.float64)]).tolist()

    def mean_source(self, span: Range) -> float:
        """Mean probability of a span's words being the cue's source."""
        return self._mean(self._source_sums, span)

    def mean_content(self, span: Range) -> float:
        """Mean probability of a span's words being the cue's content; words out of sight are left out."""
        return self._mean(self._content_sums, span)

    def _mean(self, sums: list[float], span: Range) -> float:
        low, high = max(span[0], self.first), min(span[1], self.last)
        if low >= high:
            return 0.0
        return float(sums[high - self.first] - sums[low - self.first]) / (high - low)


def _in_sight(spans: list[Range], view: _View) -> range:
    """The indices of the spans (in text order, disjoint) that a view has any word of."""
    low = bisect_right(spans, view.first, key=lambda span: span[1])
    return range(low, max(low, bisect_right(spans, view.last - 1, key=lambda span: span[0])))


def _bind(
    scores: Scores, spans: list[tuple[int, int, int]], thresholds: Thresholds, continued: frozenset[int]
) -> list[Found]:
    """The flat attributions: every cue with the source and contents that are its own."""
    probabilities = np.exp(scores.tags)
    sources, cues, contents = ([(a, b) for role, a, b in spans if role == wanted] for wanted in range(3))
    found = [Found(cue) for cue in cues]
    views: list[_View] = []
    owner: list[tuple[float, int]] = [(0.0, -1)] * len(contents)
    for number, each in enumerate(found):
        view = _View(scores, each.cue[0], each.cue[0] - thresholds.reach, each.cue[0] + thresholds.reach)
        views.append(view)
        _choose_source(each, view, sources, thresholds.source)
        each.cue_probability = _tag_mass(probabilities, [each.cue], CUE)
        for index in _in_sight(contents, view):
            owner[index] = max(owner[index], (view.mean_content(contents[index]), number))
    last = -1
    for span, (chance, number) in zip(contents, owner, strict=True):
        # not where another cue clearly claims it: a printed dialogue opens each line with a mark, too
        if span[0] not in continued or last < 0 or chance >= CLEARLY:
            last = number if chance >= thresholds.content else -1
        if last >= 0:
            found[last].content.append(span)
    for each, view in zip(found, views, strict=True):
        if each.content:
            each.content_probability = float(np.mean([view.mean_content(span) for span in each.content]))
            each.tag_probability = _tag_mass(probabilities, each.content, CONTENT)
    return [each for each in found if each.content]


def _choose_source(found: Found, view: _View, sources: list[Range], least: float) -> None:
    """The source span that the cue sees most surely as its own, or none."""
    chance, source = max(((view.mean_source(sources[i]), i) for i in _in_sight(sources, view)), default=(0.0, -1))
    if chance >= least:
        found.source, found.source_probability = [sources[source]], chance
    else:
        found.source_probability = 1 - chance


def _tag_mass(probabilities: Floats, spans: list[Range], role: int) -> float:
    """Mean probability of the spans' words being tagged with a role, whatever the position."""
    parts = [probabilities[a:b, 1 + 4 * role : 5 + 4 * role].sum(axis=1) for a, b in spans]
    return float(np.concatenate(parts).mean())


def _with_nested(scores: Scores, flat: list[Found], thresholds: Thresholds) -> list[Found]:
    """The flat attributions with those inside their contents, and what each lies inside."""
    found = list(flat)
    for outer in flat:
        best: dict[tuple[Range, ...], Found] = {}
        for low, high in outer.content:
            for cue in _nested_cues(scores, low, high, thresholds.nested_cue):
                inner = _nested(scores, cue, low, high, thresholds)
                if inner is None:
                    continue
                # "the message is that ...": noun and verb both look like the cue, of one and the same content
                rival = best.setdefault(tuple(inner.content), inner)
                if inner.cue_probability > rival.cue_probability:
                    best[tuple(inner.content)] = inner
        found.extend(best.values())
    found.sort(key=lambda each: each.cue)
    contents = sorted((span, number) for number, each in enumerate(found) for span in each.content)
    starts = [span[0] for span, _ in contents]
    for number, each in enumerate(found):
        begun = bisect_right(starts, each.cue[0])
        holders = [
            (span[1] - span[0], holder)
            for span, holder in contents[max(0, begun - MOST_DEPTH) : begun]
            if holder != number and each.cue[1] <= span[1] and _holds(found[holder], each)
        ]
        each.inside = min(holders)[1] if holders else None
    return found


def _holds(outer: Found, inner: Found) -> bool:
    """Whether cue and contents of one lie within the contents of the other."""
    return all(any(a <= c and d <= b for a, b in outer.content) for c, d in [inner.cue, *inner.content])


def _nested_cues(scores: Scores, low: int, high: int, least: float) -> list[Range]:
    """The cues among the words of a content."""
    chances = 1 - np.exp(scores.cue_tags[low:high, 0])
    begins = np.exp(scores.cue_tags[low:high, 1])
    cues: list[Range] = []
    for word in np.flatnonzero(chances >= least).tolist():
        if cues and cues[-1][1] == low + word and begins[word] < 0.5:
            cues[-1] = (cues[-1][0], low + word + 1)
        else:
            cues.append((low + word, low + word + 1))
    return cues


def _nested(scores: Scores, cue: Range, low: int, high: int, thresholds: Thresholds) -> Found | None:
    """The attribution of one cue among the words of a content; None where it has no content of its own there."""
    view = _View(scores, cue[0], max(low, cue[0] - NESTED_REACH), min(high, cue[0] + NESTED_REACH))
    view.roles[cue[0] - view.first : cue[1] - view.first] = (1, 0, 0, 0, 0)
    sources, contents = role_spans(view.roles, view.first)
    kept = [span for span in contents if view.mean_content(span) >= thresholds.nested_content]
    if not kept:
        return None
    found = Found(cue, content=kept)
    found.cue_probability = float(np.mean(1 - np.exp(scores.cue_tags[cue[0] : cue[1], 0])))
    found.content_probability = found.tag_probability = float(np.mean([view.mean_content(span) for span in kept]))
    _choose_source(found, view, sources, thresholds.nested_source)
    return found
