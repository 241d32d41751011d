"""The tokens of a text as figures are read from them: numerals, words, signs and line breaks.

Whether two tokens touch tells "2.3bn" from "2.3 bn" and "IE9" from "IE 9", so each keeps its place.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from sayso.documents import Span

VULGAR = {"½": 1 / 2, "⅓": 1 / 3, "⅔": 2 / 3, "¼": 1 / 4, "¾": 3 / 4, "⅕": 1 / 5, "⅖": 2 / 5, "⅗": 3 / 5, "⅘": 4 / 5}
VULGAR |= {"⅙": 1 / 6, "⅚": 5 / 6, "⅛": 1 / 8, "⅜": 3 / 8, "⅝": 5 / 8, "⅞": 7 / 8, "⅑": 1 / 9, "⅒": 1 / 10}
_NO_LETTER = "".join(VULGAR)
_LETTER = rf"[^\W\d_{_NO_LETTER}]"
_NUMERAL = (
    r"(?:\d{1,3}(?:,\d{2,3})*,\d{3}(?!\d)(?:\.\d+)?"  # 1,200.5 and 12,34,567
    r"|\d{1,3}(?:\.\d{3}){2,}(?![\d.])(?:,\d+)?"  # 1.500.000
    r"|\d{1,3}(?:[\u00a0\u2009\u202f]\d{3})+(?!\d)(?:\.\d+)?"
    r"|[1-9]\d{0,2}(?:\ \d{3}){2,}(?![\d,])(?:\.\d+)?"  # 1 500 000
    r"|[1-9]\d{0,2}\ \d00(?![\d,]|\.\d)"  # 40 000; "1 234" may as well be two numbers
    r"|\d{1,3},\d{1,2}(?=\s?(?:[%°€]|(?:per\ ?cent|km|kg|million|billion|bn)\b))"  # 12,5 %
    r"|\d+(?:[.·]\d+)?"
    r"|(?<![\w.])\.\d+)"
)
_TOKEN = re.compile(rf"(?P<number>{_NUMERAL})|(?P<word>(?:{_LETTER}\.){{2,}}|{_LETTER}+(?:['’]{_LETTER}+)*)|\n|\S")
PADDING = 12
"""So many empty tokens stand behind the last, where an index below zero finds them too."""


@dataclass(slots=True)
class Tokens:
    """Tokens in order; an index may run over either end by up to `PADDING` and finds an empty token there."""

    text: str
    raw: list[str]
    forms: list[str]
    """In lower case, curly apostrophes straight."""
    starts: list[int]
    ends: list[int]
    numeric: list[bool]
    size: int
    """Without the padding."""

    def touch(self, index: int) -> bool:
        """Whether nothing stands between a token and the next."""
        return self.ends[index] == self.starts[index + 1]

    def span(self, first: int, end: int) -> Span:
        """From the token `first` to before the token `end`."""
        return Span(self.starts[first], self.ends[end - 1])

    def is_word(self, index: int) -> bool:
        """Whether it begins with a letter."""
        return self.raw[index][:1].isalpha()

    def starts_sentence(self, index: int) -> bool:
        """Whether it is the first of a sentence, a line or a quotation."""
        return self.forms[index - 1] in _OPENERS

    def skip_hyphen(self, index: int) -> int:
        """The index after a hyphen that touches both sides, else `index`."""
        if self.raw[index] in _HYPHENS and self.touch(index - 1) and self.touch(index):
            return index + 1
        return index


_OPENERS = frozenset(["", "\n", ".", "!", "?", "“", '"', "‘", ":", "—", "–", "•", "…", "(", "*"])
_HYPHENS = frozenset("-‐‑")


def tokens_of(text: str, start: int = 0, end: int | None = None) -> Tokens:
    """The tokens of `text[start:end]`.

    >>> tokens_of("about £2.3bn, or 12.5%").raw[:8]
    ['about', '£', '2.3', 'bn', ',', 'or', '12.5', '%']
    """
    raw, starts, ends, numeric = [], [], [], []
    for found in _TOKEN.finditer(text, start, len(text) if end is None else end):
        word = found.group()
        raw.append(word)
        start_at, end_at = found.span()
        starts.append(start_at)
        ends.append(end_at)
        numeric.append(found.lastgroup == "number" or word in VULGAR)
    forms = [word.lower().replace("’", "'") for word in raw]
    size = len(raw)
    return Tokens(
        text,
        raw + [""] * PADDING,
        forms + [""] * PADDING,
        starts + [-1] * PADDING,
        ends + [-2] * PADDING,
        numeric + [False] * PADDING,
        size,
    )
