"""The layout a training text is shown with: the same that reading gives an article."""

from __future__ import annotations

from dataclasses import replace

from sayso.documents import Article, Span
from sayso.extraction import labels
from sayso.extraction.layout import layout_of
from sayso.extraction.wordpiece import WordPieces
from sayso.reading import read_text
from sayso.records import Attribution
from sayso.statements.cues import judge_cues
from sayso.transcripts.places import Places
from training.corpora import GoldText
from training.examples import IGNORED, Example, example_of

KNOWN = 0.8
"""Least confidence of a cue's class, as the lexicon and the rules have it, to learn from it."""


def as_read(text: GoldText) -> tuple[Article, GoldText]:
    """An annotated text as `sayso read` has it, and its annotations in the text of that article.

    Reading takes out what nobody sees and makes one space of another. Raises ValueError where words that are annotated
    are not read.
    """
    article = read_text(text.text, name=text.id, any_language=True)
    if article.offsets is None:
        return article, replace(text, text=article.text)
    places = Places(article.offsets)

    def there(spans: list[Span]) -> list[Span]:
        found = [places.span(each) for each in spans]
        if None in found:
            raise ValueError(f"{text.id}: reading leaves out words that are annotated")
        return [each for each in found if each is not None]

    attributions = [
        replace(each, source=there(each.source), cue=there(each.cue), content=there(each.content))
        for each in text.attributions
    ]
    return article, replace(text, text=article.text, attributions=attributions, doubted=there(text.doubted))


def example_with_layout(text: GoldText, pieces: WordPieces) -> Example:
    """An annotated text as an example, laid out as `sayso read` would."""
    article, text = as_read(text)
    return example_on(article, text, pieces)


def example_on(article: Article, text: GoldText, pieces: WordPieces) -> Example:
    """The same in the layout of an article, which must have the same text."""
    layout = layout_of(article)
    example = example_of(text, blocks=layout.blocks, quoted=layout.quoted, pieces=pieces)
    article.attributions = [
        Attribution(
            f"g{number}", each.source, each.cue, each.content,
            inside=None if each.inside is None else f"g{each.inside}",
        )
        for number, each in enumerate(text.attributions)
    ]  # fmt: skip
    judge_cues(article)
    example.classes = [
        (labels.ACTS.index(each.act), labels.STANCES.index(each.stance.value))
        if each.act is not None and each.stance.confidence >= KNOWN
        else (IGNORED, IGNORED)
        for each in article.attributions
    ]
    return example
