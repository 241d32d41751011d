"""Extraction: one encoder pass over an article, and from its scores the attributions, nested ones included."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sayso.documents import Article, Span
from sayso.extraction import labels
from sayso.extraction.layout import Layout, layout_of
from sayso.extraction.quotations import quotation_of
from sayso.records import Act, Attribution, Commitment

if TYPE_CHECKING:
    from sayso.extraction.decoding import Found, Scores
    from sayso.extraction.model import Model
    from sayso.extraction.tokens import Tokens

__all__ = [
    "Reading",
    "assemble",
    "extract_attributions",
    "learned_classes",
    "load_model",
    "read_scores",
    "read_scores_many",
]


def load_model() -> Model:
    """The shipped model, read and checked once per process. Raises DamagedModel."""
    from sayso.extraction.model import load_model as load

    return load()


@dataclass(frozen=True, slots=True)
class Reading:
    """One encoder pass over an article: what every later step reads from it."""

    tokens: Tokens
    layout: Layout
    scores: Scores
    model: Model


def read_scores(article: Article, *, model: Model | None = None) -> Reading:
    """The encoder's pass over an article. Raises DamagedModel if the model's files are not the shipped ones."""
    model = model or load_model()
    layout, tokens = _tokens_of(article, model)
    return Reading(tokens, layout, model.scores(tokens), model)


def read_scores_many(
    articles: Sequence[Article], *, model: Model | None = None, on_begin: Callable[[int], None] = lambda place: None
) -> list[Reading | Exception]:
    """The encoder's pass over each article, or the error that it came to; bit for bit what `read_scores` gives.

    The windows of all are taken in the order of their length. `on_begin` is told each time that work turns to an
    article, by its place. Raises MemoryError, and DamagedModel if the model's files are not the ones shipped.
    """
    model = model or load_model()
    seen: dict[int, tuple[Layout, Tokens]] = {}
    found: dict[int, Reading | Exception] = {}
    for place, article in enumerate(articles):
        on_begin(place)
        try:
            seen[place] = _tokens_of(article, model)
        except MemoryError:
            raise
        except Exception as error:
            found[place] = error
    scores = model.scores_many({place: tokens for place, (_, tokens) in seen.items()}, on_begin=on_begin)
    for place, each in scores.items():
        layout, tokens = seen[place]
        found[place] = each if isinstance(each, Exception) else Reading(tokens, layout, each, model)
    return [found[place] for place in range(len(articles))]


def _tokens_of(article: Article, model: Model) -> tuple[Layout, Tokens]:
    from sayso.extraction.tokens import tokenize

    layout = layout_of(article)
    return layout, tokenize(article.text, blocks=layout.blocks, quoted=layout.quoted, pieces=model.pieces)


def extract_attributions(
    article: Article, *, nested: bool = True, model: Model | None = None, reading: Reading | None = None
) -> list[Attribution]:
    """The attributions of an article, in the order of their cues; `reading` saves an encoder pass already made.

    The record depends on the article alone: not on what is read before or beside it, nor on the number of threads.
    Raises DamagedModel if the model's files are not the ones that were shipped.
    """
    from sayso.extraction.decoding import decode

    reading = reading or read_scores(article, model=model)
    tokens, layout, model = reading.tokens, reading.layout, reading.model
    if not tokens.words:
        return []
    found = decode(
        reading.scores,
        model.thresholds,
        nested=nested,
        continued=tokens.words_at(layout.continued),
    )
    confidences = [model.calibration.confidence(each) for each in found]
    return assemble(found, tokens, text=article.text, quoted=layout.quoted, confidences=confidences)


def learned_classes(attributions: list[Attribution], reading: Reading) -> dict[str, tuple[Act, Commitment]]:
    """Act and stance of each cue as the network takes them, by attribution id: for cues that no lexicon has."""
    word_at = {word.start: number for number, word in enumerate(reading.tokens.words) if word.end > word.start}
    found: dict[str, tuple[Act, Commitment]] = {}
    for each in attributions:
        word = word_at.get(each.cue[0].start) if each.cue else None
        if word is not None:
            scores = reading.scores
            found[each.id] = (
                labels.ACTS[int(scores.act[word].argmax())],
                labels.STANCES[int(scores.stance[word].argmax())],
            )
    return found


def assemble(
    found: list[Found], tokens: Tokens, *, text: str, quoted: list[Span], confidences: list[float] | None = None
) -> list[Attribution]:
    """What was decoded in words as attributions in characters; `quoted` are the text's stretches in quotation marks."""

    def spans(ranges: list[tuple[int, int]]) -> list[Span]:
        return [span for first, last in sorted(ranges) for span in _without_breaks(tokens.words[first:last])]

    return [
        Attribution(
            id=f"a{number}",
            source=spans(each.source),
            cue=spans([each.cue]),
            content=(content := spans(each.content)),
            quotation=quotation_of(text, content, quoted),
            inside=None if each.inside is None else f"a{each.inside + 1}",
            confidence=confidences[number - 1] if confidences else 0.0,
        )
        for number, each in enumerate(found, start=1)
    ]


def _without_breaks(words: list[Span]) -> list[Span]:
    """Some words in a row as one span for each block they lie in; the marks between blocks have no width."""
    found: list[Span] = []
    fresh = True
    for word in words:
        if word.start == word.end:
            fresh = True
        elif fresh:
            found.append(word)
            fresh = False
        else:
            found[-1] = Span(found[-1].start, word.end)
    return found
