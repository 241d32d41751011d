"""Which mention an attribution's source is: the one that a reader would look up.

A source says where the mention lies better than the encoder's mention heads do: what stands before its first comma is
one noun phrase, whose last word is a name or whose noun stands before its first preposition.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

import numpy as np

from sayso.documents import Span
from sayso.extraction import Reading
from sayso.extraction.decoding import Floats
from sayso.extraction.tokens import Tokens
from sayso.records import Attribution
from sayso.speakers.forms import plain_word
from sayso.speakers.lists import (
    country_of_adjective,
    gender_of_name,
    is_title_word,
    metonym,
    noun_class,
    title_class,
)
from sayso.speakers.mentions import PERSON, Mention, find_mentions, kinds_of

_STOPS = frozenset("of in at for from on with to by about who which that whose whom near against as based than".split())
_CHUNK_END = re.compile(r"(?i)(?<!\d)[,;:(—–]|\s(?=who\b|which\b|whose\b|that\b|whom\b)|\s-\s")
_BASED = re.compile(r"\s*[A-Z][\w.]*(?:\s[A-Z][\w.]*)?-based\b")
_NEVER_HEADS = frozenset(
    "the a an of in at for from on with to by and or but as who which that this these those s".split()
)


@dataclass(slots=True)
class Sources:
    """The mentions of an article, one for each source among them."""

    mentions: list[Mention]
    of_attribution: dict[str, int]
    """By attribution id, the number of the mention that its source is."""
    beside: list[tuple[int, int]]
    """Pairs of mentions that one source has on both sides of a comma: a name and a description, mostly."""


def mentions_with_sources(attributions: list[Attribution], text: str, reading: Reading) -> Sources:
    """The mentions of an article, with one for each source."""
    tokens = reading.tokens
    chances = np.exp(reading.scores.mentions.tags)
    by_head = {
        each.head: each
        for each in find_mentions(reading.scores.mentions, tokens)
        if (word := tokens.words[each.head].of(text).lower())[0].isalnum() and word not in _NEVER_HEADS
    }
    starts = [word.start for word in tokens.words]
    heads: dict[str, int] = {}
    beside: list[tuple[int, int]] = []
    for attribution in attributions:
        for source in attribution.source[:1]:
            parts = source_mentions(source, text, tokens, starts, chances, by_head)
            by_head.update((each.head, each) for each in parts)
            if parts:
                heads[attribution.id] = parts[0].head
            if len(parts) > 1:
                beside.append((parts[0].head, parts[1].head))
    mentions = [by_head[head] for head in sorted(by_head)]
    number_of = {each.head: number for number, each in enumerate(mentions)}
    return Sources(
        mentions,
        {name: number_of[head] for name, head in heads.items()},
        [(number_of[one], number_of[other]) for one, other in beside],
    )


def source_mentions(
    source: Span, text: str, tokens: Tokens, starts: list[int], chances: Floats, by_head: dict[int, Mention]
) -> list[Mention]:
    """The mention that a source is: its noun phrase up to the first comma, bracket or relative clause; and, where a
    comma follows, the noun phrase behind it."""
    found: list[Mention] = []
    start = source.start
    for _ in range(2):
        cut = _CHUNK_END.search(text, start + 1, source.end)
        if cut is not None and _BASED.match(text, cut.end(), source.end):
            cut = _CHUNK_END.search(text, cut.end() + 1, source.end)
        end = cut.start() if cut else source.end
        part = _phrase(Span(start, end), source, text, tokens, starts, chances, by_head)
        if part is None:
            break
        found.append(part)
        if cut is None or cut[0] not in ",(—–":
            break
        start = cut.end()
    if len(found) == 2:
        _agree(found, text, tokens)
    return found


def _agree(pair: list[Mention], text: str, tokens: Tokens) -> None:
    """Of a name and a description side by side, the description says what the name is a name of."""
    words = [plain_word(tokens.words[each.head].of(text)) for each in pair]
    for number, word in enumerate(words):
        other = pair[1 - number]
        if word.islower() and noun_class(word) == "person" and words[1 - number][:1].isupper():
            other.kinds = tuple(float(kind == PERSON) for kind in range(len(other.kinds)))


def _phrase(
    part: Span, source: Span, text: str, tokens: Tokens, starts: list[int], chances: Floats, by_head: dict[int, Mention]
) -> Mention | None:
    words = [
        number
        for number in range(bisect_left(starts, part.start), bisect_left(starts, part.end))
        if not tokens.is_break[number] and any(map(str.isalnum, tokens.words[number].of(text)))
    ]
    while len(words) > 1 and tokens.words[words[-1]].of(text) in ("s", "S"):
        words.pop()
    if not words:
        return None
    head = _head(words, text, tokens, chances)
    known = by_head.get(head)
    span = Span(tokens.words[words[0]].start, max(tokens.words[words[-1]].end, tokens.words[head].end))
    if known is not None and known.span.contains(span) and source.contains(known.span):
        # with an "of the council, who ..." that the comma cut off
        span = known.span if _CHUNK_END.search(known.span.of(text)) is None else span
    return Mention(head, words[0], words[-1] + 1, span, kinds_of(chances[head]))


def _head(words: list[int], text: str, tokens: Tokens, chances: Floats) -> int:
    """The head word of a noun phrase: the last word of a person's name that ends it, else its noun."""
    last = words[-1]
    word = plain_word(tokens.words[last].of(text))
    bare = word[:1].isupper() and not is_title_word(word) and noun_class(word) is None
    if bare and country_of_adjective(word) is None:
        before = [tokens.words[number].of(text) for number in words[:-1]]
        personal = chances[last, PERSON] >= max(chances[last, 2:].max(), 0.2)
        if any(each.lower() in _STOPS for each in before):
            # "the embassy in La Paz", but "the CEO of the Refugee Council Enver Solomon"
            personal = (
                metonym(word) is None
                and len(before) > 1
                and (
                    gender_of_name(before[-1]) is not None
                    or (before[-1][:1].isupper() and chances[last, PERSON] >= 0.7)
                )
            )
        titled = (
            len(before) > 0
            and before[-1].lower() not in _STOPS
            and any(
                title_class(each) is not None or noun_class(each) == "person" or gender_of_name(each) is not None
                for each in before[-3:]
            )
        )
        if personal or titled:
            return last
    head = words[0]
    for number in words:
        said = tokens.words[number].of(text)
        lowered = said.lower()
        if lowered in _STOPS and number > words[0]:
            break
        if said[0].isalnum() and lowered != "s":
            head = number
    return head
