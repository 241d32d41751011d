"""The passages of transcripts that say much the same as a text: for quotes that went through another language and back,
and for indirect statements.

Sentences are sifted by their words without context (`sayso.checks.sifting`), what is left is read by the encoder, and
sentences, pairs and threes in a row are held against the text: as wholes, word for word (Zhang et al. 2020,
"BERTScore"), by words and numbers that both have, and by how far the best stands out from the rest of what was said:
a quote on the same topic is a little like many passages, a retranslated one is like one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple

import numpy as np

from sayso.checks.likeness import Likeness, Reading, likeness, read
from sayso.checks.sifting import SentenceWords, Sieve
from sayso.documents import Span, Transcript, Turn
from sayso.extraction.vectors import Encoder, Floats, load_encoder
from sayso.reading.sentences import sentences_in
from sayso.transcripts.sentences import sentences_of, without_directions

REWORDED = 0.5
"""Score from which a passage says much the same. Fitted and chosen on training/reworded/dev (`training.reworded`)."""
_SIFTED = 32
"""Sentences that are read by the encoder for one text. In 20,000 words of other transcripts the right one was among
them for 96% of training/reworded/dev; 48 took half as long again for one case more."""
_LONGEST = 3
"""Sentences of a passage; one more than the text has, where that is more."""
_MOST_SENTENCES = 8
_THREADS = 2
_MOST_TRANSCRIPTS = 64
"""More are not searched by meaning: whoever has more picks those of the speaker or the day."""

SpeakerTurns = Callable[[Transcript, Turn], bool]


class Near(NamedTuple):
    """A passage that is near in meaning; `score`, 0 to 1, is how likely it says much the same."""

    transcript: int
    """Its place in the sequence of transcripts that was given."""
    span: Span
    turn: Turn
    score: float


@dataclass(slots=True)
class _Source:
    """The sentences of one transcript, and what is known of them so far."""

    texts: list[str]
    spans: list[Span]
    turns: list[Turn]
    """[sentences] the turn of each"""
    words: SentenceWords
    readings: dict[int, Reading] = field(default_factory=dict)


class Window(NamedTuple):
    """Sentences `[first, end)` of a transcript."""

    transcript: int
    first: int
    end: int

    def overlaps(self, other: Window) -> bool:
        """Whether both have a sentence."""
        return self.transcript == other.transcript and self.first < other.end and other.first < self.end


class Meaning:
    """Finds passages by meaning; what was read of a transcript is kept for the next text."""

    def __init__(self, encoder: Encoder | None = None) -> None:
        self._encoder = encoder
        self._sources: dict[tuple[str, str], _Source] = {}
        self._sieve_made: Sieve | None = None

    @property
    def _sieve(self) -> Sieve:
        if self._sieve_made is None:
            self._sieve_made = Sieve(self.encoder)
        return self._sieve_made

    @property
    def encoder(self) -> Encoder:
        """The shipped encoder, read when it is first needed."""
        if self._encoder is None:
            self._encoder = load_encoder()
        return self._encoder

    def nearest(
        self,
        text: str,
        transcripts: Sequence[Transcript],
        *,
        speaker_turns: SpeakerTurns | None = None,
        limit: int = 3,
    ) -> list[Near]:
        """The passages nearest in meaning, the nearest first, none overlapping another; fewer where there are fewer.

        A passage is one to three sentences of one turn, more for a text of more. `speaker_turns` says which turns count
        (None: all but what an editor wrote). Empty for a text without words, and where more transcripts are given than
        can be searched so.
        """
        windows, found = self.compare(text, transcripts, speaker_turns=speaker_turns)
        order = [int(each) for each in np.argsort(-found.ranks, kind="stable")]
        taken: list[int] = []
        for number in order:
            if len(taken) < limit and not any(windows[number].overlaps(windows[other]) for other in taken):
                taken.append(number)
        nearest: list[Near] = []
        for number in taken:
            window = windows[number]
            transcript = transcripts[window.transcript]
            turn = self._source(transcript).turns[window.first]
            others = [float(found.ranks[other]) for other in order if not window.overlaps(windows[other])]
            span = self.span_of(transcript, window)
            nearest.append(Near(window.transcript, span, turn, found.score(number, others)))
        return nearest

    def compare(
        self, text: str, transcripts: Sequence[Transcript], *, speaker_turns: SpeakerTurns | None = None
    ) -> tuple[list[Window], Likeness]:
        """The passages worth reading, and how much alike each is to a text; as `nearest` has it."""
        asked = read(self.encoder, text)
        if not asked.vectors.weights.any() or len(transcripts) > _MOST_TRANSCRIPTS:
            return [], likeness(asked, [])
        sentences = len(sentences_in(text, Span(0, len(text))))
        longest = min(max(_LONGEST, sentences + 1), _MOST_SENTENCES)
        windows = self._sift(asked, transcripts, speaker_turns, longest)
        sources = {number: self._source(transcripts[number]) for number in {window.transcript for window in windows}}
        self._read({(each.transcript, number) for each in windows for number in range(each.first, each.end)}, sources)
        readings = [
            [sources[each.transcript].readings[number] for number in range(each.first, each.end)] for each in windows
        ]
        return windows, likeness(asked, readings)

    def _read(self, sentences: set[tuple[int, int]], sources: Mapping[int, _Source]) -> None:
        """Has the encoder read sentences, each a pair of transcript and number, that it has not read yet."""
        missing = sorted(each for each in sentences if each[1] not in sources[each[0]].readings)
        texts = [sources[transcript].texts[number] for transcript, number in missing]
        # each sentence is a call of its own, so that two threads read what one would
        with ThreadPoolExecutor(_THREADS) as pool:
            for (transcript, number), reading in zip(
                missing, pool.map(partial(read, self.encoder), texts), strict=True
            ):
                sources[transcript].readings[number] = reading

    def span_of(self, transcript: Transcript, window: Window) -> Span:
        """Where the sentences of a window stand."""
        spans = self._source(transcript).spans
        return Span(spans[window.first].start, spans[window.end - 1].end)

    def _sift(
        self, asked: Reading, transcripts: Sequence[Transcript], speaker_turns: SpeakerTurns | None, longest: int
    ) -> list[Window]:
        """The windows of up to `longest` sentences whose sentences are worth reading."""
        windows: list[Window] = []
        likes: list[Floats] = []
        sources = [self._source(transcript) for transcript in transcripts]
        target = self._sieve.target(asked.vectors.pieces)
        for number, (transcript, source) in enumerate(zip(transcripts, sources, strict=True)):
            allowed = _allowed(transcript, source, speaker_turns)
            for size, alike in enumerate(self._sieve.sift(target, source.words, longest=longest), 1):
                firsts = [
                    first
                    for first in range(len(alike))
                    if allowed[first] and source.turns[first] is source.turns[first + size - 1]
                ]
                windows += [Window(number, first, first + size) for first in firsts]
                likes.append(alike[firsts])
        if not windows:
            return []
        wanted: set[tuple[int, int]] = set()
        for place in np.argsort(-np.concatenate(likes), kind="stable"):
            window = windows[int(place)]
            more = {(window.transcript, each) for each in range(window.first, window.end)}
            if len(wanted | more) > _SIFTED:
                break
            wanted |= more
        return [
            window
            for window in windows
            if all((window.transcript, each) in wanted for each in range(window.first, window.end))
        ]

    def _source(self, transcript: Transcript) -> _Source:
        key = (transcript.id, transcript.text)
        if key not in self._sources:
            plain = without_directions(transcript)
            placed = [(turn, span) for turn in transcript.turns for span in sentences_of(transcript, turn, text=plain)]
            texts = [span.of(plain) for _, span in placed]
            words = self._sieve.words_of([self.encoder.ids(text) for text in texts])
            self._sources[key] = _Source(texts, [span for _, span in placed], [turn for turn, _ in placed], words)
        return self._sources[key]


def _allowed(transcript: Transcript, source: _Source, speaker_turns: SpeakerTurns | None) -> list[bool]:
    """Whether each sentence is of a turn that counts."""
    counting = {
        turn.span
        for turn in transcript.turns
        if turn.role != "editor" and (speaker_turns is None or speaker_turns(transcript, turn))
    }
    return [turn.span in counting for turn in source.turns]
