"""Speakers: who stands behind the sources of an article, under all their names, and who is talked about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.documents import Article

if TYPE_CHECKING:
    from sayso.extraction import Reading

__all__ = ["resolve_speakers"]


def resolve_speakers(article: Article, reading: Reading) -> None:
    """Fill `article.speakers` and `article.mentioned`, and of every attribution `speaker`, `candidates` and `about`.

    `reading` is the encoder's pass that the attributions came from.
    """
    from sayso.speakers.attributing import attribute

    attribute(article, reading)
