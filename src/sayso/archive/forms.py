"""What the archive takes and gives, as plain data."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Generic, Literal, TypeVar

from sayso.documents import Span
from sayso.intake.items import ProblemKind

T = TypeVar("T")
Outcome = Literal["added", "unchanged", "new version"]


@dataclass(frozen=True, slots=True)
class Given:
    """What is known of a source beside the article itself: by these an article is known again."""

    name: str
    """File name, address, or a place in a container ("crawl.warc.gz#48211")."""
    origin: str = ""
    """What the user named: the container, the folder, the feed; `name` itself where it was named."""
    digest: str = ""
    """SHA-256 of the bytes, in hexadecimal: the same source with the same bytes need not be read again."""
    guid: str | None = None
    """The publisher's own identifier (NewsML-G2 guid, ninjs uri, feed entry id)."""
    version: str | None = None
    """The publisher's own version number, where it gives one."""
    upload: bool = False
    """Whether `name` is no place of ours, but what a stranger's file was called: nothing is known again by it alone."""


@dataclass(frozen=True, slots=True)
class StatementChange:
    """A statement that differs between two versions of an article: a side that lacks it is None."""

    kind: Literal["added", "removed", "reworded", "moved to another speaker"]
    before: str | None
    after: str | None
    speaker_before: str | None = None
    speaker_after: str | None = None


@dataclass(slots=True)
class Saved:
    """What became of an article or a transcript that was to be kept."""

    outcome: Outcome
    kind: Literal["article", "transcript"]
    id: int
    """Of the article or transcript in the archive; it stays the same over versions."""
    version: int = 1
    """Number of the version, from 1."""
    statements: int = 0
    changes: list[StatementChange] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that did not come in whole, and why. `repaired` is set when a later attempt brought it in."""

    kind: ProblemKind
    name: str
    reason: str
    origin: str = ""
    advice: str = ""
    digest: str = ""
    id: int = 0
    first_at: str = ""
    """When it first happened, ISO 8601 in UTC."""
    last_at: str = ""
    times: int = 1
    repaired_at: str | None = None


@dataclass(frozen=True, slots=True)
class ArticleVersion:
    """One version of an article, as `Archive.versions` lists them."""

    number: int
    added_at: str
    newest: bool
    text_id: str
    headline: str | None
    outlet: str | None
    published: str | None
    words: int
    edition: str | None
    """The publisher's own number of it."""
    changes: tuple[StatementChange, ...] = ()
    """Against the version before."""


@dataclass(frozen=True, slots=True)
class Info:
    """What an archive is and holds."""

    where: str
    kind: str
    """`sqlite` or `postgres`."""
    schema: str
    library: str
    """Version of the database's own software."""
    made_at: str
    made_by: str
    """Version of sayso."""
    articles: int
    versions: int
    statements: int
    speakers: int
    transcripts: int
    outlets: int
    problems: int
    """Those that are not repaired."""
    first: str | None
    """Day of the first article that has one, ISO 8601."""
    last: str | None
    size: int
    """Bytes on disk."""
    notes: tuple[str, ...] = ()


@dataclass(slots=True)
class Hit:
    """A statement as a search finds it."""

    statement: int
    """Its id in the archive."""
    text: str
    """The fullest wording."""
    others: list[str]
    """Further wordings in the same article."""
    speaker: int | None
    speaker_name: str | None
    speaker_kind: str | None
    outlet: str | None
    article: int
    version: int
    headline: str | None
    url: str | None
    published: str | None
    """As the article gives it, ISO 8601."""
    said: str | None
    marks: int
    via: list[str] = field(default_factory=list)
    """Through whom: the speakers of the statements that it lies inside, outermost first."""
    about: list[str] = field(default_factory=list)
    snippet: str = ""
    """A stretch of `text`, or of another wording, round what was found."""
    found: list[Span] = field(default_factory=list)
    """What was found, in `snippet`."""
    score: float | None = None


@dataclass(slots=True)
class Count:
    """How many of the statements found have a value."""

    value: str
    count: int
    query: str
    """The term that narrows the query to it: `outlet:"The Tidewater Courier"`."""


@dataclass(slots=True)
class Page:
    """One page of what a search found."""

    query: str
    hits: list[Hit]
    total: int
    sort: str
    next: str | None = None
    """The cursor of the next page; None on the last one."""
    facets: dict[str, list[Count]] = field(default_factory=dict)
    facets_of: int | None = None
    """Where there were too many: the newest so many are counted in `facets`; None where all are."""
    notes: list[str] = field(default_factory=list)
    """What a reader should know: a speaker's name that two persons bear, a word that is in no statement."""
    before: int = 0
    """Hits on the pages before."""


@dataclass(frozen=True, slots=True)
class Listing(Generic[T]):
    """One page of a list."""

    items: list[T]
    total: int
    """On all pages."""
    next: str | None = None
    """The cursor of the next page; None on the last one."""


@dataclass(slots=True)
class ArchiveSpeaker:
    """One speaker over all articles."""

    id: int
    name: str
    kind: str
    stands_for: str | None
    names: list[str]
    """All names under which articles have it, the most frequent first."""
    titles: list[str]
    """All titles, the most frequent first."""
    articles: int
    statements: int
    first: str | None = None
    """Day of the first article, ISO 8601."""
    last: str | None = None


DecisionKind = Literal["merge", "split", "apart", "undo", "stands for"]
"""`apart` says that two are different and are not to be suggested again."""


@dataclass(frozen=True, slots=True)
class Decision:
    """A dated, signed row about who is whom; it is never changed, only undone by another one."""

    id: int
    kind: DecisionKind
    speakers: tuple[int, ...]
    """Of a merge: the one that stays, then the one that goes into it; of a split: the old one, then the new one."""
    reason: str
    by: str
    at: str
    undone_by: int | None = None
    """Id of the decision that undid it."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Two speakers that may be one, or one that may be two, with what speaks for and against it, in words."""

    one: ArchiveSpeaker
    other: ArchiveSpeaker
    score: float
    """0 to 1."""
    reasons: tuple[str, ...]
    against: tuple[str, ...] = ()
    kind: Literal["merge", "split"] = "merge"
    """Of a split, `other` is `one` itself."""
    articles: tuple[int, ...] = ()
    """Of a split: the articles that may be another's."""
