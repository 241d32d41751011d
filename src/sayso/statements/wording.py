"""The words of a content as two reports of one utterance are compared by: typography gone, endings off.

`words` are what verdicts on quotes compare as well (letters and digits, no case); `stems` are for contents told in
other words, where only what they are about can be held side by side.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain
from pathlib import Path

from sayso.documents import Span
from sayso.wordlists import classes_of, entries_of, read_rows

_STOPWORDS = Path(__file__).with_name("stopwords.tsv")
_STRONG = Path(__file__).with_name("strong_verbs.tsv")
_WORD = re.compile(r"[^\W_]+(?:['’`][^\W_]+)*(?:[.,]\d+)*")
_JOINED = re.compile(r"\b[^\W\d_]+-[^\W\d_]+\b")
_CONTRAST = re.compile(r",\s+not\s")
"""A negation of a word and not of what is said: "holes, not factories"."""
_APOSTROPHES = str.maketrans({"’": "'", "ʼ": "'"})
_NUMBERS = {
    word: str(number)
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen".split()
    )
}
_ENDINGS: tuple[tuple[tuple[str, str], ...], ...] = (
    (("ies", "y"), ("sses", "ss"), ("ches", "ch"), ("shes", "sh"), ("xes", "x"), ("us", "us"), ("ss", "ss"), ("s", "")),
    (("ied", "y"), ("edly", ""), ("ed", ""), ("ingly", ""), ("ing", "")),
    (("ization", "iz"), ("isation", "iz"), ("ations", ""), ("ation", ""), ("ition", ""), ("ion", ""), ("ment", ""),
     ("ness", ""), ("ably", ""), ("able", ""), ("ful", ""), ("ive", ""), ("ial", ""), ("ure", ""), ("ly", "")),
    (("ise", "iz"), ("is", "iz"), ("e", ""), ("y", "")),
)  # fmt: skip
"""Endings taken off in turn, at most one of each group, and what stands instead."""


@dataclass(frozen=True, slots=True)
class Wording:
    """What a content says, ready to be compared."""

    words: tuple[str, ...]
    stems: frozenset[str]
    """Stems of the words that are no function words; numbers and negations left out."""
    numbers: frozenset[str]
    negations: int
    quoted: tuple[tuple[str, ...], ...]
    """The words of each stretch inside quotation marks."""


def words_of(text: str, spans: Sequence[Span]) -> tuple[str, ...]:
    """The words in spans of a text: lower case, digits as they are, no punctuation.

    >>> words_of("“We won’t,” he said.", [Span(0, 11)])
    ('we', "won't")
    """
    if len(spans) == 1:
        return _words(spans[0].of(text))
    return tuple(chain.from_iterable([_words(span.of(text)) for span in spans]))


def count_words(text: str, spans: Sequence[Span]) -> int:
    """How many words lie in spans of a text."""
    return sum(len(_WORD.findall(text, *span)) for span in spans)


@lru_cache(maxsize=1024)
def _words(text: str) -> tuple[str, ...]:
    # Merging and relating both come for the contents of one article, the quoted stretches come once more.
    plain = text if text.isascii() else unicodedata.normalize("NFKC", text).translate(_APOSTROPHES)
    return tuple(_WORD.findall(plain.lower()))


def wording_of(text: str, spans: Sequence[Span], quoted: Sequence[Span] = ()) -> Wording:
    """The wording of a content that consists of spans; `quoted` are the stretches in quotation marks within them."""
    joined = [found for span in spans for found in _JOINED.findall(text, *span)]
    return _wording(
        words_of(text, spans),
        tuple(words_of(text, [quote]) for quote in quoted),
        tuple(found.lower() for found in joined),
        sum(len(_CONTRAST.findall(text, *span)) for span in spans),
    )


@lru_cache(maxsize=512)
def _wording(
    words: tuple[str, ...], quoted: tuple[tuple[str, ...], ...], joined: tuple[str, ...], contrasts: int
) -> Wording:
    stems: set[str] = set()
    numbers: set[str] = set()
    negations = 0
    small = _stopwords()
    for word in words:
        if word in small:
            continue
        if is_negation(word):
            negations += 1
        elif word[0].isdigit() or word in _NUMBERS:
            numbers.add(_NUMBERS.get(word, word.replace(",", "")))
        else:
            stems.add(stem(word.removesuffix("'s").removesuffix("'")))
    # "A one-off" has no word that says anything but for the two together.
    stems |= {each for each in joined if all(part in _stopwords() for part in each.split("-"))}
    return Wording(words, frozenset(stems), frozenset(numbers), max(negations - contrasts, 0), quoted)


def is_stopword(word: str) -> bool:
    """Whether a lower-case word says nothing of what a content is about."""
    return word in _stopwords()


@cache
def _stopwords() -> frozenset[str]:
    return frozenset(classes_of(_STOPWORDS)) - frozenset(entries_of(_STOPWORDS, "negation"))


@cache
def _strong() -> dict[str, str]:
    """The base forms of strong verbs by their other forms."""
    return {form: base for base, forms in read_rows(_STRONG) for form in forms.split(",")}


@cache
def _negations() -> frozenset[str]:
    return frozenset(entries_of(_STOPWORDS, "negation"))


def is_negation(word: str) -> bool:
    """Whether a lower-case word negates: "not", "never", "won't"."""
    return word in _negations() or word.endswith("n't")


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """A word without its commonest English endings, so that "deliveries" and "delivered" meet.

    Crude on purpose: two words that share a stem need not be kin, so stems only count by the handful.

    >>> [stem(word) for word in ("sold", "selling", "closing", "closed", "closure", "deliveries", "delivery", "was")]
    ['sel', 'sel', 'clos', 'clos', 'clos', 'deliver', 'deliver', 'was']
    """
    word = _strong().get(word, word)
    for group in _ENDINGS:
        for ending, instead in group:
            if word.endswith(ending):
                if len(word) - len(ending) + len(instead) >= 3:
                    word = word[: len(word) - len(ending)] + instead
                break
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] else word


def contains(longer: tuple[str, ...], shorter: tuple[str, ...]) -> bool:
    """Whether the words of one stand in the other in one stretch.

    >>> contains(("we", "will", "not", "go"), ("will", "not"))
    True
    """
    size = len(shorter)
    if not size or size > len(longer):
        return False
    return any(longer[at] == shorter[0] and longer[at : at + size] == shorter for at in range(len(longer) - size + 1))


def share_of(one: Wording, other: Wording) -> float:
    """Of the stems of the shorter of two contents, how many both have, 0 to 1."""
    return len(one.stems & other.stems) / max(min(len(one.stems), len(other.stems)), 1)
