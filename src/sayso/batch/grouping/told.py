"""What the grouping reads of a batch: an article's text and facts, and its statements as an archive's tracing has them.

Articles and statements are known by their numbers: their places in the tables, part after part.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sayso.archive.days import day_number, full_day
from sayso.archive.keeping.copies import precedence
from sayso.archive.tracing.forms import Utterance
from sayso.archive.tracing.rows import is_quoted
from sayso.batch.layout import Folder
from sayso.batch.parquet import read_part

UNKNOWN = "9"
"""Sorts after every day."""
_UTTERANCE = ("text", "quoted", "speaker_name", "speaker_kind", "day", "said", "outlet")
"""What a batch knows of an utterance."""


@dataclass(frozen=True, slots=True)
class Told:
    """A statement of an article."""

    article: str
    statement: str
    published: str | None
    utterance: Utterance

    @property
    def order(self) -> tuple[str, str, str]:
        """By which the first is told: of one day, whichever has the first key."""
        return self.published or UNKNOWN, self.article, self.statement

    def to_json(self) -> dict[str, Any]:
        """As plain data."""
        utterance = {name: getattr(self.utterance, name) for name in _UTTERANCE}
        return {"article": self.article, "statement": self.statement, "published": self.published, **utterance}

    @classmethod
    def from_json(cls, told: dict[str, Any]) -> Told:
        """What `to_json` made."""
        utterance = Utterance(**{name: told[name] for name in _UTTERANCE})
        return cls(told["article"], told["statement"], told["published"], utterance)


@dataclass(frozen=True, slots=True)
class Report:
    """An article as its copies are looked for."""

    article: str
    text: str
    published: str | None
    agency: str | None
    outlet: str | None = None

    @property
    def order(self) -> tuple[tuple[str, bool, str], str]:
        """By which the first of some copies is told."""
        return precedence(self.published or UNKNOWN, self.agency), self.article

    def to_json(self) -> dict[str, Any]:
        """As plain data."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(slots=True)
class _Facts:
    quotation: set[str] = field(default_factory=set)
    said: int | None = None


def reports_in(folder: Folder, shard: int) -> list[Report]:
    """The articles of a shard, in the order of their part."""
    path = folder.part("articles", shard)
    if not path.exists():
        return []
    rows = read_part(path, columns=("article", "text", "published", "dateline_agency", "outlet"))
    return [
        Report(row["article"], row["text"], row["published"], row["dateline_agency"], row["outlet"]) for row in rows
    ]


def told_in(folder: Folder, shard: int) -> list[Told]:
    """The statements of a shard, in the order of their part."""
    path = folder.part("statements", shard)
    if not path.exists():
        return []
    articles = {
        row["article"]: row
        for row in read_part(
            folder.part("articles", shard), columns=("article", "published", "published_day", "outlet")
        )
    }
    facts = _facts(folder, shard)
    told = []
    columns = ("article", "statement", "text", "speaker_name", "speaker_kind")
    for row in read_part(path, columns=columns):
        article = articles[row["article"]]
        its = facts.get((row["article"], row["statement"]), _Facts())
        day = article["published_day"]
        utterance = Utterance(
            row["text"] or "",
            is_quoted(row["text"] or "", tuple(sorted(its.quotation))),
            speaker_name=row["speaker_name"],
            speaker_kind=row["speaker_kind"],
            day=None if day is None else day_number(date.fromisoformat(day)),
            said=its.said,
            outlet=article["outlet"],
        )
        told.append(Told(row["article"], row["statement"], article["published"], utterance))
    return told


def _facts(folder: Folder, shard: int) -> dict[tuple[str, str], _Facts]:
    facts: dict[tuple[str, str], _Facts] = defaultdict(_Facts)
    path = folder.part("attributions", shard)
    if not path.exists():
        return facts
    for row in read_part(path, columns=("article", "statement", "quotation", "date")):
        if row["statement"] is not None:
            its = facts[row["article"], row["statement"]]
            its.quotation.add(row["quotation"])
            its.said = full_day(row["date"]) if its.said is None else its.said
    return facts
