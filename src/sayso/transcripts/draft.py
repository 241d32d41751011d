"""What a format's reader hands on: a text with all that the format itself says about it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from sayso.documents import OffsetMap, Source, Span, Timecode, Turn


@dataclass(slots=True)
class Draft:
    """A text whose turns are still to be found, or already told by its format."""

    text: str
    source: Source | None = None
    offsets: OffsetMap | None = None
    turns: list[Turn] | None = None
    """Where the format itself says who speaks; None where labels must be found."""
    labels: list[Span] = field(default_factory=list)
    """Stretches that the format marks as a speaker's name (a `<dt>`, a class "speaker")."""
    labels_only: bool = False
    """Whether those are all the labels there are."""
    bold: list[Span] = field(default_factory=list)
    struck: list[Span] = field(default_factory=list)
    inserted: list[Span] = field(default_factory=list)
    """Words that the format marks as put in the place of struck ones (`<ins>`)."""
    dashes: list[Span] = field(default_factory=list)
    """Marks with which a speaker begins who is not named."""
    unsaid: list[Span] = field(default_factory=list)
    """Stretches that only the layout put there: line numbers, marks."""
    timecodes: list[Timecode] = field(default_factory=list)
    title: str | None = None
    date: date | None = None
    url: str | None = None
    language: str | None = None
    warnings: list[str] = field(default_factory=list)
    head: str = ""
    """What the format says about the text outside of it, where it may say that it is partial or as prepared."""
