"""The layout a training text is shown with: the same that reading gives an article."""

from __future__ import annotations

from sayso.extraction.layout import layout_of
from sayso.extraction.wordpiece import WordPieces
from sayso.reading import read_text
from training.corpora import GoldText
from training.examples import Example, example_of


def example_with_layout(text: GoldText, pieces: WordPieces) -> Example:
    """An annotated text as an example, laid out as `sayso read` would."""
    article = read_text(text.text, name=text.id, any_language=True)
    if article.text != text.text:
        raise ValueError(f"{text.id}: reading changes the text, so its annotations no longer fit")
    layout = layout_of(article)
    return example_of(text, blocks=layout.blocks, quoted=layout.quoted, pieces=pieces)
