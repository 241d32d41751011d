"""Whether a wording in another language may be a translation: by the words that many languages share.

"Sostegno militare", "la linea del fronte", "interes" and names are known again without a dictionary. That is little:
on invented passages in eight languages (`training/foreign`) one translation in five is found. It links nothing by
itself but what one speaker said within three days.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from pathlib import Path

from sayso.archive.tracing.forms import Link, Utterance
from sayso.archive.tracing.linking import days_between
from sayso.archive.tracing.rewording import is_english
from sayso.archive.tracing.voices import one_voice
from sayso.wordlists import read_rows

KINDRED = 0.2
"""Balance of both shares of words that have their like, from which two wordings are linked. Of 136 pairs of
training/foreign/dev that are none the highest has 0.1."""
_FEWEST = 2
"""Words that must have their like,"""
_DAYS = 3
_LENGTH = 4
"""of so many letters at least, which also must agree,"""
_AGREE = 0.5
"""and of so much of the longer one."""
_LETTERS = Path(__file__).parent / "data" / "letters.tsv"
_WORD = re.compile(r"[^\W_]+")


def translated(a: Utterance, b: Utterance) -> Link | None:
    """Whether one wording is the other's translation as far as kindred words show; None of two English ones."""
    days = days_between(a, b)
    if days is None or days > _DAYS or not one_voice(a, b) or (is_english(a.text) and is_english(b.text)):
        return None
    score = kinship(a.text, b.text)
    if score < KINDRED:
        return None
    return Link("translated", min(1.0, 0.5 + score), 0.0, "words that both languages share; the same speaker and days")


def kinship(one: str, other: str) -> float:
    """The balance of how many words of each text have their like in the other, 0 to 1.

    >>> round(kinship("un sostegno militare agli ucraini", "military support for the Ukrainians"), 2)
    0.57
    """
    ours, theirs = sounds(one), sounds(other)
    met = sum(any(_alike(a, b) for b in theirs) for a in ours)
    back = sum(any(_alike(a, b) for a in ours) for b in theirs)
    if min(met, back) < _FEWEST:
        return 0.0
    there, here = met / len(ours), back / len(theirs)
    return 2 * there * here / (there + here)


@lru_cache(maxsize=1 << 12)
def sounds(text: str) -> frozenset[str]:
    """The longer words and the numbers of a text, as they sound, roughly."""
    words = (each if each.isdigit() else _sound(each) for each in _WORD.findall(text.casefold()))
    return frozenset(word for word in words if len(word) >= _LENGTH or (word.isdigit() and len(word) > 1))


def _sound(word: str) -> str:
    plain = "".join(_letters().get(letter, letter) for letter in unicodedata.normalize("NFC", word))
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", plain) if letter.isalnum())
    return "".join(_letters().get(letter, letter) for letter in plain).replace("ph", "f")


@cache
def _letters() -> dict[str, str]:
    return {row[0]: row[1] if len(row) > 1 else "" for row in read_rows(_LETTERS)}


def _alike(one: str, other: str) -> bool:
    if one == other:
        return True
    agreed = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        agreed += 1
    return agreed >= _LENGTH and agreed >= _AGREE * max(len(one), len(other))
