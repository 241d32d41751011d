"""From scores to mentions: the pure step after the encoder. Whoever and whatever an article talks of, head by head."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sayso.documents import Span
from sayso.extraction import labels
from sayso.extraction.decoding import Floats, MentionScores
from sayso.extraction.tokens import Tokens

LEAST = 0.4
"""Least probability of a word being a mention's head: a missed name costs more than one too many, which stays alone."""
_CHUNK = 32
"""Heads at a time whose words are looked for: near one another, and so few that OpenBLAS wakes no second thread."""
_OFFSETS = np.arange(-labels.SPAN_REACH, labels.SPAN_REACH + 1)
_CLASSES = np.searchsorted(labels.SPAN_DISTANCES, _OFFSETS, side="right")
PERSON, ORGANISATION, PLACE, THING, TIME = range(1, 6)


@dataclass(slots=True)
class Mention:
    """One mention in words and in characters."""

    head: int
    """Number of its head word."""
    first: int
    last: int
    """One past its last word."""
    span: Span
    kinds: tuple[float, ...]
    """Probabilities of `labels.MENTION_TAGS`, "O" first."""

    @property
    def kind(self) -> int:
        """The likeliest kind, as its place in `labels.MENTION_TAGS`, never 0."""
        return self.kinds.index(max(self.kinds[1:]), 1)


def kinds_of(chances: Floats) -> tuple[float, ...]:
    """The kinds of a mention that is known to be one, from the probabilities [6] of its head's tags."""
    kinds = chances.copy()
    kinds[0] = 0.0
    kinds /= max(float(kinds.sum()), 1e-9)
    return tuple(kinds.tolist())


def find_mentions(scores: MentionScores, tokens: Tokens, *, least: float = LEAST) -> list[Mention]:
    """The mentions of an article in the order of their heads; no two share a head."""
    chances = np.exp(scores.tags)
    heads = np.flatnonzero((1 - chances[:, 0] >= least) & ~tokens.is_break)
    if not len(heads):
        return []
    firsts, lasts = spans_of(scores, tokens, heads)
    # two heads that see the same words are one mention: the surer head's
    surest: dict[tuple[int, int], int] = {}
    for index in np.argsort(-chances[heads, 0], kind="stable").tolist():
        surest[firsts[index].item(), lasts[index].item()] = index
    kept = np.sort(np.array(list(surest.values())))
    heads, firsts, lasts = heads[kept], firsts[kept], lasts[kept]
    return [
        Mention(head, first, last, Span(tokens.words[first].start, tokens.words[last - 1].end), tuple(kinds))
        for head, first, last, kinds in zip(
            heads.tolist(), firsts.tolist(), lasts.tolist(), chances[heads].tolist(), strict=True
        )
    ]


def spans_of(
    scores: MentionScores, tokens: Tokens, heads: npt.NDArray[np.int64]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """First and one-past-last word of the mention of each head: the stretch about it, within its block, whose words
    taken together most likely belong to it."""
    firsts, lasts = np.empty_like(heads), np.empty_like(heads)
    for low in range(0, len(heads), _CHUNK):
        part = heads[low : low + _CHUNK]
        belongs = _word_scores(scores, tokens, part)
        reach = labels.SPAN_REACH
        zero = np.zeros((len(part), 1), dtype=np.float32)
        left = np.concatenate([zero, np.cumsum(belongs[:, reach - 1 :: -1], axis=1)], axis=1)
        right = np.concatenate([zero, np.cumsum(belongs[:, reach + 1 :], axis=1)], axis=1)
        firsts[low : low + _CHUNK] = part - left.argmax(axis=1)
        lasts[low : low + _CHUNK] = part + 1 + right.argmax(axis=1)
    return firsts, lasts


def _word_scores(scores: MentionScores, tokens: Tokens, heads: npt.NDArray[np.int64]) -> Floats:
    """[heads, 2 * SPAN_REACH + 1] log-odds of each word about a head belonging to its mention."""
    count = len(tokens.words)
    around = heads[:, None] + _OFFSETS
    words = around.clip(0, count - 1)
    # One product of all heads with all words from the first to the last: most of it is thrown away, and it is still
    # several times as fast as gathering the words of each head.
    low, high = int(words.min()), int(words.max()) + 1
    every = scores.span_head[heads] @ scores.span_word[low:high].T
    raw = (
        np.take_along_axis(every, words - low, axis=1) / np.float32(np.sqrt(labels.PAIR_WIDTH))
        + scores.span_distance[_CLASSES]
    )
    outside = (around != words) | tokens.is_break[words]
    return np.where(outside, np.float32(-1e6), raw).astype(np.float32)


def link_scores(scores: MentionScores, mentions: list[Mention], queries: list[int], *, reach: int) -> list[Floats]:
    """For each queried mention (by its number), how much it goes back to each of the `reach` mentions before it.

    Higher is likelier, 0 is as likely as being new (training sets the scale); the last number is of the mention just
    before.
    """
    heads = np.array([each.head for each in mentions], dtype=np.int64)
    back, ahead = scores.link_to[heads], scores.link_from[heads]
    root = np.float32(np.sqrt(labels.PAIR_WIDTH))
    by_distance = scores.link_distance[np.searchsorted(labels.LINK_DISTANCES, np.arange(reach, 0, -1), side="right")]
    found = []
    for query in queries:
        low = max(0, query - reach)
        raw = back[low:query] @ ahead[query] / root
        found.append(np.asarray(raw + by_distance[reach - (query - low) :], dtype=np.float32))
    return found
