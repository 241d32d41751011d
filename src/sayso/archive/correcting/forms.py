"""Corrections as plain data.

A correction is never changed and never taken away: a later one of the same field and target goes before it, and a row
of its own undoes it. What sayso read stays in the record as it was.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from sayso.documents import Article

Field = Literal[
    "spans",
    "speaker",
    "inside",
    "stance",
    "quotation",
    "act",
    "polarity",
    "verdict",
    "added",
    "removed",
    "confirmed",
]
FIELDS: tuple[str, ...] = get_args(Field)
WHOLE = "article"
"""The target of `confirmed` where all of an article was looked at: what it has is right, and nothing is missing."""
Standing = Literal["in force", "superseded", "undone", "carried on", "left behind"]
"""`carried on` to a newer version of the article, where it is a row again; `left behind` with an older one, in which
alone its words are."""


@dataclass(frozen=True, slots=True)
class Correction:
    """A dated, signed row about one thing in one article."""

    id: int
    article: int
    text_id: str
    """Of the version that it was made on."""
    field: str
    """One of `FIELDS`; `undo` of a row that undoes another."""
    target: str
    """Id of an attribution or, of `verdict`, of a verdict; `confirmed` takes either, or `article` for all of it. Of
    an `undo`, the id of the correction that it undoes."""
    before: Any
    """What stood there, in the form of `after`; None where nothing did."""
    after: Any
    """By field: of `spans` {"source", "cue", "content"}, each a list of [start, end]; of `speaker` {"speaker": id or
    None}, with "name" and "kind" of one that the article did not have; of `inside` {"inside": id or None}; of `stance`
    {"value", "words"}; of `quotation`, `act`, `polarity` and `verdict` {"value"}; of `added` what `spans` has, and
    "speaker" and "inside" as far as they were given; of `removed` and `confirmed` nothing. What follows from other
    spans (how much is quoted, what the cue commits to) stands under "judged"."""
    reason: str
    by: str
    at: str
    undone_by: int | None = None
    """Id of the row that undid it."""
    version: int = 1
    """Number of the version that it was made on."""
    carried_from: int | None = None
    """Id of the same correction of an older version, which was found again in this one."""
    standing: Standing = "in force"
    checked_at: str | None = None
    """When the article was checked, where that was done with this correction in force."""


@dataclass(slots=True)
class Corrected:
    """An article as its corrections have it."""

    article: Article
    read: Article
    """The same as it was read."""
    notes: dict[str, list[Correction]] = field(default_factory=dict)
    """By attribution or verdict (or `article`): what was corrected or confirmed there, the first first."""
    idle: list[Correction] = field(default_factory=list)
    """In force, but of something that is not there now: of an attribution whose adding was undone, say."""

    def confirmed(self, target: str = WHOLE) -> bool:
        """Whether somebody said of a target, or of the whole article, that it is right as it is."""
        return any(each.field == "confirmed" for each in self.notes.get(target, ()))


@dataclass(frozen=True, slots=True)
class Uncertain:
    """Something that somebody should look at."""

    article: int
    target: str
    """Id of an attribution or a verdict, in the article."""
    kind: Literal["attribution", "verdict"]
    score: float
    """0 to 1: how likely it is that something has to be set right."""
    why: str
    """In words."""
    text: str
    """What is reported, or judged."""
    headline: str | None
    outlet: str | None
