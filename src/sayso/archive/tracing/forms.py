"""What tracing takes and gives, as plain data."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from sayso.documents import Span
from sayso.verdicts import Difference, QuoteVerdict, Sense

LinkKind = Literal["exact", "cut", "altered", "reported", "translated", "paraphrased"]
"""How two wordings are of one utterance: `exact`, word for word but for typography, house style and what the check
calls tidied or marked; `cut`, the same words with some left out; `altered`, other words among the same; `reported`,
told without quotation marks in words that both share; `translated`, quoted in other words, as after a way through
another language; `paraphrased`, told in other words without marks."""


@dataclass(frozen=True, slots=True)
class Utterance:
    """One wording of something said, with what is known of it."""

    text: str
    quoted: bool = True
    """Whether any of it stands in quotation marks."""
    speaker: int | None = None
    """Of the archive; None where it is not known who spoke."""
    speaker_name: str | None = None
    speaker_kind: str | None = None
    day: int | None = None
    """On which it was published, in days since 1970-01-01."""
    said: int | None = None
    """On which it was said, where an article tells."""
    article: int | None = None
    outlet: str | None = None
    statement: int | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """That two wordings are of one utterance."""

    kind: LinkKind
    score: float
    """How likely they are, 0 to 1, at least one half."""
    shared: float
    """The share of the shorter one, by weight of its words, that the other has."""
    reason: str
    """In words."""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One article that has a wording."""

    statement: int
    article: int
    outlet: str | None
    headline: str | None
    url: str | None
    published: str | None
    """As the article gives it, ISO 8601."""
    speaker: int | None
    speaker_name: str | None
    via: tuple[str, ...] = ()
    """Through whom: who is said to have reported it, outermost first."""
    quotation: tuple[str, ...] = ()
    """`direct`, `indirect`, `mixed`."""
    stance: tuple[str, ...] = ()
    """`neutral`, `endorsing`, `distancing`."""
    copy_of: int | None = None
    """The article of which this one is a copy, or a cut: both are one witness."""
    verdict: str | None = None
    """The check's where it is another one here than of the wording, as this article names another speaker."""
    doubt: str | None = None
    """Why that verdict may be wrong."""


@dataclass(slots=True)
class Wording:
    """One form of words in which an utterance is told, with all articles that have it."""

    text: str
    """The stretch that tells what is asked for, and nothing else of the statement; " ... " where that is parted."""
    kind: LinkKind
    """Beside the reference."""
    score: float
    reason: str
    occurrences: list[Occurrence]
    """The first published first."""
    witnesses: int
    """How many articles tell it on their own: copies of one report count once."""
    first: Occurrence | None = None
    differences: list[Difference] = field(default_factory=list)
    """From the reference: `article` spans of this wording's text, `transcript` spans of the reference's."""
    reverses: list[Sense] = field(default_factory=list)
    """What of the sense the differences change."""
    covers: Span | None = None
    """The stretch of the reference that it has; None where it shares no words with it."""
    verdict: QuoteVerdict | None = None
    """The check's of `text`, against the transcript that has it; None of words that are not quoted, or without a
    transcript. Spans of `spans` are of `text`."""
    whole: str = ""
    """The wording of the statement in which `text` stands, of the first occurrence."""
    stretch: tuple[Span, ...] = ()
    """Where `text` stands in `whole`, in order."""
    quoted: bool = False
    """Whether any of `text` is in quotation marks, in `whole` if not in `text` itself."""


@dataclass(frozen=True, slots=True)
class Source:
    """A transcript of the archive that has the utterance."""

    transcript: int
    title: str | None
    day: str | None
    """ISO 8601."""
    url: str | None
    speaker: str | None
    """The label of the turn."""
    text: str
    """The words as they were said."""
    span: Span
    """Where, in the transcript."""


@dataclass(frozen=True, slots=True)
class Dispute:
    """That one statement denies or answers another one, in one article."""

    kind: Literal["disputes", "responds to"]
    day: str | None
    """On which the article was published, ISO 8601."""
    article: int
    outlet: str | None
    headline: str | None
    url: str | None
    by: str | None
    """Who denies or answers; None where the article does not say."""
    by_speaker: int | None
    statement: int
    text: str
    of: str | None
    """Who had said what is denied."""
    of_speaker: int | None
    of_statement: int
    of_text: str
    evidence: str = ""
    """The words that show it, with " ... " between stretches."""


@dataclass(slots=True)
class Trace:
    """One utterance through all articles of an archive."""

    asked: str
    reference: str
    """What the wordings are held against: the words asked for as the transcript has them, else as the earliest of
    those does that have most of them."""
    source: Source | None = None
    wordings: list[Wording] = field(default_factory=list)
    """The first published first."""
    witnesses: int = 0
    """How many articles tell it on their own, over all wordings."""
    first: Occurrence | None = None
    disputes: list[Dispute] = field(default_factory=list)
    nearest: list[Occurrence] = field(default_factory=list)
    """Where nothing was found: the nearest that there is, which is something else; `nearest_texts` has their words."""
    nearest_texts: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    """What a reader should know."""
