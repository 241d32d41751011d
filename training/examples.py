"""Annotated texts as training examples: tokens with their gold tags and roles, cut into windows."""

from __future__ import annotations

import random
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sayso.documents import Span
from sayso.extraction import labels
from sayso.extraction.tokens import Tokens, tokenize
from sayso.extraction.wordpiece import WordPieces
from training.corpora import GoldText

IGNORED = -100
"""The target that a loss passes over."""

Ints = npt.NDArray[np.int64]


@dataclass(slots=True)
class Example:
    """A text ready to train on; all targets by word."""

    text: GoldText
    tokens: Tokens
    tags: Ints
    """[words] flat layer"""
    cue_tags: Ints
    """[words] cues at any level; IGNORED inside contents whose nested attributions were not annotated"""
    cues: Ints
    """[attributions] first word of each cue"""
    roles: Ints
    """[attributions, words]"""
    classes: list[tuple[int, int]]
    """[attributions] act and stance of each cue, IGNORED where the lexicon lacks it"""


def word_range(tokens: Tokens, span: Span, starts: Ints, ends: Ints) -> tuple[int, int]:
    """First and one-past-last word that overlap a character span."""
    return int(np.searchsorted(ends, span.start, side="right")), int(np.searchsorted(starts, span.end, side="left"))


def example_of(text: GoldText, *, blocks: list[Span], quoted: list[Span], pieces: WordPieces) -> Example:
    """Tokens and targets of one annotated text."""
    tokens = tokenize(text.text, blocks=blocks, quoted=quoted, pieces=pieces)
    count = len(tokens.words)
    starts = np.array([word.start for word in tokens.words])
    ends = np.array([word.end for word in tokens.words])
    tags, cue_tags = np.zeros(count, np.int64), np.zeros(count, np.int64)
    roles = np.zeros((len(text.attributions), count), np.int64)
    cues = np.zeros(len(text.attributions), np.int64)
    if not text.nested:
        for each in text.attributions:
            for span in each.content:
                first, last = word_range(tokens, span, starts, ends)
                cue_tags[first:last] = IGNORED
    for number, each in enumerate(text.attributions):
        for role, spans in enumerate((each.source, each.cue, each.content)):
            for span in spans:
                first, last = word_range(tokens, span, starts, ends)
                if first >= last:
                    continue
                if role == labels.CUE:
                    cue_tags[first:last], cue_tags[first] = 2, 1
                    if span == each.cue[0]:
                        cues[number] = first
                else:
                    base = 1 if role == labels.SOURCE else 3
                    roles[number, first:last] = base + 1
                    roles[number, first] = base
                if each.inside is None:
                    _write_span(tags, role, first, last)
    for span in text.doubted:
        first, last = word_range(tokens, span, starts, ends)
        cue_tags[first:last] = IGNORED
    return Example(text, tokens, tags, cue_tags, cues, roles, [(IGNORED, IGNORED)] * len(text.attributions))


def _write_span(tags: Ints, role: int, first: int, last: int) -> None:
    if last - first == 1:
        tags[first] = labels.tag(role, labels.SINGLE)
        return
    tags[first:last] = labels.tag(role, labels.INSIDE)
    tags[first] = labels.tag(role, labels.BEGIN)
    tags[last - 1] = labels.tag(role, labels.END)


@dataclass(slots=True)
class Window:
    """A stretch of an example: words `start` to `end`. No example where a text is annotated otherwise (entities)."""

    example: Example | None
    start: int
    end: int
    pieces: Ints
    """[pieces] with [CLS] and [SEP]"""
    features: Ints
    """[pieces]"""
    firsts: Ints
    """[words] index of each word's first piece in `pieces`"""


QUOTE_STYLES = (("“", "”"), ('"', '"'), ("«", "»"), ("„", "“"), ("'", "'"), ("‘", "’"))


class Windows:
    """Cuts examples into windows of a number of pieces, each epoch elsewhere, with small changes of typography."""

    def __init__(self, pieces: WordPieces, *, size: int, seed: int, hidden: float = 0.0) -> None:
        self.pieces = pieces
        self.size = size
        self.hidden = hidden
        self.random = random.Random(seed)
        self._marks = {pieces.pieces(mark)[0] for mark in ("“", "”", '"')}

    def cut(self, examples: list[Example], *, change: bool = True) -> list[Window]:
        """All windows of one epoch, in random order."""
        found: list[Window] = []
        for example in examples:
            for start, end in self.stretches(example.tokens, change=change):
                found.append(self.window(example, example.tokens, start, end, change=change))
        self.random.shuffle(found)
        return found

    def stretches(self, tokens: Tokens, *, change: bool) -> list[tuple[int, int]]:
        """The words `[start, end)` of the windows of one text, in order."""
        first_piece = tokens.first_piece
        total = int(first_piece[-1])
        room = self.size - 2
        at = -self.random.randrange(room) if change and total > room else 0
        found: list[tuple[int, int]] = []
        while at < total:
            start = int(np.searchsorted(first_piece, max(at, 0), side="left"))
            end = int(np.searchsorted(first_piece, min(at + room, total), side="right")) - 1
            at += room
            if end - start >= min(8, len(tokens.words)):
                found.append((start, end))
        return found

    def window(self, example: Example | None, tokens: Tokens, start: int, end: int, *, change: bool) -> Window:
        """The words of a text as a window, its typography perhaps changed."""
        low, high = int(tokens.first_piece[start]), int(tokens.first_piece[end])
        body = tokens.pieces[low:high].copy()
        counts = np.diff(tokens.first_piece[start : end + 1])
        features = np.repeat(tokens.feature[start:end], counts)
        if change:
            self._restyle(body)
            self._hide(body)
            if self.random.random() < 0.05:
                features = np.where(features % 4 > 0, features - features % 4, features)
        return Window(
            example,
            start,
            end,
            np.concatenate([[self.pieces.first], body, [self.pieces.last]]),
            np.concatenate([[0], features, [0]]),
            tokens.first_piece[start:end] - low + 1,
        )

    def _hide(self, body: Ints) -> None:
        """Some pieces behind [MASK], so that no name or phrase is learnt by heart."""
        if self.hidden:
            draws = np.array([self.random.random() for _ in range(len(body))])
            body[draws < self.hidden] = self.pieces.ids["[MASK]"]

    def _restyle(self, body: Ints) -> None:
        """Another outlet's quotation marks, in one window of four."""
        if self.random.random() > 0.25:
            return
        opening, closing = (self.pieces.pieces(mark)[0] for mark in self.random.choice(QUOTE_STYLES))
        is_open = False
        curly_open = self.pieces.pieces("“")[0]
        curly_close = self.pieces.pieces("”")[0]
        for index in np.flatnonzero(np.isin(body, list(self._marks))):
            opens = body[index] == curly_open or (body[index] != curly_close and not is_open)
            body[index] = opening if opens else closing
            is_open = opens
