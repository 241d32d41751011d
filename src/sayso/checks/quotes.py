"""Quotes against transcripts: where each was said, by whom, and what became of its words.

Seeing and deciding are apart: `Library` finds places, `judge` compares words, and here the kindest reading that the
transcripts allow becomes the verdict. An accusation that may be our own mistake or the transcript's carries a doubt.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol

from sayso.checks.cases import Case
from sayso.checks.context import context_of
from sayso.checks.doubting import OTHER_OCCASION
from sayso.checks.judging import judge, judge_pieces
from sayso.checks.library import Library
from sayso.checks.placing import Placement
from sayso.checks.quoting import Quote, forms_of, quotes_of
from sayso.checks.respelling import respelt
from sayso.checks.sparing import doubt_of_bent, doubt_of_misattributed
from sayso.checks.unsaid import why_unchecked
from sayso.checks.whose import agrees, speaks
from sayso.checks.words import words_of
from sayso.documents import Article, Span, Transcript
from sayso.records import Attribution, Speaker
from sayso.verdicts import Elsewhere, Passage, QuoteValue, QuoteVerdict

_PLACES = 12
"""Places of a quote that are judged: a phrase that a speaker keeps repeating has many."""
_RESPELT = 16
"""Words of a quote up to which another writing may be all that hides its place; longer ones have enough words left."""
_AGAIN = 4
_FAR = 0.6
"""Places with so much less of the quote's words than the best are not judged."""
_SAME_EVENT = 0.6
"""Share of a quote's words that another transcript must have for its reading to be shown beside the verdict."""
_MANY = 100
"""Transcripts of a library that is no longer of one event."""
_TELLING = 5
"""Words from which a text says something that another may say in other words."""
_LIKELY = 0.2
"""Score from which the nearest passage of an indirect statement is worth showing: below it chance is as good."""


class Near(Protocol):
    """A passage that is near in meaning."""

    @property
    def transcript(self) -> int:
        """Its number in the library."""

    @property
    def span(self) -> Span:
        """Where it stands."""

    @property
    def score(self) -> float:
        """How likely it says much the same, 0 to 1."""


class Nearest(Protocol):
    """Finds passages by meaning: what `Meaning.nearest` does."""

    def __call__(self, text: str, speaker: Speaker | None, limit: int) -> Sequence[Near]:
        """The passages nearest in meaning, the nearest first; of `speaker` alone where one is given."""
        ...


class QuoteChecker:
    """Judges the quotes of one article against a library of transcripts."""

    def __init__(
        self, article: Article, library: Library, nearest: Nearest | None = None, reworded: float = 1.1
    ) -> None:
        self.article = article
        self.library = library
        self.nearest = nearest
        self.reworded = reworded
        """Score from which a passage says much the same."""
        self.among_many = len(library.transcripts) > _MANY
        self.used: set[int] = set()
        """Numbers of the transcripts that verdicts name."""

    def verdicts(self) -> list[QuoteVerdict]:
        """A verdict on every quote in text order, those on indirect statements after them; ids are the caller's."""
        found = [self.verdict(quote) for quote in quotes_of(self.article)]
        return found + [each for each in map(self._indirect, self.article.attributions) if each is not None]

    def verdict(self, quote: Quote) -> QuoteVerdict:
        """The verdict on one quote."""
        verdict = QuoteVerdict("", list(quote.spans), attribution=quote.attribution.id if quote.attribution else None)
        forms = forms_of(self.article.text, quote.spans)
        places = self.library.place(forms, limit=_PLACES)
        best = min(self._cases(quote, forms, places), key=lambda case: case.rank, default=None)
        if best is None or not best.is_evident(len(forms), among_many=self.among_many):
            self._unfound(verdict, quote, best, self._sources(places))
            return verdict
        self._fill(verdict, best)
        if best.is_sound and self._is_anothers(quote, best):
            self._misattributed(verdict, quote, best, forms)
        else:
            self._explain(verdict, best)
            if not best.is_sound:
                if verdict.doubt == OTHER_OCCASION and best.agrees is True and not self.among_many:
                    # It stands in the transcript of the occasion, and `is_evident` has asked enough of it.
                    verdict.doubt = None
                said = verdict.passages[0].speaker
                verdict.doubt = verdict.doubt or doubt_of_bent(quote, best, said, len(forms))
        self._elsewhere(verdict, quote, places, best)
        return verdict

    # ------------------------------------------------------------------ places

    def _cases(self, quote: Quote, forms: Sequence[str], places: Sequence[Placement]) -> list[Case]:
        cases: list[Case] = []
        for place in places:
            if cases and place.score < _FAR * places[0].score:
                break
            cases.append(self._judged(quote, [place]))
            if cases[-1].is_sound and cases[-1].agrees is True:
                # The best places come first: none of the others can be better.
                return cases
        if any(case.is_sound for case in cases):
            return cases
        # Written another way it may stand somewhere else.
        for other in respelt(forms) if len(forms) <= _RESPELT else ():
            again = [self._judged(quote, [place]) for place in self.library.place(other, limit=_AGAIN)]
            cases += [case for case in again if case.is_sound]
        if any(case.is_sound for case in cases):
            return cases
        pieces = self.library.cover(forms)
        return [*cases, self._judged(quote, pieces)] if len(pieces) > 1 else cases

    def _judged(self, quote: Quote, places: Sequence[Placement]) -> Case:
        sides = [
            (self.library.transcripts[place.transcript], self.library.words(place.transcript), (place.first, place.end))
            for place in places
        ]
        if len(sides) == 1:
            judgement = judge(self.article.text, quote.spans, *sides[0])
        else:
            judgement = judge_pieces(self.article.text, quote.spans, sides)
        transcript = sides[judgement.pieces[0]][0] if judgement.pieces else sides[0][0]
        turn = transcript.turn_at(judgement.passages[0].start) if judgement.passages else None
        known = quote.speaker is not None and turn is not None
        answer = agrees(quote.speaker, turn, transcript) if known and quote.speaker and turn else None
        own = [places[piece].transcript for piece in judgement.pieces]
        own = own or [places[0].transcript] * len(judgement.passages)
        return Case(own[0] if own else places[0].transcript, judgement, answer, own)

    def _is_anothers(self, quote: Quote, case: Case) -> bool:
        """Whether who spoke is not whom the article names: by name, or as his own label stands elsewhere."""
        if quote.speaker is None or case.agrees is True:
            return False
        if case.agrees is False:
            return True
        transcript = self.library.transcripts[case.transcript]
        turn = transcript.turn_at(case.judgement.passages[0].start)
        if turn is None or turn.speaker is None:
            return False
        return quote.speaker.kind == "person" and speaks(quote.speaker, transcript) is True

    # ---------------------------------------------------------------- verdicts

    def _fill(self, verdict: QuoteVerdict, case: Case) -> None:
        judgement = case.judgement
        verdict.value = judgement.value
        verdict.passages = [self.passage(*each) for each in zip(case.places, judgement.passages, strict=True)]
        verdict.differences = judgement.differences
        verdict.context = judgement.context
        verdict.doubt = judgement.doubt
        verdict.speaker_agrees = case.agrees

    def passage(self, transcript: int, span: Span) -> Passage:
        """A stretch of a transcript with what stands round it."""
        source = self.library.transcripts[transcript]
        self.used.add(transcript)
        turn = source.turn_at(span.start)
        before, after, question = context_of(source, span)
        return Passage(
            source.id, span, turn.speaker if turn else None, source.seconds_at(span.start), before, after, question
        )

    def _misattributed(self, verdict: QuoteVerdict, quote: Quote, case: Case, forms: Sequence[str]) -> None:
        assert quote.speaker is not None
        verdict.value, verdict.speaker_agrees = "misattributed", False
        said = verdict.passages[0].speaker or "somebody else"
        verdict.why = f"These words were said by {said}, not by {quote.speaker.name}."
        transcript, span = self.library.transcripts[case.transcript], case.judgement.passages[0]
        verdict.doubt = verdict.doubt or doubt_of_misattributed(
            quote, quote.speaker, transcript, span, self._event(case), forms
        )

    def _event(self, case: Case) -> list[Transcript]:
        """The transcript of a place, and the others of its day."""
        ours = self.library.transcripts[case.transcript]
        if ours.date is None or self.among_many:
            return [ours]
        return [each for each in self.library.transcripts if each.date == ours.date]

    def _explain(self, verdict: QuoteVerdict, case: Case) -> None:
        verdict.why = _WHY[case.judgement.value]
        if case.judgement.value == "altered" and all(
            each.kind == "omitted" for each in verdict.differences if each.reverses or each.class_ == "wording"
        ):
            verdict.why = "Words that carry the sense are left out."
        elif (
            case.judgement.value == "altered"
            and all(each.class_ in ("bracket", "ellipsis") for each in verdict.differences if each.reverses)
            and not any(each.class_ == "wording" for each in verdict.differences)
        ):
            verdict.why = "What the article marks is not what was said."
        changed = list(dict.fromkeys(each.reverses for each in verdict.differences if each.reverses))
        if changed:
            verdict.why = f"{verdict.why} The sense is changed: {', '.join(changed)}."

    def _sources(self, places: Sequence[Placement]) -> Sequence[Transcript]:
        """The transcripts that may hold words: all where they are few, else those where the words were placed."""
        transcripts = self.library.transcripts
        if not self.among_many:
            return transcripts
        return [transcripts[number] for number in dict.fromkeys(place.transcript for place in places)]

    def _unfound(self, verdict: QuoteVerdict, quote: Quote, case: Case | None, sources: Sequence[Transcript]) -> None:
        unchecked = why_unchecked(self.article, quote, sources)
        if unchecked.reason:
            verdict.value, verdict.why = "unchecked", unchecked.reason
            return
        text = quote.text(self.article)
        # Where the speaker has turns of his own, only those.
        own = quote.speaker is not None and any(speaks(quote.speaker, each) for each in sources)
        near = self._near(text, quote.speaker if own else None, 2) if len(words_of(text)) >= _TELLING else []
        verdict.passages = [self.passage(each.transcript, each.span) for each in near]
        if not near and case is not None and case.agrees is not False:
            verdict.passages = [self.passage(*each) for each in zip(case.places, case.judgement.passages, strict=True)]
        if near and near[0].score >= self.reworded:
            verdict.value, verdict.similarity = "reworded", near[0].score
            verdict.why = "Not these words, yet a passage says much the same: to be judged by a reader."
            return
        verdict.value = "not found"
        verdict.why = "No passage of the transcripts has these words or says much the same."
        verdict.doubt = unchecked.doubt
        if self.among_many:
            verdict.doubt = verdict.doubt or "Which of so many transcripts would be of the occasion is not known."
        verdict.incomplete = any(each.partial is not None for each in sources)
        if verdict.incomplete:
            verdict.doubt = verdict.doubt or "A transcript says that it is not complete."

    def _near(self, text: str, speaker: Speaker | None, limit: int) -> Sequence[Near]:
        """The passages nearest in meaning; of `speaker` alone where one is given."""
        return self.nearest(re.sub(r"\s+", " ", text), speaker, limit) if self.nearest else ()

    def _elsewhere(self, verdict: QuoteVerdict, quote: Quote, places: Sequence[Placement], best: Case) -> None:
        """What other transcripts of the event have, where they do not have the same."""
        if len(self.library.transcripts) == 1:
            return
        ours = self.library.transcripts[best.transcript]
        seen = {best.transcript}
        for place in places:
            other = self.library.transcripts[place.transcript]
            if place.transcript in seen or place.score < _SAME_EVENT or not _same_day(ours, other):
                continue
            seen.add(place.transcript)
            case = self._judged(quote, [place])
            if case.judgement.value != best.judgement.value and case.judgement.passages:
                span = Span(case.judgement.passages[0].start, case.judgement.passages[-1].end)
                self.used.add(place.transcript)
                verdict.elsewhere.append(Elsewhere(other.id, case.judgement.value, span, span.of(other.text)))

    def _indirect(self, attribution: Attribution) -> QuoteVerdict | None:
        """The passage nearest to an indirect statement of somebody who speaks in a transcript."""
        if attribution.quotation != "indirect" or attribution.act not in (None, "communication") or not self.nearest:
            return None
        speaker = next((each for each in self.article.speakers if each.id == attribution.speaker), None)
        text = " ".join(span.of(self.article.text) for span in attribution.content)
        forms = words_of(text).forms
        if speaker is None or len(forms) < _TELLING:
            return None
        places = self.library.place(forms, limit=_PLACES) if self.among_many else ()
        if not any(speaks(speaker, each) for each in self._sources(places)):
            return None
        near = self._near(text, speaker, 1)
        if not near or near[0].score < _LIKELY:
            return None
        verdict = QuoteVerdict("", list(attribution.content), "unchecked", attribution=attribution.id, indirect=True)
        verdict.passages = [self.passage(near[0].transcript, near[0].span)]
        verdict.similarity = near[0].score
        verdict.why = f"Told in the article's words. The nearest passage of {speaker.name} is shown."
        return verdict


_WHY: dict[QuoteValue, str] = {
    "verbatim": "The same words, in order, in one stretch.",
    "marked": "Differs only where the article says so.",
    "tidied": "Only fillers, stutters or contractions differ.",
    "trimmed": "Words are left out inside the quote without a mark.",
    "altered": "Words are replaced, added or moved without a mark.",
    "spliced": "Stretches from different places stand together as one quote without a mark.",
}


def _same_day(one: Transcript, other: Transcript) -> bool:
    return one.date is None or other.date is None or one.date == other.date
