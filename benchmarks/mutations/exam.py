"""Puts the cases to the judge, end to end: transcripts to library, quote to place, place to verdict."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from benchmarks.mutations.cases import SOUND, Case
from benchmarks.mutations.passages import World
from sayso.checks.library import Library
from sayso.checks.quotes import QuoteChecker
from sayso.checks.quoting import Quote
from sayso.documents import Article, Span, Transcript
from sayso.records import Attribution, Speaker
from sayso.verdicts import QuoteValue, QuoteVerdict, Sense

FAILING: frozenset[QuoteValue] = frozenset({"altered", "spliced", "misattributed", "not found"})
"""What stops an article where nothing else is asked for (`--fail-on`)."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the judge said of a case."""

    case: Case
    value: QuoteValue
    doubt: str | None
    reverses: frozenset[Sense]
    heard: str
    """The words of the transcript that it was held against."""
    placed: bool | None
    """Whether it was held against the words that it comes from; None where it comes from nowhere."""

    @property
    def is_right(self) -> bool:
        """Whether the verdict is one that counts as right."""
        return self.value in self.case.right

    @property
    def is_accusation(self) -> bool:
        """Whether it stops the article: an accusing verdict without a doubt."""
        return self.value in FAILING and self.doubt is None

    @property
    def is_caught(self) -> bool:
        """Whether the verdict accuses, doubt or no doubt."""
        return self.value in FAILING

    @property
    def passes_as_sound(self) -> bool:
        """Whether the verdict lets the quote pass as said."""
        return self.value in SOUND

    @property
    def names_the_sense(self) -> bool | None:
        """Whether it says what of the sense is changed; None where the case does not look at that."""
        return any(each in self.reverses for each in self.case.reverses) if self.case.reverses else None


def examine(world: World, cases: Iterable[Case]) -> Iterator[Answer]:
    """The judge's answers, desk by desk."""
    for number, of_desk in groupby(sorted(cases, key=lambda case: case.desk), key=lambda case: case.desk):
        transcripts = world.desks[number].transcripts
        library = Library.of(transcripts)
        by_id = {each.id: each for each in transcripts}
        for case in of_desk:
            yield _answer(case, _judged(case, library), by_id)


def _judged(case: Case, library: Library) -> QuoteVerdict:
    speaker = Speaker("s1", case.speaker)
    spans = list(case.spans)
    attribution = Attribution("a1", [_source(case)], [], spans, "direct", speaker=speaker.id)
    article = Article(case.id, case.text, attributions=[attribution], speakers=[speaker])
    return QuoteChecker(article, library).verdict(Quote(spans, attribution, speaker))


def _source(case: Case) -> Span:
    """Where the article's sentence names the speaker, outside the quote."""
    folded = case.text.casefold()
    at = folded.find(case.speaker.casefold())
    while any(span.start <= at < span.end for span in case.spans):
        at = folded.find(case.speaker.casefold(), at + 1)
    return Span(at, at + len(case.speaker))


def _answer(case: Case, verdict: QuoteVerdict, transcripts: dict[str, Transcript]) -> Answer:
    passages = [(each.transcript, each.span) for each in verdict.passages]
    heard = " // ".join(span.of(transcripts[name].text) for name, span in passages)
    placed = None
    if case.gold:
        placed = any(
            name == gold.transcript and span.overlaps(gold.span) for name, span in passages for gold in case.gold
        )
    reverses = frozenset(each.reverses for each in verdict.reverses if each.reverses)
    return Answer(case, _value(verdict), verdict.doubt, reverses, heard, placed)


def _value(verdict: QuoteVerdict) -> QuoteValue:
    return verdict.value  # type: ignore[return-value]
