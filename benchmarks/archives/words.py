"""Sentences without end, recombined from the project's own texts.

A sentence begins as one of the material and goes on, every few words, from another place where the same word stands,
until a sentence ends there. Half of the names inside and all of the numbers are drawn anew, so that the vocabulary
grows with the archive, as it does in news (Heaps' law), and rare words are rare.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from functools import cached_property
from pathlib import Path

from training.corpora import parse_markup, read_own

ROOT = Path(__file__).resolve().parents[2]
JUMP = 0.25
"""The chance, at each word, to go on from another place that has it."""
SHORTEST, LONGEST = 9, 32
"""Words of a sentence, where nothing else is asked for."""
_NAME = re.compile(r"[A-Z][a-z]{2,}")
_DIGITS = re.compile(r"\d")
_STARTS = "b br c d dr f g h j k kr l m n p r s sh st t th tr v w z".split()
_MIDDLES = "a e i o u ae ea io ou".split()
_ENDS = "l m n r s t d k nd rn ld x ss".split()


def invented(chance: random.Random, syllables: int) -> str:
    """A name of so many syllables that nobody is known to bear."""
    parts = [chance.choice(_STARTS) + chance.choice(_MIDDLES) for _ in range(syllables - 1)]
    return ("".join(parts) + chance.choice(_STARTS) + chance.choice(_MIDDLES[:5]) + chance.choice(_ENDS)).capitalize()


def gold_texts() -> list[str]:
    """The texts of `tests/gold`, their marks taken out."""
    found = []
    for path in sorted((ROOT / "tests" / "gold").glob("*.txt")):
        _, _, body = path.read_text(encoding="utf-8").partition("\n\n")
        found.append(parse_markup(body.strip(), id=path.stem).text)
    return found


def own_texts() -> list[str]:
    """The project's own texts, their marks taken out: those of `training/texts` and `tests/gold`."""
    return [each.text for each in read_own(ROOT / "training" / "texts")] + gold_texts()


class Material:
    """The words that sentences are made of."""

    @cached_property
    def _words(self) -> list[str]:
        return [word.strip("\"“”'‘’()[]—–-") for text in own_texts() for word in text.split()]

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        places = defaultdict(list)
        for at, word in enumerate(self._words[:-1]):
            places[word].append(at)
        return places

    @cached_property
    def _firsts(self) -> list[int]:
        words = self._words
        return [
            at
            for at in range(1, len(words) - 1)
            if words[at - 1].endswith((".", "?", "!")) and words[at][:1].isupper() and words[at].isalpha()
        ]

    def sentence(self, chance: random.Random, *, shortest: int = SHORTEST, longest: int = LONGEST) -> str:
        """A sentence without its full stop, of about so many words."""
        words, places = self._words, self._places
        at = chance.choice(self._firsts)
        found = [words[at]]
        while len(found) < longest and at + 1 < len(words):
            if chance.random() < JUMP:
                at = chance.choice(places.get(words[at]) or [at])
            at += 1
            word = words[at]
            if not word:
                continue
            if word.endswith((".", "?", "!")) and len(word) > 3:
                found.append(word.rstrip(".?!"))
                if len(found) >= shortest:
                    break
                continue
            found.append(self._anew(word, chance))
        return " ".join(found).rstrip(",;:.")

    def _anew(self, word: str, chance: random.Random) -> str:
        if _NAME.match(word) and chance.random() < 0.5:
            return _NAME.sub(invented(chance, 1 + (chance.random() < 0.6)), word, count=1)
        if word[:1].isdigit():
            return _DIGITS.sub(lambda _: str(chance.randint(1, 9)), word)
        return word
