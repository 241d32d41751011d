"""GUM's entities (Zeldes 2017) as training examples: every mention on its head word, with its span and its entity."""

from __future__ import annotations

import json
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from sayso.documents import Article, Span
from sayso.extraction import labels
from sayso.extraction.layout import outer_quotes
from sayso.extraction.tokens import Tokens, tokenize
from sayso.extraction.wordpiece import WordPieces
from training.examples import Ints

KINDS = {"person": "person", "organization": "organisation", "place": "place", "time": "time"}
"""GUM's types that have a tag of their own; the others are things."""


@dataclass(slots=True)
class GoldEntity:
    """One entity of a document with all its mentions."""

    id: str
    kind: str
    mentions: list[Span]
    known_as: str | None = None
    """Title of its Wikipedia article."""


@dataclass(slots=True)
class EntityText:
    """A document with its entities; `split` is GUM's own (train, dev, test)."""

    id: str
    genre: str
    split: str
    text: str
    blocks: list[Span]
    entities: list[GoldEntity] = field(default_factory=list)


def read_gum(path: Path) -> Iterator[EntityText]:
    """The documents of one GUM file."""
    with path.open(encoding="utf-8") as lines:
        for record in map(json.loads, lines):
            entities = [
                GoldEntity(
                    each["id"],
                    KINDS.get(each["type"], "thing"),
                    [Span(*span) for span in each["mentions"]],
                    each["wiki"],
                )
                for each in record["entities"]
            ]
            blocks = [Span(start, end) for start, end, *_ in record["paragraphs"]]
            yield EntityText(record["id"], record["genre"], record["split"], record["text"], blocks, entities)


@dataclass(slots=True)
class Mentioned:
    """A mention in words."""

    head: int
    first: int
    last: int
    """One past its last word."""
    kind: int
    entity: int


@dataclass(slots=True)
class EntityExample:
    """A document ready to train on."""

    id: str
    tokens: Tokens
    tags: Ints
    """[words] `labels.MENTION_TAGS` on head words"""
    mentions: list[Mentioned]
    """In the order of their heads; no two share one."""


_STOP = re.compile(
    r"(?i)(of|in|at|for|from|on|with|to|by|about|after|before|between|against|among|into|over|under|than|as|like|"
    r"who|which|that|whose|whom|where|when|including|based|called|named|known|[,;:()\[\]—–-])\Z"
)


def head_of(words: list[str], covered: list[bool]) -> int:
    """The index of a mention's head word, guessed without a parse: the last word before the first preposition,
    relative or comma that is no part of a smaller mention inside it.

    >>> head_of("the union ' s chief negotiator Otto Hale of Turva".split(), [True] * 4 + [False] * 5 + [True])
    7
    """
    count = len(words)
    while count > 1 and words[count - 1] in {"s", "S"} and words[count - 2] in {"'", "’"}:
        count -= 2
    while count > 1 and not words[count - 1][0].isalnum():
        count -= 1
    start = next((index for index in range(count) if words[index][0].isalnum() or index == count - 1), 0)
    end = count
    for index in range(start + 1, count):
        if not covered[index] and _STOP.match(words[index]):
            end = index
            break
    for index in range(end - 1, start - 1, -1):
        if not covered[index] and words[index][0].isalnum() and words[index] not in {"s", "S"}:
            return index
    return end - 1


def _word(text: str, tokens: Tokens, index: int) -> str:
    """A word as `head_of` reads it: a mark inside a compound ("well-known", "2,400") is none, a break is a comma."""
    span = tokens.words[index]
    word = span.of(text)
    if word in "-–," and text[span.start - 1 : span.start].isalnum() and text[span.end : span.end + 1].isalnum():
        return "_"
    return word or ","


def entity_example(text: EntityText, pieces: WordPieces) -> EntityExample:
    """Tokens and targets of one document."""
    article = Article(text.id, text.text, paragraphs=text.blocks)
    quoted = outer_quotes(article, text.blocks)
    tokens = tokenize(text.text, blocks=text.blocks, quoted=quoted, pieces=pieces)
    starts, ends = [word.start for word in tokens.words], [word.end for word in tokens.words]
    ranges: list[tuple[int, int, int]] = []
    for number, entity in enumerate(text.entities):
        for span in entity.mentions:
            first, last = bisect_right(ends, span.start), bisect_left(starts, span.end)
            while first < last and tokens.is_break[first]:
                first += 1
            while first < last and tokens.is_break[last - 1]:
                last -= 1
            if first < last:
                ranges.append((first, last, number))
    ranges.sort(key=lambda each: (each[1] - each[0], each))
    taken: dict[int, Mentioned] = {}
    for first, last, number in ranges:
        covered = [False] * (last - first)
        for a, b, _ in ranges:
            if b - a >= last - first:
                break
            if first <= a and b <= last:
                covered[a - first : b - first] = [True] * (b - a)
        words = [_word(text.text, tokens, index) for index in range(first, last)]
        head = first + head_of(words, covered)
        if head not in taken:
            kind = labels.MENTION_TAGS.index(text.entities[number].kind)
            taken[head] = Mentioned(head, first, last, kind, number)
    tags = np.zeros(len(tokens.words), np.int64)
    for head, each in taken.items():
        tags[head] = each.kind
    return EntityExample(text.id, tokens, tags, [taken[head] for head in sorted(taken)])
