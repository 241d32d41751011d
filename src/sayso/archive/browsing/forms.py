"""What looking round in an archive gives, as plain data; days are ISO 8601.

Every `query` is one of docs/search.md, which finds just the statements that are counted beside it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from sayso.archive.forms import ArchiveSpeaker
from sayso.archive.tracing.forms import Dispute

Step = Literal["day", "week", "month", "year"]


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """An article in a list."""

    id: int
    headline: str | None
    outlet: str | None
    outlet_id: int | None
    published: str | None
    """As the article gives it."""
    added_at: str
    """When it first came in."""
    url: str | None
    words: int
    statements: int
    version: int
    """Number of the newest one, of which all else is."""
    verdicts: dict[str, int]
    """How many verdicts it has, on quotes, headline and figures, by their values; none where it was not checked."""


@dataclass(frozen=True, slots=True)
class TranscriptRow:
    """A transcript in a list."""

    id: int
    title: str | None
    name: str
    """Of its source."""
    day: str | None
    url: str | None
    words: int
    added_at: str
    speakers: list[str]
    """The labels of its turns, in their order, each once."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """What came in: an article, or a new version of one, or a transcript."""

    kind: Literal["article", "transcript"]
    id: int
    title: str | None
    """The headline; of a transcript its title, or else its source's name."""
    outlet: str | None
    day: str | None
    added_at: str
    version: int
    words: int
    statements: int


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of days and what was published in it."""

    start: str
    end: str
    """Its last day."""
    count: int
    """Statements."""
    query: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """What a query finds over time, in stretches of one length without gaps, the earliest first."""

    query: str
    step: Step
    periods: list[Period]
    total: int
    undated: int
    """Those of `total` in articles without a day, which are in no period."""


@dataclass(frozen=True, slots=True)
class OutletRow:
    """An outlet with how it quotes. Shares are of its statements, 0 to 1; 0 where it has none."""

    id: int
    name: str
    articles: int
    statements: int
    quoted_share: float
    """In quotation marks, in whole or in part: direct or mixed."""
    anonymous_share: float
    """Of anonymous sources."""
    distancing_share: float
    endorsing_share: float
    first: str | None
    """Day of its first article."""
    last: str | None
    query: str


@dataclass(frozen=True, slots=True)
class SpeakerUse:
    """How an outlet quotes one speaker: statements, and how many of them are reported with which stance."""

    speaker: int
    name: str
    kind: str
    statements: int
    quoted_share: float
    neutral: int
    endorsing: int
    distancing: int
    query: str


@dataclass(frozen=True, slots=True)
class OutletProfile:
    """An outlet: how much it has month by month, and whom it quotes how, the most quoted first."""

    row: OutletRow
    months: list[Period]
    """Without gaps, the earliest first; of more than 120 the latest."""
    speakers: list[SpeakerUse]


@dataclass(frozen=True, slots=True)
class OutletUse:
    """How one outlet quotes a speaker; `outlet` is None for articles without one."""

    outlet: int | None
    name: str | None
    statements: int
    quoted_share: float
    neutral: int
    endorsing: int
    distancing: int
    query: str | None
    """None where `outlet` is: no query asks for what has none."""


@dataclass(frozen=True, slots=True)
class Topic:
    """A word, or two in succession, that a speaker uses more than others do."""

    word: str
    count: int
    """Statements of the speaker that have it, in any of its forms."""
    query: str
    score: float
    """Log-likelihood: 3.84 is beyond chance at the 5% level, 10.83 at 0.1%."""
    over_time: list[int] = field(default_factory=list)
    """By period of the profile, how many statements have it."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """A part of the time in which a speaker is heard, with the words that tell it from the other parts."""

    start: str
    end: str
    count: int
    query: str
    topics: list[Topic]


@dataclass(frozen=True, slots=True)
class SpeakerProfile:
    """A speaker: when, where, how and with which words."""

    speaker: ArchiveSpeaker
    query: str
    step: Step
    periods: list[Period]
    undated: int
    """Statements in articles without a day, which are in no period."""
    outlets: list[OutletUse]
    """Those that quote the speaker most first."""
    quotation: dict[str, int]
    """By name, how many statements have it; a statement told in several ways counts in each. So in all of these."""
    stance: dict[str, int]
    act: dict[str, int]
    polarity: dict[str, int]
    verdict: dict[str, int]
    topics: list[Topic]
    """What tells the speaker from all others, the most telling first."""
    chapters: list[Chapter]
    """How that changes: two to four stretches of about as many statements each; none where nothing does."""
    topics_of: int | None
    """So many statements, evenly spread over all, are looked at for topics; None where all are."""
    disputes: list[Dispute]
    """Of what the speaker said, or what it denied or answered: the latest 20, the latest first."""


@dataclass(frozen=True, slots=True)
class StatementPlace:
    """Where a statement stands."""

    statement: int
    article: int
    version: int
    local: str
    """Its id in the article."""
    attributions: list[str]
    """Those that tell it, by their ids in the article, in its order."""
