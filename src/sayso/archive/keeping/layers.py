"""What the tables keep of an article: reckoned from the article alone, before any database is asked."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime

from sayso.archive.days import day_number, full_day
from sayso.archive.folding import words_in
from sayso.archive.indexing import words_of
from sayso.archive.marks import FAMILIES, bits_of
from sayso.documents import Article
from sayso.records import Attribution, Statement
from sayso.verdicts import HeadlineVerdict, QuoteVerdict

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_VERDICTS = frozenset(FAMILIES["verdict"])


@dataclass(slots=True)
class Layer:
    """One statement as the tables have it, with its speakers still by their ids in the article."""

    local: str
    speaker: str | None
    about: list[str]
    said_day: int | None
    marks: int
    outer: str | None
    """The statement that it lies inside, by its id in the article."""
    text: str
    others: list[str]
    words: list[str] = field(default_factory=list)
    """Of all wordings, folded."""


def storable(text: str) -> str:
    """The text as both databases can keep it: PostgreSQL takes no NUL, and neither takes half a character.

    >>> storable("a\\0b")
    'a\ufffdb'
    """
    return _UNSTORABLE.sub("\ufffd", text)


def optional(text: str | None) -> str | None:
    """The same, None for None."""
    return None if text is None else storable(text)


def day_of_publication(published: datetime | date | None) -> int | None:
    """The day, as the article's own clock has it."""
    if isinstance(published, datetime):
        return day_number(published.date())
    return None if published is None else day_number(published)


def layers_of(article: Article, *, indexed: bool = True) -> list[Layer]:
    """The statements of an article with their marks; `indexed` folds their words as well."""
    attributions = {each.id: each for each in article.attributions}
    statement_of = {name: each.id for each in article.statements for name in each.attributions}
    marks = _Marks(article)
    layers = []
    for statement in article.statements:
        parts = [attributions[name] for name in statement.attributions if name in attributions]
        outers = (statement_of.get(each.inside) for each in parts if each.inside is not None)
        layer = Layer(
            local=statement.id,
            speaker=statement.speaker,
            about=list(dict.fromkeys(name for each in parts for name in each.about)),
            said_day=next((day for each in parts if (day := full_day(each.occasion.date)) is not None), None),
            marks=marks.of(statement, parts),
            outer=next((name for name in outers if name not in (None, statement.id)), None),
            text=storable(statement.text),
            others=_others(article, statement, parts),
        )
        if indexed:
            layer.words = words_of(layer.text, layer.others)
        layers.append(layer)
    return layers


class _Marks:
    """The marks of an article's statements."""

    def __init__(self, article: Article) -> None:
        self.headline = article.headline
        self.kinds = {each.id: each.kind for each in article.speakers}
        self.disputed = {each.to for each in article.relations if each.kind == "disputes"}
        self.verdicts: dict[str, set[str]] = {}
        """By attribution."""
        self.doubtful: set[str] = set()
        """Attributions and statements."""
        for verdict in article.verdicts:
            judged = verdict.attribution
            if isinstance(verdict, QuoteVerdict) and judged and verdict.value in _VERDICTS:
                self.verdicts.setdefault(judged, set()).add(verdict.value)
            if verdict.doubt is not None:
                self.doubtful.update(each for each in (judged, _carrier(verdict)) if each)

    def of(self, statement: Statement, parts: list[Attribution]) -> int:
        found: set[tuple[str, str]] = set()
        for each in parts:
            found.add(("quotation", each.quotation))
            found.add(("stance", each.stance.value))
            if each.act is not None:
                found.add(("act", each.act))
            if each.polarity is not None:
                found.add(("polarity", each.polarity))
            if each.inside is not None:
                found.add(("is", "nested"))
            if self.headline and any(self.headline.contains(span) for span in each.content):
                found.add(("is", "headline"))
            found.update(("verdict", value) for value in self.verdicts.get(each.id, ()))
        kind = self.kinds.get(statement.speaker or "")
        if statement.speaker is None:
            found.add(("is", "unattributed"))
        elif kind == "anonymous":
            found.add(("is", "anonymous"))
        elif kind != "author":
            found.add(("is", "named"))
        if statement.id in self.disputed:
            found.add(("is", "disputed"))
        if self.doubtful and not self.doubtful.isdisjoint((statement.id, *statement.attributions)):
            found.add(("is", "doubtful"))
        return bits_of(found)


def _carrier(verdict: object) -> str | None:
    return verdict.statement if isinstance(verdict, HeadlineVerdict) else None


def _others(article: Article, statement: Statement, parts: list[Attribution]) -> list[str]:
    """The wordings beside the fullest, each once; what differs only in typography is no other wording."""
    if len(parts) < 2:
        return []
    seen = {tuple(words_in(statement.text))}
    others = []
    for each in parts:
        text = " ".join(" ".join(span.of(article.text).split()) for span in each.content)
        words = tuple(words_in(text))
        if words and words not in seen:
            seen.add(words)
            others.append(storable(text))
    return others
