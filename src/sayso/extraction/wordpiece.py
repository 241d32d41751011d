"""Words of a text and their word pieces, with character offsets.

The vocabulary is that of BERT uncased (Devlin et al. 2019), the splitting its basic tokenizer's: lower case, accents
off, every punctuation mark a word of its own. Unlike it, characters that nobody sees (soft hyphens, zero-width spaces,
bidirectional marks) neither split a word nor change its pieces, and symbols such as the euro sign stand alone.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from pathlib import Path

from sayso.documents import Span

UNSEEN = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
_WORD = re.compile(
    rf"[^\W_](?:[^\W_]|[{UNSEEN}\u0300-\u036f](?=[{UNSEEN}\u0300-\u036f]*[^\W_])|[\u0300-\u036f])*|[^\s{UNSEEN}]"
)
_UNSEEN = re.compile(f"[{UNSEEN}]")
_LONGEST_WORD = 100
"""Characters; BERT's tokenizer too gives up on longer words and writes [UNK]."""
_CACHE_WORDS = 200_000


def split_words(text: str) -> list[Span]:
    """The words and punctuation marks of a text in order.

    >>> [word.of("Don’t stop, Zoë!") for word in split_words("Don’t stop, Zoë!")]
    ['Don', '’', 't', 'stop', ',', 'Zoë', '!']
    """
    return [Span(*match.span()) for match in _WORD.finditer(text)]


def words_in(text: str) -> list[str]:
    """The same words without their places, in half the time.

    >>> words_in("Don’t stop!")
    ['Don', '’', 't', 'stop', '!']
    """
    return _WORD.findall(text)


def fold(word: str) -> str:
    """A word as the vocabulary spells it: lower case, no accents, nothing unseen.

    >>> fold("Zo\u00ad\u00eb")
    'zoe'
    """
    if word.isascii():
        return word.lower()
    decomposed = unicodedata.normalize("NFD", _UNSEEN.sub("", word).lower())
    return "".join(char for char in decomposed if unicodedata.category(char) != "Mn")


class WordPieces:
    """Greedy longest-match word pieces (Wu et al. 2016) over a vocabulary."""

    def __init__(self, vocabulary: Sequence[str]) -> None:
        self.ids = {piece: number for number, piece in enumerate(vocabulary)}
        self.unknown = self.ids["[UNK]"]
        self.first = self.ids["[CLS]"]
        self.last = self.ids["[SEP]"]
        self.paragraph = self.ids["[unused1]"]
        """Stands between two paragraphs; BERT left the piece untrained for such uses."""
        self._longest = max(map(len, vocabulary))
        self._cache: dict[str, tuple[int, ...]] = {}

    @classmethod
    def from_file(cls, path: Path) -> WordPieces:
        """Read a vocabulary with one piece a line."""
        return cls(path.read_text(encoding="utf-8").splitlines())

    def pieces(self, word: str) -> tuple[int, ...]:
        """The ids of one word's pieces; never empty."""
        known = self._cache.get(word)
        if known is None:
            known = self._split(fold(word))
            if len(self._cache) < _CACHE_WORDS:
                self._cache[word] = known
        return known

    def _split(self, folded: str) -> tuple[int, ...]:
        if not folded or len(folded) > _LONGEST_WORD:
            return (self.unknown,)
        found: list[int] = []
        start = 0
        while start < len(folded):
            prefix = "##" if start else ""
            for end in range(min(len(folded), start + self._longest), start, -1):
                number = self.ids.get(prefix + folded[start:end])
                if number is not None:
                    found.append(number)
                    start = end
                    break
            else:
                return (self.unknown,)
        return tuple(found)
