"""What a case of the exam is: a sentence of an article, where its words come from, and the verdict that is right."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from sayso.documents import Span
from sayso.verdicts import QuoteValue, Sense

DATA = Path(__file__).parent / "data"
SOUND: tuple[QuoteValue, ...] = ("verbatim", "marked", "tidied")
"""Verdicts that let a quote pass as said."""


class Gold(NamedTuple):
    """Where words of a quote were said."""

    transcript: str
    span: Span


@dataclass(frozen=True, slots=True)
class Draft:
    """A quote as a kind makes it, before it is put into print."""

    pieces: tuple[str, ...]
    """The quoted stretches: one, or two around "he said"."""
    gold: tuple[Gold, ...]
    speaker: str
    """The label of the transcript whom the article names."""
    note: str
    """What was done, in words."""
    right: tuple[QuoteValue, ...] | None = None
    """Where this draft differs from its kind."""
    reverses: tuple[Sense | None, ...] | None = None
    opens: bool = False
    """Whether it starts where a sentence of the transcript starts."""
    desk: int | None = None
    """Number of the desk that judges it, where no place tells it."""


@dataclass(frozen=True, slots=True)
class Case:
    """One question of the exam."""

    id: str
    kind: str
    desk: int
    """Number of the desk whose transcripts are given."""
    text: str
    """The sentence of the article."""
    spans: tuple[Span, ...]
    """The quoted stretches in it, without their marks."""
    speaker: str
    """Whom the article names."""
    gold: tuple[Gold, ...]
    right: tuple[QuoteValue, ...]
    """The verdicts that count as right, the one meant first."""
    reverses: tuple[Sense | None, ...]
    """What of the sense it changes, by any of these names; empty where that is not looked at."""
    sense: bool
    """Whether the sense is changed, so that it must never pass as sound."""
    note: str = ""
    label: str = field(default="", compare=False)
    """The transcript's label of whom the article names."""

    @property
    def quote(self) -> str:
        """The quoted words, as printed."""
        return " // ".join(span.of(self.text) for span in self.spans)
