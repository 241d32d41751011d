"""Figures and verdicts as plain data.

A verdict shows its work: what was compared with what, what differs, and why that is called what it is called. `doubt`
says why a verdict may be wrong; a verdict with a doubt accuses nobody.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from sayso.documents import Span

FigureKind = Literal["exact", "lower", "upper", "approx", "range", "set", "tolerance"]
Bound = Literal["=", "<", "<=", ">", ">=", "~", "range", "set", "+-"]

QuoteValue = Literal[
    "verbatim",
    "marked",
    "tidied",
    "trimmed",
    "altered",
    "spliced",
    "misattributed",
    "reworded",
    "not found",
    "unchecked",
]
"""The nine verdicts on a quote, and `unchecked`: no transcript that was given could hold it."""
SOUND: frozenset[QuoteValue] = frozenset({"verbatim", "marked", "tidied"})
"""The verdicts by which the words were said."""
DifferenceKind = Literal["omitted", "added", "replaced", "moved"]
DifferenceClass = Literal[
    "wording", "style", "filler", "stutter", "contraction", "bracket", "ellipsis", "gap", "correction"
]
"""`wording` is a difference that counts; `style` is house style; `bracket` and `ellipsis` are marked by the article;
`gap` is where the transcript lacks words, `correction` where it offers two readings."""
Sense = Literal["negation", "number", "unit", "name", "modal", "quantifier", "condition", "tense"]
HeadlineFinding = Literal[
    "supported", "own words", "stronger", "weaker", "hedge dropped", "unsupported", "unknown speaker", "unquoted"
]
FigureValue = Literal["consistent", "inconsistent", "loose", "unverifiable"]


@dataclass(slots=True)
class Figure:
    """A quantity as the article gives it.

    `value` is the number itself, of a range None; `low` and `high` are the bounds that the words set ("at least 40":
    low 40). Fractions and shares are in percent, a percentage point is a unit of its own.
    """

    id: str
    span: Span
    kind: FigureKind = "exact"
    value: float | None = None
    low: float | None = None
    high: float | None = None
    inclusive: bool = True
    """Whether the bound itself is allowed: "at least 40" is, "more than 40" is not."""
    approx: bool = False
    unit: str | None = None
    """In the singular and in full, as in "kilometre per hour"; a currency by its ISO 4217 code; else the thing that is
    counted ("visitor"), people as "person"."""
    base: Span | None = None
    """What a share is a share of: "Ukraine's territory"."""

    @property
    def bound(self) -> Bound:
        """The kind as a sign: `<` for "less than", `<=` for "at most"."""
        if self.kind == "lower":
            return ">=" if self.inclusive else ">"
        if self.kind == "upper":
            return "<=" if self.inclusive else "<"
        signs: dict[FigureKind, Bound] = {"exact": "=", "approx": "~", "range": "range", "set": "set"}
        return signs.get(self.kind, "+-")


@dataclass(slots=True)
class Difference:
    """One place where a quote and the transcript differ. A side that lacks the words has an empty span there."""

    kind: DifferenceKind
    article: Span
    transcript: Span
    class_: DifferenceClass = "wording"
    reverses: Sense | None = None
    """What of the sense it changes; None where it changes none that we know of."""
    reason: str | None = None
    """Of house style: why the two are the same ("a number in words")."""


@dataclass(slots=True)
class Passage:
    """Where words were said."""

    transcript: str
    """Id of the transcript."""
    span: Span
    speaker: str | None = None
    """The turn's label."""
    seconds: float | None = None
    before: Span | None = None
    """The sentence before, of the same turn."""
    after: Span | None = None
    question: Span | None = None
    """The question that was being answered."""


@dataclass(slots=True)
class Context:
    """Words cut off next to the quote that change its sense."""

    kind: str
    """`condition`, `negation`, `hearsay`, ..."""
    span: Span
    """In the transcript of the first passage."""


@dataclass(slots=True)
class Elsewhere:
    """What another transcript of the same event has."""

    transcript: str
    value: QuoteValue
    span: Span
    text: str


@dataclass(slots=True)
class Verdict:
    """What every verdict has; `value` is one of its check's own."""

    id: str
    spans: list[Span]
    """What is judged, in the article."""
    value: str = ""
    why: str = ""
    """In words, one or two sentences."""
    doubt: str | None = None
    """Why it may be wrong, in words; None where nothing speaks against it."""
    attribution: str | None = None
    """Id of the attribution that is judged, or that holds what is judged."""

    check = "verdict"


@dataclass(slots=True)
class QuoteVerdict(Verdict):
    """Whether quoted words were said; `spans` are the quoted stretches without their marks."""

    passages: list[Passage] = field(default_factory=list)
    """Where the words were said, in the order of the quote: several of a splice. Of `reworded`, `not found` and an
    indirect statement: the nearest passages, the nearest first."""
    differences: list[Difference] = field(default_factory=list)
    """`transcript` spans are of the passage that holds or is next to them."""
    context: list[Context] = field(default_factory=list)
    speaker_agrees: bool | None = None
    """Whether who spoke there is whom the article names; None where one of the two is not known by name."""
    similarity: float | None = None
    """Of `reworded`: how near the passage is in meaning, 0 to 1."""
    incomplete: bool = False
    """Whether a transcript in which it was looked for says that it is partial."""
    elsewhere: list[Elsewhere] = field(default_factory=list)
    indirect: bool = False
    """Whether it is no quote but an indirect statement, with the nearest passage of its speaker."""

    check = "quote"

    @property
    def reverses(self) -> list[Difference]:
        """The differences that change the sense."""
        return [each for each in self.differences if each.reverses]


@dataclass(slots=True)
class Finding:
    """One thing to say of a headline: which words, and the words of the body that it was held against."""

    kind: HeadlineFinding
    spans: list[Span]
    evidence: list[Span] = field(default_factory=list)
    why: str = ""
    doubt: str | None = None
    """Why it may be wrong, in words; None where nothing speaks against it."""


@dataclass(slots=True)
class HeadlineVerdict(Verdict):
    """Whether the body bears out the headline; `value` is the gravest of its findings."""

    speaker: str | None = None
    statement: str | None = None
    """Id of the statement that carries it."""
    findings: list[Finding] = field(default_factory=list)

    check = "headline"


@dataclass(slots=True)
class Reference:
    """A value from a table: what of whom, how much, from where and when."""

    name: str
    value: float
    unit: str
    source: str
    year: int | None = None


@dataclass(slots=True)
class FigureVerdict(Verdict):
    """Whether figures agree with each other or with a reference; `why` is the calculation in words."""

    rule: str = ""
    """What was reckoned: `share`, `sum`, `change`, `conversion`, ..."""
    figures: list[str] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    expected: float | None = None
    """What the calculation gives for the figure that is judged."""

    check = "figure"
