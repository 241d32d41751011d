"""The parts of an article's page as plain text, which its template escapes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from sayso.checks.contract import FAIL_ON
from sayso.desk.corrected import Remark
from sayso.exports.checkparts import gravity
from sayso.exports.outline import printable
from sayso.exports.tags import Tag
from sayso.verdicts import Verdict


class Ref(NamedTuple):
    """The sign behind an attribution's cue that leads to its note."""

    number: int
    id: str
    hue: str
    badge: str
    shown: str
    label: str
    weight: str
    sign: str
    statement: str
    """The statement of which this is the fullest wording, "" where it is another one's."""


class Piece(NamedTuple):
    """A stretch of text over which the marks do not change, and the signs that follow it."""

    text: str
    classes: str = ""
    a: str = ""
    """Numbers of the attributions that it belongs to, the innermost last."""
    source: str = ""
    cue: str = ""
    mentions: str = ""
    refs: Sequence[Ref] = ()


@dataclass(frozen=True, slots=True)
class Judged:
    """A verdict as a badge."""

    value: str
    weight: str
    why: str
    doubt: str
    check: str
    count: int = 1
    """Stretches of the same attribution that have it."""


class Link(NamedTuple):
    """One side of a relation, or another place of the same statement."""

    words: str
    number: int
    id: str
    shown: str
    who: str


@dataclass(slots=True)
class Note:
    """What stands in the margin of one attribution."""

    number: int
    id: str
    shown: str
    hue: str
    badge: str
    who: str
    """The speaker's name; the source's words where he has none; both names where two are likely."""
    known: bool
    source: str
    hidden: bool
    """Whether the source's words do not say who it is: "she", "the ministry"."""
    cue: str
    words: str
    tags: list[tuple[Tag, bool]]
    verdicts: list[Judged]
    occasion: str
    about: str
    links: list[Link]
    same_as: Link | None
    trace: str
    """Address that traces the statement, "" where there are no words."""
    statement: str
    member: int
    speaker: str
    remarks: Sequence[Remark] = ()
    inner: list[Note] = field(default_factory=list)


@dataclass(slots=True)
class Line:
    """One line of the layout with the notes of the attributions whose signs stand in it."""

    kind: str
    pieces: list[Piece]
    notes: list[Note] = field(default_factory=list)
    start: int | None = None
    """Where it begins in the article's text; None of one that is shown beside the text."""


def judged(verdict: Verdict) -> Judged:
    """A verdict as a badge."""
    weight = gravity(verdict, FAIL_ON)
    return Judged(verdict.value, weight, printable(verdict.why), printable(verdict.doubt or ""), verdict.check)
