"""What the pages of a crawl tell: own texts in new company and under new names, some carried by several outlets."""

from __future__ import annotations

import calendar
import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cached_property

from benchmarks.archives.events import PAPERS, Zipf
from benchmarks.archives.words import ROOT, invented, own_texts
from sayso.documents import Span
from sayso.reading.sentences import sentences_in
from sayso.speakers.lists import gender_of_name
from training.corpora import read_own

OUTLETS = 120
FIRST_DAY = datetime(2027, 3, 1, 5, tzinfo=UTC)
CARRIED = 0.15
"""Of the articles, those that carry an agency's story which another outlet has carried before."""
FARTHEST = 60
"""How many articles lie at most between the two."""
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_PERSON = re.compile(r"\b([A-Z][a-z]+) ([A-Z][a-z]{2,})\b")
_DIGITS = re.compile(r"\d{2,}")
_SENTENCE = re.compile(r"(?<=[.!?])[\"”’]*\s+(?=[A-Z“\"‘])")


@dataclass(frozen=True, slots=True)
class Outlet:
    """One who publishes; all its pages have one layout."""

    number: int
    name: str

    @property
    def host(self) -> str:
        """Where its pages are."""
        return self.name.removeprefix("The ").replace(" ", "").lower() + ".example"


@dataclass(frozen=True, slots=True)
class Story:
    """An article as it was written, before it became a page."""

    number: int
    outlet: Outlet
    headline: str
    standfirst: str
    author: str
    published: datetime
    paragraphs: Sequence[str]
    first: int
    """Number of the article that had this text first: its own, or that of the one it copies"""

    @property
    def url(self) -> str:
        """Its address."""
        slug = "-".join(re.findall(r"[a-z0-9]+", self.headline.lower())[:9])
        return f"https://{self.outlet.host}/{self.published:%Y/%m/%d}/{slug}-{self.number}"


class Stories:
    """Stories by their numbers, without end; the same for the same seed."""

    def __init__(self, *, seed: int = 0) -> None:
        self.seed = seed
        chance = random.Random(seed)
        self.outlets = [
            Outlet(number, f"The {invented(chance, 2)} {chance.choice(PAPERS)}") for number in range(OUTLETS)
        ]
        self.agencies = [f"{invented(chance, 2)} Wire" for _ in range(4)]
        self._sizes = Zipf(OUTLETS)

    @cached_property
    def _texts(self) -> list[list[str]]:
        """The paragraphs of the own texts, those that are but a line left out."""
        texts = [[each.strip() for each in re.split(r"\n\s*\n", text)] for text in own_texts()]
        return [kept for text in texts if (kept := [" ".join(each.split()) for each in text if len(each) > 60])]

    @cached_property
    def _passing(self) -> list[str]:
        """Sentences of the own texts in which nobody is said to have said anything."""
        found = []
        for text in read_own(ROOT / "training" / "texts"):
            taken = [span for each in text.attributions for span in (*each.source, *each.cue, *each.content)]
            for block in re.finditer(r"[^\n]{60,}", text.text):
                for sentence in sentences_in(text.text, Span(*block.span())):
                    words = sentence.of(text.text)
                    if len(words) > 40 and words.endswith(".") and not any(map(sentence.overlaps, taken)):
                        found.append(" ".join(words.split()))
        return found

    @cached_property
    def _small(self) -> frozenset[str]:
        """Words that stand somewhere in small letters, days and months: they are no names."""
        words = {word for text in self._texts for each in text for word in _WORD.findall(each) if word.islower()}
        return frozenset(words | {each.lower() for each in (*calendar.day_name, *calendar.month_name)})

    @cached_property
    def sentences(self) -> list[str]:
        """The sentences of the own texts, for what stands around an article."""
        found = [line for text in self._texts for each in text for line in _SENTENCE.split(each)]
        return [line for line in found if 30 < len(line) < 240]

    def chance(self, number: int, what: str = "") -> random.Random:
        """What is drawn for an article, apart for each use."""
        return random.Random(f"{self.seed} {number} {what}")

    def story(self, number: int) -> Story:
        """The story of an article."""
        chance = self.chance(number)
        outlet = self.outlets[self._sizes.draw(chance)]
        published = FIRST_DAY + timedelta(minutes=number // 2, seconds=chance.randrange(30))
        earlier = number - chance.randint(1, FARTHEST)
        if earlier >= 0 and chance.random() < CARRIED:
            told = self._told(self.story(earlier).first)
            whole = list(told.paragraphs)
            # The whole of it, or without its end.
            kept = whole[: max(2, len(whole) * chance.randint(5, 9) // 10)] if chance.random() < 0.4 else whole
            headline = told.headline if chance.random() < 0.5 else self.line(chance)
            return replace(told, number=number, outlet=outlet, headline=headline, published=published, paragraphs=kept)
        return replace(self._told(number), outlet=outlet, published=published)

    def _told(self, number: int) -> Story:
        chance = self.chance(number, "told")
        wanted = min(max(int(chance.lognormvariate(6.2, 0.55)), 150), 3_000)
        cast = Cast(chance, self._small)
        paragraphs: list[str] = []
        words = 0
        while words < wanted:
            # The own texts are full of what somebody said: in news every second sentence is.
            text = cast.play(chance.choice(self._texts))
            for at in range(0, len(text) + 1, 2):
                told = " ".join(chance.choice(self._passing) for _ in range(chance.randint(3, 6)))
                text.insert(min(at + at // 2, len(text)), cast.play([told])[0])
            paragraphs += text
            words += sum(len(each.split()) for each in text)
        if chance.random() < 0.3:
            place = invented(chance, 2).upper()
            paragraphs[0] = f"{place} ({chance.choice(self.agencies)}) — {paragraphs[0]}"
        author = f"{invented(chance, 2)} {invented(chance, 2)}"
        return Story(
            number, self.outlets[0], self.line(chance), chance.choice(self.sentences), author, FIRST_DAY, paragraphs,
            number,
        )  # fmt: skip

    def line(self, chance: random.Random) -> str:
        """A headline."""
        return " ".join(chance.choice(self.sentences).strip('“”"‘’ ').split()[: chance.randint(6, 12)]).rstrip(",;:.—")


class Cast:
    """The persons of a story: those of the texts that it is made of, played by a few, each under a name of its own."""

    def __init__(self, chance: random.Random, small: frozenset[str]) -> None:
        self.chance = chance
        self.small = small
        self.members: dict[str, list[tuple[str, str]]] = {}

    def play(self, paragraphs: Sequence[str]) -> list[str]:
        """The paragraphs of a text with the cast's names; half of the other names, and all numbers, are drawn anew."""
        played: dict[str, tuple[str, str]] = {}
        names: dict[str, str] = {}

        def person(found: re.Match[str]) -> str:
            given, surname = found.groups()
            gender = gender_of_name(given)
            if gender is None or surname.lower() in self.small:
                return found.group()
            if surname not in played:
                played[surname] = self._member(gender, given)
            return " ".join(played[surname])

        def name(found: re.Match[str]) -> str:
            word = found.group()
            if word in played:
                return played[word][1]
            if not word[0].isupper() or not word[1:].islower() or len(word) < 4 or word.lower() in self.small:
                return word
            if word not in names:
                is_ours = any(word in each for members in self.members.values() for each in members)
                names[word] = word if is_ours or self.chance.random() < 0.5 else invented(self.chance, 2)
            return names[word]

        def digits(found: re.Match[str]) -> str:
            kept = found.group()
            # Years stay years.
            return kept if len(kept) == 4 else kept[0] + "".join(str(self.chance.randrange(10)) for _ in kept[1:])

        return [_DIGITS.sub(digits, _WORD.sub(name, _PERSON.sub(person, each))) for each in paragraphs]

    def _member(self, gender: str, given: str) -> tuple[str, str]:
        known = self.members.setdefault(gender, [])
        if len(known) < 4 and self.chance.random() < 1 / (1 + len(known)):
            known.append((given, invented(self.chance, 2)))
            return known[-1]
        return self.chance.choice(known)
