"""Articles whose mentions are given by hand, as the encoder would have seen them."""

from __future__ import annotations

import json
from collections.abc import Callable
from types import SimpleNamespace
from typing import cast

import numpy as np
import pytest

from sayso.documents import Article, Span
from sayso.extraction import Reading, labels
from sayso.extraction.decoding import MentionScores, Scores
from sayso.extraction.layout import layout_of
from sayso.extraction.model import PARAMETERS, Model
from sayso.extraction.shipped import ENGLISH, VOCABULARY
from sayso.extraction.tokens import tokenize
from sayso.extraction.wordpiece import WordPieces
from sayso.records import Attribution, Speaker
from sayso.speakers import resolve_speakers

SURE = 40.0


def find(text: str, words: str, nth: int = 0) -> Span:
    """The `nth` place of some words."""
    at = -1
    for _ in range(nth + 1):
        at = text.index(words, at + 1)
    return Span(at, at + len(words))


def said(text: str, name: str, source: str, cue: str, content: str, *, inside: str | None = None) -> Attribution:
    """An attribution by its words; the source is the nearest one before or after its cue."""
    content_span = find(text, content)
    cues = [Span(at, at + len(cue)) for at in range(len(text)) if cue and text.startswith(cue, at)]
    cue_span = min(cues, key=lambda span: abs(span.start - content_span.start)) if cues else None
    near = cue_span or content_span
    sources = [Span(at, at + len(source)) for at in range(len(text)) if source and text.startswith(source, at)]
    source_span = min(sources, key=lambda span: abs(span.start - near.start)) if sources else None
    quoted = text[content_span.start] in '"“'
    return Attribution(
        name,
        [source_span] if source_span else [],
        [cue_span] if cue_span else [],
        [content_span],
        quotation="direct" if quoted else "indirect",
        inside=inside,
        confidence=1.0,
    )


def reading_of(article: Article, mentions: list[tuple[str, str, str]]) -> Reading:
    """What the encoder would say, if it saw just these mentions: (words, head word, kind), every place of the words."""
    pieces = WordPieces.from_file(ENGLISH / VOCABULARY)
    layout = layout_of(article)
    tokens = tokenize(article.text, blocks=layout.blocks, quoted=layout.quoted, pieces=pieces)
    count = len(tokens.words)
    tags = np.full((count, len(labels.MENTION_TAGS)), -SURE, dtype=np.float32)
    tags[:, 0] = 0.0
    width = 64
    span_head, span_word = (np.zeros((count, width), dtype=np.float32) for _ in range(2))
    number = 0
    for words, head, kind in mentions:
        nth = 0
        while True:
            try:
                span = find(article.text, words, nth)
            except ValueError:
                break
            nth += 1
            inside = [index for index, word in enumerate(tokens.words) if span.start <= word.start < span.end]
            at = next((index for index in inside if tokens.words[index].of(article.text) == head), None)
            if at is None:
                continue
            tags[at] = -SURE
            tags[at, labels.MENTION_TAGS.index(kind)] = 0.0
            span_head[at, number] = SURE
            span_word[:, number] = -SURE
            span_word[inside, number] = SURE
            number += 1
    flat = np.zeros((count, width), dtype=np.float32)
    scores = MentionScores(
        tags=tags, span_head=span_head, span_word=span_word,
        span_distance=np.zeros(len(labels.SPAN_DISTANCES) + 1, dtype=np.float32),
        link_from=flat, link_to=flat,
        link_distance=np.zeros(len(labels.LINK_DISTANCES) + 1, dtype=np.float32),
    )  # fmt: skip
    linking = json.loads((ENGLISH / PARAMETERS).read_text(encoding="utf-8"))["linking"]
    weights = {sort: np.array(each) for sort, each in linking.items()}
    model = SimpleNamespace(linking=weights, pieces=pieces)
    return Reading(tokens, layout, cast(Scores, SimpleNamespace(mentions=scores)), cast(Model, model))


@pytest.fixture
def resolved() -> Callable[..., tuple[Article, dict[str, Speaker | None]]]:
    """Reads an article from its lines (the first is the headline where asked for), its mentions and attributions; gives
    it with the speaker of each attribution."""

    def resolve(
        text: str, mentions: list[tuple[str, str, str]], *parts: tuple[str, ...], headline: bool = False
    ) -> tuple[Article, dict[str, Speaker | None]]:
        lines = []
        at = 0
        for line in text.split("\n"):
            lines.append(Span(at, at + len(line)))
            at += len(line) + 1
        article = Article("a", text, paragraphs=lines[1:] if headline else lines)
        article.headline = lines[0] if headline else None
        for number, (source, cue, content, *inside) in enumerate(parts, 1):
            outer = inside[0] if inside else None
            article.attributions.append(said(text, f"a{number}", source, cue, content, inside=outer))
        resolve_speakers(article, reading_of(article, mentions))
        speakers = {each.id: each for each in article.speakers}
        return article, {each.id: speakers.get(each.speaker or "") for each in article.attributions}

    return resolve
