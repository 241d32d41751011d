"""The transcript that has an utterance, and the check's verdict on each wording of it.

Verdicts are `sayso.checks`' own, with their doubts: nobody is accused here whom a check of the article would spare.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import Connection, select

from sayso.archive.days import day_of, iso_day
from sayso.archive.keeping.transcripts import transcripts_of
from sayso.archive.matching import Match, Or, Phrase
from sayso.archive.schema import transcript as transcripts
from sayso.archive.stores.base import Store
from sayso.archive.tracing.candidates import match_of
from sayso.archive.tracing.cutting import Cut
from sayso.archive.tracing.forms import Source, Utterance
from sayso.checks.chosen import spare
from sayso.checks.library import Library
from sayso.checks.meaning import REWORDED, Meaning, Near
from sayso.checks.quotes import QuoteChecker
from sayso.checks.ranking import RANK
from sayso.checks.whose import agrees
from sayso.documents import Article, Span, Transcript, Turn
from sayso.records import Attribution, Speaker
from sayso.verdicts import Passage, QuoteVerdict

_MOST = 4
"""Transcripts that an utterance is looked for in."""
_KEPT = 16
_FOUND = frozenset({"verbatim", "marked", "tidied", "trimmed", "altered", "misattributed"})
"""Verdicts by which a wording has its place in a transcript."""
_NEAR = 40
"""Characters between two passages that are one: an "um", a cough in brackets."""
_NAMED = frozenset({"person", "organisation", "government", "document", "group"})


@dataclass(frozen=True, slots=True)
class Checked:
    """What the check says of a wording."""

    verdict: QuoteVerdict
    """The gravest, of several quotes in it."""
    passages: list[Passage]
    """Where its words were found, those of all quotes."""


@dataclass(slots=True)
class Sources:
    """Transcripts of an archive that share rare words with an utterance."""

    ids: tuple[int, ...]
    library: Library

    def verdict(self, told: Utterance, cut: Cut) -> Checked | None:
        """The check's verdict on the stretch of a wording; None of one that is not quoted."""
        if not cut.quoted:
            return None
        article, shift = article_of(told, cut)
        found = [each for each in self._spared(article, told) if not each.indirect and each.value != "unchecked"]
        if not found:
            return None
        worst = max(found, key=lambda each: rank_of(each.value))
        size = len(cut.text)
        worst.spans = [_moved(span, shift, size) for span in worst.spans]
        for each in worst.differences:
            each.article = _moved(each.article, shift, size)
        return Checked(worst, [passage for each in found if each.value in _FOUND for passage in each.passages])

    def _spared(self, article: Article, told: Utterance) -> list[QuoteVerdict]:
        """The verdicts on an article of one sentence; the transcripts are the archive's, which nobody named for it."""
        verdicts = QuoteChecker(article, self.library, self._nearest, REWORDED).verdicts()
        by_id = {each.id: each for each in self.library.transcripts}
        published = None if told.day is None else day_of(told.day)
        said = iso_day(told.said)
        for each in verdicts:
            spare(each, by_id, speaker=next(iter(article.speakers), None), published=published, said=said)
        return verdicts

    def _nearest(self, text: str, speaker: Speaker | None, limit: int) -> Sequence[Near]:
        def his(transcript: Transcript, turn: Turn) -> bool:
            return speaker is not None and agrees(speaker, turn, transcript) is True

        return _meaning().nearest(text, self.library.transcripts, speaker_turns=his if speaker else None, limit=limit)

    def place(self, checked: Checked, connection: Connection) -> Source | None:
        """Where a wording was said; of one that was put together from far places the longest; None of none."""
        if not checked.passages:
            return None
        joined: list[tuple[str, Span, str | None]] = []
        for each in sorted(checked.passages, key=lambda one: (one.transcript, one.span)):
            name, span, speaker = joined[-1] if joined else ("", Span(0, 0), None)
            if name == each.transcript and each.span.start - span.end <= _NEAR and speaker == each.speaker:
                joined[-1] = name, Span(span.start, max(span.end, each.span.end)), speaker
            else:
                joined.append((each.transcript, each.span, each.speaker))
        name, span, speaker = max(joined, key=lambda each: each[1].end - each[1].start)
        number = next(at for at, each in enumerate(self.library.transcripts) if each.id == name)
        row = connection.execute(
            select(transcripts.c.title, transcripts.c.day, transcripts.c.url).where(
                transcripts.c.id == self.ids[number]
            )
        ).one()
        day = iso_day(row.day)
        text = span.of(self.library.transcripts[number].text)
        return Source(self.ids[number], row.title, day, row.url, speaker, text, span)


def rank_of(value: str) -> int:
    """Which of two verdicts is the graver one."""
    ranks = [str(each) for each in RANK]
    return ranks.index(value) if value in ranks else len(ranks)


def find_sources(store: Store, connection: Connection, text: str, *, until: int | None = None) -> Sources | None:
    """The transcripts that share rare words with a text, of no later day than `until`; None where there are none."""
    match = match_of(text)
    if match is None:
        return None
    # Those that have everyday words together come first: of a whole speech the databases' ranks tell little.
    together = [each for each in (match.parts if isinstance(match, Or) else (match,)) if isinstance(each, Phrase)]
    wanted: list[Match] = [Or(tuple(together)), match] if together else [match]
    rows = [
        row
        for each in wanted
        for row in connection.execute(store.match_transcripts(each).order_by("rank", "id").limit(4 * _MOST))
    ]
    # A long transcript may be found in several of its parts.
    ids = list(dict.fromkeys(row.id for row in rows))
    if until is not None and ids:
        late = select(transcripts.c.id).where(transcripts.c.id.in_(ids), transcripts.c.day > until)
        too_late = set(connection.scalars(late))
        ids = [each for each in ids if each not in too_late]
    ids = ids[:_MOST]
    if not ids:
        return None
    spoken = transcripts_of(connection, ids, store.where)
    return Sources(tuple(ids), _library(tuple(_Kept(each) for each in spoken)))


class _Kept:
    """A transcript known by its text, so that what was made of it can be kept."""

    def __init__(self, transcript: Transcript) -> None:
        self.transcript = transcript

    def __hash__(self) -> int:
        return hash(self.transcript.id)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Kept) and self.transcript == other.transcript


@lru_cache(maxsize=_KEPT)
def _library(kept: tuple[_Kept, ...]) -> Library:
    return Library.of([each.transcript for each in kept])


@lru_cache(maxsize=1)
def _meaning() -> Meaning:
    return Meaning()


def article_of(told: Utterance, cut: Cut) -> tuple[Article, int]:
    """An article of one sentence that quotes the stretch of a wording, and where its words begin in it."""
    name = told.speaker_name or "It"
    opens, closes = cut.open
    head = f"{name} said: " + "“" * opens
    text = head + cut.text + "”" * closes + "\n"
    content = Span(len(head) - opens, len(text) - 1)
    article = Article("trace", text, language="en", paragraphs=[Span(0, len(text) - 1)])
    known = told.speaker_name is not None and (told.speaker_kind or "person") in _NAMED
    if known:
        kind = "person" if told.speaker_kind is None else told.speaker_kind
        article.speakers = [Speaker("s1", name, kind, [], [Span(0, len(name))])]  # type: ignore[arg-type]
    article.attributions = [
        Attribution(
            "a1",
            [Span(0, len(name))] if known else [],
            [Span(len(name) + 1, len(name) + 5)],
            [content],
            "direct" if opens and closes else "mixed",
            speaker="s1" if known else None,
        )
    ]
    return article, len(head)


def _moved(span: Span, shift: int, size: int) -> Span:
    return Span(max(0, min(span.start - shift, size)), max(0, min(span.end - shift, size)))
