"""What is said, by whom, and in which words it is told: the world that the articles report.

An event has a day, some speakers, drawn by Zipf's law from all, and utterances. Each report tells some of them: as they
were said, cut, with words changed, or indirectly. A quarter of the events has an agency's report that many outlets
carry.
"""

from __future__ import annotations

import random
from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from typing import Any, Literal

from benchmarks.archives.words import Material, invented
from sayso.records import Act, Commitment, Polarity, SpeakerKind

FIRST_DAY = date(2016, 1, 1)
DAYS = 3_650
OUTLETS = 400
PAPERS = ("Courier", "Herald", "Chronicle", "Gazette", "Observer", "Post", "Sentinel", "Tribune", "Mail", "Dispatch")
BODIES = ("Council", "Institute", "Ministry", "Union", "Bank", "Agency", "Party", "Court", "Railways", "Hospital")
OFFICES = ("minister", "spokesman", "mayor", "director", "chairwoman", "professor", "senator", "coach", "economist")
_LINKS = ("and", "with", "against", "for", "after", "like")
Telling = Literal["direct", "indirect", "mixed"]


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody who speaks or is talked about."""

    name: str
    kind: SpeakerKind
    title: str | None

    @property
    def short(self) -> str:
        """The surname of a person."""
        return self.name.split()[-1] if self.kind == "person" else self.name


@dataclass(frozen=True, slots=True)
class Utterance:
    """What was said, by one of the event's voices, perhaps of another."""

    voice: Voice
    words: str
    act: Act
    stance: Commitment
    polarity: Polarity
    about: Voice | None
    """Who is named at the end of the words"""


@dataclass(frozen=True, slots=True)
class Event:
    """An occasion on which something was said."""

    number: int
    day: date
    utterances: list[Utterance]


@dataclass(frozen=True, slots=True)
class Told:
    """One utterance as a report tells it."""

    utterance: Utterance
    words: str
    telling: Telling


class Zipf:
    """Draws from things by Zipf's law: the one at rank r as often as 1 / r."""

    def __init__(self, count: int) -> None:
        self._sums = list(accumulate(1 / rank for rank in range(1, count + 1)))

    def draw(self, chance: random.Random) -> int:
        """A number below `count`, the low ones often."""
        return min(bisect(self._sums, chance.random() * self._sums[-1]), len(self._sums) - 1)


class World:
    """The outlets and voices, and what they say."""

    def __init__(self, material: Material, *, voices: int, seed: int) -> None:
        chance = random.Random(seed)
        self.material = material
        self.outlets = [f"The {invented(chance, 2)} {chance.choice(PAPERS)}" for _ in range(OUTLETS)]
        self.agencies = [f"{invented(chance, 2)} Wire" for _ in range(4)]
        given = [invented(chance, 2) for _ in range(500)]
        self.voices = [self._voice(given, chance) for _ in range(voices)]
        self._outlet, self._voices = Zipf(OUTLETS), Zipf(voices)

    def _voice(self, given: Sequence[str], chance: random.Random) -> Voice:
        if chance.random() < 0.3:
            kind: SpeakerKind = "government" if chance.random() < 0.2 else "organisation"
            return Voice(f"{invented(chance, 2)} {chance.choice(BODIES)}", kind, None)
        title = chance.choice(OFFICES) if chance.random() < 0.6 else None
        return Voice(f"{chance.choice(given)} {invented(chance, 2)}", "person", title)

    def outlet(self, chance: random.Random) -> str:
        """An outlet, large ones often."""
        return self.outlets[self._outlet.draw(chance)]

    def voice(self, chance: random.Random) -> Voice:
        """A voice, the prominent ones often."""
        return self.voices[self._voices.draw(chance)]

    def event(self, number: int, chance: random.Random) -> Event:
        """An occasion with 10 to 30 voices and 18 to 30 utterances."""
        cast = [self.voice(chance) for _ in range(chance.randint(10, 30))]
        day = FIRST_DAY + timedelta(days=chance.randrange(DAYS))
        return Event(number, day, [self.utterance(cast, chance) for _ in range(chance.randint(18, 30))])

    def utterance(self, cast: Sequence[Voice], chance: random.Random) -> Utterance:
        """Something new that one of the cast says."""
        about = chance.choice((*cast, self.voice(chance))) if chance.random() < 0.75 else None
        words = self.material.sentence(chance, shortest=chance.choice((3, 5, 7, 10)), longest=26)
        if about is not None:
            words = f"{words} {chance.choice(_LINKS)} {about.name}"
        return Utterance(
            # The first of the cast is whom the event is about.
            cast[0] if chance.random() < 0.35 else chance.choice(cast),
            words,
            _drawn(chance, {"communication": 72, "control": 13, "attitude": 8, "factive": 7}),
            _drawn(chance, {"neutral": 92, "endorsing": 6, "distancing": 2}),
            _drawn(chance, {"affirms": 92, "denies": 5, "questions": 3}),
            about,
        )

    def told(self, utterance: Utterance, chance: random.Random) -> Told:
        """An utterance in a report of its own: every third time not as it was said."""
        words = utterance.words.split()
        telling: Telling = _drawn(chance, {"indirect": 64, "direct": 21, "mixed": 15})
        way = chance.random()
        if way < 0.15 and len(words) > 8:
            start = chance.randrange(len(words) - 6)
            words = words[start : chance.randrange(start + 5, len(words) + 1)]
        elif way < 0.35:
            for _ in range(1 + len(words) // 10):
                at = chance.randrange(len(words))
                words[at : at + 1] = (
                    self.material.sentence(chance, shortest=3, longest=3).lower().split()[: chance.randint(0, 2)]
                )
        return Told(utterance, " ".join(words) or utterance.words, telling)


def _drawn(chance: random.Random, weights: dict[Any, int]) -> Any:
    return chance.choices(list(weights), list(weights.values()))[0]
