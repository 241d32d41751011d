"""Sentences that no two speakers would say in the same words, however many are made.

Those of `benchmarks.archives` are runs of a hundred thousand words of our own texts: in a million statements every run
of five words is there many times, and no news is like that. Here half of the words that tell anything are drawn anew,
as often as each stands in the texts, some of them invented. Of the runs of three, four and five words of 22,000 unlike
statements another one has 19, 5 and 2 in 100; in the 22,000 marked statements of PolNeAR, 924 articles on one campaign,
what is told twice included, 29, 10 and 4. What reports have in common is then what they were made to tell in common.
"""

from __future__ import annotations

import random
from bisect import bisect
from functools import cached_property
from itertools import accumulate

from benchmarks.archives import Material
from benchmarks.archives.words import invented
from sayso.archive.tracing.rarity import rarity

DRAWN = 0.5
"""Share of the words that tell something which are drawn anew."""
TELLING = 0.12
"""What a word tells from which it is one of these: "would", "people" and whatever is said less often."""
NEW = 0.15
"""Share of the drawn words that are invented: names and terms that come up and go, 200,000 of them, by Zipf's law."""
_COINED = 200_000


class Fresh(Material):
    """The words of our own texts in orders of their own."""

    @cached_property
    def _telling(self) -> list[str]:
        """Words in small letters that tell something, as often as they stand in the texts."""
        return [word for word in self._words if _tells(word)]

    @cached_property
    def _coined(self) -> tuple[list[str], list[float]]:
        chance = random.Random(0)
        words = [invented(chance, 2 + (at % 3 == 0)).lower() for at in range(_COINED)]
        return words, list(accumulate(1 / rank for rank in range(5, _COINED + 5)))

    def _anew(self, word: str, chance: random.Random) -> str:
        if not _tells(word) or chance.random() >= DRAWN:
            return super()._anew(word, chance)
        if chance.random() >= NEW:
            return chance.choice(self._telling)
        words, sums = self._coined
        return words[min(bisect(sums, chance.random() * sums[-1]), len(words) - 1)]


def _tells(word: str) -> bool:
    return word.isalpha() and word.islower() and rarity(word) >= TELLING
