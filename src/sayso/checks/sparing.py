"""Why an accusation may be our own mistake: who is meant is not sure, or whoever said the words was quoting.

Each function gives the doubt in words, None where there is none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from sayso.checks.cases import Case
from sayso.checks.quoting import SCARE, Quote
from sayso.checks.whose import speaks
from sayso.checks.words import words_of
from sayso.documents import Span, Transcript, Turn
from sayso.records import Speaker

_OPENED = re.compile(r"(?:^|[\s(])['\"“‘„«]+$")
_ROUND = 200
"""Characters round a passage in which whoever speaks may name whom he is quoting."""
SHORT = 4
"""Different words below which anybody may have said the same."""


def doubt_of_misattributed(
    quote: Quote,
    speaker: Speaker,
    transcript: Transcript,
    span: Span,
    event: Sequence[Transcript],
    forms: Sequence[str],
) -> str | None:
    """Of words that somebody else said in `span`. `event`: the transcripts of that day; `forms`: the quote's words."""
    turn = transcript.turn_at(span.start)
    said = turn.speaker if turn and turn.speaker else "somebody else"
    if len(set(forms)) < SHORT:
        return "So few words may have been said by both."
    if not quote.sure:
        return f"The article does not name {speaker.name} with the quote."
    if turn is None or turn.role == "audience":
        return f"Who spoke there is not told: {said}."
    if _may_quote(transcript, turn, span, speaker):
        return f"{said} names {speaker.name} there, or reads it out, and may be quoting."
    if not any(speaks(speaker, each) for each in event):
        return f"{speaker.name}, who does not speak there, may have said it elsewhere."
    return None


def _may_quote(transcript: Transcript, turn: Turn, span: Span, speaker: Speaker) -> bool:
    """Whether the transcript has the words in quotation marks, or the speaker's name next to them in the same turn."""
    if _OPENED.search(transcript.text, max(turn.span.start, span.start - 3), span.start):
        return True
    name = words_of(speaker.name).forms
    near = Span(max(turn.span.start, span.start - _ROUND), min(turn.span.end, span.end + _ROUND))
    return bool(name) and name[-1] in words_of(transcript.text, [near]).forms


def doubt_of_bent(quote: Quote, case: Case, said: str | None, words: int) -> str | None:
    """Of a quote that is not sound where its words are nearest."""
    if case.agrees is True:
        return None
    if quote.speaker is None and case.judgement.value == "spliced":
        return "The article does not say clearly who is quoted."
    if case.agrees is False and quote.speaker is not None:
        return f"The nearest words are {said}'s, not {quote.speaker.name}'s."
    if quote.attribution is None and words <= SCARE:
        return "The article does not say that anybody said it."
    return None
