"""What an archive is asked: a seeded mix of queries as readers write them, each with the kind by which it is reported.

Words are drawn by how often the material has them: of the hundred most frequent ones that say something, of the middle,
and rare ones, which stand in a few statements. Speakers, outlets and wordings come from the archive itself.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from benchmarks.archives.words import own_texts
from sayso.archive.folding import words_in

FACETS = ("speaker", "outlet", "quotation", "year")
FACETED = 0.25
"""Of the queries, those with facets."""
_LEAST_LETTERS = 4
_QUOTES = str.maketrans("", "", '"“”„«»')


@dataclass(frozen=True, slots=True)
class Asked:
    """One query."""

    kind: str
    query: str
    facets: Sequence[str] = ()
    sort: str | None = None


class Mix:
    """Queries without end."""

    def __init__(self, wordings: Sequence[str], speakers: Sequence[str], outlets: Sequence[str], *, seed: int) -> None:
        self._chance = random.Random(seed)
        counted = Counter(word for text in own_texts() for word in words_in(text) if len(word) >= _LEAST_LETTERS)
        ranked = [word for word, _ in counted.most_common() if not word[0].isdigit()]
        self._common, self._middle, self._rare = ranked[20:120], ranked[300:3_000], ranked[6_000:]
        self._wordings, self._speakers, self._outlets = wordings, speakers, outlets
        self._ways: dict[str, Callable[[], str]] = {
            "a frequent word": lambda: self._pick(self._common),
            "a word": lambda: self._pick(self._middle),
            "a rare word": lambda: self._pick(self._rare),
            "two words": lambda: f"{self._pick(self._common)} {self._pick(self._middle)}",
            "a phrase": self._phrase,
            "either word": lambda: f"{self._pick(self._middle)} OR {self._pick(self._middle)}",
            "one word without another": lambda: f"{self._pick(self._middle)} -{self._pick(self._common)}",
            "the start of a word": lambda: f"{self._pick(self._middle)[:5]}*",
            "a speaker": lambda: f'speaker:"{self._pick(self._speakers)}"',
            "a speaker and a word": lambda: f'speaker:"{self._pick(self._speakers)}" {self._pick(self._common)}',
            "an outlet since a day": lambda: f'outlet:"{self._pick(self._outlets)}" since:{self._day()}',
            "a word in a month": lambda: f"{self._pick(self._common)} published:{self._day()[:7]}",
            "a frequent word and marks": lambda: f"{self._pick(self._common)} quotation:direct stance:endorsing",
            "marks alone": lambda: self._pick(["polarity:denies", "verdict:altered", "stance:distancing act:factive"]),
            "everything": lambda: "",
            "a meaning": lambda: f'like:"{self._wording()}"',
        }

    def queries(self, count: int) -> Iterator[Asked]:
        """So many queries, each kind as often as the others."""
        kinds = list(self._ways)
        for number in range(count):
            kind = kinds[number % len(kinds)]
            facets = FACETS if self._chance.random() < FACETED else ()
            yield Asked(kind, self._ways[kind](), facets)

    def wordings(self, count: int) -> list[str]:
        """Quotes to trace, none twice."""
        long_enough = [each for each in self._wordings if len(each.split()) > 4]
        return self._chance.sample(long_enough, min(count, len(long_enough)))

    def _pick(self, some: Sequence[str]) -> str:
        return self._chance.choice(some)

    def _wording(self) -> str:
        return self._pick(self._wordings).translate(_QUOTES)

    def _phrase(self) -> str:
        words = self._wording().split()
        start = self._chance.randrange(max(1, len(words) - 3))
        return f'"{" ".join(words[start : start + 3])}"'

    def _day(self) -> str:
        return f"{self._chance.randint(2016, 2025)}-{self._chance.randint(1, 12):02}-01"
