"""Builds what judging needs by hand: a transcript from "NAME: words" lines, a quote, and the judgement in short."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from sayso.checks.judging import Judgement, judge, judge_pieces
from sayso.checks.words import Words, words_of
from sayso.documents import Correction, Span, Transcript, Turn, TurnRole

_LABEL = re.compile(r"(?m)^([A-Z][A-Z. ]*): ")
_DIRECTION = re.compile(r"[(\[](?:applause|laughter|inaudible|crosstalk)\.?[)\]]", re.IGNORECASE)
_CORRECTION = re.compile(r"~~([^~]+)~~(?: \[([^\]]+)\])?")


def transcript_of(text: str, *, id: str = "t1", day: date | None = None, **more: object) -> Transcript:
    """A transcript of "NAME: words" lines; words without a label are one turn of MR. VALE."""
    marks = list(_LABEL.finditer(text))
    turns = []
    for mark, end in zip(marks, [*(each.start() for each in marks[1:]), len(text)], strict=bool(marks)):
        span = Span(mark.end(), mark.end() + len(text[mark.end() : end].rstrip()))
        role: TurnRole = "question" if mark[1] == "Q" else "audience" if mark[1] == "AUDIENCE" else "speaker"
        turns.append(Turn(span, mark[1], Span(*mark.span(1)), role))
    directions = [Span(*found.span()) for found in _DIRECTION.finditer(text)]
    gaps = [span for span in directions if "inaudible" in span.of(text) or "crosstalk" in span.of(text)]
    corrections = [
        Correction(Span(*found.span(1)), Span(*found.span(2)) if found[2] else None)
        for found in _CORRECTION.finditer(text)
    ]
    transcript = Transcript(
        id, text, turns=turns or [Turn(Span(0, len(text)), "MR. VALE")], directions=directions, gaps=gaps, date=day
    )
    transcript.corrections = corrections
    for name, value in more.items():
        setattr(transcript, name, value)
    return transcript


def said(transcript: Transcript) -> Words:
    """The said words of a transcript."""
    return words_of(transcript.text, [turn.span for turn in transcript.turns], without=transcript.directions)


class Judged(NamedTuple):
    """A judgement with the texts it is of."""

    judgement: Judgement
    article: str
    transcript: Transcript

    @property
    def differences(self) -> list[tuple[str, str, str, str]]:
        """Of each difference kind, class, the transcript's words and the article's."""
        return [
            (each.kind, each.class_, each.transcript.of(self.transcript.text), each.article.of(self.article))
            for each in self.judgement.differences
        ]

    @property
    def reverses(self) -> list[str]:
        """What is changed of the sense."""
        return [each.reverses for each in self.judgement.differences if each.reverses]


def judged(quote: str, said_text: str | Transcript, near: tuple[int, int] | None = None) -> Judged:
    """The judgement of a quote against a transcript, all of which is its rough place where none is given.

    Stretches that the article interrupts are parted by " // ".
    """
    transcript = said_text if isinstance(said_text, Transcript) else transcript_of(said_text)
    words = said(transcript)
    parts = quote.split(" // ")
    text = " he said ".join(f"“{part}”" for part in parts)
    spans, at = [], 0
    for part in parts:
        start = text.index(part, at)
        spans.append(Span(start, start + len(part)))
        at = start + len(part)
    return Judged(judge(text, spans, transcript, words, near or (0, len(words))), text, transcript)


def judged_pieces(quote: str, *pieces: tuple[Transcript, str]) -> Judgement:
    """The judgement of a quote against stretches of transcripts, given as their words."""
    places = []
    for transcript, stretch in pieces:
        words = said(transcript)
        start = transcript.text.index(stretch)
        inside = [at for at in range(len(words)) if start <= words.starts[at] < start + len(stretch)]
        places.append((transcript, words, (inside[0], inside[-1] + 1)))
    return judge_pieces(quote, [Span(0, len(quote))], places)
