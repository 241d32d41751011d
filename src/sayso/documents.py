"""What sayso reads: spans, documents, articles and transcripts.

Invariant: every span of a document slices that document's `text`, in Unicode characters, end exclusive; `OffsetMap`
carries it on to the source (the decoded file or page) and to the original bytes.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

if TYPE_CHECKING:
    from sayso.records import Attribution, Relation, Speaker, Statement
    from sayso.verdicts import Figure, Verdict


class Span(NamedTuple):
    """A half-open stretch `[start, end)` of a document's text, in Unicode characters.

    >>> Span(2, 5).of("a new day")
    'new'
    """

    start: int
    end: int

    def of(self, text: str) -> str:
        """The characters this span covers."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one character."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Whether `other` lies wholly inside this span (a span contains itself)."""
        return self.start <= other.start and other.end <= self.end


class Piece(NamedTuple):
    """A run of characters copied one to one from the source: `text[start:start+length] == source[origin:...]`.

    A run that was rewritten on the way (an HTML entity, a folded line break) has `source_length != length` and maps
    as a whole.
    """

    start: int
    origin: int
    length: int
    source_length: int


@dataclass(frozen=True, slots=True)
class OffsetMap:
    """The way from clean text back to the source it was read from, as pieces in text order.

    Characters between pieces were put in by the reader (a paragraph break, say) and have no source.

    >>> offsets = OffsetMap((Piece(0, 3, 5, 5), Piece(5, 8, 1, 5), Piece(6, 13, 4, 4)))   # <p>Marks&amp;more
    >>> offsets.to_source(Span(0, 6))
    Span(start=3, end=13)
    >>> offsets.to_source(Span(7, 9))
    Span(start=14, end=16)
    """

    pieces: tuple[Piece, ...]

    @classmethod
    def identity(cls, length: int) -> OffsetMap:
        """The map of a text that is its own source."""
        return cls((Piece(0, 0, length, length),) if length else ())

    def to_source(self, span: Span) -> Span | None:
        """The smallest stretch of the source that holds all of the span's characters; None if it has none there."""
        if span.start >= span.end:
            return None
        first = bisect_right(self.pieces, span.start, key=lambda piece: piece.start) - 1
        start: int | None = None
        end: int | None = None
        # By index: a copy of the rest would cost a text full of entities time in the square of its length.
        for index in range(max(first, 0), len(self.pieces)):
            piece = self.pieces[index]
            if piece.start >= span.end:
                break
            if piece.start + piece.length <= span.start:
                continue
            exact = piece.length == piece.source_length
            inside_start = max(span.start - piece.start, 0) if exact else 0
            inside_end = min(span.end - piece.start, piece.length) if exact else piece.source_length
            if start is None or piece.origin + inside_start < start:
                start = piece.origin + inside_start
            if end is None or piece.origin + inside_end > end:
                end = piece.origin + inside_end
        return None if start is None or end is None else Span(start, end)


@dataclass(frozen=True, slots=True)
class Source:
    """Where a document came from: the decoded source text, how it was decoded, and what had to be assumed."""

    name: str
    """File name, URL, or `-` for standard input."""
    text: str
    """The source decoded, before any cleaning: an HTML page with its tags."""
    encoding: str = "utf-8"
    byte_order_mark: int = 0
    """Length in bytes of a mark at the start that `text` leaves out."""
    notes: tuple[str, ...] = ()
    """What was assumed on the way, one sentence each ("label says utf-8, bytes are windows-1252")."""

    def to_bytes(self, span: Span) -> Span:
        """The byte offsets in the original file of a stretch of `text`."""
        start = self.byte_order_mark + len(self.text[: span.start].encode(self.encoding, "surrogateescape"))
        return Span(start, start + len(span.of(self.text).encode(self.encoding, "surrogateescape")))


@dataclass(slots=True)
class Document:
    """A text with the way back to its source."""

    id: str
    text: str
    source: Source | None = None
    offsets: OffsetMap | None = None
    """None where the text is its own source."""

    def source_span(self, span: Span) -> Span | None:
        """The stretch of `source.text` that a span of the text was read from; None where it has none."""
        return span if self.offsets is None else self.offsets.to_source(span)


@dataclass(frozen=True, slots=True)
class Dateline:
    """The place, date and agency that open a wire report; `span` covers all of it, the closing dash included.

    `date` is None unless the text or `--date` gives enough of it for a full day.
    """

    span: Span
    place: str | None = None
    date: date | None = None
    agency: str | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the body under its own heading; `span` runs from after the heading to the section's end."""

    heading: Span
    span: Span


@dataclass(slots=True)
class Article(Document):
    """One news item: its text, its layout, and the layers that reading puts on it.

    `text` holds headline, standfirst, byline and body in reading order, one paragraph a line, blank lines as found.
    """

    language: str | None = None
    headline: Span | None = None
    standfirst: Span | None = None
    byline: Span | None = None
    dateline: Dateline | None = None
    sections: list[Section] = field(default_factory=list)
    paragraphs: list[Span] = field(default_factory=list)
    """Body paragraphs in order, without headline, standfirst, byline and headings."""
    outlet: str | None = None
    published: datetime | date | None = None
    url: str | None = None
    attributions: list[Attribution] = field(default_factory=list)
    speakers: list[Speaker] = field(default_factory=list)
    """Who speaks, in the order of their first attribution."""
    mentioned: list[Speaker] = field(default_factory=list)
    """Who is only talked about, in the order of their first mention."""
    statements: list[Statement] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    """Quantities, in text order."""
    verdicts: list[Verdict] = field(default_factory=list)
    """What checking found; empty until the article is checked."""
    transcripts: list[Transcript] = field(default_factory=list)
    """Those that a verdict rests on or was compared with."""
    warnings: list[str] = field(default_factory=list)
    """What a reader of the record should know: an assumed encoding, a language that is not English."""

    def to_frame(self, engine: str | None = None) -> Any:
        """A polars or pandas DataFrame with a row an attribution: who, how, what, in which statement, how sure.

        `engine` is "polars" or "pandas"; None takes polars where it is installed, else pandas.

        Raises MissingPackage where that is not installed, BadSetting for another name.
        """
        from sayso.exports.frame import to_frame

        return to_frame(self, engine=engine)

    def _repr_html_(self) -> str:
        """The article as a notebook shows it, by the name that Jupyter asks for."""
        from sayso.exports.notebook import fragment

        return fragment(self)


TurnRole = Literal["speaker", "question", "audience", "editor"]
"""`question` is a turn of the press or of a moderator; `audience` is a crowd; `editor` is what nobody said: a title,
a place and a time, a note of the transcript's own."""
Version = Literal["delivered", "prepared"]


@dataclass(frozen=True, slots=True)
class Turn:
    """What one speaker said in one go; `span` holds the words without the speaker's label."""

    span: Span
    speaker: str | None = None
    """As the transcript labels them, without colon: "MR. ZIENTS", "Q", "Jens Stoltenberg (NATO Secretary General)";
    None where it does not say."""
    label: Span | None = None
    role: TurnRole = "speaker"
    interpreted: bool = False
    """Whether the words are an interpreter's: not those of the speaker himself."""


class Timecode(NamedTuple):
    """From `offset` of the text on, words were spoken `seconds` after the recording began."""

    offset: int
    seconds: float


class Correction(NamedTuple):
    """Words that the transcript strikes out, and the ones it puts in their place (None: nothing)."""

    struck: Span
    instead: Span | None


@dataclass(slots=True)
class Transcript(Document):
    """A primary source: who said which words, in which order.

    Turns do not overlap, stand in text order, and hold every word that counts as said; `directions` are the stretches
    inside them that nobody said ("(Applause.)", "[crosstalk]"), `gaps` those of them that stand for words which the
    transcript lacks ("(inaudible)").
    """

    turns: list[Turn] = field(default_factory=list)
    directions: list[Span] = field(default_factory=list)
    gaps: list[Span] = field(default_factory=list)
    corrections: list[Correction] = field(default_factory=list)
    inserts: list[Span] = field(default_factory=list)
    """What the transcript's editor put in, brackets and all, and nobody said ("[the Ukrainians]"); in text order."""
    timecodes: list[Timecode] = field(default_factory=list)
    """In text order; empty where the source has none."""
    title: str | None = None
    date: date | None = None
    url: str | None = None
    version: Version | None = None
    """Whether it says that it is as delivered or as prepared for delivery; None where it does not say."""
    partial: Span | None = None
    """The words by which it says that it is not the whole ("excerpts"), empty where its title outside of `text` has
    them; None where it does not say so."""
    language: str | None = None
    warnings: list[str] = field(default_factory=list)

    def turn_at(self, offset: int) -> Turn | None:
        """The turn that holds a character; None for a label or what lies between turns."""
        found = bisect_right(self.turns, offset, key=lambda turn: turn.span.start) - 1
        return self.turns[found] if found >= 0 and offset < self.turns[found].span.end else None

    def seconds_at(self, offset: int) -> float | None:
        """When the words at a character were spoken, in seconds from the start of the recording; None without codes."""
        found = bisect_right(self.timecodes, offset, key=lambda code: code.offset) - 1
        return self.timecodes[found].seconds if found >= 0 else None
